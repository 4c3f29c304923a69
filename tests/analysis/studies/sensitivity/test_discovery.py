"""Where a claim fails, in words."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from analysis.studies.sensitivity.discovery import discover
from sim.problem import Problem
from tests.analysis.needs import needs

NAMES = ["group.acceptance", "contact.texts_per_week", "group.meeting_days", "group.places"]


@pytest.fixture
def space():
    rng = np.random.default_rng(5)
    days = np.array(["2", "1,3"], object)[rng.integers(0, 2, 600)]
    return {"group.acceptance": rng.uniform(0.7, 1.0, 600), "contact.texts_per_week": rng.uniform(0, 5, 600),
            "group.meeting_days": days, "group.places": rng.integers(8, 16, 600)}  # fmt: skip


def test_a_box_is_found_and_said_in_words(space):
    needs("sklearn")
    fails = (space["group.acceptance"] <= 0.8) & (space["contact.texts_per_week"] > 2)
    found = discover(NAMES, space, fails)
    worst = found.regions[0]
    assert worst.fails > 0.97
    assert worst.of_all > 0.97
    assert "group.acceptance is at most 0.8" in worst.where
    assert "contact.texts_per_week is above 2" in worst.where or "contact.texts_per_week is above 1.9" in worst.where
    assert found.accuracy > 0.95
    assert worst.where in found.sentence
    assert sum(region.points for region in found.regions) == 600
    assert sum(region.of_all for region in found.regions) == pytest.approx(1.0)
    assert found.importance["group.places"] < 0.05


def test_where_it_fails_nearly_anywhere_the_words_say_where_it_holds(space):
    needs("sklearn")
    holds = (space["group.acceptance"] > 0.9) & (space["contact.texts_per_week"] > 2)
    found = discover(NAMES, space, ~holds)
    assert "It holds most where group.acceptance is above 0.9" in found.sentence
    assert "in 100 % of the " in found.sentence
    assert "which are 100 % of all points in which it holds" in found.sentence


def test_days_and_whole_numbers_in_words(space):
    needs("sklearn")
    fails = (space["group.meeting_days"] == "1,3") & (space["group.places"] >= 12)
    worst = discover(NAMES, space, fails).regions[0]
    assert "group.meeting_days is 1,3" in worst.where
    assert "group.places is at least 12" in worst.where
    assert worst.fails == 1.0


def test_where_nothing_tells_no_region_is_made_up(space):
    # Over 40 seeds, luck alone passes for a region in at most a few.
    needs("sklearn")
    made_up = [
        bool(discover(NAMES, space, np.random.default_rng(seed).random(600) < 0.3).regions) for seed in range(12)
    ]
    assert sum(made_up) <= 1
    found = discover(NAMES, space, np.random.default_rng(99).random(600) < 0.3)
    assert "no region of few conditions tells them apart" in found.sentence


@pytest.mark.parametrize(
    ("bad", "words"), [(0, "at none of the 600"), (6, "at 6 of 600"), (597, "at 597 of 600"), (600, "at all 600")]
)
def test_too_few_on_one_side_are_not_told_apart(space, bad, words):
    found = discover(NAMES, space, np.arange(600) < bad)
    assert found.regions == []
    assert f"It fails {words} points" in found.sentence


def test_without_scikit_learn_it_says_how_to_install_it(space, monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.tree", None)
    monkeypatch.setitem(sys.modules, "sklearn.model_selection", None)
    with pytest.raises(Problem, match=r"pip install -e '\.\[sensitivity\]'"):
        discover(NAMES, space, np.arange(600) < 300)
