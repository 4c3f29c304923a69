"""``breakeven`` in plain words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from analysis.compare.arms import Arm
from analysis.compare.estimate import RESAMPLES
from analysis.studies.breakeven.published import CONVERSION, PUBLISHED
from analysis.studies.breakeven.search import (
    HIGHEST,
    KAPPA,
    NEVER,
    NODES,
    ROOT,
    STRENGTH,
    WORSE,
    Curves,
    Point,
)
from analysis.words.care import CAUTION
from analysis.words.numbers import count, fixed, signed, span
from analysis.words.prose import wrapped

INTERVAL = (
    f"Intervals: runs drawn anew {count(RESAMPLES)} times; of each draw the reading is known at kappa "
    f"{', '.join(f'{kappa:g}' for kappa in NODES)}, and interpolated monotonically between. Roots: searched on lives."
)
QUESTION = (
    "How much must somebody's rate of episodes rise, for some days after hearing of another's, for a group to do "
    "neither good nor harm to episodes? Kappa is that rise, as a share (1 = twice the rate)."
)
ROUGHLY = (
    "None of them measured kappa itself, the rise in the week after hearing of a peer's episode in a group; they are "
    "for orientation only."
)


def breakeven_summary(arms: Sequence[Arm], curves: Curves, seeds: Sequence[int]) -> str:
    """What was found, in words."""
    years = span(arms[0].values["run.weeks"])
    lines = [
        f"Break-even of social influence on urges: {', '.join(arm.name for arm in arms)}",
        f"{len(seeds)} runs, seeds {seeds[0]} to {seeds[-1]}, after {years}; all who ever came. All "
        "of this follows from assumptions.",
        "",
        wrapped(QUESTION),
        "",
    ]  # fmt: skip
    for arm in arms:
        mine = [p for p in curves.points if p.arm == arm.name]
        lines.append(f"{arm.title}")
        lines.append(
            f"  {'strength of the group':<24}{'mean episodes as many':>34}{'as many with fewer as with more':>38}"
        )
        for strength in sorted({p.strength for p in mine}):
            found = {p.reading: p for p in mine if p.strength == strength}
            own = " (own)" if strength == arm.values[STRENGTH] else ""
            lines.append(f"  {f'{strength:g}{own}':<24}{_said(found['mean']):>34}{_said(found['balance']):>38}")
        lines += [
            wrapped(sentence(arm, mine), indent="  "),
            *(wrapped(one, indent="  ") for one in beside(arm, curves)),
            "",
        ]
    lines.append("Published, converted roughly: " + CONVERSION)
    for p in PUBLISHED:
        ends = f" ({fixed(p.kappa_ends[0])} to {fixed(p.kappa_ends[1])})" if p.kappa_ends else ""
        lines.append(f"  {p.says}: kappa about {fixed(p.kappa)}{ends}")
    lines += [wrapped(ROUGHLY), "", wrapped(INTERVAL), wrapped(CAUTION), ""]
    return "\n".join(lines)


def kappa_words(kappa: float) -> str:
    """A kappa, or in words that it lies outside what was lived."""
    return f"over {HIGHEST:g}" if math.isinf(kappa) else fixed(kappa)


def _said(point: Point) -> str:
    if point.word != ROOT:
        return f"{point.word} ({kappa_words(point.low)} to {kappa_words(point.high)})"
    return f"{kappa_words(point.kappa)} ({kappa_words(point.low)} to {kappa_words(point.high)})"


def sentence(arm: Arm, points: Sequence[Point]) -> str:
    """The break-even at the scenario's own strength, against its own kappa and what is published."""
    own = next(p for p in points if p.strength == arm.values[STRENGTH] and p.reading == "mean")
    kappa = float(arm.values[KAPPA])
    if own.word == WORSE:
        return (
            f"{arm.name}: {WORSE}, even without any social influence ({signed(own.without_influence)} episodes a year)."
        )
    if own.word == NEVER:
        return f"{arm.name}: {NEVER}; without social influence {signed(own.without_influence)} episodes a year."
    if own.word != ROOT:
        return f"{arm.name}: {own.word}."
    inside = [p.name for p in PUBLISHED if p.kappa_ends and p.kappa_ends[0] <= own.kappa <= p.kappa_ends[1]]
    against = f"inside the published interval ({', '.join(inside)})" if inside else "outside the published intervals"
    said = f"{arm.name}: at its own strength the break-even is {_said(own)}"
    if not kappa > 0:
        return f"{said}; {against}."
    roots = [p.kappa for p in points if p.reading == "mean" and p.word == ROOT]
    return (
        f"{said}, {fixed(own.kappa / kappa, 1)} times the assumed {kappa:g}; {against}. Over the strengths tried it "
        f"goes from {fixed(min(roots))} to {fixed(max(roots))}."
    )


def beside(arm: Arm, curves: Curves) -> list[str]:
    """Coping, distress and isolation at the scenario's own strength: without influence, with its own, and far above."""
    mine = [one for one in curves.lived if one.arm == arm.name and one.strength == arm.values[STRENGTH]]
    shown = {0.0, float(arm.values[KAPPA]), HIGHEST}
    return [
        f"{arm.name} at kappa {one.kappa:g}, with the group minus without: episodes {signed(one.difference)} a year; "
        f"coping {signed(one.coping, 3)}, distress {signed(one.distress, 3)}, isolation {signed(one.isolation, 3)}."
        for one in mine
        if one.kappa in shown
    ]
