"""The report of a study of interviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.report.study import Section, study_report
from analysis.studies.interviews.words import BUILT_IN, CAUTION, in_short, kinds

if TYPE_CHECKING:
    from analysis.studies.interviews.study import Held


def interviews_report(found: Held) -> str:
    """The report of a study of interviews, as the text of an HTML file."""
    sections = [
        Section(
            "What would be heard", [BUILT_IN],
            {"heard": "How often each statement would be heard in groups that lasted. Lines are exact 95 % intervals."},
            ["statements", "ratios", "declared"],
        ),
        Section(
            "Whom one asks",
            ["Regulars of groups that lasted are not all who came. People come when things are bad, and would often "
             "have been better later anyway: their twins, who had no group, show how much."],
            {"survivorship": "Change since before coming, the twins' change meanwhile, and the difference, which alone "
             "was caused by the group; in standard deviations of everyone eligible."},
            ["survivorship"],
        ),
        Section(
            "What the ratio hangs on", [CAUTION],
            {"sensitivity": "The likelihood ratio of the whole study design under other assumptions about telling."},
            ["sensitivity", "groups", "interviewees"],
        ),
    ]  # fmt: skip
    study = found.study
    seeds = "; ".join(f"{name}: seeds {first} to {last}" for name, (first, last) in study.settings["seeds"].items())
    return study_report(
        found, "Virtual interviews: would the paper's statements be heard?", kinds(found.held),
        in_short(found.held, found.answers, study.settings["assumed"]), sections,
        asked=["Groups that lasted, interviewed as the paper did: four of their regulars, asked to compare now with "
               "before they first came. Each world has its own survivors."],
        lived=f"{found.finished} towns of each kind of group ({seeds}), each in every world and once without a group.",
    )  # fmt: skip
