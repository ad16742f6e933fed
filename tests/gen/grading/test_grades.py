"""Grades: right answers of every family earn all points, wrong ones are explained, and a part that
follows from a wrong one is right."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import numpy as np
import pytest

from gen.errors import InputError
from gen.family import load_families
from gen.grading.grades import Grade, grade, mistakes
from gen.items import make
from gen.presentation.answers import letters
from gen.problem import Item, Key, PartSolution, Value
from gen.vocabulary import Form
from solver.term import Term
from templates.notation import load

POINTS = 12
FAMILIES = load_families()
KINDS = [(name, form) for name, each in FAMILIES.items() for form in each.family.forms]
kinds = pytest.mark.parametrize(("name", "form"), KINDS)


@cache
def item(name: str, form: Form, seed: int = 1, difficulty: str = "medium", **more: str) -> Item:
    loaded = FAMILIES[name]
    key = Key(name, loaded.family.version, seed)
    return make(loaded, key, difficulty, form, **more)  # type: ignore[arg-type]


def written(value: Value) -> str:
    """A number or an array as a student writes it."""
    return str(np.asarray(value, dtype=float).tolist())


def right_answers(of: Item) -> dict[int, str]:
    return {number: right(solved) for number, solved in enumerate(of.solution.parts)}


def right(solved: PartSolution) -> str:
    if solved.options and solved.options[0].says is not None:
        return str(next(option.says for option in solved.options if option.right))
    if solved.options:
        marked = zip(letters(len(solved.options)), solved.options, strict=True)
        return ", ".join(letter for letter, option in marked if option.right)
    if solved.written is not None:
        return "; ".join("x".join(map(str, entry)) for entry in solved.written.entries)
    assert solved.answer is not None
    return "; ".join(map(written, solved.answer.shown))


def is_readable(of: Item) -> bool:
    """Whether every answer is of a kind that has been graded by the numbers."""
    entries = [e for s in of.solution.parts if s.written for e in s.written.entries]
    return not any(isinstance(entry, Term) for entry in entries)


@kinds
@pytest.mark.parametrize("seed", range(3))
def test_the_answers_of_the_key_earn_all_points(name: str, form: Form, seed: int):
    given = item(name, form, seed)
    if not is_readable(given):
        pytest.skip("expressions are judged by solver.equivalence")
    for part, found in zip(
        given.problem.parts, grade(given, right_answers(given), POINTS), strict=True
    ):
        half = part.form == "true_false"
        assert found.earned == (found.worth / 2 if half else found.worth), found


@pytest.mark.parametrize("notation", ["waterloo-meila", "nyu-linzen", "cmu-chai", "rutgers-kim"])
@pytest.mark.parametrize("name", ["weight_gradient", "softmax_gradient", "gradient_step"])
def test_answers_in_the_sign_and_layout_of_a_course_earn_all_points(name: str, notation: str):
    loaded = FAMILIES[name]
    for seed in range(6):
        key = Key(name, loaded.family.version, seed)
        given = make(loaded, key, "hard", "numeric", notation=load(notation))
        assert all(g.verdict == "right" for g in grade(given, right_answers(given), POINTS))


@kinds
def test_a_named_mistake_earns_less_and_is_named(name: str, form: Form):
    given = item(name, form)
    for number, solved in enumerate(given.solution.parts):
        if solved.answer is None or solved.options:
            continue
        for wrong in solved.answer.wrong[:4]:
            text = "; ".join(map(written, wrong.values))
            found = grade(given, {number: text}, POINTS)[number]
            assert found.earned < found.worth
            assert found.slips, wrong.slip


@kinds
def test_no_answer_is_no_point(name: str, form: Form):
    assert all(g.verdict == "missing" and not g.earned for g in grade(item(name, form), {}, POINTS))


@pytest.fixture
def recursion() -> Item:
    """(a) the delta and the gradient of the last layer, (b) those of the first."""
    return item("delta_recursion", "numeric", 7, "easy")


def by_hand(recursion: Item, delta: float) -> dict[int, str]:
    """Both parts worked out by NumPy from a delta of the output, right or wrong."""
    given = {name: np.asarray(v, dtype=float) for name, v in recursion.problem.givens.items()}
    x, w, v = given["x"].reshape(-1, 1), given["W1"], given["W2"]
    hidden = np.tanh(w @ x + given["b1"].reshape(-1, 1))
    back = v.T * delta * (1 - hidden**2)
    return {
        0: f"{delta}; {written(delta * hidden.T)}",
        1: f"{written(back)}; {written(back @ x.T)}",
    }


def test_what_follows_from_a_wrong_answer_earns_its_points(recursion: Item):
    first, second = grade(recursion, by_hand(recursion, 0.6), 4)
    # The gradient in (a) follows from the wrong delta beside it: half of the part.
    assert (first.earned, first.worth) == (1, 2)
    assert second == Grade("follows", Fraction(2), Fraction(2), given=(0,))


def test_a_right_answer_after_a_wrong_one_is_right(recursion: Item):
    right_delta = float(recursion.solution.parts[0].answer.values[0].item())  # type: ignore[union-attr]
    answers = {0: by_hand(recursion, 0.6)[0], 1: by_hand(recursion, right_delta)[1]}
    assert grade(recursion, answers, 4)[1].verdict == "right"


def test_an_answer_of_zero_earns_nothing_later(recursion: Item):
    assert sum(each.earned for each in grade(recursion, by_hand(recursion, 0.0), 4)) == 0


def test_what_follows_from_nothing_earns_nothing(recursion: Item):
    answers = {0: by_hand(recursion, 0.6)[0], 1: by_hand(recursion, 0.9)[1]}
    second = grade(recursion, answers, 4)[1]
    # From the delta of 0.9 its own gradient follows, but that delta follows from nothing.
    assert second.earned == 1


def test_wrong_ticks_take_right_ones_back():
    given = item("concept_check", "choose_all")
    (solved,) = given.solution.parts
    every = ", ".join(letters(len(solved.options)))
    (found,) = grade(given, {0: every}, POINTS)
    right_ones = sum(option.right for option in solved.options)
    wrong_ones = len(solved.options) - right_ones
    assert found.earned == POINTS * max(Fraction(right_ones - wrong_ones, right_ones), 0)


def test_a_wrong_option_is_explained_by_its_slip():
    given = item("softmax_values", "choice")
    (solved,) = given.solution.parts
    place, option = next((i, o) for i, o in enumerate(solved.options) if not o.right)
    (found,) = grade(given, {0: letters(9)[place]}, POINTS)
    assert (found.verdict, found.earned, found.slips) == ("slip", 0, (option.slip,))


def test_the_wrong_word_of_a_statement_earns_nothing():
    given = item("concept_check", "true_false")
    says = {"True": "f", "False": "T"}[right(given.solution.parts[0])]
    assert grade(given, {0: says}, POINTS)[0].verdict == "wrong"


@pytest.mark.parametrize(
    ("name", "form", "text", "message"),
    [
        (
            "delta_recursion",
            "numeric",
            "1",
            r"\(a\): expected 2 answers with semicolons between, not",
        ),
        ("delta_recursion", "numeric", "[1; 2]; 3", "between, and commas inside brackets, not"),
        ("delta_recursion", "numeric", "1; x", r"\(a\): "),
        ("delta_recursion", "numeric", "1; [1, 2, 3, 4, 5, 6, 7]", r"\(a\): expected an array of"),
        ("softmax_values", "numeric", "inf", r"\(a\): "),
        ("softmax_values", "choice", "Q", r"\(a\): there is no option 'Q'; there are A to E"),
        ("softmax_values", "choice", ",", r"\(a\): expected the letter of an option"),
        ("gradient_shape", "shape", "3y4", r"\(a\): "),
        ("concept_check", "true_false", "maybe", r"\(a\): expected true or false, not 'maybe'"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_with_the_part(
    name: str, form: Form, text: str, message: str
):
    with pytest.raises(InputError, match=message) as caught:
        grade(item(name, form, 1, "easy"), {0: text}, POINTS)
    assert "\n" not in str(caught.value)


def test_a_decimal_comma_is_a_decimal_point_where_one_number_is_asked_for():
    given = item("cross_entropy", "numeric", 1, "easy")
    answers = {n: text.replace(".", ",") for n, text in right_answers(given).items()}
    assert all(each.verdict == "right" for each in grade(given, answers, POINTS))


def test_a_symbolic_size_may_be_typed_with_or_without_its_underscore():
    item = next(
        made
        for made in (items_of("gradient_shape", seed) for seed in range(40))
        if "B" in str(made.params) and "_1" in str(made.params)
    )
    (entries,) = (solved.written.entries for solved in item.solution.parts[:1])
    typed = "; ".join("x".join(f"({size})".replace("_", "") for size in shape) for shape in entries)
    assert grade(item, {0: typed}, 8)[0].verdict == "right"


def items_of(name, seed):
    return make(load_families()[name], Key(name, 1, seed), "hard", "shape")


@pytest.mark.parametrize(
    ("slips", "told"),
    [
        ((), ()),
        (("one_path",), ("one_path",)),
        (("one_path", "twice_as_large"), ("one_path+twice_as_large",)),
        (("twice_as_large",), ("twice_as_large",)),
        (("one_path", "cost"), ("one_path", "cost")),
    ],
)
def test_a_rearrangement_is_told_on_top_of_the_slip_that_it_rearranges(
    slips: tuple[str, ...], told: tuple[str, ...]
):
    assert mistakes(slips) == told
