import math

import pytest

from sim.purposes import TELL, TELL_ACCEPTED
from sim.rules.tell import be_received, tell
from tests.builders import SOME_WEEK, town, what_changed

OUTSIDE = {
    "outside.tell_per_year": 52.0, "outside.acceptance": 0.4, "outside.support_weight": 0.5, "outside.accepted": 0.1,
    "outside.horrified": 0.2,
}  # fmt: skip


@pytest.mark.parametrize(("stigma", "rate"), [(0.0, 1.0), (0.25, 0.75), (1.0, 0.0)])
def test_the_less_ashamed_the_sooner_one_tells(luck, stigma, rate):
    world = town(1, OUTSIDE)
    world.people[0].stigma = stigma
    tell(world, SOME_WEEK)
    assert luck.chance_of(TELL) == pytest.approx(1.0 - math.exp(-rate))


def test_acceptance_takes_away_shame(luck):
    luck.let(TELL, TELL_ACCEPTED)
    world = town(1, OUTSIDE)
    assert what_changed(world, tell, SOME_WEEK) == {"stigma", "told_outside", "told_accepted"}
    assert world.people[0].stigma == pytest.approx(0.45)


def test_telling_can_backfire(luck):
    luck.let(TELL)
    luck.forbid(TELL_ACCEPTED)
    world = town(1, OUTSIDE)
    assert what_changed(world, tell, SOME_WEEK) == {"stigma", "told_outside"}
    assert world.people[0].stigma == pytest.approx(0.6)


@pytest.mark.parametrize(("weight", "acceptance"), [(0.0, 0.4), (0.5, 0.6), (1.0, 0.8)])
def test_public_attitudes_and_ones_own_people_decide(luck, weight, acceptance):
    luck.let(TELL)
    world = town(1, OUTSIDE | {"outside.support_weight": weight}, outside_support=0.8)
    tell(world, SOME_WEEK)
    assert luck.chance_of(TELL_ACCEPTED) == pytest.approx(acceptance)


def test_openness_that_grows_backfires_where_outsiders_do_not_accept(luck):
    luck.draw(TELL, 0.5)  # told only by those who are open enough
    luck.forbid(TELL_ACCEPTED)
    world = town(2, OUTSIDE)
    world.people.stigma = [0.1, 0.9]
    tell(world, SOME_WEEK)
    assert list(world.people.stigma) == pytest.approx([0.28, 0.9])


def test_those_not_living_tell_nobody(luck):
    luck.let(TELL)
    world = town(1, OUTSIDE)
    world.people[0].living = False
    assert what_changed(world, tell, SOME_WEEK) == set()


# Insight makes open; a horrified look does more than shame.

OPEN = {"mechanisms.openness": True, "outside.openness_from_insight": 0.5}


@pytest.mark.parametrize(("understanding", "rate"), [(0.0, 0.2), (0.5, 0.4), (1.0, 0.6)])
def test_who_understands_hides_less(luck, understanding, rate):
    world = town(1, OUTSIDE | OPEN)
    world.people[0].stigma, world.people[0].understanding = 0.8, understanding
    tell(world, SOME_WEEK)
    assert luck.chance_of(TELL) == pytest.approx(1.0 - math.exp(-rate))  # 1 - 0.8 (1 - 0.5 U)


def test_openness_can_be_switched_off(luck):
    world = town(1, OUTSIDE | OPEN | {"mechanisms.openness": False})
    world.people[0].stigma, world.people[0].understanding = 0.8, 1.0
    tell(world, SOME_WEEK)
    assert luck.chance_of(TELL) == pytest.approx(1.0 - math.exp(-0.2))


HORROR = {"outside.sets_apart": 0.3, "outside.label_hurt": 0.4}


@pytest.mark.parametrize(("alike", "labels"), [(True, True), (True, False), (False, True), (False, False)])
def test_a_horrified_look_sets_apart_and_hurts_where_that_is_switched_on(luck, alike, labels):
    luck.let(TELL)
    luck.forbid(TELL_ACCEPTED)
    world = town(1, OUTSIDE | HORROR | {"mechanisms.alike": alike, "mechanisms.labels": labels})
    world.people.difference, world.people.label_hurt = 0.5, 0.5
    tell(world, SOME_WEEK)
    me = world.people[0]
    assert me.difference == pytest.approx(0.65 if alike else 0.5)
    assert me.label_hurt == pytest.approx(0.7 if labels else 0.5)
    assert me.stigma == pytest.approx(0.6)


def test_acceptance_sets_nobody_apart(luck):
    luck.let(TELL, TELL_ACCEPTED)
    world = town(1, OUTSIDE | HORROR | {"mechanisms.alike": True, "mechanisms.labels": True})
    assert what_changed(world, tell, SOME_WEEK) == {"stigma", "told_outside", "told_accepted"}


@pytest.mark.parametrize("accepted", [True, False])
def test_how_it_is_received_is_said(luck, accepted):
    (luck.let if accepted else luck.forbid)(TELL_ACCEPTED)
    world = town(2, OUTSIDE)
    assert be_received(world, 0, 7 * SOME_WEEK, TELL_ACCEPTED) == accepted
    assert list(world.people.stigma) == pytest.approx([0.45 if accepted else 0.6, 0.5])
