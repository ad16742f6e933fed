"""Where families are found: the program's own folder, and the folders of courses.

A course keeps families of its own in a folder outside the program: `NAME.py` and beside it
`NAME.md.j2`. A command takes such a folder with `--plugin`. An installed package can also announce
one, as an entry point of the group `backprep.families` whose value is the package that holds the
files. What happens to be installed must not change what a seed means, so families of the latter
kind come into a quiz only where they are named.

Their modules are Python, and are run: use the folders of people you trust.
"""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from gen.errors import InputError

GROUP = "backprep.families"
SUFFIX = ".md.j2"

_OWN = "gen.families"
_GIVEN = "backprep_plugins"
"""The package that the modules of given folders belong to."""

_given: list[Path] = []


class ShelfError(InputError):
    """A folder of families that cannot be used."""


@dataclass(frozen=True, slots=True)
class Place:
    """The module of a family, and the folder of its template: None for the program's own."""

    module: str
    templates: Path | None = None

    @property
    def template(self) -> str:
        """The name of its template, as `templates.rendering` takes it."""
        name = f"{self.module.rpartition('.')[2]}{SUFFIX}"
        return f"families/{name}" if self.templates is None else name


def use(folders: Iterable[str | Path]) -> None:
    """Take the families of these folders in, in the place of those of an earlier call.

    Raises ShelfError for one that is no folder or holds no family, and for a family without a
    template or with a name that there is already.
    """
    paths = tuple(dict.fromkeys(Path(folder).resolve() for folder in folders))
    found = [name for path in paths for name in _checked(path)]
    for name in found:
        if name in own() or found.count(name) > 1:
            raise ShelfError(f"there are two families called {name}; rename one of them")
    _given[:] = paths
    for module in [each for each in sys.modules if each.startswith(f"{_GIVEN}.")]:
        del sys.modules[module]
    package = ModuleType(_GIVEN)
    package.__path__ = [str(path) for path in paths]
    sys.modules[_GIVEN] = package
    for cached in (given, installed):
        cached.cache_clear()


def _checked(folder: Path) -> Sequence[str]:
    if not folder.is_dir():
        raise ShelfError(f"{folder} is no folder; --plugin takes the folder that holds NAME.py")
    names = tuple(_modules([str(folder)]))
    if not names:
        raise ShelfError(f"{folder} holds no family: no file NAME.py")
    for name in names:
        if not (folder / f"{name}{SUFFIX}").is_file():
            raise ShelfError(f"the family {name} has no template {name}{SUFFIX} in {folder}")
    return names


def _modules(folders: Iterable[str]) -> Iterator[str]:
    """The modules of a package that are families: the others begin with an underscore."""
    found = pkgutil.iter_modules(list(folders))
    return (each.name for each in found if not each.name.startswith("_") and not each.ispkg)


@cache
def own() -> tuple[str, ...]:
    """The names of the program's own families, in alphabetical order, importing none of them."""
    return tuple(sorted(_modules(import_module(_OWN).__path__)))


@cache
def given() -> dict[str, Place]:
    """The families of the folders that are in use, by name."""
    return {
        name: Place(f"{_GIVEN}.{name}", folder)
        for folder in _given
        for name in sorted(_modules([str(folder)]))
    }


@cache
def installed() -> dict[str, Place]:
    """The families that installed packages announce, by name.

    Raises ShelfError, with the name of the package, for one that cannot be used.
    """
    found: dict[str, Place] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda each: each.name):
        for name, place in _announced(point):
            if name in own() or name in found:
                raise ShelfError(f"{point.value} has a family {name}, as another package has")
            found[name] = place
    return found


def _announced(point: EntryPoint) -> Iterator[tuple[str, Place]]:
    try:
        spec = find_spec(point.value)
    except ImportError:
        spec = None
    if spec is None or not spec.submodule_search_locations:
        raise ShelfError(f"the entry point {point.name} of {GROUP} names no package: {point.value}")
    folder = Path(next(iter(spec.submodule_search_locations)))
    for name in _checked(folder):
        yield name, Place(f"{point.value}.{name}", folder)


def place(name: str) -> Place | None:
    """Where the family of that name is; None if nowhere."""
    if name in own():
        return Place(f"{_OWN}.{name}")
    return given().get(name) or installed().get(name)
