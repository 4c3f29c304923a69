"""``calibrate`` and ``foretell``: what they refuse, write and say; goes on after a kill with the same bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pyarrow.parquet as pq
import pytest

from analysis.plausible.space import Space
from tests.analysis.lives import unkind_words
from tests.builders import ROOT
from tests.cli.command_line import sameboat

SMALL = ("--places", "100", "--second", "20", "--draws", "100", "--runs", "2", "--accounts", "nothing")
TABLES = ("priors", "figures", "accounts", "parameters", "pulls", "recovery", "methods")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--accounts", "ful"), "full"),
        (("--account", "full"), "--accounts"),
        (("--set", "contact.relief=0.1"), "--set"),
        (("--places", "3"), "places"),
        (("--runs", "1"), "runs"),
    ],
)
def test_calibrate_refuses_in_a_line(arguments, said):
    assert said in sameboat("calibrate", *arguments).problem


def test_foretell_refuses_an_account_without_a_space(monkeypatch, tmp_path):
    monkeypatch.setattr("analysis.plausible.space.FOLDER", tmp_path)
    assert "no plausible space" in sameboat("foretell").problem
    assert "no plausible space" in sameboat("foretell", "--accounts", "full").problem


def test_foretell_measures_what_was_held_out_and_is_made_again(monkeypatch, tmp_path):
    monkeypatch.setattr("analysis.plausible.space.FOLDER", tmp_path / "spaces")
    Space.of("full", {"people.mean_stay_years": [10.0, 20.0]}, [1, 1]).write(tmp_path / "spaces" / "full.parquet")
    out = tmp_path / "out"
    said = sameboat("foretell", "--runs", "5", "--towns", "1", "--out", out)
    assert said.status == 0, said.err
    rows = pq.read_table(out / "foretold.parquet").to_pylist()
    assert {row["account"] for row in rows} == {"full"}
    words = ("as foretold", "only within what it may be off", "beyond what is foretold")
    assert all(row["word"] in words for row in rows)
    assert "weak test" in " ".join(said.out.split())
    assert unkind_words(said.out.replace('"success"', "")) == []
    assert (out / "foretold.png").exists()
    assert "identical" in sameboat("rerun", out).out


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """One calibration killed on its way, and done by the same command; one in one go."""
    home = tmp_path_factory.mktemp("calibrate")
    command = [
        sys.executable,
        "run.py",
        "calibrate",
        *SMALL,
        "--quiet",
        "--bank",
        str(home / "bank"),
        "--out",
        str(home / "a"),
    ]
    first = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    while len(list((home / "bank").rglob("*.parquet"))) < 4 and first.poll() is None:
        time.sleep(0.2)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    kept = {path: path.stat().st_mtime_ns for path in (home / "bank").rglob("first-*.parquet")}
    again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    whole = sameboat("calibrate", *SMALL, "--bank", home / "other", "--out", home / "b", "--threads", "1")
    return home, kept, again, whole


@pytest.mark.slow
def test_it_goes_on_after_a_kill_and_comes_out_the_same(done):
    home, kept, again, whole = done
    assert again.returncode == 0, again.stderr
    assert whole.status == 0, whole.err
    assert kept
    assert all(path.stat().st_mtime_ns == time for path, time in kept.items()), "lived again"
    for name in (*TABLES, "ranks", "plausible-nothing"):
        one, other = (pq.read_table(home / folder / f"{name}.parquet") for folder in "ab")
        assert one.equals(other), name
    assert (home / "a" / "summary.txt").read_bytes() == (home / "b" / "summary.txt").read_bytes()


@pytest.mark.slow
def test_it_writes_and_says_all_that_is_promised(done):
    home, _, _, whole = done
    files = {path.name for path in (home / "b").iterdir()}
    assert {f"{name}.csv" for name in TABLES} <= files
    assert {"evidence.png", "ranks.png", "known-nothing.png", "report.html", "record.json"} <= files
    words = " ".join(whole.out.split())
    for part in ("Outside evidence against each account", "How far to trust it", "known values lie inside", "methods",
                 "no evidence about real groups", "Samaritans"):  # fmt: skip
        assert part in words, part
    assert unkind_words(whole.out.replace('"success"', "")) == []
    figures = pq.read_table(home / "b" / "figures.parquet").to_pylist()
    assert {row["account"] for row in figures} == {"nothing"}
    assert {row["word"] for row in figures} <= {"fits", "strained", "missed"}
