"""The table of people for every so many weeks: nothing counted is lost, and states are those of its last week."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.results.arrow import to_numpy
from analysis.results.columns import differing_columns
from analysis.studies.run.spaced import every_so_many
from analysis.studies.run.study import RunStudy
from analysis.studies.run.tables import STATES
from sim.problem import Problem
from tests.analysis.lives import scenario


@pytest.fixture(scope="module")
def people():
    """Everybody, week by week, in a town that people move to and away from."""
    return RunStudy.of(scenario("groupB", people__mean_stay_years=0.5)).live().people


def columns(table):
    return {name: to_numpy(table.column(name)) for name in table.column_names}


@pytest.mark.parametrize("every", [1, 4, 7, 30, 5200])
def test_what_is_counted_adds_up_to_the_same(people, every):
    weekly, spaced = columns(people), columns(every_so_many(people, every))
    assert spaced["weeks"].sum() == len(weekly["week"])
    for name in weekly:
        if name.endswith("_this_week") and not name.startswith("distress"):
            instead = spaced[name.replace("_this_week", "_these_weeks")]
            assert np.nansum(instead) == np.nansum(weekly[name]), name
    mean = spaced["distress_these_weeks"] * spaced["weeks"]
    assert mean.sum() == pytest.approx(weekly["distress_this_week"].sum())


def test_a_row_is_as_its_person_is_in_the_last_of_its_weeks(people):
    weekly, spaced = columns(people), columns(every_so_many(people, 4))
    row = {pair: k for k, pair in enumerate(zip(weekly["id"], weekly["week"], strict=True))}
    at = np.array([row[pair] for pair in zip(spaced["id"], spaced["week"], strict=True)])
    for name in (*STATES, "status"):
        assert np.array_equal(spaced[name], weekly[name][at]), name
    blocks = list(zip(spaced["week"] // 4, spaced["id"], strict=True))
    assert blocks == sorted(set(blocks))
    stayed = spaced["weeks"] == 4
    assert (spaced["week"][stayed] % 4 == 3).all()
    assert (~stayed & (spaced["week"] >= 0) & (spaced["week"] < 28)).any(), "nobody came or moved away in between"


def test_the_baseline_stays_as_it_is(people):
    weekly, spaced = columns(people), columns(every_so_many(people, 4))
    before, after = weekly["week"] == -1, spaced["week"] == -1
    assert np.array_equal(weekly["id"][before], spaced["id"][after])
    assert np.isnan(spaced["texts_these_weeks"][after]).all()
    assert not np.isnan(spaced["texts_these_weeks"][~after]).any()
    assert np.array_equal(spaced["distress_these_weeks"][after], weekly["distress_this_week"][before])


def test_every_column_says_what_it_is_of(people):
    table = every_so_many(people, 4)
    for field in table.schema:
        assert field.metadata[b"unit"]
        assert b"this week" not in field.metadata[b"unit"]
    assert table.schema.field("texts_these_weeks").type == people.schema.field("texts_this_week").type


def test_figures_and_summary_look_at_every_week_all_the_same():
    run = RunStudy.of(scenario(), every=4).live()
    assert run.summary() == RunStudy.of(scenario()).live().summary()
    assert run.tables["people"].num_rows < run.people.num_rows / 3
    assert differing_columns(run.tables["people"], every_so_many(run.people, 4)) == []


@pytest.mark.parametrize("settings", [{"every": 0}, {"every": "4"}, {"every": True}, {"contacts": 1}], ids=str)
def test_a_setting_of_a_record_that_somebody_edited_is_refused(settings):
    study = RunStudy.of(scenario(run__weeks=1))
    study.settings = settings
    with pytest.raises(Problem, match=r"expected (a whole number of weeks|true or false)"):
        study.live()
