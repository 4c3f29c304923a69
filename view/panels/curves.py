"""Members and the same people without a group, in the same plots: states, and days that were hard."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from analysis.figures.palette import AGAINST
from analysis.words.numbers import fixed, percent, signed
from view import svg
from view.lives import WITH, WITHOUT, TwinLives
from view.numbers import rate_per_year

WIDTH, CHART_WIDTH, CHART_HEIGHT = 480.0, 192.0, 104.0
LEFT, TOP, ACROSS, DOWN = 34.0, 42.0, 244.0, 178.0
NO_MEMBERS = "no members yet"


class Curve(NamedTuple):
    """One small chart: members' values and those of their twins after each week."""

    name: str
    own: np.ndarray
    twin: np.ndarray
    high: float
    digits: int
    percent: bool = False


def states(lives: TwinLives) -> str:
    """The four slow states."""
    curves = [
        Curve(name.capitalize(), lives.means(WITH, name), lives.means(WITHOUT, name), 1.0, 2)
        for name in ("isolation", "stigma", "understanding", "coping")
    ]
    return _four(lives, curves, "sb-states", "Mean of this week's members, from 0 to 1")


def days(lives: TwinLives) -> str:
    """Distress, hard days, those got through, and episodes: never a count without the rest."""
    year = {
        "Hard days a year": ("hard_days_this_week", 20.0),
        "Episodes of self-harm a year": ("episodes_this_week", 4.0),
    }
    rates = {name: (rate_per_year(lives, WITH, m), rate_per_year(lives, WITHOUT, m)) for name, (m, _) in year.items()}
    through = [rate_per_year(lives, life, "hard_days_through_this_week", "hard_days_this_week")
               for life in (WITH, WITHOUT)]  # fmt: skip
    tops = {name: svg.nice_top(rates[name], least) for name, (_, least) in year.items()}
    hard, episodes = year
    curves = [
        Curve("Distress", *_smooth_distress(lives), 1.0, 2),
        Curve(hard, *rates[hard], tops[hard], 1),
        Curve("Hard days got through", through[0], through[1], 1.0, 0, percent=True),
        Curve(episodes, *rates[episodes], tops[episodes], 1),
    ]
    return _four(lives, curves, "sb-days", "Means of the last 13 weeks, of each week's members")


def _smooth_distress(lives: TwinLives) -> tuple[np.ndarray, np.ndarray]:
    own, twin = (rate_per_year(lives, life, "distress_this_week") / 52.0 for life in (WITH, WITHOUT))
    return own, twin


def _four(lives: TwinLives, curves: list[Curve], kind: str, what: str) -> str:
    span = svg.span_of(lives.shown, lives.total_weeks)
    parts = []
    for k, curve in enumerate(curves):
        parts += _chart(lives, curve, LEFT + (k % 2) * ACROSS, TOP + (k // 2) * DOWN, span, k >= 2)
    return svg.picture(WIDTH, TOP + DOWN + CHART_HEIGHT + 34, _described(lives, curves, what), parts, kind)


def _chart(lives: TwinLives, curve: Curve, x: float, y: float, span: int, last_row: bool) -> list[str]:
    chart = svg.Chart(x, y, CHART_WIDTH, CHART_HEIGHT, span, 0.0, curve.high)
    some = bool(np.isfinite(curve.own).any())
    parts = [svg.label(x - 30, y - 26, curve.name, size=13, bold=True)]
    if some:
        parts.append(_now(curve, x - 30, y - 10))
    ticks = [0.0, curve.high / 2, curve.high]
    if curve.percent:
        parts += [svg.label(x - 5, chart.up(v) + 4, f"{v:.0%}", size=11, colour=svg.GREY, anchor="end") for v in ticks]
        parts += [p for p in chart.axes(ticks, last_row=last_row) if p.startswith("<line")]
        parts += chart.axes([], last_row=last_row)
    else:
        parts += chart.axes(ticks, 1 if curve.high < 10 else 0, last_row)
    own, twin = curve.own, curve.twin
    if not some:
        note = NO_MEMBERS if lives.had_group else "no group in this scenario"
        middle = (x + CHART_WIDTH / 2, y + CHART_HEIGHT / 2)
        return [*parts, svg.label(*middle, note, size=12, colour=svg.GREY, anchor="middle")]
    parts.append(chart.between(own, twin, svg.BLUE))
    parts.append(chart.curve(twin, svg.VERMILLION, 2, "5 3", "twin"))
    parts.append(chart.curve(own, svg.BLUE, 2.4, "", "members"))
    last = int(np.flatnonzero(np.isfinite(own))[-1])
    if last < lives.shown:
        at = chart.across(last)
        parts.append(svg.line(at, y, at, y + CHART_HEIGHT, svg.GREY, 1, "2 3"))
        late = at > x + 0.6 * CHART_WIDTH
        parts.append(svg.label(at + (-4 if late else 4), y + 12, "no members", size=11, colour=svg.GREY,
                               anchor="end" if late else "start"))  # fmt: skip
    return parts


def _now(curve: Curve, x: float, y: float) -> str:
    """This week's numbers above the chart; the last that there are."""
    finite = np.flatnonzero(np.isfinite(curve.own))
    own, twin = float(curve.own[finite[-1]]), float(curve.twin[finite[-1]])
    if curve.percent:
        texts = [percent(own), percent(twin), signed(100 * (own - twin), 0)]
    else:
        texts = [fixed(own, curve.digits), fixed(twin, curve.digits),
                 signed(own - twin, curve.digits)]  # fmt: skip
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="12">'
        f'<tspan fill="{svg.BLUE}" font-weight="600">{texts[0]}</tspan><tspan fill="{svg.GREY}"> · twins </tspan>'
        f'<tspan fill="{AGAINST}" font-weight="600">{texts[1]}</tspan>'
        f'<tspan fill="{svg.GREY}"> · difference </tspan>'
        f'<tspan fill="{svg.INK}" font-weight="600">{texts[2]}</tspan></text>'
    )


def _described(lives: TwinLives, curves: list[Curve], what: str) -> str:
    told = []
    for curve in curves:
        finite = np.flatnonzero(np.isfinite(curve.own))
        if len(finite):
            own, twin = float(curve.own[finite[-1]]), float(curve.twin[finite[-1]])
            told.append(f"{curve.name}: members {fixed(own)}, the same people without a group {fixed(twin)}")
    return f"{what}, up to week {lives.shown - 1}. " + ("; ".join(told) + "." if told else "No members yet.")
