"""Shapley's split, against games whose answer is known and against its own axioms."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from analysis.studies.overturn.shapley import ablation_weights, pair_weights, shapley_weights


def game(players, value):
    """What each set achieves, as a vector over sets numbered by their bits."""
    return np.array([value({k for k in range(players) if s >> k & 1}) for s in range(2**players)])


@pytest.fixture(params=[1, 2, 3, 5, 7])
def anything(request):
    """Any game of so many players."""
    return request.param, np.random.default_rng(request.param).normal(size=2**request.param)


def test_shares_sum_to_the_whole(anything):
    players, achieved = anything
    shares = shapley_weights(players) @ achieved
    assert shares.sum() == pytest.approx(achieved[-1] - achieved[0], abs=1e-12)


def test_shares_are_the_mean_over_all_orders_of_coming_in():
    players = 4
    achieved = np.random.default_rng(0).normal(size=2**players)
    added = np.zeros(players)
    orders = list(permutations(range(players)))
    for order in orders:
        world = 0
        for player in order:
            added[player] += achieved[world | 1 << player] - achieved[world]
            world |= 1 << player
    assert shapley_weights(players) @ achieved == pytest.approx(added / len(orders), abs=1e-12)


def test_a_pair_of_gloves():
    # Two have a left glove, one has a right one; only a pair is worth anything. The known shares: 1/6, 1/6, 4/6.
    achieved = game(3, lambda some: float(2 in some and len(some) > 1))
    assert shapley_weights(3) @ achieved == pytest.approx([1 / 6, 1 / 6, 4 / 6])


def test_who_adds_nothing_gets_nothing_and_equals_get_the_same(anything):
    players, achieved = anything
    with_idler = np.concatenate([achieved, achieved])  # a new last player who changes nothing
    shares = shapley_weights(players + 1) @ with_idler
    assert shares[-1] == pytest.approx(0.0, abs=1e-12)
    assert shares[:-1] == pytest.approx(shapley_weights(players) @ achieved, abs=1e-12)


def test_without_interplay_every_reading_is_the_same():
    own = np.array([0.5, -1.0, 2.0, 0.0])
    achieved = game(4, lambda some: 3.0 + sum(own[k] for k in some))
    simple = ablation_weights(4)
    assert shapley_weights(4) @ achieved == pytest.approx(own)
    assert simple["on_alone"] @ achieved == pytest.approx(own)
    assert simple["lost_without"] @ achieved == pytest.approx(own)
    assert simple["off_alone"] @ achieved == pytest.approx(own.sum() - own)
    assert pair_weights(4)[1]["together"] @ achieved == pytest.approx(np.zeros(6), abs=1e-12)


def test_two_that_can_stand_in_for_each_other_are_missed_only_together():
    achieved = game(2, lambda some: float(bool(some)))
    simple, (pairs, by_pair) = ablation_weights(2), pair_weights(2)
    assert simple["lost_without"] @ achieved == pytest.approx([0.0, 0.0])
    assert pairs == [(0, 1)]
    assert by_pair["lost_without_both"] @ achieved == pytest.approx([1.0])
    assert by_pair["together"] @ achieved == pytest.approx([1.0])


def test_two_that_need_each_other_are_each_missed_wholly():
    achieved = game(2, lambda some: float(len(some) == 2))
    assert ablation_weights(2)["lost_without"] @ achieved == pytest.approx([1.0, 1.0])
    assert pair_weights(2)[1]["together"] @ achieved == pytest.approx([-1.0])
