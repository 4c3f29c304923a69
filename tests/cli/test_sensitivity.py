"""The command ``sensitivity``."""

from __future__ import annotations

import json
import shutil
from datetime import datetime

import pytest

import analysis
from tests.analysis.lives import contents, unkind_words
from tests.analysis.needs import needs
from tests.analysis.studies.sensitivity.known import swept
from tests.cli.command_line import sameboat
from tests.cli.exported import exports_in_full
from tests.cli.reported import read_in_a_browser

VARY = {
    "group.acceptance": "plausible",
    "contact.relief": {"range": [0, 1]},
    "group.regular": {"values": [True, False]},
}


def function(values, seed):
    return values["group.acceptance"] - values["contact.relief"] * (1 + values["group.regular"]) + 0.01 * seed


@pytest.fixture(scope="module")
def sampled(tmp_path_factory):
    needs("SALib", "sklearn")
    home = tmp_path_factory.mktemp("sampled")
    swept(home, function, VARY, design={"kind": "saltelli", "points": 32}, seeds=3, title="A function of three")
    return home / "results"


def test_it_writes_tables_figures_and_a_summary(sampled, tmp_path):
    said = sameboat("sensitivity", sampled, "--out", tmp_path / "out", "--above", "0.2")
    assert (said.status, said.err) == (0, "")
    found = contents(tmp_path / "out")
    tables = {"points", "share", "regions", "indices", "convergence", "together"}
    drawn = {"indices", "convergence", "together", "curve-contact.relief", "curve-group.regular",
             "map-contact.relief-group.regular"}  # fmt: skip
    files = {f"{t}.{e}" for t in tables for e in ("parquet", "csv")}
    files |= {f"{d}.{e}" for d in drawn for e in ("png", "svg")}
    assert set(found) == files | {"summary.txt", "report.html", "record.json"}
    assert found["summary.txt"].decode() in said.out
    assert "It is above 0.2 in " in said.out
    page = read_in_a_browser(tmp_path / "out")
    for words in ("Sensitivity: A function of three", "is above 0.2", "Nothing was lived for it", "Along and over"):
        assert words in page.words
    assert "of the space that the sweep file gives, part of which is declared plausible (95" in said.out
    assert not unkind_words(said.out.replace("fails", ""))
    record = json.loads(found["record.json"])
    assert record["settings"]["threshold"] == {"value": 0.2, "above": True}
    for name, table in analysis.load(tmp_path / "out").items():
        for field in table.schema:
            assert field.metadata[b"meaning"], (name, field.name)


@pytest.mark.slow
def test_the_same_analysis_gives_the_same_bytes(sampled, tmp_path):
    for name in ("one", "two"):
        assert sameboat("sensitivity", sampled, "--out", tmp_path / name, "--quiet").status == 0
    one, two = (without_its_time(contents(tmp_path / name)) for name in ("one", "two"))
    assert one == two


def without_its_time(files):
    """A study's files without the record, and the foot of its report without the time that the record has too."""
    started = datetime.fromisoformat(json.loads(files.pop("record.json"))["started"])
    said = f"{started:%Y-%m-%d %H:%M:%S} UTC".encode()
    assert files["report.html"].count(said) == 1
    return files | {"report.html": files["report.html"].replace(said, b"")}


def test_a_grid_has_curves_and_maps_but_no_indices(tmp_path):
    swept(tmp_path, function, {"group.acceptance": {"values": [0.8, 0.9]}, "group.regular": {"values": [True, False]},
                               "contact.relief": {"range": [0, 1], "steps": 3}}, seeds=3)  # fmt: skip
    said = sameboat("sensitivity", tmp_path / "results", "--outcome", "members", "--map", "group.regular",
                    "contact.relief", "--curve", "group.acceptance")  # fmt: skip
    assert said.status == 0, said.err
    found = contents(tmp_path / "results-sensitivity")
    assert {"map-group.regular-contact.relief.png", "curve-group.acceptance.svg", "summary.txt"} <= set(found)
    assert "indices.parquet" not in found
    assert "Indices need a morris or saltelli design" in said.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--above", "0", "--below", "1"), "either --above or --below"),
        (("--curve", "group.places"), "group.places: was not varied in this sweep; varied were group.acceptance"),
        (("--map", "group.places", "group.regular"), "was not varied"),
        (("--outcome", "stigma"), "--outcome: found 'stigma'"),
        (("--arm", "B"), "this sweep holds function"),
    ],
)
def test_wrong_questions_are_explained_and_leave_nothing(sampled, tmp_path, arguments, words):
    said = sameboat("sensitivity", sampled, "--out", tmp_path / "out", *arguments)
    assert said.status == 2
    assert words in said.err
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_finished_sweep_is_refused(sampled, tmp_path):
    assert "no such folder" in sameboat("sensitivity", tmp_path / "gone").problem
    shutil.copytree(sampled, tmp_path / "part")
    shutil.rmtree(sorted((tmp_path / "part" / "chunks").iterdir())[-1])
    assert "this sweep is not finished" in sameboat("sensitivity", tmp_path / "part").problem
    sameboat("sensitivity", sampled, "--out", tmp_path / "out", "--quiet")
    assert "not the folder of a sweep" in sameboat("sensitivity", tmp_path / "out", "--out", tmp_path / "x").problem
    another = ("sensitivity", sampled, "--above", 0.3, "--out", tmp_path / "out")
    assert "holds other results of `sensitivity`" in sameboat(*another).problem
    assert sameboat(*another, "--overwrite", "--quiet").status == 0


def test_a_sensitivity_analysis_and_its_sweep_can_be_exported_in_full(sampled, tmp_path):
    assert sameboat("sensitivity", sampled, "--out", tmp_path / "found", "--above", "0.2", "--quiet").status == 0
    exports_in_full(tmp_path / "found", tmp_path / "one")
    exports_in_full(sampled, tmp_path / "other")
