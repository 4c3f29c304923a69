"""The report of ``overturn``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.report.study import Section, study_report
from analysis.studies.overturn.words import fixed_people, in_short
from analysis.words.numbers import span

if TYPE_CHECKING:
    from analysis.studies.overturn.study import Overturned


def report_of(found: Overturned) -> str:
    """The report of ``overturn``, as the text of an HTML file."""
    sections = [
        Section(
            "What it is made of",
            ["The effect of the group is split into what each mechanism adds, averaged over all orders in which "
             "they can come in (Shapley). The parts sum to the whole.", fixed_people(found)],
            {"shares": "Each mechanism's part in each effect: all who ever came (bars) and regulars (diamonds).",
             "alone": "The effect with one mechanism alone at work, and with everything but this one."},
            ["mechanisms", "shares", "pairs", "worlds"],
        ),
        Section(
            "Rival explanations",
            [f"{rival.title} {rival.question}" for rival in found.rivals],
            {"rivals": "Only people who were seen before they came: change since before, change of their twins, and "
             "the difference between the two, which alone was caused by the group."},
            ["rivals"],
        ),
        Section(
            "How people speak of it",
            ["Reported improvement is true improvement, and optimism times the mean tie to the other regulars. How "
             "large must optimism be for most regulars to report an improvement, where every effect is off?"],
            {"reporting": "Share of regulars who would report an improvement, by optimism. Shaded: plausible."},
            ["reporting", "reporting_curve"],
        ),
    ]  # fmt: skip
    return study_report(
        found, "What would overturn it", f"{found.lived.arm.title}, looked at after {span(found.weeks)}",
        in_short(found), sections,
        asked=["What the group does is taken apart into seven mechanisms, and every combination of them is lived on "
               "the same people with the same luck; then rival explanations of the same account."],
    )  # fmt: skip
