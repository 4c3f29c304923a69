"""Verification: where its pictures go, and that all of it is slow."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture
def pictures(tmp_path):
    """The folder for pictures: that of the environment variable SAMEBOAT_PICTURES, else a temporary one."""
    chosen = os.environ.get("SAMEBOAT_PICTURES")
    folder = Path(chosen) if chosen else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    return folder
