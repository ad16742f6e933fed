from __future__ import annotations

import solver
from templates.document import Document
from templates.solutions.conventions import conventions
from templates.solutions.lines import symbols_of
from templates.writers import text


def said(found: solver.WorkedSolution) -> str:
    blocks = conventions(found, symbols_of(found, found.notation))
    return " ".join(text.write(Document("conventions", blocks)).split())


def test_nothing_is_said_where_all_is_plain() -> None:
    found = solver.solve("x*x", {"x": 2})
    assert conventions(found, symbols_of(found, found.notation)) == ()


def net(*activations: str, notation: str = "standard") -> solver.WorkedSolution:
    weights = [[[0.5, -0.5], [1, 0.25]]] * len(activations)
    return solver.solve_network(
        [1, -2], [0.5, 1], weights, activations=activations, notation=notation
    )


def test_the_letter_of_the_hidden_units_stands_for_a_function() -> None:
    assert said(net("tanh", "identity")) == "Here f is tanh."
    assert said(net("sigmoid", "sigmoid")) == "Here f is the sigmoid σ."
    assert said(net("softplus", "identity")) == "Here f is softplus, ζ."


def test_two_letters_are_told_in_one_sentence() -> None:
    found = said(net("tanh", "sigmoid", notation="waterloo-meila"))
    assert found.startswith("Here ϕ is tanh, and ϕ_out is the sigmoid σ.")


def test_a_course_without_letters_needs_none() -> None:
    assert said(net("tanh", "identity", notation="backprep")) == ""


def test_slopes_are_told_once() -> None:
    found = solver.solve("leaky_relu(x, 0.1) + leaky_relu(2*x, 0.1)", {"x": 3})
    assert said(found).count("The small slope of leaky ReLU is 0.1.") == 1


def test_a_letter_that_is_the_functions_own_is_not_told_twice() -> None:
    found = said(net("sigmoid", "sigmoid", notation="nyu-linzen"))
    assert found == "Here σ is the sigmoid."


def test_two_letters_for_one_function_are_told_together() -> None:
    found = said(net("sigmoid", "sigmoid", notation="waterloo-meila"))
    assert found.startswith("Here ϕ and ϕ_out are the sigmoid σ.")


def test_a_function_without_a_symbol_of_its_own_is_named_once() -> None:
    found = said(net("softplus", "identity", notation="waterloo-meila"))
    assert found.startswith("Here ϕ is softplus.")
