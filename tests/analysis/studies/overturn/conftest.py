"""Small towns with a lively group, lived once for all tests here; nobody changes them."""

from __future__ import annotations

import pytest

from analysis.compare.arms import Arm
from analysis.studies.overturn.ablation import live_all
from sim.scenario import load
from tests.builders import SCENARIOS

SMALL = {
    "people.residents": 24, "run.weeks": 52, "run.lead_in_weeks": 8, "joining.visit_per_year": 3.0,
    "joining.publicity_per_year": 2.0, "group.women_only": False,
}  # fmt: skip
SEEDS = range(1, 5)


def small_arm(name="groupA", **changes):
    """A scenario of this house made small and lively; ``changes`` as section__parameter=value."""
    changed = {key.replace("__", ".", 1): value for key, value in changes.items()}
    scenario = load(SCENARIOS / f"{name}.yaml")
    return Arm(scenario.name, scenario.title, {**scenario.values, **SMALL, **changed})


@pytest.fixture(scope="session")
def lived():
    """All combinations of mechanisms in four small towns."""
    return live_all(small_arm(), SEEDS)
