"""The frame of every study: its record, what is written of its findings, and the study that a record describes."""

from __future__ import annotations

import importlib
import json
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from matplotlib.figure import Figure

from analysis.cli.main import COMMANDS, NOT_STUDIES
from analysis.figures.style import Drawing
from analysis.results.columns import Column, table_of
from analysis.results.record import read_record
from analysis.studies.compare.study import CompareStudy
from analysis.studies.frame import Findings, Study, study_of, write
from sim.compiler import source_digest
from sim.problem import Problem
from tests.analysis.lives import contents
from tests.analysis.small import arm
from tests.builders import ROOT

STUDIES = sorted(set(COMMANDS) - {*NOT_STUDIES, "sweep"})
SETTINGS = {"precision": 0.05, "names": ("a", "b"), "ends": {"low": [1, 2.5], "none": None}, 3: {"deep": (True,)}}


class Asked(CompareStudy):
    """A study in which nothing is lived."""

    large: ClassVar[frozenset[str]] = frozenset({"many"})


@dataclass
class Found(Findings):
    """What it found: two tables and, if wished, figures and a report."""

    study: Study
    tables: dict[str, pa.Table]
    finished: int
    drawn: tuple[str, ...] = ()
    page: str | None = None

    def summary(self):
        return "Two tables.\n"

    def figures(self):
        for name in self.drawn:
            yield name, Drawing(Figure(figsize=(1, 1)), f"the figure {name}")

    def report(self):
        return self.page


@pytest.fixture
def study():
    return Asked([arm(), arm("absent")], 7, 20, dict(SETTINGS))


def found_by(study, **more):
    tables = {name: table_of([Column("n", "runs", "how many", np.arange(3))]) for name in ("few", "many")}
    return Found(study, tables, 5, **more)


# The record.


def test_a_study_records_arms_seeds_settings_and_source(study):
    record = study.record(5, "a" * 64)
    assert (record.kind, record.first_seed, record.runs, record.finished_runs) == ("compare", 7, 20, 5)
    assert record.digest == "a" * 64
    assert record.source_digest == source_digest()
    assert record.files is None, "until it is written"
    assert list(record.arms) == ["groupA", "absent"]
    for one in study.arms:
        assert record.arms[one.name].values == one.values
        assert (record.arms[one.name].title, record.arms[one.name].question) == (one.title, one.question)
    assert list(study.seeds) == list(range(7, 27))


def test_settings_survive_being_written_as_json(study, tmp_path):
    write(found_by(study), tmp_path / "it")
    again = read_record(tmp_path / "it")
    assert again.settings == study.record().settings
    assert again.settings == {
        "precision": 0.05, "names": ["a", "b"], "ends": {"low": [1, 2.5], "none": None}, "3": {"deep": [True]}
    }  # fmt: skip
    assert again.request() == study.record().request()


def test_a_study_comes_back_from_its_record(study, tmp_path):
    write(found_by(study), tmp_path / "it")
    again = study_of(read_record(tmp_path / "it"), tmp_path / "it")
    assert type(again) is CompareStudy
    assert [(one.name, one.values, one.origins) for one in again.arms] == [
        (one.name, one.values, one.origins) for one in study.arms
    ]
    assert again.record().request() == study.record().request()


@pytest.mark.parametrize("kind", ["party", "sweep", "frame", "results"])
def test_a_kind_that_is_not_known_is_explained(study, tmp_path, kind):
    record = study.record().model_copy(update={"kind": kind})
    with pytest.raises(Problem, match=rf"it/record\.json: results of the kind '{kind}' cannot be made again"):
        study_of(record, tmp_path / "it")


def with_parameters(record, change):
    content = json.loads(record.as_json())
    change(content["arms"]["absent"]["parameters"])
    return type(record).model_validate(content)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda p: p.update({"people.left_handed": {"value": 1}}), "unknown here: people.left_handed"),
        (lambda p: p.pop("people.women"), "missing here: people.women"),
        (lambda p: p["people.women"].update(value=9), "people.women: found 9, expected a number from 0 to 1"),
        (lambda p: p["people.women"].update(value=True), "people.women: found True"),
        (lambda p: p["run.weeks"].update(value=10**9), "run.weeks: found 1000000000"),
        (lambda p: p["group.meeting_days"].update(value=[9]), "group.meeting_days"),
    ],
    ids=["unknown", "missing", "out of range", "another kind", "too long", "no weekday"],
)
def test_parameters_of_a_record_are_checked_again(study, tmp_path, change, words):
    with pytest.raises(Problem) as problem:
        study_of(with_parameters(study.record(5), change), tmp_path / "it")
    assert words.lower() in str(problem.value).lower()
    assert str(problem.value).startswith(str(tmp_path / "it" / "record.json"))
    assert len(str(problem.value).splitlines()) == 1


# What is written.


def test_all_that_was_found_is_written_and_named_in_the_record(study, tmp_path):
    found = found_by(study, drawn=("one", "two"), page="<!doctype html>\n")
    write(found, tmp_path / "it")
    files = {"few.parquet", "few.csv", "many.parquet", "summary.txt", "report.html",
             "one.png", "one.svg", "two.png", "two.svg"}  # fmt: skip
    assert set(contents(tmp_path / "it")) == {*files, "record.json"}
    record = read_record(tmp_path / "it")
    assert set(record.files) == files
    assert record.finished_runs == 5
    assert pq.read_table(tmp_path / "it" / "many.parquet").equals(found.tables["many"])
    assert (tmp_path / "it" / "summary.txt").read_text(encoding="utf-8") == "Two tables.\n"
    assert "the figure one" in (tmp_path / "it" / "one.svg").read_text(encoding="utf-8")


def test_large_tables_are_written_as_csv_when_asked_for_and_no_report_is_no_file(study, tmp_path):
    write(found_by(study), tmp_path / "it", csv=True)
    assert set(contents(tmp_path / "it")) == {
        "few.parquet", "few.csv", "many.parquet", "many.csv", "summary.txt", "record.json"
    }  # fmt: skip


@pytest.mark.parametrize("where", ["summary", "figures", "report"])
def test_if_anything_cannot_be_made_nothing_is_written(study, tmp_path, monkeypatch, where):
    def stop(found):
        raise KeyboardInterrupt

    monkeypatch.setattr(Found, where, stop)
    with pytest.raises(KeyboardInterrupt):
        write(found_by(study), tmp_path / "new" / "it")
    assert list(tmp_path.iterdir()) == []


def test_other_results_are_replaced_only_when_asked_for(study, tmp_path):
    write(found_by(study), tmp_path / "it")
    before = contents(tmp_path)
    study.first_seed = 8
    with pytest.raises(Problem, match="holds other results of `compare`"):
        write(found_by(study), tmp_path / "it")
    assert contents(tmp_path) == before
    write(found_by(study), tmp_path / "it", overwrite=True)
    assert read_record(tmp_path / "it").first_seed == 8


# Every study.


@pytest.mark.parametrize("name", STUDIES)
def test_every_study_is_found_by_the_name_of_its_command(name):
    made = importlib.import_module(f"analysis.studies.{name}.study").STUDY
    assert issubclass(made, Study)
    assert made.kind == name
    assert (ROOT / "analysis" / "studies" / name / "command.py").is_file()


def test_every_folder_of_a_study_has_a_command():
    folders = {path.parent.name for path in (ROOT / "analysis" / "studies").glob("*/study.py")}
    assert folders == set(STUDIES)
