"""The town as immigration and death, membership as birth and death, and how long groups live."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from scipy import stats

from sim import draws
from sim.life import Life
from sim.population import make_traits
from sim.state import AWARE, MEMBER, NO_ORGANISER, TOO_FEW_CAME
from tests.builders import inert_parameters
from tests.verification.closed_forms import (
    BLUE,
    GREY,
    ORANGE,
    YEAR,
    close_by,
    fits,
    many_quiet_lives,
    mean_close_by,
    picture,
    quiet_life,
)  # fmt: skip

pytestmark = pytest.mark.slow


def town_values(**changes):
    return inert_parameters() | {"group.exists": False, "people.residents": 60, "people.mean_stay_years": 1.0,
                                 "run.weeks": 200} | changes  # fmt: skip


def test_the_town_is_an_immigration_and_death_process(pictures):
    # 300 towns, 200 weeks, mean stay one year. Mean at four times, and the variance and distribution at the end,
    # against theory: each resident stays with probability q = exp(-1/52) a week; each newcomer has a week to come in,
    # one in every 52/60 weeks. 6 checks, 1e-6 together.
    def one(seed):
        life = Life(town_values(**{"run.seed": seed}))
        life.live()
        return life.weeks.residents.copy()

    with ThreadPoolExecutor(2) as pool:
        residents = np.array(list(pool.map(one, range(1, 301))), dtype=float)
    n, stay = 60, float(YEAR)
    q = math.exp(-1 / stay)
    weeks = np.arange(200)
    expected = n * (q**weeks + (1 - q ** (weeks + 1)) / (stay * (1 - q)))
    for week in (0, 10, 60, 199):
        mean_close_by(f"residents after {week} weeks", expected[week], residents[:, week], 6)
    still_here = chances_of_being_here(199, n, stay)
    assert still_here.sum() == pytest.approx(expected[199], rel=1e-3)
    variance = float((still_here * (1 - still_here)).sum())
    mean_close_by("  variance at the end", variance, (residents[:, 199] - expected[199]) ** 2, 6)
    print(f"    (a Poisson number would have {expected[199]:.4g}: newcomers come more evenly than by chance)")
    sizes, chances = poisson_binomial(still_here)
    observed = np.bincount(residents[:, 199].astype(int), minlength=len(sizes))
    fits("  distribution at the end", observed, chances, 6)

    def draw(axes):
        axes.plot(weeks, residents[:12].T, color=BLUE, alpha=0.25, linewidth=0.8)
        axes.plot(weeks, residents.mean(axis=0), color=BLUE, linewidth=2, label="mean of 300 towns")
        axes.plot(weeks, expected, ":", color=ORANGE, linewidth=2, label="expected")
        axes.set(xlabel="weeks", ylabel="people living in the area")
        axes.legend(frameon=False)

    picture(pictures, "town", "The town keeps its size on average", draw)


def chances_of_being_here(week, n, stay):
    """Each person's chance of living in the area in this week: residents, then newcomers in order."""
    rate = n / stay
    q = math.exp(-1 / stay)
    chances = [q**week] * n
    fine = (np.arange(2000) + 0.5) / 2000  # a newcomer's place within the stretch that is hers or his
    for k in range(math.ceil((week + 1) * rate) + 1):
        arrives = np.floor((k + fine) / rate)
        chances.append(float(np.where(arrives <= week, q ** (week - np.minimum(arrives, week)), 0.0).mean()))
    return np.array(chances)


def poisson_binomial(chances):
    """The distribution of how many of independent events happen."""
    distribution = np.array([1.0])
    for chance in chances:
        distribution = np.convolve(distribution, [1 - chance, chance])
    return np.arange(len(distribution)), distribution


def test_stays_are_geometric_and_the_same_for_residents_and_newcomers():
    # 12,000 stays in whole weeks, 1e-6 for both checks together.
    values = town_values(**{"people.residents": 2000, "people.mean_stay_years": 3.0, "run.weeks": 780})
    found = [make_traits({**values, "run.seed": seed}, draws.key_of_seed(seed)) for seed in (1, 2)]
    traits = np.concatenate(found)
    stays = traits["departs_week"] - traits["arrives_week"] - 1
    q = math.exp(-1 / (3.0 * YEAR))
    longest = 1000
    cells = np.append((1 - q) * q ** np.arange(longest), q**longest)
    for whom, chosen in (("residents", traits["id"] < 1_000_000), ("newcomers", traits["id"] >= 1_000_000)):
        counts = np.bincount(np.minimum(stays[chosen], longest), minlength=longest + 1)
        fits(f"stays of {chosen.sum()} {whom}, weeks", counts, cells, 2)


def test_newcomers_come_one_in_each_stretch_of_time():
    values = town_values(**{"people.residents": 80, "people.mean_stay_years": 15.0, "run.weeks": 624})
    traits = make_traits(values, draws.key_of_seed(3))
    arrives = traits.arrives_week[80:]
    stretch = 15.0 * YEAR / 80
    k = np.arange(len(arrives))
    assert np.all(arrives >= np.floor(k * stretch))
    assert np.all(arrives <= np.floor((k + 1) * stretch))
    print(f"  {len(arrives)} newcomers in 624 weeks: expected {624 / stretch:.1f}")


JOIN, LEAVE_RATE, PEOPLE, FOUNDERS = 2.0, 3.0, 100, 30


def members_week_by_week(seed):
    """The number of members at the end of each of 400 weeks; constant chances of coming and leaving."""
    changes = {
        "group.exists": True, "group.founders": FOUNDERS, "group.places": 200, "joining.visit_per_year": JOIN,
        "joining.need_power": 0.0, "joining.former_return": 1.0, "leaving.per_year": LEAVE_RATE,
        "leaving.one_visit_only": 0.0, "leaving.lapse_days": 3650, "organising.unled_weeks": 520,
        "group.meeting_hours": 0.0, "contact.between_meetings": False,
    }  # fmt: skip
    life = quiet_life(PEOPLE, 400, changes, seed=seed, states={"status": AWARE}, history_every=0)
    life.live()
    assert life.world.group[0].open
    return life.weeks.members.copy()


def test_membership_with_constant_chances_is_a_birth_and_death_process(pictures):
    # Each person is in or out: in -> out with chance b, out -> in with a, so members are binomial (share a / (a + b))
    # in the long run, and forget where they began at a rate of 1 - a - b a week. 6 checks, 1e-6 together.
    with ThreadPoolExecutor(2) as pool:
        members = np.array(list(pool.map(members_week_by_week, range(1, 101))), dtype=float)
    a, b = -math.expm1(-JOIN / YEAR), -math.expm1(-LEAVE_RATE / YEAR)
    share, keep = a / (a + b), 1 - a - b
    # in the opening week founders cannot leave before its end, and others may come: founders in, then one step
    weeks = np.arange(1, 401)
    expected = PEOPLE * share + (FOUNDERS - PEOPLE * share) * keep**weeks
    # Whoever comes for the first time decides whether to return (certain here), and may leave from next week on.
    mean_close_by("members after one week", expected[0], members[:, 0], 6)
    mean_close_by("members after 10 weeks", expected[9], members[:, 9], 6)
    late = members[:, 100:]
    mean_close_by("members in the long run, N a / (a + b)", PEOPLE * share, late.mean(axis=1), 6)
    variance = PEOPLE * share * (1 - share)
    mean_close_by("  variance", variance, ((late - PEOPLE * share) ** 2).mean(axis=1), 6)
    lagged = ((late[:, 10:] - PEOPLE * share) * (late[:, :-10] - PEOPLE * share)).mean(axis=1)
    mean_close_by("  covariance ten weeks apart", variance * keep**10, lagged, 6)
    last = np.bincount(members[:, -1].astype(int) // 4, minlength=26)
    cells = np.add.reduceat(stats.binom.pmf(np.arange(104), PEOPLE, share), np.arange(0, 104, 4))
    fits("  distribution in the last week", last[:26], cells, 6)

    def draw(axes):
        axes.plot(weeks, members[:10].T, color=BLUE, alpha=0.25, linewidth=0.8)
        axes.plot(weeks, members.mean(axis=0), color=BLUE, linewidth=2, label="mean of 100 groups")
        axes.plot(weeks, expected, ":", color=ORANGE, linewidth=2, label="expected")
        axes.set(xlabel="weeks", ylabel="members")
        axes.legend(frameon=False)

    picture(pictures, "membership", "Membership with constant chances of coming and leaving", draw)


def closing(life):
    g = life.world.group[0]
    return int(g.closed_week), int(g.closed_reason)


SMALL_GROUP = {"group.exists": True, "group.founders": 3, "leaving.lapse_days": 3650, "group.meeting_hours": 0.0,
               "contact.between_meetings": False}  # fmt: skip


def test_a_group_whose_clinician_may_leave_unprepared_lives_a_geometric_time(pictures):
    # The clinician leaves at the end of week w with a constant chance; 13 weeks later the group ends. 1,500 groups.
    unled, rate, weeks = 13, 0.8, 400
    changes = SMALL_GROUP | {
        "group.clinician_started": True, "organising.handover": False, "organising.clinician_leaves_per_year": rate,
        "organising.unled_weeks": unled,
    }  # fmt: skip
    found = many_quiet_lives(range(1, 1501), closing, 4, weeks, changes, history_every=0)
    closed = np.array([week for week, _ in found])
    assert {reason for week, reason in found if week >= 0} == {NO_ORGANISER}
    p = -math.expm1(-rate / YEAR)
    longest = weeks - unled
    lived = np.where(closed >= 0, closed - unled, longest)
    assert lived.min() >= 0
    probabilities = np.append(p * (1 - p) ** np.arange(longest), (1 - p) ** longest)
    fits("weeks with a clinician", np.bincount(lived, minlength=longest + 1), probabilities, 2)
    half = math.log(2) / (rate / YEAR)
    close_by(f"share open {half:.0f} weeks later", (1 - p) ** round(half), (lived >= round(half)).mean(),
             0.5 / math.sqrt(1500), 2)  # fmt: skip

    def draw(axes):
        times = np.arange(longest)
        axes.plot(times, [(lived >= t).mean() for t in times], color=BLUE, label="simulated")
        axes.plot(times, (1 - p) ** times, ":", color=GREY, label="(1 - p)^weeks")
        axes.set(xlabel="weeks", ylabel="share still led by the clinician", ylim=(0, 1))
        axes.legend(frameon=False)

    picture(pictures, "group_life", "A group that nobody else would lead", draw)


def test_a_group_that_nobody_joins_ends_when_fewer_than_two_are_left_to_come():
    # Three founders, each leaves with chance b at the end of a week: the second to leave ends the meetings of two,
    # and low_weeks later the group. 1,500 groups; 1e-6.
    low, rate, weeks = 5, 2.0, 400
    changes = SMALL_GROUP | {"leaving.per_year": rate, "organising.low_weeks": low, "organising.unled_weeks": 520}
    found = many_quiet_lives(range(1, 1501), closing, 4, weeks, changes, history_every=0)
    closed = np.array([week for week, _ in found])
    assert {reason for week, reason in found if week >= 0} == {TOO_FEW_CAME}
    gone = 1 - np.exp(-rate / YEAR * (np.arange(weeks - low) + 1))  # one founder has left by the end of week t
    two_gone = 3 * gone**2 * (1 - gone) + gone**3
    probabilities = np.append(np.diff(two_gone, prepend=0.0), 1 - two_gone[-1])
    lived = np.where(closed >= 0, closed - low, weeks - low)
    fits("weeks until fewer than two are left", np.bincount(lived, minlength=weeks - low + 1), probabilities)


def test_first_visits_thin_out_as_rates_say_and_one_visit_only_is_a_fixed_share():
    # Barrier 0.3, need at random, 55 % return: visits and returns of 1,000 aware people in a year; 1e-6 for both.
    changes = {
        "group.exists": True, "group.founders": 2, "group.places": 200, "joining.visit_per_year": 0.2,
        "joining.need_power": 0.0, "joining.former_return": 0.0, "leaving.one_visit_only": 0.45,
        "group.meeting_hours": 0.0, "contact.between_meetings": False, "organising.unled_weeks": 520,
        "leaving.lapse_days": 3650, "meeting.share_floor": 0.0,
    }  # fmt: skip

    def keep(life):
        people = life.world.people
        came = (people.joined_week >= 0) & (people.heard_of == 0)
        return came.sum(), (came & (people.status == MEMBER)).sum()

    found = many_quiet_lives(range(1, 11), keep, 500, YEAR, changes, history_every=0, states={"status": AWARE},
                             traits={"barrier": 0.3})  # fmt: skip
    came, stayed = np.sum(found, axis=0)
    others = 10 * 498
    prob = -math.expm1(-0.2 * 0.7)
    close_by("share who came within a year", prob, came / others, math.sqrt(prob * (1 - prob) / others), 2)
    close_by("  of these, came again", 0.55, stayed / came, math.sqrt(0.55 * 0.45 / came), 2)
