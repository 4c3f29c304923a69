"""``run --save-at`` and ``run --from``: a run that goes on has the tables of one that was never interrupted."""

from __future__ import annotations

import json

import pytest

from analysis.results.columns import differences
from analysis.results.folder import read_tables
from sim.life import Life
from tests.builders import SCENARIOS
from tests.cli.command_line import GROUP_A, SETTINGS, sameboat

OWN = """
from sim.declare import total
SUMMARY = "a stone is laid down each week"
PEOPLE = (total("stones", "stones laid down"),)

def stones(world, own, week):
    for i in range(len(world.people)):
        if world.people[i].living:
            own.people[i].stones += 1
"""
ALIKE = ("--set", "people.residents=60", "--set", "run.lead_in_weeks=20", "--contacts", "--quiet")


@pytest.fixture(autouse=True)
def quick(without_figures):
    """No figures: tables are what is compared."""


def lived(*arguments, out):
    said = sameboat("run", *arguments, "--out", out, *(() if "--quiet" in arguments else ("--quiet",)))
    assert (said.status, said.err) == (0, ""), said.err
    return json.loads((out / "record.json").read_text(encoding="utf-8"))


def differing(one, other):
    tables, others = read_tables(one), read_tables(other)
    return [line for name in {**tables, **others} for line in differences(name, tables.get(name), others.get(name))]


@pytest.mark.parametrize(("week", "weeks"), [(30, 60), (52, 60), (55, 150), (60, 110), (0, 60)])
def test_it_goes_on_to_the_very_tables_of_an_uninterrupted_run(week, weeks, tmp_path):
    lived(GROUP_A, *ALIKE, "--weeks", 60, "--save-at", week, out=tmp_path / "saved")
    went = lived("--from", tmp_path / "saved" / "checkpoint.npz", "--weeks", weeks, out=tmp_path / "went")
    whole = lived(GROUP_A, *ALIKE, "--weeks", weeks, out=tmp_path / "whole")
    assert differing(tmp_path / "went", tmp_path / "whole") == []
    assert went["digest"] == whole["digest"]
    assert {n: p["value"] for n, p in went["arms"]["groupA"]["parameters"].items()} == {
        n: p["value"] for n, p in whole["arms"]["groupA"]["parameters"].items()
    }
    assert read_tables(tmp_path / "went")["contacts"].num_rows > 0


def test_saving_changes_nothing_and_the_file_belongs_to_the_results(tmp_path):
    record = lived(GROUP_A, *ALIKE, "--weeks", 60, "--save-at", 30, out=tmp_path / "saved")
    assert "checkpoint.npz" in record["files"]
    assert record["settings"]["save_at"] == 30
    lived(GROUP_A, *ALIKE, "--weeks", 60, out=tmp_path / "whole")
    assert differing(tmp_path / "saved", tmp_path / "whole") == []
    first = (tmp_path / "saved" / "checkpoint.npz").read_bytes()
    lived(GROUP_A, *ALIKE, "--weeks", 60, "--save-at", 30, out=tmp_path / "saved")
    assert (tmp_path / "saved" / "checkpoint.npz").read_bytes() == first


def test_it_goes_on_otherwise_from_a_week_still_to_come_under_an_account(tmp_path):
    alike, change = (
        (GROUP_A, *ALIKE, "--account", "company", "--weeks", 60),
        ("--set", "contact.between_meetings@40=false"),
    )
    lived(*alike, "--save-at", 40, "--checkpoint", tmp_path / "here.npz", out=tmp_path / "saved")
    assert not (tmp_path / "saved" / "checkpoint.npz").exists()
    went = lived("--from", tmp_path / "here.npz", *change, out=tmp_path / "went")
    whole = lived(*alike, *change, out=tmp_path / "whole")
    assert differing(tmp_path / "went", tmp_path / "whole") == []
    assert differing(tmp_path / "went", tmp_path / "saved") != []
    assert went["arms"]["groupA"]["account"] == whole["arms"]["groupA"]["account"]
    assert went["arms"]["groupA"]["parameters"] == whole["arms"]["groupA"]["parameters"]
    assert went["settings"]["from"]["week"] == 40


def test_it_may_be_saved_again_on_the_way(tmp_path):
    lived(GROUP_A, *ALIKE, "--weeks", 60, "--save-at", 20, out=tmp_path / "one")
    lived("--from", tmp_path / "one" / "checkpoint.npz", "--save-at", 45, out=tmp_path / "two")
    lived("--from", tmp_path / "two" / "checkpoint.npz", "--weeks", 90, out=tmp_path / "three")
    lived(GROUP_A, *ALIKE, "--weeks", 90, out=tmp_path / "whole")
    assert differing(tmp_path / "three", tmp_path / "whole") == []


def test_rerun_lives_it_from_its_beginning_and_finds_the_same(tmp_path):
    lived(GROUP_A, *ALIKE, "--weeks", 40, "--save-at", 30, out=tmp_path / "saved")
    lived("--from", tmp_path / "saved" / "checkpoint.npz", "--weeks", 70, out=tmp_path / "went")
    assert "identical" in sameboat("rerun", tmp_path / "saved").out
    (tmp_path / "saved" / "checkpoint.npz").unlink()
    said = sameboat("rerun", tmp_path / "went")
    assert said.status == 0, said.out + said.err
    assert "lived again from its beginning" in said.out
    assert "identical" in said.out


def test_rules_of_ones_own_are_named_again(tmp_path):
    rules = tmp_path / "own.py"
    rules.write_text(OWN, encoding="utf-8")
    lived(GROUP_A, *ALIKE, "--weeks", 60, "--rules", rules, "--save-at", 50, out=tmp_path / "saved")
    checkpoint = tmp_path / "saved" / "checkpoint.npz"
    lived("--from", checkpoint, "--rules", rules, "--weeks", 100, out=tmp_path / "went")
    lived(GROUP_A, *ALIKE, "--weeks", 100, "--rules", rules, out=tmp_path / "whole")
    assert differing(tmp_path / "went", tmp_path / "whole") == []
    assert read_tables(tmp_path / "went")["people"].column("own_stones").null_count == 0


def test_it_has_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lived(str(SCENARIOS / "groupA.yaml"), *ALIKE, "--weeks", 40, "--save-at", 30, out=tmp_path / "saved")
    assert sameboat("run", "--from", "saved", "--quiet").status == 0
    assert (tmp_path / "results" / "groupA-from-30" / "record.json").is_file()


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    folder = tmp_path_factory.mktemp("saved")
    path = folder / "here.npz"
    said = sameboat("run", GROUP_A, *SETTINGS, "--weeks", 40, "--save-at", 30, "--checkpoint", path, "--quiet",
                    "--out", folder / "results")  # fmt: skip
    assert said.status == 0, said.err
    return path


@pytest.mark.parametrize(
    ("arguments", "match"),
    [
        (("--seed", 5), "--seed: what has been lived cannot be changed"),
        (("--account", "company"), "--account: what has been lived"),
        (("--set", "run.seed=5"), "found a value from the beginning"),
        (("--set", "group.phone_line=false"), "expected NAME@WEEK=VALUE, from week 30 on"),
        (("--set", "group.phone_line@29=false"), "from week 30 on"),
        (("--set", "run.seed@35=5"), "cannot change in mid-life"),
        (("--set", "group.phone_line@35=7"), "expected true or false"),
        (("--weeks", 29), "found 29 weeks, and 30 have been lived"),
        (("--contacts",), "was saved without them"),
        (("--save-at", 20), "expected 30 to 40"),
        (("--save-at", 41), "expected 30 to 40"),
        (("--checkpoint", "x.npz"), "no --save-at WEEK"),
        ((GROUP_A,), "and not both"),
    ],
)
def test_what_would_change_the_past_is_one_line(arguments, match, checkpoint, tmp_path):
    said = sameboat("run", "--from", checkpoint, *arguments, "--out", tmp_path / "out")
    assert match in said.problem
    assert not (tmp_path / "out").exists()


def test_results_with_a_checkpoint_are_exported_as_all_others(checkpoint, tmp_path):
    out = tmp_path / "out"
    assert sameboat("run", "--from", checkpoint, "--save-at", 35, "--out", out, "--quiet").status == 0
    assert (out / "checkpoint.npz").is_file()
    said = sameboat("export", out, "--as", "csv", "--out", tmp_path / "csv")
    assert said.status == 0, said.err


def test_a_damaged_or_missing_file_is_one_line(checkpoint, tmp_path):
    (tmp_path / "cut.npz").write_bytes(checkpoint.read_bytes()[:5000])
    assert "is damaged, or no checkpoint" in sameboat("run", "--from", tmp_path / "cut.npz").problem
    assert "no such file" in sameboat("run", "--from", tmp_path / "none.npz").problem
    assert "expected a scenario file, or --from" in sameboat("run").problem


def test_a_life_saved_in_python_has_not_what_tables_need(checkpoint, tmp_path):
    Life.resume(checkpoint).save(tmp_path / "life.npz")
    assert "was saved by Life.save and not by a run" in sameboat("run", "--from", tmp_path / "life.npz").problem


def test_nothing_that_is_there_is_replaced_unasked(checkpoint, tmp_path):
    arguments = ("run", GROUP_A, *SETTINGS, "--weeks", 40, "--save-at", 30, "--out", tmp_path / "out", "--quiet")
    mine = tmp_path / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    assert "another file is there" in sameboat(*arguments, "--checkpoint", mine, "--overwrite").problem
    assert mine.read_text(encoding="utf-8") == "mine"
    assert "replace it with --overwrite" in sameboat(*arguments, "--checkpoint", checkpoint).problem
    assert "no folder" in sameboat(*arguments, "--checkpoint", tmp_path / "no" / "x.npz").problem
    assert "is a folder" in sameboat(*arguments, "--checkpoint", tmp_path).problem
    assert sameboat(*arguments).status == 0
    inside = sameboat("run", "--from", tmp_path / "out" / "checkpoint.npz", "--out", tmp_path / "out", "--overwrite")
    assert "lies in the folder that would be replaced" in inside.problem
