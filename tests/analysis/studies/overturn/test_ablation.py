"""The ablation: shares that sum, worlds lived once, and a planted effect found where it was planted."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.compare.comparison import compare
from analysis.compare.outcomes import OUTCOME_NAMES, POPULATIONS
from analysis.compare.paired import SUMS
from analysis.studies.overturn.ablation import MAIN, live_all, parts_of, standardised_worlds
from analysis.studies.overturn.mechanisms import ALL_ON, NAMES, NONE_ON, WORLDS
from tests.analysis.studies.overturn.conftest import SEEDS, small_arm


@pytest.fixture(scope="module")
def parts(lived):
    return parts_of(lived)


def test_with_nothing_at_work_there_is_no_difference_at_all(lived):
    assert np.all(lived.sums.difference[..., NONE_ON] == 0.0)
    assert np.all(lived.sums.own_difference[..., NONE_ON] == 0.0)
    assert np.any(lived.sums.difference[..., ALL_ON] != 0.0)


def test_shares_sum_to_the_whole_effect(lived, parts):
    known = ~np.isnan(parts.total.value)
    assert known.all()
    assert parts.readings["shapley"].value.sum(axis=-1) == pytest.approx(parts.total.value, abs=1e-12)
    assert parts.total.value == pytest.approx(standardised_worlds(lived).value[..., ALL_ON], abs=1e-12)
    assert np.nansum(parts.share.value, axis=-1)[~np.isnan(parts.share.value[..., 0])] == pytest.approx(1.0)


def test_the_whole_is_what_a_comparison_finds(lived, parts):
    arm = small_arm()
    paired = compare([arm], SEEDS, horizon_years=(1,))[arm.name]
    for p, population in enumerate(POPULATIONS):
        for o, outcome in enumerate(MAIN):
            sums = paired.sums[:, p, 0, OUTCOME_NAMES.index(outcome)]
            mine = lived.sums
            assert sums[:, SUMS.index("people")] == pytest.approx(mine.people[:, p, o]), (population, outcome)
            assert sums[:, SUMS.index("difference")] == pytest.approx(mine.difference[:, p, o, ALL_ON])
            assert sums[:, SUMS.index("with_before")] == pytest.approx(mine.with_before[:, p, o])
            assert sums[:, SUMS.index("life_change")] == pytest.approx(mine.change[:, p, o, ALL_ON])
            assert sums[:, SUMS.index("twin_change")] == pytest.approx(mine.twin_change[:, p, o])


def test_intervals_hold_their_values_and_are_the_same_twice(lived, parts):
    for found in (*parts.readings.values(), *parts.pair_readings.values(), parts.total):
        assert np.all(found.low <= found.value + 1e-12)
        assert np.all(found.value <= found.high + 1e-12)
    again = parts_of(lived).readings["shapley"]
    assert np.array_equal(again.low, parts.readings["shapley"].low)


def test_an_effect_planted_in_one_mechanism_is_found_there_and_nowhere_else():
    # Only company: no likeness, no strength, no relief, no contact, no influence.
    arm = small_arm(
        ties__isolation_per_tie=0.5, ties__likeness_weight=0.0, meeting__strength=0.0, meeting__heard=0.0,
        meeting__burden=0.0, meeting__hurt=0.0, episodes__social_influence=0.0, episodes__support_days=0,
        contact__between_meetings=False, group__breach_prob=0.0, ties__growth_per_hour=0.05,
    )  # fmt: skip
    lived = live_all(arm, SEEDS)
    found = parts_of(lived).readings["shapley"]
    o, company = MAIN.index("isolation"), NAMES.index("company")
    assert np.all(found.high[:, o, company] < 0)
    others = [k for k in range(len(NAMES)) if k != company]
    assert np.all(np.abs(found.value[:, :, others]) < 1e-12)
    assert np.all(found.value[:, MAIN.index("understanding"), :] == 0.0)
    # Worlds that are the same are lived once: with and without company, and the twin.
    assert lived.lives < len(SEEDS) * (WORLDS // 2)


def test_the_people_measured_are_the_same_in_every_world(lived):
    # Who never comes without contact still counts there: a mechanism cannot look better by driving people away.
    joined = list(POPULATIONS).index("joined")
    assert lived.sums.came[:, ALL_ON] == pytest.approx(lived.sums.came_too[:, ALL_ON])
    assert np.all(lived.sums.came_too <= lived.sums.came[:, [ALL_ON]])
    assert np.all(lived.sums.people[:, joined] <= lived.sums.came[:, [ALL_ON]])


def test_progress_counts_every_life():
    told = []
    lived = live_all(small_arm(run__weeks=8), [1, 2], progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (lived.lives, lived.lives)
    assert len(told) == 2
