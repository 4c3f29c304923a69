"""A plausible space is read, drawn from and written; what is wrong with a file is said in a line."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.plausible import space as module
from analysis.plausible.space import CENTRE, RECORD, Space, load_space, spaces_shipped
from sim.parameters import PARAMETERS
from sim.problem import Problem

RELIEF, DAYS = "contact.relief", "episodes.support_days"


def some_space(rows=200, account="full", **more):
    chance = np.random.default_rng(1)
    columns = {RELIEF: chance.uniform(*PARAMETERS[RELIEF].plausible, rows), DAYS: chance.integers(1, 6, rows)}
    return Space.of(account, columns, chance.gamma(2.0, size=rows), more)


def test_what_is_written_is_read_again(tmp_path):
    space = some_space(evidence="e1", simulations=7)
    again = load_space(space.write(tmp_path / "full.parquet"))
    assert (again.values == space.values).all()
    assert again.weights == pytest.approx(space.weights, rel=1e-15)
    assert (again.account, again.names) == ("full", (RELIEF, DAYS))
    assert again.record["evidence"] == "e1" and again.record["simulations"] == 7
    assert again.centre == space.centre
    assert len(again.sha256) == 64
    assert pq.read_schema(tmp_path / "full.parquet").field(DAYS).type == pa.int64()
    assert [path.name for path in tmp_path.iterdir()] == ["full.parquet"]


def test_it_is_found_by_the_name_of_its_account(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    assert spaces_shipped() == []
    some_space().write()
    assert spaces_shipped() == ["full"]
    assert load_space("full").rows == 200
    with pytest.raises(Problem, match="found no plausible space of 'first'; there is one of full"):
        load_space("first")


def test_weights_sum_to_one_and_the_centre_is_a_median_unless_it_is_said():
    space = Space.of("full", {RELIEF: [0.1, 0.2, 0.4]}, [1.0, 1.0, 8.0])
    assert space.weights.sum() == pytest.approx(1.0)
    assert space.centre == {RELIEF: 0.4}
    said = Space.of("full", {RELIEF: [0.1, 0.2, 0.4]}, [1.0, 1.0, 8.0], {CENTRE: {RELIEF: 0.3}})
    assert said.centre == {RELIEF: 0.3}


@pytest.mark.parametrize("many", [10, 40, 1000])
def test_a_row_is_drawn_as_often_as_its_weight_asks_for(many):
    space = Space.of("full", {RELIEF: [0.0, 0.1, 0.2, 0.3]}, [0.1, 0.2, 0.3, 0.4])
    counts = np.bincount(space.rows_drawn(many, 3), minlength=4)
    assert np.abs(counts - many * space.weights).max() < 1.0
    assert space.rows_drawn(many, 3) == space.rows_drawn(many, 3)


def test_few_draws_already_stand_for_the_whole():
    space = some_space(2000)
    drawn = [np.mean([draw[RELIEF] for draw in space.draws(20, seed)]) for seed in range(40)]
    alone = [np.random.default_rng(seed).choice(space.values[:, 0], 20, p=space.weights).mean() for seed in range(40)]
    assert np.mean(drawn) == pytest.approx(space.weights @ space.values[:, 0], abs=0.02)
    assert np.std(drawn) < np.std(alone)


def test_draws_are_parameters_as_a_life_takes_them():
    for draw in some_space().draws(5, 1):
        assert type(draw[DAYS]) is int and type(draw[RELIEF]) is float


def test_less_than_one_draw_is_refused():
    with pytest.raises(Problem, match="found 0, expected 1 draw or more"):
        some_space().draws(0, 1)


@pytest.mark.parametrize(
    ("columns", "weights", "said"),
    [
        ({"contact.relieve": [0.1]}, [1.0], "'contact.relieve' is no parameter of this version"),
        ({RELIEF: [0.1, 7.0]}, [1.0, 1.0], "contact.relief, row 2: found 7, expected a number from -1 to 1"),
        ({RELIEF: [0.1, np.nan]}, [1.0, 1.0], "contact.relief, row 2: found nan"),
        ({DAYS: [1.5]}, [1.0], "episodes.support_days, row 1: found 1.5, expected a whole number"),
        ({"run.weeks": [52]}, [1.0], "run.weeks says what is lived"),
        ({"mechanisms.ties": [1]}, [1.0], "mechanisms.ties says what is lived"),
        ({RELIEF: [0.1]}, [0.0], "weight: expected finite numbers of at least 0, one of them above 0"),
        ({RELIEF: [0.1]}, [-1.0], "weight: expected finite numbers"),
        ({RELIEF: [0.1]}, [1.0, 1.0], "contact.relief: found 1 values, expected one for each of 2 weights"),
        ({RELIEF: []}, [], "found 0 rows"),
        ({}, [1.0], "found no parameter"),
    ],
)
def test_what_is_no_space_is_said(columns, weights, said):
    with pytest.raises(Problem) as problem:
        Space.of("full", columns, weights)
    assert said in str(problem.value)
    assert "\n" not in str(problem.value)


def test_bad_files_are_named(tmp_path):
    path = tmp_path / "full.parquet"
    path.write_bytes(b"no table")
    with pytest.raises(Problem, match="cannot be read as a plausible space"):
        load_space(path)
    table = pa.table({RELIEF: [0.1], "weight": [1.0]})
    pq.write_table(table, path)
    with pytest.raises(Problem, match="found no record of what made it"):
        load_space(path)
    for record, said in ((b"{", "not JSON"), (b"{}", "of which account"), (b'{"account": "a", "centre": 3}', "centre")):
        pq.write_table(table.replace_schema_metadata({RECORD: record}), path)
        with pytest.raises(Problem, match=said):
            load_space(path)
    good = {RECORD: json.dumps({"account": "full"}).encode()}
    pq.write_table(pa.table({RELIEF: [0.1]}).replace_schema_metadata(good), path)
    with pytest.raises(Problem, match="no column 'weight'"):
        load_space(path)
    pq.write_table(pa.table({RELIEF: ["much"], "weight": [1.0]}).replace_schema_metadata(good), path)
    with pytest.raises(Problem, match=r"contact\.relief: expected a number in every row"):
        load_space(path)


def test_every_space_that_comes_with_sameboat_can_be_used():
    for account in spaces_shipped():
        space = load_space(account)
        assert space.account == account
        assert space.weights.sum() == pytest.approx(1.0)
