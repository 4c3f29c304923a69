"""The page on designs shows numbers of this version."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.analysis.needs import needs
from tests.builders import ROOT

needs("statsmodels")
pytestmark = pytest.mark.slow


def test_the_numbers_of_the_page_on_designs_are_up_to_date():
    script = ROOT / "docs" / "why" / "make_designs.py"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stderr[-2000:]}\nrun: python docs/why/make_designs.py"
