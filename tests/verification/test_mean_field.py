"""Many identical people: the mean of their states follows a difference equation that can be written down.

Where one event is small and people are alike, the mean of a state moves each week by the expected event. Linear
events give it exactly; telling outside depends on stigma itself, which leaves a remainder in the order of its
variance (allowed for, and stated, below).
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from scipy import stats

from tests.verification.closed_forms import (
    ALARM,
    BLUE,
    ORANGE,
    YEAR,
    many_quiet_lives,
    mean_close_by,
    picture,
    quiet_life,
    report,
)  # fmt: skip

pytestmark = pytest.mark.slow

SEEDS = (1, 2)
PEOPLE = 1500


def returns(half_life):
    return 1 - 2.0 ** (-1 / half_life)


def follows(what, expected, histories, folder, name, allowance=0.0):
    """Check a whole path of a mean: each week's mean of independent values against its expectation.

    histories: [weeks, independent values]. A correct model fails with probability ALARM, over all weeks.
    """
    error = histories.std(axis=1, ddof=1) / math.sqrt(histories.shape[1])
    z = stats.norm.isf(ALARM / len(expected) / 2)
    mean = histories.mean(axis=1)
    reach = z * error + allowance + 1e-12
    worst = int(np.argmax(np.abs(mean - expected) / reach))
    for week in sorted({len(expected) // 4, len(expected) - 1, worst}):
        report(f"{what}, week {week}", expected[week], mean[week],
               f" in {mean[week] - reach[week]:.6g} to {mean[week] + reach[week]:.6g}")  # fmt: skip

    def draw(axes):
        axes.fill_between(range(len(mean)), mean - reach, mean + reach, color=BLUE, alpha=0.25, linewidth=0)
        axes.plot(mean, color=BLUE, linewidth=2, label="mean of simulated people")
        axes.plot(expected, ":", color=ORANGE, linewidth=2, label="difference equation")
        axes.set(xlabel="weeks", ylabel=name)
        axes.legend(frameon=False)

    picture(folder, f"mean_field_{name}", what, draw)
    assert abs(mean[worst] - expected[worst]) <= reach[worst], f"{what}: off in week {worst}"


def paths(state, weeks, changes, **named):
    """A state of many identical people over the weeks: [weeks + 1, people]."""

    def one(seed):
        life = quiet_life(PEOPLE, weeks, changes, seed=seed, **named)
        life.live()
        return life.history[state].copy()

    with ThreadPoolExecutor(2) as pool:
        return np.concatenate(list(pool.map(one, SEEDS)), axis=1)


@pytest.mark.parametrize("acceptance", [0.2, 0.8])
def test_stigma_under_telling_and_services(acceptance, pictures):
    # 3,000 people, three years. S1 = S + p_s (-q a S + (1 - q) l (1 - S)); then telling at p(S1); then the return.
    tell, support, accepted, horrified = 6.0, 0.4, 0.03, 0.04
    services, services_ok, services_accepted, labelled = 12.0, 0.45, 0.01, 0.02
    changes = {
        "outside.tell_per_year": tell, "outside.acceptance": acceptance, "outside.support_weight": 0.5,
        "outside.accepted": accepted, "outside.horrified": horrified, "outside.services_per_year": services,
        "outside.services_acceptance": services_ok, "outside.services_accepted": services_accepted,
        "outside.services_labelled": labelled, "life.stigma_half_life_weeks": 52.0,
    }  # fmt: skip
    traits = {"stigma_set": 0.6, "outside_support": support, "baseline_distress": 0.2}
    found = paths("stigma", 3 * YEAR, changes, traits=traits, states={"stigma": 0.6, "strain": 0.2})
    taken_well = 0.5 * acceptance + 0.5 * support
    in_touch = -math.expm1(-services / YEAR)
    expected = [0.6]
    for _ in range(3 * YEAR):
        s = expected[-1]
        s += in_touch * (-services_ok * services_accepted * s + (1 - services_ok) * labelled * (1 - s))
        told = -math.expm1(-tell / YEAR * (1 - s))
        s += told * (-taken_well * accepted * s + (1 - taken_well) * horrified * (1 - s))
        expected.append(s + returns(52.0) * (0.6 - s))
    # The rate of telling is curved in S: half its second derivative, times a variance of at most 0.005, added up
    # over a memory of 75 weeks, stays below 5e-4.
    name = f"stigma_{acceptance}"
    follows(f"stigma, acceptance outside {acceptance}", np.array(expected), found, pictures, name, allowance=5e-4)


def test_coping_under_practice(pictures):
    # Each hard day C -> 1 [practice U], with chance h = P(D > threshold); days without memory: exact.
    practice, understanding, sd = 0.01, 0.7, 1.0
    changes = {"episodes.practice": practice, "life.distress_sd": sd, "life.coping_half_life_weeks": 104.0}
    traits = {
        "coping_set": 0.3,
        "understanding_set": understanding,
        "baseline_distress": 0.3,
        "hard_day_threshold": 0.5,
    }
    states = {"coping": 0.3, "understanding": understanding}
    found = paths("coping", 3 * YEAR, changes, traits=traits, states=states)
    hard = float(stats.norm.sf(-math.log(0.3 / 0.7) / sd))
    print(f"  share of hard days expected: {hard:.4f}")
    expected = [0.3]
    for _ in range(3 * YEAR):
        c = 1 - (1 - expected[-1]) * (1 - hard * practice * understanding) ** 7
        expected.append(c + returns(104.0) * (0.3 - c))
    follows("coping under practice", np.array(expected), found, pictures, "coping")


def test_stigma_under_guilt_after_episodes(pictures):
    # S -> 1 [guilt] on each day with an episode: chance 1 - exp(-rate D^2), distress fixed: exact.
    guilt, rate, distress = 0.01, 0.4, 0.6
    changes = {"episodes.guilt": guilt, "life.stigma_half_life_weeks": 52.0}
    traits = {"stigma_set": 0.4, "episode_rate": rate, "baseline_distress": distress}
    found = paths("stigma", 2 * YEAR, changes, traits=traits, states={"stigma": 0.4})
    chance = -math.expm1(-rate * distress**2)
    expected = [0.4]
    for _ in range(2 * YEAR):
        s = 1 - (1 - expected[-1]) * (1 - chance * guilt) ** 7
        expected.append(s + returns(52.0) * (0.4 - s))
    follows("stigma under guilt", np.array(expected), found, pictures, "guilt")


PRESENT = 10
IN_A_GROUP = {
    "group.exists": True, "group.founders": PRESENT, "group.places": PRESENT, "group.meeting_hours": 2.0,
    "meeting.turns_per_hour": 3.0, "group.wider_life": 0.3, "group.acceptance": 0.8, "meeting.accept": 0.05,
    "meeting.judge": 0.08, "meeting.normalise": 0.01, "meeting.learn": 0.02, "life.stigma_half_life_weeks": 52.0,
    "life.understanding_half_life_weeks": 104.0, "leaving.lapse_days": 3650, "organising.unled_weeks": 520,
    "contact.between_meetings": False,
}  # fmt: skip


def test_stigma_and_understanding_in_a_group_of_ten_who_always_come(pictures):
    # Each speaks with chance 0.6 (six turns, ten present), of self-harm with 0.7: 0.42. Shares are independent, so
    # (1 - gain)^(shares heard) has mean (1 - 0.42 gain)^9. Own share first, then listening, then the return: exact.
    # Groups are independent of each other, members of one are not: the means of 300 groups.
    weeks = 2 * YEAR
    traits = {"stigma_set": 0.6, "understanding_set": 0.3, "responsiveness": 0.8, "position": 0.4}
    found = many_quiet_lives(
        range(1, 301), lambda life: (life.history.stigma.mean(axis=1), life.history.understanding.mean(axis=1)),
        PRESENT, weeks, IN_A_GROUP, traits=traits, states={"stigma": 0.6, "understanding": 0.3},
    )  # fmt: skip
    stigma, understanding = (np.array([one[k] for one in found]).T for k in (0, 1))
    speaks, r = 0.6 * 0.7, 0.8
    s, u = [0.6], [0.3]
    for _ in range(weeks):
        now = s[-1] + speaks * (-0.8 * 0.05 * r * s[-1] + 0.2 * 0.08 * (1 - s[-1]))
        now *= (1 - speaks * 0.01 * r) ** (PRESENT - 1)
        s.append(now + returns(52.0) * (0.6 - now))
        now = 1 - (1 - u[-1]) * (1 - speaks * 0.02 * r) ** (PRESENT - 1)
        u.append(now + returns(104.0) * (0.3 - now))
    follows("stigma of members", np.array(s), stigma, pictures, "members_stigma")
    follows("understanding of members", np.array(u), understanding, pictures, "members_understanding")


def test_the_same_group_met_as_befrienders_teaches_nothing():
    found = many_quiet_lives(
        range(1, 4), lambda life: life.history.understanding[-1].mean(), PRESENT, YEAR,
        IN_A_GROUP | {"group.shared_experience": 0.0}, traits={"understanding_set": 0.3}, states={"understanding": 0.3},
    )  # fmt: skip
    report("understanding after a year of befriending", 0.3, float(np.mean(found)))
    assert found == pytest.approx([0.3] * 3, abs=1e-12)


def test_trust_under_breaches_of_confidence(pictures):
    # After a meeting with somebody sharing, with chance 0.1: T -> 0 [0.2] for all present. Everybody shares: exact.
    changes = IN_A_GROUP | {
        "meeting.turns_per_hour": 60.0, "group.wider_life": 0.0, "group.breach_prob": 0.1, "meeting.breach_hurt": 0.2,
        "meeting.trust_accepted": 0.02, "group.acceptance": 1.0, "meeting.trust_start": 0.4,
        "meeting.trust_half_life_weeks": 52.0,
    }  # fmt: skip
    weeks = YEAR
    found = many_quiet_lives(range(1, 401), lambda life: life.history.trust[1:].mean(axis=1), PRESENT, weeks, changes)
    t, expected = 0.4, []
    for _ in range(weeks):
        t = (t + 0.02 * (1 - t)) * (1 - 0.1 * 0.2)
        t += returns(52.0) * (0.4 - t)
        expected.append(t)
    follows("trust where confidences leak", np.array(expected), np.array(found).T, pictures, "trust")
    breaches = many_quiet_lives(range(1, 101), lambda life: int(life.world.group[0].breaches), PRESENT, weeks, changes)
    mean_close_by("breaches in 52 meetings at 10 %", 5.2, breaches)
