"""The break-even of social influence, from sums that are planted."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.studies.claims import rival
from tests.analysis.studies.claims.test_read import PEOPLE, SPREAD, planted

KAPPAS = {
    "influence 0": 0.0,
    "groupA": 0.3,
    "influence 0.6": 0.6,
    "influence 1": 1.0,
    "influence 2": 2.0,
    "influence 5": 5.0,
}


def read(law, spread=SPREAD):
    runs = {
        name: planted(name, PEOPLE, effect=law(kappa) + spread, outcome="episodes", **{rival.KAPPA: kappa})
        for name, kappa in KAPPAS.items()
    }
    return rival._break_even("all", "joined")(runs).estimate


def test_break_even_is_where_the_effect_crosses_zero():
    moved = (PEOPLE * SPREAD).sum() / PEOPLE.sum()
    found = read(lambda kappa: 2.0 * (kappa - 1.6))
    assert found.value == pytest.approx(1.6 - moved / 2.0, abs=0.01)
    assert found.low < 1.6 < found.high
    assert found.tails.p_below(found.low) == pytest.approx(0.025, abs=0.002)


def test_a_bent_law_has_its_own_root_and_not_that_of_a_straight_line():
    """What a line through three points would get wrong: an effect that rises quickly and levels off."""
    bent = lambda kappa: 1.0 - 1.6 * math.exp(-kappa / 0.7)  # noqa: E731
    root = 0.7 * math.log(1.6)
    straight = np.polyfit([0.0, 0.3, 1.0], [bent(k) for k in (0.0, 0.3, 1.0)], 1)
    assert abs(-straight[1] / straight[0] - root) > 0.03
    assert read(bent, 0.01 * SPREAD).value == pytest.approx(root, abs=0.015)


def test_no_break_even_and_worse_from_the_start():
    assert read(lambda kappa: -5.0 + 0.1 * kappa).value == math.inf
    assert read(lambda kappa: 5.0 + kappa).value == 0.0
    same = {name: planted(name, PEOPLE, outcome="episodes", **{rival.KAPPA: 0.3}) for name in KAPPAS}
    assert not rival._break_even("all", "joined")(same).estimate.known, "influence set for every arm: no curve"
