"""One small run for all tests of the command line, made as a person would."""

from __future__ import annotations

import shutil

import pytest

from tests.builders import ROOT
from tests.cli.command_line import GROUP_A, SMALL, sameboat


@pytest.fixture(autouse=True)
def at_home(monkeypatch):
    monkeypatch.chdir(ROOT)


@pytest.fixture
def without_figures(monkeypatch):
    monkeypatch.setattr("analysis.studies.frame.save_figures", lambda run, folder: None)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """One whole run with everything, and what was said; nobody changes it."""
    folder = tmp_path_factory.mktemp("kept") / "groupA"
    return folder, sameboat("run", GROUP_A, *SMALL, "--out", folder, "--csv")


@pytest.fixture
def results(kept, tmp_path):
    """A copy of that run's results, to be changed."""
    shutil.copytree(kept[0], tmp_path / "groupA")
    return tmp_path / "groupA"
