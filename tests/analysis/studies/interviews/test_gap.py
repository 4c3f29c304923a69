"""The survivorship gap, against sums done by hand."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.studies.interviews.gap import OUTCOMES, POPULATIONS, SUMS, gap_sums, gaps
from analysis.studies.interviews.lookback import interview, look_back, regulars_of
from analysis.studies.interviews.worlds import live_group, live_twin
from tests.analysis.studies.interviews.planted import small_group

INTERVIEWED, REGULARS, JOINED, ELIGIBLE = range(4)


@pytest.fixture(scope="module")
def lives():
    group = small_group(years=2.0, run__lead_in_weeks=52)
    return live_group(group, 4), live_twin(group, 4)


def test_each_population_is_part_of_the_next(lives):
    sums = gap_sums(*lives)
    people = sums[:, 0, SUMS.index("people")]
    life = lives[0]
    here = life.world.people.resident
    assert list(POPULATIONS) == ["interviewed", "regulars", "joined", "eligible"]
    assert people.tolist() == [
        4, len(regulars_of(life)), (here & (life.world.people.first_joined_week >= 0)).sum(),
        (here & life.traits.woman).sum(),
    ]  # fmt: skip
    assert people[0] < people[1] < people[2] < people[3]


def test_sums_are_those_of_the_people(lives):
    sums = gap_sums(*lives)
    asked = interview(*lives)
    for o, name in enumerate(OUTCOMES):
        before, now, twin = (asked[f"{name}_{when}"] for when in ("before", "now", "twin"))
        expected = [4, before.sum(), (before**2).sum(), now.sum(), twin.sum(), (now - twin).sum()]
        assert sums[INTERVIEWED, o] == pytest.approx(expected)


def test_a_group_too_small_to_interview_counts_for_all_but_the_interviewed(lives):
    life, twin = lives
    before = life.values["meeting.regular_share"]
    try:
        life.values["meeting.regular_share"] = float(np.sort(life.world.people.regularity)[-3])
        people = gap_sums(life, twin)[:, 0, 0]
        assert people[:2].tolist() == [0, 3]
    finally:
        life.values["meeting.regular_share"] = before


def test_figures_are_changes_over_the_spread_of_everyone_eligible_before_coming(lives):
    life, twin = lives
    sums = gap_sums(life, twin)
    found = {(g.population, g.outcome): g for g in gaps([sums, sums, sums, sums])}
    everyone = np.flatnonzero(life.world.people.resident & life.traits.woman)
    back = look_back(life, twin, everyone)
    asked = interview(life, twin)
    spread = np.tile(back["stigma_before"], 4).std(ddof=1)
    gap = found["interviewed", "stigma"]
    assert gap.spread == pytest.approx(spread)
    assert gap.change.value == pytest.approx((asked["stigma_now"] - asked["stigma_before"]).mean() / spread)
    assert gap.twin_change.value == pytest.approx((asked["stigma_twin"] - asked["stigma_before"]).mean() / spread)
    assert gap.difference.value == pytest.approx(gap.change.value - gap.twin_change.value)
    assert gap.people == 16


def town(people, before, now, twin, spread=1.0):
    """Sums of so many people with these means, with the same spread between them."""
    block = np.zeros((len(POPULATIONS), len(OUTCOMES), len(SUMS)))
    block[:] = [people, people * before, people * (before**2 + spread**2), people * now, people * twin,
                people * (now - twin)]  # fmt: skip
    return block


def test_planted_effects_come_out_with_intervals_over_towns():
    rng = np.random.default_rng(5)
    towns = [town(50, 1.0, 0.2 + e, 0.7) for e in 0.1 * rng.standard_normal(60)]
    gap = gaps(towns)[0]
    assert gap.change.value == pytest.approx(-0.8, abs=0.05)
    assert gap.twin_change.value == pytest.approx(-0.3, abs=0.02)
    assert gap.difference.low < -0.5 < gap.difference.high
    assert gap.difference.high - gap.difference.low == pytest.approx(4 * 0.1 / np.sqrt(60), rel=0.4)


def test_no_effect_is_exactly_zero():
    gap = gaps([town(50, 1.0, 0.6, 0.6) for _ in range(5)])[0]
    assert (gap.difference.value, gap.difference.low, gap.difference.high) == (0.0, 0.0, 0.0)
