import pytest

from sim.purposes import ANSWER, CALL, TOLD_ON_PHONE
from sim.relations import tied_to
from sim.rules.contact import contact, next_closest
from sim.state import FORMER
from tests.builders import SOME_DAY, befriend_pair, group_of, what_changed

CALLS = {
    "contact.call_hours": 0.5, "contact.relief": 0.3, "contact.calls_tried": 3,
    "meeting.burden": 0.02, "meeting.helper": 0.1,
}  # fmt: skip


def a_hard_day(members=2, parameters=None, **traits):
    """A group whose first member has a hard day."""
    world = group_of(members, CALLS | (parameters or {}), **traits)
    world.people[0].hard_day = True
    return world


def test_to_be_answered_relieves_and_to_answer_teaches_and_weighs(luck):
    luck.let(CALL, ANSWER)
    world = a_hard_day(position=[0.5, 0.7], responsiveness=[1.0, 0.5])
    befriend_pair(world, 0, 1, 0.6)
    assert what_changed(world, contact, SOME_DAY) == {
        "distress", "understanding", "supported_day", "calls_made", "calls_answered", "calls_taken", "hours",
    }  # fmt: skip
    caller, helper = world.people[0], world.people[1]
    assert caller.distress == pytest.approx(0.35)  # 0.5 moved to 0 by 0.3
    assert caller.supported_day == SOME_DAY
    assert helper.distress == pytest.approx(0.51)  # 0.5 moved to 1 by 0.02
    assert helper.understanding == pytest.approx(0.52)  # by 1 * 0.1 * 0.8 * 0.5
    assert caller.understanding == 0.5
    assert world.hours[0, 1] == world.hours[1, 0] == 0.5
    assert (caller.calls_made, caller.calls_answered, helper.calls_taken) == (1, 1, 1)
    assert (helper.calls_made, caller.calls_taken) == (0, 0)


def test_one_rings_whom_one_trusts_and_is_close_to(luck):
    world = a_hard_day()
    world.people[0].trust = 0.4
    befriend_pair(world, 0, 1, 0.6)
    contact(world, SOME_DAY)
    assert luck.chance_of(CALL) == pytest.approx(0.24)


def test_whoever_is_distressed_may_not_answer(luck):
    luck.let(CALL)
    luck.forbid(ANSWER)
    world = a_hard_day()
    befriend_pair(world, 0, 1, 0.6)
    world.people[1].distress = 0.9
    assert what_changed(world, contact, SOME_DAY) == {"calls_made"}
    assert luck.chance_of(ANSWER) == pytest.approx(0.1)


def test_the_closest_is_tried_first_and_only_so_many(luck):
    luck.let(CALL)
    luck.forbid(ANSWER)
    world = a_hard_day(6)
    for j, tie in ((1, 0.2), (2, 0.5), (3, 0.5), (4, 0.9)):
        befriend_pair(world, 0, j, tie)
    contact(world, SOME_DAY)
    assert luck.partners_of(CALL) == [4, 2, 3]
    assert world.people[0].calls_made == 3


def test_every_friend_is_tried_once_when_there_is_time(luck):
    luck.forbid(CALL)
    world = a_hard_day(5, {"contact.calls_tried": 30})
    for j, tie in ((1, 0.5), (2, 0.5), (3, 0.9), (4, 0.0)):
        befriend_pair(world, 0, j, tie)
    contact(world, SOME_DAY)
    assert luck.partners_of(CALL) == [3, 1, 2]


def test_of_equal_ties_the_lower_row_comes_first_whatever_the_order_of_coming():
    world = a_hard_day(3)
    befriend_pair(world, 0, 1, 0.5)
    befriend_pair(world, 0, 2, 0.5)
    world.circle[:3] = [2, 1, 0]
    peers = tied_to(world, 0, 3)
    assert next_closest(world, 0, 0, peers) == 1
    assert next_closest(world, 0, 1, peers) == 2
    assert next_closest(world, 0, 2, peers) == 0  # nobody is left


@pytest.mark.parametrize(("episode_ago", "told"), [(None, 0), (0, 1), (7, 1), (8, 0)])
def test_who_rings_after_a_recent_episode_may_tell_of_it(luck, episode_ago, told):
    luck.let(CALL, ANSWER, TOLD_ON_PHONE)
    world = a_hard_day(2, {"meeting.tell_episode": 0.5, "meeting.recent_days": 7})
    befriend_pair(world, 0, 1, 0.5)
    if episode_ago is not None:
        world.people[0].last_episode_day = SOME_DAY - episode_ago
    contact(world, SOME_DAY)
    assert list(luck.chances_of(TOLD_ON_PHONE).values()) == [0.5] * told
    peer = world.people[1]
    assert (peer.heard_episodes, peer.heard_episode_day) == (told, SOME_DAY if told else -1)
    assert world.people[0].heard_episode_day == -1


def test_after_an_answer_nobody_else_is_rung(luck):
    luck.let(CALL, ANSWER)
    world = a_hard_day(3)
    befriend_pair(world, 0, 1, 0.5)
    befriend_pair(world, 0, 2, 0.4)
    contact(world, SOME_DAY)
    assert luck.partners_of(CALL) == [1]


def test_former_members_are_still_friends(luck):
    luck.let(CALL, ANSWER)
    world = a_hard_day()
    world.group[0].open = False
    world.people.status[:] = FORMER
    befriend_pair(world, 0, 1, 0.5)
    contact(world, SOME_DAY)
    assert world.people[0].calls_answered == 1


def test_without_likeness_to_count_helping_teaches_nothing_and_still_relieves(luck):
    luck.let(CALL, ANSWER)
    world = a_hard_day(2, {"group.shared_experience": 0.0})
    befriend_pair(world, 0, 1, 0.5)
    contact(world, SOME_DAY)
    assert world.people[1].understanding == 0.5
    assert world.people[1].distress == pytest.approx(0.51)
    assert world.people[0].distress == pytest.approx(0.35)


@pytest.mark.parametrize("why", ["no tie", "not a hard day", "no contact between meetings", "moved away", "none tried"])
def test_nobody_is_rung(luck, why):
    luck.let(CALL, ANSWER)
    switches = {"contact.between_meetings": why != "no contact between meetings"}
    world = a_hard_day(2, switches | {"contact.calls_tried": 0 if why == "none tried" else 3})
    befriend_pair(world, 0, 1, 0.0 if why == "no tie" else 0.5)
    world.people[0].hard_day = why != "not a hard day"
    world.people[1].living = why != "moved away"
    assert what_changed(world, contact, SOME_DAY) == set()


def test_a_call_can_make_it_worse(luck):
    luck.let(CALL, ANSWER)
    world = a_hard_day(parameters={"contact.relief": -0.2})
    befriend_pair(world, 0, 1, 0.6)
    contact(world, SOME_DAY)
    assert world.people[0].distress == pytest.approx(0.6)  # 0.5 moved to 1 by 0.2


@pytest.mark.parametrize("relief", [-1.0, 1.0])
def test_at_full_size_nothing_or_all_is_left(luck, relief):
    luck.let(CALL, ANSWER)
    world = a_hard_day(parameters={"contact.relief": relief})
    befriend_pair(world, 0, 1, 0.6)
    contact(world, SOME_DAY)
    assert world.people[0].distress == (1.0 - relief) / 2


def test_calls_that_are_switched_off_move_no_distress_and_are_still_made(luck):
    luck.let(CALL, ANSWER)
    world = a_hard_day(parameters={"mechanisms.calls": False})
    befriend_pair(world, 0, 1, 0.6)
    contact(world, SOME_DAY)
    assert (world.people[0].distress, world.people[0].calls_answered) == (0.5, 1)


EARLY = {"mechanisms.early_calls": True, "contact.earlier_with_insight": 0.5}


@pytest.mark.parametrize(
    ("understanding", "distress", "rings"),
    [(0.0, 0.59, False), (0.5, 0.44, False), (0.5, 0.46, True), (1.0, 0.31, True)],
)
def test_with_insight_one_rings_before_it_is_a_hard_day(luck, understanding, distress, rings):
    # The threshold is 0.6: one rings from 0.6 (1 - 0.5 U).
    world = group_of(2, CALLS | EARLY, hard_day_threshold=0.6)
    befriend_pair(world, 0, 1, 0.6)
    world.people[0].understanding, world.people[0].distress = understanding, distress
    world.people[1].distress = 0.1
    contact(world, SOME_DAY)
    assert (0 in luck.chances_of(CALL)) == rings


@pytest.mark.parametrize("early", [True, False])
def test_on_a_hard_day_one_rings_with_any_insight(luck, early):
    world = a_hard_day(parameters=EARLY | {"mechanisms.early_calls": early})
    befriend_pair(world, 0, 1, 0.6)
    world.people.understanding, world.people.distress = 0.0, 0.1
    contact(world, SOME_DAY)
    assert luck.partners_of(CALL) == [1]


def test_early_calls_can_be_switched_off(luck):
    world = group_of(2, CALLS | EARLY | {"mechanisms.early_calls": False}, hard_day_threshold=0.6)
    befriend_pair(world, 0, 1, 0.6)
    world.people.understanding = 1.0
    assert what_changed(world, contact, SOME_DAY) == set()


def test_who_never_came_rings_nobody_early(luck):
    luck.let(CALL, ANSWER)
    world = group_of(2, CALLS | EARLY, outsiders=1, hard_day_threshold=0.6)
    world.people.understanding = 1.0
    assert what_changed(world, contact, SOME_DAY) == set()
