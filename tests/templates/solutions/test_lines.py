from __future__ import annotations

import solver
from templates.solutions.lines import posed, printed_gradient, steps_in, symbols_of


def test_the_constant_pi_is_written_as_the_letter() -> None:
    found = solver.solve("pi*x", {"x": 2})
    assert str(symbols_of(found, found.notation).value("pi")) == r"\pi"
    own = solver.solve("pi*x", {"x": 2, "pi": 3.2})
    assert float(own.values["y"]) == 6.4


def test_steps_are_read_in_the_order_of_the_notation() -> None:
    network = solver.solve_network([1], [0.5], [[[2]]], [[3]], notation="standard")
    forward = steps_in(network, network.notation)[0].formula
    assert str(forward.args[0]) != str(network.steps[0].formula.args[0])


def test_a_gradient_is_printed_as_its_line_has_it() -> None:
    found = solver.solve("sin(x)*x", {"x": 1.5})
    symbols = symbols_of(found, found.notation)
    last = found.steps[-1]
    assert printed_gradient(found, "x", (), 4, symbols) == f"{float(last.value):.4f}"


def test_an_entry_without_a_line_of_its_own_is_rounded() -> None:
    found = solver.solve("dot(w, w)*k", {"w": [0.5, -1.25], "k": 3}, wrt=["k"])
    symbols = symbols_of(found, found.notation)
    assert printed_gradient(found, "w", (1,), 3, symbols) == "-7.500"


def test_a_page_in_decimals_states_decimals_and_what_has_none_as_it_was_given() -> None:
    givens = {"x": "0.3", "z": "1/3", "w": "ln 3"}
    found = solver.solve("sin(x)*z*w", givens, arithmetic="exact")
    assert found.why_decimal
    stated = posed(found)
    assert stated["x"] == 0.3
    assert [str(stated[name]) for name in ("z", "w")] == ["1/3", "ln(3)"]


def test_a_page_in_exact_numbers_states_them_as_they_are() -> None:
    found = solver.solve("x*x", {"x": "0.3"}, arithmetic="exact")
    assert posed(found) is found.givens
