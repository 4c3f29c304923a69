import pytest

from sim.purposes import FOUND_OUT, FOUND_OUT_ACCEPTED
from sim.rules.discover import discover
from tests.builders import SOME_WEEK, town, what_changed

OUTSIDE = {
    "mechanisms.found_out": True, "mechanisms.labels": True, "mechanisms.alike": True, "outside.found_out_prob": 0.1,
    "outside.acceptance": 0.4, "outside.support_weight": 0.5, "outside.accepted": 0.1, "outside.horrified": 0.2,
    "outside.sets_apart": 0.3, "outside.label_hurt": 0.4,
}  # fmt: skip


def a_week_with(episodes=1, parameters=None, people=1, **traits):
    world = town(people, OUTSIDE | (parameters or {}), **traits)
    world.people[0].episodes_this_week = episodes
    return world


@pytest.mark.parametrize(("episodes", "prob"), [(1, 0.1), (2, 0.19), (3, 0.271)])
def test_each_episode_may_be_noticed(luck, episodes, prob):
    discover(a_week_with(episodes), SOME_WEEK)
    assert luck.chance_of(FOUND_OUT) == pytest.approx(prob)


def test_somebody_may_be_accepting(luck):
    luck.let(FOUND_OUT, FOUND_OUT_ACCEPTED)
    world = a_week_with(people=2, outside_support=0.8)
    assert what_changed(world, discover, SOME_WEEK) == {"stigma", "found_out"}
    assert list(world.people.stigma) == pytest.approx([0.45, 0.5])  # to 0 by a tenth
    assert luck.chance_of(FOUND_OUT_ACCEPTED) == pytest.approx(0.6)  # half of 0.4, half of 0.8
    assert list(world.people.found_out) == [1, 0]


def test_a_horrified_look_shames_sets_apart_and_labels(luck):
    luck.let(FOUND_OUT)
    luck.forbid(FOUND_OUT_ACCEPTED)
    world = a_week_with(people=2)
    assert what_changed(world, discover, SOME_WEEK) == {"stigma", "difference", "label_hurt", "found_out"}
    me = world.people[0]
    assert (me.stigma, me.difference, me.label_hurt) == pytest.approx((0.6, 0.3, 0.4))
    assert (me.told_outside, me.told_accepted) == (0, 0)  # it was not told


@pytest.mark.parametrize("mechanism", ["labels", "alike"])
def test_what_it_does_beside_shame_can_be_switched_off(luck, mechanism):
    luck.let(FOUND_OUT)
    luck.forbid(FOUND_OUT_ACCEPTED)
    gone = {"labels": "label_hurt", "alike": "difference"}[mechanism]
    world = a_week_with(parameters={f"mechanisms.{mechanism}": False})
    expected = {"stigma", "difference", "label_hurt", "found_out"} - {gone}
    assert what_changed(world, discover, SOME_WEEK) == expected


@pytest.mark.parametrize("why", ["no episode", "not living", "switched off", "never noticed"])
def test_nobody_is_found_out(luck, why):
    luck.let(FOUND_OUT)
    off = {"mechanisms.found_out": why != "switched off"}
    world = a_week_with(int(why != "no episode"), off | ({"outside.found_out_prob": 0.0} if why[:5] == "never" else {}))
    world.people[0].living = why != "not living"
    assert what_changed(world, discover, SOME_WEEK) == set()


def test_with_certainty_one_is_noticed_however_many():
    world = a_week_with(9, {"outside.found_out_prob": 1.0})
    discover(world, SOME_WEEK)
    assert world.people[0].found_out == 1
