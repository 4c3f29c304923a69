"""Outside figures: what was found in real people and real groups, with source and how far we have seen it.

From the one table of ``scenarios/evidence.yaml``. Nothing in it comes from the model, and nothing in the model is set
by it here. A figure is only as close to ours as the instrument, the people and the time that it was measured with;
``note`` says where that is far.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from analysis.compare.estimate import Estimate
from analysis.evidence.table import ABSTRACT, ASSUMPTION, REPORTED, SEEN, TEXT, evidence

INSIDE, BELOW, ABOVE, NOTHING = "inside", "below", "above", "nothing to compare with"
MOST_IN_A_YEAR = 0.02  # that the mean of a slow state may move without a group


@dataclass(frozen=True)
class Outside:
    """An outside figure.

    Attributes:
        name: unique in the table.
        says: the figure in words, as the source has it.
        source: citation.
        seen: how far we have seen it, of SEEN.
        low, high: its range on our scale; both the same for a single figure, None where that end is open, both None
            where there is no number.
        note: in whom and how it was measured, and what makes it unlike ours.
    """

    name: str
    says: str
    source: str
    seen: str
    low: float | None = None
    high: float | None = None
    note: str = ""

    @property
    def has_number(self) -> bool:
        """Whether there is anything that a figure could be inside of."""
        return self.low is not None or self.high is not None

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends, infinite where open."""
        return (-math.inf if self.low is None else self.low), (math.inf if self.high is None else self.high)


TOGETHER = (
    "one abstract has both a median of 4.5 years and over 60 % ended within 3; no one survival curve goes through "
    "both, so at least one is of a part of the groups, or extrapolated"
)
OUTSIDE: dict[str, Outside] = {
    one.figure: Outside(one.figure, one.says, one.source, one.seen, one.low, one.high, one.note) for one in evidence()
}

# Words by which a reason for closing is known, so that a new one finds its figure; the first that fits.
REASONS = (
    ("reason: no longer needed", ("need",)),  # before attendance, which both of the next name too
    ("reason: problems between members", ("between members", "friction", "fell out", "conflict", "split")),
    ("reason: attendance", ("few came", "nobody came", "attend")),
    ("reason: leadership", ("organis", "leader")),
    ("reason: logistics", ("room", "venue", "logistic", "money", "fund")),
)


def of_pair(one: str, other: str) -> Outside | None:
    """The outside figure for the correlation of two measures, whichever is named first."""
    return OUTSIDE.get(f"{one} with {other}") or OUTSIDE.get(f"{other} with {one}")


def of_state(state: str, weeks: int) -> Outside | None:
    """The outside figure for the correlation of a state with itself after so many weeks."""
    if weeks == 52:
        return OUTSIDE.get(f"{state} over a year", OUTSIDE["any other state over a year"])
    return OUTSIDE.get(f"{state} over half a year") if weeks == 26 else None


def of_year(year: int) -> Outside:
    """The outside figure for ending in a year of age, the first being 1."""
    return OUTSIDE["hazard, years 1-2" if year <= 2 else "hazard, later years"]


def of_reason(name: str) -> Outside | None:
    """The outside figure for a reason for closing, by what it is called."""
    return next((OUTSIDE[known] for known, words in REASONS if any(word in name for word in words)), None)


def word_for(found: Estimate, outside: Outside | None) -> str:
    """Where a figure lies: INSIDE if its interval meets the outside range, BELOW or ABOVE if all of it lies there.

    Without an interval the figure itself decides.
    """
    if outside is None or not outside.has_number or math.isnan(found.value):
        return NOTHING
    low, high = (found.low, found.high) if found.known else (found.value, found.value)
    least, most = outside.ends
    return BELOW if high < least else ABOVE if low > most else INSIDE


__all__ = [
    "ABOVE", "ABSTRACT", "ASSUMPTION", "BELOW", "INSIDE", "MOST_IN_A_YEAR", "NOTHING", "OUTSIDE", "REPORTED", "SEEN",
    "TEXT", "TOGETHER", "Outside", "of_pair", "of_reason", "of_state", "of_year", "word_for",
]  # fmt: skip
