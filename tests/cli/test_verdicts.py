"""``verdicts``: what it says, writes and leaves behind, and how a mistake is explained."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from tests.analysis.lives import contents, unkind_words
from tests.cli.command_line import sameboat
from tests.cli.reported import read_in_a_browser

SMALL = (
    "--runs",
    "4",
    "--claim",
    "C17",
    "--claim",
    "27",
    "--set",
    "people.residents=30",
    "--set",
    "run.lead_in_weeks=8",
)
FILES = (
    *(f"{name}.{ending}" for name in ("grid", "shared", "apart") for ending in ("parquet", "csv")),
    *(f"{name}.{ending}" for name in ("grid", "apart") for ending in ("png", "svg")),
    "summary.txt", "report.html", "record.json",
)  # fmt: skip


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """One whole study, and what was said; nobody changes it."""
    folder = tmp_path_factory.mktemp("verdicts") / "out"
    return folder, sameboat("verdicts", "--accounts", "nothing", "full", *SMALL, "--out", folder)


def test_it_writes_all_that_is_promised(done):
    folder, said = done
    assert (said.status, said.err) == (0, "")
    assert set(contents(folder)) == set(FILES)


def test_it_says_what_was_found(done):
    folder, _ = done
    words = " ".join((folder / "summary.txt").read_text(encoding="utf-8").split())
    for part in (
        "nothing",
        "full",
        "C17",
        "C27",
        "4 runs of each arm under each account",
        "tell accounts apart",
        "Samaritans",
    ):
        assert part in words, part
    assert unkind_words(words.replace('"success"', "")) == []
    grid = pq.read_table(folder / "grid.parquet").to_pylist()
    assert [(row["claim"], row["account"]) for row in grid] == [
        ("C17", "nothing"), ("C27", "nothing"), ("C17", "full"), ("C27", "full")
    ]  # fmt: skip


def test_the_report_reads_in_a_browser(done):
    read_in_a_browser(done[0])


def test_it_can_be_made_again(done):
    again = sameboat("rerun", done[0])
    assert again.status == 0 and "identical" in again.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--account", "full"), "--accounts"),
        (("--accounts", "fall"), "full"),
        (("--claim", "C99"), "no such claim"),
        (("--set", "run.weeks=3"), "decided by the trial itself"),
        (("--set", "people.residents=-3"), "people.residents"),
    ],
)
def test_a_mistake_is_one_line(arguments, said, tmp_path):
    assert said in sameboat("verdicts", *arguments, "--out", tmp_path / "out").problem
    assert not (tmp_path / "out").exists()


def test_claims_can_be_asked_what_they_rest_on(tmp_path, monkeypatch):
    from analysis.studies.claims import rests, study
    from analysis.studies.claims.moves import OFF, Move

    ties = [Move("mechanisms.ties", OFF, False, True)]
    monkeypatch.setattr(rests, "moves_of", lambda arms: ties)
    monkeypatch.setattr(study, "moves_of", lambda arms: ties)
    small = ("--at-centre", "--set", "people.residents=30", "--set", "run.lead_in_weeks=8")
    said = sameboat("claims", "--claim", "C17", "--runs", "5", "--rests", "4", *small, "--out", tmp_path / "out")
    assert said.status == 0
    moved = pq.read_table(tmp_path / "out" / "moved.parquet").to_pylist()
    assert {row["moved"] for row in moved} == {"mechanisms.ties"} and {row["claim"] for row in moved} == {"C17"}
    assert "identical" in sameboat("rerun", tmp_path / "out").out
