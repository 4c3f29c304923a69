"""The wheel alone, without the checkout: built, installed, and run from an empty folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.metadata import version

import pytest

from tests.builders import ROOT

PARTS = ("sim", "analysis", "view", "scenarios", "pyproject.toml", "README.md", "LICENSE")
BUILT_WITH = 77  # setuptools, as pyproject.toml has it; where it is older, pip fetches one for the build
SMALL = ("--set", "people.residents=12", "--set", "run.lead_in_weeks=4")
API = """
import pathlib, sys
import analysis, scenarios, sim, view
for package in (analysis, scenarios, sim, view):
    assert pathlib.Path(package.__file__).is_relative_to(sys.argv[1]), package.__file__
from sim.life import Life
from sim.model import PeerSupportModel
from sim.scenario import load
model = PeerSupportModel(seed=1)
model.step()
life = Life(load(scenarios.FOLDER / "groupA.yaml").with_values({"run.weeks": 3}).values)
life.live()
assert analysis.load("results/groupA").columns("weeks")
assert list(scenarios.FOLDER.glob("sweeps/*.yaml")) and list(scenarios.FOLDER.glob("factorials/*.yaml"))
assert list(scenarios.FOLDER.glob("studies/*.yaml"))
assert (scenarios.FOLDER / "schema.json").is_file()
"""


@pytest.mark.slow
def test_the_wheel_runs_from_an_empty_folder(tmp_path):
    source, home, folder = tmp_path / "source", tmp_path / "home", tmp_path / "empty"
    source.mkdir()
    folder.mkdir()
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, source / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, source / part)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
        "PYTHONPATH": str(home), "SAMEBOAT_CACHE_DIR": str(tmp_path / "cache"),
    }  # fmt: skip

    def python(*arguments: object) -> str:
        done = subprocess.run(
            [sys.executable, *map(str, arguments)], cwd=folder, env=environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def sameboat(*words: object) -> str:
        return python(home / "bin" / "sameboat", *words)

    pip = ("-m", "pip", "--disable-pip-version-check", "--quiet")
    new_enough = int(version("setuptools").partition(".")[0]) >= BUILT_WITH
    python(*pip, "wheel", "--no-deps", *["--no-build-isolation"] * new_enough, "--wheel-dir", tmp_path, source)
    (wheel,) = tmp_path.glob("sameboat-*.whl")
    python(*pip, "install", "--no-deps", "--no-index", "--target", home, wheel)

    assert "Usage: sameboat" in sameboat("--help")
    sameboat("groupA", "--weeks", 30, *SMALL)
    assert "same" in sameboat("rerun", "results/groupA")
    sameboat("compare", "groupA", "absent", "--weeks", 60, "--runs", 3, *SMALL, "--out", "results/compared")
    assert (folder / "results" / "compared" / "report.html").is_file()
    assert "C2" in sameboat("claims", "--claim", "C2", "--runs", 3, *SMALL)
    python("-c", API, home)
    assert [path.name for path in folder.iterdir()] == ["results"]
