"""``factorial``: what it says, writes and leaves behind, and how a mistake is explained."""

from __future__ import annotations

import json

import numpy as np
import pyarrow.parquet as pq
import pytest

from analysis.studies.factorial.lives import READINGS
from tests.analysis.lives import contents, unkind_words
from tests.analysis.studies.factorial.written import FACTORS, factor, write_factorial
from tests.builders import SCENARIOS
from tests.cli.command_line import GROUP_A, sameboat
from tests.cli.exported import exports_in_full
from tests.cli.reported import read_in_a_browser

SHIPPED = SCENARIOS / "factorials" / "origin.yaml"
TABLES, FIGURES = ("factors", "cells", "effects", "split"), ("effects", "interactions")
FILES = (
    *(f"{name}.{ending}" for name in TABLES for ending in ("parquet", "csv")),
    *(f"{name}.{ending}" for name in FIGURES for ending in ("png", "svg")),
    "summary.txt", "report.html", "record.json",
)  # fmt: skip
SMALL = ("--runs", "4", "--years", "1")


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """One whole study, and what was said; nobody changes it."""
    home = tmp_path_factory.mktemp("factorial")
    return home / "out", sameboat("factorial", write_factorial(home), *SMALL, "--out", home / "out")


def test_it_writes_all_that_is_promised(done):
    folder, said = done
    assert (said.status, said.err) == (0, "")
    assert set(contents(folder)) == set(FILES)
    assert all(contents(folder).values())


def test_it_says_what_was_found_and_which_stratum_is_which(done):
    folder, said = done
    assert (folder / "summary.txt").read_text(encoding="utf-8") in said.out
    words = " ".join(said.out.split())
    for part in (
        "Group A is weekly, none, women; group B is twice, 24 h, users.", "8 cells, each of 4 runs, seeds 1 to 4",
        "depends on the cell", "the same people in every cell", "group B minus group A", "rhythm: How often?",
        "follows from assumptions", "no evidence about real groups", "Samaritans", "How often? Twice instead of weekly",
    ):  # fmt: skip
        assert part in words, part
    assert unkind_words(said.out.replace('"success"', "")) == []
    assert max(map(len, (folder / "summary.txt").read_text(encoding="utf-8").splitlines())) <= 132


def test_no_share_is_given_of_what_may_be_zero(done):
    rows = pq.read_table(done[0] / "split.parquet").to_pylist()
    whole = {(row["stratum"], row["outcome"]): row for row in rows if row["part"] == "whole"}
    given = 0
    for row in rows:
        of = whole[row["stratum"], row["outcome"]]
        sure = of["size_low"] is not None and (of["size_low"] > 0 or of["size_high"] < 0)
        assert (row["share"] is not None) == (sure and row["part"] != "whole")
        given += row["share"] is not None
    assert 0 < given < len(rows)
    assert "It may be zero, so no share is given." in " ".join(done[1].out.split())


def test_parts_in_the_table_sum_to_the_whole(done):
    rows = pq.read_table(done[0] / "split.parquet").to_pylist()
    for one in READINGS:
        mine = [row for row in rows if row["outcome"] == one.label and row["unit"] == one.unit]
        for stratum in {row["stratum"] for row in mine}:
            *parts, whole = (row["size"] for row in mine if row["stratum"] == stratum)
            if whole is not None:
                assert sum(parts) == pytest.approx(whole, abs=1e-12)


def test_a_row_for_every_cell_with_the_label_of_each_level(done):
    table = pq.read_table(done[0] / "cells.parquet").to_pydict()
    assert len(table["cell"]) == 8 * len(READINGS)
    assert (table["cell"][0], table["cell"][-1]) == ("1-1-1", "2-2-2")
    assert (table["level_rhythm"][0], table["level_line"][-1], table["level_who"][-1]) == ("weekly", "24 h", "users")


def test_the_same_study_comes_out_the_same_from_its_record(done):
    said = sameboat("rerun", done[0], "--quiet", "--threads", "1")
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("identical")


def test_the_record_says_what_was_done(done, tmp_path):
    record = json.loads((done[0] / "record.json").read_text(encoding="utf-8"))
    assert (record["kind"], record["runs"], record["finished_runs"]) == ("factorial", 4, 4)
    assert list(record["arms"]) == ["group A", "group B"]
    assert list(record["settings"]["factors"]) == list(FACTORS)
    record["settings"]["factors"] = {"rhythm": record["settings"]["factors"]["rhythm"]}
    (tmp_path / "record.json").write_text(json.dumps(record), encoding="utf-8")
    assert "factors: not as this version writes it" in sameboat("rerun", tmp_path).problem


def test_stopped_it_keeps_the_runs_that_were_finished(tmp_path, monkeypatch):
    from analysis.compare import comparison

    lived = []

    def live(task, tie_years):
        lived.append(task)
        if len(lived) > 3 * 9:
            raise KeyboardInterrupt
        return original(task, tie_years)

    original = comparison._live
    monkeypatch.setattr(comparison, "_live", live)
    path = write_factorial(tmp_path)
    said = sameboat("factorial", path, *SMALL, "--threads", "1", "--out", tmp_path / "out")
    assert said.status == 130
    assert "stopped after 3 of 4 runs; these were kept" in said.err
    assert json.loads((tmp_path / "out" / "record.json").read_text(encoding="utf-8"))["finished_runs"] == 3


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("orgin",), "did you mean origin?"),
        ((GROUP_A,), "which begins with `factorial: NAME`"),
        ((SHIPPED, "--runs", "2"), "2 is not in the range"),
        ((SHIPPED, "--years", "0"), "0.0 is not in the range"),
        ((SHIPPED, "--set", "meeting.strenth=1"), "did you mean meeting.strength?"),
        ((SHIPPED, "--set", "group.founders=3"), "the factor origin of"),
        ((SHIPPED, "--set", "run.lead_in_weeks=5"), "expected a multiple of 4"),
    ],
    ids=str,
)
def test_a_mistake_is_explained_in_one_line_and_nothing_is_written(tmp_path, arguments, expected):
    assert expected in sameboat("factorial", *arguments, "--out", tmp_path / "out").problem
    assert list(tmp_path.iterdir()) == []


def test_check_takes_a_factorial_file(tmp_path):
    said = sameboat("check", SHIPPED)
    assert (said.status, said.err) == (0, "")
    assert said.out == f"{SHIPPED}: valid (factorial origin; 2 x 2 x 2 x 2 x 2 levels, 32 cells)\n"
    wrong = write_factorial(tmp_path, FACTORS | {"one": factor(a={"group.phone_line": True})})
    problem = sameboat("check", wrong).problem
    assert problem.startswith(f"{wrong}:")
    assert "at least two levels by label" in problem


def test_a_group_to_which_nobody_comes_is_told_without_a_crash(tmp_path):
    path = write_factorial(tmp_path)
    said = sameboat(
        "factorial", path, *SMALL, "--set", "people.residents=2", "--set", "people.women=0", "--out", tmp_path / "out"
    )
    assert said.status == 0, said.err
    assert "there is nobody to count" in " ".join(said.out.split())


def test_more_than_two_levels_are_each_held_against_the_first(tmp_path):
    places = factor("How large?", small={"group.places": 4}, middling={"group.places": 8}, large={"group.places": 12})
    path = write_factorial(tmp_path, {"places": places, "line": FACTORS["line"]})
    said = sameboat("factorial", path, *SMALL, "--out", tmp_path / "out")
    assert (said.status, said.err) == (0, "")
    effects = pq.read_table(tmp_path / "out" / "effects.parquet").column("effect").to_pylist()
    assert list(dict.fromkeys(effects)) == [
        "places: middling", "places: large", "line", "places: middling x line", "places: large x line",
    ]  # fmt: skip


def test_the_report_shows_all_that_was_found(done):
    page = read_in_a_browser(done[0])
    for words in ("group B minus group A", "4 of 4 runs; seeds 1 to 4", "How often? weekly, or twice.", "depends on"):
        assert words in page.words


def test_every_column_says_what_it_is_and_it_can_be_exported_in_full(done, tmp_path):
    exports_in_full(done[0], tmp_path / "out")
    for name in TABLES:
        table = pq.read_table(done[0] / f"{name}.parquet").to_pydict()
        assert all(len(column) for column in table.values())
    sizes = np.array(pq.read_table(done[0] / "effects.parquet").column("size").to_pylist(), float)
    assert np.isfinite(sizes).any()
