"""The command line: what each command says, writes and leaves behind, and how a mistake is explained."""

from __future__ import annotations

import errno
import json
import os
import signal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.studies.run.figures import DRAWERS as FIGURES
from analysis.studies.run.tables import TABLES
from tests.analysis.lives import contents, unkind_words
from tests.builders import ROOT
from tests.cli.command_line import ABSENT, GROUP_A, SMALL, sameboat

# run


def test_a_run_writes_all_that_is_promised(kept):
    folder, said = kept
    assert said.status == 0, said.err
    assert sorted(contents(folder)) == sorted(
        ["record.json", "summary.txt"]
        + [f"{name}.{ending}" for name in TABLES for ending in ("parquet", "csv")]
        + [f"{name}.{ending}" for name in FIGURES for ending in ("png", "svg")]
    )
    assert all(contents(folder).values())
    assert len(TABLES) == 5
    for name in FIGURES:
        assert (folder / f"{name}.png").read_bytes().startswith(b"\x89PNG\r\n")
    assert [path.name for path in folder.parent.iterdir()] == ["groupA"]


def test_a_run_prints_its_summary_and_where_the_results_are(kept):
    folder, said = kept
    assert (folder / "summary.txt").read_text(encoding="utf-8") in said.out
    assert f"Tables and figures are in {folder}." in said.out
    assert "Samaritans" in said.out
    assert unkind_words(said.out.replace(str(folder), "")) == []


def test_the_readme_promises_no_other_files(kept):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in contents(kept[0]):
        if not name.endswith((".csv", ".png", ".svg")):
            assert f"`{name}`" in readme
    for name in FIGURES:
        assert f"`{name}`" in readme


@pytest.mark.usefixtures("without_figures")
def test_a_scenario_alone_is_run_into_a_folder_of_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = sameboat(ABSENT, *SMALL, "--quiet")
    assert (said.status, said.out, said.err) == (0, "", "")
    assert (tmp_path / "results" / "absent" / "record.json").is_file()
    assert not list((tmp_path / "results" / "absent").glob("*.csv"))


@pytest.mark.usefixtures("without_figures")
def test_the_same_run_replaces_itself_silently(results):
    said = sameboat("run", GROUP_A, *SMALL, "--out", results, "--quiet")
    assert (said.status, said.out, said.err) == (0, "", "")
    assert not (results / "weeks.csv").exists()


@pytest.mark.usefixtures("without_figures")
def test_another_runs_folder_is_refused_unless_one_says_overwrite(results):
    before = contents(results.parent)
    problem = sameboat("run", GROUP_A, *SMALL, "--seed", 5, "--out", results).problem
    assert "holds other results of `run` (groupA: other first seed)" in problem
    assert "--overwrite" in problem
    assert contents(results.parent) == before
    assert sameboat("run", GROUP_A, *SMALL, "--seed", 5, "--out", results, "--overwrite").status == 0
    assert json.loads((results / "record.json").read_text())["first_seed"] == 5


def test_a_foreign_folder_is_refused_even_with_overwrite(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    for more in ((), ("--overwrite",)):
        assert "thesis.txt" in sameboat("run", GROUP_A, *SMALL, "--out", tmp_path, *more).problem
    assert contents(tmp_path) == {"thesis.txt": b"years of work"}


@pytest.mark.parametrize("text", ["name: x\nrun:\n  weeks: 0\n", "name: x\nrun:\n  weaks: 5\n", "", "\0", "a: [1"])
def test_nothing_is_written_for_a_wrong_scenario(tmp_path, text):
    (tmp_path / "wrong.yaml").write_text(text)
    problem = sameboat("run", tmp_path / "wrong.yaml", "--out", tmp_path / "out" / "deep").problem
    assert problem.startswith(str(tmp_path / "wrong.yaml"))
    assert [path.name for path in tmp_path.iterdir()] == ["wrong.yaml"]


@pytest.mark.parametrize("end", ["ctrl-c", "ended", "disk full"])
def test_nothing_is_left_of_a_run_that_is_stopped_while_writing(tmp_path, monkeypatch, end):
    def draw(run, folder):
        assert (folder / "weeks.parquet").is_file()
        if end == "ctrl-c":
            raise KeyboardInterrupt
        if end == "ended":
            os.kill(os.getpid(), signal.SIGTERM)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("analysis.studies.frame.save_figures", draw)
    said = sameboat("run", GROUP_A, *SMALL, "--out", tmp_path / "new" / "life")
    assert said.status == {"ctrl-c": 130, "ended": 143, "disk full": 2}[end]
    assert "Traceback" not in said.err
    if end == "disk full":
        assert "the disk is full" in said.problem
    if end == "ctrl-c":
        assert said.err.strip() == "Error: stopped; nothing was written"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--set", "people.residens=12"), "did you mean people.residents?"),
        (("--set", "zzzz=1"), "unknown parameter 'zzzz'"),
        (("--set", "people.residents=many"), "found 'many', expected a whole number from 2 to 2000"),
        (("--set", "people.residents=1"), "found 1, expected a whole number from 2 to 2000"),
        (("--set", "group.exists=1"), "found 1, expected true or false"),
        (("--set", "people.women="), "expected a number from 0 to 1"),
        (("--set", "people.women"), "found no '='"),
        (("--set", "people.women=[1"), "not valid YAML"),
        (("--set", "group.meeting_days=[7]"), "a list of weekdays"),
        (("--seed", "-1"), "--seed run.seed: found -1"),
        (("--seed", str(2**63)), "--seed run.seed: found 9223372036854775808"),
        (("--seed", "one"), "found 'one', expected a whole number"),
        (("--weeks", "0"), "--weeks run.weeks: found 0, expected a whole number from 1 to 5200"),
        (("--weeks", "5201"), "found 5201"),
        (("--weeks", "1.5"), "found 1.5, expected a whole number"),
        (("--sed", "1"), "--seed"),
        (("--out",), "--out"),
        (("more.yaml",), "more.yaml"),
    ],
    ids=str,
)
def test_a_wrong_option_is_explained_in_one_line_and_nothing_is_written(tmp_path, options, expected):
    said = sameboat("run", GROUP_A, "--out", tmp_path / "out", *options)
    assert expected in said.problem
    assert list(tmp_path.iterdir()) == []


# rerun


def test_a_rerun_is_identical_and_writes_nothing(results):
    before = contents(results.parent)
    said = sameboat("rerun", results, "--quiet")
    assert said.status == 0, said.out + said.err
    assert said.out.splitlines()[-1].startswith(f"identical: {results} comes out the same, bit for bit")
    assert contents(results.parent) == before


def test_a_changed_table_is_named(results):
    people = pq.read_table(results / "people.parquet")
    place = people.schema.get_field_index("isolation")
    values = people.column(place).to_pylist()
    values[7] += 1e-12
    pq.write_table(people.set_column(place, people.schema.field(place), pa.array(values)), results / "people.parquet")
    said = sameboat("rerun", results, "--quiet")
    assert said.status == 1
    assert said.out.splitlines()[-2:] == [
        f"different: {results} does not come out the same", "  people: isolation"]  # fmt: skip


def edit(results, **changes):
    content = json.loads((results / "record.json").read_text(encoding="utf-8"))
    content.update(changes)
    (results / "record.json").write_text(json.dumps(content), encoding="utf-8")


def test_another_digest_is_named_and_other_circumstances_are_noted(results):
    edit(results, digest="0" * 64, source_digest="1" * 64, versions={"numpy": "0.1"})
    said = sameboat("rerun", results, "--quiet")
    assert said.status == 1
    assert "  digest: 0000000000000000..." in said.out
    assert "note: the model's source has changed" in said.out
    assert "note: numpy was 0.1, is " in said.out


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff\xfe", b"[" * 200_000, b'{"format": "sameboat run", "format_version": 1}',
     b'{"name": "another program\'s"}', b" " * 5_000_000, b'{"seed": 1' + b"0" * 5000 + b"}"],
    ids=["empty", "cut", "list", "binary", "deep", "hollow", "foreign", "huge", "endless number"],
)  # fmt: skip
def test_a_broken_or_foreign_record_is_explained_in_one_line(results, content):
    (results / "record.json").write_bytes(content)
    assert "record.json" in sameboat("rerun", results).problem


@pytest.mark.parametrize(
    "changes",
    [{"seed": "1"}, {"weeks": 10**9}, {"parameters": {}}, {"parameters": []}, {"versions": {"numpy": 1}},
     {"parameters": {"people.left_handed": {"value": 1, "origin": "x"}}}, {"evil\n\x1b[2J": 1}, {"seed": 10**4000}],
    ids=["text", "weeks", "none", "list", "versions", "unknown", "key", "long"],
)  # fmt: skip
def test_a_hostile_record_is_explained_in_one_line(results, changes):
    edit(results, **changes)
    problem = sameboat("rerun", results).problem
    assert "record.json" in problem
    assert problem.isprintable()


def test_a_rerun_of_what_is_no_results_folder_is_explained(results, tmp_path):
    assert "no such folder" in sameboat("rerun", tmp_path / "nowhere").problem
    assert "holds no record.json" in sameboat("rerun", tmp_path).problem
    assert "not a results folder" in sameboat("rerun", GROUP_A).problem
    (results / "story.parquet").unlink()
    assert "story.parquet: is missing" in sameboat("rerun", results).problem


# other tables


@pytest.mark.usefixtures("without_figures")
def test_contacts_and_weeks_together_are_in_the_record_and_come_out_again(tmp_path):
    folder = tmp_path / "out"
    asked = ("run", GROUP_A, *SMALL, "--out", folder, "--every", 4, "--contacts", "--csv", "--quiet")
    assert sameboat(*asked).status == 0
    assert json.loads((folder / "record.json").read_text())["settings"] == {"every": 4, "contacts": True}
    assert (folder / "contacts.csv").read_text().startswith('"week","person","other","hours"')
    assert "texts_these_weeks" in pq.read_table(folder / "people.parquet").column_names
    said = sameboat("rerun", folder, "--quiet")
    assert said.out.splitlines()[-1].startswith("identical:")
    assert sameboat("export", folder, "--as", "csv", "--out", tmp_path / "sheets", "--quiet").status == 0
    assert any("contacts" in path.name for path in (tmp_path / "sheets").iterdir())
    problem = sameboat("run", GROUP_A, *SMALL, "--out", folder).problem
    assert "settings" in problem
