"""A verdict in words, figures and tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from analysis.compare.estimate import Estimate
from analysis.figures.palette import AGAINST, ALSO_WITHOUT, BLUE, GREY, GRID, INK
from analysis.studies.claims.declare import (
    EXPLORED,
    FAILS,
    HOLDS,
    NOT_TESTABLE,
    NOT_VERIFIED,
    UNDETERMINED,
    VERIFIED,
    WITHOUT_TOO,
    Claim,
    Reading,
)
from analysis.words import numbers
from analysis.words.prose import capital


class Look(NamedTuple):
    """How a verdict is told and shown.

    Attributes:
        short: in a cell of a table.
        terminal: its style there.
        face, ink: colours of a cell and the words in it.
        mark: of its kind in a report.
        meaning: in a sentence.
    """

    short: str
    terminal: str
    face: str
    ink: str
    mark: str
    meaning: str


LOOKS = {
    HOLDS: Look("holds", "blue", BLUE, "white", "holds", "every interval that decides lies inside its bounds"),
    FAILS: Look("fails", "red", AGAINST, "white", "fails", "an interval that decides lies wholly outside its bounds"),
    WITHOUT_TOO: Look("twins too", "yellow", "#F0D9A8", ALSO_WITHOUT, "without",
        "it is not shown against twins; seen before and after, it is true of the twins without a group too"),
    UNDETERMINED: Look("open", "default", GRID, INK, "open",
        "an interval that decides crosses its bound, or cannot be worked out: more runs might tell"),
    VERIFIED: Look("as built", "cyan", "#D6E6F2", INK, "built",
        "a rule or a starting state, put in by hand, works as stated; this is no finding"),
    NOT_VERIFIED: Look("not as built", "red", AGAINST, "white", "fails",
        "a rule or a starting state, put in by hand, does not do what it was meant to"),
    NOT_TESTABLE: Look("not testable", "bright_black", "white", GREY, "explored",
        "a mechanism that it is about is switched off, so no rule could show it; figures count for nothing"),
    EXPLORED: Look("explored", "", "white", GREY, "explored",
        "the paper claims no outcome: figures only, and a null result is legitimate"),
}  # fmt: skip


def quoted(claim: Claim) -> str:
    """Quotation and speaker, as in "not on your own" (A1); empty if the claim quotes nobody."""
    speaker = "the authors" if claim.speaker == "authors" else claim.speaker
    return f'"{claim.quote}"' + f" ({speaker})" * bool(speaker) if claim.quote else ""


def interval(estimate: Estimate) -> str:
    """A figure with its interval: 0.32 (0.28 to 0.36)."""
    return numbers.interval(estimate.value, estimate.low, estimate.high)


def how(reading: Reading) -> str:
    """How a reading stands to its bounds."""
    if not reading.wanted:
        return ""
    place = {HOLDS: "inside", FAILS: "outside"}.get(reading.outcome, "not clear")
    return f"wanted {reading.wanted}: {place}"


def without_which(missing: Sequence[str]) -> str:
    """Mechanisms that are off and without which a claim cannot be tried."""
    return f"switched off here, and without it no rule could show this: {'; '.join(missing)}"


def needs_words(claim: Claim) -> str:
    """Mechanisms without which no rule could show it; empty if it needs none."""
    needed = claim.needs_mechanisms
    if not needed:
        return ""
    return f"the {'mechanism' if len(needed) == 1 else 'mechanisms'} {'; '.join(needed)}"


def fails_in_words(claim: Claim) -> str:
    """The stated world in which a claim fails, with its parameters."""
    if claim.fails_in is None:
        return "nothing decides, so nothing can fail"
    world = claim.fails_in
    changes = ", ".join(f"{name} = {value}" for name, value in world.changes.items())
    account = f"; under the account {world.account}" if world.account else ""
    return f"{world.words} ({changes}{account})"


def sentence(claim: Claim, word: str, readings: Sequence[Reading], missing: Sequence[str] = ()) -> str:
    """The outcome of a claim in plain words, with the figures that decided it, or with the mechanisms missing."""
    if word == NOT_TESTABLE:
        return capital(without_which(missing)) + "."
    deciding = [reading for reading in readings if reading.decides]
    if word == EXPLORED or not deciding:
        if not readings:
            return ""
        first = readings[0]
        return f"{capital(first.label)}: {interval(first.estimate)} {first.unit}; no bound was set."
    parts = [f"{reading.label}: {interval(reading.estimate)} {reading.unit} ({how(reading)})" for reading in deciding]
    told = capital("; ".join(parts)) + "."
    beside = [reading for reading in readings if not reading.decides and reading.wanted]
    if beside and all(reading.outcome == HOLDS for reading in beside):
        figures = "; ".join(f"{reading.label}: {interval(reading.estimate)} {reading.unit}" for reading in beside)
        told += f" Seen before and after, it is true of the twins as well: {figures}."
    return told
