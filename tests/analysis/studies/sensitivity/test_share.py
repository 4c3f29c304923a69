"""In which share of space a claim holds."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.compare.share import exact_share
from analysis.studies.sensitivity.share import Threshold, block_size, share_of_space
from analysis.studies.sweep.design import problem_of
from tests.analysis.needs import needs


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


def test_points_lie_together_as_their_design_lays_them():
    assert [block_size(kind, 4) for kind in ("saltelli", "morris", "latin", "random", "sobol", "grid")] == [
        10, 5, 1, 1, 1, 1,
    ]  # fmt: skip


def test_a_saltelli_design_is_worth_its_base_points_and_not_its_points():
    """Ten points of each of 16 base points, which mostly pass or fail together."""
    values = np.where(np.arange(160) % 10 < 9, np.repeat(np.tile([1.0, -1.0], 8), 10), 1.0)
    found = share_of_space(values, np.zeros(160), Threshold(0.0, True), block_size("saltelli", 4))
    plain = share_of_space(values, np.zeros(160), Threshold(0.0, True))
    assert (found.share, found.blocks, plain.blocks) == (plain.share, 16, 160)
    assert found.low < plain.low - 0.1
    assert found.high > plain.high + 0.1
    assert (plain.low, plain.high) == pytest.approx(exact_share(plain.share, 160)[1:3], abs=0.01)


def test_a_value_that_is_missing_leaves_the_others_of_its_block():
    values = np.ones(20)
    values[3] = np.nan
    found = share_of_space(values, np.zeros(20), Threshold(0.0, True), 10)
    assert (found.points, found.unknown, found.blocks) == (19, 1, 2)
    assert share_of_space(np.r_[np.full(10, np.nan), np.ones(10)], np.zeros(20), Threshold(0.0, True), 10).blocks == 1


def test_over_saltelli_designs_the_interval_covers_the_truth_as_often_as_it_says():
    # 300 designs of 16 base points of four parameters, of which the first all but decides. Truth 0.3: at 95 %, fewer
    # than 268 covered has odds below 1 in 10,000.
    needs("SALib")
    from SALib.sample import sobol

    covered = 0
    for seed in range(300):
        x = sobol.sample(problem_of("abcd"), 16, calc_second_order=True, scramble=True, seed=seed)
        values = x[:, 0] + 0.02 * (x[:, 1] - 0.5)
        found = share_of_space(values, np.zeros(len(x)), Threshold(0.7, True), block_size("saltelli", 4))
        covered += found.low <= 0.3 <= found.high
    assert covered >= 268
