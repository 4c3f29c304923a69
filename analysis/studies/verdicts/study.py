"""``verdicts`` from beginning to end: every claim tried under every account, and what would tell accounts apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar

import pyarrow as pa
from pydantic import Field

from analysis.compare.arms import Arm
from analysis.compare.broken import CTRL_C
from analysis.compare.comparison import compare, worlds_of
from analysis.plausible.plan import PLAUSIBLE, Plausible
from analysis.plausible.spread import Figure, Spread
from analysis.studies.claims.arms import arms_for
from analysis.studies.claims.declare import Claim, Verdict, strata_of
from analysis.studies.claims.index import claims_of
from analysis.studies.claims.over_space import ClaimsOverSpace, deciding_figures
from analysis.studies.claims.rests import tried
from analysis.studies.claims.study import verdicts_on, weeks_of
from analysis.studies.claims.totals import totals_of
from analysis.studies.frame import Findings, Progress, Study, in_turn
from analysis.studies.verdicts import tables
from analysis.studies.verdicts.apart import LOOKED_AT, WEEKS, Apart, Seen, all_apart, seen_in
from sim.own_rules import RuleFile
from sim.scenario import Account, Scenario

BETWEEN = ": "  # the account's name, then the arm's


class VerdictsStudy(Study):
    """Some claims, each tried under some accounts; an arm is called by its account and its own name."""

    kind: ClassVar[str] = "verdicts"
    most_arms: ClassVar[int] = 2000
    takes_changes: ClassVar[bool] = False
    needs: ClassVar[Mapping[str, Any]] = {
        "claims": Annotated[list[str], Field(min_length=1)], "accounts": Annotated[list[str], Field(min_length=1)],
    }  # fmt: skip

    @classmethod
    def of(
        cls, claims: Sequence[Claim], accounts: Sequence[Scenario], runs: int, seed: int = 1,
        changes: Mapping[str, Any] | None = None, rules: Sequence[RuleFile] = (),
    ) -> VerdictsStudy:  # fmt: skip
        """What is to be lived.

        Args:
            claims: which.
            accounts: of how a group works.
            runs: how many towns under each.
            seed: of the first.
            changes: parameters changed in every arm.
            rules: rules of one's own that act in every arm.
        """
        weeks = weeks_of(claims, dict.fromkeys(LOOKED_AT, WEEKS))
        arms = [
            replace(arm, name=f"{account.name}{BETWEEN}{arm.name}")
            for account in accounts
            for arm in arms_for(weeks, changes, rules, account=account)
        ]
        told = {"claims": [claim.id for claim in claims], "accounts": [account.name for account in accounts]}
        return cls(arms, seed, runs, told | {"changed_in_every_arm": dict(changes or {})})

    @property
    def claims(self) -> list[Claim]:
        """What is tried."""
        claims = claims_of(self.settings["claims"])
        return tried(claims) if self.lean else claims

    def on_towns(self, towns: int) -> VerdictsStudy:
        """The same on its first towns, with the arms, and for as long, as what decides is read from."""
        weeks = weeks_of(tried(self.claims))
        arms = [replace(arm, values={**arm.values, "run.weeks": weeks[name]})
                for arm in self.arms if (name := arm.name.partition(BETWEEN)[2]) in weeks]  # fmt: skip
        settings = {name: said for name, said in self.settings.items() if name != PLAUSIBLE}
        return replace(self, arms=arms, runs=towns, settings=settings, lean=True)

    @property
    def accounts(self) -> Mapping[str, Account | None]:
        """None that all is under: the grid names each."""
        return {}

    def arms_under(self, account: str) -> list[Arm]:
        """The arms of one account, by their own names."""
        start = f"{account}{BETWEEN}"
        return [replace(arm, name=arm.name.removeprefix(start)) for arm in self.arms if arm.name.startswith(start)]

    def live(self, threads: int | None = None, progress: Progress | None = None) -> Grid:
        """Try every claim under each account in turn.

        Returns:
            The grid. Stopped with Ctrl-C, the accounts reached by then, the last of them on fewer runs.

        Raises:
            BrokeOff: if a life breaks off: accounts are to be tried on the same towns, see ``live_on``.
        """
        accounts: list[str] = self.settings["accounts"]
        verdicts: dict[str, list[Verdict]] = {}
        seen: dict[str, list[Seen]] = {}
        finished = self.runs
        tells = in_turn(progress, [len(worlds_of(self.arms_under(account))) * self.runs for account in accounts])
        for k, account in enumerate(accounts):
            try:
                runs = compare(
                    self.arms_under(account), self.seeds, totals=totals_of, strata=strata_of(self.claims),
                    threads=threads, progress=tells[k], kept_if=CTRL_C,
                )  # fmt: skip
            except KeyboardInterrupt:
                if not verdicts:
                    raise
                finished = 0
                break
            verdicts[account] = verdicts_on(self.claims, runs)
            seen[account] = [] if self.lean else seen_in(runs)
            finished = min(paired.runs for paired in runs.values())
            if finished < self.runs:
                break
        if finished < self.runs:  # it rests on fewer than were asked for, in all accounts that were not reached
            finished = max(1, min(self.runs - 1, finished))
        if self.lean:
            return Grid(self, {}, finished, verdicts, [])
        apart = all_apart(seen)
        return Grid(self, tables.all_tables(verdicts, apart), finished, verdicts, apart)


STUDY = VerdictsStudy


@dataclass
class Grid(Findings):
    """Claims by accounts.

    Attributes:
        verdicts: by account, in the order of the paper.
        apart: what would tell each two accounts apart, the soonest first.
    """

    study: VerdictsStudy
    tables: dict[str, pa.Table]
    finished: int
    verdicts: dict[str, list[Verdict]]
    apart: list[Apart]

    @property
    def accounts(self) -> list[str]:
        """Those that were reached."""
        return list(self.verdicts)

    @property
    def rows(self) -> Iterator[tuple[Claim, list[Verdict]]]:
        """Each claim with its verdict under each account."""
        for of_claim in zip(*self.verdicts.values(), strict=True):
            yield of_claim[0].claim, list(of_claim)

    def deciding(self) -> list[Figure]:
        """The readings that decide, and those of the twins' own story, under each account."""
        return [one for account, some in self.verdicts.items() for one in deciding_figures(some, account)]

    def over_space(self, plausible: Plausible, spreads: Sequence[Spread]) -> ClaimsOverSpace:
        """In which share of plausible space each claim holds, by account."""
        return ClaimsOverSpace(plausible, spreads, self.finished, self.verdicts)

    def said(self) -> str:
        """The summary with colours, for a terminal."""
        from analysis.studies.verdicts.words import summary_of  # noqa: PLC0415 - it looks at what was found

        return summary_of(self, colours=True)
