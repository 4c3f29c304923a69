"""When groups end and who comes, where the truth is planted."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from analysis.studies.patterns import groups
from analysis.studies.patterns.outside import BELOW, INSIDE, OUTSIDE
from sim.codes import CLOSED_NAMES, NO_ORGANISER, TOO_FEW_CAME
from tests.analysis.studies.patterns.planted import group

HAZARD = 0.15  # a year


@pytest.fixture(scope="module")
def constant():
    """Four thousand groups that end at the same rate at every age, seen for twelve years."""
    weeks = np.random.default_rng(1).geometric(1 - (1 - HAZARD) ** (1 / 52), 4000)
    return [group(int(min(w, 624)), TOO_FEW_CAME if w <= 624 else 0) for w in weeks]


def test_a_constant_hazard_is_found_in_every_year(constant):
    lines = groups.ending(constant)
    assert [line.keys[0] for line in lines] == list(range(1, 13))
    assert sum(line.found.low <= HAZARD <= line.found.high for line in lines) >= 10
    assert lines[0].word == INSIDE
    assert lines[-1].word == "above"
    assert sum(line.keys[1] for line in lines) == sum(one.ended for one in constant)


def test_kaplan_meier_of_a_constant_hazard_is_a_power(constant):
    curve = groups.survival(constant)
    expected = (1 - HAZARD) ** curve.years
    assert curve.share == pytest.approx(expected, abs=0.03)
    assert ((curve.low <= curve.share) & (curve.share <= curve.high)).all()
    median = math.log(0.5) / math.log(1 - HAZARD)
    assert curve.median.low <= median <= curve.median.high
    assert curve.median.value == pytest.approx(median, abs=0.25)


def test_wilsons_interval_by_hand():
    # Of 20 groups 4 end in the first year; z = 1.96.
    lines = groups.ending([group(30, TOO_FEW_CAME)] * 4 + [group(624)] * 16)
    z = stats.norm.ppf(0.975)
    centre, half = (0.2 + z**2 / 40) / (1 + z**2 / 20), z * math.sqrt(0.2 * 0.8 / 20 + z**2 / 1600) / (1 + z**2 / 20)
    found = lines[0].found
    assert (found.value, found.low, found.high) == pytest.approx((0.2, centre - half, centre + half))
    assert (lines[1].of, lines[1].found.value) == (16, 0.0)


def test_a_group_counts_in_the_year_in_which_it_ends():
    lines = groups.ending([group(52, TOO_FEW_CAME), group(53, NO_ORGANISER), group(624)])
    assert [line.of for line in lines[:3]] == [3, 2, 1]
    assert [line.keys[1] for line in lines[:3]] == [1, 1, 0]


def test_the_median_where_half_have_ended_and_where_fewer_have():
    half = [group(52 * k, TOO_FEW_CAME) for k in (1, 2, 3)] + [group(624)] * 3
    assert groups.survival(half).median.value == 3.0
    fewer = groups.survival(half[:2] + [group(624)] * 4)
    assert math.isinf(fewer.median.value)
    assert math.isinf(groups.survival([group(624)] * 5).median.value)


def test_when_all_have_ended_the_curve_reaches_nothing():
    curve = groups.survival([group(52 * k, TOO_FEW_CAME) for k in range(1, 12)])
    assert curve.share[-1] == 0.0
    assert not np.isnan(curve.low).any()
    assert not np.isnan(curve.high).any()
    assert curve.median.value == 6.0


def test_how_long_groups_last_is_held_against_outside():
    many = [group(104, TOO_FEW_CAME)] * 30 + [group(624)] * 70
    found = {line.keys[0]: line for line in groups.lasting(many, groups.survival(many))}
    assert found["ended within 3 years"].found.value == 0.3
    assert found["ended within 3 years"].word == BELOW
    assert found["hazard, years 1 to 2"].found.value == pytest.approx(30 / 200)
    assert found["hazard, years 3 to 12"].found.value == 0.0
    assert found["hazard, years 3 to 12"].word == BELOW
    assert found["hazard, years 3 to 12"].of == 700


def test_reasons_are_shares_of_ended_groups_and_what_only_outside_has_is_named():
    many = [group(50, TOO_FEW_CAME)] * 3 + [group(50, NO_ORGANISER)] + [group(624)] * 6
    found = {line.keys[0]: line for line in groups.reasons(many)}
    assert found[CLOSED_NAMES[TOO_FEW_CAME]].found.value == 0.75
    assert found[CLOSED_NAMES[NO_ORGANISER]].of == 4
    in_the_model = {line.outside.name for name, line in found.items() if not name.startswith("not in the model")}
    beside = {line.outside.name for line in found.values()}
    assert beside == {name for name in OUTSIDE if name.startswith("reason: ")}
    assert len(found) == len(CLOSED_NAMES) - 1 + len(beside - in_the_model)


def test_a_new_reason_appears_by_itself(monkeypatch):
    monkeypatch.setattr(groups, "CLOSED_NAMES", (*CLOSED_NAMES, "no longer needed"))
    found = {line.keys[0]: line for line in groups.reasons([group(50, len(CLOSED_NAMES))])}
    assert found["no longer needed"].found.value == 1.0
    assert "not in the model: no longer needed" not in found


def test_without_any_ended_group_there_are_no_shares():
    assert all(math.isnan(line.found.value) for line in groups.reasons([group(624)] * 4))


def test_what_goes_on_is_weighted_by_what_it_is_divided_by():
    many = [group(624, meetings=50, attendances=200, came=4, decided=4, one_visit=1, ties=[10, 5, 2, 0])] * 3
    many += [group(30, TOO_FEW_CAME)]
    found = {line.keys: line for line in groups.yearly(many)}
    assert found["attendance", "1"].found.value == 4.0
    assert found["attendance", "all years"].word == INSIDE
    assert found["one visit only", "5"].found.value == 0.25
    assert found["first visits", "2"].found.value == 4.0
    assert found["first visits", "1"].found.value == pytest.approx(3 * 4 / (3 + 30 / 52))
    assert [found[keys].found.value for keys in found if keys[0].startswith("regulars who") and keys[1] == "3"] == [
        0.5, 0.2, 0.0
    ]  # fmt: skip
    assert found["members", "12"].of == 3


def test_new_people_in_groups_that_go_on_and_in_those_that_end():
    ending = [group(104 + 20, TOO_FEW_CAME, came=1)] * 5  # open after two years, not after three
    going = [group(624, came=4)] * 5
    on, end, difference = groups.new_people(going + ending)
    assert (on.of, end.of) == (5 * 11 + 5, 5)  # the first year of those that end is one that goes on
    assert on.found.value == pytest.approx((55 * 4 + 5) / 60)
    assert end.found.value == 1.0
    assert difference.found.value == pytest.approx(on.found.value - 1.0)
    assert difference.word == INSIDE
