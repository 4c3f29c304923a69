import pytest

from sim.purposes import TRAIT_FOUNDER
from sim.rules.found import found, on_caseload
from sim.state import AS_FOUNDER, MEMBER, OPENED, ORGANISER_ON, UNAWARE
from tests.builders import story, town, what_changed


def members(world):
    return [i for i in range(len(world.people)) if world.people[i].status == MEMBER]


def test_the_group_opens_with_its_founders_who_know_why_they_are_there():
    world = town(5, {"group.founders": 3, "meeting.trust_start": 0.35, "run.lead_in_weeks": 4})
    world.group[0].opening_week = 4
    found(world, 4)
    g = world.group[0]
    assert (g.open, g.venue, g.clinician, g.funded, g.circle) == (True, True, False, False, 3)
    assert len(members(world)) == 3
    for i in members(world):
        me = world.people[i]
        assert (me.heard_of, me.joined_week, me.last_attended_day, me.trust) == (AS_FOUNDER, 4, 28, 0.35)
        assert me.first_joined_week == 4
        assert not me.expected
    assert sorted(world.circle[:3]) == members(world)
    assert story(world)[0] == (OPENED, -1, 0)


def test_it_opens_in_the_opening_week_only():
    world = town(5)
    world.group[0].opening_week = 4
    assert what_changed(world, found, 3) == set()
    assert what_changed(world, found, 5) == set()


def test_where_there_is_to_be_no_group_there_is_none():
    assert what_changed(town(5, {"group.exists": False}), found, 0) == set()


def test_a_member_led_group_has_organisers_from_the_start():
    world = town(5, {"group.founders": 3, "organising.organisers_wanted": 2})
    found(world, 0)
    assert world.group[0].organisers == 2 == world.people.organiser.sum()
    assert sum(kind == ORGANISER_ON for kind, _, _ in story(world)) == 2


def test_a_clinician_leads_clients_who_do_not_organise():
    world = town(5, {"group.clinician_started": True, "organising.funded": True})
    found(world, 0)
    g = world.group[0]
    assert (g.clinician, g.funded, g.organisers) == (True, True, 0)


def test_those_in_greater_need_come_first_when_luck_is_equal(luck):
    luck.draw(TRAIT_FOUNDER, 0.5)
    world = town(4, {"group.founders": 2, "joining.need_power": 2.0})
    world.people.isolation = [0.2, 0.9, 0.4, 0.8]
    found(world, 0)
    assert members(world) == [1, 3]


def test_need_and_luck_are_weighed_as_minus_log_u_over_need(luck):
    # average need is 0.5 * 0.2, so needs are 1 and 2; with power 1 the waits are 0.3 and 0.9 / 2.
    luck.draw(TRAIT_FOUNDER, {0: 0.7408182206817179, 1: 0.4065696597405991})  # exp(-0.3), exp(-0.9)
    world = town(2, {"group.founders": 1, "joining.need_power": 1.0})
    world.people.strain = [0.2, 0.4]
    found(world, 0)
    assert members(world) == [0]
    world = town(2, {"group.founders": 1, "joining.need_power": 2.0})
    world.people.strain = [0.2, 0.4]
    found(world, 0)
    assert members(world) == [1]  # 0.9 / 4 is less than 0.3


def test_without_a_pull_of_need_only_luck_decides():
    chosen = []
    for isolation in ([0.1, 0.5, 0.9], [0.9, 0.5, 0.1]):
        world = town(3, {"group.founders": 1, "joining.need_power": 0.0})
        world.people.isolation = isolation
        found(world, 0)
        chosen.append(members(world))
    assert chosen[0] == chosen[1]


def test_no_more_founders_than_places():
    world = town(6, {"group.founders": 5, "group.places": 2})
    found(world, 0)
    assert len(members(world)) == 2


@pytest.mark.parametrize(
    ("condition", "trait"),
    [({"group.women_only": True}, {"woman": [True, False, True, False]}),
     ({"group.service_users_only": True}, {"service_user": [True, False, True, False]})],
)  # fmt: skip
def test_founders_are_among_those_whom_the_group_is_for(condition, trait):
    world = town(4, condition | {"group.founders": 4}, **trait)
    found(world, 0)
    assert members(world) == [0, 2]


def test_people_who_do_not_live_here_yet_do_not_found_it():
    world = town(3)
    world.people.resident = [False, True, False]
    found(world, 0)
    assert members(world) == [1]


def test_a_group_for_whom_nobody_is_eligible_opens_empty():
    world = town(3, {"group.women_only": True}, woman=False)
    found(world, 0)
    assert world.group[0].open
    assert world.group[0].circle == 0
    assert list(world.people.status) == [UNAWARE] * 3


def test_somebody_without_any_need_is_a_founder_only_when_nobody_else_is_left():
    world = town(3, {"group.founders": 3})
    world.people.isolation = [0.0, 0.5, 0.5]
    found(world, 0)
    assert members(world) == [0, 1, 2]
    assert world.circle[2] == 0


def test_nothing_else_changes():
    allowed = {
        "status",
        "joined_week",
        "first_joined_week",
        "trust",
        "heard_of",
        "organiser",
        "last_attended_day",
        "circle",
    }
    group = {f"group.{name}" for name in ("open", "venue", "circle", "organisers")}
    assert what_changed(town(5), found, 0) == allowed | group


# A clinician's clients.

CASELOAD = {
    "mechanisms.clinician": True, "group.clinician_started": True, "group.founders": 2, "clinician.caseload": 1.0,
    "clinician.inpatients_first": 4.0, "clinician.known_before": 0.4, "meeting.trust_start": 0.5,
    "joining.need_power": 0.0,
}  # fmt: skip


def test_a_clinician_begins_with_clients_who_trust_because_they_know_who_leads():
    world = town(4, CASELOAD, service_user=[False, True, False, True])
    found(world, 0)
    assert members(world) == [1, 3]
    assert list(world.people.trust) == pytest.approx([0.5, 0.7, 0.5, 0.7])  # 0.5 to 1 by 0.4


@pytest.mark.parametrize(
    ("inpatient", "service_user", "weight"),
    [(False, True, 1.0), (True, True, 5.0), (False, False, 0.25), (True, False, 1.25)],
)
def test_how_likely_somebody_is_to_be_a_client(inpatient, service_user, weight):
    world = town(1, CASELOAD | {"clinician.caseload": 0.75}, inpatient=inpatient, service_user=service_user)
    assert on_caseload(world, 0) == 1.0  # nobody leads yet
    world.group[0].clinician = True
    assert on_caseload(world, 0) == pytest.approx(weight)


def test_who_has_been_an_inpatient_comes_first_when_luck_is_equal(luck):
    luck.draw(TRAIT_FOUNDER, 0.5)
    world = town(4, CASELOAD, inpatient=[False, False, True, True])
    found(world, 0)
    assert members(world) == [2, 3]


@pytest.mark.parametrize("why", ["member-led", "switched off"])
def test_without_a_clinician_anybody_may_be_a_founder_and_trusts_as_usual(luck, why):
    luck.draw(TRAIT_FOUNDER, 0.5)
    changes = {"mechanisms.clinician": why != "switched off", "group.clinician_started": why != "member-led"}
    world = town(4, CASELOAD | changes, inpatient=[False, False, True, True], service_user=[False, True, True, True])
    found(world, 0)
    assert members(world) == [0, 1]
    assert set(world.people.trust) == {0.5}


def test_who_is_no_client_founds_it_only_where_nobody_else_is_left():
    world = town(2, CASELOAD, service_user=[False, True])
    found(world, 0)
    assert list(world.circle[:2]) == [1, 0]
