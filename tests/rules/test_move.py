from sim.rules.move import move
from sim.state import AWARE, FORMER, MEMBER, MOVED_AWAY
from tests.builders import SOME_WEEK, group_of, make_organiser, town, what_changed

LEAD_IN = {"run.lead_in_weeks": 10}


def test_life_begins_a_lead_in_before_arriving_and_ends_with_departing():
    world = town(1, LEAD_IN, arrives_week=30, departs_week=40)
    me = world.people[0]
    seen = {}
    for week in (19, 20, 29, 30, 39, 40, 41):
        move(world, week)
        seen[week] = (bool(me.living), bool(me.resident))
    assert seen == {
        19: (False, False),
        20: (True, False),
        29: (True, False),
        30: (True, True),
        39: (True, True),
        40: (False, False),
        41: (False, False),
    }


def test_counting_begins_with_living_in_the_area():
    world = town(1, LEAD_IN, arrives_week=30)
    me = world.people[0]
    me.resident = False
    me.distress_total, me.days_lived, me.hard_days, me.hard_days_through = 9.0, 70, 5, 4
    me.episodes, me.told_outside, me.told_accepted, me.services_contacts = 3, 2, 1, 6
    move(world, 29)
    assert (me.days_lived, me.episodes) == (70, 3)
    move(world, 30)
    assert (me.distress_total, me.days_lived, me.hard_days, me.hard_days_through) == (0, 0, 0, 0)
    assert (me.episodes, me.told_outside, me.told_accepted, me.services_contacts) == (0, 0, 0, 0)


def test_counting_begins_only_once():
    world = town(1, arrives_week=30)
    move(world, 30)
    world.people[0].episodes = 3
    move(world, 31)
    assert world.people[0].episodes == 3


def test_states_are_not_touched_by_arriving():
    world = town(1, arrives_week=SOME_WEEK)
    world.people[0].resident = False
    assert what_changed(world, move, SOME_WEEK) == {"resident"}


def test_a_member_who_moves_away_is_no_longer_a_member_or_organiser():
    world = group_of(2, departs_week=[SOME_WEEK, SOME_WEEK + 1])
    make_organiser(world, 0)
    make_organiser(world, 1)
    move(world, SOME_WEEK)
    gone, stays = world.people[0], world.people[1]
    assert (gone.status, gone.left_reason, gone.left_week, gone.organiser) == (FORMER, MOVED_AWAY, SOME_WEEK, False)
    assert (stays.status, stays.organiser, world.group[0].organisers) == (MEMBER, True, 1)


def test_somebody_who_meant_to_come_and_moves_away_does_not_come():
    world = group_of(1, outsiders=1, departs_week=[SOME_WEEK + 1, SOME_WEEK])
    visitor = world.people[1]
    visitor.status, visitor.visiting = AWARE, True
    move(world, SOME_WEEK)
    assert not visitor.visiting
    assert (visitor.status, visitor.left_week) == (AWARE, -1)
