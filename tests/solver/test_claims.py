"""Reading a student's answers: names, entries and numbers, in every orientation of a network."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.claims import Claim, parse
from solver.errors import InputError
from solver.graph import Graph, GraphBuilder
from solver.network import Architecture, Layer, Network, build

LAYERS = (Layer(2, "tanh"), Layer(1))
NETWORK = build(Architecture(3, LAYERS))
FOLDED = build(Architecture(3, LAYERS, bias="folded"))
TRANSPOSED = build(Architecture(3, LAYERS, transposed=True))
ROWS = build(Architecture(3, LAYERS, rows=True, examples=2))
FUSED = build(Architecture(3, (Layer(2, "softmax"),), loss="cross_entropy"))


def graph() -> Graph:
    """f = (a + b) * c, with c as data and d as the sum."""
    builder = GraphBuilder()
    total = builder.apply("add", builder.input("a"), builder.input("b"), name="d")
    builder.apply("multiply", total, builder.input("c", fixed=True), name="f")
    return builder.build()


GRAPH = graph()


def claim(text: str, network: Network = NETWORK) -> Claim:
    return parse(text, network.graph, network)


def test_a_weight_claims_one_entry_of_a_gradient() -> None:
    found = claim("W1[2,3] = -0.013")
    assert (found.node, found.of, found.index) == ("W1", "gradient", (1, 2))
    assert found.value.tolist() == [-0.013]
    assert found.decimals == (3,)
    assert found.text == "W1[2,3] = -0.013"


@pytest.mark.parametrize(
    ("network", "node", "index"),
    [
        (NETWORK, "W1", (1, 2)),
        (TRANSPOSED, "W1", (2, 1)),
        (ROWS, "W1", (2, 1)),
        (FOLDED, "W1", (1, 3)),
    ],
)
def test_a_weight_is_unit_and_input_whatever_the_orientation(
    network: Network, node: str, index: tuple[int, int]
) -> None:
    found = claim("W1[2,3]=1.5", network)
    assert (found.node, found.index) == (node, index)


def test_a_folded_bias_is_an_entry_of_the_weights() -> None:
    assert (claim("b1[2]=1", FOLDED).node, claim("b1[2]=1", FOLDED).index) == ("W1", (1, 0))
    whole = claim("b1=[1,2]", FOLDED)
    assert (whole.node, whole.entries) == ("W1", ((0, 0), (1, 0)))


@pytest.mark.parametrize("network", [NETWORK, TRANSPOSED, FOLDED])
def test_a_matrix_is_written_as_units_by_inputs(network: Network) -> None:
    found = claim("W1=[[1,2,3],[4,5,6]]", network)
    rows = [claim(f"W1[{i},{j}]=0", network).index for i in (1, 2) for j in (1, 2, 3)]
    assert list(found.entries) == rows
    assert found.value.tolist() == [1, 2, 3, 4, 5, 6]


def test_a_batch_is_written_with_a_row_for_each_example() -> None:
    found = claim("s1=[[1,2],[3,4]]", ROWS)
    assert [found.entries[n] for n in range(4)] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert claim("s1[2,1]=5", ROWS).index == (0, 1)


def test_a_vector_may_be_written_as_a_row_or_a_column() -> None:
    assert claim("delta1=[0.1,-0.2]").entries == claim("delta1=[[0.1],[-0.2]]").entries
    assert claim("W2=[1,2]").entries == ((0, 0), (0, 1))


@pytest.mark.parametrize(
    ("text", "node", "of"),
    [
        ("delta1[2]=1", "s1", "gradient"),
        ("s1[2]=1", "s1", "value"),
        ("dL/ds1[2]=1", "s1", "gradient"),
        ("dL/do1[1]=1", "o1", "gradient"),
        ("d/dW1[1,1]=1", "W1", "gradient"),
        ("o2=1", "s2", "value"),
        ("loss=1", "loss", "value"),
        ("L=1", "loss", "value"),
    ],
)
def test_a_name_says_whether_a_value_or_a_gradient_is_claimed(
    text: str, node: str, of: str
) -> None:
    assert (claim(text).node, claim(text).of) == (node, of)


@pytest.mark.parametrize(
    ("text", "node", "of"),
    [
        ("a=1", "a", "gradient"),
        ("d=1", "d", "value"),
        ("df/da=1", "a", "gradient"),
        ("df/dd = 1", "d", "gradient"),
        ("d/db=1", "b", "gradient"),
        ("f=1", "f", "value"),
    ],
)
def test_in_a_graph_a_given_name_claims_its_gradient_and_a_node_its_value(
    text: str, node: str, of: str
) -> None:
    found = parse(text, GRAPH)
    assert (found.node, found.of) == (node, of)


@pytest.mark.parametrize(
    ("text", "decimals"),
    [("0.17", 2), ("0.170", 3), (".5", 1), ("3.", 0), ("1208", None), ("1/2", None), ("1e-3", 3)],
)
def test_the_decimals_that_were_written_are_counted(text: str, decimals: int | None) -> None:
    assert claim(f"loss={text}").decimals == (decimals,)


def test_the_decimals_of_an_array_are_counted_entry_by_entry() -> None:
    assert claim("delta1=[0.10, -2]").decimals == (2, None)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("W1[3,1]=1", "W1[2,3]"),
        ("W1[0,1]=1", "W1"),
        ("W7[1,1]=1", "2 layers"),
        ("W1[1,1]", "NAME=VALUE"),
        ("=1", "NAME=VALUE"),
        ("hello=1", "the names are W1 and b1 for gradients, s1 for pre-activations"),
        ("w1[1,2]=1", "did you mean W1?"),
        ("delta=[1,2]", "did you mean delta1 or delta2?"),
        ("Loss=1", "did you mean loss?"),
        ("dL/dw1=1", "did you mean W1?"),
        ("s1=0,0", "no brackets; write s1=[1, 2]"),
        ("s1=.1 -.2", "no brackets; write s1=[1, 2]"),
        ("W1=1,2;3,4", "no brackets; write W1=[[1, 2], [3, 4]]"),
        ("loss=0,298", "write a decimal point, such as loss=0.298"),
        ("loss=1e400", "too large"),
        ("W1=[1,2]", "shape"),
        ("delta1=0.3", "shape"),
        ("loss=[1,2]", "one number"),
        ("loss[1]=1", "one number"),
        ("loss=nan", "nan"),
        ("loss=inf", "inf"),
        ("loss=banana", "banana"),
        ("dW1/ds1=1", "dloss/d"),
    ],
)
def test_what_cannot_be_an_answer_is_said_in_a_sentence(text: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        claim(text)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("g=1", "a, b, d, f"),
        ("D=1", "did you mean d?"),
        ("c=1", "data"),
        ("a[1]=1", "without an entry"),
        ("dd/da=1", "df/da"),
    ],
)
def test_what_a_graph_cannot_answer_is_said_in_a_sentence(text: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text, GRAPH)
    assert says in str(caught.value)


def test_a_gradient_that_the_lines_go_past_is_not_judged() -> None:
    with pytest.raises(InputError, match="no gradient is taken at 'o1'"):
        claim("dL/do1=[1,2]", FUSED)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_a_claim_or_an_input_error(text: str) -> None:
    for whole in (text, f"{text}=1", f"W1[1,1]={text}", f"a={text}"):
        for network in (NETWORK, None):
            try:
                found = parse(whole, NETWORK.graph if network else GRAPH, network)
            except InputError:
                continue
            assert np.all(np.isfinite(found.value))
