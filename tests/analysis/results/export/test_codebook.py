"""Names that programs accept, labels, and the codebook."""

from __future__ import annotations

import csv

import pytest

from analysis.results.export import export
from analysis.results.export.codebook import SPSS, STATA, cut, label, names_for
from analysis.results.loading import Column

RESERVED = ("ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("group.acceptance", "group.acceptance"), ("a (position)", "a_position"), ("2nd", "v_2nd"), ("é", "column"),
     ("x" * 80, "x" * 64), ("ends.", "ends"), ("without", "without"), *((word, f"v_{word}") for word in RESERVED),
     ("by", "v_by"), ("_x", "x")],
)  # fmt: skip
def test_names_that_spss_accepts(name, expected):
    assert names_for(SPSS, [name]) == [expected]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("group.acceptance", "group_acceptance"), ("x" * 80, "x" * 32), ("if", "v_if"), ("str12", "v_str12"), ("_n", "n"),
     ("byte", "v_byte"), ("stress", "stress"), ("using", "v_using"), ("with", "v_with")],
)  # fmt: skip
def test_names_that_stata_accepts(name, expected):
    assert names_for(STATA, [name]) == [expected]


def test_names_that_a_program_takes_for_the_same_are_told_apart():
    assert names_for(SPSS, ["open", "Open", "a b", "a_b"]) == ["open", "Open_2", "a_b", "a_b_2"]
    long = names_for(STATA, ["x" * 40] * 12)
    assert len(set(long)) == 12
    assert max(map(len, long)) <= 32


def test_a_label_says_the_unit_unless_there_is_none_and_is_cut_between_letters():
    assert label(Column("t", "c", "number", "0-1", "isolation", ()), 80) == "isolation [0-1]"
    assert label(Column("t", "c", "words", "words", "what is compared", ()), 80) == "what is compared"
    assert label(Column("t", "c", "words", "", "", ()), 80) == "c"
    assert cut("ü" * 50, 80) == "ü" * 38 + "..."


def test_the_codebook_says_what_every_column_is(results, tmp_path):
    export(results, tmp_path, ["csv"])
    with (tmp_path / "codebook.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["table"], row["column"]) for row in rows} == {(t, c) for t in results for c in results[t].column_names}
    assert all(row["unit"] and row["meaning"] for row in rows)
    arm = next(row for row in rows if (row["table"], row["column"]) == ("effects", "arm"))
    assert arm["values"] == "1 = groupA; 2 = judging"
    assert "not evidence that groups work or are safe" in (tmp_path / "README.txt").read_text()
