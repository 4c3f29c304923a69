import pytest

from sim.purposes import INSIGHT
from sim.rules.listen import listen
from tests.builders import SOME_DAY, meeting_of, what_changed

SIZES = {
    "meeting.strength": 0.5, "meeting.learn": 0.4, "meeting.normalise": 0.2, "meeting.cope": 0.8,
    "meeting.copy_poor_coping": 0.5, "meeting.mechanics_upset": 0.1,
}  # fmt: skip


def one_speaks(parameters=None, **traits):
    """The first of two people at a meeting has shared; the second listens."""
    world = meeting_of(2, SIZES | (parameters or {}), **traits)
    world.people[0].shared = True
    return world


def test_a_share_brings_insight_and_takes_away_shame():
    world = one_speaks(position=[0.3, 0.5], responsiveness=[1.0, 0.5])
    assert what_changed(world, listen, SOME_DAY) == {"understanding", "stigma", "shares_heard"}
    listener = world.people[1]
    assert listener.understanding == pytest.approx(0.54)  # 0.5 to 1 by 0.5 * 0.4 * 0.8 * 0.5 = 0.08
    assert listener.stigma == pytest.approx(0.48)  # 0.5 to 0 by 0.5 * 0.2 * 0.8 * 0.5 = 0.04
    assert world.people[0].understanding == 0.5  # the speaker hears nobody


def test_better_coping_is_learned():
    world = one_speaks(position=[0.3, 0.5], responsiveness=[1.0, 0.5])
    world.people[0].coping, world.people[1].coping = 0.9, 0.4
    listen(world, SOME_DAY)
    # by 0.5 * 0.8 * 0.8 * trust 0.5 * responsiveness 0.5 = 0.08 of the way from 0.4 to 0.9
    assert world.people[1].coping == pytest.approx(0.44)
    assert world.people[0].coping == 0.9


def test_poorer_coping_is_copied_too():
    world = one_speaks(position=[0.3, 0.5], responsiveness=[1.0, 0.5])
    world.people[0].coping, world.people[1].coping = 0.4, 0.9
    listen(world, SOME_DAY)
    # by 0.5 * 0.8 * 0.8 * trust 0.5 * responsiveness 0.5 * 0.5 copied = 0.04 of the way from 0.9 to 0.4
    assert world.people[1].coping == pytest.approx(0.88)


def test_poorer_coping_is_not_copied_where_that_rival_is_switched_off():
    world = one_speaks({"meeting.copy_poor_coping": 0.0})
    world.people[0].coping = 0.1
    listen(world, SOME_DAY)
    assert world.people[1].coping == 0.5


def test_without_trust_no_way_of_coping_is_taken_over():
    for speaker in (0.1, 0.9):
        world = one_speaks()
        world.people[0].coping, world.people[1].trust = speaker, 0.0
        listen(world, SOME_DAY)
        assert world.people[1].coping == 0.5


@pytest.mark.parametrize("coping", [0.1, 0.9])
def test_in_a_befriending_group_nothing_is_learned(coping):
    world = one_speaks({"group.shared_experience": 0.0})
    world.people[0].coping = coping
    assert what_changed(world, listen, SOME_DAY) == {"shares_heard"}


@pytest.mark.parametrize("coping", [0.1, 0.9])
def test_somebody_unresponsive_takes_nothing_over(coping):
    world = one_speaks(responsiveness=0.0)
    world.people[0].coping = coping
    assert what_changed(world, listen, SOME_DAY) == {"shares_heard"}


def test_opposites_have_nothing_to_tell_each_other():
    world = one_speaks(position=[0.0, 1.0])
    world.people[0].coping = 0.9
    assert what_changed(world, listen, SOME_DAY) == {"shares_heard"}


def test_who_hears_of_a_recent_episode_carries_that():
    world = one_speaks()
    world.people[0].told_episode = True
    listen(world, SOME_DAY)
    assert (world.people[1].heard_episode_day, world.people[1].heard_episodes) == (SOME_DAY, 1)
    assert (world.people[0].heard_episode_day, world.people[0].heard_episodes) == (-1, 0)
    assert world.people[1].heard_mechanics_day == -1
    assert world.people[1].distress == 0.5


def test_mechanics_upset():
    world = one_speaks()
    world.people[0].told_mechanics = True
    listen(world, SOME_DAY)
    assert world.people[1].distress == pytest.approx(0.55)  # 0.5 moved to 1 by a tenth
    assert world.people[1].heard_mechanics_day == SOME_DAY
    assert world.people[1].heard_episode_day == -1


def test_everybody_present_hears_every_share_but_ones_own():
    world = meeting_of(4, SIZES)
    world.people.shared = [True, True, False, False]
    world.people[3].present = False
    listen(world, SOME_DAY)
    assert list(world.people.shares_heard) == [1, 1, 2, 0]
    assert world.people[2].understanding == pytest.approx(0.68)  # twice a fifth of the way to 1


@pytest.mark.parametrize("name", ["meeting.learn", "meeting.normalise", "meeting.cope", "meeting.strength"])
def test_stronger_effects_move_further(name):
    moved = []
    for size in (0.0, 0.1, 0.5, 1.0):
        world = one_speaks({name: size})
        world.people[0].coping = 0.9
        listen(world, SOME_DAY)
        me = world.people[1]
        moved.append(me.understanding + me.coping - me.stigma)
    assert moved == sorted(moved)
    assert moved[0] < moved[-1]


def test_without_a_meeting_nothing_is_heard():
    world = one_speaks()
    world.group[0].met_today = False
    assert what_changed(world, listen, SOME_DAY) == set()


# Insight at once, and how it can hurt.

AT_ONCE = {"meeting.insight_at_once": True, "meeting.insight_jump": 0.5}


def test_insight_may_come_seldom_and_at_once(luck):
    luck.let(INSIGHT)
    world = one_speaks(AT_ONCE, position=[0.3, 0.5], responsiveness=[1.0, 0.5])
    listen(world, SOME_DAY)
    assert luck.chances_of(INSIGHT) == {1: pytest.approx(0.16)}  # 0.5 * 0.4 * 0.8 * 0.5 = 0.08, over a jump of 0.5
    assert luck.partners_of(INSIGHT) == [0]
    assert world.people[1].understanding == pytest.approx(0.75)  # half of what is not understood yet


def test_most_shares_then_bring_no_insight(luck):
    luck.forbid(INSIGHT)
    assert what_changed(one_speaks(AT_ONCE), listen, SOME_DAY) == {"stigma", "shares_heard"}


@pytest.mark.parametrize("jump", [0.2, 0.5, 0.8])
def test_the_mean_is_the_same_by_degrees_or_at_once(luck, jump):
    luck.let(INSIGHT)
    at_once = one_speaks(AT_ONCE | {"meeting.insight_jump": jump}, position=[0.3, 0.5], responsiveness=[1.0, 0.5])
    listen(at_once, SOME_DAY)
    by_degrees = one_speaks(position=[0.3, 0.5], responsiveness=[1.0, 0.5])
    listen(by_degrees, SOME_DAY)
    gained = at_once.people[1].understanding - 0.5
    assert luck.chance_of(INSIGHT) * gained == pytest.approx(by_degrees.people[1].understanding - 0.5)


def test_a_jump_smaller_than_what_every_share_brings_comes_every_time(luck):
    world = one_speaks(AT_ONCE | {"meeting.insight_jump": 0.1})
    listen(world, SOME_DAY)
    assert luck.chance_of(INSIGHT) == 1.0
    assert world.people[1].understanding == pytest.approx(0.55)


@pytest.mark.parametrize("off", [{"meeting.insight_jump": 0.0}, {"mechanisms.insight": False}])
def test_insight_at_once_can_bring_nothing(luck, off):
    luck.let(INSIGHT)
    assert what_changed(one_speaks(AT_ONCE | off), listen, SOME_DAY) == {"stigma", "shares_heard"}


HURTS = {"mechanisms.hurtful_insight": True, "meeting.insight_hurts": 0.5}


@pytest.mark.parametrize("at_once", [True, False])
def test_insight_can_hurt_before_it_helps(luck, at_once):
    luck.let(INSIGHT)
    world = one_speaks(HURTS | AT_ONCE | {"meeting.insight_at_once": at_once})
    listen(world, SOME_DAY)
    gained = 0.25 if at_once else 0.1  # half of what is left, or 0.5 to 1 by 0.5 * 0.4
    assert world.people[1].understanding == pytest.approx(0.5 + gained)
    assert world.people[1].distress == pytest.approx(0.5 + 0.5 * 0.5 * gained)
    assert world.people[0].distress == 0.5


def test_without_insight_there_is_nothing_to_hurt(luck):
    luck.forbid(INSIGHT)
    world = one_speaks(HURTS | AT_ONCE)
    listen(world, SOME_DAY)
    assert world.people[1].distress == 0.5
    world = one_speaks(HURTS | {"mechanisms.hurtful_insight": False})
    listen(world, SOME_DAY)
    assert world.people[1].distress == 0.5
