"""Small pictures as text: axes, lines and words in SVG, self-contained and escaped.

A picture of this kind costs a few milliseconds a week, where a Matplotlib figure costs 50 to 180.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib import colormaps

from analysis.figures.palette import BLUE, GREEN, GREY, GRID, INK, ORANGE, PALE, PURPLE, SKY, VERMILLION  # noqa: F401
from analysis.words.numbers import fixed
from analysis.words.numbers import percent as as_percent
from sim.relations import WEEKS_IN_YEAR

MOST_POINTS = 220
SMALL = 12.5  # size of words: no picture is shown so small that they are below 11 pixels
WIDEST_FIRST_YEAR = 26  # weeks shown at first, so that the first curves are not a dot in a corner
_CIVIDIS = ["#" + "".join(f"{round(255 * part):02x}" for part in colormaps["cividis"](k / 255)[:3]) for k in range(256)]


def words(text: object) -> str:
    """Any text, safe inside HTML and SVG, attributes included."""
    return html.escape(str(text), quote=True)


def shade(value: float, low: float = 0.0, high: float = 1.0) -> str:
    """The colour of a value on cividis, a scale made for every kind of colour vision."""
    if not math.isfinite(value):
        return PALE
    share = (value - low) / (high - low) if high > low else 0.0
    return _CIVIDIS[min(max(int(255 * share), 0), 255)]


def picture(
    width: float, height: float, description: str, parts: Sequence[str], kind: str = "", role: str = "img"
) -> str:
    """An SVG that fills the width it is given.

    Args:
        width: of the coordinates used in ``parts``.
        height: the same.
        description: what the picture shows, for those who cannot see it.
        parts: what is in it.
        kind: a name for style sheets and tests.
        role: "group" if there is something in it that can be picked.
    """
    return (
        f'<svg class="sb-svg {words(kind)}" viewBox="0 0 {width:g} {height:g}" role="{role}" '
        f'aria-label="{words(description)}" xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )


def charts(pictures: Sequence[str], kind: str) -> str:
    """Small charts beside each other, or below each other where there is no room: words in them stay readable."""
    return f'<div class="sb-charts {words(kind)}">{"".join(pictures)}</div>'


def key(*entries: tuple[str, str], description: str = "") -> str:
    """What marks mean, as HTML: a mark (parts of a picture of 28 by 16) and words for each."""
    said = f' aria-label="{words(description)}"' if description else ""
    shown = "".join(
        f'<span><svg width="28" height="16" viewBox="0 0 28 16" aria-hidden="true">{mark}</svg>{words(text)}</span>'
        for mark, text in entries
    )
    return f'<p class="sb-key"{said}>{shown}</p>'


def label(x: float, y: float, text: object, *, size: float = SMALL, colour: str = INK, anchor: str = "start",
          bold: bool = False) -> str:  # fmt: skip
    """Words at a place."""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{colour}" text-anchor="{anchor}"{weight}>'
        f"{words(text)}</text>"
    )


def line(x1: float, y1: float, x2: float, y2: float, colour: str = GRID, width: float = 1, dash: str = "") -> str:
    """A straight line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
        f'stroke-width="{width:g}"{dashed}/>'
    )


def span_of(shown: int, total: int) -> int:
    """How many weeks the axis covers: it grows in steps, so that curves do not move every week."""
    for weeks in (WIDEST_FIRST_YEAR, 52, 104, 156, 208, 312, 416, 520, 624):
        if shown <= weeks:
            return min(weeks, max(total, 1))
    step = 5 * WEEKS_IN_YEAR
    return min(step * math.ceil(shown / step), total)


def week_ticks(span: int) -> list[tuple[int, str]]:
    """Ticks of an axis of weeks: weeks up to two years, then years."""
    if span <= 2 * WEEKS_IN_YEAR:
        step = 4 if span <= 30 else 13 if span <= 52 else 26
        return [(week, str(week)) for week in range(0, span + 1, step)]
    years = span / WEEKS_IN_YEAR
    step = 1 if years <= 12 else 5 if years <= 60 else 10
    return [(year * WEEKS_IN_YEAR, str(year)) for year in range(0, int(years) + 1, step)]


def axis_words(span: int) -> str:
    """What the axis of weeks counts."""
    return "weeks since the opening" if span <= 2 * WEEKS_IN_YEAR else "years since the opening"


@dataclass
class Chart:
    """One small chart: a frame in a picture, and how values become places in it.

    ``x, y, width, height`` are those of the plotting area; ``span`` weeks across, ``low`` to ``high`` upwards.
    """

    x: float
    y: float
    width: float
    height: float
    span: int
    low: float = 0.0
    high: float = 1.0

    def across(self, week: Any) -> Any:
        """Where a week is, or each of several."""
        return self.x + self.width * week / max(self.span, 1)

    def up(self, value: Any) -> Any:
        """Where a value is, or each of several."""
        return self.y + self.height * (1.0 - (value - self.low) / (self.high - self.low))

    def axes(self, ticks: Sequence[float], digits: int = 1, last_row: bool = True, percent: bool = False) -> list[str]:
        """Grid, ticks and their words; ``last_row``: also what the weeks are, below."""
        parts = []
        for value in ticks:
            parts.append(line(self.x, self.up(value), self.x + self.width, self.up(value)))
            text = as_percent(value) if percent else fixed(value, digits)
            parts.append(label(self.x - 4, self.up(value) + 4, text, colour=GREY, anchor="end"))
        bottom = self.y + self.height
        for week, text in week_ticks(self.span):
            parts.append(line(self.across(week), bottom, self.across(week), bottom + 3, GREY))
            parts.append(label(self.across(week), bottom + 15, text, colour=GREY, anchor="middle"))
        if last_row:
            parts.append(label(self.x + self.width / 2, bottom + 30, axis_words(self.span), colour=GREY,
                               anchor="middle"))  # fmt: skip
        return parts

    def target(self) -> str:
        """What a click goes to a week by: the plotting area, which says how many weeks it covers."""
        return (
            f'<rect class="sb-target" data-weeks="{self.span}" x="{self.x:.1f}" y="{self.y:.1f}" '
            f'width="{self.width:.1f}" height="{self.height:.1f}" fill="transparent"/>'
        )

    def curve(
        self, values: np.ndarray, colour: str, width: float = 2, dash: str = "", kind: str = "", end: bool = True
    ) -> str:
        """A line through the values after 0, 1, ... weeks, broken where there are none; ``end``: its end is marked."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        path = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in self._places(weeks, values))
                       for weeks in _pieces(values))  # fmt: skip
        if not path:
            return ""
        last = int(np.flatnonzero(np.isfinite(values))[-1])
        mark = f'<circle cx="{self.across(last):.1f}" cy="{self.up(values[last]):.1f}" r="3" fill="{colour}"/>'
        return (
            f'<path class="{words(kind)}" d="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}" '
            f'stroke-linejoin="round"{dashed}/>{mark if end else ""}'
        )

    def _places(self, weeks: list[int], values: np.ndarray) -> Iterator[tuple[float, float]]:
        """Where the values of these weeks are; plain numbers, which are quicker to write than NumPy's."""
        across = self.across(np.array(weeks))
        return zip(across.tolist(), self.up(values[weeks]).tolist(), strict=True)

    def between(self, one: np.ndarray, other: np.ndarray, colour: str, kind: str = "gap") -> str:
        """The area between two lines."""
        parts = []
        for weeks in _pieces(one + other):
            there = [f"{x:.1f},{y:.1f}" for x, y in self._places(weeks, one)]
            back = [f"{x:.1f},{y:.1f}" for x, y in self._places(weeks[::-1], other)]
            parts.append(
                f'<polygon class="{words(kind)}" points="{" ".join(there + back)}" fill="{colour}" opacity="0.16"/>'
            )
        return "".join(parts)


def _pieces(values: np.ndarray) -> list[list[int]]:
    """Stretches of weeks with values; of long ones every second, third, ... week and the last."""
    step = max(1, math.ceil(len(values) / MOST_POINTS))
    found: list[list[int]] = []
    finite = np.isfinite(values)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], finite, [False]]).astype(int)))
    for first, end in zip(edges[::2], edges[1::2], strict=True):
        weeks = list(range(int(first), int(end), step))
        if weeks[-1] != end - 1:
            weeks.append(int(end) - 1)
        found.append(weeks)
    return found


def nice_top(values: Sequence[np.ndarray], least: float) -> float:
    """An upper end of an axis that all values fit under."""
    most = max([least, *(float(np.nanmax(v)) for v in values if len(v) and np.isfinite(v).any())])
    size = 10.0 ** math.floor(math.log10(most))
    return next(size * step for step in (1, 1.5, 2, 3, 4, 5, 7.5, 10) if most <= size * step * (1 + 1e-9))
