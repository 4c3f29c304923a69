"""``study``, stopped or killed on its way, goes on with the same command and comes out the same to the last bit."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.analysis.lives import contents
from tests.builders import ROOT
from tests.cli.command_line import sameboat

TOWN = ("--set", "people.residents=24", "--set", "joining.publicity_per_year=3", "--set", "joining.visit_per_year=5",
        "--set", "group.women_only=false", "--threads", "1")  # fmt: skip
LARGER = (*TOWN, "--runs", "60", "--repetitions", "60")
POWER = ("waiting-list", "--power", "0.8", *LARGER)
TELL = ("before-after", "register", "--tell", "full", "nothing", *LARGER)
SPACE = ("before-after", "--account", "full", "--plausible", "5", "--plausible-towns", "4", *TOWN, "--runs", "24",
         "--repetitions", "30")  # fmt: skip
ASKED = {"power": POWER, "tell": TELL, "plausible": SPACE}


def chunks(home):
    """What is kept, with the time at which each was written."""
    return {path: path.stat().st_mtime_ns for path in (home / "out-bank").rglob("*.parquet")}


def same_results(one, other):
    """Whether two results have the same files, to the last byte; records and reports say when they were made."""
    mine, theirs = contents(one), contents(other)
    assert list(mine) == list(theirs)
    for name in mine:
        if not name.endswith((".json", ".html")):
            assert mine[name] == theirs[name], name


def whole(asked, home):
    """The same in one go."""
    said = sameboat("study", *asked, "--out", home / "whole")
    assert (said.status, said.err) == (0, "")
    assert not (home / "whole-bank").exists()
    return home / "whole"


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
@pytest.mark.parametrize("mode", ASKED)
def test_killed_it_goes_on_where_it_was(mode, tmp_path):
    command = [sys.executable, "run.py", "study", *ASKED[mode], "--quiet", "--out", str(tmp_path / "out")]
    first = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    while len(chunks(tmp_path)) < 4 and first.poll() is None:
        time.sleep(0.02)
    os.killpg(first.pid, signal.SIGKILL)
    assert first.wait() == -signal.SIGKILL
    before = chunks(tmp_path)
    assert len(before) >= 4
    assert not (tmp_path / "out").exists()
    watched = subprocess.Popen(command, cwd=ROOT)
    while watched.poll() is None and len(chunks(tmp_path)) <= len(before):
        time.sleep(0.02)  # until it is past what was there
    now = chunks(tmp_path)
    assert watched.wait() == 0
    assert not now or all(now[path] == time for path, time in before.items()), "made again"
    assert not (tmp_path / "out-bank").exists()
    same_results(tmp_path / "out", whole(ASKED[mode], tmp_path))


def stop_after(monkeypatch, many):
    """Have the town after so many stop as by Ctrl-C."""
    from analysis.studies.study import towns

    lived = []

    def live(*arguments):
        lived.append(arguments)
        if len(lived) > many:
            raise KeyboardInterrupt
        return original(*arguments)

    original = towns.live_town
    monkeypatch.setattr(towns, "live_town", live)
    return lived


def test_stopped_it_goes_on_with_the_towns_that_were_lived(tmp_path, monkeypatch):
    asked = ("before-after", *TOWN, "--runs", "50", "--repetitions", "6")
    with monkeypatch.context() as patched:
        stop_after(patched, 45)
        said = sameboat("study", *asked, "--out", tmp_path / "out")
    assert said.status == 130
    assert "stopped after 45 of 50 runs; these were kept, and the same command goes on" in said.err
    with monkeypatch.context() as patched:
        lived = stop_after(patched, 50)
        assert sameboat("study", *asked, "--out", tmp_path / "out").status == 0
    assert len(lived) == 10  # two chunks of twenty were there
    same_results(tmp_path / "out", whole(asked, tmp_path))


def test_stopped_over_plausible_space_it_goes_on_with_the_draws_that_were_lived(tmp_path, monkeypatch):
    with monkeypatch.context() as patched:
        stop_after(patched, 24 + 4 * 3 + 2)  # the centre, the few towns at the centre, two draws and a half
        said = sameboat("study", *SPACE, "--out", tmp_path / "out")
    assert said.status == 130
    assert "stopped after 2 of 5 draws of plausible space" in said.err
    with monkeypatch.context() as patched:
        lived = stop_after(patched, 50)
        assert sameboat("study", *SPACE, "--out", tmp_path / "out").status == 0
    assert len(lived) == 3 * 4
    same_results(tmp_path / "out", whole(SPACE, tmp_path))


def test_what_is_damaged_is_made_again_and_what_is_foreign_is_named(tmp_path, monkeypatch):
    asked = ("before-after", *TOWN, "--runs", "30", "--repetitions", "6")
    with monkeypatch.context() as patched:
        stop_after(patched, 25)
        assert sameboat("study", *asked, "--out", tmp_path / "out").status == 130
    (towns,) = (path for path in chunks(tmp_path) if path.name.startswith("towns"))
    towns.write_bytes(towns.read_bytes()[:100])
    (tmp_path / "out-bank" / "somebody-else").mkdir()
    said = sameboat("study", *asked, "--out", tmp_path / "out")
    assert said.status == 0
    assert f"{towns}: is not whole; it is made again" in said.err
    assert "holds what was kept of another study or by another version (somebody-else)" in said.err
    assert [path.name for path in (tmp_path / "out-bank").iterdir()] == ["somebody-else"]
    same_results(tmp_path / "out", whole(asked, tmp_path))
