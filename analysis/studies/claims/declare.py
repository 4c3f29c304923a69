"""What a claim is, what is read off the runs for it, and how a verdict is reached."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from analysis.compare.comparison import Paired
from analysis.compare.estimate import Estimate
from analysis.studies.claims.asked import NOTHING_SAID, Asked

Kind = Literal["built in", "emergent", "explored", "rival", "held out"]
HOLDS, FAILS, WITHOUT_TOO, UNDETERMINED = "holds", "fails", "true without a group as well", "undetermined"
VERIFIED, NOT_VERIFIED, EXPLORED = "verified as built in", "not verified", "explored"
NOT_TESTABLE = "not testable under this account"
EITHER = " or "  # between mechanisms of which one is enough
Runs = Mapping[str, Paired]


@dataclass(frozen=True)
class Reading:
    """One figure read off the runs, and what the claim says it should be.

    Attributes:
        label: what was read, of whom, when.
        unit: what it is measured in.
        estimate: value with its 95 % interval.
        low, high: the claim holds where the figure lies in [low, high]; None: no such bound.
        life_change, twin_change: the other two of the three figures, where they exist: the change since
            before coming, with the group and without. Of a state the estimate is their difference; what is
            counted over a year has no "before" for founders, and the two are then of fewer people.
        decides: False for what is shown beside, without counting for the verdict.
        strict: the bounds themselves do not count as inside, so that no effect at all is not an effect above zero.
    """

    label: str
    unit: str
    estimate: Estimate
    low: float | None = None
    high: float | None = None
    life_change: Estimate | None = None
    twin_change: Estimate | None = None
    decides: bool = True
    strict: bool = False

    @property
    def outcome(self) -> str:
        """HOLDS: the whole interval lies inside the bounds; FAILS: all of it on one side outside; else UNDETERMINED."""
        e = self.estimate
        low = float("-inf") if self.low is None else self.low
        high = float("inf") if self.high is None else self.high
        if not e.known:
            return UNDETERMINED
        outside = e.high < low or e.low > high
        if self.strict:
            outside = e.high <= low or e.low >= high
        if outside:
            return FAILS
        touches = self.strict and (e.low <= low or e.high >= high)
        return HOLDS if e.within(low, high) and not touches else UNDETERMINED

    @property
    def wanted(self) -> str:
        """The bounds in words; empty if there are none."""
        return bounds_said(self.low, self.high, self.strict)


def bounds_said(low: float | None, high: float | None, strict: bool) -> str:
    """Bounds in words; empty if there are none."""
    above, below = ("above", "below") if strict else ("at least", "at most")
    if low is not None and high is not None:
        return f"from {low:g} to {high:g}"
    if low is not None:
        return f"{above} {low:g}"
    return f"{below} {high:g}" if high is not None else ""


@dataclass(frozen=True)
class Estimand:
    """What is to be read off the runs, and the bounds between which a claim says that it lies.

    Called with the runs by arm, it gives the reading.

    Attributes:
        arms: names of those that it is read from.
        read: takes the runs by arm, gives the reading, without bounds.
        low, high, strict: as in ``Reading``; set with ``at_least`` and the like.
        asked: whom it is about, against what, and so on; "not said" throughout where nobody says it.
        under: the arm whose people are looked at in the other arms as well; empty if there is none.
    """

    arms: tuple[str, ...]
    read: Callable[[Runs], Reading]
    low: float | None = None
    high: float | None = None
    strict: bool = False
    asked: Asked = NOTHING_SAID
    under: str = ""

    @property
    def wanted(self) -> str:
        """The bounds in words; empty if there are none."""
        return bounds_said(self.low, self.high, self.strict)

    def __call__(self, runs: Runs, decides: bool = True) -> Reading:
        """Read it off, with its bounds."""
        reading = self.read(runs)
        if not isinstance(reading, Reading):
            raise TypeError(f"expected a Reading, found {type(reading).__name__}")
        return replace(reading, low=self.low, high=self.high, strict=self.strict, decides=decides)

    def at_least(self, low: float) -> Estimand:
        """The same, with this as the least."""
        return replace(self, low=low)

    def at_most(self, high: float) -> Estimand:
        """The same, with this as the most."""
        return replace(self, high=high)

    def between(self, low: float, high: float) -> Estimand:
        """The same, between these two, which count as inside."""
        return replace(self, low=low, high=high)

    def above(self, low: float) -> Estimand:
        """The same, above this, which does not count as inside."""
        return replace(self, low=low, strict=True)

    def below(self, high: float) -> Estimand:
        """The same, below this, which does not count as inside."""
        return replace(self, high=high, strict=True)


def figure_of(
    label: str, unit: str, arms: tuple[str, ...], estimate: Callable[[Runs], Estimate], asked: Asked, under: str = ""
) -> Estimand:
    """An estimand that is one figure; ``estimate`` takes the runs by arm, all else is as in ``Estimand``."""
    return Estimand(arms, lambda runs: Reading(label, unit, estimate(runs)), asked=asked, under=under)


class World(NamedTuple):
    """A stated world.

    Attributes:
        words: what is different in it.
        changes: the same as parameters, by dotted name, in every arm.
        account: of how a group works, under which it is lived; empty: as the scenarios are.
    """

    words: str
    changes: Mapping[str, Any]
    account: str = ""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One claim, and the test it can fail.

    Attributes:
        id: C1 to C33 for those of the paper, as in docs/odd.md, appendix G.
        statement: what the paper says, in a sentence.
        quote, speaker: a short quotation; ``speaker`` is A1-A4, B1-B4 or "authors".
        kind: built in (a micro-rule or a starting state: verified, never a finding), emergent, explored (the
            paper claims no outcome), rival, or held out (emergent, and never used to choose a value).
        contrast, population, outcome: what is compared, for whom, on what.
        threshold: what must be seen, in words.
        dated: when the threshold was set (ISO date); a change needs a line in the change log.
        decides: what the verdict rests on.
        beside: what is shown beside, without counting for the verdict.
        true_without: what shows, where it holds, that the statement is true without a group as well; it is looked
            at when the claim itself does not hold.
        note: what a reader should know about the test.
        weeks: how long the arms must have been lived; the figures stay the same if they were lived longer.
        needs_mechanisms: those without which no rule could show it; "upset or influence" needs one of the two.
        fails_in: a world in which the claim fails, lived as a test; None where nothing decides.
        overturn: what would change the verdict, in words.
    """

    id: str
    statement: str
    kind: Kind
    contrast: str
    population: str
    outcome: str
    threshold: str
    dated: str
    quote: str = ""
    speaker: str = ""
    decides: tuple[Estimand, ...] = ()
    beside: tuple[Estimand, ...] = ()
    true_without: tuple[Estimand, ...] = ()
    note: str = ""
    weeks: int = 104
    needs_mechanisms: tuple[str, ...] = ()
    fails_in: World | None = None
    overturn: str = ""

    @property
    def needs(self) -> tuple[str, ...]:
        """Names of the arms that must have been lived, each once."""
        return tuple(dict.fromkeys(arm for estimand in self.every for arm in estimand.arms))

    @property
    def every(self) -> tuple[Estimand, ...]:
        """All that is read off the runs for it."""
        return (*self.decides, *self.beside, *self.true_without)

    @property
    def strata(self) -> tuple[str, ...]:
        """Names of arms whose people are looked at in other arms as well, each once."""
        return tuple(dict.fromkeys(estimand.under for estimand in self.every if estimand.under))


def strata_of(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Names of arms whose people some claims look at in other arms as well, each once."""
    return tuple(dict.fromkeys(arm for claim in claims for arm in claim.strata))


@dataclass(frozen=True)
class Verdict:
    """A claim, tried.

    Attributes:
        claim: which.
        word: one of the words above.
        readings: what was read; the first that decides comes first.
        sentence: the outcome in plain words, with figures.
        runs: how many runs of each arm it rests on.
        p: one-sided, of figures so far on the claim's side of its threshold if the truth lay on it, from the draws
            that its interval is made of; ``p_holm``: corrected for the claims read together. Both beside the verdict,
            which rests on the intervals alone; NaN for claims that are not tested so.
    """

    claim: Claim
    word: str
    readings: list[Reading] = field(default_factory=list)
    sentence: str = ""
    runs: int = 0
    p: float = float("nan")
    p_holm: float = float("nan")

    @property
    def key(self) -> Reading | None:
        """The reading that made the verdict: the first that stands as the verdict does, among those that decide."""
        deciding = [reading for reading in self.readings if reading.decides]
        stands = {NOT_VERIFIED: (FAILS,), WITHOUT_TOO: (FAILS, UNDETERMINED)}.get(self.word, (self.word,))
        made = [reading for reading in deciding if reading.outcome in stands]
        return next(iter([*made, *deciding, *self.readings]), None)


def missing_mechanisms(claim: Claim, runs: Runs) -> list[str]:
    """What a claim needs and at least one of its arms has switched off, as the claim names it."""
    return missing_in(claim, [runs[arm].arm.values for arm in claim.needs])


def missing_in(claim: Claim, values: Sequence[Mapping[str, Any]]) -> list[str]:
    """The same, by the parameters of each arm."""
    return [
        needed
        for needed in claim.needs_mechanisms
        if not all(any(one[f"mechanisms.{name}"] for name in needed.split(EITHER)) for one in values)
    ]


def judge(claim: Claim, runs: Runs) -> tuple[str, list[Reading]]:
    """The verdict's word, and the readings behind it.

    All readings that decide must hold for the claim to hold; one that fails makes it fail. If it does not
    hold, and what members would say of themselves comes out in the twins without a group too, it is true
    without a group as well. Where a mechanism that the claim needs is off, no rule could show it, and its
    figures count for nothing.
    """
    if claim.kind != "explored" and missing_mechanisms(claim, runs):
        shown = [one(runs, decides=False) for one in (*claim.decides, *claim.beside)]
        return NOT_TESTABLE, [replace(reading, low=None, high=None) for reading in shown]
    deciding = [estimand(runs) for estimand in claim.decides]
    readings = [*deciding, *(estimand(runs, decides=False) for estimand in claim.beside)]
    without = [estimand(runs, decides=False) for estimand in claim.true_without]
    return word_of(claim, deciding, without), [*readings, *without]


def word_of(claim: Claim, deciding: Sequence[Reading], without: Sequence[Reading] = ()) -> str:
    """The verdict's word, by the readings that decide and those of the twins' own story."""
    outcomes = [reading.outcome for reading in deciding]
    if claim.kind == "explored":
        return EXPLORED
    if FAILS in outcomes:
        word = FAILS
    elif outcomes and all(outcome == HOLDS for outcome in outcomes):
        word = HOLDS
    else:
        word = UNDETERMINED
    if claim.kind == "built in":
        return {HOLDS: VERIFIED, FAILS: NOT_VERIFIED}.get(word, UNDETERMINED)
    if word != HOLDS and without and all(reading.outcome == HOLDS for reading in without):
        word = WITHOUT_TOO
    return word
