"""Arms and their twins: what is lived once, and that nothing of the group reaches a world without one."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from analysis.compare.arms import MATTERS_WITHOUT_GROUP, Arm, arms_of, check_same_people, digest_of, seeds_of
from analysis.compare.comparison import worlds_of
from analysis.compare.outcomes import OUTCOMES
from analysis.compare.panel import STATES, TOTALS
from sim.life import Life
from sim.parameters import PARAMETERS, SECTIONS
from sim.problem import Problem
from sim.scenario import ScenarioError, load
from tests.analysis.small import arm
from tests.builders import SCENARIOS, same_bits, small_values

TINY = {"people__residents": 12, "run__weeks": 60, "run__lead_in_weeks": 4}
ONLY_OF_A_GROUP = [section.name for section in SECTIONS if section.name not in MATTERS_WITHOUT_GROUP]
CHANGED = {"people": "people.isolation_a", "outside": "outside.tell_per_year", "life": "life.distress_sd",
           "episodes": "episodes.coping_protection", "ties": "ties.isolation_per_support",
           "run": "run.seed"}  # fmt: skip


def lived(values):
    """A life without a group, with everybody as they were every four weeks."""
    life = Life({**values, "group.exists": False}, history_every=4)
    life.live()
    return life


def differing(one, other):
    """What differs between two lives of the same people, to the last bit, by name."""
    found = set() if one.world.ties.tobytes() == other.world.ties.tobytes() else {"ties"}
    for name in ("history", "weeks", "traits"):
        mine, theirs = getattr(one, name), getattr(other, name)
        found |= {f for f in mine.dtype.names if mine.shape != theirs.shape or mine[f].tobytes() != theirs[f].tobytes()}
    return found


def anything(p, luck):
    """Some value that a parameter may have, its bounds more often than not."""
    if p.kind is bool:
        return luck.random() < 0.5
    if p.kind is list:
        return sorted(luck.sample(range(7), luck.randint(1, 7)))
    high = min(p.high, 20 * max(float(p.default), 1.0))
    value = luck.choice([p.low, high, luck.uniform(p.low, high)])
    return int(value) if p.kind is int else float(value)


# A world without a group.


@pytest.fixture(scope="module")
def absent():
    values = small_values("groupA", **TINY)
    return values, lived(values)


def test_sections_that_matter_without_a_group_are_sections():
    assert set(CHANGED) == set(MATTERS_WITHOUT_GROUP) - {"mechanisms"}  # which may take a size of any of these away
    assert set(MATTERS_WITHOUT_GROUP) < {section.name for section in SECTIONS}
    assert set(ONLY_OF_A_GROUP) == {
        "group", "meeting", "contact", "joining", "leaving", "organising", "practitioners", "clinician"}  # fmt: skip


@pytest.mark.parametrize("section", ONLY_OF_A_GROUP)
def test_without_a_group_the_other_sections_make_no_difference_to_anybody(absent, section):
    values, life = absent
    luck = random.Random(section)
    mine = [p for p in PARAMETERS.values() if p.section == section and p.dotted != "group.exists"]
    changes = [{p.dotted: anything(p, luck) for p in mine} for _ in range(6)]
    changes += [{p.dotted: anything(p, luck)} for p in mine]
    assert sum(values[name] != value for change in changes for name, value in change.items()) > len(mine)
    for change in changes:
        found = differing(life, lived(values | change))
        # Trust in the group is what one would begin with, there or not; nobody has occasion to show it.
        assert found <= ({"trust"} if "meeting.trust_start" in change else set()), change
        one, other = (Arm("x", "", {**values, "group.exists": False} | more) for more in ({}, change))
        assert one.life_digest == other.life_digest


def test_no_outcome_reads_trust():
    assert all(outcome.state != "trust" for outcome in OUTCOMES)


@pytest.mark.parametrize("section", CHANGED)
def test_without_a_group_the_sections_that_are_kept_apart_do_make_a_difference(absent, section):
    values, life = absent
    name = CHANGED[section]
    change = {name: values[name] * 2 if values[name] < 1 else values[name] + 1}
    assert differing(life, lived(values | change)) & set(STATES + TOTALS)
    if section != "run":
        one, other = (Arm("x", "", {**values, "group.exists": False} | more) for more in ({}, change))
        assert one.life_digest != other.life_digest


def test_with_a_group_every_parameter_makes_another_world():
    one = arm()
    for name, p in PARAMETERS.items():
        if name == "run.seed":
            continue
        old = one.values[name]
        new = not old if p.kind is bool else [6] if p.kind is list else old + 1
        other = Arm("other", "", {**one.values, name: new})
        assert other.life_digest != one.life_digest, name
        assert (other.twin.life_digest != one.twin.life_digest) == (p.section in MATTERS_WITHOUT_GROUP), name


def test_a_digest_knows_neither_seeds_nor_the_order_of_values():
    one = arm()
    turned = dict(reversed(list(one.values.items())))
    assert Arm("x", "", {**turned, "run.seed": 99}).life_digest == one.life_digest
    assert digest_of(one.values, ["run"]) == digest_of({**one.values, "run.seed": 7}, ["run"])


def test_a_twin_is_the_same_town_without_the_group_and_its_own_twin():
    one = arm("groupB")
    assert {name for name in one.values if one.values[name] != one.twin.values[name]} == {"group.exists"}
    assert one.has_group
    assert not one.twin.has_group
    assert one.twin.twin.life_digest == one.twin.life_digest != one.life_digest
    assert one.values["group.exists"] is True, "the arm itself is left as it was"


def test_all_arms_share_one_world_without_a_group():
    arms = [arm(), arm("groupB"), arm("befriending"), arm("absent")]
    worlds = worlds_of(arms)
    assert len(worlds) == 4
    assert sum(not world.has_group for world in worlds.values()) == 1
    assert worlds_of([arm("absent"), arm("absent", group__places=50)]).keys() == {arm().twin.life_digest}


def test_other_outsiders_need_a_twin_of_their_own():
    assert len(worlds_of([arm(), arm(outside__acceptance=0.9)])) == 4


# From scenarios to arms.


def test_arms_have_the_names_titles_and_questions_of_their_scenarios():
    scenarios = [load(SCENARIOS / f"{name}.yaml") for name in ("groupA", "absent")]
    arms = arms_of(scenarios)
    assert [(a.name, a.title, a.question) for a in arms] == [(s.name, s.title, s.question) for s in scenarios]
    assert [a.values for a in arms] == [s.values for s in scenarios]


def test_a_name_that_comes_again_is_numbered():
    scenario = load(SCENARIOS / "groupA.yaml")
    assert [a.name for a in arms_of([scenario] * 3)] == ["groupA", "groupA (2)", "groupA (3)"]


@pytest.mark.parametrize(
    "name", ["people.residents", "people.women", "people.coping_b", "run.weeks", "run.lead_in_weeks"]
)
def test_other_people_or_another_time_are_refused_and_named(name):
    one = arm()
    other = one.with_values("other", "", {name: one.values[name] + (1 if isinstance(one.values[name], int) else 0.125)})
    with pytest.raises(Problem) as problem:
        check_same_people([one, arm("absent"), other])
    text = str(problem.value)
    assert f"other: {name} is {other.values[name]}, but {one.values[name]} in groupA" in text
    assert f"--set {name}=..." in text
    assert "\n" not in text


def test_what_makes_neither_people_nor_time_may_differ():
    free = [p.dotted for p in PARAMETERS.values() if p.section not in ("people", "run")]
    assert len(free) > 80
    one = arm()
    for name in free:
        p = PARAMETERS[name]
        value = not one.values[name] if p.kind is bool else [1] if p.kind is list else p.low
        check_same_people([one, one.with_values("other", "", {name: value})])


@pytest.mark.parametrize("change", [{"outside__tell_per_year": 9.0}, {"life__distress_sd": 2.0}, {"ties__lapse": 0.1}])
def test_arms_that_may_be_compared_have_the_very_same_people(change):
    one, other = (Life(values) for values in (small_values(**TINY), small_values("groupB", **TINY, **change)))
    assert same_bits(one.traits, other.traits)


def test_a_parameter_that_is_none_is_an_error():
    with pytest.raises(ScenarioError, match=r"did you mean group\.acceptance"):
        arm().with_values("x", "", {"group.aceptance": 1.0})


@pytest.mark.parametrize("value", [7.0, "0.2", math.nan, True, None])
def test_a_value_that_is_not_accepted_is_an_error(value):
    with pytest.raises(ScenarioError, match="expected a number from 0 to 1"):
        arm().with_values("x", "", {"group.acceptance": value})


def test_seeds_count_up_from_the_first():
    assert list(seeds_of(5, 3)) == [5, 6, 7]
    assert np.array_equal(list(seeds_of(0, 2)), [0, 1])
