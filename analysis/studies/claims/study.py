"""The trial: live what the claims need, once, read it, and reach a verdict on each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

import numpy as np
import pyarrow as pa
from pydantic import Field
from scipy import stats

from analysis.compare.comparison import Paired, compare
from analysis.compare.estimate import LEVEL, holm
from analysis.studies.claims.arms import MAIN, MAIN_WEEKS, arms_for
from analysis.studies.claims.declare import Claim, Reading, Runs, Verdict, judge
from analysis.studies.claims.index import CLAIMS, claims_of
from analysis.studies.claims.looks import look
from analysis.studies.claims.show import overview, tell
from analysis.studies.claims.tables import all_tables
from analysis.studies.claims.words import sentence
from analysis.studies.frame import Findings, Progress, Study
from sim.problem import Problem

READ_TOGETHER = ("emergent", "rival", "held out")


class ClaimsStudy(Study):
    """Some claims, tried on the arms that they need, each as long as it is needed."""

    kind: ClassVar[str] = "claims"
    needs: ClassVar[Mapping[str, Any]] = {"claims": Annotated[list[str], Field(min_length=1)]}
    large: ClassVar[frozenset[str]] = frozenset({"looks"})

    @classmethod
    def of(
        cls, claims: Sequence[Claim] | None, runs: int, seed: int = 1, changes: Mapping[str, Any] | None = None
    ) -> ClaimsStudy:
        """What is to be lived for some claims.

        Args:
            claims: which; all of them if None.
            runs: how many towns.
            seed: of the first.
            changes: parameters changed in every arm, such as ``{"ties.isolation_per_tie": 0.0}``.
        """
        wanted = list(CLAIMS.values()) if claims is None else list(claims)
        whole = len(wanted) == len(CLAIMS)
        weeks = dict.fromkeys(MAIN, MAIN_WEEKS) if whole else {}
        for claim in wanted:
            for name in claim.needs:
                weeks[name] = max(weeks.get(name, 0), claim.weeks)
        told = {"claims": [claim.id for claim in wanted], "changed_in_every_arm": dict(changes or {})}
        return cls(arms_for(weeks, changes), seed, runs, told)

    @property
    def claims(self) -> list[Claim]:
        """What is tried."""
        return claims_of(self.settings["claims"])

    def live(self, threads: int | None = None, progress: Progress | None = None) -> Trial:
        """Live what the claims need, and try them.

        Returns:
            The trial. Stopped with Ctrl-C, it rests on the runs that were finished, if there are any.

        Raises:
            Problem: if an arm that a claim needs is not there, or not lived for long enough.
        """
        weeks = {arm.name: arm.values["run.weeks"] for arm in self.arms}
        for claim in self.claims:  # not so only in a record that was edited
            short = next((name for name in claim.needs if weeks.get(name, 0) < claim.weeks), None)
            if short is not None:
                raise Problem(f"{claim.id}: needs the arm {short}, lived for {claim.weeks} weeks or more")
        runs = compare(self.arms, self.seeds, look=look, threads=threads, progress=progress)
        verdicts = verdicts_on(self.claims, runs)
        finished = min(paired.runs for paired in runs.values())
        return Trial(self, all_tables(verdicts, runs), finished, verdicts, runs)


STUDY = ClaimsStudy


@dataclass
class Trial(Findings):
    """Claims tried.

    Attributes:
        verdicts: in the order of the paper.
        runs: every arm that was lived, paired with its twin, by name.
    """

    study: Study
    tables: dict[str, pa.Table]
    finished: int
    verdicts: list[Verdict]
    runs: dict[str, Paired]

    def summary(self) -> str:
        """The table of verdicts, and every claim in full."""
        return f"{self._table()}\n\n{self._told()}"

    def said(self) -> str:
        """The table of verdicts; of a few claims, each in full."""
        return self._table() if len(self.verdicts) == len(CLAIMS) else self._told()

    def _table(self) -> str:
        return overview(self.verdicts, self.study, self.finished)

    def _told(self) -> str:
        return "\n".join(tell(verdict, self.study, self.finished) for verdict in self.verdicts)

    def report(self) -> str:
        """The report to read in a browser."""
        from analysis.studies.claims.report import claims_report  # noqa: PLC0415 - slow to import

        return claims_report(self)


def verdicts_on(claims: Sequence[Claim], runs: Runs) -> list[Verdict]:
    """A verdict on each claim, and beside it P values corrected for how many are read together."""
    tried = []
    for claim in claims:
        some = {name: runs[name] for name in claim.needs}
        word, readings = judge(claim, some)
        tried.append((claim, word, readings, min(paired.runs for paired in some.values())))
    p = np.array([p_of(readings) if claim.kind in READ_TOGETHER else np.nan for claim, _, readings, _ in tried])
    corrected = holm(p)
    return [
        Verdict(claim, word, readings, sentence(claim, word, readings), count, float(p[k]), float(corrected[k]))
        for k, (claim, word, readings, count) in enumerate(tried)
    ]


def p_of(readings: Sequence[Reading]) -> float:
    """Of being so far on the claim's side if the truth lay on the threshold: the largest over all that decides."""
    each = [_p_of(reading) for reading in readings if reading.decides]
    return float("nan") if not each or np.isnan(each).any() else max(each)


def _p_of(reading: Reading) -> float:
    e = reading.estimate
    if not e.known:
        return float("nan")
    error = (e.high - e.low) / (2 * float(stats.norm.ppf((1 + LEVEL) / 2)))
    inside = [e.value - bound for bound in (reading.low,) if bound is not None]
    inside += [bound - e.value for bound in (reading.high,) if bound is not None]
    if error == 0.0:
        certain = all(distance > 0 or (distance == 0 and not reading.strict) for distance in inside)
        return 0.0 if certain else 1.0
    return max((float(stats.norm.sf(distance / error)) for distance in inside), default=float("nan"))
