"""Changes at a time: in force from their week on, in every entrance, and nothing else is different."""

from __future__ import annotations

import numpy as np
import pytest

from sim.changes import FIXED, at, changes_in, in_force, week_of, why_fixed
from sim.checks import check_values
from sim.life import Life
from sim.parameters import PARAMETERS
from sim.scenario import ScenarioError, load
from sim.scenario_text import as_yaml
from sim.trace import watch_week
from tests.builders import SCENARIOS, small_values

CHANGED = {at("contact.texts_per_week", 6): 0.0, at("contact.texts_per_week", 9): 50.0}


def texts_by_week(values):
    """Routine contacts of everybody, week by week: int64[weeks]."""
    life = Life(values, history_every=1)
    life.live()
    return np.diff(life.history["texts"].sum(axis=1))


def test_a_change_is_in_force_from_the_start_of_its_week_and_until_the_next():
    values = small_values() | {"contact.texts_per_week": 50.0}
    before, after = texts_by_week(values), texts_by_week(values | CHANGED)
    assert (before[2:9] > 0).all()
    assert np.array_equal(before[:6], after[:6])
    assert not after[6:9].any()
    assert (after[9:] > 0).any()


def test_lived_in_pieces_it_is_the_same():
    values = small_values() | CHANGED
    whole = Life(values)
    whole.live()
    for ways in ((7, 1), (3, 6), (9, 2)):
        pieces = Life(values)
        for weeks in ways:
            pieces.live(weeks)
        pieces.live_a_week(lambda: None)
        while pieces.week < pieces.total_weeks:
            pieces.live(1)
        assert pieces.digest() == whole.digest()


def test_a_change_to_the_value_it_has_changes_nothing():
    values = small_values()
    same = {at(name, 5): values[name] for name in PARAMETERS if not why_fixed(name)}
    assert len(same) > 100
    one, other = Life(values), Life(values | same)
    one.live()
    other.live()
    assert one.digest() == other.digest()


def test_a_change_at_the_opening_leaves_the_lead_in_as_it_was():
    values = small_values()
    assert values["run.lead_in_weeks"] > 0
    one, other = Life(values), Life(values | {at("outside.tell_per_year", 0): 52.0})
    assert one.digest() == other.digest()
    one.live(1)
    other.live(1)
    assert one.digest() != other.digest()


def test_weekdays_change_too():
    life = Life(small_values() | {at("group.meeting_days", 3): [0, 4]})
    life.live(3)
    assert life.world.params[0].group_meeting_days == 1 << small_values()["group.meeting_days"][0]
    life.live(1)
    assert life.world.params[0].group_meeting_days == 0b10001


def test_a_watched_week_is_the_week_that_is_lived():
    values = small_values() | CHANGED
    watched, lived = Life(values), Life(values)
    watched.live(6)
    watch_week(watched, 0)
    lived.live(7)
    assert watched.digest() == lived.digest()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("people.residents@5", 40, "makes people, once"),
        ("run.weeks@5", 40, "frame of the whole run"),
        ("group.exists@5", False, "apart from its twin"),
        ("group.women_only@5", True, "who may come"),
        ("group.phone_lin@5", True, "did you mean group.phone_line"),
        ("group.phone_line@5", 1, "expected true or false"),
        ("group.phone_line@-1", True, "expected a whole number from 0 to 5199"),
        ("group.phone_line@05", True, "expected a whole number from 0 to 5199"),
        ("group.phone_line@5200", True, "expected a whole number from 0 to 5199"),
        ("group.phone_line@", True, "expected a whole number from 0 to 5199"),
        ("group.phone_line@5@6", True, "expected a whole number from 0 to 5199"),
        ("group.phone_line@²", True, "expected a whole number from 0 to 5199"),
    ],
)
def test_what_cannot_change_is_refused_at_the_one_door(name, value, expected):
    with pytest.raises(ScenarioError, match=expected):
        check_values(small_values() | {name: value})


def test_what_is_fixed_are_parameters_or_sections():
    sections = {p.section for p in PARAMETERS.values()} | {"own"}
    assert all(name in PARAMETERS or name in sections for name in FIXED)


def test_numbers_of_numpy_are_welcome():
    checked = check_values(small_values() | {at("group.places", 5): np.int64(12)})
    assert type(checked["group.places@5"]) is int


def test_what_is_in_force():
    values = {"group.places": 10, "group.places@5": 12, "group.places@9": 8}
    assert [in_force(values, week)["group.places"] for week in (-1, 4, 5, 8, 9, 100)] == [10, 10, 12, 12, 8, 8]
    assert changes_in(values) == {5: {"group.places": 12}, 9: {"group.places": 8}}
    assert week_of("group.places") is None


# Files.


def file_of(folder, text, name="mine", extends=SCENARIOS / "groupB.yaml"):
    path = folder / f"{name}.yaml"
    path.write_text(f"name: {name}\nextends: {extends}\n{text}", encoding="utf-8")
    return path


def test_changes_are_read_from_a_file_and_written_to_one(tmp_path):
    text = "changes:\n- {week: 200, group.phone_line: false, group.places: 12}\n- {week: 20, group.meeting_days: [1]}\n"
    scenario = load(file_of(tmp_path, text))
    added = {name: value for name, value in scenario.values.items() if "@" in name}
    assert added == {"group.meeting_days@20": [1], "group.phone_line@200": False, "group.places@200": 12}
    assert scenario.origins["group.places@200"].endswith("mine.yaml")
    (tmp_path / "again.yaml").write_text(as_yaml(scenario), encoding="utf-8")
    assert load(tmp_path / "again.yaml").values == scenario.values
    assert "changes" not in as_yaml(load(SCENARIOS / "groupB.yaml"))


def test_a_list_of_changes_takes_the_place_of_the_parents(tmp_path):
    parent = file_of(tmp_path, "changes:\n- {week: 20, group.places: 12}\n", "parent")
    assert load(file_of(tmp_path, "", extends=parent)).values["group.places@20"] == 12
    for text in ("changes: []\n", "changes:\n- {week: 3, group.places: 9}\n"):
        assert "group.places@20" not in load(file_of(tmp_path, text, extends=parent)).values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("changes: 5\n", "found 5, expected a list of changes"),
        ("changes: {week: 5}\n", "expected a list of changes"),
        ("changes: [5]\n", "expected a list of changes"),
        ("changes:\n- {group.places: 12}\n", "expected a week and parameters"),
        ("changes:\n- {week: 12}\n", "expected a week and parameters"),
        ("changes:\n- {week: 12.5, group.places: 12}\n", "found 12.5, expected a whole number"),
        ("changes:\n- {week: true, group.places: 12}\n", "found true, expected a whole number"),
        (
            "changes:\n- {week: 12, group.places: many}\n",
            "week 12: group.places: found 'many', expected a whole number",
        ),
        ("changes:\n- {week: 12, group.plces: 12}\n", "did you mean group.places"),
        ("changes:\n- {week: 12, people.residents: 12}\n", "people.residents cannot change in mid-life"),
        ("changes:\n- {week: 12, group.places: 12}\n- {week: 12, group.places: 13}\n", "changes twice in week 12"),
    ],
    ids=str,
)
def test_a_wrong_change_in_a_file_is_explained_with_its_place(tmp_path, text, expected):
    path = file_of(tmp_path, text)
    with pytest.raises(ScenarioError, match=expected) as problem:
        load(path)
    assert str(problem.value).startswith(f"{path}:3: changes")
