"""How many towns tell two accounts apart."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from analysis.compare.comparison import compare
from analysis.studies.claims.arms import arms_for
from analysis.studies.claims.totals import totals_of
from analysis.studies.verdicts.apart import (
    BEFORE_AFTER,
    LOOKED_AT,
    REGISTER,
    TRIAL,
    WEEKS,
    Seen,
    all_apart,
    seen_in,
    towns_needed,
)
from sim.scenario import load_account
from tests.analysis.studies.claims.conftest import SMALL


def seen(mean, variance, runs=1000):
    return Seen("isolation", "isolation", "0-1", "groupA", TRIAL, mean, variance, runs)


def test_towns_are_those_of_the_textbook():
    """64 in each arm for a difference of half a standard deviation, less one for z in place of t."""
    assert towns_needed(seen(0.5, 1.0), seen(0.0, 1.0)) == 63


def test_so_many_towns_have_the_power():
    n, rng = int(towns_needed(seen(0.8, 1.0), seen(0.0, 1.0))), np.random.default_rng(7)
    one, other = rng.normal(0.8, 1, (4000, n)), rng.normal(0.0, 1, (4000, n))
    z = (one.mean(1) - other.mean(1)) / np.sqrt(2 / n)
    assert np.mean(np.abs(z) > stats.norm.ppf(0.975)) == pytest.approx(0.8, abs=0.03)


@pytest.mark.parametrize(("one", "other"), [(0.2, 0.2), (float("nan"), 0.2), (0.3, 0.0)])
def test_what_does_not_surely_differ_tells_nothing_apart(one, other):
    assert towns_needed(seen(one, 1.0, 10), seen(other, 1.0, 10)) == float("inf")


@pytest.fixture(scope="module")
def lived():
    def under(account, first):
        arms = arms_for(dict.fromkeys(LOOKED_AT, WEEKS), SMALL, account=load_account(account))
        return seen_in(compare(arms, range(first, first + 12), totals=totals_of))

    return {"nothing": under("nothing", 1), "again": under("nothing", 50), "company": under("company", 1)}


def test_an_account_is_not_told_apart_from_itself_in_other_towns(lived):
    assert not all_apart({name: lived[name] for name in ("nothing", "again")})


def test_nothing_is_seen_that_needs_a_twin(lived):
    """A trial compares other people: even where every paired difference is zero, both arms' variance counts."""
    trial = [one for one in lived["nothing"] if one.how == TRIAL and one.name == "isolation"]
    assert all(one.mean == 0.0 and one.variance > 0 for one in trial)  # the same towns here, by the luck of the twins
    assert {one.how for one in lived["company"]} == {BEFORE_AFTER, TRIAL, REGISTER}


def test_the_soonest_comes_first(lived):
    found = all_apart({name: lived[name] for name in ("nothing", "company")})
    assert [one.towns for one in found] == sorted(one.towns for one in found)
