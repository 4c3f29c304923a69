"""Short lives that all tests of ``analysis`` look at; nobody changes them."""

from __future__ import annotations

import pytest

from analysis.compare.comparison import compare
from analysis.compare.effects import all_tables
from analysis.studies.run.study import live_scenario
from tests.analysis.lives import LIVES, scenario
from tests.analysis.small import RUNS, arm


@pytest.fixture(scope="session")
def lived():
    """A short run by its name in LIVES, lived once."""
    kept = {}

    def run_of(name):
        if name not in kept:
            file, changes = LIVES[name]
            kept[name] = live_scenario(scenario(file, **changes))
        return kept[name]

    return run_of


@pytest.fixture
def run(lived):
    """A short run of group A."""
    return lived("a group")


@pytest.fixture(scope="session")
def compared():
    """Groups A and B and no group, a few small towns, as ``compare`` gives them; nobody changes it."""
    return compare([arm(), arm("groupB"), arm("absent")], range(1, RUNS + 1))


@pytest.fixture(scope="session")
def compared_tables(compared):
    """All tables of that comparison."""
    return all_tables(compared)
