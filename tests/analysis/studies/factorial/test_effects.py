"""Effects: exactly zero where nothing differs, found where they were planted, and parts that sum to the whole."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from analysis.compare.estimate import bootstrap
from analysis.studies.factorial.design import Factor, cells_of, split_of
from analysis.studies.factorial.effects import effects_of, surely
from analysis.studies.factorial.lives import JOINED, READINGS, REGULARS, SAME, Lived, place_of
from tests.analysis.studies.factorial.written import factor, small_study

ISOLATION = place_of(SAME, "isolation")
THREE = [Factor(name, f"{name}?", {"no": {}, "yes": {}}) for name in ("a", "b", "c")]


def planted(mean_of_cell, runs=12, noise=0.0, people=10.0):
    """Towns whose cells have given means, and what a town has in common in all its cells."""
    luck = np.random.default_rng(7)
    shape = (runs, len(cells_of(THREE)), len(READINGS))
    of_town, of_cell = luck.normal(size=(runs, 1, 1)), noise * luck.normal(size=shape)
    mean = np.array([mean_of_cell(*cell) for cell in cells_of(THREE)])[None, :, None]
    count = np.full(shape, people)
    return Lived(count, count * (mean + of_town + of_cell))


def test_where_all_levels_are_equal_every_effect_is_exactly_zero(tmp_path):
    same = {"a": factor(x={"group.places": 10}, y={"group.places": 10}),
            "b": factor(x={"group.phone_line": True}, y={"group.phone_line": True}),
            "c": factor(x={"group.meal_hours": 0.5}, y={"group.meal_hours": 0.5})}  # fmt: skip
    found = small_study(tmp_path, same, runs=3).live()
    effects = found.effects
    assert np.any(effects.cells[0].value[: place_of(SAME, "told_outside")] != 0.0)
    for _, of in (*effects.mains, *effects.pairs):
        assert np.all(of.value[~np.isnan(of.value)] == 0.0)
        assert np.all(of.low[~np.isnan(of.low)] == 0.0)
        assert np.all(of.high[~np.isnan(of.high)] == 0.0)
    assert np.all(np.isnan(effects.rest_share.value)), "no share of nothing"


def test_an_effect_planted_in_one_factor_is_found_there_and_nowhere_else():
    effects = effects_of(planted(lambda a, b, c: 0.3 * b), THREE)
    sizes = {effect.name: of.value for effect, of in (*effects.mains, *effects.pairs)}
    assert sizes["b"] == pytest.approx(0.3)
    for name in sizes.keys() - {"b"}:
        assert sizes[name] == pytest.approx(0.0, abs=1e-12), name
    assert effects.shares[1].value == pytest.approx(1.0)
    assert effects.rest_share.value == pytest.approx(0.0, abs=1e-12)


def test_an_effect_planted_in_lives_is_found_there_and_nowhere_else(tmp_path):
    factors = {"placebo": factor(a={"group.places": 10}, b={"group.places": 10}),
               "company": factor(a={"ties.isolation_per_tie": 0.0}, b={"ties.isolation_per_tie": 0.5}),
               "nothing": factor(a={"group.labelling": 0.0}, b={"group.labelling": 0.0})}  # fmt: skip
    effects = small_study(tmp_path, factors).live().effects
    sizes = {effect.name: of for effect, of in (*effects.mains, *effects.pairs)}
    assert sizes["company"].high[ISOLATION] < 0
    assert sizes["company"].value == pytest.approx(effects.whole.value, nan_ok=True)
    for name in sizes.keys() - {"company"}:
        assert np.nan_to_num(sizes[name].value) == pytest.approx(0.0, abs=1e-12), name


def test_an_interaction_that_was_planted_is_found_as_one():
    effects = effects_of(planted(lambda a, b, c: a + 2.0 * a * c), THREE)
    sizes = {effect.name: of.value[0] for effect, of in (*effects.mains, *effects.pairs)}
    expected = {"a": 2.0, "b": 0.0, "c": 1.0, "a x b": 0.0, "a x c": 1.0, "b x c": 0.0}
    assert sizes == {name: pytest.approx(value, abs=1e-12) for name, value in expected.items()}


def test_parts_and_rest_sum_exactly_to_the_difference(small):
    effects = small[1].effects
    summed = sum(part.value for part in effects.parts) + effects.rest.value
    known = ~np.isnan(effects.whole.value)
    assert known.sum() > len(READINGS) / 2
    assert summed[known] == pytest.approx(effects.whole.value[known], abs=1e-12)
    assert effects.whole.value[known] == pytest.approx((effects.cells[-1].value - effects.cells[0].value)[known])
    shares = sum(share.value for share in effects.shares) + effects.rest_share.value
    assert shares[~np.isnan(shares)] == pytest.approx(1.0)


def test_no_share_is_given_where_the_difference_may_be_zero():
    effects = effects_of(planted(lambda a, b, c: 0.05 * b, noise=1.0), THREE)
    maybe = ~surely(effects.whole)
    assert maybe.any()
    for share in (*effects.shares, effects.rest_share):
        for ends in (share.value, share.low, share.high):
            assert np.all(np.isnan(ends[maybe]))
            assert not np.any(np.isnan(ends[~maybe]))


def test_what_a_town_has_in_common_in_all_cells_cancels():
    effects = effects_of(planted(lambda a, b, c: 0.3 * b, noise=0.01), THREE)
    wide = effects.cells[0].high - effects.cells[0].low
    narrow = effects.parts[1].high - effects.parts[1].low
    assert np.all(narrow < wide / 20)
    assert np.mean((effects.parts[1].low < 0.3) & (effects.parts[1].high > 0.3)) > 0.8


def test_intervals_are_those_of_the_bootstrap_of_this_house():
    lived = planted(lambda a, b, c: 0.3 * b, noise=0.5)
    weights = split_of(THREE).whole.weights
    found = effects_of(lived, THREE).whole
    one = bootstrap(
        lambda t0, n0, t1, n1: t1 / n1 - t0 / n0,
        lived.total[:, 0, 3], lived.count[:, 0, 3], lived.total[:, -1, 3], lived.count[:, -1, 3],
    )  # fmt: skip
    assert weights[[0, -1]].tolist() == [-1, 1]
    assert found.value[3] == pytest.approx(one.value)
    assert (found.low[3], found.high[3]) == pytest.approx((one.low, one.high), abs=0.1)


def test_a_cell_with_hardly_anybody_gives_no_interval_and_one_with_nobody_no_value():
    lived = planted(lambda a, b, c: 0.3 * b, noise=0.5)
    joined, regulars = place_of(JOINED, "isolation"), place_of(REGULARS, "isolation")
    count, total = lived.count.copy(), lived.total.copy()
    count[2:, 0, joined] = total[2:, 0, joined] = 0.0
    count[:, 0, regulars] = total[:, 0, regulars] = 0.0
    whole = effects_of(dataclasses.replace(lived, count=count, total=total), THREE).whole
    assert not np.isnan(whole.value[joined])
    assert np.isnan([whole.low[joined], whole.high[joined], whole.value[regulars]]).all()
    assert not np.isnan(whole.low[ISOLATION])


def test_a_mechanism_that_is_switched_off_can_be_a_level(tmp_path):
    factors = {"calls": factor(on={"mechanisms.calls": True}, off={"mechanisms.calls": False}),
               "placebo": factor(a={"group.places": 10}, b={"group.places": 10})}  # fmt: skip
    effects = small_study(tmp_path, factors, runs=3).live().effects
    sizes = {effect.name: of.value for effect, of in effects.mains}
    assert sizes["calls"][place_of(SAME, "distress")] > 0
    assert np.all(np.nan_to_num(sizes["placebo"]) == pytest.approx(0.0, abs=1e-12))
