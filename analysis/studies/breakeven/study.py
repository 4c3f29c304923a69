"""How strong social influence on urges must be to undo what a group does for episodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import pyarrow as pa
from pydantic import Field

from analysis.studies.breakeven.search import Curves, break_even_curves
from analysis.studies.breakeven.tables import breakeven_tables
from analysis.studies.breakeven.words import breakeven_summary
from analysis.studies.frame import Findings, Progress, Study

if TYPE_CHECKING:
    from analysis.figures.style import Drawing


class BreakevenStudy(Study):
    """Arms with a group, a curve for each; settings: ``years``, and ``strengths`` of the group to be tried."""

    kind: ClassVar[str] = "breakeven"
    needs: ClassVar[Mapping[str, Any]] = {
        "strengths": Annotated[list[Annotated[float, Field(ge=0, le=1)]], Field(min_length=1)]
    }
    takes_changes: ClassVar[bool] = False

    def live(self, threads: int | None = None, progress: Progress | None = None) -> Breakeven:
        """Search the break-even of every arm at every strength."""
        strengths = self.settings["strengths"]
        curves = break_even_curves(self.arms, strengths, self.seeds, threads=threads, progress=progress)
        return Breakeven(self, breakeven_tables(curves), self.runs, curves)


STUDY = BreakevenStudy


@dataclass
class Breakeven(Findings):
    """What was found.

    Attributes:
        curves: every point, and all that was lived for them.
    """

    study: Study
    tables: dict[str, pa.Table]
    finished: int
    curves: Curves

    def summary(self) -> str:
        """In plain words."""
        return breakeven_summary(self.study.arms, self.curves, self.study.seeds)

    def figures(self) -> Iterator[tuple[str, Drawing]]:
        """The curves."""
        from analysis.studies.breakeven.figures import drawing  # noqa: PLC0415 - Matplotlib is slow to import

        yield "breakeven", drawing(self.study.arms, self.curves, self.study.runs)

    def report(self) -> str:
        """The report to read in a browser."""
        from analysis.studies.breakeven.report import breakeven_report  # noqa: PLC0415 - Matplotlib is slow to import

        return breakeven_report(self)
