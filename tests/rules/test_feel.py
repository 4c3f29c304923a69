import math

import pytest

from sim.draws import normal_quantile
from sim.maths import log_odds, logistic
from sim.purposes import DISTRESS_AND_EPISODES
from sim.rules.feel import feel
from tests.builders import SOME_DAY, group_of, town, what_changed


def test_distress_carries_over_on_the_log_odds_scale(luck):
    luck.draw(DISTRESS_AND_EPISODES, (0.5, 0.5))
    world = town(1, {"life.distress_carry_over": 0.4})
    me = world.people[0]
    me.distress = me.distress_felt = 0.8
    me.distress_log_odds = log_odds(0.8)
    feel(world, SOME_DAY)
    assert me.distress_log_odds == pytest.approx(0.4 * math.log(4.0))  # the mean is 0: a baseline of 0.5
    assert me.distress == pytest.approx(1.0 / (1.0 + 4.0**-0.4))


def test_an_event_of_yesterday_is_carried_over_too(luck):
    luck.draw(DISTRESS_AND_EPISODES, (0.5, 0.5))
    world = town(1, {"life.distress_carry_over": 0.4})
    me = world.people[0]
    me.distress_log_odds, me.distress_felt = 0.0, 0.5
    me.distress = 0.8  # something happened after distress was felt
    feel(world, SOME_DAY)
    assert me.distress == pytest.approx(logistic(0.4 * math.log(4.0)))
    assert me.distress_felt == me.distress


def test_isolation_stigma_and_strain_of_life_raise_the_mean(luck):
    luck.draw(DISTRESS_AND_EPISODES, (0.5, 0.5))
    effects = {
        "life.distress_from_isolation": 1.0,
        "life.distress_from_stigma": 2.0,
        "life.distress_from_stressor": 0.5,
    }
    world = town(1, effects, baseline_distress=0.2)
    me = world.people[0]
    me.isolation, me.stigma, me.stressor = 0.7, 0.6, 2.0
    feel(world, SOME_DAY)
    # log odds of 0.2 is -ln 4; the averages are 0.5 and 0.5: 1 * 0.2 + 2 * 0.1 + 0.5 * 2 = 1.4
    assert me.distress_log_odds == pytest.approx(-math.log(4.0) + 1.4)


def test_an_average_person_is_at_her_own_baseline(luck):
    luck.draw(DISTRESS_AND_EPISODES, (0.5, 0.5))
    effects = {
        "life.distress_from_isolation": 3.0,
        "life.distress_from_stigma": 3.0,
        "life.distress_from_stressor": 3.0,
    }
    world = town(1, effects, baseline_distress=0.3)
    feel(world, SOME_DAY)
    assert world.people[0].distress == pytest.approx(0.3)


def test_a_shock_has_the_size_that_keeps_the_spread(luck):
    luck.draw(DISTRESS_AND_EPISODES, (0.9, 0.25))
    world = town(1, {"life.distress_carry_over": 0.6, "life.distress_sd": 1.5})
    feel(world, SOME_DAY)
    me = world.people[0]
    assert me.distress_log_odds == pytest.approx(1.5 * 0.8 * normal_quantile(0.9))  # root of 1 - 0.36 is 0.8
    assert me.luck == 0.25


@pytest.mark.parametrize(("threshold", "hard"), [(0.79, True), (0.81, False)])
def test_a_day_above_the_threshold_is_hard(luck, threshold, hard):
    luck.draw(DISTRESS_AND_EPISODES, (0.5, 0.5))
    world = town(1, baseline_distress=0.8, hard_day_threshold=threshold)
    feel(world, SOME_DAY)
    me = world.people[0]
    assert (me.hard_day, me.hard_days_this_week) == (hard, hard)


def test_hard_days_of_a_week_are_counted(luck):
    luck.draw(DISTRESS_AND_EPISODES, (0.5, 0.5))
    world = town(1, baseline_distress=0.8)
    for day in range(7):
        feel(world, day)
    assert world.people[0].hard_days_this_week == 7


def test_more_isolation_or_shame_never_means_less_distress():
    effects = {"life.distress_from_isolation": 1.0, "life.distress_from_stigma": 1.0, "life.distress_sd": 1.0}
    felt = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        world = town(1, effects)
        world.people.isolation = world.people.stigma = share
        feel(world, SOME_DAY)
        felt.append(world.people[0].distress)
    assert felt == sorted(felt)
    assert felt[0] < felt[-1]


def test_a_group_does_not_act_here():
    without, within = town(3, {"life.distress_sd": 1.0}), group_of(3, {"life.distress_sd": 1.0})
    feel(without, SOME_DAY)
    feel(within, SOME_DAY)
    assert list(without.people.distress) == list(within.people.distress)


def test_what_is_written_and_for_the_living_only():
    world = town(2, {"life.distress_sd": 1.0}, hard_day_threshold=0.0)
    world.people[1].living = False
    assert what_changed(world, feel, SOME_DAY) == {
        "luck", "shock", "distress", "distress_felt", "distress_log_odds", "hard_day", "hard_days_this_week",
    }  # fmt: skip
    assert (world.people[1].hard_day, world.people[1].distress) == (False, 0.5)


# Feelings and habits of the second model.


def felt(parameters, states, group=True, day=SOME_DAY, **traits):
    """The log odds of distress today of somebody with these states, on a day without a shock."""
    world = (group_of if group else town)(1, parameters, **traits)
    world.group[0].clinician = False
    for name, value in states.items():
        world.people[name] = value
    feel(world, day)
    return float(world.people[0].distress_log_odds)


def test_guilt_raises_the_mean_where_it_is_a_feeling_of_its_own():
    guilty = {"mechanisms.guilt": True, "life.distress_from_guilt": 2.0}
    assert felt(guilty, {"guilt": 0.25}) == pytest.approx(0.5)
    assert felt(guilty, {"guilt": 0.0}) == 0.0
    assert felt(guilty | {"mechanisms.guilt": False}, {"guilt": 0.25}) == 0.0


@pytest.mark.parametrize(("coping", "kept"), [(0.0, 0.4), (0.5, 0.3), (1.0, 0.2)])
def test_who_copes_gets_over_a_bad_day_sooner(coping, kept):
    short = {"mechanisms.shortening": True, "life.coping_shortens": 0.5, "life.distress_carry_over": 0.4}
    bad_day = {"distress_log_odds": 2.0, "distress": logistic(2.0), "distress_felt": logistic(2.0), "coping": coping}
    assert felt(short, bad_day) == pytest.approx(2.0 * kept)
    assert felt(short | {"mechanisms.shortening": False}, bad_day) == pytest.approx(0.8)


def test_coping_shortens_good_days_too_and_leaves_the_size_of_shocks(luck):
    luck.draw(DISTRESS_AND_EPISODES, (0.9, 0.5))
    short = {"mechanisms.shortening": True, "life.coping_shortens": 1.0, "life.distress_carry_over": 0.6,
             "life.distress_sd": 1.5}  # fmt: skip
    good_day = {"distress_log_odds": -2.0, "distress": logistic(-2.0), "distress_felt": logistic(-2.0), "coping": 1.0}
    assert felt(short, good_day) == pytest.approx(1.5 * 0.8 * normal_quantile(0.9))


NET = {"mechanisms.assurance": True, "meeting.assured_eases": 0.8, "meeting.assured_days": 3, "group.meeting_days": [2]}


@pytest.mark.parametrize(("day", "eased"), [(-3, False), (-2, True), (-1, True), (0, True), (1, False)])
def test_who_counts_on_a_meeting_bears_the_days_before_it_better(day, eased):
    # The meeting is on SOME_DAY, a Wednesday; it is looked forward to on three days, that of the meeting the last.
    assert felt(NET, {"assured": 0.5}, day=SOME_DAY + day) == pytest.approx(-0.4 if eased else 0.0)


@pytest.mark.parametrize("assured", [0.0, 0.25, 1.0])
def test_the_more_one_counts_on_it_the_better(assured):
    assert felt(NET, {"assured": assured}) == pytest.approx(-0.8 * assured)


@pytest.mark.parametrize("why", ["switched off", "closed", "no room", "irregular", "no group"])
def test_there_is_nothing_to_count_on(why):
    changes = {"mechanisms.assurance": why != "switched off", "group.regular": why != "irregular"}
    world = (town if why == "no group" else group_of)(1, NET | changes)
    world.people.assured = 0.5
    world.group[0].open &= why != "closed"
    world.group[0].venue &= why != "no room"
    feel(world, SOME_DAY)
    assert world.people[0].distress_log_odds == 0.0
