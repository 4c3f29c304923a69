"""Packages that only some commands need: without them their tests are left out, but never on CI."""

from __future__ import annotations

import importlib
import os

import pytest


def needs(*packages):
    """Leave a test out if a package is not installed; on CI (CI=true) it must be."""
    for package in packages:
        try:
            importlib.import_module(package)
        except ImportError:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip(f"{package} is not installed")
