"""The report of any study: tables in words, and nothing left out."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.report.study import MOST_ROWS, Section, study_report
from analysis.results.columns import Column, table_of
from analysis.studies.frame import Findings, Study
from tests.analysis.report.reading import EVIL, Page
from tests.analysis.report.test_svg import drawing
from tests.analysis.small import arm


class Asked(Study):
    kind = "asked"
    large = frozenset({"long"})

    def live(self, threads=None, progress=None):
        raise NotImplementedError


class Found(Findings):
    finished = 3

    def __init__(self):
        self.study = Asked([arm()], 1, 3)
        numbers = np.array([0.06, np.nan, np.inf])
        self.tables = {
            "short": table_of([
                Column("what", "words", "which thing", [EVIL, "a-b 1-2", "other"]),
                Column("size", "hours", "its size", numbers),
                Column("size_low", "hours", "its size; lower end of the 95 % interval", numbers / 2),
                Column("size_high", "hours", "its size; upper end of the 95 % interval", numbers * 2),
                Column("yes", "yes/no", "whether it is so", np.array([True, False, True])),
                Column("many", "people", "how many", np.array([0, 1, 12345])),
            ]),
            "long": table_of([Column("n", "number", "number", np.arange(MOST_ROWS + 1))]),
        }  # fmt: skip

    def summary(self):
        return ""

    def figures(self):
        yield "one-a", drawing("The first of one kind.")
        yield "one-b", drawing("The second of one kind.")
        yield "two", drawing("Of another kind.")


def page_of(*sections):
    return Page(study_report(Found(), EVIL, EVIL, [EVIL], sections, asked=[EVIL]))


WHOLE = (
    Section("First part", [EVIL], {"one": "Caption of one.", "two": EVIL}, ["short", "long", "not there"]),
    Section("Last", ["Two\n  lines."]),
)


def test_figures_are_found_by_what_their_names_begin_with():
    page = page_of(*WHOLE)
    assert [svg["aria-label"] for svg in page.all("svg")] == [drawn.description for _, drawn in Found().figures()]
    assert page.words.count("Caption of one.") == 2


def test_a_figure_that_is_in_no_section_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="in no section of the report: one-a, one-b"):
        page_of(Section("Only two", figures={"two": "c"}))


def test_tables_are_shown_in_words_with_units_and_meanings_or_linked_to():
    page = page_of(*WHOLE)
    for words in (
        "0.06 (0.03 to 0.12)",
        "\N{EN DASH}",
        "infinite",
        "a-b 1-2",
        "yes",
        "hours",
        "Which thing",
        "Two lines.",
    ):
        assert words in page.words
    assert "Size low" not in page.words
    assert f"Long: {MOST_ROWS + 1} rows, in long.parquet" in page.words
    assert {value for _, name, value in page.fetched if name == "href"} == {"short.csv", "long.parquet"}


def test_whatever_is_said_comes_out_as_words():
    page = page_of(*WHOLE)
    assert page.all("script") == page.left_open == []
    assert page.words.count("alert(1)") >= 6
    assert page.dangling == set()


def test_print_opens_what_is_folded_and_a_phone_reads_verdicts_as_cards():
    text = page_of(*WHOLE).text
    on_paper = text.split("@media print")[1]
    assert "details::details-content { content-visibility: visible" in on_paper
    assert "px" not in on_paper.split("</style>")[0], "one unit"
    assert ".cards td[data-head]::before" in text.split("@media (max-width")[1]


def test_words_have_room_and_an_interval_stands_below_its_figure():
    found = Found()
    long = "so many words that they want room"
    found.tables["short"] = table_of(
        [
            Column("what", "words", "which thing", ["short", long]),
            Column("brief", "words", "a name", ["a", "b"]),
            Column("size", "share", "its size", np.array([1e-10, 0.5])),
            Column("size_low", "share", "its size; lower end of the 95 % interval", np.array([0.0, 0.4])),
            Column("size_high", "share", "its size; upper end of the 95 % interval", np.array([1e-9, 0.6])),
        ]
    )
    text = study_report(found, "t", "s", [], WHOLE, asked=[])
    assert f'<td class="read">{long}</td><td>b</td>' in text
    assert '<td class="n">0.5 <span class="ends">(0.4 to 0.6)</span></td>' in text
    assert "1.00e\N{MINUS SIGN}10" in text, "no row of zeros, and none of the power lost"
    assert "95\N{NO-BREAK SPACE}% intervals" in text, "no line begins with a sign"
