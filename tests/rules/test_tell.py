import math

import pytest

from sim.purposes import TELL, TELL_ACCEPTED
from sim.rules.tell import tell
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
