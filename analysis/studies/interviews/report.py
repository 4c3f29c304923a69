"""The report of a study of interviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.report.study import Section, study_report
from analysis.studies.interviews.words import BUILT_IN, CAUTION, NOISE, in_short, kinds, shown_account
from analysis.studies.interviews.worlds import REFERENCE

if TYPE_CHECKING:
    from analysis.studies.interviews.study import Held


def report_of(found: Held) -> str:
    """The report of a study of interviews, as the text of an HTML file."""
    account = shown_account(found.held)
    against = f"; {REFERENCE}, where nothing comes of meeting, is what the others are held against"
    against = against if found.answers.odds else ""
    sections = [
        Section(
            "How often all is reported", [CAUTION, BUILT_IN],
            {"fit": "How often a study of two groups would report all that the paper does, and how many of its "
             "statements, under each account."},
            ["fit", "numbers"],
        ),
        Section(
            "Which statements, under which account",
            ["Where accounts part, a statement could tell them apart; where they do not, no such study can."],
            {"heard": "Of a hundred studies, how many would report each statement."},
            ["statements", "declared"],
        ),
        Section(
            "What it hangs on", [NOISE],
            {"sensitivity": "How many of the statements a study would report, under other assumptions."},
            ["assumptions", "sensitivity", "groups", "interviewees"],
        ),
        Section(
            "Whom one asks",
            ["Regulars of groups that lasted are not all who came. People come when things are bad, and would often "
             "have been better later anyway: their twins, who had no group, show how much."],
            {"survivorship": f"Under the account {account}: change since before coming, the twins' change meanwhile, "
             "and the difference, which alone was caused by the group; in standard deviations of everyone eligible "
             "before coming."},
            ["survivorship"],
        ),
    ]  # fmt: skip
    study = found.study
    seeds = "; ".join(f"{name}: seeds {first} to {last}" for name, (first, last) in study.settings["seeds"].items())
    return study_report(
        found, "Virtual interviews: would this study have reported what the paper does?", kinds(found.held),
        in_short(found.held, found.answers, study.settings["assumed"]), sections,
        asked=["Groups that lasted, interviewed as the paper did: regulars asked to compare now with before they came. "
               f"Each account is a world with its own survivors{against}."],
        lived=f"{found.finished} towns of each kind of group ({seeds}), each under every account, and once more "
        "without a group.",
    )  # fmt: skip
