"""The figure of a trial."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.figures.style import style
from analysis.studies.claims.figures import REGISTER, kinds_found, regulars_drawing
from analysis.studies.claims.meanings import TOTALS
from analysis.studies.claims.report import ABOUT_CLAIM, CAPTIONS
from tests.analysis.studies.claims.test_read import planted


def found(name, four):
    """Groups that are found ten times each, with four regulars in so many of them, by a third of meetings."""
    totals = {total: np.zeros(6) for total in TOTALS}
    totals |= {"found": np.full(6, 10.0), "found_4_at_33": np.array(four, float)}
    return planted(name, np.ones(6), totals=totals)


def test_it_draws_what_was_found():
    runs = {"groupA": found("groupA", [2, 3, 1, 2, 3, 1]), "groupB": found("groupB", [0] * 6)}
    with style():
        drawn = regulars_drawing(runs)
        left, right = drawn.figure.axes
    assert "groupA, by 33 %: four in 20 %" in drawn.description
    assert left.lines[1].get_ydata()[3] == pytest.approx(0.2), "after the dotted line comes the first definition"
    assert right.lines[1].get_ydata().max() == 0.0
    assert "30 %" not in drawn.description


def test_only_of_groups_that_were_lived_for_twelve_years(small_trial):
    short = planted("groupA", np.ones(6), totals={name: np.zeros(6) for name in TOTALS})
    assert kinds_found({"groupA": short}) == kinds_found({"befriending": short}) == []
    assert [name for name, _ in small_trial.figures()] == [REGISTER]
    assert set(ABOUT_CLAIM) == set(CAPTIONS) == {REGISTER}
    assert small_trial.report().count("<figure>") > 0
