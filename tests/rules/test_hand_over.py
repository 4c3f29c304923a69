import math

import pytest

from sim.purposes import CLINICIAN_LEAVES
from sim.rules.hand_over import hand_over
from sim.state import CLINICIAN_LEFT, FORMER, HANDED_OVER
from tests.builders import group_of, story, what_changed

PLAN = {
    "organising.handover": True, "organising.handover_week": 104, "organising.clinician_leaves_per_year": 5.2,
}  # fmt: skip


def led_by_a_clinician(parameters=None, opening=0):
    world = group_of(2, PLAN | (parameters or {}))
    world.group[0].clinician, world.group[0].opening_week = True, opening
    return world


def test_the_clinician_hands_over_after_so_many_weeks(luck):
    luck.forbid(CLINICIAN_LEAVES)
    world = led_by_a_clinician(opening=10)
    hand_over(world, 113)
    assert world.group[0].clinician
    assert what_changed(world, hand_over, 114) == {"group.clinician"}
    assert story(world) == [(HANDED_OVER, -1, 0)]


def test_before_that_the_post_may_end(luck):
    luck.let(CLINICIAN_LEAVES)
    world = led_by_a_clinician()
    hand_over(world, 50)
    assert luck.chance_of(CLINICIAN_LEAVES) == pytest.approx(1.0 - math.exp(-0.1))
    assert not world.group[0].clinician
    assert story(world) == [(CLINICIAN_LEFT, -1, 0)]


def test_a_clinician_who_prepares_nobody_stays_until_the_post_ends(luck):
    luck.forbid(CLINICIAN_LEAVES)
    world = led_by_a_clinician({"organising.handover": False})
    hand_over(world, 500)
    assert world.group[0].clinician
    luck.let(CLINICIAN_LEAVES)
    hand_over(world, 501)
    assert story(world) == [(CLINICIAN_LEFT, -1, 0)]


@pytest.mark.parametrize("why", ["closed", "member-led"])
def test_there_is_nothing_to_hand_over(luck, why):
    luck.let(CLINICIAN_LEAVES)
    world = led_by_a_clinician()
    world.group[0].open, world.group[0].clinician = why != "closed", why != "member-led"
    assert what_changed(world, hand_over, 200) == set()


# The clinician is missed.

KNOCK = {"mechanisms.clinician": True, "clinician.knock": 0.4, "clinician.softened": 0.75}


def missed(parameters=None):
    world = group_of(2, PLAN | KNOCK | (parameters or {}), outsiders=1)
    world.group[0].clinician = True
    world.people.trust = [0.5, 0.8, 0.5]
    return world


def test_members_trust_the_group_less_without(luck):
    luck.let(CLINICIAN_LEAVES)
    world = missed()
    assert what_changed(world, hand_over, 50) == {"group.clinician", "trust"}
    assert list(world.people.trust) == pytest.approx([0.3, 0.48, 0.5])  # to 0 by 0.4; outsiders miss nobody


def test_preparation_softens_that(luck):
    luck.forbid(CLINICIAN_LEAVES)
    world = missed()
    hand_over(world, 104)
    assert list(world.people.trust) == pytest.approx([0.45, 0.72, 0.5])  # by a quarter of 0.4


@pytest.mark.parametrize("week", [50, 104])
def test_that_can_be_switched_off(luck, week):
    luck.let(CLINICIAN_LEAVES)
    world = missed({"mechanisms.clinician": False})
    assert what_changed(world, hand_over, week) == {"group.clinician"}


def test_who_has_left_before_is_not_touched(luck):
    luck.let(CLINICIAN_LEAVES)
    world = missed()
    world.people[0].status = FORMER
    hand_over(world, 50)
    assert world.people[0].trust == 0.5
