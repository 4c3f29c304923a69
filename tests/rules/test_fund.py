import math

import pytest

from sim.purposes import FUNDING_LOST, FUNDING_REGAINED, VENUE_FOUND, VENUE_LOST
from sim.rules.fund import fund
from sim.state import FUNDING_BACK, FUNDING_GONE, VENUE_BACK, VENUE_GONE
from tests.builders import SOME_WEEK, group_of, story, what_changed

MONEY = {
    "organising.funded": True, "organising.funding_loss_per_year": 5.2, "organising.funding_back_per_year": 10.4,
    "organising.resisting_risk": 2.0, "organising.monitoring_resisted": 0.5,
}  # fmt: skip
ROOM = {
    "organising.room_loss_per_year": 5.2, "organising.room_found_per_year": 10.4, "practitioners.venue_factor": 4.0,
}  # fmt: skip


@pytest.mark.parametrize(("monitoring", "rate"), [(False, 0.1), (True, 0.2)])
def test_funding_is_lost_sooner_if_forms_are_resisted(luck, monitoring, rate):
    luck.let(FUNDING_LOST)
    world = group_of(2, MONEY | {"organising.monitoring": monitoring})
    assert what_changed(world, fund, SOME_WEEK) == {"group.funded"}
    assert luck.chance_of(FUNDING_LOST) == pytest.approx(1.0 - math.exp(-rate))  # doubled: 1 + 2 * 0.5
    assert story(world) == [(FUNDING_GONE, -1, 0)]


def test_funding_may_be_found_again(luck):
    luck.let(FUNDING_REGAINED)
    world = group_of(2, MONEY)
    world.group[0].funded = False
    fund(world, SOME_WEEK)
    assert luck.chance_of(FUNDING_REGAINED) == pytest.approx(1.0 - math.exp(-0.2))
    assert world.group[0].funded
    assert story(world) == [(FUNDING_BACK, -1, 0)]


def test_a_self_funded_group_has_no_funder_to_lose_or_find(luck):
    luck.let(FUNDING_LOST, FUNDING_REGAINED)
    world = group_of(2, MONEY | {"organising.funded": False})
    assert what_changed(world, fund, SOME_WEEK) == set()


def test_any_group_may_lose_its_room(luck):
    luck.let(VENUE_LOST)
    world = group_of(2, ROOM)
    assert what_changed(world, fund, SOME_WEEK) == {"group.venue"}
    assert luck.chance_of(VENUE_LOST) == pytest.approx(1.0 - math.exp(-0.1))
    assert story(world) == [(VENUE_GONE, -1, 0)]


@pytest.mark.parametrize(("offered", "rate"), [(False, 0.2), (True, 0.8)])
def test_another_is_found_faster_where_practitioners_offer_one(luck, offered, rate):
    luck.let(VENUE_FOUND)
    world = group_of(2, ROOM | {"practitioners.venue": offered})
    world.group[0].venue = False
    fund(world, SOME_WEEK)
    assert luck.chance_of(VENUE_FOUND) == pytest.approx(1.0 - math.exp(-rate))
    assert world.group[0].venue
    assert story(world) == [(VENUE_BACK, -1, 0)]


def test_a_closed_group_has_neither_to_lose(luck):
    luck.let(FUNDING_LOST, VENUE_LOST)
    world = group_of(2, MONEY | ROOM)
    world.group[0].open = False
    assert what_changed(world, fund, SOME_WEEK) == set()


@pytest.mark.parametrize("on", [True, False])
def test_weeks_without_a_room_are_counted_until_there_is_one(luck, on):
    luck.forbid(VENUE_FOUND)
    world = group_of(2, ROOM | {"mechanisms.no_room": on, "organising.room_loss_per_year": 0.0})
    g = world.group[0]
    g.venue = False
    for week in range(3):
        fund(world, week)
    assert g.weeks_roomless == (3 if on else 0)
    luck.let(VENUE_FOUND)
    fund(world, 3)
    assert (g.venue, g.weeks_roomless) == (True, 0)
    assert what_changed(world, fund, 4) == set()
