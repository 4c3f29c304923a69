"""Small results to be exported: a sweep, and a table of all that is awkward."""

from __future__ import annotations

import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import analysis
from tests.analysis.studies.sweep.sweeps import live, make_sweep


@pytest.fixture(scope="package")
def results(tmp_path_factory):
    """A small sweep."""
    home = tmp_path_factory.mktemp("swept")
    vary = {"group.meeting_days": {"values": [[2], [1, 3]]}, "group.regular": {"values": [True, False]}}
    live(make_sweep(home, vary=vary, seeds=3), home / "results")
    return analysis.load(home / "results")


@pytest.fixture(scope="package")
def awkward(tmp_path_factory):
    """What other programs find hard to hold, three rows of it."""
    columns = {
        "with": pa.array([0.5, -0.0015, None]),
        "2nd column": pa.array([1e-9, 12345.5, float("-inf")]),
        "long": pa.array([float("inf"), 1.25, 3.0]),
        "big": pa.array([2**60 + 1, -5, None]),
        "words": pa.array(["=1+1", "-2", None]),
        "@sum": pa.array(["\t=1", "+41", "@A1"]),
        "dated": pa.array(["2026-11-23", None, "2026-01-02"]),
        "flag": pa.array([True, None, False]),
        "coded": pa.array(["ü" * 100, "b", None]).dictionary_encode(),
        "single": pa.array([1.5, None, 2.5], pa.float32()),
        "listed": pa.array([[1, 2], None, []]),
        "day": pa.array([datetime.date(2026, 11, 23), None, None]),
        "endless": pa.array(["x" * 40_000, "y", ""]),
    }
    said = {"dated": ("date", "when"), "with": ("share", "a share"), "coded": ("words", "m" * 300)}
    fields = [
        pa.field(name, array.type, metadata=dict(zip(("unit", "meaning"), said.get(name, ("", "")), strict=True)))
        for name, array in columns.items()
    ]
    folder = tmp_path_factory.mktemp("awkward")
    pq.write_table(pa.Table.from_arrays(list(columns.values()), schema=pa.schema(fields)), folder / "history.parquet")
    return analysis.load(folder)
