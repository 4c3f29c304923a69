import math

import pytest

from sim import purposes
from sim.rules.seek import seek
from sim.state import AWARE, BY_REFERRAL, FORMER, UNAWARE
from tests.builders import SOME_WEEK, group_of, town, what_changed

CONTACT = {
    "outside.services_per_year": 52.0,
    "outside.services_acceptance": 0.45,
    "outside.services_accepted": 0.1,
    "outside.services_labelled": 0.2,
}


def test_contact_comes_at_its_rate_times_strain_against_the_average(luck):
    world = town(2, CONTACT)
    world.people.strain = [0.2, 0.4]  # the average is 0.2
    seek(world, SOME_WEEK)
    chances = luck.chances_of(purposes.SEEK)
    assert chances[0] == pytest.approx(1.0 - math.exp(-1.0))
    assert chances[1] == pytest.approx(1.0 - math.exp(-2.0))


def test_an_accepting_contact_takes_away_shame(luck):
    luck.let(purposes.SEEK, purposes.SEEK_ACCEPTED)
    world = town(1, CONTACT)
    assert what_changed(world, seek, SOME_WEEK) == {"stigma", "services_contacts"}
    assert world.people[0].stigma == pytest.approx(0.45)  # 0.5 moved to 0 by a tenth
    assert luck.chance_of(purposes.SEEK_ACCEPTED) == 0.45


def test_a_labelling_contact_adds_shame(luck):
    luck.let(purposes.SEEK)
    luck.forbid(purposes.SEEK_ACCEPTED)
    world = town(1, CONTACT)
    seek(world, SOME_WEEK)
    assert world.people[0].stigma == pytest.approx(0.6)  # 0.5 moved to 1 by a fifth
    assert world.people[0].services_contacts == 1


def test_somebody_outside_services_has_no_contact(luck):
    luck.let(purposes.SEEK)
    world = town(2, CONTACT, service_user=[False, True])
    world.people[1].living = False
    assert what_changed(world, seek, SOME_WEEK) == set()


@pytest.mark.parametrize("referral_prob", [0.0, 0.3, 1.0])
def test_a_contact_may_bring_the_group_up(luck, referral_prob):
    luck.let(purposes.SEEK, purposes.REFERRED)
    world = group_of(1, CONTACT | {"joining.referral_prob": referral_prob}, outsiders=1)
    seek(world, SOME_WEEK)
    assert luck.chances_of(purposes.REFERRED) == {1: referral_prob}
    told = world.people[1]
    assert (told.status == AWARE) == (referral_prob > 0.0)
    assert (told.heard_of == BY_REFERRAL) == (referral_prob > 0.0)


def test_nobody_is_referred_to_a_closed_group_or_one_not_for_them(luck):
    luck.let(purposes.SEEK, purposes.REFERRED)
    sure = CONTACT | {"joining.referral_prob": 1.0}
    closed = town(1, sure)
    not_for_men = group_of(1, sure | {"group.women_only": True}, outsiders=1, woman=[True, False])
    not_yet_here = group_of(1, sure, outsiders=1)
    not_yet_here.people[1].resident = False
    for world in (closed, not_for_men, not_yet_here):
        seek(world, SOME_WEEK)
        assert world.people[-1].status == UNAWARE


def test_a_former_member_is_not_told_anew(luck):
    luck.let(purposes.SEEK, purposes.REFERRED)
    world = group_of(1, CONTACT | {"joining.referral_prob": 1.0})
    world.people[0].status = FORMER
    seek(world, SOME_WEEK)
    assert world.people[0].status == FORMER


# Labels hurt; under a clinician members meet services more often.


@pytest.mark.parametrize(("labels", "hurt"), [(True, 0.7), (False, 0.5)])
def test_a_labelling_contact_hurts_where_that_is_switched_on(luck, labels, hurt):
    luck.let(purposes.SEEK)
    luck.forbid(purposes.SEEK_ACCEPTED)
    world = town(1, CONTACT | {"mechanisms.labels": labels, "outside.label_hurt": 0.4})
    world.people.label_hurt = 0.5
    seek(world, SOME_WEEK)
    assert world.people[0].label_hurt == pytest.approx(hurt)


def test_an_accepting_contact_does_not(luck):
    luck.let(purposes.SEEK, purposes.SEEK_ACCEPTED)
    world = town(1, CONTACT | {"mechanisms.labels": True, "outside.label_hurt": 0.4})
    assert what_changed(world, seek, SOME_WEEK) == {"stigma", "services_contacts"}


@pytest.mark.parametrize("why", ["led by a clinician", "member-led", "switched off"])
def test_members_of_a_clinicians_group_find_the_way_to_services_shorter(luck, why):
    shorter = {"mechanisms.referring": why != "switched off", "clinician.help_seeking": 1.5}
    world = group_of(1, CONTACT | shorter, outsiders=1)
    world.group[0].clinician = why != "member-led"
    seek(world, SOME_WEEK)
    rate = 2.5 if why == "led by a clinician" else 1.0
    expected = {0: pytest.approx(1.0 - math.exp(-rate)), 1: pytest.approx(1.0 - math.exp(-1.0))}
    assert luck.chances_of(purposes.SEEK) == expected
