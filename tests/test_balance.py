"""Lives begin where an ordinary life without a group keeps them, so that nobody drifts before or without one."""

from __future__ import annotations

import numpy as np
import pytest

from sim.balance import balance_guilt, distress_around, find_balance, usual_days
from sim.life import Life
from sim.maths import logistic, remaining
from sim.scenario import load, load_account
from tests.builders import SCENARIOS, town

SLOW = ("stigma", "coping", "guilt", "difference", "understanding", "label_hurt", "isolation")
YEARS = 5
BALANCED = {"people.balanced": True}


def town_under(account, **changes):
    alone = load(SCENARIOS / "absent.yaml").with_account(load_account(account)).values
    return alone | {"run.lead_in_weeks": 0, "episodes.natural_decline_per_year": 0.0} | changes


def means_without_a_group(account, **changes):
    """Mean states of residents who live there all the time, each quarter of five years, over three towns."""
    quarters = []
    for seed in (1, 2, 3):
        life = Life(
            town_under(account, **changes)
            | {
                "people.residents": 2000,
                "people.mean_stay_years": 200.0,
                "run.weeks": 52 * YEARS + 1,
                "run.seed": seed,
            },
            history_every=13,
        )
        life.live()
        stays = life.traits.departs_week[:2000] > 52 * YEARS + 1
        quarters.append([[now[name][:2000][stays].mean() for name in SLOW] for now in life.history])
    return np.mean(quarters, axis=0)


@pytest.mark.parametrize("account", ["nothing", "full", "safe-space"])
def test_nobody_drifts_without_a_group(account):
    # Some 5,700 people, so that chance moves a mean by less than 0.004 (a standard deviation below 0.25).
    means = means_without_a_group(account)
    worst = dict(zip(SLOW, np.abs(means - means[0]).max(axis=0), strict=True))
    assert all(drift <= 0.02 for drift in worst.values()), worst


def test_from_their_set_points_people_do_drift():
    means = means_without_a_group("nothing", **{"people.balanced": False})
    drift = dict(zip(SLOW, np.abs(means - means[0]).max(axis=0), strict=True))
    assert drift["coping"] > 0.02
    assert drift["stigma"] > 0.02


@pytest.mark.parametrize("account", ["nothing", "full", "learning", "same-boat"])
def test_more_rounds_change_hardly_anything(account):
    # But for one or two in a hundred: whether one of their usual days is hard or not turns on a hair in each round.
    life = Life(town_under(account) | {"people.residents": 400, "run.weeks": 1, "mechanisms.swings": False})
    world = life.world
    before, ways = world.people.copy(), world.ways.copy()
    for i in range(len(world.people)):
        find_balance(world, i)
    for name in SLOW:
        changed = world.people[name] - before[name]
        assert abs(changed.mean()) < 0.001, name
        assert (np.abs(changed) < 0.001).mean() > 0.97, name
    settled = np.abs(world.ways - ways)  # single skills follow more slowly than what they come to
    assert settled.mean() < 0.001
    assert (settled.max(axis=1) < 0.01).mean() > 0.97


def test_where_nothing_happens_lives_begin_at_their_set_points():
    world = town(1, BALANCED | {"mechanisms.alike": True}, stigma_set=0.7, coping_set=0.3, isolation_set=0.6,
                 difference_set=0.4)  # fmt: skip
    find_balance(world, 0)
    me = world.people[0]
    assert (me.stigma, me.coping, me.difference) == pytest.approx((0.7, 0.3, 0.4))
    assert me.isolation == pytest.approx(0.6)
    assert (me.guilt, me.label_hurt) == (0.0, 0.0)


@pytest.mark.parametrize("prob", [0.0, 0.01, 0.1, 1.0])
def test_guilt_is_what_a_days_episode_adds_and_the_night_leaves(prob):
    world = town(1, {"mechanisms.guilt": True, "episodes.guilt_felt": 0.3, "episodes.guilt_half_life_days": 7.0})
    balance_guilt(world, 0, prob)
    guilt = world.people[0].guilt
    assert remaining(7.0) * (guilt + prob * 0.3 * (1.0 - guilt)) == pytest.approx(guilt)  # the next day's is the same


def test_shame_is_where_a_weeks_horror_and_its_return_are_even():
    outside = {"outside.tell_per_year": 52.0, "outside.acceptance": 0.0, "outside.support_weight": 0.0,
               "outside.horrified": 0.1, "life.stigma_half_life_weeks": 10.0}  # fmt: skip
    world = town(1, BALANCED | outside, stigma_set=0.4)
    find_balance(world, 0)
    stigma = world.people[0].stigma
    added = (1.0 - stigma) * 0.1 * (1.0 - stigma)  # tells at a rate of 1 - S, each time 0.1 of the way to 1
    assert added == pytest.approx((1.0 - remaining(10.0)) * (stigma - 0.4), abs=0.002)


def test_a_usual_day_is_the_mean_of_days_of_all_kinds():
    world = town(1, {"life.distress_sd": 1.0}, baseline_distress=0.3, hard_day_threshold=0.3, episode_rate=2.0)
    episode_days, through, hard, distress = usual_days(world, 0)
    draws = np.random.default_rng(1).standard_normal(200_000)
    days = 1.0 / (1.0 + np.exp(-(np.log(0.3 / 0.7) + draws)))
    none = np.exp(-2.0 * days**2)
    assert hard == pytest.approx(0.5)
    assert distress == pytest.approx(days.mean(), abs=0.01)
    assert episode_days == pytest.approx(1.0 - none.mean(), abs=0.01)
    assert through == pytest.approx((none * (days > 0.3)).mean(), abs=0.02)
    assert 0.0 <= through <= hard


def test_mean_distress_lies_between_the_usual_and_a_half():
    assert distress_around(-1.0, 0.0) == pytest.approx(logistic(-1.0))
    assert logistic(-1.0) < distress_around(-1.0, 1.0) < 0.5
    assert distress_around(0.0, 2.0) == pytest.approx(0.5)
