"""The source keeps to the architecture: one direction of imports, small files and functions."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from graphlib import TopologicalSorter
from importlib.util import resolve_name
from pathlib import Path
from statistics import median, quantiles

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("solver", "templates", "gen")

LAYERS = {
    "solver": "solver",
    "solver.arguments": "solver shell",
    "solver.cli": "solver shell",
    "solver.commands": "solver shell",
    "solver.face": "solver shell",
    "solver.__main__": "solver shell",
    "templates": "templates",
    "gen": "core",
    "gen.families": "families",
    "gen.quiz": "quiz",
    "gen.arguments": "shell",
    "gen.audit": "audit",
    "gen.grading": "grading",
    "gen.practice": "practice",
    "gen.cli": "shell",
    "gen.commands": "shell",
    "gen.options": "shell",
    "gen.__main__": "shell",
}
"""The layer of a module is that of the longest name here that it is or lies below."""

FACES = {"solver": "solver shell"}
"""Packages whose own file hands out names from a layer above what lies below it."""

MAY_IMPORT = {
    "solver": {"solver"},
    "solver shell": {"solver", "templates", "solver shell"},
    "templates": {"solver", "templates"},
    "core": {"solver", "templates", "core"},
    "families": {"solver", "templates", "core"},
    "quiz": {"solver", "templates", "core", "quiz"},
    "audit": {"solver", "templates", "core", "quiz", "audit"},
    "grading": {"solver", "templates", "core", "quiz", "grading"},
    "practice": {"solver", "templates", "core", "quiz", "grading", "practice"},
    "shell": {"solver", "templates", "core", "quiz", "audit", "grading", "practice", "shell"},
}
"""What each layer may import. Families are found by listing their folder: nobody imports one."""

HEAVY = {
    "sympy": (),
    "mpmath": (),
    "reportlab": (),
    "PIL": (),
    "tqdm": (),
    "rich": (),
    "platformdirs": (),
    "genanki": (),
    "nbformat": (),
    "sqlite3": (),
    "jinja2": ("templates.rendering",),
    "markdown_it": ("templates.dollars", "templates.markup"),
}
"""Libraries that take long to import, and the modules that may do it when they are imported."""

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 60
MEDIAN_FUNCTION, NINETIETH_PERCENTILE = 8, 30
CALLS_TO_STRING_CODE = {"eval", "exec", "compile", "sympify", "parse_expr", "__import__"}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b")


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


SOURCES = {name_of(p): p for package in PACKAGES for p in sorted((ROOT / package).rglob("*.py"))}
modules = pytest.mark.parametrize("module", SOURCES)


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(SOURCES[module].read_text(encoding="utf-8"))


def imported(module: str, node: ast.AST) -> Iterator[str]:
    """What an import statement names: modules, or names in them where no module is so called."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        package = module if SOURCES[module].name == "__init__.py" else module.rpartition(".")[0]
        source = resolve_name("." * node.level + (node.module or ""), package)
        for alias in node.names:
            submodule = f"{source}.{alias.name}"
            yield submodule if submodule in SOURCES else source


def imports(module: str) -> set[str]:
    """Everything that a module imports, wherever the statement stands."""
    return {name for node in ast.walk(tree(module)) for name in imported(module, node)}


def own_imports(module: str) -> set[str]:
    return {name for name in imports(module) if name.split(".")[0] in PACKAGES}


def layer(module: str) -> str:
    if module in FACES:
        return FACES[module]
    while module not in LAYERS:
        module = module.rpartition(".")[0]
    return LAYERS[module]


def run(node: ast.AST, in_functions: bool) -> Iterator[ast.AST]:
    """What stands below a node and runs: nothing that is there for types alone."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        if in_functions or not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
            yield from run(child, in_functions)


def functions() -> Iterator[tuple[str, int]]:
    for module in SOURCES:
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                yield f"{module}.{node.name}", node.end_lineno - node.lineno + 1


@modules
def test_imports_point_one_way(module: str):
    mine = layer(module)
    wrong = {
        name
        for name in own_imports(module)
        if layer(name) not in MAY_IMPORT[mine]
        # A package of families has no code, so its name is no edge.
        and name != "gen.families"
    }
    assert not wrong, f"{module} is of the layer {mine} and may not import these"


def test_no_module_imports_itself_by_a_detour():
    # Raises CycleError, with the modules in the circle, when there is one.
    edges = {
        module: {
            name
            for node in run(tree(module), in_functions=True)
            for name in imported(module, node)
            if name in SOURCES and name != module
        }
        for module in SOURCES
    }
    assert list(TopologicalSorter(edges).static_order())


def test_every_imported_module_of_ours_exists():
    named = {name for module in SOURCES for name in own_imports(module)}
    assert named <= set(SOURCES)


@modules
def test_heavy_libraries_are_imported_only_where_they_are_needed(module: str):
    early = {
        name.split(".")[0]
        for node in run(tree(module), in_functions=False)
        for name in imported(module, node)
    }
    wrong = {name for name in early & set(HEAVY) if module not in HEAVY[name]}
    assert not wrong, f"{module} imports these when it is imported"


@modules
def test_no_text_is_run_as_code(module: str):
    called = {
        node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name | ast.Attribute)
        and ast.unparse(node.func) != "re.compile"
    }
    assert not called & CALLS_TO_STRING_CODE


@pytest.mark.parametrize("script", sorted((ROOT / "templates").rglob("*.js")), ids=lambda p: p.name)
def test_scripts_are_small_and_make_no_code_from_text(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LINES_OF_A_FILE
    assert not re.search(r"\beval\(|\bnew Function\b|\bfetch\(|XMLHttpRequest|WebSocket", text)


@modules
def test_a_file_is_short(module: str):
    lines = len(SOURCES[module].read_text(encoding="utf-8").splitlines())
    assert lines <= LINES_OF_A_FILE


def test_no_function_is_long():
    assert {name: n for name, n in functions() if n > LINES_OF_A_FUNCTION} == {}


def test_functions_are_short_as_a_rule():
    lengths = [length for _, length in functions()]
    assert median(lengths) <= MEDIAN_FUNCTION
    assert quantiles(lengths, n=10)[-1] <= NINETIETH_PERCENTILE


@modules
def test_nothing_is_left_unfinished(module: str):
    assert not UNFINISHED.findall(SOURCES[module].read_text(encoding="utf-8"))


def test_every_family_has_a_template_of_its_name_and_every_template_a_family():
    families = {path.stem for path in (ROOT / "gen" / "families").glob("[!_]*.py")}
    words = {p.name.removesuffix(".md.j2") for p in (ROOT / "templates/families").glob("*.j2")}
    assert families == words


def test_every_data_file_is_declared_and_so_in_the_wheel():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = settings["tool"]["setuptools"]["package-data"]
    missing = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file()
        and path.suffix not in (".py", ".pyc")
        and not any(_matches(path, ROOT / package, glob) for glob in declared.get(package, ()))
    }
    assert not missing


def _matches(path: Path, package: Path, glob: str) -> bool:
    return path in package.glob(glob) and fnmatch(path.name, glob.rpartition("/")[-1])


def test_no_folder_of_tests_is_a_package_that_could_shadow_one_of_ours():
    assert not list((ROOT / "tests").rglob("__init__.py"))
