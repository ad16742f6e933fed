"""`python -m gen list`: the families by topic, with what there is to know before asking for one."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from gen.options import add_plugin, add_selection, flat, parser
from gen.vocabulary import LECTURES, TOPICS

if TYPE_CHECKING:
    from gen.extent import Extent
    from gen.family import LoadedFamily
    from gen.vocabulary import Difficulty


def parse(arguments: Sequence[str], given: Namespace) -> Namespace:
    """The arguments added to `given`. Raises BadInput."""
    found = parser(
        "list",
        "Show the families of problems by topic.",
        "lectures:\n" + "\n".join(f"  {code}  {title}" for code, title in LECTURES.items()),
    )
    add_selection(found)
    add_plugin(found)
    return found.parse_args(arguments, given)


def run(given: Namespace) -> int:
    """Print the families. Raises InputError for a lecture or topic that none has."""
    from gen.selection import selected

    families = selected((), flat(given.lecture), flat(given.topic))
    ordered = sorted(families.values(), key=lambda each: (*_rank(_group(each)), each.family.name))
    width = max(len(name) for name in families)
    for topic, members in groupby(ordered, key=_group):
        print(topic)
        for loaded in members:
            print(*_lines(loaded, width), sep="\n")
    return 0


def _group(loaded: LoadedFamily) -> str:
    return loaded.family.topics[0] if loaded.family.topics else "others"


def _rank(topic: str) -> tuple[int, str]:
    """Our own groups in their order, then a course's own."""
    return (TOPICS.index(topic) if topic in TOPICS else len(TOPICS), topic)


def _lines(loaded: LoadedFamily, width: int) -> Iterator[str]:
    from gen.extent import extents

    family = loaded.family
    yield f"  {family.name:{width}}  {family.summary}"
    facts = [
        f"lectures {' '.join(family.lectures)}" if family.lectures else "",
        ", ".join(family.forms),
        "" if len(family.difficulties) > 2 else f"{' and '.join(family.difficulties)} only",
        *_sizes(extents(loaded)),
        "" if loaded.sample_exact else "decimals only",
    ]
    yield f"  {'':{width}}  {'; '.join(fact for fact in facts if fact)}"


def _sizes(found: Mapping[Difficulty, Extent]) -> Iterator[str]:
    exact = all(each.exact for each in found.values())
    count = sum(each.questions for each in found.values())
    yield f"{'' if exact else 'over '}{count:,} questions"
    shortest, *_, longest = sorted(max(1, round(each.minutes)) for each in (*found.values(),) * 2)
    yield f"{shortest} to {longest} min" if shortest < longest else f"{longest} min"
