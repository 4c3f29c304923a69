import math

import pytest

from sim.purposes import STEP_DOWN, VOLUNTEER
from sim.rules.organise import may_volunteer, organise
from sim.state import AS_FOUNDER, ORGANISER_OFF, ORGANISER_ON
from tests.builders import SOME_WEEK, group_of, make_organiser, story, town, what_changed

ENERGY = {"organising.drain": 0.2, "organising.energy_half_life_weeks": 1.0, "organising.organisers_wanted": 2}
CALM = {"organising.organisers_wanted": 1}


def organisers_of(many, parameters=None, people=3, meetings=1):
    world = group_of(people, ENERGY | (parameters or {}))
    for i in range(many):
        make_organiser(world, i)
    world.group[0].meetings_this_week = meetings
    return world


def test_a_meeting_takes_energy_and_the_week_gives_some_back():
    world = organisers_of(1)
    organise(world, SOME_WEEK)
    assert world.people[0].energy == pytest.approx(0.9)  # 1 to 0.8, and half way back to 1
    assert world.people[1].energy == 1.0


def test_organisers_share_the_work():
    world = organisers_of(2)
    organise(world, SOME_WEEK)
    assert list(world.people.energy) == pytest.approx([0.95, 0.95, 1.0])


def test_every_meeting_counts():
    world = organisers_of(1, meetings=2)
    organise(world, SOME_WEEK)
    assert world.people[0].energy == pytest.approx(0.82)  # 0.8 * 0.8 = 0.64, half way to 1


def test_guidance_takes_part_of_the_weight_away():
    world = organisers_of(1, {"practitioners.guidance": True, "practitioners.guidance_relief": 0.5})
    organise(world, SOME_WEEK)
    assert world.people[0].energy == pytest.approx(0.95)


def test_under_a_clinician_nobody_tires():
    world = organisers_of(1)
    world.group[0].clinician = True
    organise(world, SOME_WEEK)
    assert world.people[0].energy == 1.0


def test_the_tired_step_down_with_the_square_of_what_is_missing(luck):
    world = organisers_of(1, CALM | {"organising.step_down_per_year": 52.0}, meetings=0)
    world.people[0].energy = 0.0  # half way back to 1 by the week's rest
    organise(world, SOME_WEEK)
    assert luck.chance_of(STEP_DOWN) == pytest.approx(1.0 - math.exp(-0.25))


def test_who_steps_down_stays_a_member(luck):
    luck.let(STEP_DOWN)
    world = organisers_of(1, CALM | {"organising.step_down_per_year": 52.0})
    changed = what_changed(world, organise, SOME_WEEK)
    assert changed == {"organiser", "energy", "group.organisers", "group.weeks_unled"}
    assert world.group[0].organisers == 0
    assert story(world) == [(ORGANISER_OFF, 0, 0)]


def test_volunteers_need_trust_energy_and_a_day_without_too_much_distress(luck):
    world = group_of(1, {"organising.volunteer_prob": 0.5, "organising.volunteer_meetings": 8})
    me = world.people[0]
    me.meetings, me.trust, me.energy, me.distress = 8, 0.8, 1.0, 0.25
    organise(world, SOME_WEEK)
    assert luck.chance_of(VOLUNTEER) == pytest.approx(0.3)


def test_no_more_volunteers_than_are_wanted(luck):
    luck.let(VOLUNTEER)
    world = organisers_of(1, {"organising.volunteer_prob": 1.0, "organising.volunteer_meetings": 0}, people=5)
    organise(world, SOME_WEEK)
    assert list(world.people.organiser) == [True, True, False, False, False]
    assert world.group[0].organisers == 2
    assert story(world) == [(ORGANISER_ON, 1, 0)]


@pytest.mark.parametrize(("meetings", "founder", "may"), [(7, False, False), (8, False, True), (0, True, True)])
def test_only_those_who_have_been_coming_for_a_while_or_founded_it(meetings, founder, may):
    world = group_of(1, {"organising.volunteer_meetings": 8})
    world.people[0].meetings = meetings
    world.people[0].heard_of = AS_FOUNDER if founder else 0
    assert may_volunteer(world, 0, SOME_WEEK) == may


def test_outsiders_and_former_members_do_not_volunteer():
    world = group_of(1, {"organising.volunteer_meetings": 0}, outsiders=1)
    assert not may_volunteer(world, 1, SOME_WEEK)
    world.people[0].status = 3
    assert not may_volunteer(world, 0, SOME_WEEK)


@pytest.mark.parametrize(
    ("handover", "week", "may"), [(True, 77, False), (True, 78, True), (True, 104, True), (False, 104, False)]
)
def test_under_a_clinician_members_take_over_only_while_a_handover_is_prepared(handover, week, may):
    world = group_of(
        1,
        {"organising.handover": handover, "organising.handover_week": 104, "organising.preparation_weeks": 26,
         "organising.volunteer_meetings": 0},
    )  # fmt: skip
    world.group[0].clinician = True
    assert may_volunteer(world, 0, week) == may


def test_weeks_without_anybody_to_lead_are_counted_and_forgotten():
    world = organisers_of(0)
    g = world.group[0]
    for week in range(3):
        organise(world, week)
    assert g.weeks_unled == 3
    g.clinician = True
    organise(world, 3)
    assert g.weeks_unled == 0
    g.clinician = False
    organise(world, 4)
    make_organiser(world, 0)
    organise(world, 5)
    assert g.weeks_unled == 0


def test_where_there_is_no_group_nobody_organises():
    assert what_changed(town(2), organise, SOME_WEEK) == set()


RELIANCE = {
    "mechanisms.clinician": True, "clinician.reliance": 0.5, "organising.volunteer_prob": 0.5,
    "organising.volunteer_meetings": 0, "organising.handover": True, "organising.handover_week": 0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("clinician", "on", "prob"), [(True, True, 0.0625), (False, True, 0.125), (True, False, 0.125)]
)
def test_members_take_on_less_while_a_clinician_leads(luck, clinician, on, prob):
    world = group_of(1, RELIANCE | {"mechanisms.clinician": on})
    world.group[0].clinician = clinician
    organise(world, SOME_WEEK)
    assert luck.chance_of(VOLUNTEER) == pytest.approx(prob)  # 0.5 * trust 0.5 * (1 - 0.5), halved
