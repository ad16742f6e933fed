import pickle

from gen.later import Later

made = []


def squares(count: int):
    made.append(count)
    return (n * n for n in range(count))


def test_nothing_is_made_before_it_is_read_and_then_once():
    made.clear()
    later = Later(squares, 4)
    assert made == []
    assert list(later) == [0, 1, 4, 9]
    assert (later[2], later[:2], len(later), 9 in later) == (4, (0, 1), 4, True)
    assert made == [4]


def test_it_is_pickled_as_the_tuple_that_it_stands_for():
    assert pickle.loads(pickle.dumps(Later(squares, 3))) == (0, 1, 4)


def test_nothing_made_is_no_wrong_answer_at_all():
    assert not Later(squares, 0)
