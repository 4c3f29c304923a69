"""What is lived, in which order, in which pieces."""

from __future__ import annotations

import dataclasses
import json

import pytest

from analysis.studies.sweep import plan
from analysis.studies.sweep.plan import Unit
from tests.analysis.studies.sweep.sweeps import make_sweep
from tests.builders import SCENARIOS


def test_units_go_seed_by_seed_over_all_points(sweep):
    assert [sweep.unit(k) for k in range(5)] == [Unit(0, 1), Unit(1, 1), Unit(2, 1), Unit(3, 1), Unit(0, 2)]
    assert sweep.unit(sweep.units - 1) == Unit(3, 6)


def test_seeds_are_the_same_at_every_point(sweep):
    seeds = {point: set() for point in range(4)}
    for k in range(sweep.units):
        seeds[sweep.unit(k).point].add(sweep.unit(k).seed)
    assert set(map(frozenset, seeds.values())) == {frozenset(range(1, 7))}


def test_chunks_hold_every_unit_once(sweep):
    units = [unit for chunk in sweep.chunks for unit in sweep.units_of(chunk)]
    assert units == [sweep.unit(k) for k in range(sweep.units)]
    assert len({chunk.id for chunk in sweep.chunks}) == len(sweep.chunks) > 3


def test_chunks_stay_small_in_a_large_sweep(sweep):
    large = dataclasses.replace(sweep, seeds=range(1, 1_000_001))
    assert max(chunk.stop - chunk.start for chunk in large.chunks) * len(large.arms) <= plan.MOST_IN_CHUNK


CHANGES = {
    "a value": {"set": {"people.residents": 13, "run.lead_in_weeks": 4, "run.weeks": 32}},
    "a point": {"vary": {"contact.texts_per_week": {"values": [0, 2]}}},
    "a seed": {"seeds": {"first": 2, "count": 6}},
    "more seeds": {"seeds": 7},
    "an outcome": {"outcomes": ["isolation"]},
    "what is kept": {"keep": ["weeks"]},
    "an arm's name": {"arms": {"A": str(SCENARIOS / "groupA.yaml"), "judging": str(SCENARIOS / "judging.yaml")}},
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changes_the_results_changes_every_chunk(tmp_path, sweep, what):
    other = make_sweep(tmp_path, **CHANGES[what])
    assert other.digest != sweep.digest
    assert not {chunk.id for chunk in other.chunks} & {chunk.id for chunk in sweep.chunks}


def test_another_version_of_the_code_changes_every_chunk(tmp_path, sweep, monkeypatch):
    chunks = {chunk.id for chunk in sweep.chunks}
    monkeypatch.setattr(plan, "code_digest", lambda: "other code")
    assert not {chunk.id for chunk in make_sweep(tmp_path).chunks} & chunks


def test_title_question_and_place_of_the_file_change_nothing(tmp_path, sweep):
    (tmp_path / "elsewhere").mkdir()
    named = {name: {"scenario": str(SCENARIOS / f"{name}.yaml"), "title": "Other"} for name in ("groupA", "judging")}
    other = make_sweep(tmp_path / "elsewhere", title="Another title", question="Why?", arms=named)
    assert other.digest == sweep.digest
    assert str(tmp_path) not in json.dumps(other.design())


def test_lives_are_counted_with_twins_that_points_share(tmp_path):
    # Texts do not matter without a group: one twin. Social influence is of "episodes", which are lived there too.
    one = make_sweep(tmp_path, vary={"contact.texts_per_week": {"values": [0, 1, 3]}})
    assert one.lives_per_seed == 3 * 2 + 1
    other = make_sweep(tmp_path, vary={"episodes.social_influence": {"values": [0, 0.5, 1]}})
    assert other.lives_per_seed == 3 * 2 + 3
