"""``claims``, called as a person would."""

from __future__ import annotations

import json

import pyarrow.parquet as pq
import pytest

from analysis.studies.claims.study import Trial
from tests.analysis.lives import contents
from tests.cli.command_line import sameboat
from tests.cli.exported import exports_in_full

SMALL = ("--runs", "3", "--at-centre", "--set", "people.residents=20", "--set", "run.lead_in_weeks=8")
TABLES = ("verdicts", "readings", "estimands", "against", "looks")
FILES = {
    "record.json",
    "summary.txt",
    "report.html",
    *(f"{name}.parquet" for name in TABLES),
    *(f"{name}.csv" for name in TABLES if name != "looks"),
}


@pytest.fixture(autouse=True)
def without_report(monkeypatch):
    """Reports take longer than a small trial; one test makes one."""
    monkeypatch.setattr(Trial, "report", lambda trial: "no report")


@pytest.fixture(scope="module")
def tried(tmp_path_factory):
    """Two claims, tried on three small towns."""
    folder = tmp_path_factory.mktemp("tried") / "claims"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Trial, "report", lambda trial: "no report")
        return folder, sameboat("claims", "--claim", "C17", "--claim", "2", *SMALL, "--out", folder)


def test_claims_told_in_full_and_written(tried):
    folder, said = tried
    assert said.status == 0
    assert "C17  Isolation falls." in said.out
    assert "C2  Before joining they felt alone with it." in said.out
    assert "What decides" in said.out
    assert f"ables and figures are in {folder}." in said.out
    assert {path.name for path in folder.iterdir()} == FILES
    assert pq.read_table(folder / "verdicts.parquet")["claim"].to_pylist() == ["C2", "C17"]
    assert "C17" in (folder / "summary.txt").read_text(encoding="utf-8")
    record = json.loads((folder / "record.json").read_text())
    assert record["settings"]["claims"] == ["C2", "C17"]
    assert record["arms"]["groupA"]["parameters"]["people.residents"]["value"] == 20
    assert not list(folder.parent.glob(".*"))


def test_what_is_asked_is_said_without_running_anything(monkeypatch):
    monkeypatch.setattr("analysis.studies.claims.study.compare", None)
    said = sameboat("claims", "--estimands", "--claim", "C17")
    assert said.status == 0
    assert "regulars of groupA who still live in the area, year 2" in said.out
    assert "on the same people" in said.out
    assert "C18" not in said.out
    assert sameboat("claims", "--estimands").out.count("\nC") == 33


def test_the_same_trial_again_gives_the_same_files(tried, tmp_path):
    folder, _ = tried
    before = contents(folder)
    said = sameboat("claims", "--claim", "C2", "--claim", "C17", *SMALL, "--out", folder, "--threads", "1", "--quiet")
    assert (said.status, said.out) == (0, "")
    after = contents(folder)
    assert {name for name in before if before[name] != after[name]} <= {
        "record.json",
        "report.html",
    }  # when it was made


def test_another_trial_is_not_written_over_it(tried):
    folder, _ = tried
    before = contents(folder)
    said = sameboat("claims", "--claim", "C17", *SMALL, "--seed", "9", "--out", folder)
    assert "holds other results of `claims`" in said.problem
    assert "--overwrite" in said.problem
    assert contents(folder) == before


def test_the_table_of_verdicts(tmp_path, monkeypatch):
    """All claims would take long: three stand for them, as if they were all."""
    from analysis.studies.claims import index, study

    monkeypatch.setenv("COLUMNS", "150")  # whatever the terminal is
    three = {name: index.CLAIMS[name] for name in ("C2", "C13", "C21")}
    monkeypatch.setattr(index, "CLAIMS", three)
    monkeypatch.setattr(study, "CLAIMS", three)
    said = sameboat("claims", *SMALL, "--csv", "--out", tmp_path / "claims")
    assert said.status == 0
    for words in (
        "key figure (95 % interval)",
        "C2 ",
        "C13",
        "C21",
        "explored: the paper claims no outcome",
        "not evidence that",
    ):
        assert words in said.out
    assert (tmp_path / "claims" / "looks.csv").is_file()


def test_the_report(tmp_path, monkeypatch):
    monkeypatch.undo()
    said = sameboat("claims", "--claim", "C2", *SMALL, "--quiet", "--out", tmp_path / "claims")
    assert said.status == 0
    text = (tmp_path / "claims" / "report.html").read_text(encoding="utf-8")
    assert "very alone with it" in text
    assert "isolation at the start" in text


def test_list_runs_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.studies.claims.command.carry_out", None)
    said = sameboat("claims", "--list")
    assert said.status == 0
    assert all(f"C{k} " in said.out for k in range(1, 34))
    assert "on the phone" not in said.out
    assert sameboat("claims", "--list", "--claim", "17").out.startswith("C17 ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--claim", "C99"), "--claim C99: no such claim; expected one of C1, C2"),
        (("--claim", ""), "no such claim"),
        (("--runs", "2"), "2 is not in the range"),
        (("--runs", "many"), "'many' is not a valid integer"),
        (("--set", "ties.isolation_per_ty=0"), "did you mean ties.isolation_per_tie?"),
        (("--set", "ties.isolation_per_tie=9"), "--set ties.isolation_per_tie: found 9, expected a number from 0 to 1"),
        (("--set", "ties.isolation_per_tie"), "found no '='"),
        (("--set", "run.weeks=10"), "run.weeks: is decided by the trial itself"),
        (("--set", "people.residents=2000", "--set", "people.mean_stay_years=0.5"), "expected at most"),
        (("results",), "unexpected extra argument"),
    ],
)
def test_wrong_input_is_one_line(arguments, words, tmp_path):
    problem = sameboat("claims", "--runs", "3", *arguments, "--out", tmp_path / "claims").problem
    assert words.lower() in problem.lower()
    assert not (tmp_path / "claims").exists()


def test_a_folder_of_other_files_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    assert "holds other files" in sameboat("claims", "--claim", "C2", *SMALL, "--out", tmp_path).problem
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_stopped_it_keeps_what_was_finished(tmp_path, monkeypatch):
    from analysis.compare import comparison

    whole = comparison.live_panels

    def stopped_after_four(*arguments, **more):
        for k, one in enumerate(whole(*arguments, **more)):
            if k == 4:
                raise KeyboardInterrupt
            yield one

    monkeypatch.setattr(comparison, "live_panels", stopped_after_four)
    said = sameboat("claims", "--claim", "C2", "--runs", "6", *SMALL[2:], "--out", tmp_path / "claims")
    assert said.status == 130
    assert "stopped after 4 of 6 runs; these were kept" in said.err
    assert "4 of 6 runs" in said.out
    assert json.loads((tmp_path / "claims" / "record.json").read_text())["finished_runs"] == 4


def test_of_a_life_that_breaks_off_it_says_which_and_keeps_what_was_finished(tmp_path, monkeypatch):
    from analysis.compare import comparison

    whole = comparison.live_panel

    def breaking(values, **more):
        if values["run.seed"] >= 3 and values["group.exists"]:
            raise FloatingPointError("out of hand")
        return whole(values, **more)

    monkeypatch.setattr(comparison, "live_panel", breaking)
    said = sameboat("claims", "--claim", "C2", "--runs", "6", *SMALL[2:], "--out", tmp_path / "claims")
    assert said.status == 130
    first, second = said.err.splitlines()[-2:]
    assert first.startswith("note: the life of arm ")
    assert first.endswith(" with seed 3 broke off (FloatingPointError: out of hand)")
    assert second == "stopped after 2 of 6 runs; these were kept"
    assert json.loads((tmp_path / "claims" / "record.json").read_text())["finished_runs"] == 2
    said = sameboat("claims", "--claim", "C2", "--seed", 3, *SMALL, "--out", tmp_path / "none")
    assert said.status == 2
    assert " with seed 3 broke off (FloatingPointError: out of hand)" in said.problem
    assert not (tmp_path / "none").exists()


def test_stopped_before_any_run_it_leaves_nothing(tmp_path, monkeypatch):
    from analysis.compare import comparison

    def stopped(*arguments, **more):
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(comparison, "live_panels", stopped)
    said = sameboat("claims", "--claim", "C2", *SMALL, "--out", tmp_path / "claims")
    assert said.status == 130
    assert list(tmp_path.iterdir()) == []


def test_a_trial_of_claims_can_be_exported_in_full(tried, tmp_path):
    exports_in_full(tried[0], tmp_path / "out")
