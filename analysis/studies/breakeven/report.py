"""``breakeven`` in words and as a figure."""

from __future__ import annotations

import math
import textwrap
import warnings
from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes

from analysis.compare.arms import Arm
from analysis.compare.estimate import RESAMPLES
from analysis.figures.palette import ARMS, INK, MARKERS
from analysis.figures.style import RC, Drawing, margins, new_page, save
from analysis.results.study import Study
from analysis.studies.breakeven.published import CONVERSION, PUBLISHED
from analysis.studies.breakeven.search import (
    HIGHEST,
    KAPPA,
    NEVER,
    NODES,
    READINGS,
    ROOT,
    STRENGTH,
    WORSE,
    Curves,
    Point,
)
from analysis.words.care import CAUTION
from analysis.words.numbers import count, fixed, signed, span
from analysis.words.prose import wrapped

ABOUT = "All of this follows from assumptions about what groups do. It is no evidence about groups."
INTERVAL = (
    f"Intervals: runs drawn anew {count(RESAMPLES)} times; of each draw the reading is known at kappa "
    f"{', '.join(f'{kappa:g}' for kappa in NODES)}, and interpolated monotonically between. Roots: searched on lives."
)


def breakeven_summary(arms: Sequence[Arm], curves: Curves, study: Study) -> str:
    """What was found, in words."""
    years = span(arms[0].values["run.weeks"])
    last = study.first_seed + study.runs - 1
    lines = [
        f"Break-even of social influence on urges: {' | '.join(arm.name for arm in arms)}",
        f"{study.runs} runs, seeds {study.first_seed} to {last}, after {years}; all who ever came. All "
        "of this follows from assumptions.",
        "",
        wrapped(
            "How much must somebody's rate of episodes rise, for some days after hearing of another's, for a "
            "group to do neither good nor "
            "harm to episodes? Kappa is that rise, as a share (1 = twice the rate)."
        ),
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
        lines += [_sentence(arm, mine), *_beside(arm, curves), ""]
    lines.append("Published, converted roughly: " + CONVERSION)
    for p in PUBLISHED:
        ends = f" ({fixed(p.kappa_ends[0])} to {fixed(p.kappa_ends[1])})" if p.kappa_ends else ""
        lines.append(f"  {p.says}: kappa about {fixed(p.kappa)}{ends}")
    lines += [
        wrapped(
            "None of them measured kappa itself, the rise in the week after hearing of a peer's episode in a group; "
            "they are for orientation only."
        ),
        "", wrapped(INTERVAL), wrapped(CAUTION), "",
    ]  # fmt: skip
    return "\n".join(lines)


def kappa_words(kappa: float) -> str:
    """A kappa, or in words that it lies outside what was lived."""
    return f"over {HIGHEST:g}" if math.isinf(kappa) else fixed(kappa)


def _said(point: Point) -> str:
    if point.word != ROOT:
        return f"{point.word} ({kappa_words(point.low)} to {kappa_words(point.high)})"
    return f"{kappa_words(point.kappa)} ({kappa_words(point.low)} to {kappa_words(point.high)})"


def _sentence(arm: Arm, points: list[Point]) -> str:
    """The break-even at the scenario's own strength, against its own kappa and what is published."""
    own = next(p for p in points if p.strength == arm.values[STRENGTH] and p.reading == "mean")
    kappa = float(arm.values[KAPPA])
    if own.word == WORSE:
        return wrapped(
            f"  {arm.name}: {WORSE}, even without any social influence "
            f"({signed(own.without_influence)} episodes a year)."
        )
    if own.word == NEVER:
        return wrapped(
            f"  {arm.name}: {NEVER}; without social influence {signed(own.without_influence)} episodes a year."
        )
    if own.word != ROOT:
        return f"  {arm.name}: {own.word}."
    inside = [p.name for p in PUBLISHED if p.kappa_ends and p.kappa_ends[0] <= own.kappa <= p.kappa_ends[1]]
    against = f"inside the published interval ({', '.join(inside)})" if inside else "outside the published intervals"
    roots = [p.kappa for p in points if p.reading == "mean" and p.word == ROOT]
    return wrapped(
        f"  {arm.name}: at its own strength the break-even is {_said(own)}, {fixed(own.kappa / kappa, 1)} times the "
        f"assumed {kappa:g}; {against}. "
        f"Over the strengths tried it goes from {fixed(min(roots))} to {fixed(max(roots))}."
        if kappa > 0 else f"  {arm.name}: at its own strength the break-even is {_said(own)}; {against}."
    )  # fmt: skip


def _beside(arm: Arm, curves: Curves) -> list[str]:
    """Coping, distress and isolation at the scenario's own strength: without influence, with its own, and far above."""
    mine = [one for one in curves.lived if one.arm == arm.name and one.strength == arm.values[STRENGTH]]
    shown = {0.0, float(arm.values[KAPPA]), HIGHEST}
    return [
        f"  at kappa {one.kappa:g}, group less twin: episodes {signed(one.difference)} a year; coping "
        f"{signed(one.coping, 3)}, distress {signed(one.distress, 3)}, isolation {signed(one.isolation, 3)}"
        for one in mine
        if one.kappa in shown
    ]


def draw_breakeven(arms: Sequence[Arm], curves: Curves, study: Study, folder: Path) -> None:
    """Write breakeven.png and breakeven.svg."""
    with mpl.rc_context(RC), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        save(drawing(arms, curves, study), folder / "breakeven")


def drawing(arms: Sequence[Arm], curves: Curves, study: Study) -> Drawing:
    """The curves over the group's strength, with what is published beside them."""
    years = span(arms[0].values["run.weeks"])
    below = f"{' | '.join(arm.name for arm in arms)}   |   {study.runs} runs, after {years}, all who ever came"
    note = (
        "Below a curve the group lessens episodes, above it adds to them. Bands: 95 % intervals. Large marks: "
        "a scenario's own strength; cross: its own kappa; dotted: published.\n"
        f"Published figures converted roughly, as {CONVERSION}; none measured kappa itself.\n{ABOUT}"
    )
    page = new_page("How strong must social influence on urges be to undo what a group does?", below, 11, 6.6, note)
    grid = page.subplots(1, 3, gridspec_kw={"width_ratios": [4, 4, 1.5]}, sharey=True)
    margins(page, top=1.0, bottom=1.25, left=0.7, wspace=0.06)
    words = []
    top = _top(curves)
    for axes, (reading, meaning) in zip(grid, READINGS.items(), strict=False):
        for k, arm in enumerate(arms):
            mine = [p for p in curves.points if p.arm == arm.name and p.reading == reading]
            _curve(axes, mine, arm, ARMS[k % len(ARMS)], MARKERS[k % len(MARKERS)], top)
            words.append(f"{arm.name}, {meaning}: " + ", ".join(f"{p.strength:g} {kappa_words(p.kappa)}" for p in mine))
        axes.set_xlabel("strength of the group (meeting.strength)")
        axes.set_title("\n".join(textwrap.wrap(meaning, 46)), fontsize=9)
        axes.set_ylim(0, top)
        for p in PUBLISHED:
            axes.axhline(p.kappa, color=INK, linewidth=0.8, linestyle=(0, (1, 3)), zorder=1)
    grid[0].set_ylabel("break-even kappa: relative rise of the rate after hearing")
    grid[0].legend(loc="best")
    _published(grid[2], top)
    return Drawing(page, f"Break-even of social influence by strength of the group. {'; '.join(words)}.")


def _top(curves: Curves) -> float:
    """The highest thing to be seen, and some room above it; all that is accepted, if a curve leaves it."""
    ends = [p.kappa_ends[1] for p in PUBLISHED if p.kappa_ends]
    seen = [value for p in curves.points for value in (p.kappa, p.high) if not math.isnan(value)]
    highest = max([*ends, *seen])
    return HIGHEST * 1.04 if math.isinf(highest) or highest > HIGHEST else highest * 1.08


def _curve(axes: Axes, points: list[Point], arm: Arm, colour: str, marker: str, top: float) -> None:
    x = np.array([p.strength for p in points])
    low, high, kappa = (np.array([getattr(p, name) for p in points]) for name in ("low", "high", "kappa"))
    axes.fill_between(x, low, np.minimum(high, top), color=colour, alpha=0.15, linewidth=0)
    root = np.array([p.word == ROOT for p in points])
    axes.plot(
        x, np.where(root, kappa, np.nan), color=colour, marker=marker, markersize=4, linewidth=1.6, label=arm.name
    )
    for p in points:
        if p.word == NEVER:
            axes.plot(p.strength, top * 0.98, "^", color=colour, markersize=7)
            axes.annotate("none up to 5", (p.strength, top * 0.94), ha="center", va="top", fontsize=7, color=colour)
        if p.word == WORSE:
            axes.plot(p.strength, 0.0, "v", color=colour, markersize=7, clip_on=False)
            axes.annotate("worse at any", (p.strength, top * 0.03), ha="center", fontsize=7, color=colour)
        if p.strength == arm.values[STRENGTH]:
            if p.word == ROOT:
                axes.plot(p.strength, p.kappa, marker, color=colour, markersize=9, markeredgecolor=INK)
            axes.plot(p.strength, arm.values[KAPPA], "x", color=INK, markersize=7, markeredgewidth=1.6)


def _published(axes: Axes, top: float) -> None:
    for k, p in enumerate(PUBLISHED):
        if p.kappa_ends:
            axes.vlines(k, *p.kappa_ends, color=INK, linewidth=1.6)
        axes.plot(k, p.kappa, "o", color=INK, markersize=6, clip_on=False, zorder=5)
        axes.annotate(f"{fixed(p.kappa)}", (k, p.kappa), xytext=(6, 4), textcoords="offset points", fontsize=8)
    axes.set_xticks(range(len(PUBLISHED)), [p.name.replace(" ", "\n") for p in PUBLISHED], fontsize=7.5)
    axes.set_xlim(-0.5, len(PUBLISHED) - 0.2)
    axes.set_title("published,\nroughly converted", fontsize=9)
    axes.set_ylim(0, top)
