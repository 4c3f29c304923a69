import pytest

from sim.purposes import LINE_ANSWER, LINE_CALL
from sim.rules.line import holder_of_week, line
from sim.state import FORMER
from tests.builders import SOME_DAY, SOME_WEEK, group_of, what_changed

LINE = {
    "group.phone_line": True, "contact.line_use": 0.6, "contact.line_answered": 0.9, "contact.relief": 0.3,
    "meeting.burden": 0.02, "meeting.helper": 0.1,
}  # fmt: skip


def a_line(members=3, parameters=None, outsiders=0):
    """A group with a phone line, held this week by its first member; everybody has a hard day."""
    world = group_of(members, LINE | (parameters or {}), outsiders)
    world.group[0].line_holder = 0
    world.people.hard_day[:] = True
    return world


def test_members_hold_it_a_week_each_in_turn():
    world = group_of(3, LINE, outsiders=1)
    assert [holder_of_week(world, week) for week in range(5)] == [0, 1, 2, 0, 1]
    world.people[1].status = FORMER
    assert [holder_of_week(world, week) for week in range(4)] == [0, 2, 0, 2]


def test_the_turn_changes_on_monday():
    world = a_line()
    line(world, 7 * SOME_WEEK)  # week 20 of three members: the third
    assert world.group[0].line_holder == 2
    line(world, 7 * SOME_WEEK + 6)
    assert world.group[0].line_holder == 2
    line(world, 7 * (SOME_WEEK + 1))
    assert world.group[0].line_holder == 0


def test_a_group_without_members_has_nobody_to_hold_it(luck):
    luck.let(LINE_CALL)
    world = a_line(1)
    world.people[0].status = FORMER
    line(world, 7 * SOME_WEEK)
    assert world.group[0].line_holder == -1
    assert luck.asked == []


def test_it_helps_like_a_friend_and_weighs_on_its_holder(luck):
    luck.let(LINE_CALL, LINE_ANSWER)
    world = a_line(2)
    assert what_changed(world, line, SOME_DAY) == {
        "distress", "understanding", "supported_day", "line_calls", "line_answered", "calls_taken",
    }  # fmt: skip
    holder, caller = world.people[0], world.people[1]
    assert caller.distress == pytest.approx(0.35)
    assert holder.distress == pytest.approx(0.51)
    assert holder.understanding == pytest.approx(0.55)  # 0.5 moved to 1 by a tenth: the two are alike
    assert (caller.supported_day, caller.line_calls, caller.line_answered) == (SOME_DAY, 1, 1)
    assert holder.calls_taken == 1


def test_chances_of_ringing_and_of_an_answer(luck):
    luck.let(LINE_CALL)
    world = a_line(2)
    world.people[1].trust = 0.5
    line(world, SOME_DAY)
    assert luck.chance_of(LINE_CALL) == pytest.approx(0.3)
    assert luck.chance_of(LINE_ANSWER) == 0.9


def test_its_holder_does_not_ring_it(luck):
    luck.let(LINE_CALL)
    world = a_line(3)
    line(world, SOME_DAY)
    assert set(luck.chances_of(LINE_CALL)) == {1, 2}


def test_whom_a_peer_has_answered_today_does_not_ring_it(luck):
    luck.let(LINE_CALL)
    world = a_line(3)
    world.people[1].supported_day = SOME_DAY
    world.people[2].supported_day = SOME_DAY - 1
    line(world, SOME_DAY)
    assert set(luck.chances_of(LINE_CALL)) == {2}


def test_only_members_on_a_hard_day_ring_it(luck):
    luck.let(LINE_CALL)
    world = a_line(3, outsiders=1)
    world.people[1].hard_day = False
    world.people[2].status = FORMER
    line(world, SOME_DAY)
    assert luck.asked == []


def test_nobody_answers_while_whoever_held_it_has_left(luck):
    luck.let(LINE_CALL)
    world = a_line(2)
    world.people[0].status = FORMER
    line(world, SOME_DAY)
    assert luck.asked == []


def test_a_call_nobody_picks_up_changes_nothing_but_the_count(luck):
    luck.let(LINE_CALL)
    luck.forbid(LINE_ANSWER)
    world = a_line(2)
    assert what_changed(world, line, SOME_DAY) == {"line_calls"}


@pytest.mark.parametrize("why", ["no line", "closed", "money lost"])
def test_there_is_no_line(luck, why):
    luck.let(LINE_CALL, LINE_ANSWER)
    world = a_line(2, {"group.phone_line": why != "no line", "organising.funded": True})
    world.group[0].open = why != "closed"
    world.group[0].funded = why != "money lost"
    assert what_changed(world, line, SOME_DAY) == set()


def test_it_works_where_there_is_no_contact_between_meetings(luck):
    luck.let(LINE_CALL, LINE_ANSWER)
    world = a_line(2, {"contact.between_meetings": False})
    line(world, SOME_DAY)
    assert world.people[1].line_answered == 1
