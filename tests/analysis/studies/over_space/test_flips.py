"""What something turns with is named where it is planted, and not where it is chance."""

from __future__ import annotations

import builtins

import numpy as np
import pytest

from analysis.studies.over_space.flips import flips_said, moves_said, moves_with
from sim.parameters import PARAMETERS
from tests.analysis.needs import needs

NAMES = ("contact.relief", "meeting.strength", "ties.growth_per_hour", "joining.need_power", "meeting.learn")


def columns(seed, draws=40):
    chance = np.random.default_rng(seed)
    return {name: chance.uniform(*PARAMETERS[name].plausible, draws) for name in NAMES}


def test_what_a_figure_goes_up_and_down_with_is_named_the_strongest_first():
    some = columns(1, 80)
    z = {name: (column - column.mean()) / column.std() for name, column in some.items()}
    values = 2 * z["contact.relief"] - z["meeting.learn"] + 0.3 * np.random.default_rng(2).standard_normal(80)
    first, second = moves_with(some, values)[:2]
    assert (first.name, second.name) == ("contact.relief", "meeting.learn")
    assert first.rank > 0.7 and second.rank < -0.3
    assert "contact.relief (+0." in moves_said(some, values)


def test_chance_is_seldom_taken_for_more():
    """At 5 % for all parameters together: more than 11 of 100 would come by chance in 1 % of cases."""
    noise = [moves_with(columns(seed), np.random.default_rng(900 + seed).standard_normal(40)) for seed in range(100)]
    assert sum(bool(one) for one in noise) <= 11


def test_where_it_fails_is_told_in_the_words_asked_for():
    needs("sklearn")
    some = columns(3)
    fails = some["meeting.strength"] < np.median(some["meeting.strength"])
    said = flips_said(some, fails, ("is at most 0", "is above 0"))
    assert "is at most 0 most where meeting.strength is at most" in said
    assert "draws" in said and "points" not in said


@pytest.mark.parametrize("few", [0, 9])
def test_of_too_few_draws_nothing_is_told(few):
    assert flips_said(columns(4), np.arange(40) < few) == ""


def test_without_the_extra_it_is_said_and_nothing_is_lost(monkeypatch):
    whole = builtins.__import__

    def without(name, *more):
        if name.startswith("sklearn"):
            raise ImportError(name)
        return whole(name, *more)

    monkeypatch.setattr(builtins, "__import__", without)
    assert "pip install -e '.[sensitivity]'" in flips_said(columns(5), np.arange(40) < 20)


def test_what_does_not_vary_or_cannot_be_read_is_left_out():
    some = {**columns(6), "group.acceptance": np.full(40, 0.8)}
    values = some["contact.relief"].copy()
    values[:5] = np.nan
    assert moves_with(some, values)[0].name == "contact.relief"
    assert moves_with(some, np.full(40, 1.0)) == []
    assert moves_with(some, np.where(np.arange(40) < 35, np.nan, values)) == []
