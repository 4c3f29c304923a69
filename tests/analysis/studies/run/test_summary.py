"""The summary: what happened in plain and kind words, with no claim that one run cannot make."""

from __future__ import annotations

import dataclasses
import re
import warnings

import numpy as np
import pytest

from analysis.results.arrow import to_numpy
from analysis.studies.run.summary import WIDTH, summarise
from analysis.words.care import NOBODY, SUPPORT
from tests.analysis.lives import LIVES, titled, unkind_words


@pytest.fixture
def said(lived):
    """The summary of a short life, as one line of words."""

    def words(name):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return " ".join(summarise(lived(name)).split())

    return words


@pytest.mark.parametrize("name", LIVES)
def test_every_life_is_summed_up_in_a_few_lines(lived, name):
    text = summarise(lived(name))
    lines = text.splitlines()
    assert text.endswith("\n")
    assert 8 <= len(lines) <= 32
    assert all(len(line) <= WIDTH for line in lines[1:])
    assert "nan" not in text.lower().split()
    assert "None" not in text
    assert re.search(r"\b1 (people|members|weeks|years)\b", text) is None
    assert re.search(r"\b([02-9]|\d\d+) (person|member|week|year)\b", text) is None


@pytest.mark.parametrize("name", LIVES)
def test_every_summary_speaks_of_people_kindly(said, name):
    words = said(name)
    assert unkind_words(words) == []
    assert "effect of the group" in words
    assert "One run is one story" in words


@pytest.mark.parametrize("name", LIVES)
def test_every_summary_ends_with_care_and_where_to_find_support(said, name):
    words = said(name)
    assert words.rstrip().endswith(f"{NOBODY} {SUPPORT}")
    assert words.index("Samaritans") > words.index("One run is one story")


@pytest.mark.parametrize("name", LIVES)
def test_episodes_are_never_counted_alone(said, name):
    words = said(name)
    assert "Episodes, beside coping, distress and isolation" in words
    for episodes in re.findall(r"[\d.]+ a year each, with ([^;]*)", words):
        assert re.match(r"coping \d\.\d\d, distress \d\.\d\d, isolation \d\.\d\d", episodes)
    assert "few or none is not the same as being well" in words
    assert "got through without an episode" in words or "hard days" in words.lower()


def test_the_first_line_says_scenario_seed_and_length(said):
    assert said("a group").startswith("Group A: member-led from the start, women only, weekly (seed 1, 30 weeks)")
    assert "(seed 1, 1 week)" in said("one week")


def test_numbers_are_those_of_the_tables(lived, said):
    run = lived("meals and a phone line")
    words, weeks = said("meals and a phone line"), run.tables["weeks"]
    members = weeks.column("members").to_pylist()
    assert f"At the end there were {members[-1]} members" in words
    residents = to_numpy(weeks.column("residents")).astype(float)
    days = to_numpy(weeks.column("residents_hard_days")) * residents
    assert f"all residents {days.sum() / residents.sum() * 52:.0f} a year each" in words
    came = {
        who
        for who, status in zip(
            run.tables["people"].column("id").to_pylist(),
            run.tables["people"].column("status").to_pylist(),
            strict=True,
        )
        if status in ("member", "former member")
    }
    assert f"{len(came)} people ever came" in words


def test_a_world_without_a_group_says_so(said):
    words = said("no group")
    assert "There was no group in this world." in words
    assert "members" not in words
    assert "ever came" not in words


def test_a_group_that_closed_says_when_and_why(lived, said):
    story = lived("a group that closes early").tables["story"]
    closed = story.column("event").to_pylist().index("the group closed")
    week, reason = story.column("week")[closed].as_py(), story.column("reason")[closed].as_py()
    words = said("a group that closes early")
    assert f"The group lived for {week} weeks and closed ({reason})." in words
    assert "At its largest it had" in words
    assert "the last with members" in words


def test_a_group_that_goes_on_says_so(said):
    assert "The group was still meeting after 30 weeks." in said("a group")
    assert "The group was still meeting after 1 week." in said("one week")


def test_a_title_with_odd_letters_stays_on_its_line(run):
    first = summarise(titled(run, "a\nb\tc \x1b[2J \ud800 {x} %")).splitlines()[0]
    assert first == "a b c ?[2J ? {x} % (seed 1, 30 weeks)"


def test_without_a_title_the_name_stands_there(run):
    assert summarise(titled(run, "")).startswith("groupA (seed 1")


def test_a_life_without_hard_days_can_be_summed_up(run):
    weeks = run.tables["weeks"]
    for name in ("hard_days", "hard_days_through", "episodes"):
        for whom in ("members", "residents"):
            place = weeks.schema.get_field_index(f"{whom}_{name}")
            weeks = weeks.set_column(place, weeks.schema.field(place), [np.zeros(30)])
    words = " ".join(summarise(dataclasses.replace(run, tables=run.tables | {"weeks": weeks})).split())
    assert "all residents 0 a year each" in words
