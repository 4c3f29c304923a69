"""``compare``: what it says and writes, what is kept when it is stopped, and how a mistake is explained."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time

import pyarrow.parquet as pq
import pytest

from analysis.compare import comparison
from analysis.studies.compare.study import Comparison
from tests.analysis.lives import contents, unkind_words
from tests.analysis.results.records import record_of
from tests.builders import ROOT, SCENARIOS
from tests.cli.command_line import ABSENT, GROUP_A, sameboat
from tests.cli.exported import exports_in_full

GROUP_B = str(SCENARIOS / "groupB.yaml")
TABLES = ("effects", "groups", "between", "course", "people", "closings")
FIGURES = ("three", "forest", "courses-groupA", "courses-groupB", "individuals", "survival")
FILES = (
    *(f"{name}.{ending}" for name in TABLES for ending in ("parquet", "csv")),
    *(f"{name}.{ending}" for name in FIGURES for ending in ("png", "svg")),
    "report.html",
    "summary.txt",
)
SMALL = ("--weeks", 60, "--set", "people.residents=12", "--set", "run.lead_in_weeks=4", "--runs", 4)
ONE_LINE = ("--weeks", 8, "--set", "people.residents=6", "--set", "run.lead_in_weeks=0", "--runs", 2)
posix = pytest.mark.skipif(os.name != "posix", reason="signals")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """One whole comparison with everything, and what was said; nobody changes it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        folder = tmp_path_factory.mktemp("kept") / "it"
        return folder, sameboat("compare", GROUP_A, GROUP_B, ABSENT, *SMALL, "--out", folder, "--csv")


@pytest.fixture
def without_report(monkeypatch):
    monkeypatch.setattr(Comparison, "report", lambda found: "<!doctype html>\n")


def table(folder, name):
    return pq.read_table(folder / f"{name}.parquet")


def record(folder):
    return json.loads((folder / "record.json").read_text(encoding="utf-8"))


# What is written and said.


def test_all_that_is_promised_is_written(kept):
    folder, said = kept
    assert said.status == 0, said.err
    assert sorted(contents(folder)) == sorted(["record.json", *FILES])
    assert all(contents(folder).values())
    assert [path.name for path in folder.parent.iterdir()] == ["it"]
    assert (folder / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_summary_is_printed_and_kept(kept):
    folder, said = kept
    summary = (folder / "summary.txt").read_text(encoding="utf-8")
    assert summary in said.out
    assert f"Open {folder}/report.html in a browser; tables and figures are in {folder}." in said.out
    assert "people     change twin, same difference" in said.out
    assert "Samaritans 116 123" in said.out
    assert unkind_words(said.out.replace(str(folder), "")) == []
    assert said.err == ""


def test_the_record_says_all_that_is_needed_to_do_it_again(kept):
    found = record(kept[0])
    assert (found["format"], found["kind"]) == ("sameboat", "compare")
    assert (found["first_seed"], found["runs"], found["finished_runs"]) == (1, 4, 4)
    assert found["settings"] == {"precision": 0.05}
    assert list(found["arms"]) == ["groupA", "groupB", "absent"]
    assert {arm["parameters"]["people.residents"]["value"] for arm in found["arms"].values()} == {12}
    assert found["arms"]["absent"]["parameters"]["group.exists"]["value"] is False
    assert "not evidence" in found["care"]


def test_no_group_against_no_group_is_exactly_zero(kept):
    rows = [row for row in table(kept[0], "effects").to_pylist() if row["arm"] == "absent"]
    seen = [row for row in rows if row["people"]]
    assert len({row["outcome"] for row in seen}) == 13
    for row in seen:
        assert [row[name + end] for name in ("difference", "smd") for end in ("", "_low", "_high")] == [0.0] * 6
        assert row["with"] == row["without"]
        assert row["change"] == row["twin_change"]
    assert all(row["people"] == 0 for row in rows if row not in seen)


def test_the_same_files_named_twice_have_the_same_rows(tmp_path, without_report):
    said = sameboat("compare", GROUP_A, GROUP_A, ABSENT, *SMALL, "--out", tmp_path / "it", "--quiet")
    assert said.status == 0, said.err
    rows = table(tmp_path / "it", "effects").to_pylist()
    one, other = ([row | {"arm": ""} for row in rows if row["arm"] == name] for name in ("groupA", "groupA (2)"))
    assert one == other
    between = table(tmp_path / "it", "between").to_pylist()
    twice = [row for row in between if (row["arm"], row["other"]) == ("groupA", "groupA (2)")]
    assert {row["difference"] for row in twice} == {0.0}


@pytest.mark.parametrize("more", [("--threads", 1), ("--threads", 3), ("--csv",)], ids=str)
def test_two_invocations_give_identical_tables(kept, tmp_path, without_report, more):
    said = sameboat("compare", GROUP_A, GROUP_B, ABSENT, *SMALL, "--out", tmp_path / "it", "--quiet", *more)
    assert (said.status, said.out, said.err) == (0, "", "")
    mine, theirs = contents(kept[0]), contents(tmp_path / "it")
    for name in theirs:
        if name not in ("record.json", "report.html"):
            assert theirs[name] == mine[name], name
    assert ("people.csv" in theirs) == (more == ("--csv",))
    assert "effects.csv" in theirs


def test_the_order_of_files_does_not_matter_to_an_arms_own_rows(kept, tmp_path, without_report):
    assert sameboat("compare", ABSENT, GROUP_B, GROUP_A, *SMALL, "--out", tmp_path / "it", "--quiet").status == 0
    for name in TABLES:
        if name != "between":
            for arm in ("groupA", "groupB", "absent"):
                mine, theirs = ([row for row in table(folder, name).to_pylist() if row["arm"] == arm]
                                for folder in (kept[0], tmp_path / "it"))  # fmt: skip
                assert mine == theirs, (name, arm)


def test_without_a_folder_it_is_named_after_the_arms(tmp_path, monkeypatch, without_report):
    monkeypatch.chdir(tmp_path)
    assert sameboat("compare", GROUP_A, ABSENT, *ONE_LINE, "--quiet").status == 0
    assert [path.name for path in (tmp_path / "results").iterdir()] == ["compare-groupA-absent"]


def test_other_seeds_and_another_precision_are_another_comparison(kept, tmp_path, without_report):
    said = sameboat("compare", GROUP_A, *ONE_LINE, "--seed", 11, "--precision", 0.2, "--out", tmp_path / "it")
    assert "seeds 11 to 12" in said.out
    found = record(tmp_path / "it")
    assert (found["first_seed"], found["settings"]) == (11, {"precision": 0.2})
    assert set(table(tmp_path / "it", "people").column("seed").to_pylist()) <= {11, 12}


def test_two_arms_without_a_group_may_be_compared(tmp_path, without_report):
    said = sameboat("compare", ABSENT, ABSENT, *ONE_LINE, "--out", tmp_path / "it")
    assert said.status == 0, said.err
    assert "every difference is exactly zero" in said.out


def test_one_week_of_one_arm_is_enough(tmp_path):
    said = sameboat("compare", GROUP_A, *ONE_LINE, "--weeks", 1, "--out", tmp_path / "it")
    assert said.status == 0, said.err
    assert said.err == ""


# Stopped.


def stop_after(monkeypatch, lives, number):
    """Send this process a signal when so many lives have been lived."""
    real, lived = comparison.live_panel, []

    def live_panel(values, **more):
        panel = real(values, **more)
        lived.append(values["run.seed"])
        if len(lived) == lives:
            os.kill(os.getpid(), number)
        return panel

    monkeypatch.setattr(comparison, "live_panel", live_panel)
    return lived


@posix
def test_ctrl_c_keeps_the_runs_that_were_finished(kept, tmp_path, monkeypatch, without_report):
    lived = stop_after(monkeypatch, 8, signal.SIGINT)
    said = sameboat("compare", GROUP_A, GROUP_B, ABSENT, *SMALL, "--threads", 1, "--out", tmp_path / "it")
    assert said.status == 130
    assert said.err.strip() == "stopped after 2 of 4 runs; these were kept"
    assert len(lived) == 8, "in the third run"
    assert record(tmp_path / "it")["finished_runs"] == 2
    assert sorted(contents(tmp_path)) == sorted(f"it/{n}" for n in ["record.json", *FILES] if n != "people.csv")
    assert "2 of 4 runs" in (tmp_path / "it" / "summary.txt").read_text()
    mine, whole = (table(folder, "people").to_pylist() for folder in (tmp_path / "it", kept[0]))
    assert mine == [row for row in whole if row["seed"] <= 2]


@posix
def test_the_same_command_again_finishes_what_was_stopped_but_not_the_other_way_round(
    tmp_path, monkeypatch, without_report
):
    command = ("compare", GROUP_A, *ONE_LINE, "--runs", 4, "--threads", 1, "--out", tmp_path / "it", "--quiet")
    with pytest.MonkeyPatch.context() as patch:
        stop_after(patch, 5, signal.SIGINT)
        assert sameboat(*command).status == 130
    assert record(tmp_path / "it")["finished_runs"] == 2
    assert sameboat(*command).status == 0
    before = contents(tmp_path)
    stop_after(monkeypatch, 5, signal.SIGINT)
    assert "holds 4 finished runs of this, now only 2" in sameboat(*command).problem
    assert contents(tmp_path) == before


@posix
@pytest.mark.parametrize("threads", [1, 2])
def test_ctrl_c_before_the_first_run_is_finished_leaves_nothing(tmp_path, monkeypatch, threads):
    stop_after(monkeypatch, 1, signal.SIGINT)
    more = ("--threads", threads, "--out", tmp_path / "new" / "it")
    said = sameboat("compare", GROUP_A, GROUP_B, ABSENT, *SMALL, "--weeks", 300, *more)
    assert (said.status, said.err.strip()) == (130, "Error: stopped; nothing was written")
    assert list(tmp_path.iterdir()) == []


@posix
@pytest.mark.parametrize("lives", [1, 6])
def test_ended_it_leaves_nothing(tmp_path, monkeypatch, lives):
    stop_after(monkeypatch, lives, signal.SIGTERM)
    said = sameboat("compare", GROUP_A, GROUP_B, *SMALL, "--out", tmp_path / "new" / "it")
    assert said.status == 143
    assert "Traceback" not in said.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("end", ["ctrl-c", "ended", "disk full"])
def test_nothing_is_left_if_it_is_stopped_while_writing(tmp_path, monkeypatch, end):
    def report(found):
        if end == "ctrl-c":
            raise KeyboardInterrupt
        if end == "ended":
            os.kill(os.getpid(), signal.SIGTERM)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Comparison, "report", report)
    said = sameboat("compare", GROUP_A, *ONE_LINE, "--out", tmp_path / "new" / "it")
    assert said.status == {"ctrl-c": 130, "ended": 143, "disk full": 2}[end]
    assert "Traceback" not in said.err
    if end == "disk full":
        assert "the disk is full" in said.problem
    assert list(tmp_path.iterdir()) == []


@posix
def test_a_program_of_its_own_stops_with_what_it_has(tmp_path):
    program = (
        "import sys, pathlib; from analysis.compare import comparison; real = comparison.live_panel\n"
        "def live_panel(values, **more):\n"
        "    values['run.seed'] == 20 and pathlib.Path(sys.argv[1]).touch()\n"
        "    return real(values, **more)\n"
        "comparison.live_panel = live_panel\n"
        "from analysis.cli.main import main; main(sys.argv[2:])"
    )
    arguments = [GROUP_A, *ONE_LINE, "--runs", 1_000_000, "--out", tmp_path / "it"]
    process = subprocess.Popen([sys.executable, "-c", program, str(tmp_path / "sign"), "compare", *map(str, arguments)],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)  # fmt: skip
    until = time.monotonic() + 120
    try:
        while not (tmp_path / "sign").exists() and process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    finally:
        process.kill()  # a million runs would go on for hours after a failure
    assert process.returncode == 130, (out, err)
    assert "Traceback" not in err
    finished = record(tmp_path / "it")["finished_runs"]
    assert finished >= 10
    assert f"stopped after {finished} of 1000000 runs; these were kept" in err
    assert set(table(tmp_path / "it", "closings").column("seed").to_pylist()) == set(range(1, finished + 1))


# Mistakes.


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("scenarios/gruopA.yaml",), "did you mean scenarios/groupA.yaml?"),
        ((GROUP_A, "scenarios"), "is a folder"),
        ((ABSENT,), "has no group, so there is nothing to compare it with"),
        ((GROUP_A, "--set", "group.exists=false"), "has no group"),
        ((GROUP_A, "--runs", 0), "--runs"),
        ((GROUP_A, "--runs", 1), "--runs"),
        ((GROUP_A, "--runs", "many"), "'many' is not a valid integer"),
        ((GROUP_A, "--seed", -1), "--seed"),
        ((GROUP_A, "--seed", 2**63), "--seed run.seed: found"),
        ((GROUP_A, "--seed", 10**30), "--seed run.seed: found"),
        ((GROUP_A, "--weeks", 0), "--weeks run.weeks: found 0, expected a whole number from 1 to 5200"),
        ((GROUP_A, "--precision", 0), "--precision"),
        ((GROUP_A, "--precision", "nan"), "--precision"),
        ((GROUP_A, "--threads", 0), "--threads"),
        ((GROUP_A, "--set", "people.residens=12"), "did you mean people.residents?"),
        ((GROUP_A, "--set", "people.residents=1"), "found 1, expected a whole number from 2 to 2000"),
        ((GROUP_A, "--rums", 3), "--runs"),
        (("--runs", 3), "found no scenario to compare; name one, such as groupA, or give --arm"),
    ],
    ids=str,
)
def test_a_mistake_is_explained_in_one_line_and_nothing_is_written(tmp_path, arguments, expected):
    problem = sameboat("compare", *arguments, "--out", tmp_path / "it").problem
    assert expected in problem
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("people:\n  women: 0.1\n", "people.women is 0.1, but 0.65 in groupA"),
        ("run:\n  weeks: 80\n", "run.weeks is 80, but 624"),
    ],
)
def test_other_people_in_another_arm_are_refused(tmp_path, text, expected):
    (tmp_path / "other.yaml").write_text(f"name: other\nextends: {GROUP_A}\n{text}")
    problem = sameboat("compare", GROUP_A, tmp_path / "other.yaml", "--out", tmp_path / "it").problem
    assert problem.startswith(f"other: {expected}")
    assert "the same people for the same time" in problem
    assert not (tmp_path / "it").exists()


@pytest.fixture
def never_lives(monkeypatch):
    """What is wrong must be said before anything is lived."""

    def live_panel(values, **more):
        raise AssertionError("lived")

    monkeypatch.setattr(comparison, "live_panel", live_panel)


@pytest.mark.usefixtures("never_lives")
@pytest.mark.parametrize("more", [(), ("--overwrite",)], ids=str)
def test_a_folder_of_something_else_is_refused(tmp_path, more):
    (tmp_path / "thesis.txt").write_text("years of work")
    assert "thesis.txt" in sameboat("compare", GROUP_A, *ONE_LINE, "--out", tmp_path, *more).problem
    assert contents(tmp_path) == {"thesis.txt": b"years of work"}


@pytest.mark.usefixtures("never_lives")
@pytest.mark.parametrize("more", [(), ("--overwrite",)], ids=str)
def test_the_record_of_another_kind_of_study_is_refused(tmp_path, more):
    (tmp_path / "record.json").write_text(record_of(kind="claims").as_json())
    assert (
        "holds results of `claims`, not of `compare`"
        in sameboat("compare", GROUP_A, *ONE_LINE, "--out", tmp_path, *more).problem
    )


def test_another_comparisons_folder_is_refused_unless_one_says_overwrite(tmp_path, without_report):
    command = ("compare", GROUP_A, *ONE_LINE, "--out", tmp_path / "it", "--quiet")
    assert sameboat(*command).status == 0
    before = contents(tmp_path)
    problem = sameboat(*command, "--seed", 2).problem
    assert "holds other results of `compare` (groupA: other first seed)" in problem
    assert "--overwrite" in problem
    assert contents(tmp_path) == before
    assert sameboat(*command, "--seed", 2, "--overwrite").status == 0
    assert record(tmp_path / "it")["first_seed"] == 2
    assert sameboat(*command, "--seed", 2).status == 0, "the same once more is no question"


@pytest.mark.usefixtures("never_lives")
def test_a_place_that_cannot_be_written_is_named_before_anything_is_lived(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("x")
    for out, expected in ((tmp_path / "file", "is not a folder"), (tmp_path / "file" / "it", "is not a folder")):
        assert expected in sameboat("compare", GROUP_A, *ONE_LINE, "--out", out).problem
    (tmp_path / "mine").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "mine")
    linked = sameboat("compare", GROUP_A, *ONE_LINE, "--out", tmp_path / "link").problem
    assert "is a link to a folder; name the folder itself with --out" in linked
    (tmp_path / "link").unlink()
    (tmp_path / "mine").rmdir()
    monkeypatch.setattr("analysis.results.folder.os.access", lambda path, mode: False)
    assert "no permission to write in" in sameboat("compare", GROUP_A, *ONE_LINE, "--out", tmp_path / "it").problem
    assert contents(tmp_path) == {"file": b"x"}


def test_a_comparison_can_be_exported_in_full(kept, tmp_path):
    exports_in_full(kept[0], tmp_path / "out")
