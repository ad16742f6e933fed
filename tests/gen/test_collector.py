"""Pausing the garbage collector."""

from __future__ import annotations

import gc
import weakref

import pytest

from gen.collector import paused, sweep


def test_nothing_is_collected_inside_and_the_collector_runs_again_afterwards() -> None:
    assert gc.isenabled()
    with paused():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_collector_runs_again_after_an_error() -> None:
    with pytest.raises(ValueError, match="inside"), paused():
        raise ValueError("inside")
    assert gc.isenabled()


def test_a_sweep_collects_cycles_and_passes_over_the_rest_from_then_on() -> None:
    class Node:
        pass

    with paused():
        node = Node()
        node.itself = node  # type: ignore[attr-defined]
        gone = weakref.ref(node)
        del node
        assert gone() is not None
        sweep()
        assert gone() is None
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() == 0
