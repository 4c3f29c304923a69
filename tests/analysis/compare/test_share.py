"""Shares of things in blocks and in pairs: intervals that cover the truth as often as they say."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from analysis.compare.share import NO_SHARE, exact_share, share_in_blocks, share_of_pairs

# 300 worlds: at 95 %, fewer than 268 covered has odds below 1 in 10,000.
WORLDS, FEWEST = 300, 268


@pytest.mark.parametrize(("some", "of"), [(0, 12), (3, 12), (12, 12)])
def test_of_whole_numbers_it_is_the_exact_interval(some, of):
    found = exact_share(some / of, of)
    expected = stats.binomtest(some, of).proportion_ci(0.95, method="exact")
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


def test_of_nothing_nothing_is_known():
    assert share_in_blocks(np.zeros(3), np.zeros(3)) == NO_SHARE
    assert share_of_pairs(np.zeros((0, 4))) == NO_SHARE


def test_blocks_that_are_all_alike_inside_count_as_one_each():
    """Ten points a block that all pass or all fail: worth as many as there are blocks, not as there are points."""
    passed = np.repeat([10.0, 0.0], 8)
    found = share_in_blocks(passed, np.full(16, 10.0))
    plain = exact_share(0.5, 160)
    assert found.of < 16
    assert found.high - found.low > 2.5 * (plain.high - plain.low)


def test_points_that_do_not_hang_together_count_as_points():
    single = share_in_blocks(np.repeat([1.0, 0.0], 80), np.ones(160))
    assert single.of == pytest.approx(160, rel=0.02)


def test_where_all_blocks_agree_there_is_still_room_for_doubt():
    for passed, low, high in ((0.0, 0.0, 0.206), (10.0, 0.794, 1.0)):
        found = share_in_blocks(np.full(16, passed), np.full(16, 10.0))
        assert (found.low, found.high) == pytest.approx((low, high), abs=1e-3)


@pytest.mark.parametrize("blocks", [16, 64])
def test_the_interval_covers_a_share_of_points_in_blocks(blocks):
    """Ten points a block, whose chance is the block's own: beta with mean 0.3 and intraclass correlation 0.5."""
    rng = np.random.default_rng(blocks)
    covered, naive = 0, 0
    for _ in range(WORLDS):
        passed = rng.binomial(10, rng.beta(0.3, 0.7, blocks)).astype(float)
        found = share_in_blocks(passed, np.full(blocks, 10.0))
        covered += found.low <= 0.3 <= found.high
        plain = exact_share(passed.sum() / (10 * blocks), 10 * blocks)
        naive += plain.low <= 0.3 <= plain.high
    assert covered >= FEWEST
    assert naive < 240, "as if points were independent, it would miss in one world of five or more"


@pytest.mark.parametrize(("one", "other"), [(0.9, 0.7), (0.3, 0.5), (0.05, 0.9)])
def test_the_interval_covers_a_share_of_pairs(one, other):
    rng = np.random.default_rng(7)
    covered = 0
    for _ in range(WORLDS):
        chance = np.outer(rng.random(40) < one, rng.random(25) < other).astype(float)
        found = share_of_pairs(chance)
        covered += found.low <= one * other <= found.high
    assert covered >= FEWEST


def test_pairs_of_one_kind_are_the_things_themselves():
    heard = np.array([1.0, 0, 0, 1, 0, 0, 0, 0, 0, 0])[:, None]
    found = share_of_pairs(heard)
    assert found.value == pytest.approx(0.2)
    assert found.of == pytest.approx(9, abs=1.01)


def test_pairs_without_any_are_worth_as_many_as_can_be_made_apart():
    assert share_of_pairs(np.zeros((30, 12))).of == 12
    assert share_of_pairs(np.ones((30, 1))).of == 30
