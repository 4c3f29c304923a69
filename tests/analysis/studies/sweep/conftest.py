"""A small sweep, lived once without interruption; nobody changes it."""

from __future__ import annotations

import pytest

from tests.analysis.studies.sweep.sweeps import live, make_sweep


@pytest.fixture(scope="session")
def whole(tmp_path_factory):
    """(sweep, folder) of a small sweep that nothing disturbed."""
    home = tmp_path_factory.mktemp("whole")
    sweep = make_sweep(home)
    live(sweep, home / "results")
    return sweep, home / "results"


@pytest.fixture
def sweep(tmp_path):
    return make_sweep(tmp_path)
