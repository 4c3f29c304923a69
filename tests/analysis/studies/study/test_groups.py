"""What is read of groups beside how long they live: on planted groups of which the answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.studies.patterns.looks import YEARLY, GroupLife
from analysis.studies.patterns.outside import of_reason
from analysis.studies.study.groups import expected, repeat_groups, true_of
from analysis.studies.study.schema import REASONS
from sim.codes import CLOSED_NAMES
from tests.analysis.studies.study.planted import study

YEARS = 8


def life(weeks, reason=0, came=2.0, attending=5.0, once=1.0):
    """A group with the same numbers in every year in which it is open."""
    is_open = np.arange(YEARS) * 52 < weeks
    per_year = {
        "meetings": 50.0, "attendances": 50 * attending, "came": came, "decided": came, "one_visit": once,
        **dict.fromkeys(("open_weeks", "members", "regulars"), 52.0),
    }  # fmt: skip
    return GroupLife(weeks, reason, {name: per_year[name] * is_open for name in YEARLY}, np.zeros((YEARS, 4)))


def of_groups(towns=400, **analysis):
    said = study(people={"who": "groups", "weeks": [0, 364], "towns": towns}, instruments={}, follow_ups=[],
                 analysis={"about": "taking part"} | analysis)  # fmt: skip
    return said.model_copy(update={"instruments": {}})


def published(said, lives):
    return float(repeat_groups(said, lives, 30).published[:, 0, 0, 0].mean())


def test_hazard_is_of_groups_open_at_the_first_age():
    lives = [life(50, 1), life(150, 1), life(200, 1), life(416)]
    said = of_groups(by="hazard", from_years=2, years=3)
    assert true_of(said, lives) == pytest.approx(1 / 3)
    assert published(said, lives) == pytest.approx(1 / 3, abs=0.02)
    assert true_of(of_groups(by="hazard", years=1), lives) == 0.25


def test_at_the_very_age_a_group_has_ended():
    said = of_groups(by="hazard", from_years=1, years=2)
    assert true_of(said, [life(52, 1), life(104, 1)]) == 1.0  # the first is not at risk, the second ends in time


def test_new_people_are_more_where_groups_go_on():
    going, ending = life(416, came=6.0), life(80, 1, came=2.0)
    said = of_groups(by="new people")
    assert true_of(said, [going, ending, ending]) == pytest.approx(4.0)
    assert published(said, [going, ending, ending]) == pytest.approx(4.0)
    assert np.isnan(true_of(said, [going, going]))  # none ends


def test_the_interval_of_new_people_covers():
    rng = np.random.default_rng(5)
    lives = [life(416, came=rng.poisson(5)) for _ in range(300)] + [
        life(80, 1, came=rng.poisson(3)) for _ in range(300)
    ]
    found = repeat_groups(of_groups(by="new people", towns=80), lives, 200)
    assert 0.9 < found.covered()[0, 0] <= 1.0
    assert found.published[:, 0, 0, 0].mean() == pytest.approx(found.about[0, 0], abs=0.1)


def test_attendance_and_one_visit_are_of_groups_that_are_open():
    lives = [life(416, attending=8.0, came=4.0, once=1.0), life(50, 1, attending=2.0, came=4.0, once=3.0)]
    seen = published(of_groups(by="attendance"), lives)
    assert 7 < seen < 8  # those that end soon are seen less often
    assert 0.25 < published(of_groups(by="one visit"), lives) < 0.4


@pytest.mark.parametrize("by", ["attendance", "one visit"])
def test_what_is_published_on_average_is_told_by_few_groups_with_little_bias(by):
    rng = np.random.default_rng(2)
    lives = []
    for _ in range(300):
        weeks = int(rng.integers(60, 416))  # groups that last are larger and keep more of those who come
        lives.append(life(weeks, 1, came=4.0, attending=3 + weeks / 104, once=2 - weeks / 416))
    said = of_groups(by=by)
    many = expected(said, lives)
    assert many == pytest.approx(published(said, lives), rel=0.02)
    pairs = [lives[k : k + 2] for k in range(0, 300, 2)]
    few = np.array([expected(said, pair) for pair in pairs])
    error = few.std() / len(few) ** 0.5
    assert abs(few.mean() - many) < 3 * error
    assert np.isfinite(expected(said, lives[:1]))


def test_reasons_are_shares_of_groups_that_ended():
    codes = {}
    for code, name in enumerate(CLOSED_NAMES):
        known = of_reason(name) if code else None
        if known is not None:
            codes.setdefault(known.name.removeprefix("reason: "), code)
    lives = [life(100, codes["attendance"])] * 3 + [life(100, codes["leadership"]), life(416)]
    assert true_of(of_groups(by="reason", reason="attendance"), lives) == 0.75
    assert true_of(of_groups(by="reason", reason="leadership"), lives) == 0.25
    assert set(codes) <= set(REASONS)
    assert np.isnan(true_of(of_groups(by="reason"), [life(416)]))
