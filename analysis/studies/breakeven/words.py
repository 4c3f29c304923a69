"""``breakeven`` in plain words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.compare.arms import Arm
from analysis.compare.estimate import RESAMPLES
from analysis.studies.breakeven import search
from analysis.studies.breakeven.published import CONVERSION, PUBLISHED
from analysis.studies.breakeven.search import HIGHEST, KAPPA, RELIEF, ROOT, Curves, Point
from analysis.words.care import CAUTION
from analysis.words.numbers import count, fixed, setting, signed, span
from analysis.words.prose import listed, wrapped
from sim.parameters import PARAMETERS
from sim.parameters.mechanisms import MECHANISMS

if TYPE_CHECKING:
    from analysis.studies.breakeven.study import Breakeven

INTERVAL = (
    f"Intervals: runs drawn anew {count(RESAMPLES)} times; of each draw the reading is known at kappa "
    f"{', '.join(f'{kappa:g}' for kappa in search.NODES)}, and interpolated monotonically between. "
    "Roots: searched on lives."
)
QUESTION = (
    "How much must somebody's rate of episodes rise, for some days after hearing of another's, for a group to do "
    "neither good nor harm to episodes? Kappa is that rise, as a share (1 = twice the rate)."
)
ROUGHLY = (
    "None of them measured kappa itself, the rise in the week after hearing of a peer's episode in a group; they are "
    "for orientation only."
)


def summary_of(found: Breakeven) -> str:
    """What was found, in words."""
    arms, curves, seeds = found.study.arms, found.curves, list(found.study.seeds)[: found.finished]
    years = span(arms[0].values["run.weeks"])
    lines = [
        f"Break-even of social influence on urges: {', '.join(arm.name for arm in arms)}",
        f"{len(seeds)} runs, seeds {seeds[0]} to {seeds[-1]}, after {years}; all who ever came. All "
        "of this follows from assumptions.",
        "",
        wrapped(QUESTION),
        wrapped(f"Found over {meant(curves.over)}."),
        "",
    ]  # fmt: skip
    for arm in arms:
        mine = [p for p in curves.points if p.arm == arm.name]
        lines.append(f"{arm.title}")
        lines.append(f"  {curves.over:<28}{'mean episodes as many':>38}{'as many with fewer as with more':>38}")
        for value in sorted({p.at for p in mine}):
            here = {p.reading: p for p in mine if p.at == value}
            own = " (own)" if value == arm.values[curves.over] else ""
            lines.append(f"  {f'{setting(value)}{own}':<28}{_said(here['mean']):>38}{_said(here['balance']):>38}")
        lines += [*(wrapped(one, indent="  ") for one in (*in_short(arm, curves), *beside(arm, curves))), ""]
    lines.append("Published, converted roughly: " + CONVERSION)
    for p in PUBLISHED:
        ends = f" ({fixed(p.kappa_ends[0])} to {fixed(p.kappa_ends[1])})" if p.kappa_ends else ""
        lines.append(f"  {p.says}: kappa about {fixed(p.kappa)}{ends}")
    lines += [wrapped(ROUGHLY), "", wrapped(INTERVAL), wrapped(CAUTION), ""]
    return "\n".join(lines)


def in_short(arm: Arm, curves: Curves) -> list[str]:
    """What was found of an arm, a sentence each."""
    mine = [p for p in curves.points if p.arm == arm.name]
    return [sentence(arm, mine, curves.over), *without_effect(arm, curves.over)]


def meant(name: str) -> str:
    """A parameter with what it means."""
    return f"{name}: {PARAMETERS[name].meaning}"


def kappa_words(kappa: float) -> str:
    """A kappa, or in words that it lies outside what was lived."""
    return f"over {HIGHEST:g}" if math.isinf(kappa) else fixed(kappa)


def _said(point: Point) -> str:
    if point.word in (search.NEITHER, search.NOBODY):
        return point.word
    if point.word != ROOT:
        return f"{point.word} ({kappa_words(point.low)} to {kappa_words(point.high)})"
    return f"{kappa_words(point.kappa)} ({kappa_words(point.low)} to {kappa_words(point.high)})"


def sentence(arm: Arm, points: Sequence[Point], over: str = RELIEF) -> str:
    """The break-even at the scenario's own value, against its own kappa and what is published; and over the values."""
    own = next(p for p in points if p.at == arm.values[over] and p.reading == "mean")
    kappa = float(arm.values[KAPPA])
    where = f"{arm.name}, at {over} {setting(own.at)} as it is"
    along = _along([p for p in points if p.reading == "mean"], over)
    if own.word == search.WORSE:
        without = f"even without any social influence ({signed(own.without_influence)} episodes a year)"
        return f"{where}: {search.WORSE}, {without}. {along}"
    if own.word == search.NEVER:
        without = f"without social influence {signed(own.without_influence)} episodes a year"
        return f"{where}: {search.NEVER}; {without}. {along}"
    if own.word != ROOT:
        return f"{where}: {own.word}. {along}"
    inside = [p.name for p in PUBLISHED if p.kappa_ends and p.kappa_ends[0] <= own.kappa <= p.kappa_ends[1]]
    against = f"inside the published interval ({', '.join(inside)})" if inside else "outside the published intervals"
    times = f", {fixed(own.kappa / kappa, 1)} times the assumed {kappa:g}" if kappa > 0 else ""
    return f"{where}: the break-even is {_said(own)}{times}; {against}. {along}"


def _along(points: Sequence[Point], over: str) -> str:
    """How the break-even goes along the values that were tried."""
    ordered = sorted(points, key=lambda p: p.at)
    said = []
    for word in (search.WORSE, search.NEITHER, search.NOBODY, search.NEVER):
        some = [setting(p.at) for p in ordered if p.word == word]
        said += [f"{word} at {listed(some)}"] if some and len(some) < len(ordered) else []
    if all(p.word == ordered[0].word != ROOT for p in ordered):
        return f"So it is at every {over} tried, {setting(ordered[0].at)} to {setting(ordered[-1].at)}."
    roots = [p for p in ordered if p.word == ROOT]
    if roots:
        first, last = roots[0], roots[-1]
        said.insert(0, f"{fixed(first.kappa)} at {setting(first.at)} to {fixed(last.kappa)} at {setting(last.at)}")
    return f"Over {over} it goes: {'; '.join(said)}."


def without_effect(arm: Arm, over: str) -> list[str]:
    """Of the two numbers, which make no difference because a mechanism is off: a sentence each."""
    return [
        f"{arm.name}: `{m.name}` is off, so that {name} makes no difference."
        for name in (over, KAPPA)
        for m in MECHANISMS
        if name in m.effects and not arm.values[f"mechanisms.{m.name}"]
    ]


def beside(arm: Arm, curves: Curves) -> list[str]:
    """Coping, distress and isolation at the scenario's own value: without influence, with its own, and far above."""
    mine = [one for one in curves.lived if one.arm == arm.name and one.at == arm.values[curves.over]]
    shown = {0.0, float(arm.values[KAPPA]), HIGHEST}
    return [
        f"{arm.name} at kappa {one.kappa:g}, with the group minus without: episodes {signed(one.difference)} a year; "
        f"coping {signed(one.coping, 3)}, distress {signed(one.distress, 3)}, isolation {signed(one.isolation, 3)}."
        for one in mine
        if one.kappa in shown
    ]
