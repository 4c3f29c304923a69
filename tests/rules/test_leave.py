import math

import pytest

from sim.codes import FELL_OUT, GROUP_CLOSED, MOVED_AWAY, NO_LONGER_NEEDED, WENT_ALONG
from sim.maths import log_odds, logistic
from sim.purposes import LEAVE, RETURN
from sim.rules.leave import end_membership, leave, leave_prob, return_prob
from sim.state import (
    BY_PUBLICITY,
    BY_WORD_OF_MOUTH,
    DRIFTED_AWAY,
    FORMER,
    JOINED,
    LEFT,
    MEMBER,
    ONE_VISIT_ONLY,
    STOPPED_COMING,
)
from tests.builders import SOME_DAY, SOME_WEEK, befriend_pair, group_of, make_organiser, story, what_changed

RETURNING = {
    "leaving.one_visit_only": 0.45, "leaving.companion_odds_ratio": 3.0, "leaving.fit_effect": 2.0,
    "leaving.welcome_effect": 4.0, "leaving.average_fit": 0.74, "meeting.trust_start": 0.35,
}  # fmt: skip
STAYING = {
    "leaving.per_year": 5.2, "leaving.weak_ties": 2.0, "leaving.low_trust": 1.0, "leaving.no_need": 1.5,
}  # fmt: skip


def a_visitor(parameters=None, fit=0.74, trust=0.35, heard_of=BY_PUBLICITY):
    """A group whose second member has come for the first time and may or may not return."""
    world = group_of(2, RETURNING | (parameters or {}))
    me = world.people[1]
    me.expected, me.fit, me.trust, me.heard_of = True, fit, trust, heard_of
    return world


def test_the_average_visitor_does_not_return_as_often_as_stated():
    assert return_prob(a_visitor(), 1) == pytest.approx(0.55)


def test_fit_welcome_and_a_companion_add_log_odds():
    base = log_odds(0.55)
    assert return_prob(a_visitor(fit=0.94), 1) == pytest.approx(logistic(base + 0.4))
    assert return_prob(a_visitor(trust=0.6), 1) == pytest.approx(logistic(base + 1.0))
    assert return_prob(a_visitor(trust=0.1), 1) == pytest.approx(logistic(base - 1.0))
    with_companion = return_prob(a_visitor(heard_of=BY_WORD_OF_MOUTH), 1)
    assert with_companion / (1 - with_companion) == pytest.approx(3.0 * 0.55 / 0.45)


def test_a_companion_helps_the_very_first_time_only():
    world = a_visitor(heard_of=BY_WORD_OF_MOUTH)
    world.people[1].first_joined_week, world.people[1].joined_week = 3, 20
    assert return_prob(world, 1) == pytest.approx(0.55)


def test_a_better_fit_never_sends_anybody_away():
    probs = [return_prob(a_visitor(fit=fit), 1) for fit in (0.0, 0.3, 0.6, 0.9, 1.0)]
    assert probs == sorted(probs)


def test_who_returns_is_a_member_from_now_on(luck):
    luck.let(RETURN)
    world = a_visitor()
    assert what_changed(world, leave, SOME_WEEK) == {"expected"}
    assert luck.chance_of(RETURN) == pytest.approx(0.55)
    assert story(world) == [(JOINED, 1, BY_PUBLICITY)]


def test_who_does_not_came_once_only(luck):
    luck.forbid(RETURN)
    world = a_visitor()
    assert what_changed(world, leave, SOME_WEEK) == {"expected", "status", "left_week", "left_reason"}
    me = world.people[1]
    assert (me.status, me.left_reason, me.left_week, me.expected) == (FORMER, ONE_VISIT_ONLY, SOME_WEEK, False)
    assert story(world) == [(LEFT, 1, ONE_VISIT_ONLY)]


def test_a_visitor_decides_whether_to_return_and_nothing_else_that_week(luck):
    luck.let(RETURN, LEAVE)
    world = a_visitor({"leaving.per_year": 52.0})
    leave(world, SOME_WEEK)
    assert 1 not in luck.chances_of(LEAVE)


@pytest.mark.parametrize(
    ("tie", "trust", "need", "log_hazard"),
    [(1.0, 1.0, 0.0, 1.5), (0.0, 1.0, 0.0, 3.5), (1.0, 0.0, 0.0, 2.5), (0.5, 0.5, 2.0, 2.0)],
)
def test_weak_ties_low_trust_and_no_need_make_people_leave(tie, trust, need, log_hazard):
    world = group_of(3, STAYING)
    befriend_pair(world, 0, 1, tie)
    befriend_pair(world, 0, 2, tie / 2)
    world.people[0].trust, world.people[0].need = trust, need
    assert leave_prob(world, 0) == pytest.approx(1.0 - math.exp(-0.1 * math.exp(log_hazard)))


def test_a_friend_who_has_left_does_not_keep_anybody():
    world = group_of(2, STAYING)
    befriend_pair(world, 0, 1, 1.0)
    with_friend = leave_prob(world, 0)
    world.people[1].status = FORMER
    assert leave_prob(world, 0) > with_friend


def test_who_drifts_away_is_a_former_member(luck):
    luck.let(LEAVE)
    world = group_of(2, STAYING)
    make_organiser(world, 0)
    leave(world, SOME_WEEK)
    for me in world.people:
        assert (me.status, me.left_reason, me.organiser) == (FORMER, DRIFTED_AWAY, False)
    assert world.group[0].organisers == 0


@pytest.mark.parametrize(("days_ago", "lapsed"), [(0, False), (84, False), (85, True), (400, True)])
def test_who_has_not_come_for_a_long_time_no_longer_counts(days_ago, lapsed):
    world = group_of(1, {"leaving.lapse_days": 84})
    world.group[0].meetings_this_week = 1
    world.people[0].last_attended_day = 7 * SOME_WEEK + 7 - days_ago
    leave(world, SOME_WEEK)
    assert (world.people[0].status == FORMER) == lapsed
    assert (world.people[0].left_reason == STOPPED_COMING) == lapsed


def test_nobody_lapses_while_there_are_no_meetings_to_come_to():
    world = group_of(1, {"leaving.lapse_days": 84})
    world.people[0].last_attended_day = 7 * SOME_WEEK - 400
    assert what_changed(world, leave, SOME_WEEK) == set()


def test_nobody_leaves_a_group_in_which_nothing_makes_them(luck):
    luck.let(LEAVE)
    assert what_changed(group_of(3, outsiders=2), leave, SOME_WEEK) == set()


def test_former_members_and_outsiders_do_not_leave_again(luck):
    luck.let(LEAVE, RETURN)
    world = group_of(1, STAYING, outsiders=1)
    world.people[0].status = FORMER
    assert what_changed(world, leave, SOME_WEEK) == set()


def test_the_end_of_a_membership_leaves_the_person_as_she_is():
    world = group_of(2)
    befriend_pair(world, 0, 1, 0.6)
    before = world.people[0].copy()
    end_membership(world, 0, SOME_WEEK, DRIFTED_AWAY)
    same = [n for n in world.people.dtype.names if n not in ("status", "left_week", "left_reason", "expected")]
    assert all(before[name] == world.people[0][name] for name in same)
    assert world.ties[0, 1] == 0.6
    assert world.people[1].status == MEMBER
    assert world.people[0].last_attended_day == SOME_DAY


# A crowd, and an organiser who is missed.

CROWD = {"mechanisms.sharing_out": True, "leaving.crowding": 0.2, "leaving.crowd": 6}


@pytest.mark.parametrize(("others", "fall"), [(0, 0.0), (6, 0.0), (7, 0.2), (11, 1.0)])
def test_in_a_crowd_one_feels_less_welcome(others, fall):
    world = a_visitor(CROWD)
    world.people[1].crowd = others
    assert return_prob(world, 1) == pytest.approx(logistic(log_odds(0.55) - fall))


def test_crowding_can_be_switched_off():
    world = a_visitor(CROWD | {"mechanisms.sharing_out": False})
    world.people[1].crowd = 50
    assert return_prob(world, 1) == pytest.approx(0.55)


MISSED = {"mechanisms.organiser_lost": True, "organising.organiser_lost": 0.2}


def after_leaving(reason=DRIFTED_AWAY, organiser=True, parameters=None):
    """Trust of three members and an outsider after the first has left."""
    world = group_of(3, MISSED | (parameters or {}), outsiders=1)
    if organiser:
        make_organiser(world, 0)
    end_membership(world, 0, SOME_WEEK, reason)
    return list(world.people.trust)


@pytest.mark.parametrize("reason", [DRIFTED_AWAY, STOPPED_COMING, MOVED_AWAY, FELL_OUT, WENT_ALONG, NO_LONGER_NEEDED])
def test_an_organisers_leaving_shakes_the_others(reason):
    assert after_leaving(reason) == pytest.approx([0.5, 0.4, 0.4, 0.5])  # who leaves is no member any more


def test_nobody_is_shaken_by_others_leaving_by_the_groups_end_or_where_that_is_switched_off():
    still = [0.5] * 4
    assert after_leaving(organiser=False) == still
    assert after_leaving(GROUP_CLOSED) == still
    assert after_leaving(parameters={"mechanisms.organiser_lost": False}) == still
