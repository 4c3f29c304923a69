"""A small factorial in small towns with a lively group, lived once for all tests here; nobody changes it."""

from __future__ import annotations

import pytest

from tests.analysis.studies.factorial.written import small_study


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """The study, and what it found."""
    study = small_study(tmp_path_factory.mktemp("factorial"))
    return study, study.live()
