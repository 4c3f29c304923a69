"""Exact intervals and likelihood ratios, against closed forms and planted worlds."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from analysis.studies.interviews.likelihood import Ratio, Share, likelihood_ratio, meaning


def answers(heard, of, closed=0):
    return np.array([1] * heard + [0] * (of - heard) + [-1] * closed, np.int8)


@pytest.mark.parametrize(("heard", "of"), [(0, 10), (10, 10), (3, 10), (1, 1), (7, 400)])
def test_intervals_are_clopper_and_pearsons(heard, of):
    low, high = Share(heard, of).interval
    assert low == pytest.approx(0.0 if heard == 0 else stats.beta.ppf(0.025, heard, of - heard + 1))
    assert high == pytest.approx(1.0 if heard == of else stats.beta.ppf(0.975, heard + 1, of - heard))


def test_nothing_of_ten_has_the_known_exact_bound():
    assert Share(0, 10).interval == (0.0, pytest.approx(1 - 0.025**0.1))
    assert Share(0, 0).interval == (0.0, 1.0)
    assert np.isnan(Share(0, 0).value)


def test_the_ratio_is_that_of_the_shares_and_groups_multiply():
    one = likelihood_ratio([answers(30, 60, 5)], [answers(10, 50)])
    assert one.value == pytest.approx(2.5)
    assert one.low < 2.5 < one.high
    two = likelihood_ratio([answers(30, 60), answers(8, 10)], [answers(10, 50), answers(4, 10)])
    assert two.value == pytest.approx(5.0)
    assert two.high / two.low > one.high / one.low


def test_worlds_that_are_the_same_in_every_run_give_exactly_one():
    same = [answers(7, 20), answers(3, 9, 2)]
    assert likelihood_ratio(same, same) == Ratio(1.0, 1.0, 1.0, "estimate")
    mirrored = [same[0][::-1], same[1]]  # as often, but elsewhere
    other = likelihood_ratio(same, mirrored)
    assert other.value == 1.0
    assert other.low < 1 < other.high


def test_never_heard_in_either_world_is_unknown_even_if_the_worlds_agree():
    never = [answers(0, 50)]
    ratio = likelihood_ratio(never, never)
    assert ratio.kind == "unknown"
    assert np.isnan(ratio.value)
    assert ratio.low < 0.1 and ratio.high > 10


def test_a_count_of_zero_below_gives_the_rule_of_three():
    # With everything heard above, the bound is 1 / (the 95 % bound of a share never seen), about n / 3.
    ratio = likelihood_ratio([answers(10**6, 10**6)], [answers(0, 300)])
    assert (ratio.kind, ratio.value, ratio.high) == ("at least", float("inf"), float("inf"))
    assert ratio.low == pytest.approx(1 / (1 - 0.05 ** (1 / 301)), rel=0.05)
    assert ratio.low == pytest.approx(100, rel=0.05)


def test_a_count_of_zero_above_gives_a_bound_the_other_way():
    ratio = likelihood_ratio([answers(0, 300)], [answers(10**6, 10**6)])
    assert (ratio.kind, ratio.value, ratio.low) == ("at most", 0.0, 0.0)
    assert ratio.high == pytest.approx(0.01, rel=0.05)


def test_one_kind_never_heard_spoils_the_whole_design():
    assert likelihood_ratio([answers(5, 9), answers(0, 9)], [answers(5, 9), answers(3, 9)]).kind == "at most"
    assert likelihood_ratio([answers(5, 9), answers(0, 9)], [answers(0, 9), answers(3, 9)]).kind == "unknown"


def test_the_same_counts_give_the_same_figures_twice():
    one, other = ([answers(9, 40)], [answers(4, 40)])
    assert likelihood_ratio(one, other) == likelihood_ratio(one, other)


def test_intervals_hold_the_planted_ratio_as_often_as_they_should():
    # True ratio 0.4 * 0.5 / (0.2 * 0.25) = 4. Of 300 intervals at 95 %, fewer than 272 would be heard of a
    # right method less than once in 5,000 (binomial).
    rng = np.random.default_rng(20261123)
    covered = 0
    for _ in range(300):
        a, b, c, d = (rng.random(120) < p for p in (0.4, 0.5, 0.2, 0.25))
        ratio = likelihood_ratio([a.astype(np.int8), b.astype(np.int8)], [c.astype(np.int8), d.astype(np.int8)])
        covered += ratio.low <= 4 <= ratio.high
    assert covered >= 272
    assert stats.binom.cdf(271, 300, 0.95) < 1 / 1000


def test_what_a_ratio_means_is_said_plainly():
    assert "cannot tell" in meaning(Ratio(1.1, 0.7, 1.6, "estimate"))
    assert "cannot tell" in meaning(Ratio(1.0, 1.0, 1.0, "estimate"))
    assert "hardly" in meaning(Ratio(1.5, 1.2, 2.0, "estimate"))
    assert "would tell the two worlds apart" in meaning(Ratio(40.0, 12.0, 90.0, "estimate"))
    assert "nothing can be said" in meaning(Ratio(float("nan"), 0.01, 100.0, "unknown"))
    assert "cannot be ruled out" in meaning(Ratio(float("inf"), 0.8, float("inf"), "at least"))
    assert "against" in meaning(Ratio(0.2, 0.1, 0.5, "estimate"))
