"""The network: who is tied to whom, who met and who texted this week, coloured by any state."""

from __future__ import annotations

import numpy as np

from sim.state import FORMER, MEMBER, STATUS_NAMES
from view import svg
from view.numbers import contacts
from view.places import RADIUS
from view.snapshot import WITH, WITHOUT, Snapshot, known_as

SIZE, HALF, SCALE = 380.0, 190.0, 181.0
COLOURS = {
    "isolation": "isolation",
    "stigma": "stigma",
    "understanding": "understanding",
    "coping": "coping",
    "distress": "distress_this_week",
    "trust in the group": "trust",
}
SHOWN_FROM = 0.02
SMALLEST, LARGEST, FULL = 8.0, 15.0, 12.0
TWIN_RADIUS = 11.0
OUTSIDE_RADIUS = 3.6
ENOUGH_HOURS = 1e-6


def draw(snapshot: Snapshot, colour_by: str = "isolation", picked: int | None = None, life: int = WITH) -> str:
    """Everybody who lives in the area this week, in one of the lives.

    Args:
        snapshot: what is shown.
        colour_by: a key of COLOURS.
        picked: id of the person picked, marked with a ring.
        life: WITH, or WITHOUT: then everybody stands where she or he stands with the group, so that both can be
            compared by eye; nobody there has met through a group.
    """
    now = snapshot.now(life)
    if life == WITHOUT:
        parts = [*_rings(), *_people(snapshot, now, HALF + SCALE * snapshot.place, colour_by, picked, life)]
        return svg.picture(SIZE, SIZE, _described_without(snapshot, colour_by), parts, "sb-network sb-twin", "group")
    at = HALF + SCALE * snapshot.place
    pairs = snapshot.pairs
    both = now["resident"][pairs["one"]] & now["resident"][pairs["other"]]
    pairs = pairs[both & ((pairs["tie"] >= SHOWN_FROM) | (pairs["hours"] > ENOUGH_HOURS))]
    parts = [*_rings(), *_ties(snapshot, pairs, now, at), *_people(snapshot, now, at, colour_by, picked)]
    return svg.picture(SIZE, SIZE, _described(snapshot, now, pairs), parts, "sb-network", "group")


def met(pairs: np.ndarray, now: np.ndarray, texted_hours: float) -> np.ndarray:
    """Which pairs met this week: both were at a meeting, and were together for longer than they texted."""
    both = (now["attended_this_week"][pairs["one"]] > 0) & (now["attended_this_week"][pairs["other"]] > 0)
    together: np.ndarray = both & (pairs["hours"] > pairs["texts"] * texted_hours + ENOUGH_HOURS)
    return together


def _rings() -> list[str]:
    return [
        f'<circle cx="{HALF:g}" cy="{HALF:g}" r="{SCALE * radius:.1f}" fill="none" stroke="{svg.GRID}" '
        'stroke-width="1.2"/>'
        for radius in RADIUS[1:]
    ]


def _ties(snapshot: Snapshot, pairs: np.ndarray, now: np.ndarray, at: np.ndarray) -> list[str]:
    parts = []
    together = met(pairs, now, snapshot.config.values["contact.text_hours"])
    for k in np.argsort(pairs["tie"]):
        pair = pairs[k]
        (x1, y1), (x2, y2) = at[pair["one"]], at[pair["other"]]
        colour = svg.BLUE if together[k] else "#8A949B"
        width = 0.6 + 5.0 * float(pair["tie"])
        parts.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
            f'stroke-width="{width:.1f}" opacity="{0.25 + 0.6 * float(pair["tie"]):.2f}"/>'
        )
    for pair in pairs[pairs["texts"] > 0]:
        (x1, y1), (x2, y2) = at[pair["one"]], at[pair["other"]]
        parts.append(svg.line(x1, y1, x2, y2, svg.ORANGE, 1.6, "1.6 5").replace("<line", '<line class="texted"'))
    return parts


def _people(
    snapshot: Snapshot, now: np.ndarray, at: np.ndarray, colour_by: str, picked: int | None, life: int = WITH
) -> list[str]:
    traits, busy = snapshot.traits, contacts(snapshot) if life == WITH else np.zeros(len(now))
    values = now[COLOURS[colour_by]]
    outside = snapshot.ring == 0
    parts = []
    resident = now["resident"] if snapshot.shown else _before_opening(snapshot)
    for row in np.flatnonzero(resident):
        x, y = at[row]
        name, status = int(traits.id[row]), int(now["status"][row])
        r = OUTSIDE_RADIUS if outside[row] else SMALLEST + (LARGEST - SMALLEST) * min(busy[row] / FULL, 1.0) ** 0.5
        if life == WITHOUT and not outside[row]:
            r = TWIN_RADIUS
        stroke, width, dash = svg.PALE, 1.0, ""
        if status == MEMBER:
            stroke, width = svg.INK, 2.0
        elif status == FORMER:
            stroke, width, dash = svg.INK, 1.6, ' stroke-dasharray="3 2"'
        elif now["visiting"][row] or now["expected"][row]:
            stroke, width = svg.PURPLE, 2.6
        fill = svg.shade(float(values[row]))
        standing = "means to come" if now["visiting"][row] and status != MEMBER else STATUS_NAMES[status]
        role = ", organiser" if now["organiser"][row] else ""
        who, level = f"Person {known_as(name)}", f"{colour_by} {float(values[row]):.2f}"
        tip = f"{who}: {standing}{role}; {level}; {busy[row]:.1f} contacts a week"
        if life == WITHOUT:
            tip = f"{who} in the life without a group: {level}"
        ring = ""
        if name == picked:
            ring = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r + 5:.1f}" fill="none" stroke="{svg.VERMILLION}" ' \
                   'stroke-width="3"/>'  # fmt: skip
        parts.append(
            f'<g class="person" data-person="{name}"{_focus(outside[row], tip)}>{ring}'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{fill}" stroke="{stroke}" '
            f'stroke-width="{width}"{dash}/>'
        )
        if not outside[row]:
            parts.append(_number_on(x, y, name, fill))
        if now["organiser"][row]:
            parts.append(f'<circle cx="{x + 0.75 * r:.1f}" cy="{y - 0.75 * r:.1f}" r="4.5" fill="{svg.GREEN}" '
                         'stroke="white"/>')  # fmt: skip
        parts.append(f"<title>{svg.words(tip)}</title></g>")
    return parts


def _focus(outside: bool, tip: str) -> str:
    """Whoever has come can be reached by the keyboard; all others by the list of people."""
    return "" if outside else f' tabindex="0" role="button" aria-label="{svg.words(tip)}"'


def _number_on(x: float, y: float, name: int, fill: str) -> str:
    """Who it is, on the disc and a little over its edge."""
    dark = int(fill[1:3], 16) + int(fill[3:5], 16) + int(fill[5:7], 16) < 330
    ink, edge = ("#FFFFFF", svg.INK) if dark else (svg.INK, "#FFFFFF")
    return (
        f'<text x="{x:.1f}" y="{y + 4.4:.1f}" font-size="{svg.SMALL:g}" text-anchor="middle" fill="{ink}" '
        f'stroke="{edge}" stroke-width="2.2" stroke-linejoin="round" paint-order="stroke">{known_as(name)}</text>'
    )


def _before_opening(snapshot: Snapshot) -> np.ndarray:
    """Who lives in the area as the group opens: nobody counts as resident before."""
    traits, lead_in = snapshot.traits, snapshot.lead_in
    found: np.ndarray = (traits.arrives_week <= lead_in) & (traits.departs_week > lead_in)
    return found


def legend(colour_by: str) -> str:
    """What rings, colours, sizes and lines mean."""
    scale = "".join(f'<rect x="{k}" y="2" width="1.4" height="12" fill="{svg.shade(k / 27)}"/>' for k in range(28))
    disc = '<circle cx="14" cy="8" r="6" fill="{}" stroke="{}" stroke-width="{}"/>'
    return (
        '<p class="sb-sub">Inner ring: members. Middle ring: came once, left, or mean to come. Outside: all others who '
        "live here. A larger disc has more contacts.</p>"
    ) + svg.key(
        (scale, f"{colour_by}, from 0 to 1"),
        (disc.format("#9AA5AC", svg.INK, 2), "member"),
        (disc.format("#9AA5AC", svg.INK, '1.6" stroke-dasharray="3 2'), "former member"),
        (disc.format("#9AA5AC", svg.PURPLE, 2.6), "newly here or coming"),
        (disc.format(svg.GREEN, "white", 1), "organiser"),
        (svg.line(0, 8, 28, 8, svg.BLUE, 3), "met this week"),
        (svg.line(0, 8, 28, 8, svg.ORANGE, 1.6, "1.6 5"), "texted this week"),
        (svg.line(0, 8, 28, 8, "#8A949B", 3), "tie (thicker: closer)"),
    )


def _described_without(snapshot: Snapshot, colour_by: str) -> str:
    now, status = snapshot.now(WITHOUT), snapshot.now()["status"]
    members = status == MEMBER
    when = f"Week {snapshot.shown - 1}" if snapshot.shown else "Before the opening"
    said = ""
    if members.any():
        there, here = (float(snapshot.now(life)[COLOURS[colour_by]][members].mean()) for life in (WITH, WITHOUT))
        said = f" {colour_by.capitalize()} of those who are members in the other: {here:.2f} here, {there:.2f} there."
    return (
        f"{when}, the life without a group: {int(now['resident'].sum()) if snapshot.shown else len(now)} people, each "
        f"where she or he stands in the life with the group. Nobody has met through a group.{said}"
    )


def _described(snapshot: Snapshot, now: np.ndarray, pairs: np.ndarray) -> str:
    members = int((now["status"] == MEMBER).sum())
    texted, close = int((pairs["texts"] > 0).sum()), int((pairs["tie"] >= 0.51).sum())
    came = int((now["attended_this_week"] > 0).sum())
    when = f"Week {snapshot.shown - 1}" if snapshot.shown else "Before the opening"
    return (
        f"{when}: {members} members, {came} people at meetings, {len(pairs)} ties of those living here, {close} of "
        f"them as close as friends, {texted} pairs texted. Members stand in the middle, all others around them."
    )
