"""P values from the draws of an interval: they say what the interval says, and are small as often as they say."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from analysis.compare.estimate import bootstrap, mean_of
from analysis.compare.tails import Draws, NoneSeen, narrower, wider


def skewed_towns(seed, runs=30):
    """Sums over the people of some towns: few gain much, as counts of episodes do."""
    luck = np.random.default_rng(seed)
    people = luck.integers(1, 9, runs).astype(float)
    return luck.exponential(0.2, runs) ** 2 * people - 0.05 * people, people


@pytest.mark.parametrize("seed", range(8))
def test_an_end_of_the_interval_has_the_p_of_its_level(seed):
    found = bootstrap(mean_of, *skewed_towns(seed))
    assert isinstance(found.tails, Draws)
    assert found.tails.bias != 0.0
    assert found.tails.acceleration > 0.01, "skewed on purpose: the corrections matter"
    assert found.tails.p_below(found.low) == pytest.approx(0.025, abs=0.006)  # some 40 of the draws lie beyond
    assert found.tails.p_above(found.high) == pytest.approx(0.025, abs=0.006)
    plain = Draws(found.tails.values, units=30)
    assert abs(plain.p_below(found.low) - 0.025) > 0.003, "without the corrections p would not be that of the interval"


def test_p_falls_as_the_bound_moves_away_and_never_to_nothing():
    found = bootstrap(mean_of, *skewed_towns(1))
    bounds = np.linspace(found.value - 9, found.value + 9, 41)
    p = [found.tails.p_below(bound) for bound in bounds]
    assert p == sorted(p)
    assert p[0] == pytest.approx(1 / 2000)
    assert p[-1] == pytest.approx(1 - 1 / 2000)
    assert [found.tails.p_above(bound) for bound in bounds] == pytest.approx(1 - np.array(p))


def test_p_is_small_as_often_as_it_says_where_nothing_is_planted():
    """One-sided, of 400 trials of skewed towns whose true mean lies on the bound; false alarm once in a thousand."""
    luck = np.random.default_rng(3)
    small = 0
    for _ in range(400):
        people = luck.integers(1, 9, 120).astype(float)
        total = people * (luck.exponential(0.2, 120) - 0.2)
        small += bootstrap(mean_of, total, people, resamples=399).tails.p_below(0.0) < 0.05
    low, high = stats.binom.ppf([0.0005, 0.9995], 400, 0.05)
    assert low <= small <= high, small / 400


def test_where_nothing_was_seen_p_is_that_of_a_binomial():
    none_of_twenty, all_of_twenty = NoneSeen(0.0, 20), NoneSeen(1.0, 20)
    assert none_of_twenty.p_above(0.1) == pytest.approx(stats.binom.cdf(0, 20, 0.1))
    assert none_of_twenty.p_below(0.1) == 1.0
    assert all_of_twenty.p_below(0.9) == pytest.approx(stats.binom.sf(19, 20, 0.9))
    assert all_of_twenty.p_above(0.9) == 1.0
    assert none_of_twenty.p_above(2.0) == 0.0


def test_few_towns_ask_for_wider_intervals_and_many_do_not():
    """For ten units: sqrt(10 / 9) times the 97.5 % point of t with 9 degrees of freedom, in normal deviations."""
    assert wider(0.95, 10) == pytest.approx(2 * stats.norm.cdf(np.sqrt(10 / 9) * stats.t.ppf(0.975, 9)) - 1)
    assert wider(0.95, 1_000_000) == pytest.approx(0.95, abs=1e-5)
    levels = [wider(0.95, units) for units in (5, 10, 40, 200)]
    assert levels == sorted(levels, reverse=True)


@pytest.mark.parametrize("units", [5, 40, 1000])
def test_p_undoes_what_the_level_does(units):
    z = stats.norm.ppf((1 + wider(0.95, units)) / 2)
    assert narrower(-z, units) == pytest.approx(0.025)


def test_so_wide_they_cover_as_often_as_they_say():
    """Of 20 skewed towns the plain percentile interval of a mean leaves the truth out too often; the wider one less."""
    truth = float(np.mean([x.sum() / n.sum() for x, n in map(skewed_towns, range(3000, 3400))]))
    missed = {20: 0, 1_000_000: 0}
    for seed in range(300):
        total, people = skewed_towns(seed, 20)
        drawn = np.array(
            [total[k].sum() / people[k].sum() for k in np.random.default_rng(seed).integers(20, size=(400, 20))]
        )
        for units in missed:
            tail = (1 - wider(0.95, units)) / 2
            low, high = np.quantile(drawn, [tail, 1 - tail])
            missed[units] += not low <= truth <= high
    assert missed[20] < missed[1_000_000]
