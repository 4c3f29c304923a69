import pytest

from sim.purposes import SOCIAL_ATTEND, SOCIAL_HELD
from sim.rules.socialise import socialise
from tests.builders import SOME_WEEK, group_of, what_changed

SATURDAY = 7 * SOME_WEEK + 5
SOCIALS = {"group.socials_per_year": 52.0, "group.social_day": 5, "group.social_hours": 3.0}


def test_members_who_come_spend_hours_together_and_nobody_shares():
    world = group_of(3, SOCIALS, outsiders=1, barrier=[0, 0, 1, 0])
    assert what_changed(world, socialise, SATURDAY) == {"present", "socials", "hours", "group.socials"}
    assert world.hours[0, 1] == world.hours[1, 0] == 3.0
    assert world.hours.sum() == 6.0
    assert list(world.people.socials) == [1, 1, 0, 0]
    assert world.group[0].socials == 1


def test_it_is_held_with_its_share_of_the_years_weeks(luck):
    world = group_of(2, SOCIALS | {"group.socials_per_year": 13.0})
    socialise(world, SATURDAY)
    assert luck.chance_of(SOCIAL_HELD) == pytest.approx(0.25)


def test_members_come_as_they_come_to_meetings(luck):
    world = group_of(1, SOCIALS | {"meeting.attend_floor": 0.6, "meeting.attend_distress": 0.3}, barrier=0.25)
    socialise(world, SATURDAY)
    assert luck.chance_of(SOCIAL_ATTEND) == pytest.approx(0.75 * 0.8 * 0.85)


def test_it_is_not_a_meeting():
    world = group_of(2, SOCIALS)
    socialise(world, SATURDAY)
    assert list(world.people.meetings) == [0, 0]
    assert list(world.people.attended_this_week) == [0, 0]
    assert world.group[0].meetings == 0


@pytest.mark.parametrize("why", ["another day", "a meeting today", "closed", "money lost", "none planned"])
def test_there_is_no_social(why):
    planned = 0.0 if why == "none planned" else 52.0
    world = group_of(2, SOCIALS | {"group.socials_per_year": planned, "organising.funded": True})
    g = world.group[0]
    g.open, g.funded, g.met_today = why != "closed", why != "money lost", why == "a meeting today"
    assert what_changed(world, socialise, SATURDAY - (why == "another day")) == set()
