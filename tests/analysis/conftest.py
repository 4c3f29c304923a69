"""Short lives that all tests of ``analysis`` look at; nobody changes them."""

from __future__ import annotations

import pytest

from analysis.runs import live_scenario
from tests.analysis.lives import LIVES, scenario


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
