"""Members and the same people without a group, in the same plots: states, and days that were hard."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from analysis.words.numbers import fixed, percent, signed
from view import svg
from view.numbers import rate_per_year
from view.snapshot import WITH, WITHOUT, Snapshot

WIDTH, HEIGHT = 226.0, 182.0
LEFT, TOP, CHART_WIDTH, CHART_HEIGHT = 36.0, 44.0, 180.0, 100.0
NO_MEMBERS = "no members yet"


class Curve(NamedTuple):
    """One small chart: members' values and those of their twins after each week."""

    name: str
    own: np.ndarray
    twin: np.ndarray
    high: float
    digits: int
    percent: bool = False

    def text(self, value: float) -> str:
        """A value as it is shown."""
        return percent(value) if self.percent else fixed(value, self.digits)


def states(snapshot: Snapshot) -> str:
    """The four slow states."""
    curves = [
        Curve(name.capitalize(), snapshot.means(WITH, name), snapshot.means(WITHOUT, name), 1.0, 2)
        for name in ("isolation", "stigma", "understanding", "coping")
    ]
    return svg.charts([_chart(snapshot, curve) for curve in curves], "sb-states")


def days(snapshot: Snapshot) -> str:
    """Distress, hard days, those got through, and episodes: never a count without the rest."""
    year = {
        "Hard days a year": ("hard_days_this_week", 20.0),
        "Episodes of self-harm a year": ("episodes_this_week", 4.0),
    }
    rates = {
        name: (rate_per_year(snapshot, WITH, m), rate_per_year(snapshot, WITHOUT, m)) for name, (m, _) in year.items()
    }
    through = [rate_per_year(snapshot, life, "hard_days_through_this_week", "hard_days_this_week")
               for life in (WITH, WITHOUT)]  # fmt: skip
    tops = {name: svg.nice_top(rates[name], least) for name, (_, least) in year.items()}
    hard, episodes = year
    curves = [
        Curve("Distress", *_smooth_distress(snapshot), 1.0, 2),
        Curve(hard, *rates[hard], tops[hard], 1),
        Curve("Share of them got through", through[0], through[1], 1.0, 0, percent=True),
        Curve(episodes, *rates[episodes], tops[episodes], 1),
    ]
    return svg.charts([_chart(snapshot, curve) for curve in curves], "sb-days")


def _smooth_distress(snapshot: Snapshot) -> tuple[np.ndarray, np.ndarray]:
    own, twin = (rate_per_year(snapshot, life, "distress_this_week") / 52.0 for life in (WITH, WITHOUT))
    return own, twin


def key() -> str:
    """Whose lines they are."""
    return svg.key(
        (svg.line(0, 8, 28, 8, svg.BLUE, 3), "members"),
        (svg.line(0, 8, 28, 8, svg.VERMILLION, 3, "6 3"), "the same people without a group"),
    )


def _chart(snapshot: Snapshot, curve: Curve) -> str:
    span = svg.span_of(snapshot.shown, snapshot.total_weeks)
    chart = svg.Chart(LEFT, TOP, CHART_WIDTH, CHART_HEIGHT, span, 0.0, curve.high)
    some = np.flatnonzero(np.isfinite(curve.own))
    ticks = [0.0, curve.high / 2, curve.high]
    parts = [svg.label(2, 14, curve.name, size=13.5, bold=True),
             *chart.axes(ticks, 0 if curve.percent or curve.high >= 10 else 1, percent=curve.percent)]  # fmt: skip
    said = f"{curve.name}: "
    if not len(some):
        note = NO_MEMBERS if snapshot.had_group else "no group in this scenario"
        middle = (LEFT + CHART_WIDTH / 2, TOP + CHART_HEIGHT / 2)
        parts.append(svg.label(*middle, note, colour=svg.GREY, anchor="middle"))
        return svg.picture(WIDTH, HEIGHT, said + note, parts)
    last = int(some[-1])
    own, twin = curve.own, curve.twin
    parts.insert(1, _numbers(curve, last, snapshot.shown))
    parts += [
        chart.between(own, twin, svg.BLUE),
        chart.curve(twin, svg.VERMILLION, 2, "5 3", "twin"),
        chart.curve(own, svg.BLUE, 2.4, "", "members"),
    ]
    if last < snapshot.shown:
        at = chart.across(last)
        parts.append(svg.line(at, TOP, at, TOP + CHART_HEIGHT, svg.GREY, 1, "2 3"))
        late = at > LEFT + 0.6 * CHART_WIDTH
        parts.append(svg.label(at + (-4 if late else 4), TOP + 12, "no members", colour=svg.GREY,
                               anchor="end" if late else "start"))  # fmt: skip
    said += (
        f"members {curve.text(own[last])}, the same people without a group {curve.text(twin[last])}, week {last - 1}"
    )
    return svg.picture(WIDTH, HEIGHT, said, parts)


def _numbers(curve: Curve, last: int, shown: int) -> str:
    """The numbers above the chart: of the week shown, or of the last with members, and then it says so."""
    own, twin = float(curve.own[last]), float(curve.twin[last])
    gap = 100 * (own - twin) if curve.percent else own - twin
    of = f"difference {signed(gap, 0 if curve.percent else curve.digits)}"
    tail = f" · {of}" if last == shown else f" · in week {last - 1}, the last"
    spans = (
        (svg.BLUE, 600, curve.text(own)), (svg.GREY, 400, " · twins "), ("#B04A00", 600, curve.text(twin)),
        (svg.INK, 400, tail),
    )  # fmt: skip
    shown_as = "".join(f'<tspan fill="{ink}" font-weight="{weight}">{text}</tspan>' for ink, weight, text in spans)
    return f'<text x="2" y="32" font-size="{svg.SMALL:g}">{shown_as}</text>'
