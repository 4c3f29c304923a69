"""A number for each point of a sweep."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from analysis.studies.sensitivity.bins import pooled_in, pooled_in_two
from analysis.studies.sensitivity.response import PointReading, pooled, reading_of, respond
from analysis.studies.sensitivity.share import Threshold
from analysis.studies.sensitivity.words import in_short
from sim.problem import Problem
from tests.analysis.studies.sensitivity.known import analysed, swept

READING = PointReading("function", "isolation", "joined", 24)
GRID = {"contact.relief": {"values": [0.1, 0.2, 0.3]}, "group.regular": {"values": [True, False]}}


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    def function(values, seed):
        if values["contact.relief"] == 0.3 and not values["group.regular"]:
            return None if seed < 4 else "broken: off"
        return 10 * values["contact.relief"] + values["group.regular"] + 0.01 * seed

    return swept(tmp_path_factory.mktemp("grid"), function, GRID, seeds=5)


def test_people_weigh_alike_whatever_run_they_lived_in(results):
    found = respond(results, READING)
    seeds = np.arange(1, 6)
    luck = (0.01 * seeds * (2 + seeds)).sum() / (2 + seeds).sum()
    np.testing.assert_allclose(found.values[:5], np.array([2.0, 1.0, 3.0, 2.0, 4.0]) + luck)
    assert np.isnan(found.values[5])
    assert found.seeds == 5
    assert found.broken_off == 2


def test_the_three_figures_come_together(results):
    three = respond(results, READING).three
    np.testing.assert_allclose(three["twin_change"][:5], 0.5)
    np.testing.assert_allclose((three["life_change"] - three["twin_change"])[:5], three["difference"][:5])


def test_a_measure_of_the_group_is_a_mean_over_seeds_and_has_no_twin(results):
    found = respond(results, PointReading("function", "open", "", 24))
    np.testing.assert_allclose(found.values[:5], 3 / 5)
    assert found.three == {}


def test_the_error_is_that_of_a_mean_where_all_towns_are_alike():
    totals = np.random.default_rng(1).normal(size=(4, 30))
    mean, error = pooled(np.full((4, 30), 1.0), totals)
    np.testing.assert_allclose(mean, totals.mean(axis=1))
    np.testing.assert_allclose(error, stats.sem(totals, axis=1))
    assert np.isnan(pooled(np.ones((2, 1)), np.ones((2, 1)))[1]).all()


def test_the_error_covers_the_truth_as_often_as_it_says():
    # 400 points of 40 seeds: at 95 % coverage, fewer than 360 inside would be a false alarm of less than 1 in 10,000.
    rng = np.random.default_rng(2)
    counts = rng.poisson(8, (400, 40)) + 1.0
    totals = counts * (0.3 + rng.normal(0, 0.5, (400, 40)))
    mean, error = pooled(counts, totals)
    assert 360 <= (np.abs(mean - 0.3) < 1.96 * error).sum() <= 396


def test_along_one_parameter_everything_else_is_pooled(results):
    found = respond(results, READING)
    along = pooled_in(found, "group.regular", "difference", samples=False)
    assert along.words == ["yes", "no"]
    people = sum(2 + seed for seed in range(1, 6))
    luck = sum(0.01 * seed * (2 + seed) for seed in range(1, 6)) / people
    np.testing.assert_allclose(along.mean, [3.0 + luck, 1.5 + luck])
    x, y, grid = pooled_in_two(found, "contact.relief", "group.regular", "difference", samples=False)
    assert x.at.tolist() == [0.1, 0.2, 0.3]
    assert y.words == ["yes", "no"]
    np.testing.assert_allclose(grid[0], np.array([2.0, 3.0, 4.0]) + luck)
    assert np.isnan(grid[1, 2])


def test_many_values_are_put_into_bins_of_as_many_points(tmp_path):
    results = swept(tmp_path, lambda values, seed: values["contact.relief"], {"contact.relief": {"range": [0, 0.4]}},
                    design={"kind": "latin", "points": 80}, seeds=2)  # fmt: skip
    along = pooled_in(respond(results, READING), "contact.relief", "difference", samples=True)
    assert len(along.at) == 8
    np.testing.assert_allclose(along.mean, along.at, atol=1e-12)
    assert (along.error > 0).all()


def test_what_is_read_can_be_chosen_among_what_is_there(results):
    assert reading_of(results, None, None, None, None) == READING
    assert reading_of(results, None, "members", None, 0.25) == PointReading("function", "members", "", 12)
    for wanted, words in (
        (("nobody", None, None, None), "--arm: found 'nobody'; this sweep holds function"),
        ((None, "stigma", None, None), "--outcome: found 'stigma'"),
        ((None, None, "regulars", None), "--population: found 'regulars'; this sweep holds joined"),
        ((None, None, None, 3.0), "--year: found 3; this sweep looked after 0.231, 0.462 years"),
    ):
        with pytest.raises(Problem, match=words):
            reading_of(results, *wanted)


def test_what_seeds_move_everywhere_alike_is_no_luck_between_points(tmp_path):
    noise = np.random.default_rng(4).normal(0, 1.0, 200)
    results = swept(
        tmp_path,
        lambda values, seed: 0.05 * values["contact.relief"] + noise[seed],
        {"contact.relief": {"range": [0, 1]}},
        design={"kind": "latin", "points": 16},
        seeds=8,
    )
    response = respond(results, READING)
    assert response.errors.min() > 10 * response.values.std()  # each point alone is uncertain
    assert response.share_of_luck == pytest.approx(0.0, abs=1e-12)


def test_luck_is_told_from_what_parameters_do(tmp_path):
    rng = np.random.default_rng(3)
    noise = rng.normal(0, 1.0, (1000, 200))

    def function(values, seed):
        return values["contact.relief"] * 0 + noise[int(values["contact.relief"] * 999), seed]

    results = swept(
        tmp_path, function, {"contact.relief": {"range": [0, 1]}}, design={"kind": "latin", "points": 64}, seeds=8
    )
    assert respond(results, READING).share_of_luck > 0.6  # all of it is; estimated from 64 points


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.9, "Too much of that is luck"), (0.1, "Means differ most along"), (math.nan, "Means differ most along")],
)
def test_a_grid_is_not_ranked_by_luck(results, share, said, monkeypatch):
    done = analysed(results, READING, Threshold(0.0, above=True))
    monkeypatch.setattr(type(done.response), "share_of_luck", share)
    assert said in " ".join(in_short(done))


def test_the_summary_has_no_line_that_a_terminal_breaks(results):
    done = analysed(results, READING, Threshold(0.0, above=True))
    assert max(map(len, done.summary().splitlines())) <= 110
