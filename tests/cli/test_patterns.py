"""``patterns``: what it says, writes and leaves behind, and how a mistake is explained."""

from __future__ import annotations

import json

import pyarrow.parquet as pq
import pytest

from analysis.studies.patterns.outside import ABOVE, BELOW, INSIDE, NOTHING
from tests.analysis.lives import contents, unkind_words
from tests.cli.command_line import ABSENT, GROUP_A, sameboat
from tests.cli.exported import exports_in_full
from tests.cli.reported import read_in_a_browser

TABLES = (
    "correlations", "stability", "starting_and_stopping", "drift", "ending", "lasting", "survival", "reasons", "yearly",
    "new_people", "measures", "outside",
)  # fmt: skip
FIGURES = ("correlations", "drift", "ending")
SMALL = (
    "--runs", "4", "--set", "people.residents=16", "--set", "run.lead_in_weeks=5", "--set", "run.weeks=160",
    "--set", "joining.visit_per_year=3", "--set", "joining.publicity_per_year=3", "--set", "organising.low_weeks=5",
)  # fmt: skip


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """One whole study, and what was said; nobody changes it."""
    folder = tmp_path_factory.mktemp("patterns") / "out"
    return folder, sameboat("patterns", GROUP_A, *SMALL, "--out", folder)


def test_it_writes_all_that_is_promised(done):
    folder, said = done
    assert (said.status, said.err) == (0, "")
    tables = {f"{name}.{ending}" for name in TABLES for ending in ("parquet", "csv")}
    figures = {f"{name}.{ending}" for name in FIGURES for ending in ("png", "svg")}
    assert set(contents(folder)) == {*tables, *figures, "summary.txt", "report.html", "record.json"}
    assert json.loads((folder / "record.json").read_text())["kind"] == "patterns"


def test_it_says_what_was_found_and_that_it_tunes_nothing(done):
    folder, said = done
    summary = (folder / "summary.txt").read_text(encoding="utf-8")
    assert summary in said.out
    for words in ("nothing is set by it", "no evidence", "Samaritans", "Pearson", "log(1 + count)", "several answers"):
        assert words in " ".join(said.out.split())
    assert unkind_words(said.out.replace('"success"', "")) == []
    assert max(map(len, summary.splitlines())) <= 132


def test_every_line_has_a_word_and_what_is_compared_a_source(done):
    for name in set(TABLES) - {"drift", "survival", "measures", "outside"}:
        for row in pq.read_table(done[0] / f"{name}.parquet").to_pylist():
            assert row["lies"] in (INSIDE, BELOW, ABOVE, NOTHING)
            assert bool(row["outside"]) == bool(row["source"]) == bool(row["seen"])
            assert row["outside"] or row["lies"] == NOTHING


def test_the_report_shows_all_that_was_found(done):
    page = read_in_a_browser(done[0])
    for words in ("Do lives drift", "Outside figures", "Mankowski", "our assumption", "4 of 4 runs; seeds 1 to 4"):
        assert words in page.words


def test_it_can_be_exported_in_full(done, tmp_path):
    exports_in_full(done[0], tmp_path / "out")


def test_threads_change_nothing(done, tmp_path):
    said = sameboat("patterns", GROUP_A, *SMALL, "--out", tmp_path / "again", "--quiet", "--threads", "1")
    assert (said.status, said.out, said.err) == (0, "", "")
    for name in TABLES:
        assert pq.read_table(tmp_path / "again" / f"{name}.parquet").equals(pq.read_table(done[0] / f"{name}.parquet"))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((ABSENT,), "group.exists is false"),
        ((GROUP_A, "--set", "run.weeks=51"), "run.weeks: found 51, expected 52 or more"),
        ((GROUP_A, "--set", "group.phone_line@20=true"), "takes no changes at a time"),
        (("scenarios/gruopA.yaml",), "did you mean scenarios/groupA.yaml?"),
        ((GROUP_A, "--runs", "2"), "2 is not in the range"),
    ],
    ids=str,
)
def test_a_mistake_is_explained_in_one_line_and_nothing_is_written(tmp_path, arguments, expected):
    assert expected in sameboat("patterns", *arguments, "--out", tmp_path / "out").problem
    assert list(tmp_path.iterdir()) == []


def test_stopped_while_living_it_leaves_nothing(tmp_path, monkeypatch):
    def stop(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("analysis.studies.patterns.study.read_off", stop)
    said = sameboat("patterns", GROUP_A, *SMALL, "--out", tmp_path / "out")
    assert said.status == 130
    assert list(tmp_path.iterdir()) == []
