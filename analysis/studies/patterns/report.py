"""The report of ``patterns``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.report.study import Section, study_report
from analysis.studies.patterns.outside import MOST_IN_A_YEAR
from analysis.studies.patterns.words import LYING, NO_ONE_CURVE, NO_TUNING, ONE_REASON, QUESTION, SETTING, in_short

if TYPE_CHECKING:
    from analysis.studies.patterns.study import Patterns


def report_of(found: Patterns) -> str:
    """The report of ``patterns``, as the text of an HTML file."""
    sections = [
        Section(
            "What goes together",
            ["Correlations between residents when the group would open, in towns without one. Where an outside figure "
             "is known, it stands below the number."],
            {"correlations": "Correlations between people without a group; in brackets the outside figure."},
            ["correlations", "measures"],
        ),
        Section(
            "The same people later",
            ["How like themselves people are half a year, a year and two years later without a group. A state that "
             "hardly moves leaves no room for chance ups and downs, and so none for regression to the mean."],
            tables=["stability", "starting_and_stopping"],
        ),
        Section(
            "Drift",
            ["Means of the same people from the first week of their lives on. Without a group they should stay where "
             f"they are; what moves by more than {MOST_IN_A_YEAR:g} in a year is flagged."],
            {"drift": "Means without a group, from the beginning of everybody's life; lines are 95 % intervals."},
            ["drift"],
        ),
        Section(
            "How groups end",
            [NO_ONE_CURVE, ONE_REASON],
            {"ending": "Left: of groups open when a year of age begins, those that end in it. Right: still open."},
            ["lasting", "ending", "reasons", "survival"],
        ),
        Section("Life in open groups", ["Founders are no first visits."], tables=["new_people", "yearly"]),
        Section("Outside figures", ["All of them, declared in one table. " + LYING], tables=["outside"]),
    ]  # fmt: skip
    return study_report(
        found, "Beside outside evidence", found.study.arms[0].title, in_short(found), sections,
        asked=[QUESTION, NO_TUNING, SETTING, LYING],
    )  # fmt: skip
