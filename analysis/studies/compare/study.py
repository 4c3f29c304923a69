"""A comparison: arms on the same people with the same lives, each person against the twin without a group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

import pyarrow as pa
from pydantic import Field

from analysis.compare.comparison import HORIZON_YEARS, Paired, compare
from analysis.compare.effects import HALF_WIDTH, READ_TOGETHER, SD, all_tables
from analysis.compare.estimate import bootstrap, glass
from analysis.compare.outcomes import OUTCOME, POPULATIONS
from analysis.compare.paired import YARDSTICK
from analysis.plausible.plan import account_of_arm
from analysis.plausible.spread import Figure
from analysis.studies.compare.words import chosen_week
from analysis.studies.frame import Findings, Progress, Study
from analysis.words.numbers import span


class CompareStudy(Study):
    """Arms, each against its own twin.

    Settings: ``precision``, the half width wished for of a standardised effect; if they were asked for, ``years``, when
    is looked, ``seeds``, a list of them, and ``reliability``, of the instruments that outcomes would be measured by.
    """

    kind: ClassVar[str] = "compare"
    needs: ClassVar[Mapping[str, Any]] = {
        "precision": Annotated[float, Field(gt=0, le=2)] | None,
        "reliability": Annotated[float, Field(gt=0, le=1)] | None,
        "years": Annotated[list[Annotated[float, Field(gt=0, le=1000)]], Field(min_length=1)] | None,
        "seeds": Annotated[list[Annotated[int, Field(ge=0, lt=2**63)]], Field(min_length=2)] | None,
    }
    large: ClassVar[frozenset[str]] = frozenset({"people"})

    @property
    def seeds(self) -> Sequence[int]:
        """The seeds, one for each run: listed, or one after the other."""
        return self.settings["seeds"][: self.runs] if "seeds" in self.settings else super().seeds

    def live(self, threads: int | None = None, progress: Progress | None = None) -> Comparison:
        """Live all arms; stopped with Ctrl-C, it rests on the runs that were finished, if there are any."""
        years = self.settings.get("years", HORIZON_YEARS)
        runs = compare(self.arms, self.seeds, horizon_years=years, threads=threads, progress=progress)
        if self.lean:
            return Comparison(self, {}, next(iter(runs.values())).runs, runs)
        tables = all_tables(runs, self.settings.get("precision", HALF_WIDTH), self.settings.get("reliability", 1.0))
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

    def deciding(self) -> list[Figure]:
        """The standardised effects on the main outcomes, when effects are shown first."""
        return [figure for paired in self.runs.values() if paired.arm.has_group for figure in effect_figures(paired)]


def effect_figures(paired: Paired) -> list[Figure]:
    """The standardised effects of one arm on the main outcomes: all who ever came, and regulars."""
    week, name, account = chosen_week(paired.horizon_weeks), paired.arm.name, account_of_arm(paired.arm)
    found = []
    for population in ("joined", "regulars"):
        for outcome in READ_TOGETHER:
            sums = paired.of(outcome, population, week)
            columns = [sums[column] for column in ("people", "difference", *YARDSTICK)]
            estimate = bootstrap(glass, *columns, beside=len(YARDSTICK))
            label = f"{name}: effect on {OUTCOME[outcome].label}, {POPULATIONS[population]}, {span(week)}"
            found.append(Figure((name, population, outcome), account, label, SD, estimate))
    return found
