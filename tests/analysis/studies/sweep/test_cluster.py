"""A sweep on a Dask cluster: a real scheduler and workers on this machine, as processes of their own."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

from analysis.studies.sweep import cluster
from analysis.studies.sweep.cluster import live_on_cluster, make_chunk
from analysis.studies.sweep.plan import Chunk
from analysis.studies.sweep.store import Store
from sim.problem import Problem
from tests.analysis.needs import needs
from tests.analysis.studies.sweep.sweeps import bytes_of, live, make_sweep, write_sweep
from tests.builders import ROOT

LONGER = {"set": {"people.residents": 30, "run.lead_in_weeks": 10, "run.weeks": 208}, "seeds": 30}


def begin(*arguments):
    return subprocess.Popen([sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]], cwd=ROOT,
                            text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # fmt: skip


class Cluster:
    """A scheduler on a free port, and workers."""

    def __init__(self, tmp_path):
        self.tmp_path = tmp_path
        self.processes = []
        self.scheduler = begin("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show",
                               "--scheduler-file", str(tmp_path / "scheduler.json"))  # fmt: skip
        self.processes.append(self.scheduler)
        for line in self.scheduler.stderr:
            found = re.search(r"Scheduler at:\s+(tcp://\S+)", line)
            if found:
                self.address = found[1]
                break
        threading.Thread(target=self.scheduler.stderr.read, daemon=True).start()

    def add_worker(self):
        worker = begin("dask_worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny",
                       "--no-dashboard", "--local-directory", str(self.tmp_path))  # fmt: skip
        threading.Thread(target=worker.stderr.read, daemon=True).start()
        self.processes.append(worker)
        return worker

    def close(self):
        for process in reversed(self.processes):
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            process.wait()


@pytest.fixture
def dask(tmp_path):
    needs("distributed")
    made = Cluster(tmp_path)
    yield made
    made.close()


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_on_a_cluster_that_loses_a_worker_the_same_bytes_come_out(dask, tmp_path):
    sweep = make_sweep(tmp_path, **LONGER)
    workers = [dask.add_worker() for _ in range(3)]
    told = 0

    def kill_one(runs):
        nonlocal told
        told += runs
        if told >= sweep.runs // 4 and workers[0].poll() is None:
            workers[0].send_signal(signal.SIGKILL)

    store = Store(tmp_path / "cluster", sweep)
    store.begin()
    live_on_cluster(store, dask.address, kill_one)
    assert workers[0].wait() == -signal.SIGKILL
    assert told == sweep.runs
    live(sweep, tmp_path / "here")
    assert bytes_of(tmp_path / "cluster") == bytes_of(tmp_path / "here")


@pytest.mark.slow
def test_half_on_a_cluster_and_half_here_is_the_same(dask, tmp_path):
    sweep = make_sweep(tmp_path, **LONGER)
    dask.add_worker()

    class EnoughError(Exception):
        pass

    def stop(runs):
        raise EnoughError

    store = Store(tmp_path / "both", sweep)
    store.begin()
    with pytest.raises(EnoughError):
        live_on_cluster(store, dask.address, stop)
    assert 0 < len(store.finished()) < len(sweep.chunks)
    assert store.leases.held() == []
    live(sweep, tmp_path / "both")
    live(sweep, tmp_path / "here")
    assert bytes_of(tmp_path / "both") == bytes_of(tmp_path / "here")


MINE = """
from analysis.studies.sweep.own import OwnOutcome

def came(life, twin, row):
    if life.values["run.seed"] == {seed} and len(life.traits) > 30:
        return 1 / 0
    return (life.people["first_joined_week"][row] >= 0).mean()

OUTCOMES = (OwnOutcome("came", "share of people who have come", "share", came),)
"""


@pytest.mark.slow
def test_outcomes_of_ones_own_are_the_same_bytes_there_and_their_mistakes_are_said(dask, tmp_path):
    dask.add_worker()
    (tmp_path / "mine.py").write_text(MINE.format(seed=0), encoding="utf-8")
    changed = {"own_outcomes": "mine.py", "set": {**LONGER["set"], "people.residents": 40}, "seeds": 3}
    there = Store(tmp_path / "there", make_sweep(tmp_path, **changed))
    there.begin()
    live_on_cluster(there, dask.address)
    live(make_sweep(tmp_path, **changed), tmp_path / "here")
    assert bytes_of(tmp_path / "there") == bytes_of(tmp_path / "here")
    (tmp_path / "mine.py").write_text(MINE.format(seed=2), encoding="utf-8")
    broken = Store(tmp_path / "broken", make_sweep(tmp_path, **changed))
    broken.begin()
    with pytest.raises(Problem, match=r"mine\.py:6: came: point 0, seed 2, arm groupA, row 3: ZeroDivisionError"):
        live_on_cluster(broken, dask.address)


@pytest.mark.slow
def test_when_the_scheduler_goes_away_what_is_finished_is_kept(dask, tmp_path):
    sweep = make_sweep(tmp_path, **LONGER)
    dask.add_worker()

    def end(runs):
        if dask.scheduler.poll() is None:
            dask.scheduler.kill()

    store = Store(tmp_path / "cluster", sweep)
    store.begin()
    with pytest.raises(Problem, match="the scheduler is gone, or every worker; every finished chunk is kept"):
        live_on_cluster(store, dask.address, end)
    assert 0 < len(store.finished()) < len(sweep.chunks)


def test_a_worker_with_other_code_is_refused(sweep):
    with pytest.raises(Problem, match="another version of the code"):
        make_chunk(sweep, sweep.chunks[0], "other code")


def test_what_a_worker_makes_is_what_is_written_here(whole):
    sweep, folder = whole
    chunk: Chunk = sweep.chunks[2]
    made = make_chunk(sweep, chunk, cluster.code_digest())
    for name, content in made.files.items():
        assert (folder / "chunks" / chunk.name / f"{name}.parquet").read_bytes() == content


@pytest.fixture
def begun(sweep, tmp_path):
    needs("distributed")
    store = Store(tmp_path / "cluster", sweep)
    store.begin()
    return store


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("tcp://127.0.0.1:9", r"tcp://127\.0\.0\.1:9: no Dask scheduler answers there \(connection refused\)"),
        ("127.0.0.1:9", "no Dask scheduler answers there"),
        ("tcp://nobody.invalid:8786", "no Dask scheduler answers there"),
        ("tcp://127.0.0.1", "--scheduler: found 'tcp://127.0.0.1', expected an address such as"),
        ("tcp://127.0.0.1:port", "expected an address such as"),
        ("", "expected an address such as"),
    ],
)
def test_without_a_scheduler_it_says_so_within_seconds(begun, address, words):
    began = time.monotonic()
    with pytest.raises(Problem, match=words):
        live_on_cluster(begun, address)
    assert time.monotonic() - began < 30


def test_a_program_that_is_no_scheduler_or_sleeps_is_not_waited_for(begun, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.5)
    monkeypatch.setattr(cluster, "REACH_SECONDS", 0.5)
    said = []
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(Problem, match="something is there and does not answer as a Dask scheduler does"):
            live_on_cluster(begun, address, say=said.append)
    assert said == [f"asking the scheduler at {address}, for at most 0.5 s"]


@pytest.mark.slow
def test_without_workers_it_says_so_and_goes_on_when_one_comes(dask, whole, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "SAY_SECONDS", (0, 1))
    said = []

    def say(line):
        said.append(line)
        if sum("no workers" in line for line in said) == 2:
            dask.add_worker()

    store = Store(tmp_path / "cluster", whole[0])
    store.begin()
    live_on_cluster(store, dask.address, say=say)
    assert "no workers, for 0 s now; start some with `dask worker ADDRESS`" in said[1]
    assert bytes_of(tmp_path / "cluster") == bytes_of(whole[1])


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="SIGSTOP")
def test_a_scheduler_that_freezes_is_named_and_waited_for(dask, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "SILENT_SECONDS", (1, 1))
    sweep, said = make_sweep(tmp_path, **LONGER), []
    dask.add_worker()

    def freeze(runs):
        if not said[1:]:
            dask.scheduler.send_signal(signal.SIGSTOP)

    def say(line):
        said.append(line)
        if "silent" in line:
            dask.scheduler.send_signal(signal.SIGCONT)

    store = Store(tmp_path / "cluster", sweep)
    store.begin()
    live_on_cluster(store, dask.address, freeze, say)
    assert re.match(r"the scheduler has been silent for \d s; is it frozen, or the network down; this goes on", said[1])
    assert store.unfinished() == []


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="SIGSTOP")
def test_ctrl_c_ends_a_sweep_whose_scheduler_is_frozen(dask, tmp_path):
    dask.add_worker()
    out = tmp_path / "out"
    command = [sys.executable, "run.py", "sweep", str(write_sweep(tmp_path, **LONGER)), "--out", str(out),
               "--executor", "dask", "--scheduler", dask.address]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    end = time.monotonic() + 120
    while not (out / "log.jsonl").exists():
        assert time.monotonic() < end
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)
    dask.scheduler.send_signal(signal.SIGSTOP)
    for line in process.stderr:
        if "silent" in line:
            break
    process.send_signal(signal.SIGINT)
    err = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert err.startswith("stopped; ")
    assert "Traceback" not in err
    assert list((out / "leases").iterdir()) == []


def test_without_dask_it_says_how_to_install_it(sweep, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(Problem, match=r"pip install -e '\.\[distributed\]'"):
        live_on_cluster(Store(tmp_path / "cluster", sweep), "tcp://127.0.0.1:9")
