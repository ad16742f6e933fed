"""The letters of scores, probabilities, targets and losses in a notation.

Scores z, probabilities p and targets t are written as the notation has them; what else a problem
names keeps its letter unless one of these has it already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from templates.notation import Notation, Style, Symbol
from templates.notation.scores import alike, scores, unlike

Given = Mapping[str, Style | Symbol]

TOTALS = {r"\ell": "L"}
"""The letter of the losses of several examples together, by that of one; else both have one."""


def of_softmax(vectors: str, numbers: str, notation: Notation) -> dict[str, Style | Symbol]:
    """The symbols of scores z and probabilities p, and of further nodes of one letter each."""
    found = scores(notation)
    del found["t"]
    free = unlike(found, vectors + numbers)
    more = {node: alike(found["z"], free[node]) for node in vectors}
    return {**found, **more, **{node: Style(free[node]) for node in numbers}}


def of_loss(notation: Notation) -> Given:
    """The symbols of scores z, probabilities p, targets t and the loss L of one example."""
    return {**scores(notation), "L": Style(notation.loss)}


def of_jacobian(classes: int, notation: Notation) -> Given:
    """Those of `jacobians`: entry (i, k) is the derivative of probability i by score k."""
    found = of_softmax("ac", "S", notation)
    slopes: dict[str, Symbol] = {}
    for i in range(1, classes + 1):
        for k in range(1, classes + 1):
            top, bottom = entry(found["p"], str(i)), entry(found["z"], str(k))
            fraction = rf"\dfrac{{\partial {top}}}{{\partial {bottom}}}"
            slopes[f"J_{i}_{k}"] = Symbol(fraction, compound=True)
    return {**found, **slopes, "L": Style(notation.loss)}


def of_two_classes(which: int, notation: Notation) -> Given:
    """Those of `two_classes` about the class `which`, counted from 0: its probability is q.

    The weights wk and the bias bk belong to its unit, wo and bo to the other one.
    """
    known = scores(notation)
    free = unlike(known, "wbvcsdghrx")
    found: dict[str, Style | Symbol] = {"z": known["z"], "p": known["p"]}
    found |= {node: Style(free[node]) for node in "csdghr"}
    own, other = str(which + 1), str(2 - which)
    found |= {"q": entry(known["p"], own), "x": alike(known["z"], free["x"])}
    found["v"] = alike(known["z"], free["v"])
    weights = alike(known["z"], free["w"])
    for node, unit in (("wk", own), ("wo", other)):
        found[node] = replace(weights, below=f"{unit},#")
    bias = Style(free["b"])
    return {**found, "bk": entry(bias, own), "bo": entry(bias, other)}


def of_score(score: int, which: int, notation: Notation) -> Given:
    """As `of_two_classes`, with y for the score of the class `score`, and t for the other one."""
    found = dict(of_two_classes(which, notation))
    mine, other = str(score + 1), str(2 - score)
    return {**found, "y": entry(found["z"], mine), "t": entry(found["z"], other)}


def of_recovered(known: int, notation: Notation) -> Given:
    """Those of `recovered`: t is the score of the class `known`, counted from 0."""
    found = of_softmax("g", "c", notation)
    return {**found, "t": entry(found["z"], str(known + 1))}


def of_raised(which: int, other: int, notation: Notation) -> Given:
    """Those of `raised`: q and r are the new probabilities of two classes, Q all of them."""
    found = of_softmax("", "cfwSq", notation)
    new = found["q"]
    both = {"q": entry(new, str(which + 1)), "r": entry(new, str(other + 1))}
    return {**found, **both, "Q": new}


def of_losses(marks: Sequence[str], labels: Sequence[int], notation: Notation) -> Given:
    """Those of `log_loss`: q is the probability of the label, s a score of two classes.

    Without a number in its name, a letter stands for that of any example.
    """
    known = scores(notation)
    free = unlike(known, "aS")
    several = {
        "z": known["z"],
        "p": known["p"],
        "s": known["z"],
        "a": alike(known["z"], free["a"]),
        "S": Style(free["S"]),
        "l": Style(notation.loss),
    }
    several["t"] = known["t"]
    found: dict[str, Style | Symbol] = {**several}
    found["L"] = Style(TOTALS.get(notation.loss, notation.loss))
    for mark, label in zip(marks, labels, strict=True):
        found |= {f"{node}{mark}": _numbered(style, mark) for node, style in several.items()}
        place = f"{mark},{label + 1}" if mark else str(label + 1)
        found[f"q{mark}"] = entry(known["p"], place)
    return found


def _numbered(style: Style, mark: str) -> Style:
    """The style of one example's numbers: its mark stands before the index."""
    below = style.below.replace("#", f"{mark},#") if mark else style.below
    return replace(style, below=below, layer=False)


def entry(style: Style | Symbol, index: str) -> Symbol:
    """One entry of what the style writes."""
    assert isinstance(style, Style)
    return Symbol(style.letter, style.above, style.subscript(index))


def of_posteriors(kind: str, notation: Notation) -> Given:
    """Those of `posteriors`: mu and sigma^2 for means and variance, pi for the priors."""
    found = of_softmax("hgjabw", "Sx", notation)
    bold = bool(alike(scores(notation)["z"], "h").vector)
    for node, letter in (("m", r"\mu"), ("r", r"\pi")):
        found[node] = Style(letter, vector=rf"\boldsymbol{{{letter}}}" if bold else "")
    found["v"] = Symbol(r"\sigma", "2")
    if kind == "boundary":
        found["x"] = Symbol("x", "", "0")
    return found
