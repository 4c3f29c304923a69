"""Plausible space from the command line: what is said, written, refused, and made again."""

from __future__ import annotations

import json

import numpy as np
import pyarrow.parquet as pq
import pytest

from analysis.plausible import space as module
from analysis.plausible.space import Space
from analysis.studies.claims.study import Trial
from analysis.studies.compare.study import Comparison
from tests.cli.command_line import sameboat
from tests.cli.exported import exports_in_full

RELIEF = "contact.relief"
SMALL = ("--runs", "4", "--set", "people.residents=20", "--set", "run.lead_in_weeks=8")
FEW = ("--plausible", "3", "--plausible-towns", "3")
TABLES = {"plausible", "plausible_draws", "plausible_points"}


@pytest.fixture(autouse=True)
def without_reports(monkeypatch):
    """Reports take longer than a small study; one test makes one."""
    for kind in (Trial, Comparison):
        monkeypatch.setattr(kind, "report", lambda self: "no report")


@pytest.fixture
def spaces(tmp_path, monkeypatch):
    """A folder in which the spaces of some accounts come with Sameboat."""
    folder = tmp_path / "plausible"
    folder.mkdir()
    monkeypatch.setattr(module, "FOLDER", folder)
    for account in ("first", "company"):
        values = {RELIEF: np.linspace(0.0, 0.5, 30), "ties.growth_per_hour": np.linspace(0.004, 0.012, 30)}
        Space.of(account, values, np.ones(30), {"evidence": "none"}).write()
    return folder


def test_claims_are_tried_all_over_the_space_of_the_account_without_being_asked(spaces, tmp_path):
    folder = tmp_path / "out"
    said = sameboat("claims", "--claim", "C17", *SMALL, "--plausible-towns", "3", "--out", folder)
    assert said.status == 0, said.err
    assert "40 draws under first, each in the same 3 towns" in said.out
    assert "holds in" in said.out
    (row,) = pq.read_table(folder / "plausible_claims.parquet").to_pylist()
    assert row["claim"] == "C17" and row["draws"] == 40
    assert {path.stem for path in folder.glob("*.parquet")} > TABLES
    assert (folder / "plausible.png").is_file()
    assert json.loads((folder / "record.json").read_text())["settings"]["plausible"]["plans"]["first"]["file"]


def test_at_the_centre_only_and_without_a_space_nothing_else_is_tried(spaces, tmp_path):
    said = sameboat("claims", "--claim", "C2", *SMALL, "--at-centre", "--out", tmp_path / "one")
    assert said.status == 0 and "plausible space" not in said.out
    assert not (tmp_path / "one" / "plausible.parquet").exists()
    said = sameboat("claims", "--claim", "C2", *SMALL, "--account", "learning", "--out", tmp_path / "two")
    assert said.status == 0 and "All over plausible space" not in said.out
    problem = sameboat("claims", "--claim", "C2", *SMALL, "--at-centre", *FEW, "--out", tmp_path / "three").problem
    assert "remove one of them" in problem


@pytest.mark.parametrize(
    "command",
    [
        ("claims", "--claim", "C17"),
        ("verdicts", "--claim", "C17", "--accounts", "first", "company"),
        ("compare", "groupA", "--weeks", "40"),
        ("compare", "groupA", "--weeks", "40", "--accounts", "first", "company"),
        ("overturn", "groupA", "--years", "0.5"),
        ("breakeven", "groupA", "--years", "0.5", "--at", "0.2"),
        ("interviews", "--ages", "0.5", "0.5", "--account", "company"),
        ("study", "before-after", "--repetitions", "4", "--account", "company"),
        ("study", "register", "--repetitions", "4", "--account", "company"),
    ],
    ids=" ".join,
)
def test_every_command_is_read_all_over_it_and_made_again(command, spaces, tmp_path):
    folder = tmp_path / "out"
    said = sameboat(*command, *SMALL, *FEW, "--out", folder, "--threads", "2")
    assert said.status == 0, said.err
    assert "All over plausible space: 3 draws under" in said.out
    assert {path.stem for path in folder.glob("*.parquet")} > TABLES
    assert pq.read_table(folder / "plausible_points.parquet").num_rows % 3 == 0
    assert "All over plausible space" in (folder / "summary.txt").read_text(encoding="utf-8")
    again = sameboat("rerun", folder, "--quiet", "--threads", "1")
    assert again.status == 0 and again.out.splitlines()[-1].startswith("identical: "), again.out


def test_a_report_says_it(spaces, tmp_path, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(module, "FOLDER", spaces)
    said = sameboat("compare", "groupA", "--weeks", "40", *SMALL, *FEW, "--out", tmp_path / "out")
    assert said.status == 0, said.err
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert '<h2 id="plausible">All over plausible space</h2>' in page
    assert "first.parquet, SHA-256" in page and "evidence: none" in page
    tables = {path.name for path in (tmp_path / "out").glob("plausible*.csv")}
    assert {f"{name}.csv" for name in TABLES} <= tables and all(f'href="{name}"' in page for name in tables)
    assert page.count('id="plausible"') == 1


def test_it_is_exported_with_units_and_meanings(spaces, tmp_path):
    sameboat("claims", "--claim", "C17", *SMALL, *FEW, "--out", tmp_path / "out", "--quiet")
    exports_in_full(tmp_path / "out", tmp_path / "exported")


@pytest.mark.parametrize(
    "command",
    [
        ("compare", "groupA", "--weeks", "40", "--accounts", "company", "company@centre", *FEW),
        ("claims", "--claim", "C17", "--account", "company@centre", *FEW),
        ("study", "before-after", "--repetitions", "4", "--accounts", "company", "company@centre"),
    ],
    ids=" ".join,
)
def test_an_account_is_lived_at_the_centre_of_its_space_and_made_again_without_it(command, spaces, tmp_path):
    said = sameboat(*command, *SMALL, "--out", tmp_path / "out")
    assert said.status == 0, said.err
    assert "company@centre" in said.out
    arms = json.loads((tmp_path / "out" / "record.json").read_text(encoding="utf-8"))["arms"].values()
    reliefs = {arm["account"]["name"]: arm["parameters"][RELIEF]["value"] for arm in arms if arm["account"]}
    middle = float(np.linspace(0.0, 0.5, 30)[14])
    assert reliefs["company@centre"] == middle and reliefs.get("company") != middle
    assert not ("--plausible" in command and "company@centre as it stands, which is not" in said.out)
    spaces.rename(tmp_path / "elsewhere")
    again = sameboat("rerun", tmp_path / "out", "--quiet")
    assert again.status == 0 and again.out.splitlines()[-1].startswith("identical: "), again.out


def test_the_centre_of_a_space_that_is_not_there_gets_one_line(spaces, tmp_path):
    for account in ("compny@centre", "learning@centre", "nowhere.parquet"):
        said = sameboat("run", "groupA", "--account", account, "--out", tmp_path / "out")
        assert said.status == 2 and said.problem.count("\n") <= 1, said.err
        assert account.partition("@")[0] in said.problem
        assert not (tmp_path / "out").exists()


def test_a_file_in_place_of_what_comes_with_sameboat(spaces, tmp_path):
    path = spaces.rename(tmp_path / "elsewhere") / "first.parquet"
    given = ("--plausible-file", path, *FEW, "--out", tmp_path / "out")
    said = sameboat("compare", "groupA", "--weeks", "40", *SMALL, *given)
    assert said.status == 0 and "3 draws under first" in said.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--plausible", "0"), "--plausible"),
        (("--plausible", "2.5"), "expected a whole number"),
        (("--plausible", "many"), "found 'many', expected a whole number"),
        (("--plausible-towns", "2"), "--plausible-towns"),
        (
            ("--account", "learning", "--plausible"),
            "no plausible space of 'learning'; there is one of company, first",
        ),
        (("--account", "company", "--plausible-file", "{first}"), "is the plausible space of first"),
        (("--plausible-file", "nowhere.parquet"), "found no plausible space of 'nowhere.parquet'"),
        (("--accounts", "first", "company", "--plausible-file", "{first}"), "is the space of one account"),
        (("--plausible", "--set", f"{RELIEF}=0", "--set", "ties.growth_per_hour=0.01"), "leave --plausible out"),
    ],
)
def test_bad_input_gets_one_line_and_nothing_is_written(arguments, said, spaces, tmp_path):
    arguments = [one.format(first=spaces / "first.parquet") for one in arguments]
    problem = sameboat("compare", "groupA", "--weeks", "40", *SMALL, *arguments, "--out", tmp_path / "out").problem
    assert said in problem
    assert not (tmp_path / "out").exists()


def test_a_space_is_checked_as_other_files_are(spaces):
    said = sameboat("check", spaces / "first.parquet")
    assert said.status == 0
    assert "valid (the plausible space of the account first; 30 rows, 2 parameters)" in said.out
    (spaces / "first.parquet").write_bytes(b"nothing")
    assert "cannot be read as a plausible space" in sameboat("check", spaces / "first.parquet").problem


def test_a_parameter_of_another_version_is_named(spaces, tmp_path):
    path = spaces / "first.parquet"
    table = pq.read_table(path)
    names = [name.replace(RELIEF, "contact.comfort") for name in table.column_names]
    pq.write_table(table.rename_columns(names).replace_schema_metadata(table.schema.metadata), path)
    problem = sameboat("claims", "--claim", "C17", *SMALL, "--out", tmp_path / "out").problem
    assert "'contact.comfort' is no parameter of this version; the space was made by another" in problem


def test_stopped_it_keeps_whole_draws(spaces, tmp_path, monkeypatch):
    from analysis.studies.over_space import lived

    whole, read = lived._read, []

    def stopped(*arguments):
        read.append(arguments)
        if len(read) > 3:
            raise KeyboardInterrupt
        return whole(*arguments)

    monkeypatch.setattr(lived, "_read", stopped)
    said = sameboat("claims", "--claim", "C17", *SMALL, "--plausible", "6", "--out", tmp_path / "out")
    assert said.status == 130
    assert "stopped after 2 of 6 draws of plausible space; these were kept" in said.err
    monkeypatch.setattr(lived, "_read", whole)
    assert sameboat("rerun", tmp_path / "out", "--quiet").status == 0
