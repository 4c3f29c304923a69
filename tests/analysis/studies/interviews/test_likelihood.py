"""Likelihood ratios, against planted shares."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from analysis.compare.share import NO_SHARE, exact_share
from analysis.studies.interviews.likelihood import Ratio, likelihood_ratio, meaning


def of(heard, groups):
    return exact_share(heard / groups, groups)


def test_the_ratio_is_that_of_the_shares_with_an_interval_around_it():
    ratio = likelihood_ratio(of(30, 60), of(10, 50))
    assert ratio.value == pytest.approx(2.5)
    assert ratio.low < 2.5 < ratio.high
    more = likelihood_ratio(of(300, 600), of(100, 500))
    assert more.high / more.low < ratio.high / ratio.low


def test_the_other_way_round_it_is_one_over_it():
    one, other = likelihood_ratio(of(30, 60), of(10, 50)), likelihood_ratio(of(10, 50), of(30, 60))
    assert other.value == pytest.approx(1 / one.value)
    assert (other.low, other.high) == pytest.approx((1 / one.high, 1 / one.low))


def test_worlds_that_are_the_same_give_one_and_an_interval_that_holds_it():
    ratio = likelihood_ratio(of(7, 20), of(7, 20))
    assert ratio.value == 1.0
    assert ratio.low < 1 < ratio.high


def test_never_heard_in_either_world_or_nobody_to_ask_is_unknown():
    for above, below in ((of(0, 50), of(0, 50)), (NO_SHARE, of(3, 5)), (of(3, 5), NO_SHARE)):
        ratio = likelihood_ratio(above, below)
        assert (ratio.kind, ratio.words()) == ("unknown", "unknown")
        assert np.isnan(ratio.value)


def test_a_count_of_zero_leaves_one_bound():
    below = likelihood_ratio(of(300, 300), of(0, 300))
    assert (below.kind, below.value, below.high) == ("at least", float("inf"), float("inf"))
    assert below.low == pytest.approx(0.025 ** (1 / 300) / (1 - 0.025 ** (1 / 300)))
    above = likelihood_ratio(of(0, 300), of(300, 300))
    assert (above.kind, above.value, above.low) == ("at most", 0.0, 0.0)
    assert above.high == pytest.approx(1 / below.low)


def test_intervals_hold_the_planted_ratio_as_often_as_they_should():
    # Of 300 intervals at 95 %, fewer than 272 would be heard of a right method less than once in 1,000 (binomial).
    rng = np.random.default_rng(20261128)
    covered = 0
    for _ in range(300):
        ratio = likelihood_ratio(of(rng.binomial(60, 0.4), 60), of(rng.binomial(60, 0.1), 60))
        covered += ratio.low <= 4 <= ratio.high
    assert covered >= 272
    assert stats.binom.cdf(271, 300, 0.95) < 1 / 1000
    assert covered < 300, "an interval that always covers says nothing"


def test_what_a_ratio_means_is_said_plainly():
    assert "cannot tell" in meaning(Ratio(1.1, 0.7, 1.6, "estimate"))
    assert "hardly" in meaning(Ratio(1.5, 1.2, 2.0, "estimate"))
    assert "would tell them apart" in meaning(Ratio(40.0, 12.0, 90.0, "estimate"))
    assert "neither" in meaning(Ratio(float("nan"), 0.0, float("inf"), "unknown"))
    assert "cannot be ruled out" in meaning(Ratio(float("inf"), 1.8, float("inf"), "at least"))
    assert "against" in meaning(Ratio(0.2, 0.1, 0.5, "estimate"))
    nothing = Ratio(300.0, 1e-30, float("inf"), "estimate")
    assert (nothing.words(), "too rare" in meaning(nothing)) == ("anything", True)
    assert (
        Ratio(3e7, 12.0, float("inf"), "estimate").words()
        == "over 10\N{NARROW NO-BREAK SPACE}000 (12 to over 10\N{NARROW NO-BREAK SPACE}000)"
    )
