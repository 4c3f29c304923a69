import pytest

from sim.rules.be_known import be_known
from tests.builders import SOME_DAY, meeting_of, what_changed

SIZES = {
    "mechanisms.known": True, "mechanisms.labels": True, "meeting.strength": 0.5, "meeting.known": 0.2,
    "meeting.labels_talked": 0.4, "meeting.labels_healed": 0.1,
}  # fmt: skip


def spoke_of_the_rest_of_life(parameters=None, **traits):
    """The first of three people at a meeting has spoken, and not of self-harm."""
    world = meeting_of(3, SIZES | (parameters or {}), **traits)
    world.people[0].spoke = True
    return world


def was_heard(hurt=0.6, parameters=None, **traits):
    """The first of three people at a meeting has spoken of self-harm and was supported."""
    world = spoke_of_the_rest_of_life(parameters, **traits)
    me = world.people[0]
    me.shared, me.supported_day, me.label_hurt = True, SOME_DAY, hurt
    return world


def test_who_is_known_beyond_the_label_is_less_ashamed():
    world = spoke_of_the_rest_of_life(responsiveness=0.5)
    assert what_changed(world, be_known, SOME_DAY) == {"stigma"}
    assert list(world.people.stigma) == pytest.approx([0.475, 0.5, 0.5])  # 0.5 to 0 by 0.5 * 0.2 * 0.5


def test_only_peers_know_one_beyond_the_label():
    world = spoke_of_the_rest_of_life({"group.shared_experience": 0.0})
    assert what_changed(world, be_known, SOME_DAY) == set()


def test_to_talk_of_labels_takes_shame_away_and_then_heals():
    world = was_heard(responsiveness=0.5)
    world.people.label_hurt[1:] = 0.9
    assert what_changed(world, be_known, SOME_DAY) == {"stigma", "label_hurt"}
    assert list(world.people.stigma) == pytest.approx([0.47, 0.5, 0.5])  # 0.5 to 0 by 0.5 * 0.4 * 0.6 * 0.5 = 0.06
    assert list(world.people.label_hurt) == pytest.approx([0.54, 0.9, 0.9])  # 0.6 to 0 by a tenth


@pytest.mark.parametrize(("hurt", "stigma"), [(0.0, 0.5), (0.5, 0.45), (1.0, 0.4)])
def test_it_matters_the_more_the_more_labels_hurt(hurt, stigma):
    world = was_heard(hurt)
    be_known(world, SOME_DAY)
    assert world.people[0].stigma == pytest.approx(stigma)


@pytest.mark.parametrize("supported", [-1, SOME_DAY - 1])
def test_who_was_judged_today_cannot_speak_of_labels(supported):
    world = was_heard()
    world.people[0].supported_day = supported
    assert what_changed(world, be_known, SOME_DAY) == set()


def test_without_hurt_there_is_nothing_to_heal():
    assert what_changed(was_heard(hurt=0.0), be_known, SOME_DAY) == set()


@pytest.mark.parametrize("why", ["no meeting", "absent", "silent"])
def test_nobody_becomes_known(why):
    for world in (spoke_of_the_rest_of_life(), was_heard()):
        world.group[0].met_today = why != "no meeting"
        world.people[0].present = why != "absent"
        world.people[0].spoke = why != "silent"
        assert what_changed(world, be_known, SOME_DAY) == set()


def test_each_of_the_two_can_be_switched_off_alone():
    off = {"mechanisms.known": False}
    assert what_changed(spoke_of_the_rest_of_life(off), be_known, SOME_DAY) == set()
    assert what_changed(was_heard(parameters=off), be_known, SOME_DAY) == {"stigma", "label_hurt"}
    off = {"mechanisms.labels": False}
    assert what_changed(spoke_of_the_rest_of_life(off), be_known, SOME_DAY) == {"stigma"}
    assert what_changed(was_heard(hurt=0.0, parameters=off), be_known, SOME_DAY) == set()


def test_at_full_size_shame_and_hurt_end_at_nothing_and_not_below():
    full = {"meeting.strength": 1.0, "meeting.known": 1.0, "meeting.labels_talked": 1.0, "meeting.labels_healed": 1.0}
    world = was_heard(1.0, full)
    be_known(world, SOME_DAY)
    assert (world.people[0].stigma, world.people[0].label_hurt) == (0.0, 0.0)
    world = spoke_of_the_rest_of_life(full)
    be_known(world, SOME_DAY)
    assert world.people[0].stigma == 0.0
