"""How often a verdict is wrong: trials drawn from a pool of towns whose truth is known, since it is the pool's own.

A pool of towns stands for all towns there could be. Two hundred trials of forty towns each are drawn from it, with
replacement. A claim that is false of the pool should be said to hold in at most 2.5 % of them (the interval is 95 %,
and one of its ends must be wrong); and each interval should leave the pool's own value out on either side as rarely.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from analysis.compare.comparison import Paired, compare
from analysis.studies.claims.arms import arms_for
from analysis.studies.claims.declare import HOLDS, VERIFIED, judge, strata_of
from analysis.studies.claims.index import CLAIMS
from analysis.studies.claims.study import READ_TOGETHER
from analysis.studies.claims.totals import totals_of
from sim.scenario import load_account

pytestmark = pytest.mark.slow

POOL, TOWNS, TRIALS = 240, 40, 200
NOMINAL = 0.025
RARELY = 0.001  # a right verdict machine fails one of these tests
TWO_YEARS = 104


def could_fail():
    """Claims that could fail and are read within two years, without what is only shown beside."""
    short = [claim for claim in CLAIMS.values() if claim.kind in READ_TOGETHER and claim.weeks <= TWO_YEARS]
    return [replace(claim, beside=()) for claim in short]


def live(account):
    """The pool."""
    weeks = {name: TWO_YEARS for claim in could_fail() for name in claim.needs}
    arms, strata = arms_for(weeks, account=load_account(account)), strata_of(could_fail())
    return compare(arms, range(1, POOL + 1), totals=totals_of, strata=strata)


def drawn(pool, luck):
    """A trial: towns drawn from the pool, the same in every arm."""
    which = luck.integers(POOL, size=TOWNS)
    return {
        name: Paired(of.arm, of.rows, [of.seeds[k] for k in which], [of.parts[k] for k in which],
                     [of.totals[k] for k in which])
        for name, of in pool.items()
    }  # fmt: skip


def some(pool, claim):
    return {name: pool[name] for name in claim.needs}


def false_of(pool, claim):
    """Whether a figure that decides lies, in the whole pool, where the claim says it does not."""
    readings = [estimand(some(pool, claim)) for estimand in claim.decides]
    outside = [
        (r.low is not None and (r.estimate.value < r.low or (r.strict and r.estimate.value == r.low)))
        or (r.high is not None and (r.estimate.value > r.high or (r.strict and r.estimate.value == r.high)))
        for r in readings
        if not np.isnan(r.estimate.value)
    ]
    return any(outside)


def too_often(rate_of):
    """So often at most, in so many trials, but for once in a thousand."""
    return stats.binom.isf(RARELY, TRIALS, rate_of)


@pytest.mark.parametrize("account", ["nothing", "first", "contagion"])
def test_a_claim_that_is_false_is_hardly_ever_said_to_hold(account):
    pool, luck = live(account), np.random.default_rng(20261128)
    claims = [claim for claim in could_fail() if false_of(pool, claim)]
    assert len(claims) >= 3, "a world in which hardly anything is false shows little"
    held = Counter({claim.id: 0 for claim in claims})
    for _ in range(TRIALS):
        trial = drawn(pool, luck)
        for claim in claims:
            word, _ = judge(claim, some(trial, claim))
            held[claim.id] += word in (HOLDS, VERIFIED)
    print(f"\n{account}: of {TRIALS} trials of {TOWNS} towns, said to hold though false: {dict(held)}")
    assert max(held.values()) <= too_often(NOMINAL)


def test_an_interval_leaves_the_truth_out_as_rarely_as_it_says():
    pool, luck = live("first"), np.random.default_rng(20261129)
    asked = [(claim, k, estimand) for claim in could_fail() for k, estimand in enumerate(claim.decides)]
    truth = {(claim.id, k): estimand(some(pool, claim)).estimate.value for claim, k, estimand in asked}
    missed = Counter({(claim.id, k, side): 0 for claim, k, _ in asked for side in ("too high", "too low")})
    for _ in range(TRIALS):
        trial = drawn(pool, luck)
        for claim, k, estimand in asked:
            found, value = estimand(some(trial, claim)).estimate, truth[claim.id, k]
            missed[claim.id, k, "too high"] += bool(found.low > value)
            missed[claim.id, k, "too low"] += bool(found.high < value)
    rates = np.array(list(missed.values())) / TRIALS
    print(f"\nof {TRIALS} trials, truth left out on one side: mean {rates.mean():.3f}, most {rates.max():.3f}")
    print(dict(missed))
    assert rates.mean() <= 1.5 * NOMINAL
    assert rates.max() * TRIALS <= too_often(2 * NOMINAL)  # skewed shares of few groups come last to their level


def test_a_claim_that_is_true_by_far_is_said_to_hold():
    """Planted: each bound is moved so that the truth lies inside by three half-widths of a trial's interval."""
    pool, luck = live("first"), np.random.default_rng(20261130)
    trial = drawn(pool, luck)
    planted = []
    for claim in could_fail():
        for estimand in claim.decides:
            found = estimand(some(trial, claim)).estimate
            width = found.high - found.low
            if not np.isfinite(width) or width == 0.0:
                continue
            value = estimand(some(pool, claim)).estimate.value
            bounds = {"low": None if estimand.low is None else value - 1.5 * width,
                      "high": None if estimand.high is None else value + 1.5 * width}  # fmt: skip
            planted.append((claim, replace(estimand, **bounds)))
    assert len(planted) >= 5
    held = Counter({k: 0 for k in range(len(planted))})
    for _ in range(TRIALS // 4):
        trial = drawn(pool, luck)
        for k, (claim, estimand) in enumerate(planted):
            held[k] += estimand(some(trial, claim)).outcome == HOLDS
    rates = np.array(list(held.values())) / (TRIALS // 4)
    print(f"\nplanted and found again: mean {rates.mean():.2f}, least {rates.min():.2f}")
    assert rates.min() >= 0.8
