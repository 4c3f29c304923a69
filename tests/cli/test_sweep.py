"""The command ``sweep``: killed, stopped, without room, several at once; and what ``check`` says of sweeps."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests.analysis.lives import unkind_words
from tests.analysis.studies.sweep.sweeps import bytes_of, write_sweep
from tests.builders import ROOT
from tests.cli.command_line import sameboat

LONGER = {"set": {"people.residents": 40, "run.lead_in_weeks": 10, "run.weeks": 104}, "seeds": 14}


@pytest.fixture
def file(tmp_path):
    return write_sweep(tmp_path)


@pytest.fixture
def longer(tmp_path):
    """A sweep that takes a few seconds."""
    return write_sweep(tmp_path, **LONGER)


def begin(*arguments):
    """Start the command as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "run.py", "sweep", *map(str, arguments)], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def chunks_in(folder):
    return len(list((folder / "chunks").iterdir())) if (folder / "chunks").is_dir() else 0


def wait_until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def test_a_sweep_says_what_it_did(file, tmp_path):
    said = sameboat("sweep", file, "--out", tmp_path / "out")
    assert (said.status, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0].startswith("small: 48 of 48 runs (100 %), 5 of 5 chunks, ")
    assert lines[1] == "finished"
    assert lines[2].startswith("48 runs, each with its twin, in ")
    assert " a second; at most " in lines[2]
    assert not unkind_words(said.out)
    again = sameboat("sweep", file, "--out", tmp_path / "out")
    assert "48 of 48 runs are there" in again.out
    assert "a second" not in again.out


def test_status_takes_the_file_or_the_folder(file, tmp_path):
    sameboat("sweep", file, "--out", tmp_path / "out", "--quiet")
    of_folder = sameboat("sweep", "--status", tmp_path / "out")
    assert of_folder.out == sameboat("sweep", "--status", file, "--out", tmp_path / "out").out
    assert of_folder.out.endswith("finished\n")
    assert "not the folder of a sweep" in sameboat("sweep", "--status", file, "--out", tmp_path / "gone").problem


def test_another_design_is_refused_or_kept_apart(file, tmp_path, monkeypatch):
    sameboat("sweep", file, "--out", tmp_path / "out", "--quiet")
    before = bytes_of(tmp_path / "out")
    assert "another design: seeds" in sameboat("sweep", file, "--runs", 2, "--out", tmp_path / "out").problem
    assert bytes_of(tmp_path / "out") == before
    monkeypatch.setattr("analysis.studies.sweep.command.Path", lambda name: tmp_path / name)
    for runs in (1, 2):
        assert sameboat("sweep", file, "--runs", runs, "--new", "--quiet").status == 0
    assert len(list((tmp_path / "results").glob("small-????????"))) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--executor", "dask"), "go together"),
        (("--scheduler", "tcp://localhost:1"), "go together"),
        (("--runs", 0), "--runs"),
        (("--set", "group.aceptance=1"), "did you mean group.acceptance?"),
        (("--set", "nothing"), "found no '='"),
        (("--weeks", 0), "--weeks: found 0, expected a whole number from 1"),
        (("--out", "/dev/null/x"), "not a folder"),
    ],
)
def test_wrong_options_are_explained(file, arguments, words):
    said = sameboat("sweep", file, *arguments)
    assert said.status == 2
    assert words in said.err


def test_a_scenario_is_no_sweep():
    assert "expected a sweep, which begins with `sweep: NAME`" in sameboat("sweep", "scenarios/groupA.yaml").problem


# check


def test_check_says_how_many_runs_how_long_and_how_much_room(file):
    said = sameboat("check", file, "scenarios/groupA.yaml")
    assert (said.status, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0] == f"{file}: valid (sweep small; grid, 4 points of 2 parameters, 6 seeds, 2 arms)"
    assert lines[1].startswith("  48 runs, each with its twin: 60 lives, about ")
    assert lines[1].endswith(" kB of disk")
    assert lines[2].startswith("scenarios/groupA.yaml: valid")


def test_check_explains_a_wrong_sweep(tmp_path):
    said = sameboat("check", write_sweep(tmp_path, vary={"group.aceptance": "plausible"}))
    assert "did you mean group.acceptance?" in said.problem


# Killed, stopped, without room.


def kill_again_and_again(file, folder, times, luck):
    """Start it and kill it, some time after it has begun to live; as often as asked, or until it is finished."""
    killed = 0
    for _ in range(times):
        before = chunks_in(folder)
        process = begin(file, "--out", folder, "--quiet", "--threads", 2)
        if luck.random() < 0.8:  # else at any moment, also while it starts
            wait_until(lambda before=before, process=process: chunks_in(folder) > before or process.poll() is not None)
        time.sleep(luck.random() * 0.3)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        process.communicate()
    return killed


def kill_and_compare(tmp_path, times, **changes):
    file = write_sweep(tmp_path, **changes)
    assert sameboat("sweep", file, "--out", tmp_path / "whole", "--quiet").status == 0
    killed = kill_again_and_again(file, tmp_path / "killed", times, random.Random(20))
    assert killed == times
    assert 0 < chunks_in(tmp_path / "killed") < chunks_in(tmp_path / "whole")
    assert sameboat("sweep", file, "--out", tmp_path / "killed", "--quiet").status == 0
    assert bytes_of(tmp_path / "killed") == bytes_of(tmp_path / "whole")


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_killed_and_gone_on_with_the_same_bytes_come_out(tmp_path):
    kill_and_compare(tmp_path, 2, **LONGER)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="fork")
def test_killed_a_hundred_times_and_damaged_in_between_the_same_bytes_come_out(tmp_path):
    file = write_sweep(tmp_path, seeds=300)
    command = [sys.executable, "-m", "tests.analysis.studies.sweep.kill", str(file), str(tmp_path / "killed"), "100"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    killed, damaged = map(int, done.stdout.split())
    assert killed == 100
    assert damaged > 10
    assert sameboat("sweep", file, "--out", tmp_path / "whole", "--quiet").status == 0
    assert 0 < chunks_in(tmp_path / "killed") < chunks_in(tmp_path / "whole")
    assert sameboat("sweep", file, "--out", tmp_path / "killed", "--quiet").status == 0
    assert bytes_of(tmp_path / "killed") == bytes_of(tmp_path / "whole")


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), pytest.param(signal.SIGTERM, 143, marks=pytest.mark.slow)]
)
def test_stopped_it_keeps_what_is_finished_and_gives_its_leases_back(longer, tmp_path, number, status):
    process = begin(longer, "--out", tmp_path / "out")
    wait_until(lambda: chunks_in(tmp_path / "out") >= 1 or process.poll() is not None)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == status, (out, err)
    assert list((tmp_path / "out" / "leases").iterdir()) == []
    assert "Traceback" not in err
    if number == signal.SIGINT:
        assert "runs are kept in" in err
        assert "The same command goes on there" in err
    assert sameboat("sweep", longer, "--out", tmp_path / "out", "--quiet").status == 0
    assert sameboat("sweep", longer, "--out", tmp_path / "whole", "--quiet").status == 0
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "whole")


def test_two_processes_on_one_folder(longer, tmp_path):
    both = [begin(longer, "--out", tmp_path / "out", "--threads", 1) for _ in range(2)]
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sameboat("sweep", longer, "--out", tmp_path / "whole", "--quiet").status == 0
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "whole")
    assert (tmp_path / "out" / "log.jsonl").read_text().count("\n") == chunks_in(tmp_path / "whole")


@contextlib.contextmanager
def small_disk(folder, kilobytes):
    """A disk of a few kilobytes, where mounting is permitted."""
    folder.mkdir()
    mount = shutil.which("mount")
    done = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if not done or done.returncode:
        pytest.skip("no small disk may be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_on_a_full_disk_it_stops_with_a_clear_line_and_goes_on_when_there_is_room(file, tmp_path):
    with small_disk(tmp_path / "disk", 400) as disk:
        (disk / "other").write_bytes(b"x" * 300_000)
        said = sameboat("sweep", file, "--out", disk / "out", "--quiet")
        assert said.problem == (
            f"{disk}/out: cannot be written: the disk is full; every finished chunk is kept. "
            "Mend that and give the same command again: it goes on where it was"
        )
        kept = chunks_in(disk / "out")
        assert 0 < kept < 5
        assert not any((disk / "out" / "partial").iterdir())
        (disk / "other").unlink()
        assert sameboat("sweep", file, "--out", disk / "out", "--quiet").status == 0
        assert sameboat("sweep", file, "--out", tmp_path / "whole", "--quiet").status == 0
        assert bytes_of(disk / "out") == bytes_of(tmp_path / "whole")
