"""What rules need to know about two people, or about the group as a whole."""

from __future__ import annotations

import pytest

from sim import relations
from sim.codes import FORMER, IDS, LIVING, ON_HARD_DAY, TIED
from tests.builders import befriend_pair, group_of, town


def test_likeness_is_nearness_on_the_scale_of_experience():
    world = town(3, position=[0.1, 0.4, 1.0])
    assert relations.likeness(world, 0, 1) == pytest.approx(0.7)
    assert relations.likeness(world, 1, 0) == relations.likeness(world, 0, 1)
    assert relations.likeness(world, 2, 2) == 1.0


@pytest.mark.parametrize(("shared", "likeness"), [(1.0, 0.7), (0.5, 0.35), (0.0, 0.0)])
def test_a_group_decides_how_much_of_it_counts(shared, likeness):
    world = town(2, {"group.shared_experience": shared}, position=[0.1, 0.4])
    assert relations.shared_likeness(world, 0, 1) == pytest.approx(likeness)


def test_time_together_adds_up_for_both():
    world = town(3)
    relations.spend_time(world, 0, 2, 1.5)
    relations.spend_time(world, 2, 0, 0.5)
    assert world.hours[0, 2] == world.hours[2, 0] == 2.0
    assert world.hours.sum() == 4.0


def test_the_living_are_noted_with_their_ids():
    world = town(4)
    world.traits.id = [7, 8, 9, 1_000_000]
    world.people[1].living = world.people[3].living = False
    assert relations.who_lives(world) == 2
    assert world.places[[LIVING, IDS], :2].tolist() == [[0, 2], [7, 9]]


def test_the_living_on_a_hard_day_are_noted():
    world = town(4)
    world.people.hard_day = [True, True, False, True]
    world.people[0].living = False
    assert relations.on_a_hard_day(world) == 2
    assert world.places[ON_HARD_DAY, :2].tolist() == [1, 3]


def test_those_with_a_tie_are_noted_in_the_order_of_coming():
    world = group_of(4, outsiders=1)
    world.circle[:4] = [3, 0, 1, 2]
    befriend_pair(world, 0, 2, 0.1)
    befriend_pair(world, 0, 3, 0.9)
    assert relations.tied_to(world, 0, 4) == 2
    assert world.places[TIED, :2].tolist() == [3, 2]
    assert relations.tied_to(world, 0, 3) == 1  # row 2 came last
    assert relations.tied_to(world, 4, 4) == 0


def test_members_are_counted_without_former_members():
    world = group_of(3, outsiders=2)
    world.people[1].status = FORMER
    assert relations.count_members(world) == 2


@pytest.mark.parametrize(
    ("women_only", "service_users_only", "for_whom"),
    [(False, False, [True] * 4), (True, False, [True, True, False, False]), (False, True, [True, False, True, False]),
     (True, True, [True, False, False, False])],
)  # fmt: skip
def test_whom_the_group_is_for(women_only, service_users_only, for_whom):
    world = town(
        4,
        {"group.women_only": women_only, "group.service_users_only": service_users_only},
        woman=[True, True, False, False],
        service_user=[True, False, True, False],
    )
    assert [bool(relations.eligible(world, i)) for i in range(4)] == for_whom
    world.people.resident = False
    assert not any(relations.eligible(world, i) for i in range(4))


@pytest.mark.parametrize(("relies_on_funder", "funded", "pays"), [(0, 0, True), (1, 1, True), (1, 0, False)])
def test_money_is_a_funders_or_never_ones(relies_on_funder, funded, pays):
    world = group_of(1, {"organising.funded": bool(relies_on_funder)})
    world.group[0].funded = funded
    assert relations.can_pay(world) == pays


def test_averages_are_means_of_beta_distributions():
    world = town(1, {"people.isolation_a": 3.5, "people.isolation_b": 2.0, "people.stigma_a": 1.0})
    assert relations.average_isolation(world) == pytest.approx(3.5 / 5.5)
    assert relations.average_stigma(world) == pytest.approx(1.0 / 3.0)
    assert relations.average_strain(world) == pytest.approx(0.2)


def test_weeks_have_seven_days():
    assert [relations.week_of(day) for day in (0, 6, 7, 700)] == [0, 0, 1, 100]
