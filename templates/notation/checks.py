"""What is asked of a reader's own notation beyond its form: LaTeX that can be set, no two alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from itertools import product

from solver.errors import InputError
from solver.network import Architecture, Layer, Network, build
from templates.mathematics import parse
from templates.mathematics.errors import MathematicsError
from templates.notation.record import Notation, Style, placed
from templates.notation.shipped import shipped
from templates.notation.symbols import Symbols

LONGEST = 80
_LAYER = re.compile(r"([_^][^\w\s{}\\$%#&^~]?l[^\w\s{}\\$%#&^~]?)?")
_STEM = re.compile(r"[xyWbso]")
_NODE = re.compile(r"[Wbso][1-9]|[xy]")
_WORD = re.compile(r"\w[\w' -]*")
_FORMS = ("letter", "entry", "vector", "matrix")


def check(notation: Notation, source: str) -> None:
    """Raise InputError, naming the file `source` and the key, unless the notation can be used."""
    for key, text, frame in _latex(notation):
        _check_latex(key, text, frame, source)
    _check_keys(notation, source)
    _check_words(notation, source)
    _check_adjoint(notation, source)
    for network in _examples(notation):
        _check_distinct(network, notation, source)


def _check_keys(notation: Notation, source: str) -> None:
    """The keys that no record lists: names of nodes and functions; and the mark of a layer."""
    for key, _ in _styles(notation):
        table, _, node = key.rpartition(".")
        pattern = _NODE if table.startswith("depths") else _STEM
        if table and not pattern.fullmatch(node):
            nodes = "such as W1" if pattern is _NODE else "x, y, s, o, b or W"
            raise InputError(f"{source}: there is no key '{key}'; it must end in a node, {nodes}")
    for depth in notation.depths:
        if not depth.isdecimal():
            raise InputError(f"{source}: 'depths.{depth}' must name a number of layers")
    functions = sorted({*shipped("backprep").functions, "exp"})
    for name in notation.functions:
        if name not in functions:
            known = ", ".join(functions)
            raise InputError(f"{source}: there is no key 'functions.{name}'; there are {known}")
    if not _LAYER.fullmatch(notation.layer):
        layer = notation.layer
        raise InputError(f"{source}: 'layer' must be like ^(l), ^l, ^[l] or _l, not {layer!r}")


def _styles(notation: Notation) -> Iterator[tuple[str, Style]]:
    for key in ("prediction", "linear_prediction", "posterior", "delta", "adjoint"):
        style = getattr(notation, key)
        if style is not None:
            yield key, style
    tables = {"stems": notation.stems, "outputs": notation.outputs}
    tables |= {f"depths.{depth}": table for depth, table in notation.depths.items()}
    for key, table in tables.items():
        yield from ((f"{key}.{node}", style) for node, style in table.items())


def _latex(notation: Notation) -> Iterator[tuple[str, str, str]]:
    """Every piece of LaTeX with its key and, `#` standing for it, where it stands on the page."""
    for key, style in _styles(notation):
        forms = [(form, getattr(style, form)) for form in _FORMS]
        for form, text in forms:
            if text or form == "letter":
                yield f"{key}.{form}", placed(text, "1", "2"), "#"
        yield f"{key}.above", style.above or "1", "x^{#}"
        yield f"{key}.below", style.subscript("1") or "1", "x_{#}"
    yield "loss", notation.loss, "#"
    yield "transpose", notation.transpose, "x^{#}"
    yield "hadamard", notation.hadamard, "x # y"
    yield "separator", notation.separator or ",", "x_{1#2}"
    yield "activation", notation.activation or "f", "#'(x)"
    yield "output_activation", notation.output_activation or "f", "#'(x)"
    for name, text in notation.functions.items():
        yield f"functions.{name}", text, "# x"
    for field in fields(notation.update):
        yield f"update.{field.name}", getattr(notation.update, field.name), "#"


def _check_latex(key: str, text: str, frame: str, source: str) -> None:
    if not text.strip() or len(text) > LONGEST:
        raise InputError(f"{source}: '{key}' must have between 1 and {LONGEST} characters")
    try:
        parse(frame.replace("#", text))
    except MathematicsError as error:
        raise InputError(f"{source}: '{key}' cannot be set: {error}") from error


def _check_words(notation: Notation, source: str) -> None:
    from templates.markup import parse as parse_markup
    from templates.places import MarkupError

    for field in fields(notation.words):
        word = getattr(notation.words, field.name)
        if not _WORD.fullmatch(word):
            raise InputError(f"{source}: 'words.{field.name}' must be a word, not {word!r:.60}")
    for remark in (*notation.remarks, *notation.graph_remarks):
        try:
            parse_markup(remark)
        except MarkupError as error:
            raise InputError(f"{source}: 'remarks': {error}") from error


def _check_adjoint(notation: Notation, source: str) -> None:
    gradients = notation.gradients
    if notation.adjoint is None and "adjoint" in (
        gradients.arrays,
        gradients.numbers,
        gradients.graph,
    ):
        raise InputError(f"{source}: the key 'adjoint' is missing, which 'gradients' asks for")


def _examples(notation: Notation) -> Iterator[Network]:
    """Networks whose nodes have one entry, a column or a table."""
    said, last = notation.conventions, {"half_squared_error": "identity"}
    last |= {"binary_cross_entropy": "sigmoid", "squared_error": "sigmoid"}
    for depth, (width, examples) in product((1, 2, 3), ((1, 1), (2, 1), (2, 3))):
        hidden = (Layer(width, "tanh"),) * (depth - 1)
        for loss, activation in last.items():
            yield build(
                Architecture(
                    width,
                    (*hidden, Layer(width, activation)),
                    loss=loss,
                    bias=said.bias,
                    examples=examples,
                    rows=said.orientation == "rows",
                    transposed=said.orientation == "transposed",
                )
            )


def _check_distinct(network: Network, notation: Notation, source: str) -> None:
    symbols, seen = Symbols(network.graph, network, notation), dict[str, str]()
    for node in _visible(network):
        _claim(seen, str(symbols.value(node)), node, source)
    if notation.delta is not None:
        for node in network.preactivations:
            _claim(seen, str(symbols.gradient(node)), f"the delta of {node}", source)
    # A velocity has its node below it, so that it cannot be taken for one.
    for key in ("rate", "momentum"):
        _claim(seen, getattr(notation.update, key), f"'update.{key}'", source)
    for letter, _ in symbols.letters():
        _claim(seen, letter, "the activation", source)


def _visible(network: Network) -> Iterator[str]:
    yield from (variable.name for variable in network.graph.inputs)
    yield from (e.target for e in network.graph.equations if not e.hidden)


def _claim(seen: dict[str, str], symbol: str, node: str, source: str) -> None:
    other = seen.setdefault(symbol, node)
    if other != node:
        raise InputError(
            f"{source}: {other} and {node} are both written {symbol}; they need different symbols"
        )
