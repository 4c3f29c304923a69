"""``interviews``: what it says and writes, and how a mistake is explained."""

from __future__ import annotations

import json

import numpy as np
import pyarrow.parquet as pq
import pytest

from analysis.studies.interviews.command import REFERENCE
from analysis.studies.interviews.hold import SIZES
from analysis.studies.interviews.statements import ASSUMPTIONS, STATEMENTS
from analysis.studies.interviews.worlds import REFERENCE as LIVED
from sim.scenario import account_names
from tests.analysis.lives import contents, unkind_words
from tests.cli.command_line import sameboat
from tests.cli.exported import exports_in_full
from tests.cli.reported import read_in_a_browser

TABLES = (
    "fit", "numbers", "statements", "groups", "interviewees", "survivorship", "sensitivity", "declared", "assumptions",
)  # fmt: skip
FIGURES = ("fit", "heard", "sensitivity", "survivorship")
FILES = (
    *(f"{name}.{ending}" for name in TABLES for ending in ("parquet", "csv")),
    *(f"{name}.{ending}" for name in FIGURES for ending in ("png", "svg")),
    "summary.txt",
    "report.html",
)
SMALL = (
    "--runs", 4, "--ages", 1, 1, "--set", "people.residents=30", "--set", "run.lead_in_weeks=8",
    "--set", "joining.visit_per_year=6", "--set", "joining.publicity_per_year=2", "--accounts", "company", "full",
)  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """One whole study with everything, and what was said; nobody changes it."""
    with pytest.MonkeyPatch.context() as patch:
        from tests.builders import ROOT

        patch.chdir(ROOT)
        folder = tmp_path_factory.mktemp("kept") / "interviews"
        return folder, sameboat("interviews", *SMALL, "--out", folder, "--csv")


@pytest.fixture
def without_figures(monkeypatch):
    monkeypatch.setattr("analysis.studies.frame.save_figures", lambda found, folder: None)


def table(folder, name):
    return pq.read_table(folder / f"{name}.parquet")


def test_all_that_is_promised_is_written(kept):
    folder, said = kept
    assert said.status == 0, said.err
    assert sorted(contents(folder)) == sorted(["record.json", *FILES])
    assert all(contents(folder).values())
    for name in FIGURES:
        assert (folder / f"{name}.png").read_bytes().startswith(b"\x89PNG\r\n")
    assert [path.name for path in folder.parent.iterdir()] == ["interviews"]


def test_the_summary_leads_with_the_fit_and_says_what_it_does_and_does_not_mean(kept):
    folder, said = kept
    summary = (folder / "summary.txt").read_text(encoding="utf-8")
    assert summary in said.out
    flat = " ".join(summary.split())
    heads = (
        "studies that report all",
        "Were every statement true",
        "Groups at that age",
        "change since before | the twins'",
    )
    places = [flat.index(words) for words in heads]
    assert places == sorted(places)
    for words in ("all regulars of groups with exactly four, as in the paper", "the four most regular of groups with",
                  "times as often as under `nothing`", "A ratio near 1 would mean", "This is about a model",
                  "Samaritans", "sqrt(kappa)"):  # fmt: skip
        assert words in flat
    for statement in STATEMENTS:
        assert f"{statement.words} ({statement.claim}, {statement.wording})" in flat
    for a in ASSUMPTIONS:
        assert f"{a.name} {a.default:g} ({a.plausible[0]:g} to {a.plausible[1]:g})" in flat
    assert unkind_words(summary) == []
    assert "nan" not in summary


def test_the_record_says_all_that_is_needed_to_do_it_again(kept):
    record = json.loads((kept[0] / "record.json").read_text(encoding="utf-8"))
    assert record["settings"]["seeds"] == {"group A": [1, 4], "group B": [5, 8]}
    assert record["settings"]["assumed"] == {a.name: a.default for a in ASSUMPTIONS}
    kinds = {
        f"{kind}, {account}": kind for kind in ("group A", "group B") for account in ("nothing", "company", "full")
    }
    assert record["settings"]["kinds"] == kinds
    assert set(record["arms"]) == set(kinds)
    assert record["arms"]["group A, full"]["account"]["name"] == "full"
    assert record["arms"]["group A, full"]["parameters"]["people.residents"]["value"] == 30
    assert record["arms"]["group B, company"]["parameters"]["run.weeks"]["value"] == 52
    assert set(record["versions"]) >= {"python", "numpy", "scipy", "sameboat"}
    assert record["finished_runs"] == record["runs"] == 4


def test_tables_fit_each_other(kept):
    folder = kept[0]
    groups, fit = table(folder, "groups").to_pylist(), table(folder, "fit").to_pylist()
    accounts = ("nothing", "company", "full")
    assert len(groups) == 2 * len(accounts) * 4
    for name in TABLES:
        assert all(field.metadata for field in table(folder, name).schema), "a column without a meaning"
    assert [row["account"] for row in fit] == [account for account in accounts for _ in SIZES]
    numbers = table(folder, "numbers").to_pylist()
    for row in fit:
        exactly = row["asked"].startswith("all regulars")
        for kind in ("group A", "group B"):
            mine = [g["regulars"] for g in groups if (g["group"], g["account"]) == (kind, row["account"])]
            assert row[kind.replace(" ", "_")] == sum(r == 4 if exactly else r >= 4 for r in mine)
        size = "exactly four" if exactly else "four or more"
        counts = [n for n in numbers if (n["account"], n["size"]) == (row["account"], size)]
        if row["fit"] is not None and not np.isnan(row["fit"]):
            assert row["fit_low"] <= row["fit"] <= row["fit_high"]
            assert counts[-1]["exactly"] == pytest.approx(row["fit"])
            assert sum(n["exactly"] * n["statements"] for n in counts) == pytest.approx(row["mean_statements"])
    people = table(folder, "interviewees")
    assert people.num_rows == sum(g["interviewed"] for g in groups)
    nothing = np.array([account == "nothing" for account in people.column("account").to_pylist()])
    now, twin = (np.array(people.column(f"isolation_{when}"))[nothing] for when in ("now", "twin"))
    assert len(now) > 0
    assert np.array_equal(now, twin)
    assert table(folder, "declared").num_rows == len(STATEMENTS)
    assert table(folder, "assumptions").num_rows == len(ASSUMPTIONS)
    assert table(folder, "survivorship").num_rows == 2 * len(accounts) * 4 * 6


def test_all_accounts_are_held_unless_some_are_named_and_one_always_is(monkeypatch, tmp_path):
    asked = []

    def look(study, folder, options):
        asked.append(list(study.settings["kinds"]))
        return 0

    monkeypatch.setattr("analysis.studies.interviews.command.carry_out", look)
    assert LIVED == REFERENCE == "nothing"
    for options, expected in (
        ((), ["nothing", *(name for name in account_names() if name != "nothing")]),
        (("--accounts", "full", "company"), ["nothing", "full", "company"]),
        (("--account", "full"), ["full"]),
        (("--accounts", "nothing"), ["nothing"]),
    ):
        assert sameboat("interviews", *options).status == 0
        assert asked[-1] == [f"{kind}, {name}" for kind in ("group A", "group B") for name in expected]


@pytest.mark.usefixtures("without_figures")
def test_the_same_study_is_the_same_and_another_is_refused_unless_one_says_overwrite(kept, tmp_path):
    folder = tmp_path / "again"
    assert sameboat("interviews", *SMALL, "--out", folder, "--quiet").status == 0
    for name in (*(f"{table}.parquet" for table in TABLES), "summary.txt"):
        assert (folder / name).read_bytes() == (kept[0] / name).read_bytes()
    before = contents(tmp_path)
    problem = sameboat("interviews", *SMALL, "--noticing", 0.05, "--out", folder).problem
    assert "--overwrite" in problem
    assert contents(tmp_path) == before
    said = sameboat("interviews", *SMALL, "--noticing", 0.05, "--out", folder, "--overwrite", "--quiet")
    assert (said.status, said.out, said.err) == (0, "", "")
    assert json.loads((folder / "record.json").read_text())["settings"]["assumed"]["noticing"] == 0.05


def test_nothing_is_left_of_a_study_that_is_stopped(tmp_path, monkeypatch):
    def stop(found, folder):
        assert (folder / "fit.parquet").is_file()
        raise KeyboardInterrupt

    monkeypatch.setattr("analysis.studies.frame.save_figures", stop)
    said = sameboat("interviews", *SMALL, "--out", tmp_path / "new" / "interviews")
    assert said.status == 130
    assert "Error: stopped; nothing was written" in said.err
    assert list(tmp_path.iterdir()) == []


def test_one_town_of_each_kind_is_enough_to_be_told_that_it_is_not(tmp_path):
    said = sameboat("interviews", *SMALL, "--runs", 1, "--out", tmp_path / "one")
    assert said.status == 0, said.err
    assert "nobody to ask" in said.out or "too rare" in said.out


@pytest.mark.usefixtures("without_figures")
def test_no_group_may_last(tmp_path):
    nobody = ("--set", "people.barrier_a=100", "--set", "people.barrier_b=0.1", "--set", "organising.low_weeks=5")
    said = sameboat("interviews", *SMALL, *nobody, "--out", tmp_path / "none")
    assert said.status == 0, said.err
    assert "nobody to ask" in said.out
    assert "nan" not in said.out


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--runs", 0), "--runs"),
        (("--noticing", 0), "--noticing"),
        (("--optimism", 2), "--optimism"),
        (("--ages", 0, 8), "--ages"),
        (("--ages", 12), "--ages"),
        (("--seed", 2**63 - 5), "--seed: found 9223372036854775803"),
        (("--set", "group.exists=false"), "group A, nothing: group.exists is false"),
        (("--coding", 1.5), "--coding"),
        (("--accounts", "ful"), "did you mean full?"),
        (("--account", "full"), "leave --account out"),
        (("--set", "run.lead_in_weeks=10"), "expected a multiple of 4"),
        (("--set", "people.residens=12"), "did you mean people.residents?"),
        (("extra",), "extra"),
    ],
    ids=str,
)
def test_a_wrong_option_is_explained_in_one_line_and_nothing_is_written(tmp_path, options, expected):
    said = sameboat("interviews", *SMALL, "--out", tmp_path / "out", *options)
    assert expected in said.problem
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    for more in ((), ("--overwrite",)):
        assert "thesis.txt" in sameboat("interviews", *SMALL, "--out", tmp_path, *more).problem
    assert contents(tmp_path) == {"thesis.txt": b"years of work"}


def test_the_report_shows_all_that_was_found(kept):
    page = read_in_a_browser(kept[0])
    assert "group A: seeds 1 to 4; group B: seeds 5 to 8" in page.words
    for words in ("Virtual interviews", "A ratio near 1", "What it hangs on", "interviewees.parquet", "How often all"):
        assert words in page.words


def test_interviews_can_be_exported_in_full(kept, tmp_path):
    exports_in_full(kept[0], tmp_path / "out")
