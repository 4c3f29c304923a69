"""In which share of space a claim holds."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.studies.sensitivity.share import Threshold, share_of_space


def test_the_share_of_points_that_pass():
    values = np.array([-1.0, -0.5, 0.5, 1.0, np.nan])
    found = share_of_space(values, np.full(5, 0.3), Threshold(0.0, True))
    assert (found.share, found.points, found.unknown) == (0.5, 4, 1)
    assert (found.surely, found.surely_not) == (0.25, 0.25)
    below = share_of_space(values, np.full(5, 0.3), Threshold(-0.75, False))
    assert below.share == 0.25
    assert below.low < 0.25 < below.high


def test_without_errors_nothing_is_sure():
    found = share_of_space(np.array([1.0, 2.0]), np.full(2, np.nan), Threshold(0.0, True))
    assert (found.share, found.surely, found.surely_not) == (1.0, 0.0, 0.0)


def test_nobody_anywhere():
    assert np.isnan(share_of_space(np.full(3, np.nan), np.zeros(3), Threshold(0.0, True)).share)


def test_the_interval_covers_the_truth_as_often_as_it_says():
    # 300 samples of 100 points, truth 0.2: at 95 %, fewer than 268 covered has odds below 1 in 10,000.
    rng = np.random.default_rng(4)
    covered = 0
    for _ in range(300):
        found = share_of_space(rng.uniform(-0.8, 0.2, 100), np.zeros(100), Threshold(0.0, True))
        covered += found.low <= 0.2 <= found.high
    assert covered >= 268


@pytest.mark.parametrize(
    ("threshold", "words"), [(Threshold(0.5, True), "above 0.5"), (Threshold(-0.02, False), "below -0.02")]
)
def test_a_threshold_in_words(threshold, words):
    assert threshold.words == words
