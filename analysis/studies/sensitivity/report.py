"""The report of a sensitivity analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.report.study import Section, study_report
from analysis.studies.sensitivity.words import in_short, where_it_fails
from analysis.words.prose import capital

if TYPE_CHECKING:
    from analysis.studies.sensitivity.study import Sensitivity


def report_of(found: Sensitivity) -> str:
    """The report of a sensitivity analysis, as the text of an HTML file."""
    asked, reading = found.study.settings, found.response.reading
    matters = {
        "indices": "How much each parameter matters; lines are 95 % intervals.",
        "convergence": "The same from growing parts of the design: what still moves on the right has not settled.",
        "together": "What parameters do in pairs, beyond what each does alone.",
    }
    sections = [
        Section("Which parameters matter", [], matters, ["indices", "together", "convergence"]),
        Section(
            "Along and over parameters",
            ["Means over all points at or near a value, whatever else is varied. The paired difference has an axis and "
             "colours of its own: it is often far smaller than the changes."],
            {"curve": "The three figures along one parameter.", "map": "The three figures over two parameters."},
        ),
        Section("Where the claim holds", [where_it_fails(found)], tables=["share", "regions", "points"]),
    ]  # fmt: skip
    claim = f"The claim that is looked at: {reading.words} is {found.threshold.words} ({reading.unit})."
    return study_report(
        found, f"Sensitivity: {found.title}", capital(reading.words), in_short(found), sections,
        asked=[f"Which parameters matter for what the sweep found, and where a claim fails. {claim}",
               f"Varied: {', '.join(found.response.names)}."],
        lived=f"Nothing was lived for it; it reads {asked['sweep']} (digest {found.digest_of_sweep[:16]}), where the "
        f"parameters of every arm are: {len(found.response.values)} points, {found.response.seeds} seeds.",
    )  # fmt: skip
