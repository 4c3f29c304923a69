"""Half of a job in a copy of the process: everything is done, whatever happens to the copy."""

from __future__ import annotations

import os
import sys
import time
import warnings

import pytest

from analysis.figures import halves
from analysis.figures.halves import do_all

NAMES = ("a", "b", "c", "d", "e")
MAIN = os.getpid()
forks = pytest.mark.skipif(sys.platform != "linux", reason="only Linux draws in a copy")


@pytest.fixture
def two_cores(monkeypatch):
    monkeypatch.setattr(halves, "available_cores", lambda: 2)


def writer(folder):
    """Write the number of the process that did it into a file for each name."""

    def do(name):
        with (folder / name).open("a") as file:
            file.write(f"{os.getpid()}\n")

    return do


def who_did(folder):
    return {path.name: [int(line) for line in path.read_text().split()] for path in sorted(folder.iterdir())}


def in_the_copy():
    return os.getpid() != MAIN


def no_child_is_left():
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@forks
@pytest.mark.usefixtures("two_cores")
def test_every_second_name_is_done_in_a_copy_and_all_are_done_once(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        do_all(NAMES, writer(tmp_path))
    done = who_did(tmp_path)
    assert list(done) == list(NAMES)
    assert all(len(by) == 1 for by in done.values())
    assert {name for name, by in done.items() if by == [MAIN]} == {"a", "c", "e"}
    no_child_is_left()


def test_on_one_core_everything_is_done_here(tmp_path, monkeypatch):
    monkeypatch.setattr(halves, "available_cores", lambda: 1)
    do_all(NAMES, writer(tmp_path))
    assert who_did(tmp_path) == {name: [MAIN] for name in NAMES}


@pytest.mark.usefixtures("two_cores")
def test_where_no_copy_can_be_had_everything_is_done_here(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    do_all(NAMES, writer(tmp_path))
    assert who_did(tmp_path) == {name: [MAIN] for name in NAMES}


@forks
@pytest.mark.usefixtures("two_cores")
def test_where_the_system_refuses_a_copy_everything_is_done_here(tmp_path, monkeypatch):
    def refuse():
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    do_all(NAMES, writer(tmp_path))
    assert who_did(tmp_path) == {name: [MAIN] for name in NAMES}


@forks
@pytest.mark.usefixtures("two_cores")
@pytest.mark.parametrize("end", ["raises", "leaves", "is killed"])
def test_what_a_copy_that_comes_to_grief_did_not_do_is_done_here(tmp_path, end):
    write = writer(tmp_path)

    def do(name):
        if in_the_copy():
            if end == "raises":
                raise ValueError
            if end == "leaves":
                os._exit(3)
            os.kill(os.getpid(), 9)
        write(name)

    do_all(NAMES, do)
    assert who_did(tmp_path) == {name: [MAIN] for name in NAMES}
    no_child_is_left()


@forks
@pytest.mark.usefixtures("two_cores")
def test_a_copy_that_hangs_is_ended_and_its_part_done_here(tmp_path, monkeypatch):
    monkeypatch.setattr(halves, "LONGEST_WAIT_SECONDS", 0.1)
    write = writer(tmp_path)

    def do(name):
        if in_the_copy():
            time.sleep(60)
        write(name)

    began = time.monotonic()
    do_all(NAMES, do)
    assert time.monotonic() - began < 20
    assert who_did(tmp_path) == {name: [MAIN] for name in NAMES}
    no_child_is_left()


@pytest.mark.usefixtures("two_cores")
def test_an_error_of_the_job_is_raised_here_wherever_it_happened(tmp_path):
    for wrong in NAMES[:2]:

        def do(name, wrong=wrong):
            if name == wrong:
                raise OSError(28, "no space")

        with pytest.raises(OSError, match="no space"):
            do_all(NAMES, do)


@forks
@pytest.mark.usefixtures("two_cores")
def test_on_being_stopped_the_copy_is_ended_too(tmp_path):
    def do(name):
        if in_the_copy():
            time.sleep(60)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        do_all(NAMES, do)
    no_child_is_left()


@forks
@pytest.mark.parametrize("names", [(), ("a",)])
def test_for_one_name_or_none_no_copy_is_made(tmp_path, monkeypatch, names):
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("a copy was made"))
    do_all(names, writer(tmp_path))
    assert who_did(tmp_path) == {name: [MAIN] for name in names}
