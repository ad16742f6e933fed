from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from solver import term as t
from solver import updates
from solver.graph import Graph, GraphBuilder
from solver.network import Architecture, Layer, Network, build
from solver.rules import RULES
from solver.steps import Step, lines, steps
from solver.updates import Update
from templates.document import Math, Paragraph, Text
from templates.explain import TEMPLATE, chain, explain, line, result, rounded
from templates.notation import Symbols, load
from templates.rendering import has_block


def example() -> tuple[Network, dict[str, Any]]:
    """Two inputs, two tanh units, a linear output: an item that was worked by hand."""
    network = build(Architecture(2, (Layer(2, "tanh"), Layer(1))))
    return network, {
        "x": np.array([[1.0], [-2.0]]),
        "W1": np.array([[0.5, -0.5], [1.0, 0.25]]),
        "b1": np.array([[0.0], [0.5]]),
        "W2": np.array([[0.8, -1.2]]),
        "b2": np.array([[0.1]]),
        "y": np.array([[0.5]]),
    }


def worked() -> tuple[tuple[Step, ...], Symbols]:
    network, givens = example()
    wanted = [(t.name("loss"), None), (t.gradient("W1", (2, 2)), (0, 1))]
    return steps(network.graph, givens, wanted, 4), Symbols(
        network.graph, network, load("backprep")
    )


def column(*entries: str) -> str:
    return r"\begin{bmatrix} " + r" \\ ".join(entries) + r" \end{bmatrix}"


BY_HAND = [
    r"\mathbf{s}^{(1)} = W^{(1)} \mathbf{x} + \mathbf{b}^{(1)} = "
    + column(
        r"0.5 \cdot 1 + (-0.5) \cdot (-2) + 0",
        r"1 \cdot 1 + 0.25 \cdot (-2) + 0.5",
    )
    + " = "
    + column("1.5", "1"),
    r"\mathbf{o}^{(1)} = \tanh \mathbf{s}^{(1)} = "
    + column(r"\tanh 1.5", r"\tanh 1")
    + " = "
    + column("0.9051", "0.7616"),
    r"\hat{y} = W^{(2)} \mathbf{o}^{(1)} + b^{(2)} = "
    r"0.8 \cdot 0.9051 + (-1.2) \cdot 0.7616 + 0.1 = -0.0898",
    r"\ell = \frac{1}{2} (\hat{y} - y)^{2} = \frac{1}{2} (-0.0898 - 0.5)^{2} = 0.1739",
    r"\delta^{(2)} = \hat{y} - y = -0.0898 - 0.5 = -0.5898",
    r"\dfrac{\partial \ell}{\partial \mathbf{o}^{(1)}} = W^{(2)\top} \delta^{(2)} = "
    + column(r"0.8 \cdot (-0.5898)", r"-1.2 \cdot (-0.5898)")
    + " = "
    + column("-0.4718", "0.7078"),
    r"\tanh'(\mathbf{s}^{(1)}) = 1 - \mathbf{o}^{(1)} \odot \mathbf{o}^{(1)} = "
    + column("1 - 0.9051^{2}", "1 - 0.7616^{2}")
    + " = "
    + column("0.1808", "0.4200"),
    r"\boldsymbol{\delta}^{(1)} = "
    r"\dfrac{\partial \ell}{\partial \mathbf{o}^{(1)}} \odot \tanh'(\mathbf{s}^{(1)}) = "
    + column(r"-0.4718 \cdot 0.1808", r"0.7078 \cdot 0.4200")
    + " = "
    + column("-0.0853", "0.2973"),
    r"\dfrac{\partial \ell}{\partial w_{12}^{(1)}} = \delta_{1}^{(1)} \, x_{2} = "
    r"-0.0853 \cdot (-2) = 0.1706",
]


def test_the_lines_of_the_example_read_as_they_do_by_hand() -> None:
    found, symbols = worked()
    assert [chain(step, symbols) for step in found] == BY_HAND


def fork() -> tuple[Graph, dict[str, Any]]:
    builder = GraphBuilder()
    a, b = builder.input("a"), builder.input("b")
    q = builder.apply("add", builder.apply("multiply", a, b, name="p"), a, name="q")
    builder.apply("power", q, name="f", exponent=2)
    return builder.build(), {"a": np.array(3.0), "b": np.array(-2.0)}


def chains(problem: tuple[Graph, dict[str, Any]], places: int = 4) -> dict[str, str]:
    graph, givens = problem
    wanted = [(found.leaf, None) for found in lines(graph)]
    symbols = Symbols(graph, None, load("backprep"))
    found = steps(graph, givens, wanted, places)
    return {t.plain(step.leaf): chain(step, symbols) for step in found}


def test_a_line_says_nothing_twice() -> None:
    found = chains(fork())
    f_by_q, f_by_p = (rf"\dfrac{{\partial f}}{{\partial {name}}}" for name in "qp")
    assert found["p"] == r"p = ab = 3 \cdot (-2) = -6"
    assert found["f"] == "f = q^{2} = (-3)^{2} = 9"
    assert found["d[q]"] == rf"{f_by_q} = 2q = 2 \cdot (-3) = -6"
    assert found["d[p]"] == rf"{f_by_p} = {f_by_q} = -6"
    assert found["d[a]"] == (
        rf"\dfrac{{\partial f}}{{\partial a}} = {f_by_q} + {f_by_p} \cdot b"
        r" = -6 + (-6) \cdot (-2) = 6"
    )


def test_a_gradient_of_one_needs_no_working() -> None:
    builder = GraphBuilder()
    builder.apply("add", builder.input("a"), builder.input("b"), name="y")
    found = chains((builder.build(), {"a": np.array(1.0), "b": np.array(2.0)}))
    assert found["d[a]"] == r"\dfrac{\partial y}{\partial a} = 1"


def test_a_number_that_was_made_from_rounded_ones_shows_all_its_places() -> None:
    builder = GraphBuilder()
    u = builder.apply("sigmoid", builder.input("s"), name="u")
    builder.apply("subtract", u, builder.constant(1), name="y")
    # sigma(1.53) = 0.82201..., and 0.8220 - 1 = -0.178.
    found = chains((builder.build(), {"s": np.array(1.53)}))
    assert found["y"] == "y = u - 1 = 0.8220 - 1 = -0.1780"


def test_zero_and_one_behind_a_kink_have_no_decimals() -> None:
    network = build(Architecture(1, (Layer(2, "relu"), Layer(1, "sigmoid"))))
    givens = {
        "x": np.array([[0.123]]),
        "W1": np.array([[1.457], [-1.0]]),
        "b1": np.zeros((2, 1)),
        "W2": np.ones((1, 2)),
        "b2": np.zeros((1, 1)),
        "y": np.zeros((1, 1)),
    }
    wanted = [(t.gradient("s1", (2, 1)), None)]
    found = {t.plain(s.leaf): s for s in steps(network.graph, givens, wanted, 4)}
    assert result(found["o1"]) == column("0.1792", "0")
    assert result(found["local[o1]"]) == column("1", "0")


@pytest.mark.parametrize(
    ("value", "exact", "text"),
    [
        (0.5, True, "0.5"),
        (0.42, False, "0.4200"),
        ([[0.5], [0.42]], [[True], [False]], column("0.5", "0.4200")),
        ([0.5, 2.0], [False, True], r"\left(0.5000,\; 2\right)"),
        ([[1.0, 2.0]], [[True, False]], r"\begin{bmatrix} 1 & 2.0000 \end{bmatrix}"),
    ],
)
def test_every_entry_of_a_result_has_its_own_places(value: Any, exact: Any, text: str) -> None:
    assert rounded(value, exact, 4) == text


def words(paragraph: Any) -> str:
    assert isinstance(paragraph, Paragraph)
    return "".join(inline.text for inline in paragraph.content if isinstance(inline, Text))


def test_a_line_is_followed_by_the_reason_for_it() -> None:
    found, symbols = worked()
    reasons = [words(line(step, symbols)) for step in found]
    assert "cancels the 2 of the square" in reasons[4]
    assert "multiplies by its weight" in reasons[5]
    assert "The derivative comes from the stored output" in reasons[6]
    assert "A weight multiplies its input" in reasons[8]


def test_a_reason_says_what_its_own_line_shows() -> None:
    found, symbols = worked()
    reasons = [words(line(step, symbols)) for step in found]
    assert "a linear unit has derivative 1" in reasons[4]
    assert "transposed" in reasons[5]
    assert "entry by entry" in reasons[7]


def test_reasons_about_single_numbers_speak_of_no_arrays() -> None:
    network = build(Architecture(1, (Layer(1, "tanh"), Layer(1))))
    givens = {name: np.array([[0.5]]) for name in ("x", "W1", "b1", "W2", "b2", "y")}
    found = steps(network.graph, givens, [(t.gradient("W1", (1, 1)), None)], 4)
    reasons = " ".join(
        words(line(step, Symbols(network.graph, network, load("backprep")))) for step in found
    )
    assert "multiplies by its weight." in reasons
    assert "transposed" not in reasons
    assert "entry" not in reasons


def test_the_reason_at_a_fork_is_that_contributions_are_added() -> None:
    graph, givens = fork()
    step = steps(graph, givens, [(t.gradient("a"), None)], 4)[-1]
    assert "are added" in words(line(step, Symbols(graph, None, load("backprep"))))


def test_every_line_begins_with_its_mathematics() -> None:
    found, symbols = worked()
    for step in found:
        first = line(step, symbols).content[0]
        assert isinstance(first, Math)


def test_the_forward_and_the_backward_pass_have_a_heading_each() -> None:
    found, symbols = worked()
    paragraphs = explain(found, symbols)
    assert len(paragraphs) == len(found) + 2
    assert [n for n, p in enumerate(paragraphs) if isinstance(p, Paragraph) and p.leads] == [0, 5]
    assert not any(isinstance(inline, Math) for inline in paragraphs[0].content)  # type: ignore[union-attr]
    assert not any(isinstance(inline, Math) for inline in paragraphs[5].content)  # type: ignore[union-attr]


def reasons(graph: Graph, givens: dict[str, Any], notation: str = "backprep") -> dict[str, str]:
    """By kind and node the words behind each line."""
    wanted = [(found.leaf, None) for found in lines(graph)]
    symbols = Symbols(graph, None, load(notation))
    return {
        f"{step.kind} {step.node}": "".join(
            part.text for part in line(step, symbols).content if isinstance(part, Text)
        )
        for step in steps(graph, givens, wanted, 4)
    }


KINKS = [
    ("relu", {}, "local f", "At 0, where ReLU has a kink, its derivative is taken to be 0."),
    ("leaky_relu", {"alpha": 0.1}, "local f", "is taken to be the small slope."),
    ("elu", {"alpha": 1.0}, "local f", "its derivative is taken from the left piece."),
    ("absolute", {}, "backward a", "At 0, where the absolute value has a kink"),
]


@pytest.mark.parametrize(("op", "settings", "where", "words"), KINKS)
def test_a_kink_is_said_aloud_only_where_a_line_is_at_it(
    op: str, settings: dict[str, Any], where: str, words: str
) -> None:
    builder = GraphBuilder()
    a = builder.input("a")
    u = builder.apply(op, a, name="f", **settings)
    builder.apply("multiply", u, builder.constant(3), name="y")
    graph = builder.build()
    assert words in reasons(graph, {"a": np.array(0.0)})[where]
    assert words not in reasons(graph, {"a": np.array(0.5)})[where]
    assert "kink" not in reasons(graph, {"a": np.array(0.0)})["forward f"]


@pytest.mark.parametrize("op", ["maximum", "minimum"])
def test_a_tie_is_said_aloud(op: str) -> None:
    builder = GraphBuilder()
    a, b = builder.input("a"), builder.input("b")
    builder.apply(op, a, b, name="y")
    graph = builder.build()
    for node in "ab":
        tied = reasons(graph, {"a": np.array(2.0), "b": np.array(2.0)})[f"backward {node}"]
        assert "settled for the first one, which gets the whole gradient." in tied
        apart = reasons(graph, {"a": np.array(2.0), "b": np.array(1.0)})[f"backward {node}"]
        assert "first one" not in apart


def test_every_primitive_that_a_graph_may_have_gives_a_reason() -> None:
    silent = []
    for op in sorted(RULES.primitives):
        blocks = [f"{w}backward_{op}_0" for w in ("", "graph_")]
        if not any(has_block(TEMPLATE, block) for block in blocks):
            silent.append(op)
    assert silent == ["prepend_one"]


def test_what_an_adjoint_stands_for_is_not_said_twice() -> None:
    builder = GraphBuilder()
    builder.apply("sigmoid", builder.input("a"), name="y")
    graph, symbols = builder.build(), Symbols(builder.build(), None, load("cmu-gormley"))
    made = steps(graph, {"a": np.array(0.0)}, [(t.gradient("a"), None)], 4)
    assert chain(made[-1], symbols) == r"g_{a} = \dfrac{\partial y}{\partial a} = 0.25"


def test_the_words_are_those_of_the_course() -> None:
    builder = GraphBuilder()
    builder.apply("add", builder.input("a"), builder.input("b"), name="y")
    givens = {"a": np.array(1.0), "b": np.array(2.0)}
    said = reasons(builder.build(), givens, "cmu-gormley")["backward a"]
    assert said == ". A sum passes its adjoint on unchanged."


@pytest.mark.parametrize("orientation", ["columns", "transposed", "rows"])
def test_weights_and_connections_have_their_reasons_in_every_orientation(orientation: str) -> None:
    said = {"rows": orientation == "rows", "transposed": orientation == "transposed"}
    network = build(Architecture(2, (Layer(2, "tanh"), Layer(2)), **said))
    givens = {v.name: np.full(v.shape, 0.5) for v in network.graph.inputs}
    wanted = [(found.leaf, None) for found in lines(network.graph)]
    symbols = Symbols(network.graph, network, load("backprep"))
    words = {}
    for step in steps(network.graph, givens, wanted, 4):
        content = line(step, symbols).content
        words[step.kind, step.node] = "".join(p.text for p in content if isinstance(p, Text))
    assert "local derivative is that input" in words["backward", "W2"]
    assert "A bias has local derivative 1" in words["backward", "b2"]
    assert "Going back through a connection" in words["backward", "o1"]
    turned = "so the weights are transposed" in words["backward", "o1"]
    assert turned is (orientation != "transposed")


def moved(notation: str, momentum: float = 0.0, **settings: Any) -> list[str]:
    """The lines of one update of y = w x with the squared error, in LaTeX."""
    network = build(Architecture(2, (Layer(1, bias=False),), **settings))
    givens = {v.name: np.full(v.shape, 2.0) for v in network.graph.inputs}
    symbols = Symbols(network.graph, network, load(notation))
    sign = symbols.notation.sign
    first, _ = updates.worked(network.graph, givens, Update(0.5, 1, momentum), 4, sign)
    return [chain(step, symbols) for step in first if step.kind == "update"]


def test_an_update_gives_the_symbol_a_new_value() -> None:
    assert moved("backprep") == [
        r"W^{(1)} \leftarrow W^{(1)} - \eta \cdot \dfrac{\partial \ell}{\partial W^{(1)}} = "
        r"\begin{bmatrix} 2 - 0.5 \cdot 12 & 2 - 0.5 \cdot 12 \end{bmatrix} = "
        r"\begin{bmatrix} -4 & -4 \end{bmatrix}"
    ]


def test_momentum_is_written_as_a_velocity() -> None:
    velocity, new = moved("standard", momentum=0.9)
    assert velocity.startswith(
        r"v_{\boldsymbol{W}^{(1)}} \leftarrow \alpha \, v_{\boldsymbol{W}^{(1)}} - \epsilon \, "
    )
    assert r"0.9 \cdot 0 - 0.5 \cdot 12" in velocity
    assert new.startswith(
        r"\boldsymbol{W}^{(1)} \leftarrow \boldsymbol{W}^{(1)} + v_{\boldsymbol{W}^{(1)}} = "
    )
    assert new.endswith(r"\begin{bmatrix} -4 & -4 \end{bmatrix}")


def test_a_sensitivity_is_called_one_where_the_course_does() -> None:
    network = build(Architecture(2, (Layer(2, "tanh"), Layer(2)), bias="folded"))
    givens = {v.name: np.full(v.shape, 0.5) for v in network.graph.inputs}
    wanted = [(found.leaf, None) for found in lines(network.graph)]
    for name, ending in (("cmu-chai", ", which gives the sensitivity."), ("backprep", ".")):
        symbols = Symbols(network.graph, network, load(name))
        found = {
            (s.kind, s.node): line(s, symbols) for s in steps(network.graph, givens, wanted, 4)
        }
        last = found["backward", "s1"].content[-1]
        assert isinstance(last, Text)
        assert last.text.endswith(f"by the local derivative{ending}")


def test_headings_and_reasons_of_a_family_replace_the_usual_ones() -> None:
    found, symbols = worked()
    own = {"backward": (Paragraph((Text("Back we go."),)),)}
    blocks = explain(found, symbols, own, lambda step: (Text(f"About {step.node}."),))
    texts = [block.content for block in blocks if isinstance(block, Paragraph)]
    assert (Text("Back we go."),) in texts
    # The heading of the other kind stays, and behind every line stands the reason that was given.
    assert sum(content[-1] == Text("About W1.") for content in texts) == 1
    assert any("Keep every value" in str(content) for content in texts)
    assert not any("Start at the" in str(content) for content in texts)
