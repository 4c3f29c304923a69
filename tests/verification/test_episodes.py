"""Episodes: Poisson at fixed distress and coping, negative binomial over people, social influence."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from tests.verification.closed_forms import (
    BLUE,
    GREY,
    YEAR,
    close_by,
    dispersion_is,
    fits,
    many_quiet_lives,
    mean_close_by,
    picture,
    quiet_life,
)  # fmt: skip

pytestmark = pytest.mark.slow

OMEGA = 0.5


@pytest.mark.parametrize(("rate", "distress", "coping"), [(0.8, 0.3, 0.4), (2.5, 0.6, 0.0), (0.05, 0.5, 1.0)])
def test_episodes_at_fixed_distress_and_coping_are_poisson(rate, distress, coping):
    # 1,000 people, two years; total, dispersion and the whole distribution: 3 checks, 1e-6 together.
    life = quiet_life(
        1000, 2 * YEAR, {"episodes.coping_protection": OMEGA}, states={"coping": coping}, history_every=0,
        traits={"episode_rate": rate, "baseline_distress": distress, "coping_set": coping},
    )  # fmt: skip
    life.live()
    counts = life.world.people.episodes
    mean = 2 * YEAR * 7 * rate * distress**2 * (1 - OMEGA * coping)
    close_by(
        f"episodes in two years, rate {rate}, D {distress}, C {coping}", mean, counts.mean(), math.sqrt(mean / 1000), 3
    )
    dispersion_is("  dispersion", 1.0, counts, np.full(1000, mean), 3)
    cells = np.arange(counts.max() + 1)
    probabilities = stats.poisson.pmf(cells, mean)
    probabilities[-1] += stats.poisson.sf(cells[-1], mean)
    fits("  Poisson", np.bincount(counts), probabilities, 3)


def test_episodes_decline_with_the_years_as_the_rate_does():
    # Expected: rate D^2 7 sum of 0.9^(week / 52); false alarm 1e-6.
    life = quiet_life(
        1000, 10 * YEAR, {"episodes.natural_decline_per_year": 0.1}, history_every=0,
        traits={"episode_rate": 0.5, "baseline_distress": 0.4},
    )  # fmt: skip
    life.live()
    mean = 7 * 0.5 * 0.16 * float((0.9 ** (np.arange(10 * YEAR) / YEAR)).sum())
    close_by("episodes in ten years of decline", mean, life.world.people.episodes.mean(), math.sqrt(mean / 1000))


def test_episodes_over_people_are_negative_binomial(pictures):
    # Propensity as drawn by the model (gamma, shape 0.6): 12,000 people; 3 checks, 1e-6 together.
    shape, rate, distress, weeks = 0.6, 0.8, 0.3, 13
    changes = {"people.episode_rate_shape": shape, "people.episode_rate_mean": rate}
    found = many_quiet_lives(
        range(1, 9), lambda life: life.world.people.episodes.copy(), 1500, weeks, changes, history_every=0,
        traits={"episode_rate": None, "baseline_distress": distress},
    )  # fmt: skip
    counts = np.concatenate(found)
    mean = weeks * 7 * rate * distress**2
    mean_close_by("episodes of a quarter of a year", mean, counts, 3)
    variance = mean + mean**2 / shape
    mean_close_by("  variance, mean + mean^2 / shape", variance, (counts - mean) ** 2, 3)
    cells = np.arange(counts.max() + 1)
    probabilities = stats.nbinom.pmf(cells, shape, shape / (shape + mean))
    probabilities[-1] += stats.nbinom.sf(cells[-1], shape, shape / (shape + mean))
    fits("  negative binomial", np.bincount(counts), probabilities, 3)

    def draw(axes):
        axes.bar(cells[:40], np.bincount(counts)[:40] / len(counts), color=BLUE, alpha=0.6, label="simulated")
        axes.plot(cells[:40], probabilities[:40], "o", color=GREY, markersize=3, label="negative binomial")
        axes.set(xlabel="episodes in a quarter of a year", ylabel="share of people")
        axes.legend(frameon=False)

    picture(pictures, "episodes_over_people", "A few people have many episodes, most have few", draw)


def test_relief_and_fluctuating_distress_give_the_mean_square_of_distress():
    # D logit-normal without memory: mean of D^2 by quadrature. False alarm 1e-6.
    life = quiet_life(
        1500, YEAR, {"life.distress_sd": 1.0}, history_every=0, traits={"episode_rate": 0.8, "baseline_distress": 0.2}
    )
    life.live()
    x, weights = np.polynomial.hermite_e.hermegauss(80)
    d = 1 / (1 + np.exp(-(math.log(0.2 / 0.8) + x)))
    mean = 7 * YEAR * 0.8 * float((weights * d**2).sum() / weights.sum())
    mean_close_by("episodes in a year of fluctuating distress", mean, life.world.people.episodes)


def test_hearing_of_an_episode_raises_the_rate_by_kappa_for_its_days():
    # Two people, together every day; one has episodes and tells of them; both rates are raised for as long. 1e-6.
    kappa, rate = 0.8, 0.5
    changes = {
        "group.exists": True, "group.founders": 4, "group.meeting_days": [0, 1, 2, 3, 4, 5, 6],
        "episodes.social_influence": kappa, "episodes.influence_days": 7, "meeting.tell_episode": 1.0,
        "meeting.recent_days": 60, "organising.unled_weeks": 520,
    }  # fmt: skip
    traits = {"episode_rate": rate, "baseline_distress": 0.5}
    influenced = many_quiet_lives(
        range(1, 61),
        lambda life: life.world.people.episodes.sum(),
        4,
        3 * YEAR,
        changes,
        history_every=0,
        traits=traits,
    )
    # After the first episodes somebody tells of one at every meeting: X = 1 from then on for everybody else.
    mean = 4 * 7 * 3 * YEAR * rate * 0.25
    print(f"  without any influence {mean:.5g} would be expected")
    # At the start X = 0 until somebody has an episode: at most some days each, allowed for below.
    mean_close_by(
        "episodes of four people who hear of episodes every day", mean * (1 + kappa), influenced, allowance=8.0
    )
