# ruff: noqa: E501 - declarations
"""Outside figures: what was found in real people and real groups, with source and how far we have seen it.

One declared table. Nothing in it comes from the model, and nothing in the model is set by it here. A figure is only as
close to ours as the instrument, the people and the time that it was measured with; ``note`` says where that is far.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from analysis.compare.estimate import Estimate

TEXT, ABSTRACT, REPORTED, ASSUMPTION = "text", "abstract", "reported", "assumption"
SEEN = {
    TEXT: "read in the source's text",
    ABSTRACT: "read in the source's abstract",
    REPORTED: "reported by others; not checked in the source",
    ASSUMPTION: "our assumption",
}
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


MUND = "Mund and others 2020, Personality and Social Psychology Review 24:24"
WITUK = "Wituk and others 2002, American Journal of Community Psychology 30:349"
MANKOWSKI = (
    "Mankowski, Maton, Burke and Stephan, International Journal of Self Help and Self Care 8(1), doi 10.2190/SH.8.1.h"
)
LYSAKER = "Lysaker and others 2012, Social Psychiatry and Psychiatric Epidemiology 47:849"
NO_SOURCE = "none: assumption"
ANSWERS = (
    "several answers of one group count, so that the five sum to 225 %; a group of the model has one reason, and its "
    "shares sum to 100 %. The figures are not in the abstract; seen in a library's summary of the paper"
)
TOGETHER = (
    "one abstract has both a median of 4.5 years and over 60 % ended within 3; no one survival curve goes through both, "
    "so at least one is of a part of the groups, or extrapolated"
)

_DECLARED = (
    # Correlations between people.
    Outside("isolation with distress", "0.48", "Dunn and Sicouri 2022, Behaviour Change", ABSTRACT, 0.48, 0.48,
            "loneliness with depressive symptoms, 44 studies of children and adolescents (mean age 14), at one time"),
    Outside("stigma with distress", "0.28", "Mak and others 2007, Social Science and Medicine 65:245", ABSTRACT, 0.28, 0.28,
            "stigma of any kind, not of self-harm and not only internalised, with mental health; 49 studies, corrected for unreliability"),
    # The same people later.
    Outside("isolation over a year", "0.6-0.75", MUND, ABSTRACT, 0.6, 0.75,
            "the abstract says that ranks in loneliness are as stable as in personality (75 studies); the range is our reading"),
    Outside("any other state over a year", "0.6-0.85", NO_SOURCE, ASSUMPTION, 0.6, 0.85, "no figure of the same state is known to us"),
    Outside("stigma over half a year", "stable", LYSAKER, ABSTRACT,
            note="self-stigma of people in rehabilitation: stable over 5-7 months; the abstract has no number"),
    Outside("stigma over a year", "0.6-0.85", NO_SOURCE, ASSUMPTION, 0.6, 0.85,
            f"less stable than over half a year, as it may fluctuate over 12 months ({LYSAKER}, abstract); the range is ours"),
    Outside("none next year", "volatile over time", "review of 32 longitudinal studies of self-injury", REPORTED,
            note="no share is known to us"),
    # Lives without a group.
    Outside("drift", f"no more than {MOST_IN_A_YEAR:g} a year either way", NO_SOURCE, ASSUMPTION, -MOST_IN_A_YEAR, MOST_IN_A_YEAR,
            "lives should begin in their stationary state; loneliness is stable in the mean from adolescence on (Mund 2020, abstract)"),
    # How groups end.
    Outside("median survival", "4.5 years", MANKOWSKI, ABSTRACT, 4.5, 4.5, f"men's mutual-help groups, estimated; {TOGETHER}"),
    Outside("ended within 3 years", "over 60 %", MANKOWSKI, ABSTRACT, 0.6, 1.0, f"men's mutual-help groups; {TOGETHER}"),
    Outside("hazard, years 1-2", "10-20 % a year", NO_SOURCE, ASSUMPTION, 0.10, 0.20, "of groups open when the year begins"),
    Outside("hazard, later years", "5-10 % a year", NO_SOURCE, ASSUMPTION, 0.05, 0.10, "of groups open when the year begins"),
    Outside("reason: attendance", "76 %", WITUK, REPORTED, 0.76, 0.76, ANSWERS),
    Outside("reason: leadership", "52 %", WITUK, REPORTED, 0.52, 0.52, ANSWERS),
    Outside("reason: no longer needed", "35 %", WITUK, REPORTED, 0.35, 0.35, ANSWERS),
    Outside("reason: problems between members", "31 %", WITUK, REPORTED, 0.31, 0.31, ANSWERS),
    Outside("reason: logistics", "31 %", WITUK, REPORTED, 0.31, 0.31, ANSWERS),
    # The life of groups.
    Outside("attendance", "3-9 people", "GROW, on its own groups", REPORTED, 3.0, 9.0, "groups for mental health, not for self-harm"),
    Outside("one visit only", "30-60 %", NO_SOURCE, ASSUMPTION, 0.3, 0.6, "of people who come for the first time"),
    Outside("new people, going on against ending", "more in groups that go on", WITUK, ABSTRACT, 0.0, None,
            "245 active and 94 disbanded groups: the number of new people at a meeting told them apart best"),
)  # fmt: skip
OUTSIDE: dict[str, Outside] = {one.name: one for one in _DECLARED}

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
