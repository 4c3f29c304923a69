"""Optimistic reporting: how much of it makes most people say something."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.studies.overturn.reporting import ASSUMED, CURVE, STATEMENTS, Asked, ask, needed_for_most, optimism_needed
from tests.analysis.studies.overturn.conftest import SEEDS, small_arm


def asked_of(improvement, tie, run=None):
    improvement, tie = np.array(improvement, float), np.array(tie, float)
    run = np.arange(len(tie)) if run is None else np.array(run)
    return {"nothing": Asked(run, tie, {s.name: improvement for s in STATEMENTS})}


def test_each_one_needs_what_is_missing_over_the_tie():
    needed = optimism_needed(np.array([0.0, 0.1, 0.2, 0.0, 0.3]), np.array([0.5, 0.5, 0.5, 0.0, 0.0]), 0.1)
    assert needed == pytest.approx([0.2, 0.0, -0.2, np.inf, -np.inf])


def test_most_is_more_than_half():
    # Needs are 0.2, 0.4, 0.6, 0.8: at 0.4 just half say so, at 0.6 most do.
    tie = 0.1 / np.array([0.2, 0.4, 0.6, 0.8])
    found = needed_for_most(asked_of([0, 0, 0, 0], tie), 4)[0]
    assert found.needed[0] == pytest.approx(0.6)
    assert found.truly[0] == 0.0
    said = found.shares
    assert said[np.searchsorted(CURVE, 0.6)] == 0.75
    assert np.all(np.diff(said) >= 0)


def test_the_optimism_needed_is_where_the_curve_passes_one_half():
    rng = np.random.default_rng(1)
    asked = asked_of(rng.normal(0.0, 0.05, 300), rng.uniform(0.1, 0.6, 300), np.repeat(np.arange(100), 3))
    for found in needed_for_most(asked, 100, {"noticing": 0.1, "lessened": 0.1}):
        needed = found.needed[0]
        assert found.shares[needed > CURVE].max() <= 0.5
        assert found.shares[needed <= CURVE].min() > 0.5
        assert found.needed[1] <= found.needed[0] <= found.needed[2]
        assert found.needed[2] - found.needed[1] < 0.2


def test_what_is_true_of_most_needs_no_optimism_and_what_no_tie_can_help_is_infinite():
    needed = needed_for_most(asked_of([0.9, 0.9, 0.0], [0.5, 0.5, 0.5]), 3)[0]
    assert needed.needed[0] == 0.0
    assert needed.truly[0] == pytest.approx(2 / 3)
    nobody = needed_for_most(asked_of([0.0, 0.0, 0.0], [0.0, 0.0, 0.0]), 3)[0]
    assert nobody.needed[0] == np.inf


def test_with_nobody_to_ask_nothing_is_said():
    found = needed_for_most(asked_of([], []), 5)[0]
    assert found.people == 0
    assert np.isnan(found.needed).all()
    assert np.isnan(found.truly).all()


def test_more_to_be_noticed_needs_more_optimism():
    rng = np.random.default_rng(2)
    asked = asked_of(rng.normal(0, 0.05, 60), rng.uniform(0.1, 0.6, 60))
    sizes = [dict.fromkeys(("noticing", "lessened"), size) for size in (0.05, 0.1, 0.2)]
    needed = [needed_for_most(asked, 60, size)[0].needed[0] for size in sizes]
    assert needed == sorted(needed)
    assert needed[0] < needed[-1]


def test_regulars_are_asked_where_everything_works_and_where_nothing_does():
    asked = ask(small_arm(people__residents=40, meeting__strength=0.5), SEEDS)
    everything, nothing = asked["everything"], asked["nothing"]
    assert len(everything.tie) >= 10
    assert len(nothing.tie) >= 10
    assert nothing.tie.mean() > 0  # people grow close there as well
    # What is learned comes from the group alone, so nobody understands more where it does nothing.
    assert np.nanmean(everything.improvement["understands"]) > 0.01
    assert np.nanmax(nothing.improvement["understands"]) <= 1e-12


def test_what_is_assumed_says_so_and_has_a_range():
    assert set(ASSUMED) == {"noticing", "lessened", "optimism"}
    for assumption in ASSUMED.values():
        assert assumption.meaning
        assert assumption.plausible[0] <= assumption.default <= assumption.plausible[1]
