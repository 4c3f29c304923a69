"""A comparison: arms on the same people with the same lives, each person against the twin without a group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import pyarrow as pa
from pydantic import Field

from analysis.compare.comparison import Paired, compare
from analysis.compare.effects import HALF_WIDTH, all_tables
from analysis.studies.compare.words import comparison_summary
from analysis.studies.frame import Findings, Progress, Study

if TYPE_CHECKING:
    from analysis.figures.style import Drawing


class CompareStudy(Study):
    """Arms, each against its own twin; settings: ``precision``, the half width wished for of a standardised effect."""

    kind: ClassVar[str] = "compare"
    needs: ClassVar[Mapping[str, Any]] = {"precision": Annotated[float, Field(gt=0, le=2)] | None}
    large: ClassVar[frozenset[str]] = frozenset({"people"})

    def live(self, threads: int | None = None, progress: Progress | None = None) -> Comparison:
        """Live all arms; stopped with Ctrl-C, it rests on the runs that were finished, if there are any."""
        runs = compare(self.arms, self.seeds, threads=threads, progress=progress)
        tables = all_tables(runs, self.settings.get("precision", HALF_WIDTH))
        return Comparison(self, tables, next(iter(runs.values())).runs, runs)


STUDY = CompareStudy


@dataclass
class Comparison(Findings):
    """What was found.

    Attributes:
        runs: every arm paired with its twin, by name.
    """

    study: Study
    tables: dict[str, pa.Table]
    finished: int
    runs: dict[str, Paired]

    def summary(self) -> str:
        """Each arm in a few lines."""
        return comparison_summary(self)

    def figures(self) -> Iterator[tuple[str, Drawing]]:
        """Three figures side by side, forest, courses, how people differ, how long groups last."""
        from analysis.studies.compare.figures import draw_all  # noqa: PLC0415 - Matplotlib is slow to import

        yield from draw_all(self.runs, self.tables)

    def report(self) -> str:
        """The report to read in a browser."""
        from analysis.studies.compare.report import comparison_report  # noqa: PLC0415 - slow to import

        return comparison_report(self)
