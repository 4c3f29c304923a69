"""Whatever a file contains, reading it ends soon: with what it says, or a problem in three lines."""

from __future__ import annotations

import faulthandler

import pytest

from analysis.studies.factorial.factorialfile import read_factorial
from analysis.studies.study.studyfile import read_study
from analysis.studies.sweep import sweepfile
from scenarios import files
from sim.problem import MOST_CHARACTERS, Problem
from sim.scenario import load
from tests.builders import SCENARIOS
from tests.fuzz import mutated

LONGEST_SECONDS = 600  # for all files, on a busy machine: reading that does not end is stopped, and says where


def check(path, read):
    try:
        read(path)
    except Problem as problem:
        message = str(problem)
        assert message.isprintable()
        assert len(message) <= MOST_CHARACTERS
        assert path.stem in message
        return 1
    return 0


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder in which what the files name is there: scenarios one level up."""
    for path in files(SCENARIOS):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "sweeps").mkdir()
    # Making points is another part's work; here the file is read, with all that it names.
    monkeypatch.setattr(sweepfile, "make_points", lambda *design: sweepfile.Points([], None))
    faulthandler.dump_traceback_later(LONGEST_SECONDS, exit=True)
    yield tmp_path
    faulthandler.cancel_dump_traceback_later()


def read_many(place, seeds):
    refused = 0
    for seed in seeds:
        content = mutated(seed)
        below = any(key in content for key in (b"sweep:", b"factorial:", b"study:"))
        path = (place / "sweeps" if below else place) / f"file-{seed}.yaml"
        path.write_bytes(content)
        try:
            refused += check(path, load)
            refused += check(path, sweepfile.read_sweep)
            refused += check(path, read_factorial)
            refused += check(path, read_study)
        except BaseException as error:
            error.add_note(f"tests.fuzz.mutated({seed})")
            raise
        path.unlink()
    return refused


def test_a_few_hundred_changed_files(place):
    assert read_many(place, range(300)) > 900  # no file is all four: most are refused by at least three readers


@pytest.mark.slow
def test_ten_thousand_changed_files(place):
    assert read_many(place, range(1000, 11_000)) > 30_000
