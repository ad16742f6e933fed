from __future__ import annotations

from solver.parameters import count
from templates.solutions.parameters import page
from templates.writers.text import write


def test_every_layer_has_a_row_with_its_formula() -> None:
    text = write(page(count((784, 128, 10))))
    assert "128 · 784 = 100,352" in text
    assert "1,280 + 10 = 1,290" in text
    assert "*101,770 parameters*: 101,632 weights and 138 biases" in text


def test_the_check_folds_the_biases_in() -> None:
    # 3 (2 + 1) + 1 (3 + 1) = 13
    assert "3 · 3 + 1 · 4 = 13" in write(page(count((2, 3, 1))))


def test_a_deep_network_has_no_check_of_a_page_s_length() -> None:
    assert "Check" not in write(page(count([2] * 12)))


def test_without_biases_there_is_no_column_for_them() -> None:
    text = write(page(count((2, 3, 1), bias=False)))
    assert "Biases" not in text.split("The network has")[1]
    assert "4 in all, and make it 13" in text
