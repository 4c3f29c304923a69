"""Correlations, likeness to oneself and drift, where the truth is planted."""

from __future__ import annotations

import dataclasses
from itertools import pairwise

import numpy as np
import pytest

from analysis.studies.patterns import people
from analysis.studies.patterns.outside import INSIDE, OUTSIDE
from tests.analysis.studies.patterns.planted import LOOKS, residents

TOWNS, N = 40, 60


def towns_of(make, towns=TOWNS):
    return [make(np.random.default_rng(seed)) for seed in range(towns)]


@pytest.fixture(scope="module")
def independent():
    return towns_of(residents)


def line_of(lines, *keys):
    return next(line for line in lines if line.keys == keys)


def test_pearson_from_sums_is_numpys():
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=50), rng.normal(size=50)
    sums = (50, x.sum(), y.sum(), (x * x).sum(), (y * y).sum(), (x * y).sum())
    assert people.pearson(*map(np.float64, sums)) == pytest.approx(np.corrcoef(x, y)[0, 1])


def test_independent_traits_do_not_correlate(independent):
    lines = people.correlations(independent)
    apart = [line for line in lines if line.keys != ("isolation", "distress")]
    assert max(abs(line.found.value) for line in apart) < 4.5 / np.sqrt(TOWNS * N)
    assert all(line.of == TOWNS * N for line in lines)
    missed = sum(not line.found.low <= 0 <= line.found.high for line in lines)
    assert missed <= 0.15 * len(lines)  # 5 % would, and pairs share people


def test_a_planted_correlation_is_found_and_held_against_its_figure():
    def make(rng):
        together, apart = rng.normal(size=(2, N))
        isolation = together
        distress = 0.48 * together + np.sqrt(1 - 0.48**2) * apart
        return residents(rng, N, isolation=np.tile(isolation, (len(LOOKS), 1)), distress=distress)

    line = line_of(people.correlations(towns_of(make)), "isolation", "distress")
    assert line.found.low < 0.48 < line.found.high
    assert line.outside is OUTSIDE["isolation with distress"]
    assert line.word == INSIDE


def test_what_is_the_same_for_everybody_goes_with_nothing():
    towns = towns_of(lambda rng: residents(rng, N, woman=np.ones(N), coping=np.full((len(LOOKS), N), 0.3)), 4)
    named = {name for line in people.correlations(towns) for name in line.keys}
    assert "woman" not in named
    assert "coping" not in named
    assert "stigma" in named
    assert "coping" not in {line.keys[0] for line in people.stability(towns)}
    assert "coping" not in {one.state for one in people.drift(towns)}


def test_measures_begin_with_what_was_asked_and_end_with_set_points():
    names = list(people.measures())
    assert names[: len(people.FIRST)] == list(people.FIRST)
    first = next(k for k, name in enumerate(names) if name.endswith("_set"))
    assert all(name.endswith("_set") for name in names[first:])
    assert all(people.measures().values())


def test_a_state_that_does_not_move_is_perfectly_like_itself_and_noise_is_not():
    def make(rng):
        return residents(rng, N, isolation=rng.normal(size=(len(LOOKS), N)))

    lines = people.stability(towns_of(make))
    assert line_of(lines, "stigma", 52).found.value == pytest.approx(1.0)
    assert abs(line_of(lines, "isolation", 52).found.value) < 0.1
    assert {line.keys[1] for line in lines} == {26, 52, 104}
    assert line_of(lines, "distress", 52).found.value == pytest.approx(1.0)


def test_a_random_walk_toward_its_mean_has_the_correlation_it_should():
    keep = 0.7  # a year

    def make(rng):
        rows = [rng.normal(size=N)]
        for early, late in pairwise(LOOKS):
            r = keep ** ((late - early) / 52)
            rows.append(r * rows[-1] + np.sqrt(1 - r * r) * rng.normal(size=N))
        return residents(rng, N, isolation=np.array(rows))

    lines = people.stability(towns_of(make, 80))
    for weeks in (26, 52, 104):
        assert line_of(lines, "isolation", weeks).found.value == pytest.approx(keep ** (weeks / 52), abs=0.04)
    assert line_of(lines, "isolation", 52).word == INSIDE


def test_people_who_have_left_are_not_looked_at(independent):
    half = np.where(np.arange(N) < N // 2, 60.0, np.inf)
    towns = [dataclasses.replace(town, stays=half) for town in independent[:4]]
    lines = people.stability(towns)
    assert line_of(lines, "stigma", 26).of == 4 * N  # 26 weeks, and 26 more for what is counted
    assert line_of(lines, "stigma", 52).of == 4 * N // 2
    assert people.correlations(towns)[0].of == 4 * N
    assert all(one.mean.runs == 4 * N // 2 for one in people.drift(towns))


def test_stopping_and_starting_are_shares_of_those_who_could():
    # A third has episodes in the first year only, a third in the second only, a third in both.
    def make(rng):
        town = residents(rng, N)
        first, second = np.arange(N) % 3 != 1, np.arange(N) % 3 != 0
        rows = np.array([(week >= 52) * first * 2.0 + (week >= 104) * second * 3.0 for week in LOOKS])
        return dataclasses.replace(town, episodes=rows)

    none, some = people.starting_and_stopping(towns_of(make, 5))
    assert (none.found.value, none.of) == (pytest.approx(0.5), 5 * 2 * N // 3)
    assert (some.found.value, some.of) == (pytest.approx(1.0), 5 * N // 3)


def test_a_planted_drift_is_flagged_and_a_smaller_one_is_not():
    def make(rng):
        years = np.array(LOOKS)[:, None] / 52
        start = rng.uniform(0.2, 0.5, N)
        return residents(rng, N, stigma=start + 0.021 * years, coping=start + 0.019 * years)

    found = people.drift(towns_of(make, 5))
    by_state = {name: [one for one in found if one.state == name] for name in ("stigma", "coping", "isolation")}
    assert [one.week for one in by_state["stigma"]] == [-52, 0, 52, 104, 260, 520]
    assert [one.moves for one in by_state["stigma"]] == [False, True, True, True, True, True]
    assert by_state["stigma"][-1].change.found.value == pytest.approx(0.021)
    assert by_state["stigma"][-1].change.word == "above"
    assert not any(one.moves for one in (*by_state["coping"], *by_state["isolation"]))
    assert by_state["coping"][3].change.word == INSIDE


def test_a_jump_within_a_short_lead_in_is_not_stretched_to_a_year():
    looks = (-8, 0, 52)
    jump = np.array([[0.3], [0.315], [0.315]]) + np.zeros(N)

    towns = towns_of(lambda rng: residents(rng, N, looks=looks, coping=jump + rng.uniform(0, 0.1, N)), 4)
    changes = [one for one in people.drift(towns) if one.state == "coping"][1:]
    assert [one.change.found.value for one in changes] == pytest.approx([0.015, 0.0])


def test_a_short_run_has_fewer_lines():
    short = (0, 26, 52)
    towns = towns_of(lambda rng: residents(rng, N, looks=short), 3)
    lines = people.stability(towns)
    assert {line.keys for line in lines} >= {("stigma", 26), ("distress", 26), ("stigma", 52)}
    assert ("distress", 52) not in {line.keys for line in lines}
    assert people.starting_and_stopping(towns) == []
