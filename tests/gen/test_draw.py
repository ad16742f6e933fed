"""The hash stream is what its definition says, and its draws are uniform and independent."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from itertools import pairwise, permutations

import pytest

from gen.draw import Draw, encode_key


def words(parts: list[bytes], count: int) -> list[int]:
    """The stream by its definition, written without the module: `parts` are encoded by hand."""
    state = blake2b(b"".join(parts), digest_size=32).digest()
    stream = b"".join(
        blake2b(state + block.to_bytes(8, "little")).digest() for block in range(count // 8 + 1)
    )
    return [int.from_bytes(stream[8 * i : 8 * i + 8], "little") for i in range(count)]


def chi_square(counts: Counter[object], cells: int) -> float:
    expected = counts.total() / cells
    return sum((counts[cell] - expected) ** 2 for cell in counts) / expected + expected * (
        cells - len(counts)
    )


def test_words_are_the_digests_that_the_definition_names():
    draw = Draw("backprep", 7, -255)
    expected = words([b"s8:backprep", b"i1:7", b"i3:-ff"], 20)
    assert [draw.integer(0, 2**64 - 1) for _ in range(20)] == expected


def test_golden_draws_never_change():
    draw = Draw("backprep", "weight_gradient", 1, 7)
    assert [draw.integer(-9, 9) for _ in range(10)] == [-9, 6, 8, 2, 2, 8, 1, 3, -6, 7]
    assert draw.shuffle("abcdefgh") == tuple("bafdcghe")
    assert draw.integer(0, 10**30) == 712279075716762617617210814661


def test_small_ranges_use_the_leading_bits_and_skip_what_is_outside():
    leading = [word >> 60 for word in words([b"s1:k"], 200)]
    draw = Draw("k")
    expected = [bits for bits in leading if bits <= 9]
    assert [draw.integer(0, 9) for _ in expected] == expected


def test_ranges_wider_than_a_word_join_words():
    first, second = words([b"s1:k"], 2)
    assert Draw("k").integer(0, 2**128 - 1) == first << 64 | second


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-3, 3), (1, 10), (0, 99)])
def test_integers_are_uniform(low: int, high: int):
    draw = Draw("uniform", low, high)
    counts = Counter[object](draw.integer(low, high) for _ in range(20_000))
    cells = high - low + 1
    assert set(counts) <= set(range(low, high + 1))
    # Five standard deviations above the mean of the chi-square distribution.
    assert chi_square(counts, cells) < cells - 1 + 5 * (2 * (cells - 1)) ** 0.5


def test_shuffles_are_uniform_over_all_orders():
    draw = Draw("shuffles")
    counts = Counter[object](draw.shuffle("abcd") for _ in range(12_000))
    assert set(counts) <= set(permutations("abcd"))
    assert chi_square(counts, 24) < 23 + 5 * 46**0.5


def test_samples_are_distinct_positions_and_each_is_equally_likely():
    draw = Draw("samples")
    counts = Counter[object]()
    for _ in range(5_000):
        drawn = draw.sample("abcde", 2)
        assert len(set(drawn)) == 2
        counts.update(drawn)
    assert chi_square(counts, 5) < 4 + 5 * 8**0.5


def test_first_draws_of_neighbouring_seeds_are_uniform_and_pairwise_independent():
    first = [Draw("family", 1, seed, 0).integer(0, 9) for seed in range(10_001)]
    pairs = Counter[object](pairwise(first))
    assert chi_square(Counter[object](first), 10) < 9 + 5 * 18**0.5
    assert chi_square(pairs, 100) < 99 + 5 * 198**0.5


def test_neighbouring_seeds_share_no_word():
    seen = [Draw(seed).integer(0, 2**64 - 1) for seed in range(-500, 500)]
    seen += [Draw(0, seed).integer(0, 2**64 - 1) for seed in range(500)]
    assert len(set(seen)) == len(seen)


def test_different_keys_are_written_differently():
    keys = [(1, 2), (12,), ("1", 2), ("12",), ("1", "2"), (1, -2), ("i1:1",), ("",), (), ("", "")]
    assert len({encode_key(key) for key in keys}) == len(keys)


def test_seeds_of_any_size_and_sign_give_draws():
    seeds = [0, -1, 1, 10**400, -(10**400), 16**6000]
    drawn = {Draw(seed).integer(0, 2**64 - 1) for seed in seeds}
    assert len(drawn) == len(seeds)


def test_a_fork_is_the_stream_of_the_longer_key_wherever_its_parent_stands():
    parent = Draw("a")
    parent.integer(0, 5)
    assert parent.fork("b", 1).shuffle(range(20)) == Draw("a", "b", 1).shuffle(range(20))


def test_signs_are_plus_and_minus_one():
    draw = Draw("signs")
    assert {draw.sign() for _ in range(50)} == {1, -1}


def test_a_range_of_one_gives_that_one():
    assert Draw("one").integer(4, 4) == 4


@pytest.mark.parametrize("part", [1.5, None, True, b"7"])
def test_keys_of_other_types_are_refused(part: object):
    with pytest.raises(TypeError, match="strings and integers"):
        Draw(part)  # type: ignore[arg-type]


def test_impossible_draws_are_refused():
    draw = Draw("impossible")
    with pytest.raises(ValueError, match="no integer from 2 to 1"):
        draw.integer(2, 1)
    with pytest.raises(ValueError, match="nothing to choose"):
        draw.choice(())
    with pytest.raises(ValueError, match="cannot draw 3 of 2"):
        draw.sample("ab", 3)
