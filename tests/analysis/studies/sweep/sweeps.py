"""Small sweeps for tests: a dozen people, half a year, a few points."""

from __future__ import annotations

import re

import yaml

from analysis.results.folder import LOG
from analysis.results.record import RECORD_FILE
from analysis.studies.sweep.local import live_here
from analysis.studies.sweep.store import Store
from analysis.studies.sweep.sweepfile import read_sweep
from tests.builders import SCENARIOS

SMALL_TOWN = {"people.residents": 12, "run.lead_in_weeks": 4, "run.weeks": 32}
TWO_BY_TWO = {
    "contact.texts_per_week": {"values": [0, 3]},
    "episodes.social_influence": {"range": [0, 1], "steps": 2},
}


def said(**changes):
    """What a small sweep file says, as plain data; None leaves a key out."""
    content = {
        "sweep": "small",
        "arms": {"groupA": str(SCENARIOS / "groupA.yaml"), "judging": str(SCENARIOS / "judging.yaml")},
        "set": dict(SMALL_TOWN),
        "vary": TWO_BY_TWO,
        "seeds": 6,
        "years": [0.25, 0.5],
        "outcomes": ["isolation", "episodes"],
        "populations": ["joined", "eligible"],
    } | changes
    return {key: value for key, value in content.items() if value is not None}


def write_sweep(folder, **changes):
    """Write a small sweep file; gives its path."""
    path = folder / "small.yaml"
    path.write_text(yaml.safe_dump(said(**changes), sort_keys=False), encoding="utf-8")
    return path


def make_sweep(folder, **changes):
    """A small sweep, read from a file."""
    return read_sweep(write_sweep(folder, **changes))


def live(sweep, folder, threads=2, tell=None):
    """Live a sweep into a folder; gives the store."""
    store = Store(folder, sweep)
    store.begin()
    live_here(store, threads, tell)
    return store


def bytes_of(folder):
    """Every file of a folder with its bytes, but for what knows of time: a sweep's log, and two lines of a record."""
    return {
        path.relative_to(folder).as_posix(): re.sub(rb'"(started|seconds)": .*', b"", path.read_bytes())
        if path.name == RECORD_FILE else path.read_bytes()
        for path in sorted(folder.rglob("*")) if path.is_file() and path.name != LOG
    }  # fmt: skip
