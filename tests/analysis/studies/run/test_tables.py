"""Tables of a life: what they count adds up, and every column says what it is."""

from __future__ import annotations

import numpy as np
import pyarrow.parquet as pq
import pytest

from analysis.results.arrow import to_numpy
from analysis.results.columns import differing_columns, write_table
from analysis.studies.run.tables import (
    CAME_AGAIN,
    OF_THE_WEEK,
    STATES,
    TABLES,
    TOTALS,
    people_table,
    story_table,
    tie_weeks,
    ties_table,
    traits_table,
    weeks_table,
)
from sim.life import Life
from sim.population import FIRST_NEWCOMER_ID
from sim.state import CLOSED_NAMES, EVENT_NAMES, HEARD_NAMES, LEFT_NAMES, STATUS_NAMES, WEEKS
from tests.analysis.lives import scenario

LEAD_IN = 20
COUNTED_IN_THE_WEEK = {"episodes_this_week": "episodes", "hard_days_this_week": "hard_days",
                       "hard_days_through_this_week": "hard_days_through"}  # fmt: skip


@pytest.fixture(scope="module")
def life():
    """A busy group in a town that people move to and away from."""
    lived = Life(
        scenario(
            "groupB",
            people__residents=40,
            people__mean_stay_years=0.7,
            run__lead_in_weeks=LEAD_IN,
            outside__services_per_year=40.0,
            outside__tell_per_year=20.0,
            organising__low_weeks=52,
        ).values,
        history_every=1,
    )
    lived.live()
    return lived


@pytest.fixture(scope="module")
def people(life):
    table = people_table(life)
    return {name: to_numpy(table.column(name)) for name in table.column_names}


def per_person(people, life, name):
    """Sum over all weeks, for each row of the life's people."""
    row_of = {int(who): row for row, who in enumerate(life.traits.id)}
    rows = np.array([row_of[int(who)] for who in people["id"]])
    return np.bincount(rows, np.nan_to_num(people[name]), minlength=len(life.traits))


# People.


@pytest.mark.parametrize("total", TOTALS)
def test_what_is_counted_each_week_adds_up_to_the_total_of_the_life(life, people, total):
    counted = per_person(people, life, f"{total}_this_week")
    lived_here = np.isin(life.traits.id, people["id"])
    assert np.array_equal(counted[lived_here], life.world.people[total][lived_here])
    assert (people[f"{total}_this_week"][people["week"] >= 0] >= 0).all()


def test_there_is_something_to_count(life):
    for total in ("texts", "services_contacts", "told_outside", "shares", "line_calls"):
        assert life.world.people[total].sum() > 0, total


def test_a_newcomers_counting_starts_at_zero_on_arriving(life, people):
    newcomers = np.flatnonzero((life.traits.id >= FIRST_NEWCOMER_ID) & np.isin(life.traits.id, people["id"]))
    arrived = life.traits.arrives_week[newcomers] - LEAD_IN  # row of the history of the week before
    before = life.history["services_contacts"][arrived, newcomers]
    assert (before > 0).sum() >= 5, "no newcomer had anything to forget"
    counted = per_person(people, life, "services_contacts_this_week")[newcomers]
    assert np.array_equal(counted, life.world.people.services_contacts[newcomers])
    first = {}
    for who, week in zip(people["id"].tolist(), people["week"].tolist(), strict=True):
        first.setdefault(who, week)
    # Who comes in the week of the opening has a baseline too.
    assert [first[int(who)] for who in life.traits.id[newcomers]] == np.where(arrived == 0, -1, arrived).tolist()


@pytest.mark.parametrize("name", COUNTED_IN_THE_WEEK)
def test_episodes_and_hard_days_of_the_weeks_add_up_too(life, people, name):
    since = people["week"] >= 0
    counted = per_person({"id": people["id"], name: np.where(since, people[name], 0)}, life, name)
    lived_here = np.isin(life.traits.id, people["id"])
    assert np.array_equal(counted[lived_here], life.world.people[COUNTED_IN_THE_WEEK[name]][lived_here])


def test_the_baseline_holds_those_who_live_there_at_the_opening(life, people):
    baseline = people["week"] == -1
    here = (life.traits.arrives_week <= LEAD_IN) & (life.traits.departs_week > LEAD_IN)
    assert people["id"][baseline].tolist() == life.traits.id[here].tolist()
    assert people["isolation"][baseline].tolist() == life.history["isolation"][0, here].tolist()
    for total in TOTALS:
        assert np.isnan(people[f"{total}_this_week"][baseline]).all()
        assert not np.isnan(people[f"{total}_this_week"][~baseline]).any()
    for name in OF_THE_WEEK:
        assert not np.isnan(people[name]).any()


def test_without_a_lead_in_the_baseline_knows_no_week_before():
    lived = Life(scenario(run__lead_in_weeks=0, run__weeks=3).values, history_every=1)
    lived.live()
    table = people_table(lived)
    baseline = to_numpy(table.column("week")) == -1
    assert baseline.sum() == 24
    for name in OF_THE_WEEK:
        assert np.array_equal(np.isnan(to_numpy(table.column(name))), baseline)
    for name in STATES:
        assert table.column(name).null_count == 0


def test_rows_are_in_the_order_of_weeks_and_each_person_has_one_a_week(life, people):
    assert (np.diff(people["week"]) >= 0).all()
    assert people["week"].min() == -1
    assert people["week"].max() == life.total_weeks - 1
    pairs = set(zip(people["id"].tolist(), people["week"].tolist(), strict=True))
    assert len(pairs) == len(people["id"])
    here = np.bincount(people["week"][people["week"] >= 0])
    assert here.tolist() == life.weeks["residents"].tolist()


def test_people_and_weeks_agree_about_members_and_states(life, people):
    for week in range(life.total_weeks):
        now = people["week"] == week
        members = now & (people["status"] == "member")
        assert members.sum() == life.weeks["members"][week]
        assert people["attended_this_week"][now].sum() == life.weeks["attendances"][week]
        assert people["isolation"][now].mean() == pytest.approx(life.weeks["residents_isolation"][week])
    assert set(people["status"]) <= set(STATUS_NAMES)


def test_a_history_with_gaps_is_refused():
    lived = Life(scenario(run__weeks=4).values, history_every=2)
    lived.live()
    with pytest.raises(ValueError, match="history_every=1"):
        people_table(lived)


def test_a_life_not_yet_at_its_end_has_the_weeks_lived_so_far():
    lived = Life(scenario().values, history_every=1)
    lived.live(5)
    assert weeks_table(lived).num_rows == 5
    assert max(people_table(lived).column("week").to_pylist()) == 4


# Weeks, traits, story, ties.


def test_weeks_count_from_the_opening_in_every_table(life):
    assert weeks_table(life).column("week").to_pylist() == list(range(30))
    traits = traits_table(life)
    assert traits.column("arrives_week").to_pylist()[:40] == [0] * 40
    assert traits.column("departs_week").to_pylist() == (life.traits.departs_week - LEAD_IN).tolist()
    story = story_table(life)
    assert story.column("event")[0].as_py() == "the group opened"
    assert story.column("week")[0].as_py() == 0
    weeks = story.column("week").to_pylist()
    assert weeks == sorted(weeks)
    assert weeks[-1] < 30


def test_a_mean_over_nobody_is_null():
    absent = Life(scenario("absent", run__weeks=3).values)
    absent.live()
    table = weeks_table(absent)
    for name in ("tie_mean", "members_isolation", "members_episodes"):
        assert table.column(name).to_pylist() == [None] * 3
    assert table.column("residents_isolation").null_count == 0


def test_the_story_is_told_in_words(life):
    story = story_table(life)
    events = story.column("event").to_pylist()
    assert set(events) <= {*EVENT_NAMES, CAME_AGAIN}
    for person, event, reason in zip(
        story.column("person").to_pylist(), events, story.column("reason").to_pylist(), strict=True
    ):
        assert person is None or person in life.traits.id
        if event == "is no longer a member":
            assert reason in LEFT_NAMES[1:]
        elif event in ("came for the first time", "came back and is a member", CAME_AGAIN):
            assert reason in HEARD_NAMES[1:]
        elif event == "the group closed":
            assert reason in CLOSED_NAMES[1:]
        else:
            assert reason is None
    assert story.column("person").null_count > 0


def test_who_comes_after_having_left_came_again(life):
    story = story_table(life)
    have_left = set()
    for person, event in zip(story.column("person").to_pylist(), story.column("event").to_pylist(), strict=True):
        if event == "came for the first time":
            assert person not in have_left
        if event == CAME_AGAIN:
            assert person in have_left
        if event == "is no longer a member":
            have_left.add(person)


def test_ties_are_kept_at_the_chosen_years_and_at_the_end():
    assert tie_weeks(1) == [1]
    assert tie_weeks(26) == [26]
    assert tie_weeks(60) == [26, 52, 60]
    assert tie_weeks(624) == [26, 52, 104, 208, 416, 624]


def test_each_pair_with_a_tie_is_there_once(life):
    table = ties_table(life, [(30, life.world.ties)])
    row_of = {int(who): row for row, who in enumerate(life.traits.id)}
    pairs = list(zip(table.column("person").to_pylist(), table.column("other").to_pylist(), strict=True))
    assert len(pairs) == len({frozenset(pair) for pair in pairs}) == (life.world.ties > 0).sum() / 2
    for (one, other), tie in zip(pairs, table.column("tie").to_pylist(), strict=True):
        assert life.world.ties[row_of[one], row_of[other]] == tie
    assert set(table.column("week").to_pylist()) == {29}
    assert ties_table(life, []).num_rows == 0


# What every column says of itself.


@pytest.mark.parametrize("name", TABLES)
def test_every_column_has_its_unit_and_meaning_and_keeps_them_in_the_file(lived, tmp_path, name):
    table = lived("meals and a phone line").tables[name]
    write_table(table, tmp_path / "table.parquet")
    again = pq.read_table(tmp_path / "table.parquet")
    for field in again.schema:
        assert field.metadata[b"unit"].strip(), field.name
        assert field.metadata[b"meaning"].strip(), field.name
        assert {key: field.metadata[key] for key in (b"unit", b"meaning")} == table.schema.field(field.name).metadata
    assert differing_columns(table, again) == []


def test_units_and_meanings_are_those_of_the_state(life):
    table = weeks_table(life)
    assert table.column_names == [field.name for field in WEEKS]
    for field in WEEKS:
        assert table.schema.field(field.name).metadata == {
            b"unit": field.unit.encode(), b"meaning": field.meaning.encode()}  # fmt: skip
    people = people_table(life)
    assert people.schema.field("texts_this_week").metadata[b"unit"] == b"count this week"
    assert people.schema.field("status").metadata[b"unit"] == b"words"
