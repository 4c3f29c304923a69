"""That a results folder, of whatever kind, is described in full and can be exported to every format."""

from __future__ import annotations

import numpy as np

import analysis
from analysis.results.arrow import to_numpy
from analysis.results.export import FORMATS
from tests.analysis.needs import needs
from tests.cli.command_line import sameboat


def exports_in_full(results, out):
    """Every table in every format; every column with a unit and a meaning that no other column of it has."""
    found = analysis.load(results)
    for name in found:
        meanings: dict[str, str] = {}
        for column in found.columns(name):
            assert column.unit, (name, column.name)
            assert column.meaning, (name, column.name)
            assert column.meaning not in meanings, (name, column.name, meanings[column.meaning])
            meanings[column.meaning] = column.name
    needs("xlsxwriter", "openpyxl", "pyreadstat", "pandas")
    import openpyxl
    import pyreadstat

    said = sameboat("export", results, *(word for form in FORMATS for word in ("--as", form)), "--out", out)
    assert (said.status, said.err) == (0, "")
    book = openpyxl.load_workbook(out / "tables.xlsx", read_only=True)
    for name in found:
        rows = found.rows(name)
        assert sum(1 for _ in book[name].rows) == rows + 1
        for read, ending in ((pyreadstat.read_sav, "sav"), (pyreadstat.read_dta, "dta")):
            frame, about = read(out / f"{name}.{ending}")
            assert frame.shape == (rows, len(found.columns(name)))
            assert all(about.column_names_to_labels.values()), (name, ending)
            for column, short in zip(found.columns(name), frame, strict=True):
                if column.kind == "number":
                    assert same(frame[short], to_numpy(found[name].column(column.name))), (name, column.name)
        assert (out / f"{name}-excel.csv").read_bytes()[:3] == b"\xef\xbb\xbf"
        assert (out / f"{name}.csv").stat().st_size


def same(found, expected):
    """Whether numbers are the same to the last bit; what is infinite here is missing there."""
    return np.array_equal(found.to_numpy(), np.where(np.isinf(expected), np.nan, expected), equal_nan=True)
