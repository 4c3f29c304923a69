"""``breakeven``: what it says, writes and leaves behind, and how a mistake is explained."""

from __future__ import annotations

import json

import pyarrow.parquet as pq
import pytest

from analysis.studies.breakeven.command import WITHOUT
from analysis.studies.breakeven.search import READINGS
from analysis.studies.overturn.mechanisms import NAMES
from tests.analysis.lives import contents, unkind_words
from tests.builders import ROOT
from tests.cli.command_line import ABSENT, GROUP_A, sameboat
from tests.cli.exported import exports_in_full
from tests.cli.reported import read_in_a_browser

TABLES = ("curve", "lived", "published")
FIGURES = ("breakeven",)
FILES = (
    *(f"{name}.{ending}" for name in TABLES for ending in ("parquet", "csv")),
    *(f"{name}.{ending}" for name in FIGURES for ending in ("png", "svg")),
    "summary.txt",
    "report.html",
)
GROUP_B = str(ROOT / "scenarios" / "groupB.yaml")
SMALL = (
    "--runs", "4", "--years", "0.5", "--set", "people.residents=24", "--set", "run.lead_in_weeks=4",
    "--set", "joining.visit_per_year=5", "--set", "joining.publicity_per_year=3", "--set", "group.women_only=false",
    "--at", "0",
)  # fmt: skip


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """One whole study of three curves, and what was said; nobody changes it."""
    folder = tmp_path_factory.mktemp("breakeven") / "out"
    return folder, sameboat("breakeven", GROUP_A, *SMALL, "--against", GROUP_B, "--without", "contact", "--out", folder)


def test_it_writes_all_that_is_promised(done):
    folder, said = done
    assert said.status == 0, said.err
    assert set(contents(folder)) == {*FILES, "record.json"}
    assert all(contents(folder).values())
    assert (folder / "breakeven.png").read_bytes().startswith(b"\x89PNG\r\n")
    assert [path.name for path in folder.parent.iterdir()] == ["out"]


def test_it_says_what_was_found_and_that_it_rests_on_assumptions(done):
    folder, said = done
    assert (folder / "summary.txt").read_text(encoding="utf-8") in said.out
    for words in (
        "follows from assumptions",
        "no evidence",
        "roughly",
        "2.03 (1.05-3.90)",
        "Giletta 2013",
        "Samaritans",
    ):
        assert words in said.out
    for beside in ("coping", "distress", "isolation"):
        assert beside in said.out
    assert unkind_words(said.out.replace('"success"', "")) == []
    summary = (folder / "summary.txt").read_text(encoding="utf-8")
    assert max(map(len, summary.splitlines())) <= 132


def test_there_is_a_point_for_every_curve_and_reading(done):
    rows = pq.read_table(done[0] / "curve.parquet").to_pylist()
    assert {(row["arm"], row["reading"]) for row in rows} == {
        (arm, words) for arm in ("groupA", "groupB", "groupA without contact") for words in READINGS.values()
    }
    for name in TABLES:
        for field in pq.read_schema(done[0] / f"{name}.parquet"):
            assert field.metadata[b"unit"], (name, field.name)
            assert field.metadata[b"meaning"], (name, field.name)


def test_the_record_says_what_was_done(done):
    record = json.loads((done[0] / "record.json").read_text())
    assert record["kind"] == "breakeven"
    assert record["settings"] == {"years": 0.5, "over": "contact.relief", "at": [0.0]}
    assert set(record["arms"]) == {"groupA", "groupB", "groupA without contact"}
    assert record["arms"]["groupA without contact"]["parameters"]["contact.between_meetings"]["value"] is False


def test_the_command_knows_every_mechanism():
    assert WITHOUT == NAMES


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((ABSENT,), "without a group"),
        ((GROUP_A, "--against", ABSENT), "without a group"),
        ((GROUP_A, "--against", GROUP_A), "two scenarios are called groupA"),
        ((GROUP_A, "--against", "scenarios/gruopB.yaml"), "did you mean scenarios/groupB.yaml?"),
        ((GROUP_A, "--at", "1.5"), "--at for contact.relief: found 1.5"),
        ((GROUP_A, "--over", "contact.releif"), "did you mean contact.relief"),
        ((GROUP_A, "--over", "episodes.social_influence"), "is what is searched for"),
        ((GROUP_A, "--over", "meeting.recent_days", "--strength", "1"), "--strength"),
        ((GROUP_A, "--accounts", "full", "--account", "company"), "leave --account out"),
        ((GROUP_A, "--accounts", "ful"), "did you mean full"),
        ((GROUP_A, "--without", "kindness"), "kindness"),
        ((GROUP_A, "--runs", "0"), "0 is not in the range"),
    ],
    ids=str,
)
def test_a_mistake_is_explained_in_one_line_and_nothing_is_written(tmp_path, arguments, expected):
    assert expected in sameboat("breakeven", *arguments, "--out", tmp_path / "out").problem
    assert list(tmp_path.iterdir()) == []


def test_other_people_cannot_be_compared(tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text("name: other\npeople:\n  residents: 12\n")
    said = sameboat("breakeven", GROUP_A, "--against", other, "--runs", "3", "--out", tmp_path / "out")
    assert "people.residents is 12, but 80 in groupA" in said.problem
    assert not (tmp_path / "out").exists()


def test_stopped_it_leaves_nothing(tmp_path, monkeypatch):
    def stop(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("analysis.studies.frame.save_figures", stop)
    said = sameboat("breakeven", GROUP_A, *SMALL, "--out", tmp_path / "out")
    assert said.status == 130
    assert list(tmp_path.iterdir()) == []


def test_where_nobody_tells_of_an_episode_it_says_that_there_is_no_break_even(tmp_path):
    said = sameboat("breakeven", GROUP_A, *SMALL, "--set", "meeting.tell_episode=0", "--out", tmp_path / "out")
    assert said.status == 0, said.err
    assert "no break-even up to 5" in said.out
    rows = pq.read_table(tmp_path / "out" / "curve.parquet").to_pylist()
    assert {row["outcome"] for row in rows} <= {"no break-even up to 5", "more episodes at any influence"}


def test_accounts_stand_side_by_side_over_any_size(tmp_path):
    chosen = ("--accounts", "company", "nothing", "--over", "meeting.strength", "--at", "0.06")
    said = sameboat("breakeven", GROUP_A, *SMALL[:-2], *chosen, "--out", tmp_path / "out")
    assert said.status == 0, said.err
    rows = pq.read_table(tmp_path / "out" / "curve.parquet").to_pylist()
    assert {row["arm"] for row in rows} == {"groupA-company", "groupA-nothing"}
    assert {row["over"] for row in rows} == {"meeting.strength"}
    assert {row["outcome"] for row in rows if row["arm"] == "groupA-nothing"} == {"no difference at any influence"}
    assert "`influence` is off" in " ".join(said.out.split())


def test_the_report_shows_all_that_was_found(done):
    page = read_in_a_browser(done[0])
    for words in ("Kappa is that rise", "groupA without contact", "with the group minus without", "Giletta 2013"):
        assert words in page.words


def test_it_can_be_exported_in_full(done, tmp_path):
    exports_in_full(done[0], tmp_path / "out")
