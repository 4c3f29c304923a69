"""What draws differ by is told apart from the luck of the few towns that they are lived in."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.compare.estimate import bootstrap, mean_of
from analysis.plausible.spread import AGAIN, Figure, share_over, spread_of

TOWNS, MANY = 5, 200


def figures(truth, luck=1.0, common=1.0, seed=1, adds=True):
    """A centre of many towns and draws in the first few: towns differ, and every draw has luck of its own there."""
    chance = np.random.default_rng(seed)
    towns = common * chance.standard_normal(MANY)

    def figure(value, some, own):
        sums = value + towns[:some] + own * chance.standard_normal(some)
        return Figure(("f",), "first", "f", "u", bootstrap(mean_of, sums, np.ones(some)), adds=adds)

    centre = figure(0.0, MANY, 0.0)
    few = figure(0.0, TOWNS, 0.0)
    return centre, few, [figure(value, TOWNS, luck) for value in truth]


def test_without_any_difference_there_is_none_but_luck():
    made = [spread_of(*figures(np.zeros(60), seed=seed), TOWNS) for seed in range(12)]
    seen = np.mean([one.seen.std() for one in made])
    assert seen > 0.3
    assert np.median([one.true.std() for one in made]) < seen / 3  # a variance of 60 draws is known to a fifth or so
    assert np.mean([one.luck for one in made]) > 0.85


@pytest.mark.parametrize("size", [0.5, 1.0])
def test_what_differs_differs_by_as_much_as_it_does(size):
    truth = np.random.default_rng(5).normal(0.0, size, 80)
    made = [spread_of(*figures(truth, seed=seed), TOWNS) for seed in range(12)]
    assert np.mean([one.true.std() for one in made]) == pytest.approx(truth.std(), rel=0.15)
    assert np.mean([one.seen.std() for one in made]) > 1.05 * truth.std()


def test_the_luck_of_the_few_towns_that_all_draws_share_is_no_shift():
    truth = np.full(40, 0.3)
    made = [spread_of(*figures(truth, luck=0.0, common=3.0, seed=seed), TOWNS) for seed in range(5)]
    for one in made:
        assert one.seen - one.figure.estimate.value == pytest.approx(truth, abs=1e-9)


def test_two_kinds_of_draws_stay_two_kinds():
    truth = np.repeat([-3.0, 3.0], [12, 28])
    one = spread_of(*figures(truth, luck=0.5), TOWNS)
    assert one.above(0.0, True).value == pytest.approx(0.7)
    assert one.luck < 0.05
    assert one.median == pytest.approx(3.0, abs=0.6)


def test_intervals_of_shares_hold_the_truth_as_often_as_they_say():
    truth_share, hits = 0.5, 0
    for seed in range(40):
        truth = np.random.default_rng(100 + seed).normal(0.0, 1.0, 40)
        share = spread_of(*figures(truth, seed=seed), TOWNS).above(0.0, False)
        assert share.low <= share.value <= share.high
        hits += share.low <= truth_share <= share.high
    assert hits >= 36  # of 40 at 95 %: fewer than 36 would come by chance in 3 % of cases


def test_of_all_draws_alike_the_interval_knows_how_few_they_were():
    passed, again = np.ones(20, bool), np.ones((AGAIN, 20), bool)
    assert share_over(passed, again, whole=False).low == pytest.approx(0.832, abs=0.001)  # Clopper and Pearson
    assert share_over(passed, again, whole=True)[:3] == (1.0, 1.0, 1.0)
    assert np.isnan(share_over(np.zeros(0, bool), np.zeros((AGAIN, 0), bool), whole=True).value)


def test_a_single_draw_is_the_centre_moved():
    centre, few, (only,) = figures([0.4], luck=0.0)
    one = spread_of(centre, few, [only], TOWNS)
    assert one.true[0] == pytest.approx(centre.estimate.value + 0.4)
    assert one.luck == 0.0


def test_what_cannot_be_read_at_a_draw_is_left_out():
    centre, few, at = figures(np.linspace(-1, 1, 10))
    gone = at[3]._replace(estimate=bootstrap(mean_of, np.zeros(TOWNS), np.zeros(TOWNS)))
    one = spread_of(centre, few, [*at[:3], gone, *at[4:]], TOWNS)
    assert one.known.sum() == 9
    assert np.isnan(one.true[3])
    assert not np.isnan(one.true[[k for k in range(10) if k != 3]]).any()


def test_a_root_without_end_stays_without_end():
    centre, few, at = figures(np.linspace(1, 2, 10), adds=False)
    endless = at[0]._replace(estimate=at[0].estimate.__class__(np.inf, 1.0, np.inf, TOWNS))
    one = spread_of(centre, few, [endless, *at[1:]], TOWNS)
    assert np.isinf(one.true[0]) and np.isfinite(one.true[1:]).all()
    assert one.ends[1] == np.inf
