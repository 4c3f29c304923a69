"""Distress, the stressor, circumstances and isolation over time: means, variances, memory."""

from __future__ import annotations

import math

import numba
import numpy as np
import pytest
from scipy import stats

from sim.life import Life
from sim.maths import log_odds
from sim.rules.feel import feel
from sim.scenario import load
from tests.builders import SCENARIOS
from tests.verification.closed_forms import BLUE, GREY, YEAR, close_by, mean_close_by, picture, quiet_life

pytestmark = pytest.mark.slow

PEOPLE = 1500
MUND = (0.60, 0.75)  # correlation of loneliness with itself after a year (Mund 2020; the range is our reading)


@numba.njit
def feel_days(world, first_day, kept):
    """Day after day of the compiled rule alone: kept[day, person] is the log odds of distress."""
    for day in range(len(kept)):
        feel(world, first_day + day)
        for i in range(len(world.people)):
            kept[day, i] = world.people[i].distress_log_odds


def second_moments(series, mean, lag):
    """For each person, the mean product of deviations so many steps apart (independent between people)."""
    deviations = series - mean
    return (deviations[lag:] * deviations[: len(series) - lag]).mean(axis=0)


@pytest.mark.parametrize(("carry_over", "sd"), [(0.4, 1.0), (0.6, 0.7), (0.0, 1.3)])
def test_daily_distress_has_the_mean_variance_and_memory_of_an_autoregression(carry_over, sd, pictures):
    # 1,500 people x 200 days; 10 checks share a false-alarm rate of 1e-6.
    changes = {"life.distress_carry_over": carry_over, "life.distress_sd": sd}
    life = quiet_life(PEOPLE, 1, changes, traits={"baseline_distress": 0.2})
    life.live(1)  # now everybody is living; a first day at the long-run distribution was drawn
    mean = log_odds(0.2)
    series = np.empty((200, PEOPLE))
    feel_days(life.world, 7, series)
    mean_close_by(f"mean log odds of distress, carry-over {carry_over}", mean, series.mean(axis=0), 10)
    mean_close_by("  variance", sd**2, second_moments(series, mean, 0), 10)
    lags = range(1, 9)
    for lag in lags:
        moments = second_moments(series, mean, lag)
        mean_close_by(f"  autocovariance at lag {lag}, sd^2 phi^{lag}", sd**2 * carry_over**lag, moments, 10)

    def draw(axes):
        seen = [second_moments(series, mean, lag).mean() / sd**2 for lag in range(9)]
        axes.bar(range(9), seen, color=BLUE, alpha=0.6, label="simulated")
        axes.plot(range(9), carry_over ** np.arange(9.0), "o", color=GREY, label="phi^lag")
        axes.set(xlabel="days apart", ylabel="correlation of distress with itself")
        axes.legend(frameon=False)

    picture(pictures, f"distress_memory_{carry_over}", f"Distress, carry-over {carry_over}", draw)


def test_daily_distress_is_normal_on_the_log_odds_scale_from_the_first_day():
    # Kolmogorov-Smirnov on the first and the hundredth day (independent between people); 1e-6 for both.
    life = quiet_life(2000, 1, {"life.distress_carry_over": 0.4, "life.distress_sd": 1.0})
    life.live(1)
    series = np.empty((100, 2000))
    feel_days(life.world, 7, series)
    for day in (0, 99):
        p = stats.kstest(series[day], "norm").pvalue
        print(f"  log odds of distress on day {day}: normal with probability {p:.3g} of a larger distance")
        assert p > 1e-6 / 2


def test_distress_keeps_its_memory_from_week_to_week_in_whole_weeks_of_life():
    # The whole engine, with history at the end of each week: lags of 7, 14, 21 days. 5 checks, 1e-6 together.
    carry_over = 0.9
    life = quiet_life(PEOPLE, 80, {"life.distress_carry_over": carry_over, "life.distress_sd": 0.8})
    life.live()
    series = life.history.distress_log_odds[1:]
    mean_close_by("mean log odds of distress, Sundays", 0.0, series.mean(axis=0), 5)
    for lag in range(4):
        expected = 0.64 * carry_over ** (7 * lag)
        mean_close_by(f"  autocovariance {7 * lag} days apart", expected, second_moments(series, 0.0, lag), 5)


def test_isolation_stigma_and_strain_of_life_raise_mean_distress_as_stated():
    # mu = logit m + b_I (I - 0.5) + b_S (S - 0.5) + b_z z, with z fluctuating: mean and variance. 1e-6 for both.
    changes = {
        "life.distress_from_isolation": 1.2, "life.distress_from_stigma": 0.8, "life.distress_from_stressor": 0.6,
        "life.distress_sd": 1.0, "life.stressor_half_life_weeks": 8.0,
    }  # fmt: skip
    traits = {"isolation_set": 0.8, "stigma_set": 0.3, "baseline_distress": 0.2}
    life = quiet_life(PEOPLE, 100, changes, traits=traits, states={"isolation": 0.8, "stigma": 0.3})
    life.live()
    series = life.history.distress_log_odds[1:]
    mean = log_odds(0.2) + 1.2 * 0.3 - 0.8 * 0.2
    mean_close_by("mean log odds of distress of somebody alone and less ashamed", mean, series.mean(axis=0), 2)
    mean_close_by("  variance, sd^2 + b_z^2", 1.36, second_moments(series, mean, 0), 2)


@pytest.mark.parametrize(("state", "half_life"), [("stressor", 8), ("circumstances", 26), ("circumstances", 13)])
def test_slow_ups_and_downs_have_variance_one_and_their_half_life(state, half_life, pictures):
    # 1,500 people, four years; 6 checks share a false-alarm rate of 1e-6.
    life = quiet_life(PEOPLE, 4 * YEAR, {f"life.{state}_half_life_weeks": float(half_life)})
    life.live()
    series = life.history[state][1:]
    mean_close_by(f"mean of {state}", 0.0, series.mean(axis=0), 6)
    mean_close_by("  variance", 1.0, second_moments(series, 0.0, 0), 6)
    mean_close_by("  variance in the first week", 1.0, series[0] ** 2, 6)
    for lag in (1, half_life, 2 * half_life):
        mean_close_by(f"  correlation {lag} weeks apart", 0.5 ** (lag / half_life), second_moments(series, 0.0, lag), 6)

    def draw(axes):
        lags = np.arange(0, 3 * half_life)
        axes.plot(lags, [second_moments(series, 0.0, lag).mean() for lag in lags], color=BLUE, label="simulated")
        axes.plot(lags, 0.5 ** (lags / half_life), ":", color=GREY, label="2^(-weeks / half-life)")
        axes.set(xlabel="weeks apart", ylabel=f"correlation of {state} with itself")
        axes.legend(frameon=False)

    picture(pictures, f"{state}_{half_life}", f"{state}, half-life {half_life} weeks", draw)


def test_the_stressor_and_circumstances_of_a_person_have_nothing_to_do_with_each_other():
    # False alarm 1e-6: products of two independent standard normal series, averaged for each person.
    life = quiet_life(PEOPLE, 2 * YEAR)
    life.live()
    products = (life.history.stressor * life.history.circumstances).mean(axis=0)
    mean_close_by("correlation of stressor and circumstances", 0.0, products)


def test_isolation_correlates_with_itself_over_a_year_as_studies_found(pictures):
    # A figure to report, on 2,000 people without a group: a calibration target, so a miss is shown, not hidden,
    # and does not stand in the way of the other checks. The studies' figure is of scores, with their error of
    # measurement; the model's is of the state itself, which must be somewhat steadier.
    values = load(SCENARIOS / "absent.yaml").values
    values = {**values, "people.residents": 2000, "people.mean_stay_years": 200.0, "run.weeks": 4 * YEAR}
    life = Life(values, history_every=YEAR)
    life.live()
    stayed = life.world.people.resident & life.history.resident[1]
    isolation = life.history.isolation[:, stayed]
    found = [float(np.corrcoef(isolation[k], isolation[k + 1])[0, 1]) for k in range(len(isolation) - 1)]
    r, n = float(np.mean(found)), isolation.shape[1]
    low, high = np.tanh(np.arctanh(r) + np.array([-1, 1]) * 1.96 / math.sqrt(n - 3))
    print(f"  isolation a year apart: expected {MUND[0]} to {MUND[1]}, simulated {r:.3f} ({low:.3f} to {high:.3f})")
    print(f"  by pair of years: {', '.join(f'{one:.3f}' for one in found)}; two years apart "
          f"{np.corrcoef(isolation[0], isolation[2])[0, 1]:.3f}")  # fmt: skip
    print(f"  mean isolation {isolation[0].mean():.3f} at the opening, {isolation[-1].mean():.3f} four years later")

    def draw(axes):
        axes.plot(isolation[0], isolation[1], ".", color=BLUE, alpha=0.25, markersize=3)
        axes.set(xlabel="isolation", ylabel="isolation a year later", xlim=(0, 1), ylim=(0, 1))

    picture(pictures, "isolation_over_a_year", f"Isolation without a group: r = {r:.2f}", draw)
    assert 0.0 < low < high < 1.0
    if not low <= MUND[1] or not high >= MUND[0]:
        pytest.xfail(f"isolation correlates {r:.2f} with itself over a year, not {MUND[0]} to {MUND[1]}")


def test_mean_isolation_without_a_group_stays_where_it_was():
    # C1: within 0.05 over 104 weeks, beyond what a mean of 2,000 people leaves to chance (1e-6).
    values = load(SCENARIOS / "absent.yaml").values
    values = {**values, "people.residents": 2000, "people.mean_stay_years": 200.0, "run.weeks": 104}
    life = Life(values, history_every=104)
    life.live()
    change = life.history.isolation[1] - life.history.isolation[0]
    change = change[life.history.resident[1] & life.history.living[0]]
    error = float(change.std()) / math.sqrt(len(change))
    close_by("change of isolation in 104 weeks without a group", 0.0, float(change.mean()), error, allowance=0.05)
