"""Shapes of delta: the lecture's poll comes out of it, and options give nothing away."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from gen.draw import Draw
from gen.families.delta_shape import FAMILY, POLL, pose, solve, verify
from gen.family import find
from gen.items import make
from gen.presentation.context import Context
from gen.presentation.items import question, solution
from gen.problem import Item, Key, Option
from gen.vocabulary import DIFFICULTIES, Difficulty, Form
from solver.shapes import Size
from templates.document import Document
from templates.writers import text

KINDS = [(difficulty, form) for difficulty in DIFFICULTIES for form in FAMILY.forms]
COUNTS = {"easy": {4}, "medium": {5, 6}, "hard": {6, 7, 8}}
SEEDS = 400


@cache
def items(difficulty: Difficulty, form: Form) -> tuple[Item, ...]:
    family = find("delta_shape")
    return tuple(
        make(family, Key("delta_shape", FAMILY.version, seed), difficulty, form, full=seed < 100)
        for seed in range(SEEDS)
    )


def options(item: Item) -> tuple[Option, ...]:
    return item.solution.parts[0].options


def printed(item: Item) -> list[str]:
    context = Context(item)
    return [context.term(o.candidate.expression) for o in options(item) if o.candidate]


def poll() -> Item:
    problem = pose(POLL)
    solved = solve(problem, Draw("poll"))
    return Item(Key("delta_shape", 1, 0), "medium", "choice", POLL, problem, solved, "", 1)


def test_only_the_first_expression_of_the_poll_has_the_right_shape():
    (part,) = pose(POLL).parts
    taller = Size("d^{(l)}", 1)
    column, row, square = (taller, 1), (1, taller), (taller, taller)
    assert [c.verdict.shape for c in part.candidates] == [column, None, None, row]
    assert [c.verdict.numpy_shape for c in part.candidates] == [column, square, square, row]
    assert [c.verdict.broadcasts for c in part.candidates] == [False, True, True, False]


def test_the_poll_is_confirmed_by_the_oracle_and_no_option_of_it_is_delta_itself():
    item = poll()
    assert len(verify(item.problem, item.solution, full=True)) == 3
    assert not any(note.is_delta for note in item.problem.words["notes"].values())
    assert str(item.problem.words["truth"]) == "((W_next.T @ delta_next) * (1 - (o * o)))"


def test_the_key_of_the_poll_says_what_becomes_of_every_expression():
    page = " ".join(text.write(Document("", tuple(solution(poll())))).split())
    assert page.count("NumPy raises no error: it stretches the two to (d⁽ˡ⁾ + 1) × (d⁽ˡ⁾ + 1)") == 2
    assert page.count("Could be: it is (d⁽ˡ⁾ + 1) × 1.") == 1
    assert page.count("it is 1 × (d⁽ˡ⁾ + 1). Its transpose would have the right shape.") == 1


@pytest.mark.parametrize(("difficulty", "form"), KINDS)
def test_the_first_draw_is_always_accepted_and_hardly_ever_repeated(
    difficulty: Difficulty, form: Form
):
    made = items(difficulty, form)
    assert {item.attempts for item in made} == {1}
    assert len({item.fingerprint for item in made}) > 0.97 * len(made)


@pytest.mark.parametrize(("difficulty", "form"), KINDS)
def test_as_many_options_are_offered_and_right_as_the_form_promises(
    difficulty: Difficulty, form: Form
):
    for item in items(difficulty, form):
        right = sum(option.right for option in options(item))
        assert len(options(item)) in COUNTS[difficulty]
        assert right == 1 if form == "choice" else 0 < right < len(options(item))


@pytest.mark.parametrize(("difficulty", "form"), KINDS)
def test_no_two_options_are_printed_alike(difficulty: Difficulty, form: Form):
    for item in items(difficulty, form):
        assert len(set(printed(item))) == len(options(item))


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_the_right_option_stands_in_every_place_alike(difficulty: Difficulty):
    thirds = Counter(
        3 * [o.right for o in options(item)].index(True) // len(options(item))
        for item in items(difficulty, "choice")
    )
    places = Counter(
        [o.right for o in options(item)].index(True) for item in items("easy", "choice")
    )
    assert min(thirds.values()) > 0.2 * SEEDS
    # Five standard deviations about a quarter.
    assert all(abs(count - SEEDS / 4) < 5 * (SEEDS * 3 / 16) ** 0.5 for count in places.values())


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_length_does_not_tell_the_right_option(difficulty: Difficulty):
    longest = shortest = longer = shorter = 0
    for item in items(difficulty, "choice"):
        lengths = list(map(len, printed(item)))
        right = lengths[[o.right for o in options(item)].index(True)]
        longest += right == max(lengths) and lengths.count(right) == 1
        shortest += right == min(lengths) and lengths.count(right) == 1
        longer += sum(right > length for length in lengths)
        shorter += sum(right < length for length in lengths)
    assert max(longest, shortest) < 0.3 * SEEDS
    assert 0.7 < longer / shorter < 1.4


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_where_several_are_right_their_number_and_length_are_spread(difficulty: Difficulty):
    counts: Counter[float] = Counter()
    lengths: dict[bool, list[int]] = {True: [], False: []}
    for item in items(difficulty, "choose_all"):
        counts[sum(o.right for o in options(item)) / len(options(item)) > 0.5] += 1
        for option, shown in zip(options(item), printed(item), strict=True):
            lengths[option.right].append(len(shown))
    assert min(counts.values()) > 0.25 * SEEDS
    means = {right: sum(found) / len(found) for right, found in lengths.items()}
    assert 0.8 < means[True] / means[False] < 1.25


def test_difficulty_decides_on_the_setting():
    settings = {
        difficulty: [item.params.setting for item in items(difficulty, "choose_all")]
        for difficulty in DIFFICULTIES
    }
    assert all(isinstance(s.units, int) and s.examples == "one" for s in settings["easy"])
    assert {s.bias for s in settings["medium"]} == {"apart", "kept"}
    assert {s.bias for s in settings["hard"]} == {"apart", "dropped"}
    assert {s.examples for s in settings["hard"]} == {"one", "columns", "rows"}
    assert {s.weights for s in settings["hard"]} == {"out x in", "in x out"}
    assert any(s.units == s.neighbour for s in settings["hard"])
    for item in items("hard", "choice"):
        assert item.params.setting.units != item.params.setting.neighbour


def test_medium_items_about_one_example_have_expressions_that_numpy_stretches():
    one = [i for i in items("medium", "choice") if i.params.setting.examples == "one"]
    stretched = [any(o.candidate.verdict.broadcasts for o in options(item)) for item in one]
    assert sum(stretched) > 0.9 * len(stretched)


@pytest.mark.parametrize(("difficulty", "form"), KINDS)
def test_every_sentence_renders(difficulty: Difficulty, form: Form):
    for item in items(difficulty, form)[:40]:
        page = text.write(Document("", (*question(item), *solution(item))))
        assert page.count("Could") == len(options(item))
        assert "  ." not in page
        assert " ," not in page


@pytest.mark.parametrize("form", FAMILY.forms)
def test_every_letter_of_the_stem_is_said_to_be_something(form: Form) -> None:
    for item in items("hard", form)[:60]:
        setting = item.problem.words["setting"]
        stem = text.write(Document("", tuple(question(item)))).replace("\n", " ")
        assert ("Letters in the shapes" in stem) == isinstance(setting.units, str)
        assert ("A batch of N examples" in stem) == (setting.batch == "N")
        assert ("of the layer before, it computes" in stem) == (setting.place == "output")


def test_an_entry_for_the_constant_is_spoken_of_after_delta_is_named() -> None:
    stems = [text.write(Document("", tuple(question(item)))) for item in items("medium", "choice")]
    told = [" ".join(stem.split()) for stem in stems]
    kept = [stem for stem in told if "It keeps an entry for the constant 1" in stem]
    assert kept
    assert all(stem.index("Wanted is") < stem.index("It keeps") for stem in kept)
