"""What each verdict rests on, found by moving one thing at a time and reading the claim again.

A move is lived in the same towns as the first few of the trial, person by person with the same luck, so that little
of the shift it makes is chance. The shift is added to what the whole trial gave, with the uncertainty of both; what
the verdict would be follows as always.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.compare.arms import Arm
from analysis.compare.comparison import Paired, compare
from analysis.compare.estimate import Estimate, ends_of
from analysis.studies.claims.declare import (
    EXPLORED,
    UNDETERMINED,
    Claim,
    Reading,
    Runs,
    missing_in,
    missing_mechanisms,
    strata_of,
    word_of,
)
from analysis.studies.claims.moves import Move, moves_of
from analysis.studies.claims.totals import totals_of
from analysis.studies.frame import Progress

TURNED, UNSETTLED, SETTLED, STANDS = "turned over", "unsettled", "settled", "stands"
Readings = tuple[list[Reading], list[Reading]]  # what decides, and what the twins would say of themselves


@dataclass(frozen=True)
class Shift:
    """What one move does to one claim.

    Attributes:
        claim, move: which.
        before: the verdict's word without the move, from the whole trial.
        after: what it would be with it.
        what: TURNED: another settled word. UNSETTLED: settled before, undetermined after, by a shift that chance does
            not explain. SETTLED: the other way round. STANDS: none of these, as far as so few towns can tell.
        reading: the figure that made the difference, or the first that decides.
        expected: that figure with the move.
        shift: by how much the move shifts it, with its interval.
    """

    claim: Claim
    move: Move
    before: str
    after: str
    what: str
    reading: Reading
    expected: Estimate
    shift: Estimate


def tried(claims: Iterable[Claim]) -> list[Claim]:
    """Claims that a move could turn over, each without what is only shown beside it."""
    return [replace(claim, beside=()) for claim in claims if claim.decides and claim.kind != "explored"]


def shifts_of(
    claims: Sequence[Claim], runs: Runs, towns: int, *, threads: int | None = None, progress: Progress | None = None
) -> list[Shift]:
    """Move everything, one at a time, and read the claims again.

    Args:
        claims: which.
        runs: of the whole trial, by arm.
        towns: how many of them are lived again with each move.
        threads: as for ``sim.ensemble.in_order``.
        progress: called with (moves made, moves in all).

    Returns:
        For each move and claim what it does. Stopped with Ctrl-C, the moves that were made.
    """
    claims = [claim for claim in tried(claims) if not missing_mechanisms(claim, runs)]
    needed = list(dict.fromkeys(name for claim in claims for name in claim.needs))
    arms = [runs[name].arm for name in needed]
    first = {name: first_of(runs[name], towns) for name in needed}
    whole = {claim.id: _read(claim, runs) for claim in claims}
    part = {claim.id: _read(claim, first) for claim in claims}
    moves = moves_of(arms) if claims else []
    found: list[Shift] = []
    for k, move in enumerate(moves):
        if progress:
            progress(k, len(moves))
        moved = [move.of(arm) for arm in arms]
        other = {b.name for a, b in zip(arms, moved, strict=True) if _lives(a) != _lives(b)}
        again = [claim for claim in claims if other.intersection(claim.needs) and _testable_with(claim, moved)]
        wanted = other.intersection(name for claim in again for name in claim.needs)
        wanted = _with_strata(again, wanted)
        if not wanted:
            continue
        seeds = first[needed[0]].seeds
        try:
            here = [arm for arm in moved if arm.name in wanted]
            lived = compare(here, seeds, totals=totals_of, strata=strata_of(again), threads=threads)
        except KeyboardInterrupt:
            break
        if any(paired.runs < len(seeds) for paired in lived.values()):
            break
        there = {**first, **lived}
        found += [_shift(one, move, whole[one.id], part[one.id], _read(one, there)) for one in again]
    if progress:
        progress(len(moves), len(moves))
    return found


def _testable_with(claim: Claim, arms: Sequence[Arm]) -> bool:
    """Whether a move leaves on what a claim needs: without it the claim is not turned over, but not testable."""
    return not missing_in(claim, [arm.values for arm in arms if arm.name in claim.needs])


def _with_strata(claims: Iterable[Claim], arms: set[str]) -> set[str]:
    """Where people of one arm are looked at in another, both must be lived together: these arms, and all those."""
    together = [{*one.arms} for claim in claims for one in claim.every if one.under]
    wider = arms.union(*(some for some in together if arms & some))
    return arms if wider == arms else _with_strata(claims, wider)


def _lives(arm: Arm) -> tuple[str, str]:
    """What an arm and its twin live."""
    return arm.life_digest, arm.twin.life_digest


def first_of(paired: Paired, towns: int) -> Paired:
    """The first so many runs of an arm."""
    return Paired(paired.arm, paired.rows, paired.seeds[:towns], paired.parts[:towns], paired.totals[:towns])


def _read(claim: Claim, runs: Runs) -> Readings:
    return [one(runs) for one in claim.decides], [one(runs, decides=False) for one in claim.true_without]


def _shift(claim: Claim, move: Move, whole: Readings, part: Readings, now: Readings) -> Shift:
    """What a move does to a claim: its readings in the whole trial, in the first towns, and there with the move."""
    deciding, without = ([_expected(*three)[0] for three in zip(*each, strict=True)]
                         for each in zip(whole, part, now, strict=True))  # fmt: skip
    before, after = word_of(claim, *whole), word_of(claim, deciding, without)
    k = _decisive(whole[0], deciding)
    reading, shift = _expected(whole[0][k], part[0][k], now[0][k])
    return Shift(claim, move, before, after, _what(before, after, shift), whole[0][k], reading.estimate, shift)


def _expected(whole: Reading, part: Reading, now: Reading) -> tuple[Reading, Estimate]:
    """A figure of the whole trial as it would be with the move; and the shift that was seen in the first towns."""
    base, few, moved = whole.estimate, part.estimate, now.estimate
    value = moved.value - few.value
    low, high = ends_of(_drawn(moved) - _drawn(few))
    below, above = np.hypot(base.value - base.low, value - low), np.hypot(base.high - base.value, high - value)
    there = base.value + value
    expected = Estimate(there, there - below, there + above, moved.runs)
    return replace(whole, estimate=expected), Estimate(value, low, high, moved.runs)


def _drawn(estimate: Estimate) -> np.ndarray:
    """Its draws; of what has none, such as a certain zero, the value itself."""
    return estimate.draws if len(estimate.draws) else np.array([estimate.value])


def _decisive(before: Sequence[Reading], after: Sequence[Reading]) -> int:
    """Which reading made the difference: the first whose outcome changed, else the first."""
    changed = [k for k, (one, other) in enumerate(zip(before, after, strict=True)) if one.outcome != other.outcome]
    return changed[0] if changed else 0


def _what(before: str, after: str, shift: Estimate) -> str:
    if before in (after, EXPLORED):
        return STANDS
    if UNDETERMINED not in (before, after):
        return TURNED
    if not shift.known or shift.low <= 0 <= shift.high:
        return STANDS
    return UNSETTLED if after == UNDETERMINED else SETTLED


def said_of(claim: Claim, shifts: Sequence[Shift]) -> dict[str, list[str]]:
    """What turns a claim over, and what unsettles it, in words; a claim without shifts was not moved."""
    return {what: [shift.move.words for shift in shifts if shift.claim.id == claim.id and shift.what == what]
            for what in (TURNED, UNSETTLED, SETTLED)}  # fmt: skip
