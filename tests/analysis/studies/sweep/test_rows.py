"""The tables of a chunk."""

from __future__ import annotations

import io

import numpy as np
import pyarrow.parquet as pq
import pytest

from analysis.compare.outcomes import OUTCOME_NAMES
from analysis.compare.paired import SUMS, pair
from analysis.compare.panel import live_panel
from analysis.results.arrow import to_numpy
from analysis.studies.sweep import lives as module
from analysis.studies.sweep.lives import Lives
from analysis.studies.sweep.plan import Unit
from analysis.studies.sweep.reading import live_looked
from analysis.studies.sweep.rows import points_table, tables, to_bytes
from tests.analysis.studies.sweep.sweeps import make_sweep

UNITS = [Unit(0, 1), Unit(1, 1), Unit(3, 2)]


@pytest.fixture
def kept(tmp_path):
    return make_sweep(tmp_path, keep=["endpoints", "weeks", "people"])


@pytest.fixture
def made(kept):
    lives = Lives(kept)
    return tables(kept, UNITS, [lives.unit(unit) for unit in UNITS])


def column(table, name):
    return to_numpy(table.column(name))


def where(table, **wanted):
    chosen = np.ones(table.num_rows, bool)
    for name, value in wanted.items():
        chosen &= column(table, name) == value
    return chosen


def test_there_is_a_row_for_each_point_seed_and_arm(made):
    runs = made["runs"]
    assert list(zip(column(runs, "point"), column(runs, "seed"), column(runs, "arm"), strict=True)) == [
        (0, 1, "groupA"), (0, 1, "judging"), (1, 1, "groupA"), (1, 1, "judging"), (3, 2, "groupA"), (3, 2, "judging"),
    ]  # fmt: skip
    assert column(runs, "contact.texts_per_week").tolist() == [0, 0, 0, 0, 3, 3]
    assert made["groups"].num_rows == 6 * 2
    assert made["effects"].num_rows == 6 * 2 * 2 * 2
    assert made["weeks"].num_rows == 6 * 32


def test_effects_are_the_means_of_the_pairs(kept, made):
    values = {**kept.arms[1].values, "episodes.social_influence": 1.0, "contact.texts_per_week": 3.0, "run.seed": 2}
    found = pair(live_panel(values), live_panel({**values, "group.exists": False}), [3, 6])
    sums = dict(zip(SUMS, found.sums[1, 1, OUTCOME_NAMES.index("isolation")], strict=True))
    effects = made["effects"]
    row = where(effects, point=3, seed=2, arm="judging", week=24, population="joined", outcome="isolation")
    assert row.sum() == 1
    assert column(effects, "people")[row] == sums["people"] > 0
    for name in ("life", "twin", "difference"):
        np.testing.assert_allclose(column(effects, name)[row], sums[name] / sums["people"])
    spread = sums["life_squared"] / sums["people"] - (sums["life"] / sums["people"]) ** 2
    np.testing.assert_allclose(column(effects, "life_sd")[row], np.sqrt(spread))
    np.testing.assert_allclose(column(effects, "twin_change")[row], sums["twin_change"] / sums["with_before"])


def test_people_are_those_who_came_with_their_twins(kept, made):
    people = made["people"]
    in_run = where(people, point=3, seed=2, arm="groupA", week=24)
    effects = made["effects"]
    row = where(effects, point=3, seed=2, arm="groupA", week=24, population="joined", outcome="isolation")
    difference = (column(people, "isolation_life") - column(people, "isolation_twin"))[in_run]
    assert in_run.sum() >= column(effects, "people")[row][0] > 0
    np.testing.assert_allclose(np.nanmean(difference), column(effects, "difference")[row][0])


def test_weekly_means_stand_beside_those_of_the_twin(made):
    weeks = made["weeks"]
    for name in ("residents_isolation", "twin_residents_isolation", "members", "open"):
        assert not np.isnan(column(weeks, name)[where(weeks, point=0, seed=1, arm="groupA", week=3)]).any()


def test_every_column_says_its_unit_and_meaning(kept, made):
    for table in (*made.values(), points_table(kept)):
        for field in table.schema:
            assert field.metadata[b"unit"], field.name
            assert field.metadata[b"meaning"], field.name


def test_a_run_that_broke_off_is_a_row_with_its_error_and_its_parameters(sweep, monkeypatch):
    def broken(values, *rest):
        if values["contact.texts_per_week"] == 3.0 and values["group.exists"]:
            raise ZeroDivisionError("no way")
        return live_looked(values, *rest)

    monkeypatch.setattr(module, "live_looked", broken)
    lives = Lives(sweep)
    made = tables(sweep, UNITS, [lives.unit(unit) for unit in UNITS])
    errors = column(made["runs"], "error")
    assert errors.tolist() == [None] * 4 + ["ZeroDivisionError: no way"] * 2
    assert column(made["runs"], "contact.texts_per_week")[errors != None].tolist() == [3.0, 3.0]  # noqa: E711
    assert set(column(made["effects"], "point")) == {0, 1}


def test_a_chunk_in_which_everything_broke_off_can_still_be_written(sweep, monkeypatch):
    def broken(values, *rest):
        raise ZeroDivisionError("no way")

    monkeypatch.setattr(module, "live_looked", broken)
    lives = Lives(sweep)
    for table in tables(sweep, UNITS, [lives.unit(unit) for unit in UNITS]).values():
        assert pq.read_table(io.BytesIO(to_bytes(table))).num_rows == table.num_rows


def test_the_same_table_gives_the_same_bytes(made):
    for table in made.values():
        assert to_bytes(table) == to_bytes(table)
        assert pq.read_table(io.BytesIO(to_bytes(table))).equals(table)


def test_every_column_has_a_unit_and_a_meaning_of_its_own(kept, made):
    for name, table in {**made, "points": points_table(kept)}.items():
        said = [field.metadata for field in table.schema]
        assert all(words[b"unit"] and words[b"meaning"] for words in said), name
        assert len({words[b"meaning"] for words in said}) == len(said), name


def test_no_column_calls_more_or_less_of_something_better(made):
    for table in made.values():
        for field in table.schema:
            meaning = field.metadata[b"meaning"].decode()
            assert not {"hoped", "better", "worse", "gain"} & set(meaning.replace(",", " ").split()), meaning
