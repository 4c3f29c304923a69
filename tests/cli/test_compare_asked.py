"""``compare``: arms with single changes, titles, times and seeds that are asked for on the command line."""

from __future__ import annotations

import signal

import pyarrow.parquet as pq
import pytest

from tests.cli.command_line import GROUP_A, sameboat
from tests.cli.test_compare import GROUP_B, ONE_LINE, posix, record, stop_after, table, without_report

__all__ = ["without_report"]  # a fixture


def test_an_arm_with_single_changes_is_that_of_a_file_that_makes_them(tmp_path, without_report):
    changes = "group:\n  phone_line: false\n  women_only: false\n"
    (tmp_path / "own.yaml").write_text(f"name: own\nextends: {GROUP_B}\n{changes}")
    one = ("--arm", "no line: groupB group.phone_line=false group.women_only=false", "--title", "no line=No line")
    assert sameboat("compare", GROUP_A, *one, *ONE_LINE, "--out", tmp_path / "arm").status == 0
    assert sameboat("compare", GROUP_A, tmp_path / "own.yaml", *ONE_LINE, "--out", tmp_path / "file").status == 0
    arms = record(tmp_path / "arm")["arms"]
    assert list(arms) == ["groupA", "no line"]
    assert arms["no line"]["title"] == "No line"
    values, theirs = (
        {name: p["value"] for name, p in one["parameters"].items()}
        for one in (arms["no line"], record(tmp_path / "file")["arms"]["own"])
    )
    assert values == theirs
    assert arms["no line"]["parameters"]["group.phone_line"]["origin"] == "--arm no line:"
    tables = [table(tmp_path / name, "effects").to_pylist() for name in ("arm", "file")]
    assert [row | {"arm": ""} for row in tables[0]] == [row | {"arm": ""} for row in tables[1]]


def test_an_arms_own_change_counts_more_than_that_of_all_and_names_itself(tmp_path, without_report):
    more = (
        "--set",
        "group.phone_line=true",
        "--arm",
        "no line: groupB group.phone_line=false",
        "--arm",
        "plain: groupB",
    )
    assert sameboat("compare", *more, *ONE_LINE, "--out", tmp_path / "it").status == 0
    arms = record(tmp_path / "it")["arms"]
    assert [arms[name]["parameters"]["group.phone_line"]["value"] for name in ("no line", "plain")] == [False, True]
    assert arms["no line"]["title"] == arms["plain"]["title"] + "; group.phone_line=false"
    assert arms["no line"]["question"] == "What differs with group.phone_line=false?"


def test_years_say_when_is_looked_and_ties_are_looked_at_then(tmp_path, without_report):
    small = ("--weeks", 156, "--set", "people.residents=12", "--runs", 2, "--out", tmp_path / "it")
    assert sameboat("compare", GROUP_A, *small, "--years", "3, 0.5").status == 0
    rows = table(tmp_path / "it", "effects").to_pylist()
    assert sorted({row["weeks"] for row in rows}) == [24, 156]
    (ties,) = [r for r in rows if (r["outcome"], r["weeks"]) == ("ties to members", 156) and "would" in r["population"]]
    assert ties["people"] > 0
    assert record(tmp_path / "it")["settings"]["years"] == [0.5, 3]
    assert sameboat("rerun", tmp_path / "it").status == 0


def test_listed_seeds_are_those_lived_and_can_be_rerun(tmp_path, without_report):
    said = sameboat("compare", GROUP_A, *ONE_LINE[:-2], "--seeds", "11 3,7", "--out", tmp_path / "it")
    assert "groupA: 3 runs, seeds 11, 3 and 7, same people" in said.out
    assert table(tmp_path / "it", "closings").column("seed").to_pylist() == [11, 3, 7]
    alone = ("--seed", 11, "--runs", 2, "--out", tmp_path / "alone")
    assert sameboat("compare", GROUP_A, *ONE_LINE[:-2], *alone).status == 0
    mine, theirs = ([row for row in table(tmp_path / name, "people").to_pylist() if row["seed"] == 11]
                    for name in ("it", "alone"))  # fmt: skip
    assert mine == theirs
    assert sameboat("rerun", tmp_path / "it").status == 0


@posix
def test_listed_seeds_that_were_stopped_are_rerun_as_far_as_they_went(tmp_path, monkeypatch, without_report):
    with monkeypatch.context() as patch:
        stop_after(patch, 5, signal.SIGINT)
        command = ("compare", GROUP_A, *ONE_LINE[:-2], "--seeds", "11,3,7", "--threads", 1, "--out", tmp_path / "it")
        assert sameboat(*command).status == 130
    assert table(tmp_path / "it", "closings").column("seed").to_pylist() == [11, 3]
    assert sameboat("rerun", tmp_path / "it").status == 0


def test_instruments_that_err_are_asked_for(tmp_path, without_report):
    small = ("--runs", "4", "--weeks", "52", "--set", "people.residents=60", "--set", "run.lead_in_weeks=8")
    said = sameboat("compare", "groupA", *small, "--reliability", "0.64", "--out", tmp_path / "made")
    assert said.status == 0
    assert "On instruments of a reliability of 0.64 standardised effects look smaller, times 0.80." in said.out
    rows = pq.read_table(tmp_path / "made" / "effects.parquet").to_pylist()
    seen = [(row["smd_measured"], row["smd"]) for row in rows if row["smd"]]
    assert len(seen) > 10
    assert all(abs(one - 0.8 * other) < 1e-12 for one, other in seen)
    for wrong in ("0", "1.5", "nan", "much"):
        said = sameboat("compare", "groupA", *small, "--reliability", wrong, "--out", tmp_path / "not made")
        assert said.status == 2
        assert "--reliability" in said.err
    assert not (tmp_path / "not made").exists()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((GROUP_A, "--arm", "no line groupB"), 'expected "NAME: SCENARIO CHANGES"'),
        ((GROUP_A, "--arm", "no line:"), 'expected "NAME: SCENARIO CHANGES"'),
        ((GROUP_A, "--arm", "a/b: groupB"), "found the name 'a/b', expected at most 40 letters, digits"),
        ((GROUP_A, "--arm", "no line: groupQ"), "groupQ"),
        ((GROUP_A, "--arm", "no line: groupB group.phone_lime=no"), "did you mean group.phone_line?"),
        ((GROUP_A, "--arm", "no line: groupB group.phone_line=7"), "--arm no line: group.phone_line: found 7"),
        ((GROUP_A, "--arm", "x: groupB group.phone_line=[1"), "--arm x: group.phone_line: "),
        ((GROUP_A, "--arm", "GROUPA: groupB"), "--arm GROUPA: another arm has that name"),
        ((GROUP_A, "--arm", "x: groupB people.women=0.1"), "x: people.women is 0.1, but 0.65 in groupA"),
        ((GROUP_A, "--title", "groupB=B"), "expected NAME=TITLE, with the name of an arm: groupA"),
        ((GROUP_A, "--title", "groupA="), "expected NAME=TITLE, with the name of an arm: groupA"),
        ((GROUP_A, "--years", "1,x"), "--years"),
        ((GROUP_A, "--years", "0"), "--years"),
        ((GROUP_A, "--years", "1,13"), "--years: found 13, and the runs end after 624 weeks, which are 12 years"),
        ((GROUP_A, "--years", "1,1.01"), "--years: found 1.01, which is the same look as 1"),
        ((GROUP_A, "--years", "0.02"), "--years: found 0.02, which is before the first look"),
        ((GROUP_A, "--seeds", "3,7,3"), "--seeds: found seed 3 twice"),
        ((GROUP_A, "--seeds", "3"), "--seeds: found one seed"),
        ((GROUP_A, "--seeds", "3,-1"), "--seeds"),
        ((GROUP_A, "--seeds", f"3,{2**63}"), "--seed run.seed: found"),
        ((GROUP_A, "--seeds", "3,7", "--runs", 2), "--seeds: lists the seeds, so leave --runs out"),
        ((GROUP_A, "--seeds", "3,7", "--seed", 2), "--seeds: lists the seeds, so leave --seed out"),
    ],
    ids=str,
)
def test_a_mistake_is_explained_in_one_line_and_nothing_is_written(tmp_path, arguments, expected):
    problem = sameboat("compare", *arguments, "--out", tmp_path / "it").problem
    assert expected in problem
    assert list(tmp_path.iterdir()) == []
