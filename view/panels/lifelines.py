"""Who came, how often and for how long: members and attendance above, a row for each person below."""

from __future__ import annotations

import numpy as np

from analysis.figures.palette import SHADES
from sim.state import FIRST_VISIT, GROUP_CLOSED, LEFT, MEMBER
from view import svg
from view.snapshot import WITH, Snapshot, known_as

WIDTH, LEFT_EDGE, RIGHT_EDGE = 380.0, 40.0, 8.0
ABOVE, ROW, FOOT = 84.0, 15.0, 36.0
FEWEST_ROWS = 4
LEVELS = (0.2, 0.4, 0.6, 0.8)
NAMED = ("up to 20 %", "20-40", "40-60", "60-80", "over 80 %")


def draw(snapshot: Snapshot, picked: int | None = None) -> str:
    """Everybody who has come so far, in the order of first coming."""
    span = svg.span_of(snapshot.shown, snapshot.total_weeks)
    rows = came(snapshot)
    height = ROW * max(len(rows), FEWEST_ROWS)
    chart = svg.Chart(LEFT_EDGE, 2, WIDTH - LEFT_EDGE - RIGHT_EDGE, height, span)
    parts = chart.axes([])
    if not len(rows):
        words = "nobody has come yet" if snapshot.had_group else "no group in this scenario"
        parts.append(svg.label(LEFT_EDGE + chart.width / 2, height / 2, words, colour=svg.GREY, anchor="middle"))
    parts += _bars(snapshot, chart, rows, picked)
    described = f"{len(rows)} people have come so far; a bar for each while a member."
    return svg.picture(WIDTH, height + FOOT, described, parts, "sb-lifelines")


def attendance(snapshot: Snapshot) -> str:
    """Members, regulars, and people at a meeting."""
    span = svg.span_of(snapshot.shown, snapshot.total_weeks)
    parts = _attendance(snapshot, svg.Chart(LEFT_EDGE, 8, WIDTH - LEFT_EDGE - RIGHT_EDGE, ABOVE, span))
    members = int(snapshot.members[snapshot.shown])
    return svg.picture(WIDTH, 8 + ABOVE + 20, f"Members and attendance: {members} members now.", parts, "sb-attendance")


def came(snapshot: Snapshot) -> np.ndarray:
    """Rows of all who have come, in the order of first coming."""
    first = snapshot.now()["first_joined_week"]
    rows = np.flatnonzero(first >= 0)
    return rows[np.argsort(first[rows], kind="stable")]


def _attendance(snapshot: Snapshot, chart: svg.Chart) -> list[str]:
    weeks = snapshot.weeks
    members, regulars = (np.concatenate([[np.nan], weeks[name].astype(float)]) for name in ("members", "regulars"))
    present = np.full(snapshot.shown + 1, np.nan)
    np.divide(weeks["attendances"], weeks["meetings"], out=present[1:], where=weeks["meetings"] > 0)
    is_open = np.concatenate([[True], weeks["open"]])
    members[~is_open] = regulars[~is_open] = np.nan
    chart.high = 2.0 * np.ceil(svg.nice_top([members, present], 4.0) / 2.0)
    parts = chart.axes([0.0, chart.high / 2, chart.high], 0, last_row=False)
    width = max(chart.width / max(chart.span, 1) * 0.7, 0.5)
    bottom = chart.up(0)
    bars = "".join(
        f"M{chart.across(k - 0.5):.1f} {bottom:.1f}V{chart.up(present[k]):.1f}"
        for k in np.flatnonzero(np.isfinite(present) & (present > 0))
    )
    parts.append(f'<path d="{bars}" stroke="#B9C4CB" stroke-width="{width:.1f}" fill="none"/>')
    parts.append(chart.curve(members, svg.BLUE, 2.2))
    parts.append(chart.curve(regulars, svg.GREEN, 1.5, "4 2"))
    return parts


def _bars(snapshot: Snapshot, chart: svg.Chart, rows: np.ndarray, picked: int | None) -> list[str]:
    """One bar for each spell of the same regularity, and an orange line while organising."""
    parts = []
    history = snapshot.people[WITH, 1:][:, rows]
    level = np.where(history["status"] == MEMBER, 1 + np.digitize(history["regularity"], LEVELS), 0)
    organising = history["organiser"].astype(int)
    for k, row in enumerate(rows):
        name = int(snapshot.traits.id[row])
        y = chart.y + ROW * k
        bold = name == picked
        parts.append(f'<g class="person" data-person="{name}"><rect x="0" y="{y:.1f}" width="{WIDTH:g}" '
                     f'height="{ROW:g}" fill="{"#FFF3E0" if bold else "transparent"}"/>')  # fmt: skip
        parts.append(svg.label(LEFT_EDGE - 5, y + 12, known_as(name), anchor="end", bold=bold))
        for first, end, value in _spells(level[:, k]):
            if value:
                parts.append(_bar(chart, first, end, y + 2, ROW - 4, SHADES[value - 1]))
        for first, end, value in _spells(organising[:, k]):
            if value:
                parts.append(_bar(chart, first, end, y + ROW / 2 - 1.5, 3, svg.ORANGE))
        parts.append(f"<title>{svg.words(f'Person {known_as(name)}: click for her or his story')}</title></g>")
    place = {int(row): chart.y + ROW * k + ROW / 2 for k, row in enumerate(rows)}
    story = snapshot.story
    for row, since, kind, reason in zip(
        *(story[name].tolist() for name in ("row", "week", "kind", "reason")), strict=True
    ):
        y, week = place.get(row, -1.0), since - snapshot.lead_in
        if y > 0 and kind == FIRST_VISIT:
            parts.append(f'<circle cx="{chart.across(week + 0.5):.1f}" cy="{y:.1f}" r="3" fill="white" '
                         f'stroke="{svg.PURPLE}" stroke-width="1.6"/>')  # fmt: skip
        if y > 0 and kind == LEFT and reason != GROUP_CLOSED:
            x = chart.across(week + 1)
            parts.append(f'<path d="M{x - 3:.1f} {y - 3:.1f}l6 6m0 -6l-6 6" stroke="{svg.VERMILLION}" '
                         'stroke-width="1.6"/>')  # fmt: skip
    return parts


def _bar(chart: svg.Chart, first: int, end: int, y: float, height: float, colour: str) -> str:
    x = chart.across(first)
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(chart.across(end) - x, 0.6):.1f}" height="{height:g}" '
        f'fill="{colour}"/>'
    )


def _spells(values: np.ndarray) -> list[tuple[int, int, int]]:
    """Stretches of the same value: first week, first week after, value."""
    if not len(values):
        return []
    edges = np.flatnonzero(np.diff(values)) + 1
    starts, ends = np.concatenate([[0], edges]), np.concatenate([edges, [len(values)]])
    return [(int(a), int(b), int(values[a])) for a, b in zip(starts, ends, strict=True)]


def key() -> str:
    """What the lines above mean."""
    return svg.key(
        (svg.line(0, 8, 28, 8, svg.BLUE, 2.2), "members"),
        (svg.line(0, 8, 28, 8, svg.GREEN, 1.8, "4 2"), "regulars"),
        ('<rect x="10" y="2" width="9" height="13" fill="#B9C4CB"/>', "people at a meeting (mean of the week)"),
    )


def legend() -> str:
    """What the bars and marks below mean."""
    shades = (
        (f'<rect x="0" y="3" width="28" height="11" fill="{shade}"/>', f"{'meetings came to: ' if not k else ''}{name}")
        for k, (shade, name) in enumerate(zip(SHADES, NAMED, strict=True))
    )
    return svg.key(
        *shades,
        (f'<circle cx="14" cy="8" r="4" fill="white" stroke="{svg.PURPLE}" stroke-width="1.6"/>', "came"),
        (f'<path d="M10 4l8 8m0 -8l-8 8" stroke="{svg.VERMILLION}" stroke-width="1.8"/>', "left"),
        (f'<rect x="0" y="6" width="28" height="4" fill="{svg.ORANGE}"/>', "organises"),
    )
