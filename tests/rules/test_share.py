from itertools import pairwise

import pytest

from sim import purposes
from sim.rules.share import norms, share
from tests.builders import SOME_DAY, meeting_of, what_changed

SIZES = {
    "meeting.strength": 0.5, "meeting.accept": 0.2, "meeting.judge": 0.4, "meeting.label": 0.1,
    "meeting.trust_accepted": 0.1, "meeting.hurt": 0.25, "meeting.heard": 0.05, "meeting.tell_episode": 0.5,
}  # fmt: skip


def a_round(parameters=None, people=2, **traits):
    """A meeting at which everybody speaks of self-harm."""
    return meeting_of(people, SIZES | (parameters or {}), **traits)


def test_to_be_accepted_takes_away_shame_builds_trust_and_brings_relief():
    world = a_round(responsiveness=[1.0, 0.5])
    assert what_changed(world, share, SOME_DAY) == {
        "spoke", "shared", "shares", "shares_self_harm", "stigma", "trust", "distress", "supported_day",
    }  # fmt: skip
    me, less_responsive = world.people[0], world.people[1]
    assert me.stigma == pytest.approx(0.45)  # 0.5 moved to 0 by 0.5 * 0.2 * 1
    assert less_responsive.stigma == pytest.approx(0.475)  # by 0.5 * 0.2 * 0.5
    assert me.trust == less_responsive.trust == pytest.approx(0.55)
    assert me.distress == pytest.approx(0.475)
    assert me.supported_day == SOME_DAY


def test_to_be_judged_does_the_reverse_and_no_responsiveness_softens_it():
    world = a_round({"group.acceptance": 0.0}, responsiveness=[1.0, 0.0])
    assert what_changed(world, share, SOME_DAY) == {
        "spoke", "shared", "shares", "shares_self_harm", "shares_judged", "stigma", "trust",
    }  # fmt: skip
    for me in world.people:
        assert me.stigma == pytest.approx(0.6)  # 0.5 moved to 1 by 0.5 * 0.4
        assert me.trust == pytest.approx(0.375)  # 0.5 moved to 0 by a quarter
        assert (me.shares_judged, me.supported_day) == (1, -1)


def test_trust_makes_it_easier_to_speak_and_shame_harder(luck):
    world = a_round({"meeting.share_floor": 0.1})
    world.people.trust, world.people.stigma = [1.0, 0.5], [0.0, 1.0]
    share(world, SOME_DAY)
    assert luck.chances_of(purposes.SHARE) == {0: pytest.approx(1.0), 1: pytest.approx(0.325)}  # 0.1 + 0.9 * 0.5 / 2


@pytest.mark.parametrize(("people", "prob"), [(2, 1.0), (6, 1.0), (12, 0.5), (24, 0.25)])
def test_talking_time_is_finite(luck, people, prob):
    world = a_round({"meeting.turns_per_hour": 3.0, "group.meeting_hours": 2.0}, people=people)  # six turns
    share(world, SOME_DAY)
    assert set(luck.chances_of(purposes.SHARE).values()) == {prob}


def test_a_meeting_without_time_is_silent(luck):
    luck.let(purposes.SHARE)
    assert what_changed(a_round({"group.meeting_hours": 0.0}), share, SOME_DAY) == set()


def test_without_trust_only_the_floor_is_left(luck):
    world = a_round({"meeting.share_floor": 0.1})
    world.people.trust = 0.0
    share(world, SOME_DAY)
    assert set(luck.chances_of(purposes.SHARE).values()) == {0.1}


def test_talk_of_the_rest_of_life_is_simply_welcome():
    world = a_round({"group.wider_life": 1.0})
    assert what_changed(world, share, SOME_DAY) == {"spoke", "shares", "trust"}
    assert world.people[0].trust == pytest.approx(0.55)


def test_who_keeps_silent_is_not_touched(luck):
    luck.forbid(purposes.SHARE)
    assert what_changed(a_round({"meeting.share_floor": 0.1}), share, SOME_DAY) == set()


@pytest.mark.parametrize(
    ("last_episode", "chances"),
    [(SOME_DAY, 2), (SOME_DAY - 7, 2), (SOME_DAY - 8, 0), (-1, 0)],
)
def test_only_a_recent_episode_is_told_of(luck, last_episode, chances):
    world = a_round({"meeting.recent_days": 7})
    world.people.last_episode_day = last_episode
    share(world, SOME_DAY)
    told = luck.chances_of(purposes.SHARE_EPISODE)
    assert len(told) == chances
    assert set(told.values()) <= {0.5}


def test_who_tells_of_an_episode_may_meet_pressure_to_stop(luck):
    luck.let(purposes.SHARE_EPISODE)
    world = a_round({"group.pressure_to_stop": 1.0})
    world.people[0].last_episode_day = SOME_DAY - 1
    share(world, SOME_DAY)
    pressed, not_telling = world.people[0], world.people[1]
    assert (pressed.told_episode, pressed.shares_judged) == (True, 1)
    assert pressed.stigma == pytest.approx(0.6)
    assert (not_telling.told_episode, not_telling.shares_judged) == (False, 0)


def test_a_label_adds_shame_even_where_the_share_is_accepted():
    world = a_round({"group.labelling": 1.0})
    share(world, SOME_DAY)
    assert world.people[0].stigma == pytest.approx(0.45 + 0.05 * 0.55)  # 0.5 * 0.1 of the way to 1
    assert world.people[0].shares_judged == 0


def test_mechanics_are_spoken_of_only_where_norms_allow_it():
    for allowed in (0.0, 1.0):
        world = a_round({"group.mechanics": allowed})
        share(world, SOME_DAY)
        assert list(world.people.told_mechanics) == [bool(allowed)] * 2


def test_the_share_judged_is_what_acceptance_leaves():
    # 500 people share once; 100 judged are expected, standard deviation 8.9: 60-140 holds with
    # probability above 0.9999 whatever the seed.
    world = a_round({"group.acceptance": 0.8, "group.meeting_hours": 12.0}, people=500)
    share(world, SOME_DAY)
    assert 60 <= world.people.shares_judged.sum() <= 140


def test_more_acceptance_never_judges_somebody_it_did_not_judge_before():
    judged = []
    for acceptance in (0.0, 0.3, 0.6, 0.9, 1.0):
        world = a_round({"group.acceptance": acceptance}, people=50)
        share(world, SOME_DAY)
        judged.append({i for i in range(50) if world.people[i].shares_judged})
    assert all(later <= earlier for earlier, later in pairwise(judged))
    assert (len(judged[0]), len(judged[-1])) == (50, 0)


@pytest.mark.parametrize("strength", [0.0, 0.3, 1.0])
def test_strength_scales_what_acceptance_does_to_shame_and_not_to_trust(strength):
    world = a_round({"meeting.strength": strength})
    share(world, SOME_DAY)
    assert world.people[0].stigma == pytest.approx(0.5 * (1.0 - 0.2 * strength))
    assert world.people[0].trust == pytest.approx(0.55)


def test_one_alone_has_nobody_to_share_with():
    assert what_changed(a_round(people=1), share, SOME_DAY) == set()


def test_without_a_meeting_or_for_the_absent_nothing_happens():
    world = a_round()
    world.group[0].met_today = False
    assert what_changed(world, share, SOME_DAY) == set()
    world = a_round(people=3)
    world.people[2].present, world.group[0].present = False, 2
    share(world, SOME_DAY)
    assert world.people[2].shares == 0


# Guilt that is judged, labels that hurt.


def test_who_is_judged_on_telling_of_an_episode_feels_guilty_for_it(luck):
    luck.let(purposes.SHARE_EPISODE)
    world = a_round({"mechanisms.guilt": True, "meeting.guilt_judged": 0.4, "group.acceptance": 0.0})
    world.people[0].last_episode_day = SOME_DAY - 1
    world.people.guilt = 0.5
    share(world, SOME_DAY)
    assert list(world.people.guilt) == pytest.approx([0.7, 0.5])  # 0.5 to 1 by 0.4; the other told of none


@pytest.mark.parametrize("why", ["accepted", "switched off"])
def test_otherwise_nobody_does(luck, why):
    luck.let(purposes.SHARE_EPISODE)
    changes = {"mechanisms.guilt": why != "switched off", "group.acceptance": float(why == "accepted")}
    world = a_round(changes | {"meeting.guilt_judged": 0.4})
    world.people.last_episode_day = SOME_DAY - 1
    share(world, SOME_DAY)
    assert list(world.people.guilt) == [0.0, 0.0]


@pytest.mark.parametrize(("labels", "hurt"), [(True, 0.4), (False, 0.0)])
def test_a_label_hurts_where_that_is_switched_on(labels, hurt):
    world = a_round({"mechanisms.labels": labels, "outside.label_hurt": 0.4, "group.labelling": 1.0})
    share(world, SOME_DAY)
    assert list(world.people.label_hurt) == pytest.approx([hurt, hurt])


# While a clinician leads.

LED = {
    "mechanisms.clinician": True, "clinician.held_back": 0.3, "clinician.judging_less": 0.5,
    "clinician.mechanics_less": 0.75, "clinician.labelling": 0.2, "group.acceptance": 0.8, "group.mechanics": 0.4,
    "group.labelling": 0.1,
}  # fmt: skip


def led(parameters=None, clinician=True):
    world = a_round(LED | (parameters or {}))
    world.group[0].clinician = clinician
    return world


def chances(luck, world):
    luck.let(purposes.SHARE)
    share(world, SOME_DAY)
    asked = (purposes.SHARE, purposes.SHARE_ACCEPTED, purposes.SHARE_MECHANICS, purposes.SHARE_LABELLED)
    return [luck.chances_of(purpose)[0] for purpose in asked]


def test_under_a_clinician_less_is_said_and_less_judged_and_more_labelled(luck):
    # 1 - 0.3; 0.8 + half of 0.2; a quarter of 0.4; 0.1 + a fifth of 0.9
    assert chances(luck, led()) == pytest.approx([0.7, 0.9, 0.1, 0.28])


@pytest.mark.parametrize("why", ["member-led", "switched off"])
def test_otherwise_the_groups_own_norms_hold(luck, why):
    world = led({"mechanisms.clinician": why != "switched off"}, clinician=why != "member-led")
    assert chances(luck, world) == pytest.approx([1.0, 0.8, 0.4, 0.1])


def test_at_the_ends_norms_stay_probabilities(luck):
    names = ("held_back", "judging_less", "mechanics_less", "labelling")
    assert norms(led({f"clinician.{name}": 1.0 for name in names})) == (1.0, 0.0, 1.0)
    ends = {"group.acceptance": 1.0, "group.mechanics": 1.0, "group.labelling": 1.0}
    assert norms(led(ends)) == pytest.approx((1.0, 0.25, 1.0))
