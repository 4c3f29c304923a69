"""A verdict in words, figures and tables."""

from __future__ import annotations

import math
from collections.abc import Sequence

from analysis.compare.estimate import Estimate
from analysis.studies.claims.declare import (
    EXPLORED,
    FAILS,
    HOLDS,
    NOT_VERIFIED,
    UNDETERMINED,
    VERIFIED,
    WITHOUT_TOO,
    Claim,
    Reading,
)

MINUS = "\u2212"
MEANING = {
    HOLDS: "every interval that decides lies inside its bounds",
    FAILS: "an interval that decides lies wholly outside its bounds",
    WITHOUT_TOO: "it does not hold against twins, and members' before-and-after impression is the same without a group",
    UNDETERMINED: "an interval that decides crosses its bound, or cannot be worked out: more runs might tell",
    VERIFIED: "a rule or a starting state, put in by hand, works as stated; this is no finding",
    NOT_VERIFIED: "a rule or a starting state, put in by hand, does not do what it was meant to",
    EXPLORED: "the paper claims no outcome: figures only, and a null result is legitimate",
}


def digits(*values: float) -> int:
    """Decimals that show the largest of some figures with two digits, and figures near one with two decimals."""
    known = [abs(value) for value in values if not math.isnan(value) and value != 0]
    if not known or max(known) >= 100:
        return 0
    return min(8, max(2 if max(known) < 10 else 1, 1 - math.floor(math.log10(max(known)))))


def number(value: float, decimals: int | None = None) -> str:
    """A figure, with a true minus sign; "-" if there is none."""
    if math.isnan(value):
        return "-"
    text = f"{value:.{digits(value) if decimals is None else decimals}f}"
    return "0" if float(text) == 0 else text.replace("-", MINUS)


def interval(estimate: Estimate) -> str:
    """A figure with its interval: 0.32 (0.28 to 0.36)."""
    if not estimate.known:
        return f"{number(estimate.value)} (no interval)"
    shown = digits(estimate.value, estimate.low, estimate.high)
    value, low, high = (number(figure, shown) for figure in (estimate.value, estimate.low, estimate.high))
    return f"{value} ({low} to {high})"


def probability(p: float) -> str:
    """A P value; nothing where there is none."""
    return "" if math.isnan(p) else "<0.001" if p < 0.001 else f"{p:.3f}"


def how(reading: Reading) -> str:
    """How a reading stands to its bounds."""
    if not reading.wanted:
        return ""
    place = {HOLDS: "inside", FAILS: "outside"}.get(reading.outcome, "not clear")
    return f"wanted {reading.wanted}: {place}"


def sentence(claim: Claim, word: str, readings: Sequence[Reading]) -> str:
    """The outcome of a claim in plain words, with the figures that decided it."""
    deciding = [reading for reading in readings if reading.decides]
    if word == EXPLORED or not deciding:
        first = readings[0] if readings else None
        return (
            ""
            if first is None
            else f"{capital(first.label)}: {interval(first.estimate)} {first.unit}; no bound was set."
        )
    parts = [f"{reading.label}: {interval(reading.estimate)} {reading.unit} ({how(reading)})" for reading in deciding]
    told = capital("; ".join(parts)) + "."
    beside = [reading for reading in readings if not reading.decides and reading.wanted]
    if beside and all(reading.outcome == HOLDS for reading in beside):
        figures = "; ".join(f"{reading.label}: {interval(reading.estimate)} {reading.unit}" for reading in beside)
        too = "Members' own before-and-after impression would be the same"
        told += f" {too} without a group: {figures}."
    return told


def capital(text: str) -> str:
    """With a capital first letter, the others as they are."""
    return text[:1].upper() + text[1:]
