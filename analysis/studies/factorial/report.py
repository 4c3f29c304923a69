"""The report of ``factorial``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.report.study import Section, study_report
from analysis.studies.factorial.words import ABOUT_STRATA, compared, in_short
from analysis.words.numbers import span
from analysis.words.prose import plural

if TYPE_CHECKING:
    from analysis.studies.factorial.study import Factored


def report_of(found: Factored) -> str:
    """The report of ``factorial``, as the text of an HTML file."""
    study = found.study
    first, last = (arm.name for arm in study.arms)
    sections = [
        Section(
            "What each difference does",
            [ABOUT_STRATA,
             "A cell's figure is the mean paired difference, with the group minus without, over all people of all "
             "towns. A main effect is the mean over the cells at one level minus the mean over those at the other.",
             f"Main effects and what they leave to interactions sum to {last} minus {first}. With two levels each, "
             "that is interactions of three factors or more: two-way interactions are the same in both cells "
             "and cancel. Beside them stand what a factor does alone, the others as in "
             f"{first}, and what is missing without it, the others as in {last}."],
            {"effects": "Main effect of each difference between the two groups, and the whole difference below."},
            ["split", "factors"],
        ),
        Section(
            "Which lean on each other",
            ["A two-way interaction is half of how much the effect of one factor differs between levels of the other."],
            {"interactions": "Each two-way interaction; zero where two differences do not lean on each other."},
            ["effects", "cells"],
        ),
    ]  # fmt: skip
    cells = len(study.cells)
    return study_report(
        found, study.settings["title"], f"{plural(cells, 'cell')}, looked at after {span(found.weeks)}",
        in_short(found), sections,
        asked=[compared(found), *(f"{f.question} {', or '.join(f.labels)}." for f in study.factors),
               f"All {cells} combinations are lived on the same people with the same luck, each person against her or "
               "his twin without a group."],
    )  # fmt: skip
