"""Ways of coping as a repertoire: what they come to, which one is turned to, which somebody brings."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.codes import WAYS
from sim.life import Life
from sim.repertoire import chosen_way, repertoire, suits
from tests.builders import small_values, town

PLACES_OF_WAYS = (np.arange(WAYS) + 0.5) / WAYS


def somebody(position=0.5, **skills):
    """One person with these skills, by number of the way as ``_3=0.5``."""
    world = town(1, {"mechanisms.ways": True}, position=position)
    for name, skill in skills.items():
        world.ways[0, int(name[1:])] = skill
    return world


@pytest.mark.parametrize("position", [0.0, 0.3, 0.5, 1.0])
def test_a_way_suits_the_better_the_nearer_its_place(position):
    world = somebody(position)
    assert [suits(world, 0, k) for k in range(WAYS)] == pytest.approx(list(1.0 - np.abs(position - PLACES_OF_WAYS)))
    assert all(0.0 < suits(world, 0, k) <= 1.0 for k in range(WAYS))


def test_ways_add_up_as_chances_do():
    assert repertoire(somebody(), 0) == 0.0
    assert repertoire(somebody(0.4375, _3=1.0), 0) == 1.0
    assert repertoire(somebody(0.4375, _3=0.5), 0) == pytest.approx(0.5)
    assert repertoire(somebody(0.4375, _3=0.5, _5=0.4), 0) == pytest.approx(1.0 - 0.5 * (1.0 - 0.75 * 0.4))


def test_a_better_way_or_one_more_never_comes_to_less():
    world = somebody(0.2, _1=0.3)
    before = repertoire(world, 0)
    for k in range(WAYS):
        world.ways[0, k] = min(1.0, world.ways[0, k] + 0.2)
        assert before < repertoire(world, 0) <= 1.0
        before = repertoire(world, 0)


def test_which_way_is_turned_to_is_in_proportion_to_skill_and_to_how_well_it_suits():
    world = somebody(0.3)
    world.ways[0] = [0.1, 0.9, 0.0, 0.4, 0.0, 0.7, 0.2, 0.0]
    weights = np.array([suits(world, 0, k) * world.ways[0, k] for k in range(WAYS)])
    chosen = np.array([chosen_way(world, 0, (n + 0.5) / 20_000) for n in range(20_000)])
    shares = np.bincount(chosen, minlength=WAYS) / 20_000
    assert shares == pytest.approx(weights / weights.sum(), abs=1e-4)
    assert (np.diff(chosen) >= 0).all()


@pytest.mark.parametrize("u", [1e-300, 0.5, 1.0 - 2.0**-53])
def test_at_the_ends_it_is_a_way_that_is_known_or_none(u):
    assert chosen_way(somebody(), 0, u) == -1
    assert chosen_way(somebody(_4=1e-12), 0, u) == 4
    assert chosen_way(somebody(_0=0.3, _6=0.3), 0, u) == (0 if u < 0.5 else 6)


# What somebody brings.

BRINGING = {"mechanisms__ways": True, "people__residents": 2000, "run__weeks": 1, "run__lead_in_weeks": 0}


@pytest.fixture(scope="module")
def town_of_ways():
    return Life(small_values("base", **BRINGING))


def contributions(life):
    """What each way contributes, suits * skill: float64[n, K]."""
    fits = 1.0 - np.abs(life.traits.position[:, None] - PLACES_OF_WAYS)
    return fits * life.world.ways_set


def test_the_ways_that_somebody_knows_come_to_her_or_his_coping(town_of_ways):
    life = town_of_ways
    capped = (life.world.ways_set >= 1.0).any(axis=1)
    assert life.world.people.coping[~capped] == pytest.approx(life.traits.coping_set[~capped], abs=1e-12)
    assert (life.world.people.coping[capped] <= life.traits.coping_set[capped] + 1e-12).all()
    assert capped.mean() < 0.15
    assert life.world.people.coping == pytest.approx(1.0 - np.prod(1.0 - contributions(life), axis=1))


def test_each_known_way_contributes_alike(town_of_ways):
    parts = contributions(town_of_ways)
    for i in np.flatnonzero(~(town_of_ways.world.ways_set >= 1.0).any(axis=1)):
        known = parts[i][parts[i] > 0.0]
        assert known == pytest.approx(np.full(len(known), known.mean()))


def test_how_many_ways_somebody_knows_is_binomial_and_at_least_one(town_of_ways):
    known = (town_of_ways.world.ways_set > 0.0).sum(axis=1)
    expected = stats.binom(WAYS, town_of_ways.values["people.ways_known"]).pmf(np.arange(WAYS + 1))
    expected[1] += expected[0]
    seen = np.bincount(known, minlength=WAYS + 1)
    assert seen[0] == 0
    # 2,000 people: each count within 5 standard deviations, a false alarm in less than 1 of 10,000 seeds
    assert (np.abs(seen[1:] - 2000 * expected[1:]) < 5 * np.sqrt(2000 * expected[1:]) + 1).all()


def test_who_knows_none_knows_the_one_that_suits_best():
    life = Life(small_values("base", **BRINGING | {"people__residents": 200, "people__ways_known": 0.0}))
    best = np.argmax(1.0 - np.abs(life.traits.position[:, None] - PLACES_OF_WAYS), axis=1)
    assert (life.world.ways_set.argmax(axis=1) == best).all()
    assert ((life.world.ways_set > 0.0).sum(axis=1) == 1).all()


def test_skills_begin_where_they_return_to(town_of_ways):
    assert (town_of_ways.world.ways == town_of_ways.world.ways_set).all()
    assert (town_of_ways.world.ways_set <= 1.0).all()


def test_where_coping_is_a_level_nobody_brings_ways():
    life = Life(small_values("base", **BRINGING | {"mechanisms__ways": False}))
    assert not life.world.ways.any()
    assert not life.world.ways_set.any()
    assert (life.world.people.coping == life.traits.coping_set).all()
