"""What a sweep reads off a life and its twin is what pairing them whole gives, bit for bit."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.compare.outcomes import OUTCOME_NAMES, POPULATIONS, members_of
from analysis.compare.paired import group_at, pair
from analysis.compare.panel import live_panel
from analysis.studies.sweep.reading import Room, live_looked, look_at, people_of, states_of, sums_of
from sim.scenario import load
from tests.builders import SCENARIOS

ROWS, YEARS = [6, 13, 26, 30], (1, 2)


@pytest.fixture(scope="module")
def values():
    scenario = load(SCENARIOS / "groupA.yaml")
    return {**scenario.values, "people.residents": 40, "run.lead_in_weeks": 9, "run.weeks": 121, "run.seed": 4}


@pytest.fixture(scope="module")
def whole(values):
    return live_panel(values, YEARS), live_panel({**values, "group.exists": False}, YEARS)


def read(values, outcomes):
    room = Room()
    twin = live_looked({**values, "group.exists": False}, YEARS, outcomes, room)
    return live_looked(values, YEARS, outcomes, room, twin.traits), twin


@pytest.mark.parametrize("outcomes", [list(OUTCOME_NAMES), ["episodes"], ["ties", "isolation"], ["contacts", "coping"]])
def test_sums_people_and_measures_of_the_group_are_those_of_a_pair(values, whole, outcomes):
    expected = pair(*whole, ROWS)
    life, twin = read(values, outcomes)
    looks = look_at(life, twin, ROWS, outcomes)
    which = [OUTCOME_NAMES.index(name) for name in outcomes]
    sums = sums_of(looks, outcomes, list(POPULATIONS))
    assert sums.tobytes() == np.ascontiguousarray(expected.sums[:, :, which]).tobytes()
    assert (sums[:, 1, 0, 0] > 0).all()  # after a year there is somebody in each population
    people = people_of(looks, life, outcomes)
    for name, column in people.items():
        np.testing.assert_array_equal(column, expected.people[name], name)
    assert len(people["id"]) > 0
    for name, measure in expected.group.items():
        np.testing.assert_array_equal(group_at(life, ROWS)[name], measure, name)


def test_who_belongs_to_a_population_is_said_in_one_place_only(values, whole):
    looks = look_at(*read(values, ["isolation"]), ROWS, ["isolation"])
    assert list(looks.populations) == list(POPULATIONS)
    for name, belongs in looks.populations.items():
        for row, who in zip(ROWS, belongs, strict=True):
            np.testing.assert_array_equal(who, members_of(name, whole[0], row))


def test_only_what_is_asked_for_is_kept(values):
    life, _ = read(values, ["distress"])
    assert set(life.people) == set(states_of(["distress"]))
    assert {"distress_total", "days_lived"} <= set(life.people)
    assert "episodes" not in life.people
    assert len(life.tie_sum) == 0


def test_one_life_after_the_other_in_the_same_room_is_as_in_a_room_of_its_own(values):
    outcomes = list(OUTCOME_NAMES)
    larger = {**values, "people.residents": 60, "run.seed": 5}
    room = Room()
    one_by_one = [live_looked(some, YEARS, outcomes, room) for some in (values, larger, values)]
    for some, panel in zip((values, larger, values), one_by_one, strict=True):
        alone = live_looked(some, YEARS, outcomes, Room())
        for name, state in alone.people.items():
            np.testing.assert_array_equal(panel.people[name], state, name)
