"""How strong social influence on urges must be to undo what a group does for episodes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar

import pyarrow as pa
from pydantic import AfterValidator, Field

from analysis.compare.estimate import Estimate
from analysis.plausible.plan import account_of_arm
from analysis.plausible.spread import Figure
from analysis.studies.breakeven.search import KAPPA, READINGS, Curves, break_even_curves, check_over
from analysis.studies.breakeven.tables import breakeven_tables
from analysis.studies.frame import Findings, Progress, Study
from sim.problem import Problem


def _known(name: str) -> str:
    try:
        check_over(name)
    except Problem as problem:
        raise ValueError(str(problem).removeprefix("--over: ")) from None
    return name


class BreakevenStudy(Study):
    """Arms with a group, a curve for each; settings: ``years``, and ``over`` which parameter, ``at`` which values."""

    kind: ClassVar[str] = "breakeven"
    needs: ClassVar[Mapping[str, Any]] = {
        "over": Annotated[str, AfterValidator(_known)],
        "at": Annotated[list[float], Field(min_length=1)],
    }
    takes_changes: ClassVar[bool] = False

    def live(self, threads: int | None = None, progress: Progress | None = None) -> Breakeven:
        """Search the break-even of every arm at every value."""
        at, over = ([] if self.lean else self.settings["at"]), self.settings["over"]
        curves = break_even_curves(self.arms, at, self.seeds, over=over, threads=threads, progress=progress)
        return Breakeven(self, {} if self.lean else breakeven_tables(curves), self.runs, curves)


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

    def deciding(self) -> list[Figure]:
        """The break-even of each arm where it stands, and how far that is from its own social influence."""
        found = []
        for arm in self.study.arms:
            own, account = float(arm.values[KAPPA]), account_of_arm(arm)
            for point in self.curves.points:
                if (point.arm, point.at) != (arm.name, float(arm.values[self.curves.over])):
                    continue
                label = f"{arm.name}: break-even of social influence ({READINGS[point.reading]})"
                whole = Estimate(point.kappa, point.low, point.high, point.runs, draws=point.draws)
                found.append(Figure((arm.name, point.reading), account, label, "kappa", whole, adds=False, turns=None))
                ends = {end: getattr(whole, end) - own for end in ("value", "low", "high", "draws")}
                beyond = replace(whole, **ends)
                label = f"{arm.name}: the same less its own social influence; above 0 the group does no harm"
                key = (arm.name, point.reading, "beyond")
                found.append(Figure(key, account, label, "kappa", beyond, adds=False))
        return found
