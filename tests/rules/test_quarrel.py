import pytest

from sim.codes import FELL_OUT, LEFT, QUARRELLED
from sim.purposes import DRIVEN_OUT, FALL_OUT
from sim.rules.quarrel import quarrel
from sim.state import FORMER, MEMBER
from tests.builders import SOME_DAY, SOME_WEEK, befriend_pair, make_organiser, meeting_of, story, what_changed

FRICTION = {
    "mechanisms.friction": True, "leaving.friction_prob": 0.1, "leaving.friction_tie": 0.5,
    "leaving.friction_hurt": 0.2, "leaving.drives_out": 0.25,
}  # fmt: skip


def two_at_odds(parameters=None, people=2, **traits):
    """The first two people at a meeting have a tie and are as unlike as can be."""
    world = meeting_of(
        people, FRICTION | (parameters or {}), **({"position": [0.0, 1.0] + [0.5] * (people - 2)} | traits)
    )
    befriend_pair(world, 0, 1, 0.6)
    return world


@pytest.mark.parametrize(("position", "prob"), [(0.0, 0.0), (0.25, 0.025), (1.0, 0.1)])
def test_the_less_alike_the_likelier(luck, position, prob):
    quarrel(two_at_odds(position=[0.0, position]), SOME_DAY)
    assert luck.chance_of(FALL_OUT) == pytest.approx(prob)


def test_a_tie_and_the_trust_of_both_suffer(luck):
    luck.let(FALL_OUT)
    luck.forbid(DRIVEN_OUT)
    world = two_at_odds(people=3, position=[0.0, 1.0, 0.0])
    world.people[2].present = False
    befriend_pair(world, 0, 2, 0.6)
    assert what_changed(world, quarrel, SOME_DAY) == {"ties", "trust", "group.quarrels"}
    assert world.ties[0, 1] == world.ties[1, 0] == pytest.approx(0.3)
    assert world.ties[0, 2] == world.ties[2, 0] == 0.6
    assert list(world.people.trust) == pytest.approx([0.4, 0.4, 0.5])
    assert world.group[0].quarrels == 1
    assert story(world) == []


@pytest.mark.parametrize(("trust", "leaver"), [([0.2, 0.8], 0), ([0.8, 0.2], 1), ([0.5, 0.5], 1)])
def test_the_one_who_trusts_less_may_leave(luck, trust, leaver):
    luck.let(FALL_OUT, DRIVEN_OUT)
    world = two_at_odds()
    world.people.trust = trust
    quarrel(world, SOME_DAY)
    assert luck.chance_of(DRIVEN_OUT) == 0.25
    assert [i for i in (0, 1) if world.people[i].status == FORMER] == [leaver]
    assert world.people[1 - leaver].status == MEMBER
    assert (world.people[leaver].left_reason, world.people[leaver].left_week) == (FELL_OUT, SOME_WEEK)
    assert story(world) == [(QUARRELLED, leaver, 0), (LEFT, leaver, FELL_OUT)]


def test_an_organiser_who_is_driven_out_organises_no_more(luck):
    luck.let(FALL_OUT, DRIVEN_OUT)
    world = two_at_odds({"mechanisms.organiser_lost": True, "organising.organiser_lost": 0.5})
    make_organiser(world, 1)
    quarrel(world, SOME_DAY)
    assert (world.group[0].organisers, world.people[1].organiser) == (0, False)
    assert world.people[0].trust == pytest.approx(0.2)  # 0.5 to 0.4 by the quarrel, halved by the loss


def test_each_two_who_are_present_meet_once_whoever_stands_first(luck):
    world = two_at_odds(people=4)
    world.people[3].present = False
    quarrel(world, SOME_DAY)
    asked = [(person, partner) for purpose, person, partner, _ in luck.asked if purpose == FALL_OUT]
    assert asked == [(0, 1), (0, 2), (1, 2)]


def test_two_have_the_same_luck_in_whatever_order_their_rows_stand(luck):
    world = two_at_odds()
    world.traits.id = [7, 3]
    quarrel(world, SOME_DAY)
    assert [(person, partner) for _, person, partner, _ in luck.asked] == [(3, 7)]


def test_strangers_can_fall_out_too(luck):
    luck.let(FALL_OUT)
    luck.forbid(DRIVEN_OUT)
    world = two_at_odds()
    befriend_pair(world, 0, 1, 0.0)
    assert what_changed(world, quarrel, SOME_DAY) == {"trust", "group.quarrels"}


@pytest.mark.parametrize("why", ["no meeting", "switched off", "never", "one alone"])
def test_nobody_falls_out(luck, why):
    luck.let(FALL_OUT, DRIVEN_OUT)
    never = {"leaving.friction_prob": 0.0} if why == "never" else {}
    world = two_at_odds({"mechanisms.friction": why != "switched off"} | never)
    world.group[0].met_today = why != "no meeting"
    world.people[1].present = why != "one alone"
    assert what_changed(world, quarrel, SOME_DAY) == set()
    assert luck.asked == []


def test_at_full_size_nothing_is_left_of_tie_and_trust(luck):
    luck.let(FALL_OUT)
    world = two_at_odds({"leaving.friction_tie": 1.0, "leaving.friction_hurt": 1.0, "leaving.drives_out": 0.0})
    quarrel(world, SOME_DAY)
    assert (world.ties[0, 1], world.people[0].trust, world.people[1].trust) == (0.0, 0.0, 0.0)


def test_who_has_just_been_driven_out_is_not_driven_out_again(luck):
    luck.let(FALL_OUT, DRIVEN_OUT)
    world = two_at_odds(people=3)
    world.people.trust = [0.5, 0.1, 0.9]
    quarrel(world, SOME_DAY)  # the second with the first, then with the third, and the first with the third
    told = [row for kind, row, _ in story(world) if kind == QUARRELLED]
    assert sorted(told) == sorted(set(told))
    assert [row for kind, row, _ in story(world) if kind == LEFT] == told


@pytest.mark.parametrize("absent", [0, 1, 2])
def test_nobody_falls_out_with_somebody_who_is_not_there(luck, absent):
    luck.forbid(FALL_OUT)
    world = two_at_odds(people=3)
    world.people[absent].present = False
    quarrel(world, SOME_DAY)
    assert [{person, partner} for _, person, partner, _ in luck.asked] == [{0, 1, 2} - {absent}]
