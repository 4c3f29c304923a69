"""The trial: live what the claims need, once, read it, and reach a verdict on each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, ClassVar

import numpy as np
import pyarrow as pa
from pydantic import Field

from analysis.compare.comparison import Paired, compare, worlds_of
from analysis.compare.estimate import holm
from analysis.plausible.plan import PLAUSIBLE, Plausible, account_of_arm
from analysis.plausible.spread import Figure, Spread
from analysis.studies.claims.against import Against, against
from analysis.studies.claims.arms import MAIN, MAIN_WEEKS, arms_for
from analysis.studies.claims.declare import HOLDS, Claim, Reading, Runs, Verdict, judge, missing_mechanisms, strata_of
from analysis.studies.claims.index import CLAIMS, claims_of
from analysis.studies.claims.leaning import counting, leaning
from analysis.studies.claims.moves import moves_of
from analysis.studies.claims.over_space import ClaimsOverSpace, deciding_figures
from analysis.studies.claims.own import ClaimsFile
from analysis.studies.claims.rests import Shift, shifts_of, tried
from analysis.studies.claims.show import overview, tell
from analysis.studies.claims.tables import MOVED_TABLE, TOTALS_TABLE, all_tables
from analysis.studies.claims.totals import totals_of
from analysis.studies.claims.words import sentence
from analysis.studies.frame import Findings, Progress, Study, in_turn
from sim.own_rules import RuleFile
from sim.problem import Problem
from sim.scenario import Scenario

READ_TOGETHER = ("emergent", "rival", "held out")
TRY_OUT = {"people.residents": 20, "run.lead_in_weeks": 8}  # small towns, in a moment
TRY_OUT_SEEDS = (1, 2, 3)


@dataclass
class ClaimsStudy(Study):
    """Some claims, tried on the arms that they need, each as long as it is needed.

    Attributes:
        own: the file of claims of one's own, if there is one.
    """

    own: ClaimsFile | None = field(default=None, compare=False)
    kind: ClassVar[str] = "claims"
    needs: ClassVar[Mapping[str, Any]] = {"claims": Annotated[list[str], Field(min_length=1)]}
    takes_changes: ClassVar[bool] = False
    large: ClassVar[frozenset[str]] = frozenset({TOTALS_TABLE, MOVED_TABLE})

    @classmethod
    def of(
        cls,
        claims: Sequence[Claim] | None,
        runs: int,
        seed: int = 1,
        changes: Mapping[str, Any] | None = None,
        rules: Sequence[RuleFile] = (),
        *,
        own: ClaimsFile | None = None,
        account: Scenario | None = None,
        rests: int = 0,
    ) -> ClaimsStudy:
        """What is to be lived for some claims.

        Args:
            claims: which; all those of the paper if None.
            runs: how many towns.
            seed: of the first.
            changes: parameters changed in every arm, such as ``{"ties.isolation_per_tie": 0.0}``.
            rules: rules of one's own that act in every arm.
            own: the file that some of the claims are of, if any are.
            account: of how a group works, in every arm.
            rests: in how many of the towns everything is moved, one at a time, to find what each verdict rests on.
        """
        wanted = list(CLAIMS.values()) if claims is None else list(claims)
        all_of_the_paper = set(CLAIMS) <= {claim.id for claim in wanted}
        weeks = dict.fromkeys(MAIN, MAIN_WEEKS) if all_of_the_paper else {}
        weeks = weeks_of(wanted, weeks)
        told: dict[str, Any] = {"claims": [claim.id for claim in wanted], "changed_in_every_arm": dict(changes or {})}
        told |= {"rests": rests} if rests else {}
        told |= {"own_claims": own.identity} if own else {}
        arms = arms_for(weeks, changes, rules, own.arms if own else None, account)
        return cls(arms, seed, runs, told, own=own)

    @property
    def rests(self) -> int:
        """In how many towns everything is moved, one at a time; 0: nothing is."""
        return min(int(self.settings.get("rests", 0)), self.runs)

    @property
    def claims(self) -> list[Claim]:
        """What is tried."""
        claims = claims_of(self.settings["claims"], self.own.claims if self.own else ())
        return tried(claims) if self.lean else claims

    def on_towns(self, towns: int) -> ClaimsStudy:
        """The same on its first towns, with the arms, and for as long, as what decides is read from."""
        claims = tried(self.claims)
        weeks = weeks_of(claims)
        arms = [replace(arm, values={**arm.values, "run.weeks": weeks[arm.name]})
                for arm in self.arms if arm.name in weeks]  # fmt: skip
        settings = {name: said for name, said in self.settings.items() if name not in (PLAUSIBLE, "rests")}
        return replace(self, arms=arms, runs=towns, settings=settings, lean=True)

    def live(self, threads: int | None = None, progress: Progress | None = None) -> Trial:
        """Live what the claims need, and try them.

        Returns:
            The trial. Stopped with Ctrl-C, it rests on the runs that were finished, if there are any.

        Raises:
            Problem: if an arm that a claim needs is not there, or not lived for long enough; or if a claim of one's own
                breaks off when it is read.
        """
        weeks = {arm.name: arm.values["run.weeks"] for arm in self.arms}
        for claim in self.claims:  # not so only in a record that was edited
            short = next((name for name in claim.needs if weeks.get(name, 0) < claim.weeks), None)
            if short is not None:
                raise Problem(f"{claim.id}: needs the arm {short}, lived for {claim.weeks} weeks or more")
        if self.lean:
            return self._read_only_what_decides(threads, progress)
        self._try_out(threads)
        first, then = in_turn(progress, (len(worlds_of(self.arms)) * self.runs, self._moves()))
        strata = strata_of(self.claims)
        runs = compare(self.arms, self.seeds, totals=totals_of, strata=strata, threads=threads, progress=first)
        verdicts = verdicts_on(self.claims, runs, self.own)
        finished = min(paired.runs for paired in runs.values())
        moved = self.rests if finished == self.runs else 0
        shifts = shifts_of(self.claims, runs, moved, threads=threads, progress=then) if moved else []
        counts = against(runs, shifts, self.rests)
        return Trial(self, all_tables(verdicts, runs, shifts, counts), finished, verdicts, runs, shifts, counts)

    def _read_only_what_decides(self, threads: int | None, progress: Progress | None) -> Trial:
        """Verdicts, and nothing made of them: this is one of many."""
        strata = strata_of(self.claims)
        runs = compare(self.arms, self.seeds, totals=totals_of, strata=strata, threads=threads, progress=progress)
        finished = min(paired.runs for paired in runs.values())
        verdicts = verdicts_on(self.claims, runs, self.own) if finished == self.runs else []
        return Trial(self, {}, finished, verdicts, runs, [], [])

    def _moves(self) -> int:
        """How many lives it will take to move everything: about as many for each move as the arms have worlds."""
        if not self.rests:
            return 0
        needed = {name for claim in tried(self.claims) for name in claim.needs}
        arms = [arm for arm in self.arms if arm.name in needed]
        return len(moves_of(arms)) * len(worlds_of(arms)) * self.rests if arms else 0

    def _try_out(self, threads: int | None) -> None:
        """Read claims of one's own once on small towns: a slip should not come to light after hours."""
        claims = [claim for claim in self.claims if claim.id not in CLAIMS]
        needed = {name for claim in claims for name in claim.needs}
        arms = [replace(arm, values={**arm.values, **TRY_OUT}) for arm in self.arms if arm.name in needed]
        if claims:
            runs = compare(arms, TRY_OUT_SEEDS, totals=totals_of, strata=strata_of(claims), threads=threads)
            verdicts_on(claims, runs, self.own)


STUDY = ClaimsStudy


def weeks_of(claims: Iterable[Claim], least: Mapping[str, int] | None = None) -> dict[str, int]:
    """How long each arm that some claims need must be lived, by name; ``least``: so long at least."""
    weeks = dict(least or {})
    for claim in claims:
        weeks |= {name: max(weeks.get(name, 0), claim.weeks) for name in claim.needs}
    return weeks


@dataclass
class Trial(Findings):
    """Claims tried.

    Attributes:
        verdicts: in the order of the paper.
        runs: every arm that was lived, paired with its twin, by name.
        shifts: what moving one thing at a time did; empty if nothing was moved.
        against: what would count against the model, looked for.
    """

    study: ClaimsStudy
    tables: dict[str, pa.Table]
    finished: int
    verdicts: list[Verdict]
    runs: dict[str, Paired]
    shifts: list[Shift]
    against: list[Against]

    def summary(self) -> str:
        """The table of verdicts, and every claim in full."""
        return f"{self._table()}\n\n{self._told()}"

    def said(self) -> str:
        """The table of verdicts; of a few claims, each in full."""
        return self._table() if len(self.verdicts) >= len(CLAIMS) else self._told()

    def _table(self) -> str:
        return "\n".join([overview(self.verdicts, self.study, self.finished), leaning(self), counting(self.against)])

    def _told(self) -> str:
        return "\n".join(tell(verdict, self.study, self.finished, self.shifts) for verdict in self.verdicts)

    def deciding(self) -> list[Figure]:
        """The readings that decide, and those of the twins' own story."""
        return deciding_figures(self.verdicts, account_of_arm(self.study.arms[0]))

    def over_space(self, plausible: Plausible, spreads: Sequence[Spread]) -> ClaimsOverSpace:
        """In which share of plausible space each claim holds."""
        words = {account_of_arm(self.study.arms[0]): self.verdicts}
        return ClaimsOverSpace(plausible, spreads, self.finished, words)


def verdicts_on(claims: Sequence[Claim], runs: Runs, own: ClaimsFile | None = None) -> list[Verdict]:
    """A verdict on each claim, and beside it P values corrected for how many are read together.

    Args:
        claims: which.
        runs: by arm.
        own: the file that claims are of that are not the paper's.

    Raises:
        Problem: if a claim of that file breaks off.
    """
    tried = []
    for claim in claims:
        some = {name: runs[name] for name in claim.needs}
        try:
            word, readings = judge(claim, some)
            said = sentence(claim, word, readings, missing_mechanisms(claim, some))
        except Exception as error:
            if own is None or claim not in own.claims:
                raise
            raise own.broke_off(claim.id, error) from error
        tried.append((claim, word, readings, said, min(paired.runs for paired in some.values())))
    p = np.array([p_of(readings) if claim.kind in READ_TOGETHER else np.nan for claim, _, readings, *_ in tried])
    corrected = holm(p)
    return [
        Verdict(claim, word, readings, said, count, float(p[k]), float(corrected[k]))
        for k, (claim, word, readings, said, count) in enumerate(tried)
    ]


def p_of(readings: Sequence[Reading]) -> float:
    """Of being so far on the claim's side if the truth lay on the threshold: the largest over all that decides."""
    each = [_p_of(reading) for reading in readings if reading.decides]
    return float("nan") if not each or np.isnan(each).any() else max(each)


def _p_of(reading: Reading) -> float:
    """From the draws that the interval was made of, with the same corrections."""
    e = reading.estimate
    if not e.known:
        return float("nan")
    if e.low == e.high:
        return 0.0 if reading.outcome == HOLDS else 1.0
    if e.tails is None:
        return float("nan")
    each = [e.tails.p_below(reading.low)] if reading.low is not None else []
    each += [e.tails.p_above(reading.high)] if reading.high is not None else []
    return max(each, default=float("nan"))
