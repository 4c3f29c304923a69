import math

import pytest

from sim.purposes import CLINICIAN_LEAVES
from sim.rules.hand_over import hand_over
from sim.state import CLINICIAN_LEFT, HANDED_OVER
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
