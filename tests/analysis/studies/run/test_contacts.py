"""The table of contacts: it adds up to what people and ties say, and changes nothing."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.results.arrow import to_numpy
from analysis.results.columns import differing_columns
from analysis.studies.run.contacts import Contacts
from analysis.studies.run.study import RunStudy, live_scenario
from sim.life import Life
from sim.rules.contact import contact
from tests.analysis.lives import scenario
from tests.builders import SOME_DAY, group_of

# So many are tried that somebody answers, and who comes in a week meets all others who come.
ASKED = scenario("groupB", contact__calls_tried=10, group__meeting_days=[2])


@pytest.fixture(scope="module")
def run():
    return RunStudy.of(ASKED, contacts=True).live()


@pytest.fixture(scope="module")
def contacts(run):
    table = run.tables["contacts"]
    return {name: to_numpy(table.column(name)) for name in table.column_names}


def of_people(run, contacts, name, *counted):
    """What is counted of each person in a column of people, and in the table of contacts: two int64[ids]."""
    ids = to_numpy(run.tables["traits"].column("id")).astype(int)
    column = np.nan_to_num(to_numpy(run.people.column(name)))
    at = np.searchsorted(ids, to_numpy(run.people.column("id")).astype(int))
    said = np.bincount(at, column, minlength=len(ids))
    found = np.zeros(len(ids))
    for who, what in counted:
        found += np.bincount(np.searchsorted(ids, contacts[who].astype(int)), contacts[what], minlength=len(ids))
    return said, found


@pytest.mark.parametrize(
    ("name", "counted"),
    [
        ("texts_this_week", (("person", "texts"), ("other", "texts"))),
        ("calls_answered_this_week", (("person", "calls_made"), ("other", "calls_taken"))),
    ],
)
def test_contacts_of_each_person_add_up_to_those_in_the_table_of_people(run, contacts, name, counted):
    said, found = of_people(run, contacts, name, *counted)
    assert said.sum() > 10
    assert np.array_equal(said, found)


def test_hours_are_those_of_meetings_calls_and_texts(contacts):
    values = ASKED.values
    calls = contacts["calls_made"] + contacts["calls_taken"]
    apart = calls * values["contact.call_hours"] + contacts["texts"] * values["contact.text_hours"]
    assert contacts["hours"] == pytest.approx(contacts["hours_met"] + apart)
    meeting, social = values["group.meeting_hours"] + values["group.meal_hours"], values["group.social_hours"]
    met = contacts["hours_met"][contacts["hours_met"] > 0]
    assert np.isin(np.round(met, 9), [meeting, social, meeting + social]).all()
    assert (contacts["hours_met"] == 0).any()


def test_two_who_met_were_both_there_and_all_who_were_there_met(run, contacts):
    attended = to_numpy(run.people.column("attended_this_week")) > 0
    week, ids = to_numpy(run.people.column("week")), to_numpy(run.people.column("id"))
    met = contacts["hours_met"] > 0
    for now in range(run.weeks):
        here = met & (contacts["week"] == now)
        together = set(contacts["person"][here]) | set(contacts["other"][here])
        there = set(ids[attended & (week == now)])
        assert len(there) < 2 or there <= together


def test_each_pair_is_there_once_a_week_in_the_order_of_weeks(contacts):
    assert (np.diff(contacts["week"]) >= 0).all()
    pairs = [
        (week, *sorted(pair))
        for week, *pair in zip(contacts["week"], contacts["person"], contacts["other"], strict=True)
    ]
    assert len(set(pairs)) == len(pairs) > 100
    assert (contacts["person"] != contacts["other"]).all()


def test_keeping_contacts_changes_nothing_else(run):
    without = live_scenario(ASKED)
    assert without.digest == run.digest
    assert set(run.tables) - set(without.tables) == {"contacts"}
    for name, table in without.tables.items():
        assert differing_columns(table, run.tables[name]) == []


def test_a_call_is_of_the_one_who_rang():
    world = group_of(3, parameters={"contact.between_meetings": True, "meeting.burden": 0.0})
    world.people.trust, world.people.distress, world.people.joined_week = 1.0, 0.0, 0
    world.ties[0, 1] = world.ties[1, 0] = 1.0
    world.people.hard_day[1] = True
    contact(world, SOME_DAY)
    assert world.contacts["calls"].tolist() == [[0, 0, 0], [1, 0, 0], [0, 0, 0]]


def test_nobody_is_in_touch_where_there_is_no_group():
    table = RunStudy.of(scenario("absent"), contacts=True).live().tables["contacts"]
    assert table.num_rows == 0
    for field in table.schema:
        assert field.metadata[b"unit"]
        assert field.metadata[b"meaning"]


def test_one_week_is_taken_at_a_time():
    life = Life(ASKED.values, keep_contacts=True)
    kept = Contacts(life)
    for _ in range(3):
        life.live(1)
        kept.take()
    assert set(kept.table().column("week").to_pylist()) <= {0, 1, 2}
