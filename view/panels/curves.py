"""Members and the same people without a group, in the same plots: states, and days that were hard."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from analysis.words.numbers import fixed, percent, signed
from sim.state import CLOSED, EVENT_NAMES, FUNDING_GONE, JOINED, VENUE_GONE
from view import svg
from view.many import LOOK_EVERY, Many
from view.numbers import ratio
from view.snapshot import COUNTS, WITH, WITHOUT, Snapshot, known_as

WIDTH, HEIGHT = 252.0, 204.0
LEFT, TOP, CHART_WIDTH, CHART_HEIGHT = 36.0, 66.0, 206.0, 100.0
NO_MEMBERS = "no members yet"
# The marks of events, each a colour and a path from the middle: joining, of which there are many, small and below;
# room, funding, closing above.
MARKS = {
    int(JOINED): (svg.BLUE, "m-1.5 3l3 0l-1.5 -5z"),
    int(VENUE_GONE): (svg.PURPLE, "m-3 -3l6 0l0 6l-6 0z"),
    int(FUNDING_GONE): (svg.PURPLE, "m0 -4l4 4l-4 4l-4 -4z"),
    int(CLOSED): (svg.INK, "m-3.5 -3.5l7 7m0 -7l-7 7"),
}


class Curve(NamedTuple):
    """One small chart: members' values and those of their twins after each week."""

    name: str
    measure: str
    own: np.ndarray
    twin: np.ndarray
    high: float
    digits: int
    percent: bool = False

    def text(self, value: float) -> str:
        """A value as it is shown."""
        return percent(value) if self.percent else fixed(value, self.digits)

    def gap(self, value: float) -> str:
        """A difference as it is shown; of shares in points of a hundred."""
        return signed(100 * value, 0) if self.percent else signed(value, self.digits)


def states(snapshot: Snapshot, many: Many | None = None) -> str:
    """The four slow states.

    Args:
        snapshot: what is shown.
        many: many lives to show behind it.
    """
    curves = [
        Curve(name.capitalize(), name, snapshot.means(WITH, name), snapshot.means(WITHOUT, name), 1.0, 2)
        for name in ("isolation", "stigma", "understanding", "coping")
    ]
    marks = events(snapshot)
    return svg.charts([_chart(snapshot, curve, marks, many) for curve in curves], "sb-states")


def days(snapshot: Snapshot, many: Many | None = None) -> str:
    """Distress, hard days, those got through, and episodes: never a count without the rest."""
    distress, hard, through, episodes = (
        [ratio(snapshot.sums, snapshot.members, life, name) for life in (WITH, WITHOUT)] for name in COUNTS
    )
    seen = many.bands if many else {}
    tops = {
        name: svg.nice_top([*values, *(seen[name][:, 2, : snapshot.shown + 1] if name in seen else [])], least)
        for name, values, least in ((COUNTS[1], hard, 20.0), (COUNTS[3], episodes, 4.0))
    }
    curves = [
        Curve("Distress", COUNTS[0], distress[0], distress[1], 1.0, 2),
        Curve("Hard days a year", COUNTS[1], hard[0], hard[1], tops[COUNTS[1]], 1),
        Curve("Share of them got through", COUNTS[2], through[0], through[1], 1.0, 0, percent=True),
        Curve("Episodes of self-harm a year", COUNTS[3], episodes[0], episodes[1], tops[COUNTS[3]], 1),
    ]
    marks = events(snapshot)
    return svg.charts([_chart(snapshot, curve, marks, many) for curve in curves], "sb-days")


def key(many: Many | None = None) -> str:
    """Whose lines they are."""
    behind = (
        (f'<rect x="0" y="1" width="28" height="14" fill="{svg.BLUE}" opacity="0.22"/>'
         + svg.line(0, 8, 28, 8, svg.BLUE, 1), f"members, in those of {many.lives} lives that have any then: "
                                               f"middle 80 % "
         "and median"),
        ("".join(svg.line(0, y, 28, y, svg.VERMILLION, 1) for y in (2, 8, 14)), "the same for the same people "
                                                                                "without a "
         "group"),
    ) if many else ()  # fmt: skip
    return svg.key(
        (svg.line(0, 8, 28, 8, svg.BLUE, 3), "members"),
        (svg.line(0, 8, 28, 8, svg.VERMILLION, 3, "6 3"), "the same people without a group"),
        *behind,
        *(
            (mark(int(kind), 14, 8), said)
            for kind, said in (
                (JOINED, "joined"),
                (VENUE_GONE, "lost the room"),
                (FUNDING_GONE, "lost funding"),
                (CLOSED, "closed"),
            )
        ),
    )


def _chart(snapshot: Snapshot, curve: Curve, events: list[Mark], many: Many | None = None) -> str:
    span = svg.span_of(snapshot.shown, snapshot.total_weeks)
    chart = svg.Chart(LEFT, TOP, CHART_WIDTH, CHART_HEIGHT, span, 0.0, curve.high)
    some = np.flatnonzero(np.isfinite(curve.own))
    ticks = [0.0, curve.high / 2, curve.high]
    parts = [svg.label(2, 14, curve.name, size=13.5, bold=True),
             *chart.axes(ticks, 0 if curve.percent or curve.high >= 10 else 1, percent=curve.percent)]  # fmt: skip
    said = f"{curve.name}: "
    words = ""
    if many:
        parts += _behind(chart, many, curve, snapshot.shown)
        words = _over_many(many, curve, snapshot.shown)
        parts.append(svg.label(2, 48, words))
    marks = _marks(chart, events)
    if not len(some):
        note = NO_MEMBERS if snapshot.had_group else "no group in this scenario"
        middle = (LEFT + CHART_WIDTH / 2, TOP + CHART_HEIGHT / 2)
        parts.append(svg.label(*middle, note, colour=svg.GREY, anchor="middle"))
        return svg.picture(WIDTH, HEIGHT, f"{said}{note}. {words}", parts + marks)
    last = int(some[-1])
    own, twin = curve.own, curve.twin
    parts.insert(1, _numbers(curve, last, snapshot.shown))
    parts += [
        chart.between(own, twin, svg.BLUE),
        chart.curve(own, svg.BLUE, 2.4, "", "members"),
        chart.curve(twin, svg.VERMILLION, 2, "5 3", "twin"),  # dashed and above: where both are one, both are seen
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
    parts += [chart.target(), *marks]
    return svg.picture(WIDTH, HEIGHT, f"{said}. {words}", parts)


def _behind(chart: svg.Chart, many: Many, curve: Curve, shown: int) -> list[str]:
    """Bands and medians of many lives, up to the week shown."""
    parts = []
    for life, colour in ((WITH, svg.BLUE), (WITHOUT, svg.VERMILLION)):
        low, middle, high = many.bands[curve.measure][life, :, : shown + 1]
        if life == WITH:
            parts.append(chart.between(low, high, colour, "band"))
        else:  # two areas on each other would be mud
            parts += [chart.curve(end, colour, 0.7, "", "band", end=False) for end in (low, high)]
        parts.append(chart.curve(middle, colour, 1, "", "median", end=False))
    return parts


def _over_many(many: Many, curve: Curve, shown: int) -> str:
    """The paired difference of many lives at the last look before the week shown, with its interval."""
    look = shown // LOOK_EVERY
    gap = many.gaps[curve.measure]
    value, low, high = gap.value[look], gap.low[look], gap.high[look]
    if not np.isfinite([value, low, high]).all():
        return f"{many.lives} lives: no interval yet"
    when = "" if shown == look * LOOK_EVERY else f", week {look * LOOK_EVERY - 1}"
    return f"{many.lives} lives: {curve.gap(value)} ({curve.gap(low)} to {curve.gap(high)}){when}"


class Mark(NamedTuple):
    """An event that has a mark: which entry of the story, its kind, its week, and what it was."""

    entry: int
    kind: int
    week: int
    said: str


def events(snapshot: Snapshot) -> list[Mark]:
    """Where somebody joined, room or funding was lost, or the group closed; oldest first."""
    story, ids = snapshot.story, snapshot.traits["id"]
    kinds, weeks, rows = (story[name] for name in ("kind", "week", "row"))
    found = []
    for k in np.flatnonzero(np.isin(kinds, list(MARKS))).tolist():
        kind, week = int(kinds[k]), int(weeks[k]) - snapshot.lead_in
        whose = f"person {known_as(ids[rows[k]])} " if rows[k] >= 0 else ""
        what = "joined" if kind == JOINED else EVENT_NAMES[kind]
        found.append(Mark(k, kind, week, f"Week {week}: {whose}{what}."))
    return found


def listed(snapshot: Snapshot) -> str:
    """The marks in words, as HTML: a button for each, for those who cannot use a mouse or see the chart."""
    entries = "".join(
        f'<li><svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">{mark(one.kind, 8, 8)}</svg>'
        f'<button type="button" data-why="{one.entry}">{svg.words(one.said)} Why?</button></li>'
        for one in events(snapshot)
    )
    return f'<ol class="sb-marked">{entries}</ol>'


def _marks(chart: svg.Chart, marks: list[Mark]) -> list[str]:
    """The marks above a chart; a click in their strip asks of the nearest."""
    if not marks:
        return []
    parts = [f'<g class="sb-marks"><rect x="{chart.x - 4:.1f}" y="{chart.y - 19:.1f}" width="{chart.width + 8:.1f}" '
             'height="18" fill="transparent"/>']  # fmt: skip
    for one in sorted(marks, key=lambda one: one.kind != JOINED):  # those that are rare stand on the others
        at, joined = chart.across(one.week + 1), one.kind == JOINED
        rule = "" if joined else svg.line(at, chart.y, at, chart.y + chart.height, svg.PURPLE, 1.4, "1 3")
        drawn = rule + mark(one.kind, at, chart.y - (5 if joined else 14))
        title = f"<title>{svg.words(one.said)}</title>"
        parts.append(f'<g class="sb-mark" data-why="{one.entry}">{drawn}{title}</g>')
    return [*parts, "</g>"]


def mark(kind: int, x: float, y: float) -> str:
    """The mark of a kind of event, around a place."""
    colour, path = MARKS[kind]
    return f'<path d="M{x:.1f} {y:.1f}{path}" fill="{colour}" stroke="{colour}" stroke-width="1.4"/>'


def _numbers(curve: Curve, last: int, shown: int) -> str:
    """The numbers above the chart: of the week shown, or of the last with members, and then it says so."""
    own, twin = float(curve.own[last]), float(curve.twin[last])
    of = f"difference {curve.gap(own - twin)}{' points' if curve.percent else ''}"
    tail = f" · {of}" if last == shown else f" · in week {last - 1}, the last"
    spans = (
        (svg.BLUE, 600, curve.text(own)), (svg.GREY, 400, " · twins "), ("#B04A00", 600, curve.text(twin)),
        (svg.INK, 400, tail),
    )  # fmt: skip
    shown_as = "".join(f'<tspan fill="{ink}" font-weight="{weight}">{text}</tspan>' for ink, weight, text in spans)
    return f'<text x="2" y="32" font-size="{svg.SMALL:g}">{shown_as}</text>'
