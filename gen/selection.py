"""Choosing families by name, by the lecture that taught them, and by topic."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import get_close_matches

from gen.errors import InputError
from gen.family import LoadedFamily, find, names


class SelectionError(InputError):
    """A lecture or a topic that no family has, or a choice that leaves no family."""


def selected(
    families: Sequence[str] = (), lectures: Sequence[str] = (), topics: Sequence[str] = ()
) -> dict[str, LoadedFamily]:
    """The families of these names, of one of the lectures and of one of the topics, by name.

    Where one of the three is empty, it leaves all. Raises FamilyError for a name that there is
    none of, and SelectionError for a lecture or topic of no family, or if no family is left.
    """
    loaded = {name: find(name) for name in families or names()}
    every = [each.family for each in loaded.values()]
    _check("lecture", lectures, {lecture for each in every for lecture in each.lectures})
    _check("topic", topics, {topic for each in every for topic in each.topics})
    found = {
        name: each
        for name, each in loaded.items()
        if _meets(each.family.lectures, lectures) and _meets(each.family.topics, topics)
    }
    if not found:
        raise SelectionError("no family belongs to both that lecture and that topic")
    return found


def _meets(own: Collection[str], wanted: Collection[str]) -> bool:
    return not wanted or not set(own).isdisjoint(wanted)


def _check(kind: str, wanted: Sequence[str], known: Collection[str]) -> None:
    for name in wanted:
        if name not in known:
            near = get_close_matches(name, sorted(known), n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(known))}"
            raise SelectionError(f"no family is of the {kind} {name!r}; {hint}")
