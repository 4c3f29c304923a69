import pytest

from sim.codes import (
    DRIFTED_AWAY,
    FELL_OUT,
    GROUP_CLOSED,
    LEFT,
    MOVED_AWAY,
    NO_LONGER_NEEDED,
    ONE_VISIT_ONLY,
    STOPPED_COMING,
    WENT_ALONG,
)
from sim.purposes import FOLLOW
from sim.rules.follow import follow
from sim.state import FORMER, MEMBER
from tests.builders import SOME_WEEK, befriend_pair, group_of, make_organiser, story, what_changed

TOGETHER = {"mechanisms.following": True, "leaving.follow": 0.2, "leaving.split": 0.5}


def one_left(reason=DRIFTED_AWAY, members=3, parameters=None, week=SOME_WEEK):
    """The first member has left this week, and was a friend of the second."""
    world = group_of(members, TOGETHER | (parameters or {}), outsiders=1)
    gone = world.people[0]
    gone.status, gone.left_reason, gone.left_week = FORMER, reason, week
    befriend_pair(world, 0, 1, 0.6)
    return world


@pytest.mark.parametrize(("reason", "prob"), [(DRIFTED_AWAY, 0.12), (NO_LONGER_NEEDED, 0.12), (FELL_OUT, 0.3)])
def test_friends_may_go_along_the_likelier_the_closer_and_after_a_falling_out(luck, reason, prob):
    follow(one_left(reason), SOME_WEEK)
    assert luck.chances_of(FOLLOW) == {1: pytest.approx(prob)}
    assert luck.partners_of(FOLLOW) == [0]


@pytest.mark.parametrize("reason", [ONE_VISIT_ONLY, STOPPED_COMING, MOVED_AWAY, GROUP_CLOSED, WENT_ALONG])
def test_for_other_reasons_nobody_goes_along(luck, reason):
    luck.let(FOLLOW)
    assert what_changed(one_left(reason), follow, SOME_WEEK) == set()


def test_who_goes_along_is_a_former_member_and_draws_nobody_else_along(luck):
    luck.let(FOLLOW)
    world = one_left()
    befriend_pair(world, 1, 2, 1.0)
    assert what_changed(world, follow, SOME_WEEK) == {"status", "left_reason", "left_week"}
    assert list(world.people.status[:3]) == [FORMER, FORMER, MEMBER]
    assert (world.people[1].left_reason, world.people[1].left_week) == (WENT_ALONG, SOME_WEEK)
    assert story(world) == [(LEFT, 1, WENT_ALONG)]
    assert what_changed(world, follow, SOME_WEEK + 1) == set()


def test_a_group_can_split(luck):
    luck.let(FOLLOW)
    world = one_left(FELL_OUT, members=5)
    for j in (2, 3):
        befriend_pair(world, 0, j, 0.1)
    follow(world, SOME_WEEK)
    assert list(world.people.status[:5]) == [FORMER, FORMER, FORMER, FORMER, MEMBER]


def test_an_organiser_who_goes_along_is_missed(luck):
    luck.let(FOLLOW)
    world = one_left(parameters={"mechanisms.organiser_lost": True, "organising.organiser_lost": 0.2})
    make_organiser(world, 1)
    follow(world, SOME_WEEK)
    assert world.group[0].organisers == 0
    assert world.people[2].trust == pytest.approx(0.4)


@pytest.mark.parametrize("why", ["another week", "no tie", "the friend has left", "came back", "switched off", "sizes"])
def test_nobody_goes_along(luck, why):
    luck.let(FOLLOW)
    changes = {"mechanisms.following": why != "switched off"}
    if why == "sizes":
        changes |= {"leaving.follow": 0.0, "leaving.split": 0.0}
    world = one_left(parameters=changes, week=SOME_WEEK - (why == "another week"))
    if why == "no tie":
        befriend_pair(world, 0, 1, 0.0)
    if why == "the friend has left":
        world.people[1].status = FORMER
    if why == "came back":
        world.people[0].status = MEMBER
    assert what_changed(world, follow, SOME_WEEK) == set()
    assert luck.asked == []


@pytest.mark.parametrize(("reason", "size"), [(DRIFTED_AWAY, "leaving.split"), (FELL_OUT, "leaving.follow")])
def test_the_two_sizes_can_be_nothing_each_alone(luck, reason, size):
    luck.let(FOLLOW)
    follow(one_left(reason, parameters={size: 0.0}), SOME_WEEK)
    assert len(luck.chances_of(FOLLOW)) == 1
    assert what_changed(one_left(reason, parameters={"leaving.follow": 0.0, "leaving.split": 0.0} | {
        size: 0.9}), follow, SOME_WEEK) == set()  # fmt: skip
