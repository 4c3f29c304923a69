import math

import numpy as np
import pytest
from scipy import stats

from sim.compiler import compiled_in_place, entry_point
from sim.draws import NOBODY, normal_quantile, uniform_pair
from sim.maths import log_odds, logistic, pushed
from sim.purposes import COPING_AND_DIFFERENCE, SHAME_AND_INSIGHT, URGE
from sim.rules.fluctuate import fluctuate, gain_of, weekly
from sim.rules.settle import settle
from tests.builders import SOME_WEEK, town, what_changed

DAY = 7 * SOME_WEEK
SWINGS = {
    "mechanisms.swings": True, "mechanisms.alike": True, "life.stigma_swing": 0.4, "life.understanding_swing": 0.6,
    "life.coping_swing": 0.8, "life.difference_swing": 1.0, "episodes.urge_swing": 0.5,
    "life.stigma_half_life_weeks": 10.0, "life.understanding_half_life_weeks": 20.0, "life.coping_half_life_weeks": 5.0,
    "life.difference_half_life_weeks": 2.0, "episodes.urge_half_life_weeks": 1.0,
}  # fmt: skip
STATES = ("stigma", "understanding", "coping", "difference")


def everybody(people=3, parameters=None):
    world = town(people, SWINGS | (parameters or {}))
    world.people.difference = 0.5
    return world


def shocks_of(world, purpose, which):
    return [normal_quantile(uniform_pair(world.key, i, NOBODY, DAY, purpose)[which]) for i in world.traits.id]


def test_each_state_is_pushed_by_its_own_luck_on_the_scale_of_log_odds():
    world = everybody()
    assert what_changed(world, fluctuate, SOME_WEEK) == {*STATES, "urge", "urge_gain"}
    for state, swing, half_life, purpose, which in (
        ("stigma", 0.4, 10.0, SHAME_AND_INSIGHT, 0),
        ("understanding", 0.6, 20.0, SHAME_AND_INSIGHT, 1),
        ("coping", 0.8, 5.0, COPING_AND_DIFFERENCE, 0),
        ("difference", 1.0, 2.0, COPING_AND_DIFFERENCE, 1),
    ):
        size = swing * math.sqrt(1.0 - 4.0 ** (-1.0 / half_life))
        expected = [logistic(size * shock) for shock in shocks_of(world, purpose, which)]  # the log odds of 0.5 are 0
        assert list(world.people[state]) == pytest.approx(expected), state


def test_the_urge_follows_its_own_luck_and_raises_or_lowers_the_rate():
    world = everybody()
    world.people.urge = [-1.0, 0.0, 1.0]
    fluctuate(world, SOME_WEEK)
    shocks = shocks_of(world, URGE, 0)
    expected = [urge / 2 + math.sqrt(0.75) * shock for urge, shock in zip((-1.0, 0.0, 1.0), shocks, strict=True)]
    assert list(world.people.urge) == pytest.approx(expected)
    assert list(world.people.urge_gain) == pytest.approx([math.exp(0.5 * y - 0.125) - 1.0 for y in expected])


def test_the_rate_of_episodes_is_as_usual_on_average_and_never_below_none():
    quantiles = [normal_quantile((k + 0.5) / 20_000) for k in range(20_000)]
    for swing in (0.0, 0.5, 1.0, 1.5):
        gains = [gain_of(swing, y) for y in quantiles]
        assert np.mean(gains) == pytest.approx(0.0, abs=0.01)
        assert min(gains) >= -1.0
    assert gain_of(0.0, 3.0) == 0.0
    assert gain_of(3.0, -40.0) >= -1.0


def test_where_coping_is_a_repertoire_its_swing_follows_that_half_life():
    world = everybody(parameters={"mechanisms.ways": True, "life.repertoire_half_life_weeks": 3.0})
    fluctuate(world, SOME_WEEK)
    size = 0.8 * math.sqrt(1.0 - 4.0 ** (-1.0 / 3.0))
    expected = [logistic(size * shock) for shock in shocks_of(world, COPING_AND_DIFFERENCE, 0)]
    assert list(world.people.coping) == pytest.approx(expected)


def test_difference_rests_where_hearing_people_alike_is_switched_off():
    world = everybody(parameters={"mechanisms.alike": False})
    assert what_changed(world, fluctuate, SOME_WEEK) == {"stigma", "understanding", "coping", "urge", "urge_gain"}


def test_off_means_off_and_those_not_living_rest():
    assert what_changed(everybody(parameters={"mechanisms.swings": False}), fluctuate, SOME_WEEK) == set()
    world = everybody(1)
    world.people[0].living = False
    assert what_changed(world, fluctuate, SOME_WEEK) == set()


def test_swings_of_no_size_move_no_state():
    still = {name: 0.0 for name in SWINGS if name.endswith("_swing")}
    assert what_changed(everybody(parameters=still), fluctuate, SOME_WEEK) == {"urge"}


def test_everybody_has_the_same_luck_whoever_else_lives_there():
    few, many = everybody(2), everybody(5)
    fluctuate(few, SOME_WEEK)
    fluctuate(many, SOME_WEEK)
    for state in (*STATES, "urge"):
        assert list(few.people[state]) == list(many.people[state][:2])


@pytest.mark.parametrize("level", [0.0, 1e-9, 0.5, 1.0 - 1e-9, 1.0])
@pytest.mark.parametrize("push", [-50.0, -1.0, 0.0, 1.0, 50.0])
def test_a_push_keeps_a_level_between_none_and_all(level, push):
    moved = pushed(level, push)
    assert 0.0 <= moved <= 1.0
    if 0.0 < level < 1.0 and abs(push) < 2.0:
        assert log_odds(moved) == pytest.approx(log_odds(level) + push, abs=1e-6)


# In the long run: ups and downs alone with their return. Compiled, since many people live many weeks.


@compiled_in_place
def up_and_down(world, week):
    fluctuate(world, week)
    settle(world, week)


@entry_point
def many_weeks(world, first, last, stigma, urge):
    for week in range(first, last):
        up_and_down(world, week)
        for i in range(len(world.people)):
            stigma[week - first, i] = world.people[i].stigma
            urge[week - first, i] = world.people[i].urge


def ups_and_downs(parameters, people=4000, weeks=53, before=150, **traits):
    world = town(people, SWINGS | {"life.stigma_half_life_weeks": 26.0} | parameters, **traits)
    stigma, urge = np.zeros((before + weeks, people)), np.zeros((before + weeks, people))
    many_weeks(world, 0, before + weeks, stigma, urge)
    return stigma[before:], urge[before:]


def test_small_swings_have_the_spread_and_the_years_correlation_that_is_stated():
    # Around a half, levels and log odds go together: an autoregression with k = 2^(-1/26). It pushes first and then
    # returns, so at the week's end the spread is k times swing. 4,000 people: a standard error of 1.1 % of the spread
    # and of 0.016 (1 - 1/4) of the correlation.
    stigma, _ = ups_and_downs({"life.stigma_swing": 0.1}, stigma_set=0.5)
    odds = np.log(stigma / (1.0 - stigma))
    keep = 2.0 ** (-1.0 / 26.0)
    assert odds[-1].std() == pytest.approx(0.1 * keep, rel=0.05)
    assert np.corrcoef(odds[0], odds[52])[0, 1] == pytest.approx(0.25, abs=0.07)  # after two half-lives


def test_the_usual_swings_have_about_that_spread_too():
    # Return acts on levels, ups and downs on log odds: near the ends they part a little.
    stigma, _ = ups_and_downs({"life.stigma_swing": 0.65}, stigma_set=0.64)
    odds = np.log(stigma / (1.0 - stigma))
    assert odds[-1].std() == pytest.approx(0.65, rel=0.15)
    assert np.corrcoef(odds[0], odds[52])[0, 1] == pytest.approx(0.25, abs=0.1)


def test_the_urge_is_standard_normal_and_forgets_with_its_half_life():
    _, urge = ups_and_downs({"episodes.urge_half_life_weeks": 26.0})
    assert stats.kstest(urge[-1], "norm").pvalue > 1e-4
    assert np.corrcoef(urge[0], urge[52])[0, 1] == pytest.approx(0.25, abs=0.07)


def test_a_weeks_push_makes_the_swing_in_the_long_run():
    keep = 2.0 ** (-1.0 / 13.0)
    assert weekly(0.7, 13.0) / math.sqrt(1.0 - keep * keep) == pytest.approx(0.7)
    assert weekly(0.0, 13.0) == 0.0
