"""One table of what every claim asks, after ICH E9 (R1): for the terminal, results, the report and the documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from analysis.results.columns import Column, table_of
from analysis.studies.claims.asked import MEANINGS, NAMES, Asked
from analysis.studies.claims.declare import Claim
from analysis.words.numbers import with_minus
from analysis.words.prose import wrapped

DECIDES, BESIDE, WITHOUT = "decides", "beside", "true without a group"
WORDS = "words"
EVENTS = ("leaving", "closing", "moving")
INTRODUCTION = (
    "What each claim asks, after the estimand framework of ICH E9 (R1): of whom, when it is fixed who they are, "
    "against what, on what and when, what becomes of people who leave, groups that close and people who move away, and "
    "how it is summed up. Twins are the same people in the same town without a group."
)
FURTHER = "The first estimand of each claim is told in full, of the others what differs from it."


@dataclass(frozen=True)
class Row:
    """One estimand of one claim, or several that differ only in the outcome.

    Attributes:
        claim: which.
        role: DECIDES, BESIDE or WITHOUT.
        asked: its attributes; of several, all their outcomes.
        wanted: its bounds in words; of several, each one's.
    """

    claim: Claim
    role: str
    asked: Asked
    wanted: str

    @property
    def who(self) -> str:
        """Of whom, when that is fixed, and whether it depends on the arm, in one."""
        return f"{self.asked.population}; fixed: {self.asked.fixed}; depends on the arm: {self.asked.depends}"

    @property
    def events(self) -> str:
        """What becomes of leavers, closed groups and movers, in one."""
        return "; ".join(f"{name}: {getattr(self.asked, name)}" for name in EVENTS)


def rows_of(claims: Sequence[Claim]) -> Iterator[Row]:
    """A row for each estimand, in the order of the claims; what decides first."""
    for claim in claims:
        for role, estimands in ((DECIDES, claim.decides), (BESIDE, claim.beside), (WITHOUT, claim.true_without)):
            yield from (Row(claim, role, one.asked, one.wanted) for one in estimands)


def together(rows: Sequence[Row]) -> list[Row]:
    """The same in fewer rows: those of one claim and role that differ only in the outcome stand together."""
    merged: dict[tuple, list[Row]] = {}
    for row in rows:
        merged.setdefault((row.claim.id, row.role, replace(row.asked, outcome="", time="")), []).append(row)
    return [_merged(same) for same in merged.values()]


def _merged(same: Sequence[Row]) -> Row:
    first = same[0]
    outcomes = [f"{row.asked.outcome} {row.wanted}".strip() for row in same] if len(same) > 1 else [first.asked.outcome]
    times = dict.fromkeys(row.asked.time for row in same)
    asked = replace(first.asked, outcome="; ".join(dict.fromkeys(outcomes)), time="; ".join(times))
    return Row(first.claim, first.role, asked, first.wanted if len(same) == 1 else "")


def estimands_table(claims: Sequence[Claim]) -> pa.Table:
    """A row for each estimand of each claim."""
    rows = list(rows_of(claims))
    roles = f"what it is for: {DECIDES}; {BESIDE}, without counting for the verdict; {WITHOUT}, the twins' own story"
    return table_of([
        Column("claim", "id", "number of the claim", [row.claim.id for row in rows]),
        Column("role", WORDS, roles, [row.role for row in rows]),
        *(Column(name, WORDS, f"estimand: {MEANINGS[name]}", [getattr(row.asked, name) for row in rows])
          for name in NAMES),
        Column("wanted", WORDS, "estimand: bounds between which it must lie", [row.wanted for row in rows]),
    ])  # fmt: skip


def estimands_said(claims: Sequence[Claim], width: int) -> str:
    """The same for the terminal; nothing is run. Of further estimands of a claim only what differs from its first."""
    lines = [wrapped(INTRODUCTION, width), wrapped(FURTHER, width), ""]
    for claim in claims:
        lines.append(wrapped(f"{claim.id}  {claim.statement}", width))
        first: Asked | None = None
        for row in together(list(rows_of([claim]))):
            wanted = f", {row.wanted}" if row.wanted else ""
            lines.append(wrapped(f"{row.role}: {row.asked.outcome}{wanted}", width, "  ", "    "))
            for name in NAMES:
                words = getattr(row.asked, name)
                if name != "outcome" and (first is None or words != getattr(first, name)):
                    heading = f"    {name:<11}"
                    lines.append(wrapped(words, width, heading, " " * len(heading)))
            first = first or row.asked
        lines.append("")
    return with_minus("\n".join(lines))
