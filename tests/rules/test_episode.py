import math

import pytest

from sim.rules.episode import episode, episode_mean, heard_lately
from tests.builders import SOME_DAY, group_of, town, what_changed

INFLUENCE = {
    "episodes.coping_protection": 0.5, "episodes.social_influence": 0.3, "episodes.mechanics_influence": 0.2,
    "episodes.influence_days": 7,
}  # fmt: skip


def somebody(parameters=None, rate=2.0, distress=0.5, coping=0.4, decline=1.0):
    world = town(1, INFLUENCE | (parameters or {}), episode_rate=rate)
    me = world.people[0]
    me.distress, me.coping, me.decline = distress, coping, decline
    return world


def mean_of(world):
    return episode_mean(world, 0, SOME_DAY)


def test_distress_squared_raises_the_rate_and_coping_lowers_it():
    assert mean_of(somebody()) == pytest.approx(0.4)  # 2 * 0.25 * (1 - 0.5 * 0.4)
    assert mean_of(somebody(distress=1.0)) == pytest.approx(1.6)
    assert mean_of(somebody(coping=1.0)) == pytest.approx(0.25)


def test_natural_decline_wears_it_down():
    assert mean_of(somebody(decline=0.5)) == pytest.approx(0.2)


@pytest.mark.parametrize("none_of", [{"rate": 0.0}, {"distress": 0.0}, {"decline": 0.0}])
def test_there_are_none_without_propensity_distress_or_after_full_decline(none_of):
    assert mean_of(somebody(**none_of)) == 0.0


def test_full_coping_with_full_protection_prevents_all():
    assert mean_of(somebody({"episodes.coping_protection": 1.0}, coping=1.0)) == 0.0


@pytest.mark.parametrize(
    ("episode_ago", "mechanics_ago", "mean"),
    [(None, None, 0.4), (0, None, 0.52), (6, None, 0.52), (7, None, 0.4), (None, 1, 0.48), (0, 0, 0.6)],
)
def test_hearing_of_an_episode_or_of_mechanics_raises_it_for_some_days(episode_ago, mechanics_ago, mean):
    world = somebody()
    if episode_ago is not None:
        world.people[0].heard_episode_day = SOME_DAY - episode_ago
    if mechanics_ago is not None:
        world.people[0].heard_mechanics_day = SOME_DAY - mechanics_ago
    assert mean_of(world) == pytest.approx(mean)


def test_hearing_on_the_very_first_day_counts_and_never_hearing_does_not():
    assert heard_lately(0, 0, 7)
    assert not heard_lately(-1, 0, 7)
    assert not heard_lately(0, 0, 0)


@pytest.mark.parametrize(("luck_today", "episodes"), [(0.5, 0), (0.8, 1), (0.93, 1), (0.95, 2), (0.999, 3)])
def test_how_many_is_todays_luck_read_off_the_poisson_distribution(luck_today, episodes):
    # mean 0.4: distribution function 0.6703, 0.9384, 0.9921, 0.9992
    world = somebody()
    world.people[0].luck = luck_today
    assert what_changed(world, episode, SOME_DAY) <= {"episodes_today", "episodes_this_week", "last_episode_day"}
    assert world.people[0].episodes_today == episodes
    assert world.people[0].last_episode_day == (SOME_DAY if episodes else -1)


def test_days_without_forget_yesterdays_episodes_but_not_the_weeks():
    world = somebody(rate=0.0)
    me = world.people[0]
    me.episodes_today, me.episodes_this_week, me.last_episode_day = 2, 3, SOME_DAY - 1
    episode(world, SOME_DAY)
    assert (me.episodes_today, me.episodes_this_week, me.last_episode_day) == (0, 3, SOME_DAY - 1)


def test_with_the_same_luck_more_of_anything_that_raises_it_never_gives_fewer():
    for luck_today in (0.1, 0.5, 0.7, 0.9, 0.99):
        counts = []
        for distress in (0.0, 0.2, 0.5, 0.8, 1.0):
            world = somebody(distress=distress)
            world.people[0].luck = luck_today
            episode(world, SOME_DAY)
            counts.append(int(world.people[0].episodes_today))
        assert counts == sorted(counts)


def test_the_propensest_accepted_still_has_episodes():
    # A gamma distribution of mean 10 and shape 0.05 gives some people rates above 1,000 a day.
    world = somebody(rate=1000.0, distress=1.0, coping=0.0)
    world.people[0].luck = 0.5
    episode(world, SOME_DAY)
    assert world.people[0].episodes_today > 900


def test_no_arrow_leads_here_from_the_group_or_a_meeting():
    for world in (somebody(), group_of(1, INFLUENCE, episode_rate=2.0)):
        me, g = world.people[0], world.group[0]
        me.distress, me.coping = 0.5, 0.4
        g.met_today, g.open, me.present, me.shared, me.status, me.trust = True, True, True, True, 2, 1.0
        assert mean_of(world) == pytest.approx(0.4)


def test_those_not_living_have_none():
    world = somebody(distress=1.0)
    world.people[0].living, world.people[0].luck = False, 0.999
    assert what_changed(world, episode, SOME_DAY) == set()


def test_over_many_people_the_mean_comes_out():
    # 2,000 people with a mean of 0.4 each: 800 expected, standard deviation 28; 690-910 holds with
    # probability above 0.9999. Luck: the middles of 2,000 equal parts.
    world = town(2000, INFLUENCE, episode_rate=2.0)
    world.people.coping = 0.4
    world.people.luck = [(k + 0.5) / 2000 for k in range(2000)]
    episode(world, SOME_DAY)
    assert world.people.episodes_today.sum() == pytest.approx(800, abs=2)
    assert (world.people.episodes_today == 0).mean() == pytest.approx(math.exp(-0.4), abs=0.001)


@pytest.mark.parametrize(("gain", "mean"), [(-1.0, 0.0), (-0.5, 0.2), (0.0, 0.4), (1.0, 0.8)])
def test_the_urge_raises_or_lowers_it(gain, mean):
    world = somebody()
    world.people[0].urge_gain = gain
    assert mean_of(world) == pytest.approx(mean)
