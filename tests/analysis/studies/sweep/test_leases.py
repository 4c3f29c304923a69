"""Who is at work on which chunk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pytest

from analysis.studies.sweep import leases as module
from analysis.studies.sweep.leases import Leases


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "leases"


def test_only_one_gets_a_chunk_and_gives_it_back(sweep, folder):
    one, other, chunk = Leases(folder), Leases(folder), sweep.chunks[0]
    assert one.take(chunk)
    assert not other.take(chunk)
    assert other.take(sweep.chunks[1])
    assert {lease.chunk for lease in one.held()} == {sweep.chunks[0].name, sweep.chunks[1].name}
    one.release(chunk)
    assert other.take(chunk)
    other.release_all()
    assert one.held() == []


def leave_a_lease(folder, chunk, **said):
    folder.mkdir(exist_ok=True)
    content = {"host": module.socket.gethostname(), "pid": os.getpid(), "token": module._TOKEN} | said
    (folder / chunk.name).write_text(json.dumps(content))


def pid_of_nobody():
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    return gone.pid


def test_the_lease_of_a_process_that_is_gone_is_taken_over(sweep, folder):
    leave_a_lease(folder, sweep.chunks[0], pid=pid_of_nobody(), token="other")
    assert Leases(folder).held() == []
    assert Leases(folder).take(sweep.chunks[0])


def test_the_lease_of_an_earlier_process_of_the_same_number_is_taken_over(sweep, folder):
    leave_a_lease(folder, sweep.chunks[0], token="of an earlier life")
    assert Leases(folder).take(sweep.chunks[0])


def test_the_lease_of_another_machine_counts_until_it_is_silent_too_long(sweep, folder):
    leave_a_lease(folder, sweep.chunks[0], host="another", pid=pid_of_nobody())
    assert not Leases(folder).take(sweep.chunks[0])
    long_ago = time.time() - module.STALE_SECONDS - 1
    os.utime(folder / sweep.chunks[0].name, (long_ago, long_ago))
    assert Leases(folder).take(sweep.chunks[0])


def test_a_lease_that_is_just_being_written_counts(sweep, folder):
    folder.mkdir()
    (folder / sweep.chunks[0].name).write_text("")
    assert not Leases(folder).take(sweep.chunks[0])


def test_a_beat_shows_that_its_maker_is_alive(sweep, folder, monkeypatch):
    monkeypatch.setattr(module, "BEAT_SECONDS", 0.0)
    leases = Leases(folder)
    leases.take(sweep.chunks[0])
    path = folder / sweep.chunks[0].name
    os.utime(path, (1, 1))
    leases.beat()
    assert time.time() - path.stat().st_mtime < 60
    path.unlink()
    leases.beat()  # somebody took it away: no reason to stop


@pytest.mark.parametrize("when", ["write", "close"])
def test_a_lease_is_given_back_where_ctrl_c_falls_into_its_taking(sweep, folder, monkeypatch, when):
    leases, chunk = Leases(folder), sweep.chunks[0]

    def stopped(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module.os, when, stopped)
        with pytest.raises(KeyboardInterrupt):
            leases.take(chunk)
    assert (folder / chunk.name).exists()
    leases.release_all()
    assert list(folder.iterdir()) == []
