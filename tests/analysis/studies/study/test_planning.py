"""Planning over plausible space: sizes, shares and the assurance, on planted powers that are known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from analysis.plausible.plan import Plan, Plausible
from analysis.plausible.spread import spread_of
from analysis.studies.study.plan import SIZES, Planned, power_of, sizes_of
from analysis.studies.study.planning import (
    APART,
    AS_TOLD,
    PLANNING,
    StudyOverSpace,
    planning_figures,
    power_at,
)
from analysis.studies.study.planning_drawn import draw_apart_over, draw_needs
from analysis.studies.study.repeat import repeat
from analysis.studies.study.study import Done, Line
from tests.analysis.small import arm
from tests.analysis.studies.study.planted import pool, study

TRIAL = {"how": "individual"}
DRAWS = 30


class Found:
    """As much of what a study found as planning reads."""

    def __init__(self, done, told=()):
        self.done, self.told = done, list(told)


def done_at(effect, account="full", sizes=None):
    """A study of ten people in each of ten towns whose power is that of a z test with an effect, to the digit."""
    said = study(allocation=TRIAL, people={"per_town": 10, "towns": 10})
    line = Line("planted", account, said, arm(), None)
    repeated = repeat(said, [], 2, pool=pool(effect=0.2))
    sizes = sizes_of(said, "towns") if sizes is None else sizes
    shift = effect * np.sqrt(np.array(sizes) * 10) / 2
    power = stats.norm.cdf(shift - 1.96) + stats.norm.cdf(-shift - 1.96)
    needed = np.full((1, 1), np.nan)
    enough = np.flatnonzero(power >= 0.8)
    if len(enough):
        needed[0, 0] = (2 * (1.96 + stats.norm.ppf(0.8)) / effect) ** 2 / 10
    people = [10.0 * size for size in sizes]
    planned = Planned(0.8, "towns", list(sizes), people, people, power[:, None, None], needed)
    return Done(line, 5, repeated, planned)


def over(effects):
    """All of it over a space of effects, with the centre at 0.3."""
    from analysis.plausible.plan import account_of_arm

    account = account_of_arm(arm())
    plan = Plan(account=account, seed=1, names=["contact.relief"], usual={"contact.relief": 0.1},
                points=[[float(k)] for k in range(len(effects))], which=list(range(len(effects))))  # fmt: skip
    centre = Found([done_at(0.3)])
    at = [planning_figures(Found([done_at(effect)])) for effect in effects]
    few = planning_figures(Found([done_at(0.25)]))
    spreads = [spread_of(one, few[k], [some[k] for some in at], 5) for k, one in
               enumerate(planning_figures(centre))]  # fmt: skip
    return StudyOverSpace(Plausible({account: plan}, 5), [], 200, spreads, centre.done, [])


def size_of(effect):
    return (2 * (1.96 + stats.norm.ppf(0.8)) / effect) ** 2 / 10


def test_sizes_over_space_are_those_of_its_effects():
    effects = np.linspace(0.2, 0.6, DRAWS)
    (needs,) = over(effects).needs
    ordered = np.sort(size_of(effects))
    assert needs.told == AS_TOLD
    assert needs.size.median == pytest.approx(ordered[14])
    assert (needs.size.low, needs.size.high) == pytest.approx((ordered[2], ordered[26]))
    assert needs.people.median == pytest.approx(10 * needs.size.median)
    assert (needs.size.centre, needs.size.few) == pytest.approx((size_of(0.3), size_of(0.25)))
    assert needs.beyond == 0


def test_assurance_is_the_power_averaged_over_space():
    """Of a normal prior of effects it has a closed form: O'Hagan, Stevens and Campbell 2005."""
    mean, sd = 0.4, 0.1
    effects = stats.norm.ppf((np.arange(400) + 0.5) / 400, mean, sd)
    (needs,) = over(effects).needs
    k = needs.sizes.index(needs.own)
    error = 2 / np.sqrt(100)
    closed = stats.norm.cdf((mean - 1.96 * error) / np.hypot(sd, error))
    value, low, high = needs.assurance()
    assert value == pytest.approx(closed, abs=0.005)
    assert low < value < high
    reached = (2 * (1.96 + stats.norm.ppf(0.8)) / np.sqrt(100)) <= effects
    assert needs.reaches.value == pytest.approx(reached.mean(), abs=0.005)
    assert needs.reaching(k).low < needs.reaches.value < needs.reaching(k).high
    assert needs.assured > size_of(mean)  # more than at the middle: the average is bent by effects that are small


def test_where_nothing_is_enough_it_is_said_and_not_left_out():
    (needs,) = over([0.4] * 20 + [0.0001] * 10).needs
    assert needs.beyond == pytest.approx(1 / 3)
    assert np.isinf(needs.size.high) and np.isfinite(needs.size.median)
    assert np.isnan(needs.assured)
    space = over([0.4] * 20 + [0.0001] * 10)
    row = space.tables()["plausible_needed"].to_pylist()[0]
    assert row["size_high"] != row["size_high"] or row["size_high"] is None
    assert row["never"] == pytest.approx(1 / 3)
    assert "in 33 % none that was tried" in " ".join(space.summary().split())
    drawn = draw_needs(space)
    assert "planted" in drawn.description and "20 to never" in drawn.description


def test_power_is_held_level_beyond_the_largest_size_tried():
    planned = done_at(0.5, sizes=[2, 5, 10]).planned
    assert power_at(planned, (0, 0), [2, 5, 10, 20, 40]).tolist() == [
        *planned.power[:, 0, 0], *[planned.power[-1, 0, 0]] * 2,
    ]  # fmt: skip


def test_sizes_that_are_tried_are_among_those_that_may_be():
    said = study(allocation=TRIAL, people={"per_town": 10, "towns": 10})

    def do(repetitions, size, **more):
        return repeat(said, [], repetitions, size=size, pool=pool(effect=0.5), **more)

    planned = power_of(said, do, None, 0.8, 60)
    assert sizes_of(said, "towns")[: len(planned.sizes)] == planned.sizes
    assert set(SIZES) == {"towns", "people"}


def test_what_tells_accounts_apart_over_space_is_read_pair_by_pair():
    from analysis.studies.study.plan import Told

    def told(towns):
        return Told("planted", "full", "nothing", "isolation", 24, (0.1, 0.0), (0.1, 0.1), 1.0, towns, 10 * towns,
                    5 * towns, 24)  # fmt: skip

    done = [done_at(0.3)]
    done = [Done(one.line, 5, one.repeated) for one in done]
    centre = planning_figures(Found(done, [told(8.0)]))
    at = [planning_figures(Found(done, [told(float(n))])) for n in (4, 6, 9, 20, np.inf)]
    spreads = [spread_of(one, one, [some[k] for some in at], 5) for k, one in enumerate(centre)]
    assert {one.figure.key[2] for one in spreads} == {APART}
    account = done[0].line.arm.account.name if done[0].line.arm.account else "first"
    plan = Plan(account=account, seed=1, names=["contact.relief"], usual={"contact.relief": 0.1},
                points=[[float(k)] for k in range(5)], which=list(range(5)))  # fmt: skip
    space = StudyOverSpace(Plausible({account: plan}, 5), [], 200, spreads, done, [told(8.0)])
    (one,) = space.apart
    assert (one.towns.low, one.towns.median, one.towns.high) == (4, 9, np.inf)
    assert one.never == pytest.approx(0.2)
    assert one.own == 10 and one.within.value == pytest.approx(0.6)
    assert one.hours.median == 45
    row = space.tables()["plausible_apart"].to_pylist()[0]
    assert (row["towns_median"], row["never"], row["as_planned"]) == pytest.approx((9, 0.2, 0.6))
    words = " ".join(space.summary().split())
    assert "9 towns (80 % of space: 4 to never), 90 people, 45 hours" in words
    assert "full" in draw_apart_over(space).description
    assert PLANNING not in {one.figure.key[2] for one in spreads}
