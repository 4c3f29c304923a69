"""What the interviews amount to: how often a study would report what the paper does, and how much oftener than by luck.

A study is one group of each kind, every pair of groups that lasted being one that could have been made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from analysis.compare.share import BlockShare, share_of_pairs
from analysis.studies.interviews.hold import SIZES, Interviews, Size
from analysis.studies.interviews.likelihood import Ratio, likelihood_ratio
from analysis.studies.interviews.lookback import INTERVIEWED
from analysis.studies.interviews.statements import ASSUMPTIONS, NO_NOISE, SETS, STATEMENT_IDS, in_set
from analysis.studies.interviews.telling import chances_of_hearing, how_many, over_pairs
from analysis.studies.interviews.worlds import REFERENCE

TOGETHER = "the whole study"
ALL = "everything"
WHATS = (*SETS, *STATEMENT_IDS)


class Fit(NamedTuple):
    """How often a study, under an account, would report something.

    Attributes:
        account: the world.
        group: the kind of group asked, or TOGETHER for one of each kind.
        size: how groups are chosen.
        what: a set of SETS, all of which must be reported, or a statement's id.
        groups: how many there were to ask, by kind.
        share: of studies.
        voices: share of those interviewed of whom a statement is true; NaN for sets.
    """

    account: str
    group: str
    size: Size
    what: str
    groups: tuple[int, ...]
    share: BlockShare
    voices: float


class Number(NamedTuple):
    """How many statements a study would report.

    Attributes:
        account, size: which.
        exactly: float64[statements + 1], chance of exactly so many; NaN where there is nobody to ask.
        at_least: of so many or more, in the same order, with intervals.
    """

    account: str
    size: Size
    exactly: np.ndarray
    at_least: list[BlockShare]

    @property
    def mean(self) -> float:
        """Mean number."""
        return float(self.exactly @ np.arange(len(self.exactly)))


class Odds(NamedTuple):
    """How many times as likely something is under an account as under the one of reference."""

    account: str
    group: str
    size: Size
    what: str
    ratio: Ratio


class Varied(NamedTuple):
    """The fit of everything under other assumptions.

    Attributes:
        account, size: which.
        setting: what was varied, in words.
        assumed: a value for each of ASSUMPTIONS.
        half: half of those interviewed must say each thing, instead of what the paper's wording asks for.
        share: of studies.
        mean: number of statements that a study would report.
        ratio: to the account of reference.
    """

    account: str
    size: Size
    setting: str
    assumed: dict[str, float]
    half: bool
    share: BlockShare
    mean: float
    ratio: Ratio | None


@dataclass(frozen=True)
class Asking:
    """Kinds of group that a study takes one each of, under one account.

    Attributes:
        account, group, size: as in Fit.
        counts: int64[groups, statements] for each kind, of how many each statement is true.
    """

    account: str
    group: str
    size: Size
    counts: list[np.ndarray]

    @property
    def people(self) -> int:
        """How many a study interviews."""
        return INTERVIEWED * len(self.counts)

    def shares(
        self, assumed: Mapping[str, float], whats: Sequence[str] = WHATS, half: bool = False
    ) -> list[BlockShare]:
        """How often each of these would be reported."""
        chances = chances_of_hearing(self.people, assumed, half)
        parts: list[list[np.ndarray]] = [[] for _ in whats]
        for chance in over_pairs(self.counts, chances):
            for part, what in zip(parts, whats, strict=True):
                chosen = in_set(what) if what in SETS else [STATEMENT_IDS.index(what)]
                part.append(chance[..., chosen].prod(axis=-1))
        found = []
        for part, what in zip(parts, whats, strict=True):
            some = chances[in_set(what) if what in SETS else [STATEMENT_IDS.index(what)]]
            ends = float(some.min(axis=1).prod()), float(some.max(axis=1).prod())
            found.append(share_of_pairs(np.concatenate(part) if part else np.zeros((0, 0)), *ends))
        return found

    def mean(self, assumed: Mapping[str, float], half: bool = False) -> float:
        """How many would be reported, mean; NaN where there is nobody to ask."""
        chances = chances_of_hearing(self.people, assumed, half)
        sums = [chance.sum(axis=-1).ravel() for chance in over_pairs(self.counts, chances)]
        every = np.concatenate(sums) if sums else np.zeros(0)
        return float(every.mean()) if len(every) else float("nan")

    def number(self, assumed: Mapping[str, float]) -> Number:
        """How many would be reported."""
        chances = chances_of_hearing(self.people, assumed)
        parts = [how_many(chance) for chance in over_pairs(self.counts, chances)]
        found = np.concatenate(parts) if parts else np.zeros((0, 0, len(STATEMENT_IDS) + 1))
        above = np.minimum(found[..., ::-1].cumsum(axis=-1)[..., ::-1], 1.0)
        exactly = found.mean(axis=(0, 1)) if found.size else np.full(found.shape[-1], np.nan)
        return Number(self.account, self.size, exactly, [share_of_pairs(above[..., k]) for k in range(above.shape[-1])])

    def voices(self, what: str) -> float:
        """Share of all interviewed of whom a statement is true."""
        every = np.concatenate(self.counts)
        return float(every[:, STATEMENT_IDS.index(what)].mean() / INTERVIEWED) if len(every) else float("nan")


def asked(held: Sequence[Interviews], assumed: Mapping[str, float], whole_only: bool = False) -> Iterator[Asking]:
    """Every account, each kind of group by itself and one of each, both ways of choosing groups."""
    for account in accounts_of(held):
        some = [one for one in held if one.account == account]
        for size in SIZES:
            counts = [one.true_of(assumed, size) for one in some]
            if len(some) > 1 and not whole_only:
                for one, count in zip(some, counts, strict=True):
                    yield Asking(account, one.kind, size, [count])
            yield Asking(account, TOGETHER if len(some) > 1 else some[0].kind, size, counts)


def accounts_of(held: Sequence[Interviews]) -> list[str]:
    """Names of the accounts, in order."""
    return list(dict.fromkeys(one.account for one in held))


def fits(held: Sequence[Interviews], assumed: Mapping[str, float]) -> Iterator[Fit]:
    """How often a study would report each statement and set."""
    for one in asked(held, assumed):
        for what, share in zip(WHATS, one.shares(assumed), strict=True):
            voices = float("nan") if what in SETS else one.voices(what)
            yield Fit(one.account, one.group, one.size, what, tuple(map(len, one.counts)), share, voices)


def numbers(held: Sequence[Interviews], assumed: Mapping[str, float]) -> list[Number]:
    """How many statements a whole study would report."""
    return [one.number(assumed) for one in asked(held, assumed, whole_only=True)]


def ratios(found: Sequence[Fit]) -> Iterator[Odds]:
    """Every fit against that of the account of reference, where there is one."""
    against = {fit[1:4]: fit.share for fit in found if fit.account == REFERENCE}
    for fit in found:
        if fit.account != REFERENCE and fit[1:4] in against:
            yield Odds(*fit[:4], likelihood_ratio(fit.share, against[fit[1:4]]))


def settings(assumed: Mapping[str, float]) -> Iterator[tuple[str, dict[str, float], bool]]:
    """What is varied: words, all assumptions, and whether half must say each thing."""
    yield "as asked", dict(assumed), False
    yield "no noise in telling or coding", {**assumed, **NO_NOISE}, False
    worst = {a.name: a.plausible[0 if a.name == "coding" else 1] for a in ASSUMPTIONS if a.name in NO_NOISE}
    yield "most noise in telling and coding", {**assumed, **worst}, False
    yield "half must say each thing", dict(assumed), True
    for a in ASSUMPTIONS:
        for end in a.plausible:
            yield f"{a.name} {end:g}", {**assumed, a.name: end}, False


def sensitivity(held: Sequence[Interviews], assumed: Mapping[str, float]) -> Iterator[Varied]:
    """The fit of everything with each assumption at the ends of its plausible range, and a few together."""
    for words, setting, half in settings(assumed):
        found = [(one, one.shares(setting, [ALL], half)[0]) for one in asked(held, setting, whole_only=True)]
        against = {one.size: share for one, share in found if one.account == REFERENCE}
        for one, share in found:
            told = one.account != REFERENCE and one.size in against
            ratio = likelihood_ratio(share, against[one.size]) if told else None
            yield Varied(one.account, one.size, words, setting, half, share, one.mean(setting, half), ratio)


def ceiling(kinds: int, assumed: Mapping[str, float], half: bool = False) -> float:
    """How often a study would report everything if it were true of everybody: what noise leaves at most."""
    people = INTERVIEWED * kinds
    return float(chances_of_hearing(people, assumed, half)[:, people].prod())
