"""The report of ``breakeven``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.report.study import Section, study_report
from analysis.studies.breakeven.words import INTERVAL, QUESTION, ROUGHLY, beside, in_short, meant
from analysis.words.numbers import span

if TYPE_CHECKING:
    from analysis.studies.breakeven.study import Breakeven


def report_of(found: Breakeven) -> str:
    """The report of ``breakeven``, as the text of an HTML file."""
    arms, curves = found.study.arms, found.curves
    sections = [
        Section(
            "The break-even", [INTERVAL],
            {"breakeven": "Below its mark a group lessens episodes, above it adds to them; lines are 95 % intervals."},
            ["curve", "lived"],
        ),
        Section(
            "Beside episodes",
            ["A count of episodes never stands alone.", *(line for arm in arms for line in beside(arm, curves))],
        ),
        Section("Published", [ROUGHLY], tables=["published"]),
    ]  # fmt: skip
    return study_report(
        found, "How strong must social influence on urges be to undo what a group does?",
        f"{', '.join(arm.name for arm in arms)}, after {span(arms[0].values['run.weeks'])}; all who ever came",
        [line for arm in arms for line in in_short(arm, curves)], sections,
        asked=[QUESTION, f"Found over {meant(curves.over)}."],
    )  # fmt: skip
