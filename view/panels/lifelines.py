"""Who came, how often and for how long: members and attendance above, a row for each person below."""

from __future__ import annotations

import numpy as np

from analysis.figures.palette import SHADES
from sim.state import FIRST_VISIT, GROUP_CLOSED, LEFT, MEMBER
from view import svg
from view.lives import WITH, TwinLives

WIDTH, LEFT_EDGE, RIGHT_EDGE = 480.0, 46.0, 10.0
ABOVE, ROW, FOOT = 84.0, 14.0, 36.0
FEWEST_ROWS = 4
LEVELS = (0.2, 0.4, 0.6, 0.8)
NAMED = ("up to 20 %", "20-40", "40-60", "60-80", "over 80 %")


def draw(lives: TwinLives, picked: int | None = None) -> str:
    """Everybody who has come so far, in the order of first coming."""
    span = svg.span_of(lives.shown, lives.total_weeks)
    rows = came(lives)
    height = ROW * max(len(rows), FEWEST_ROWS)
    chart = svg.Chart(LEFT_EDGE, 2, WIDTH - LEFT_EDGE - RIGHT_EDGE, height, span)
    parts = chart.axes([])
    if not len(rows):
        words = "nobody has come yet" if lives.had_group else "no group in this scenario"
        parts.append(svg.label(LEFT_EDGE + chart.width / 2, height / 2, words, colour=svg.GREY, anchor="middle"))
    parts += _bars(lives, chart, rows, picked)
    described = f"{len(rows)} people have come so far; a bar for each while a member."
    return svg.picture(WIDTH, height + FOOT, described, parts, "sb-lifelines")


def attendance(lives: TwinLives) -> str:
    """Members, regulars, and people at a meeting."""
    span = svg.span_of(lives.shown, lives.total_weeks)
    parts = _attendance(lives, svg.Chart(LEFT_EDGE, 24, WIDTH - LEFT_EDGE - RIGHT_EDGE, ABOVE, span))
    members = int(lives.members[lives.shown])
    return svg.picture(
        WIDTH, 24 + ABOVE + 20, f"Members and attendance: {members} members now.", parts, "sb-attendance"
    )


def came(lives: TwinLives) -> np.ndarray:
    """Rows of all who have come, in the order of first coming."""
    first = lives.now()["first_joined_week"]
    rows = np.flatnonzero(first >= 0)
    return rows[np.argsort(first[rows], kind="stable")]


def _attendance(lives: TwinLives, chart: svg.Chart) -> list[str]:
    weeks = lives.group.weeks[: lives.shown]
    members, regulars = (np.concatenate([[np.nan], weeks[name].astype(float)]) for name in ("members", "regulars"))
    present = np.full(lives.shown + 1, np.nan)
    np.divide(weeks["attendances"], weeks["meetings"], out=present[1:], where=weeks["meetings"] > 0)
    is_open = np.concatenate([[True], weeks["open"]])
    members[~is_open] = regulars[~is_open] = np.nan
    chart.high = 2.0 * np.ceil(svg.nice_top([members, present], 4.0) / 2.0)
    parts = [*_key(LEFT_EDGE - 30)]
    parts += chart.axes([0.0, chart.high / 2, chart.high], 0, last_row=False)
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


def _key(x: float) -> list[str]:
    return [
        svg.line(x, 10, x + 22, 10, svg.BLUE, 2.2), svg.label(x + 27, 14, "members", size=11.5),
        svg.line(x + 98, 10, x + 120, 10, svg.GREEN, 1.5, "4 2"), svg.label(x + 125, 14, "regulars", size=11.5),
        f'<rect x="{x + 194}" y="4" width="9" height="11" fill="#B9C4CB"/>',
        svg.label(x + 208, 14, "people at a meeting (mean)", size=11.5),
    ]  # fmt: skip


def _bars(lives: TwinLives, chart: svg.Chart, rows: np.ndarray, picked: int | None) -> list[str]:
    """One bar for each spell of the same regularity, and an orange line while organising."""
    parts = []
    history = lives.people[WITH, 1 : lives.shown + 1][:, rows]
    level = np.where(history["status"] == MEMBER, 1 + np.digitize(history["regularity"], LEVELS), 0)
    organising = history["organiser"].astype(int)
    for k, row in enumerate(rows):
        name = int(lives.group.traits.id[row])
        y = chart.y + ROW * k
        bold = name == picked
        parts.append(f'<g class="person" data-person="{name}"><rect x="0" y="{y:.1f}" width="{WIDTH:g}" '
                     f'height="{ROW:g}" fill="{"#FFF3E0" if bold else "transparent"}"/>')  # fmt: skip
        shown = str(name) if name < 1_000_000 else f"n{name - 1_000_000}"
        parts.append(svg.label(LEFT_EDGE - 8, y + 11, shown, size=11, anchor="end", bold=bold))
        for first, end, value in _spells(level[:, k]):
            if value:
                parts.append(_bar(chart, first, end, y + 2, ROW - 4, SHADES[value - 1]))
        for first, end, value in _spells(organising[:, k]):
            if value:
                parts.append(_bar(chart, first, end, y + ROW / 2 - 1.5, 3, svg.ORANGE))
        parts.append(f"<title>{svg.words(f'Person {name}: click for her or his story')}</title></g>")
    place = {int(row): chart.y + ROW * k + ROW / 2 for k, row in enumerate(rows)}
    for event in lives.story():
        y, week = place.get(int(event.row), -1.0), int(event.week) - lives.group.lead_in
        if y > 0 and event.kind == FIRST_VISIT:
            parts.append(f'<circle cx="{chart.across(week + 0.5):.1f}" cy="{y:.1f}" r="3" fill="white" '
                         f'stroke="{svg.PURPLE}" stroke-width="1.6"/>')  # fmt: skip
        if y > 0 and event.kind == LEFT and event.reason != GROUP_CLOSED:
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


def legend() -> str:
    """What the bars and marks mean."""
    parts = [svg.label(4, 14, "meetings came to", size=11.5)]
    for k, (shade, name) in enumerate(zip(SHADES, NAMED, strict=True)):
        x = (100, 182, 252, 322, 392)[k]
        parts += [
            f'<rect x="{x}" y="4" width="14" height="11" fill="{shade}"/>',
            svg.label(x + 18, 14, name, size=11.5),
        ]
    parts += [
        svg.line(4, 27, 26, 27, svg.ORANGE, 3), svg.label(32, 31, "organising", size=11.5),
        f'<circle cx="118" cy="27" r="3" fill="white" stroke="{svg.PURPLE}" stroke-width="1.6"/>',
        svg.label(126, 31, "came for the first time", size=11.5),
        f'<path d="M263 24l6 6m0 -6l-6 6" stroke="{svg.VERMILLION}" stroke-width="1.6"/>',
        svg.label(274, 31, "left", size=11.5),
    ]  # fmt: skip
    return svg.picture(WIDTH, 38, "Legend of the life lines.", parts)
