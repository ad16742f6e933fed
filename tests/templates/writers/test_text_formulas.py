from __future__ import annotations

from templates.writers.characters import NO_BREAK, columns_of
from templates.writers.text_formulas import displayed, in_line

MATRIX = r"\begin{bmatrix} 1 & -0.5 \\ 10 & 2 \end{bmatrix}"
COLUMN = r"\begin{bmatrix} 0.5 \cdot 1 \\ 3 \\ 4 \end{bmatrix}"


def test_the_rows_of_a_matrix_stand_under_one_another() -> None:
    assert displayed(f"W = {MATRIX}", 40) == [
        "W = ⎡ 1  -0.5⎤",
        "    ⎣10     2⎦",
    ]


def test_a_formula_runs_along_the_middle_of_a_tall_matrix() -> None:
    assert displayed(rf"x = {COLUMN},\quad y = 2", 40) == [
        "    ⎡0.5 · 1⎤",
        "x = ⎢3      ⎥,   y = 2",
        "    ⎣4      ⎦",
    ]


def test_a_matrix_among_factors_stays_on_the_line() -> None:
    assert displayed(rf"s = W {MATRIX}^{{\top}} x", 60) == ["s = W [1 -0.5; 10 2]ᵀ x"]


def test_clauses_stand_side_by_side_where_there_is_room() -> None:
    source = r"a = 1,\quad b = 2,\quad c = 3"
    assert displayed(source, 40) == ["a = 1,   b = 2,   c = 3"]
    assert displayed(source, 16) == ["a = 1,   b = 2,", "c = 3"]


def test_the_links_of_a_long_chain_stand_under_the_first_relation() -> None:
    assert displayed("ab = c + d + f = g + h + k", 16) == ["ab = c + d + f", "   = g + h + k"]


def test_a_long_sum_goes_on_before_a_sign_even_inside_brackets() -> None:
    lines = displayed(f"J = ({' + '.join(['0.123 x'] * 9)}) = 4", 30)
    assert all(columns_of(line) <= 30 for line in lines)
    assert lines[-1].strip() == "= 4"


def test_a_matrix_that_is_too_wide_has_each_row_by_itself() -> None:
    row = " & ".join(["0.25 x"] * 4)
    lines = displayed(rf"s = \begin{{bmatrix}} {row} \\ {row} \end{{bmatrix}} = 0", 24)
    assert lines == [
        "s",
        "  = [0.25x, 0.25x,",
        "       0.25x, 0.25x;",
        "     0.25x, 0.25x,",
        "       0.25x, 0.25x]",
        "  = 0",
    ]


def test_in_running_text_a_formula_breaks_at_relations_only_if_it_must() -> None:
    assert in_line("a = b", 20) == f"a{NO_BREAK}={NO_BREAK}b"
    assert (
        in_line("a + b = c + d", 8) == f"a{NO_BREAK}+{NO_BREAK}b ={NO_BREAK}c{NO_BREAK}+{NO_BREAK}d"
    )


def test_a_long_sum_is_divided_in_brackets_that_grow_as_well() -> None:
    lines = displayed(
        r"a = -\left(\frac{1}{2} + \frac{3}{4} + \frac{5}{6} + \frac{7}{8}\right)", 20
    )
    assert max(map(len, lines)) <= 20
    assert "".join("".join(lines).split()) == "a=-(1/2+3/4+5/6+7/8)"
