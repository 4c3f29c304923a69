import pytest

from sim.purposes import ATTEND
from sim.rules.meet import attendance_prob, is_meeting_day, meet
from sim.state import AWARE, FIRST_VISIT, FORMER, MEMBER
from tests.builders import SOME_DAY, SOME_WEEK, group_of, story, what_changed

MONDAY = 7 * SOME_WEEK


def test_it_meets_on_its_days():
    world = group_of(2, {"group.meeting_days": [1, 3]})
    assert [day for day in range(7) if is_meeting_day(world, MONDAY + day)] == [1, 3]


def test_irregular_meetings_are_as_many_a_year_on_days_nobody_can_foresee(luck):
    world = group_of(2, {"group.meeting_days": [1, 3], "group.regular": False})
    for day in range(7):
        is_meeting_day(world, MONDAY + day)
    assert [prob for _, _, _, prob in luck.asked] == pytest.approx([2 / 7] * 7)


def test_irregular_meetings_come_as_often_in_the_long_run():
    # 2,000 days at one chance in seven: 285.7 expected, standard deviation 15.6; 220-352 holds with
    # probability above 0.9999 whatever the seed.
    world = group_of(1, {"group.regular": False})
    assert 220 <= sum(is_meeting_day(world, day) for day in range(2000)) <= 352


@pytest.mark.parametrize(
    ("barrier", "trust", "distress", "prob"),
    [(0.0, 1.0, 0.0, 1.0), (0.25, 1.0, 0.0, 0.75), (0.0, 0.0, 0.0, 0.6), (0.0, 0.5, 0.0, 0.8), (0.0, 1.0, 0.5, 0.85),
     (0.25, 0.5, 0.5, 0.51), (1.0, 1.0, 0.0, 0.0)],
)  # fmt: skip
def test_readiness_to_attend(luck, barrier, trust, distress, prob):
    world = group_of(1, {"meeting.attend_floor": 0.6, "meeting.attend_distress": 0.3}, barrier=barrier)
    world.people[0].trust, world.people[0].distress = trust, distress
    assert attendance_prob(world, 0) == pytest.approx(prob)
    meet(world, SOME_DAY)
    assert luck.chance_of(ATTEND) == pytest.approx(prob)


def test_those_present_spend_the_meeting_together():
    world = group_of(3, {"group.meeting_hours": 2.0}, outsiders=1, barrier=[0, 0, 1, 0])
    assert what_changed(world, meet, SOME_DAY) == {
        "present", "meetings", "attended_this_week", "hours", "group.met_today", "group.present", "group.meetings",
        "group.meetings_this_week", "group.attendances", "group.most_present",
    }  # fmt: skip
    assert list(world.people.present) == [True, True, False, False]
    assert world.hours[0, 1] == world.hours[1, 0] == 2.0
    assert world.hours.sum() == 4.0
    g = world.group[0]
    assert (g.present, g.attendances, g.most_present, g.meetings) == (2, 2, 2, 1)


def test_the_day_of_attending_is_remembered():
    world = group_of(1)
    meet(world, SOME_DAY + 7)
    assert world.people[0].last_attended_day == SOME_DAY + 7


@pytest.mark.parametrize(("asked_for", "funded", "hours"), [(False, False, 3.5), (True, True, 3.5), (True, False, 2.0)])
def test_a_meal_adds_time_if_there_is_money_for_it(asked_for, funded, hours):
    world = group_of(2, {"group.meeting_hours": 2.0, "group.meal_hours": 1.5, "organising.funded": asked_for})
    world.group[0].funded = funded
    meet(world, SOME_DAY)
    assert world.hours[0, 1] == hours


@pytest.mark.parametrize("why", ["closed", "no room", "another day"])
def test_there_is_no_meeting(why):
    world = group_of(2, outsiders=1)
    g, visitor = world.group[0], world.people[2]
    g.open, g.venue = why != "closed", why != "no room"
    visitor.visiting = True
    assert what_changed(world, meet, SOME_DAY + (why == "another day")) == set()


def test_yesterdays_meeting_is_over():
    world = group_of(2)
    g = world.group[0]
    g.met_today, g.present = True, 2
    for name in ("present", "spoke", "shared", "told_episode", "told_mechanics"):
        world.people[name] = True
    meet(world, SOME_DAY + 1)
    assert (g.met_today, g.present) == (False, 0)
    for name in ("present", "spoke", "shared", "told_episode", "told_mechanics"):
        assert not world.people[name].any()


def test_a_first_visit_makes_a_member_who_has_not_yet_decided_to_return():
    world = group_of(1, {"meeting.trust_start": 0.35}, outsiders=1, barrier=[0.0, 1.0])
    visitor = world.people[1]
    visitor.status, visitor.visiting, visitor.trust = AWARE, True, 0.9
    meet(world, SOME_DAY)
    assert (visitor.status, visitor.expected, visitor.visiting, visitor.present) == (MEMBER, True, False, True)
    assert (visitor.joined_week, visitor.trust, visitor.meetings) == (SOME_WEEK, 0.35, 1)
    assert visitor.first_joined_week == SOME_WEEK
    assert list(world.circle[:2]) == [0, 1]
    assert world.group[0].circle == 2
    assert story(world) == [(FIRST_VISIT, 1, 0)]


def test_who_comes_again_keeps_the_trust_and_the_place_in_the_circle():
    world = group_of(2, {"meeting.trust_start": 0.35})
    back = world.people[1]
    back.status, back.visiting, back.trust = FORMER, True, 0.8
    meet(world, SOME_DAY)
    assert (back.status, back.trust, back.expected, world.group[0].circle) == (MEMBER, 0.8, True, 2)
    assert (back.joined_week, back.first_joined_week) == (SOME_WEEK, 0)


def test_who_has_just_come_for_the_first_time_comes_once_before_deciding(luck):
    world = group_of(2)
    world.people[1].expected = True
    meet(world, SOME_DAY)
    assert list(world.people.present) == [True, False]
    assert set(luck.chances_of(ATTEND)) == {0}


def test_fit_is_mean_similarity_to_those_present():
    world = group_of(3, outsiders=1, position=[0.1, 0.3, 0.9, 0.2], barrier=[0, 0, 1, 0])
    world.people[3].visiting = True
    meet(world, SOME_DAY)
    assert world.people[3].fit == pytest.approx(0.9)  # 0.1 from each of the two who came
    assert world.people[0].fit == 0.0  # only visitors look around like that


def test_a_visitor_who_finds_nobody_there_finds_no_likeness():
    world = group_of(1, outsiders=1, barrier=[1, 0])
    world.people[1].visiting, world.people[1].fit = True, 0.7
    meet(world, SOME_DAY)
    assert world.people[1].fit == 0.0


def test_the_best_attended_meeting_of_the_week_is_remembered():
    world = group_of(3)
    world.group[0].most_present = 2
    meet(world, SOME_DAY)
    assert world.group[0].most_present == 3
    world.traits.barrier[:] = 1.0
    meet(world, SOME_DAY)
    assert world.group[0].most_present == 3
    assert world.group[0].meetings_this_week == 2


# Company is shared out, and a crowd is noticed.

SHARED = {"mechanisms.sharing_out": True, "meeting.shared_out": 0.5, "group.meeting_hours": 2.0}


@pytest.mark.parametrize(("people", "hours"), [(2, 2.0), (3, 2.0 / 2**0.5), (5, 1.0), (10, 2.0 / 3)])
def test_the_more_are_present_the_less_time_for_each(people, hours):
    world = group_of(people, SHARED)
    meet(world, SOME_DAY)
    assert world.hours[0, 1] == world.hours[1, 0] == pytest.approx(hours)  # 2 hours / others ^ 0.5


@pytest.mark.parametrize(("shared_out", "hours"), [(0.0, 2.0), (0.5, 1.0), (1.0, 0.5)])
def test_how_far_it_is_shared_out_is_a_parameter(shared_out, hours):
    world = group_of(5, SHARED | {"meeting.shared_out": shared_out})
    meet(world, SOME_DAY)
    assert world.hours[0, 1] == pytest.approx(hours)


def test_only_those_present_share_it_and_it_can_be_switched_off():
    world = group_of(5, SHARED, barrier=[0, 0, 1, 1, 1])
    meet(world, SOME_DAY)
    assert world.hours[0, 1] == 2.0
    world = group_of(5, SHARED | {"mechanisms.sharing_out": False})
    meet(world, SOME_DAY)
    assert world.hours[0, 1] == 2.0


@pytest.mark.parametrize(("on", "crowd"), [(True, 4), (False, 0)])
def test_a_visitor_notices_how_many_there_are(on, crowd):
    world = group_of(4, {"mechanisms.sharing_out": on, "leaving.crowding": 0.1}, outsiders=1)
    world.people[4].status, world.people[4].visiting = AWARE, True
    meet(world, SOME_DAY)
    assert list(world.people.crowd) == [0, 0, 0, 0, crowd]
