"""Where a formula may be divided: at relations, signs and clauses outside every bracket.

Cuts are made in the tree, so that each part is a formula of its own and can be set by itself.
"""

from __future__ import annotations

from templates.mathematics.tree import AtomClass, Delimiter, Node, Operator, Row, Script, Space

QUAD = 18.0
"""A quad in mathematical units."""

QUAD_SPACE = Row((Space(QUAD),))
_ATOM = Row((Row(()),))
SIGNS = frozenset(("+", "-", "\u2212", "\u00b1"))
_UNARY_AFTER = frozenset((AtomClass.BIN, AtomClass.REL, AtomClass.OPEN, AtomClass.PUNCT))


def at_relations(tree: Row) -> tuple[Row, ...]:
    """The parts of `a = b = c`: a, = b, = c. A run of relations is not parted."""
    cuts = [
        index
        for index, node in _outside(tree)
        if _kind(node) is AtomClass.REL and _kind(_before(tree, index)) is not AtomClass.REL
    ]
    return _cut(tree, cuts)


def at_signs(tree: Row, depth: int = 0) -> tuple[Row, ...]:
    """The parts of `= a + b - c`: = a, + b, - c. The sign of a number stays with it.

    Each further part begins with an empty atom, so that its sign is an operation with its space.
    """
    cuts = [
        index
        for index, node in _outside(tree, depth)
        if isinstance(node, Operator)
        and node.text in SIGNS
        and _kind(_before(tree, index)) not in (*_UNARY_AFTER, None)
    ]
    head, *terms = _cut(tree, cuts)
    return (head, *(joined(_ATOM, term) for term in terms))


def at_inner_signs(tree: Row) -> tuple[Row, ...]:
    """The parts of `a (b + c)`: a (b, + c). For what can be divided nowhere outside brackets."""
    return at_signs(tree, 1)


def at_clauses(tree: Row) -> tuple[Row, ...]:
    r"""The parts of `a = b,\quad c = d`: `a = b,` and `c = d`, without the space between."""
    cuts = [
        index + 1
        for index, node in _outside(tree)
        if isinstance(node, Space)
        and node.units >= QUAD
        and _kind(_before(tree, index)) is AtomClass.PUNCT
    ]
    return tuple(trimmed(part) for part in _cut(tree, cuts))


def relation_last(parts: tuple[Row, ...]) -> tuple[Row, ...]:
    """The parts of `at_relations` with each relation at the end of a part: a =, b =, c.

    This is how a formula in running text is divided.
    """
    found = [parts[0].children]
    for part in parts[1:]:
        count = next(
            (i for i, node in enumerate(part.children) if _kind(node) is not AtomClass.REL),
            len(part.children),
        )
        found[-1] += part.children[:count]
        found.append(part.children[count:])
    return tuple(trimmed(Row(children)) for children in found if children)


def joined(*parts: Row) -> Row:
    """The parts as one formula again."""
    return Row(tuple(node for part in parts for node in part.children))


def trimmed(tree: Row) -> Row:
    """The formula without space at its ends."""
    children = tree.children
    while children and isinstance(children[-1], Space):
        children = children[:-1]
    while children and isinstance(children[0], Space):
        children = children[1:]
    return Row(children)


def _kind(node: Node | None) -> AtomClass | None:
    if isinstance(node, Operator | Delimiter):
        return node.kind
    return None if node is None else AtomClass.ORD


def _before(tree: Row, index: int) -> Node | None:
    """The nearest node before `index` that is not a space."""
    earlier = (node for node in reversed(tree.children[:index]) if not isinstance(node, Space))
    return next(earlier, None)


def _outside(tree: Row, most: int = 0) -> list[tuple[int, Node]]:
    """The nodes outside brackets, or in so many at `most`, with their places."""
    depth, found = 0, []
    for index, node in enumerate(tree.children):
        # A closing bracket may carry a script, such as the mark of a transpose.
        kind = _kind(node.base if isinstance(node, Script) else node)
        depth -= kind is AtomClass.CLOSE
        if depth <= most:
            found.append((index, node))
        depth += kind is AtomClass.OPEN
    return found


def _cut(tree: Row, cuts: list[int]) -> tuple[Row, ...]:
    starts = [0, *(cut for cut in cuts if cut > 0)]
    ends = [*starts[1:], len(tree.children)]
    return tuple(Row(tree.children[a:b]) for a, b in zip(starts, ends, strict=True))
