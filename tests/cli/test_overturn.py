"""``overturn``: what it says, writes and leaves behind, and how a mistake is explained."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pyarrow.parquet as pq
import pytest

from analysis.studies.frame import write
from analysis.studies.overturn.mechanisms import MECHANISMS, NAMES, WORLDS
from analysis.studies.overturn.study import OverturnStudy
from sim.scenario import load
from tests.analysis.lives import contents, unkind_words
from tests.cli.command_line import ABSENT, GROUP_A, sameboat
from tests.cli.exported import exports_in_full
from tests.cli.reported import read_in_a_browser

TABLES = ("mechanisms", "shares", "pairs", "worlds", "rivals", "reporting", "reporting_curve")
FIGURES = ("shares", "alone", "rivals", "reporting")
FILES = (
    *(f"{name}.{ending}" for name in TABLES for ending in ("parquet", "csv")),
    *(f"{name}.{ending}" for name in FIGURES for ending in ("png", "svg")),
    "summary.txt",
    "report.html",
)
SMALL = (
    "--runs", "3", "--years", "0.5", "--set", "people.residents=16", "--set", "run.lead_in_weeks=4",
    "--set", "joining.visit_per_year=5", "--set", "joining.publicity_per_year=3", "--set", "group.women_only=false",
)  # fmt: skip


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """One whole study, and what was said; nobody changes it."""
    folder = tmp_path_factory.mktemp("overturn") / "out"
    return folder, sameboat("overturn", GROUP_A, *SMALL, "--out", folder)


def test_it_writes_all_that_is_promised(done):
    folder, said = done
    assert said.status == 0, said.err
    assert set(contents(folder)) == ({*FILES, "record.json"} - {"worlds.csv"})
    assert all(contents(folder).values())
    for name in FIGURES:
        assert (folder / f"{name}.png").read_bytes().startswith(b"\x89PNG\r\n")
        assert "<desc" in (folder / f"{name}.svg").read_text() or "description" in (folder / f"{name}.svg").read_text()
    assert [path.name for path in folder.parent.iterdir()] == ["out"]


def test_it_says_what_was_found_and_that_it_rests_on_assumptions(done):
    folder, said = done
    assert (folder / "summary.txt").read_text(encoding="utf-8") in said.out
    for words in ("follows from assumptions", "no evidence", "before-after", "Samaritans", "parts sum to the whole"):
        assert words in said.out
    for mechanism in MECHANISMS:
        assert mechanism.label in said.out
    assert unkind_words(said.out.replace('"success"', "")) == []
    summary = (folder / "summary.txt").read_text(encoding="utf-8")
    assert max(map(len, summary.splitlines())) <= 132


def test_every_column_says_what_it_is(done):
    for name in TABLES:
        for field in pq.read_schema(done[0] / f"{name}.parquet"):
            assert field.metadata[b"unit"], (name, field.name)
            assert field.metadata[b"meaning"], (name, field.name)


def test_parts_in_the_table_sum_to_the_whole(done):
    table = pq.read_table(done[0] / "shares.parquet").to_pydict()
    shapley, whole = (
        np.array(table["shapley"]).reshape(-1, len(NAMES)),
        np.array(table["whole"]).reshape(-1, len(NAMES)),
    )
    assert shapley.sum(axis=1) == pytest.approx(whole[:, 0], abs=1e-12)
    assert table["mechanism"][: len(NAMES)] == list(NAMES)


def test_a_row_for_every_world_and_nothing_at_work_is_no_difference(done):
    rows = pq.read_table(done[0] / "worlds.parquet").to_pylist()
    assert len({row["world"] for row in rows}) == WORLDS
    nothing = [row for row in rows if row["world"] == "nothing"]
    assert not any(row[name] for row in nothing for name in NAMES)
    assert {row["difference"] for row in nothing if row["difference"] is not None} == {0.0}


def test_the_record_says_what_was_done(done):
    record = json.loads((done[0] / "record.json").read_text())
    assert record["kind"] == "overturn"
    assert (record["runs"], record["finished_runs"], record["first_seed"]) == (3, 3, 1)
    assert record["settings"]["years"] == pytest.approx(0.5, abs=2 / 52)  # looked at every four weeks
    assert set(record["settings"]["mechanisms"]) == set(NAMES)


@pytest.mark.slow
def test_the_same_study_comes_out_the_same(done, tmp_path):
    said = sameboat("overturn", GROUP_A, *SMALL, "--out", tmp_path / "again", "--quiet", "--threads", "1")
    assert (said.status, said.out, said.err) == (0, "", "")
    for name in (*TABLES,):
        assert pq.read_table(tmp_path / "again" / f"{name}.parquet").equals(pq.read_table(done[0] / f"{name}.parquet"))


def test_another_studys_folder_is_kept(done):
    before = contents(done[0])
    problem = sameboat("overturn", GROUP_A, *SMALL, "--seed", 7, "--out", done[0]).problem
    assert "--overwrite" in problem
    assert contents(done[0]) == before


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((ABSENT,), "without a group there is nothing to take apart"),
        (("scenarios/gruopA.yaml",), "did you mean scenarios/groupA.yaml?"),
        ((GROUP_A, "--runs", "2"), "2 is not in the range"),
        ((GROUP_A, "--years", "0"), "0.0 is not in the range"),
        ((GROUP_A, "--set", "meeting.strenth=1"), "did you mean meeting.strength?"),
        ((GROUP_A, "--set", "run.lead_in_weeks=5"), "expected a multiple of 4"),
        ((), "Missing argument"),
    ],
    ids=str,
)
def test_a_mistake_is_explained_in_one_line_and_nothing_is_written(tmp_path, arguments, expected):
    assert expected in sameboat("overturn", *arguments, "--out", tmp_path / "out").problem
    assert list(tmp_path.iterdir()) == []


def test_stopped_while_living_it_leaves_nothing(tmp_path, monkeypatch):
    def stop(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("analysis.studies.overturn.study.live_rivals", stop)
    said = sameboat("overturn", GROUP_A, *SMALL, "--out", tmp_path / "out")
    assert said.status == 130
    assert "nothing was written" in said.err
    assert list(tmp_path.iterdir()) == []


def test_stopped_while_drawing_it_leaves_nothing(tmp_path, monkeypatch):
    def stop(found, folder):
        assert (folder / "shares.parquet").is_file()
        raise KeyboardInterrupt

    monkeypatch.setattr("analysis.studies.frame.save_figures", stop)
    assert sameboat("overturn", GROUP_A, *SMALL, "--out", tmp_path / "out").status == 130
    assert list(tmp_path.iterdir()) == []


def test_a_group_to_which_nobody_comes_is_told_without_a_crash(tmp_path):
    # Two people in the area, none of whom the group would take.
    said = sameboat(
        "overturn", GROUP_A, *SMALL, "--set", "people.residents=2", "--set", "people.women=0", "--set",
        "group.women_only=true", "--out", tmp_path / "out",
    )  # fmt: skip
    assert said.status == 0, said.err
    assert "Nobody ever came." in said.out


def test_the_report_shows_all_that_was_found(done):
    page = read_in_a_browser(done[0])
    for words in ("It hangs most on", "Is it only company?", "3 of 3 runs; seeds 1 to 3", "worlds.parquet"):
        assert words in page.words


def test_every_row_of_rivals_is_about_one_population(done):
    rows = pq.read_table(done[0] / "rivals.parquet").to_pylist()
    seen, everyone = rows[::2], rows[1::2]
    assert {row["population"] for row in seen} == {"came, and were seen before they came"}
    assert {row["population"] for row in everyone} == {"all who ever came"}
    assert any(one["people"] < other["people"] for one, other in zip(seen, everyone, strict=True))
    for one, other in zip(seen, everyone, strict=True):
        assert (one["arm"], one["outcome"]) == (other["arm"], other["outcome"])
        assert one["people"] <= other["people"]
        assert one["standardised"] is None
        assert other["change"] is other["twin_change"] is other["anyway"] is None
        if one["people"] == other["people"] > 0:
            assert one["difference"] == pytest.approx(other["difference"], abs=1e-12)
    said = done[1].out
    assert said.count("Those who came and were seen before they came\n") == said.count("All who ever came, seen") == 3


def test_it_can_be_exported_in_full(done, tmp_path):
    exports_in_full(done[0], tmp_path / "out")


def test_it_is_made_again_with_what_its_record_says_and_not_with_what_this_version_assumes(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.studies.frame.save_figures", lambda found, folder: None)
    small = {"people.residents": 24, "run.lead_in_weeks": 8, "joining.visit_per_year": 5.0, "group.women_only": False}
    scenario = load(GROUP_A).with_values(small)
    study = OverturnStudy.of(scenario, "groupA", 0.5, 1, 3)
    plain = study.live()
    study.settings["mechanisms"]["hearing"] |= {"meeting.learn": 0.4}
    study.settings["assumptions"]["noticing"] = 0.03
    study.settings["plausible_assumptions"]["optimism"] = [0.0, 0.75]
    study.settings["rivals"] |= {"need_powers": [0.0, 3.0], "judging": {"group.acceptance": 0.1}}
    other = study.live()
    for name in ("mechanisms", "worlds", "rivals", "reporting"):
        assert not other.tables[name].equals(plain.tables[name]), name
    write(other, tmp_path / "out")
    assert "identical" in sameboat("rerun", tmp_path / "out", "--quiet").out
    record = json.loads((tmp_path / "out" / "record.json").read_text(encoding="utf-8"))
    record["settings"]["mechanisms"]["kindness"] = record["settings"]["mechanisms"].pop("harms")
    (tmp_path / "out" / "record.json").write_text(json.dumps(record), encoding="utf-8")
    said = sameboat("rerun", tmp_path / "out", "--quiet")
    assert said.status == 2
    assert "mechanisms: found company, likeness, acceptance, hearing, helping, contact, kindness, exp" in said.problem


def test_a_record_from_before_rivals_were_recorded_is_made_again(done, tmp_path):
    folder = shutil.copytree(done[0], tmp_path / "out")
    record = json.loads((folder / "record.json").read_text(encoding="utf-8"))
    del record["settings"]["rivals"], record["settings"]["plausible_assumptions"]
    (folder / "record.json").write_text(json.dumps(record), encoding="utf-8")
    assert "identical" in sameboat("rerun", folder, "--quiet").out
