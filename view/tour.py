"""The guided tour: eight short steps in plain words, each with a calm picture. It can be left and taken again."""

from __future__ import annotations

import math
from typing import NamedTuple

import solara

from analysis.words.care import SUPPORT
from view import svg
from view.widgets import Picture, html

WIDTH, HEIGHT = 320.0, 170.0


class Stop(NamedTuple):
    """One step of the tour."""

    title: str
    text: str
    picture: str


def _drawing(said: str, *parts: str) -> str:
    return svg.picture(WIDTH, HEIGHT, said, parts, "sb-calm")


def _dot(x: float, y: float, r: float = 8, fill: str = "#9AA5AC", ink: str = svg.GREY) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:g}" fill="{fill}" stroke="{ink}"/>'


def _curve(points: list[tuple[float, float]], colour: str, width: float = 3, dash: str = "", opacity: float = 1) -> str:
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}" stroke-dasharray="{dash}" '
        f'opacity="{opacity:g}" stroke-linejoin="round"/>'
    )


def _falling(end: float, wobble: float = 0.0) -> list[tuple[float, float]]:
    """A line from the upper left that falls towards an end."""
    return [(20 + 7 * k, 30 + (end - 30) * (1 - math.exp(-k / 12)) + wobble * math.sin(k / 2.1)) for k in range(41)]


def _town() -> str:
    ring = [_dot(160 + 68 * math.sin(k * math.pi / 8), 85 - 68 * math.cos(k * math.pi / 8), 7) for k in range(16)]
    inner = [
        _dot(160 + 26 * math.sin(k * math.pi / 2), 85 - 26 * math.cos(k * math.pi / 2), 10, svg.SKY) for k in range(4)
    ]
    return _drawing("Sixteen dots in a circle, and four in the middle: people of a town, and a group.", *ring, *inner)


def _week() -> str:
    days = []
    for k, name in enumerate(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")):
        hard, met = k in (1, 4), k == 2
        days.append(f'<rect x="{12 + 43 * k}" y="50" width="36" height="60" rx="6" '
                    f'fill="{svg.ORANGE if hard else svg.SKY if met else svg.PALE}"/>')  # fmt: skip
        days.append(svg.label(30 + 43 * k, 40, name, anchor="middle"))
    return _drawing("Seven days of a week: two are hard, on one the group meets.", *days,
                    svg.label(12, 140, "orange: a hard day"), svg.label(160, 140, "blue: the group meets"))  # fmt: skip


def _day() -> str:
    return _drawing(
        "One person, tied to two others by lines; one of the lines is dotted, a call.",
        svg.line(160, 120, 70, 50, svg.GREY, 4), svg.line(160, 120, 250, 50, svg.ORANGE, 3, "3 6"),
        _dot(160, 120, 20, svg.ORANGE), _dot(70, 50, 15, svg.SKY), _dot(250, 50, 15, svg.SKY),
        svg.label(262, 90, "a call"),
    )  # fmt: skip


def _twins() -> str:
    return _drawing(
        "Two rows of the same dots; in the upper row three stand together, in the lower row they are apart.",
        *(_dot(40 + 48 * k, 50, 11, svg.SKY if 1 <= k <= 3 else svg.PALE) for k in range(6)),
        *(_dot(40 + 48 * k, 120, 11, svg.PALE) for k in range(6)),
        svg.line(88, 50, 184, 50, svg.BLUE, 3), svg.label(20, 22, "with the group"), svg.label(20, 155, "without"),
    )  # fmt: skip


def _both_fall() -> str:
    return _drawing(
        "Two lines begin high together and fall; the one of members ends a little lower.",
        _curve(_falling(95), svg.VERMILLION, 3, "6 4"), _curve(_falling(128), svg.BLUE),
        svg.label(210, 84, "twins"), svg.label(210, 145, "members"),
    )  # fmt: skip


def _one_story() -> str:
    return _drawing("One uneven line.", _curve(_falling(110, 9), svg.BLUE))


def _many() -> str:
    ends = (60, 74, 88, 97, 104, 110, 117, 126, 140)
    lines = [_curve(_falling(end, 5 - k), svg.BLUE, 1.6, opacity=0.35) for k, end in enumerate(ends)]
    return _drawing(
        "Many lines that spread out, and a thick one in their middle.", *lines, _curve(_falling(104), svg.BLUE, 4)
    )


def _care() -> str:
    return _drawing("Three people beside each other.", *(_dot(100 + 60 * k, 85, 22, svg.SKY) for k in range(3)),
                    svg.line(122, 85, 138, 85, svg.BLUE, 4), svg.line(182, 85, 198, 85, svg.BLUE, 4))  # fmt: skip


STOPS = (
    Stop("Who these people are", "They are invented. Each dot is a person who self-harms, in an invented town. "
                                 "Some will "
         "come to a group that people like them run for each other. Nobody real is shown.", _town()),
    Stop("One week", "Time goes by in weeks. Press Step to live one. Some days are ordinary and some are hard. On its "
         "day the group meets; between meetings people may text or ring each other.", _week()),
    Stop("One person's hard day", "On a hard day somebody may ring a person she is close to. Perhaps there is an "
                                  "answer. "
         "Pick any person, then “Tell this week in words”, to read what happened and why.", _day()),
    Stop("The twin", "Everything is lived twice: once with the group, once without. The same people, the same "
                     "troubles, "
         "the same luck. So whatever differs between a person and her twin comes from the group, in this "
         "model.", _twins()),
    Stop("Why the other line falls too", "People tend to come when things are at their worst, and would often "
                                         "have felt "
         "better later anyway. Their twins show that. Look at the gap between the lines, not at one "
         "line.", _both_fall()),
    Stop("One life is one story", "What you see is one pair of lives. With other luck (another seed) the same "
                                  "group may "
         "thrive or close, help or hurt. A story is not a finding.", _one_story()),
    Stop("Many lives", "“Live many lives” lives two hundred of them behind this one. The band shows where most of them "
         "lie, and the interval how sure the model is of the mean difference.", _many()),
    Stop("What this is not", "It is no evidence that groups work or are safe, and says nothing about any real person. "
         "Few episodes are not the same as being well. Look after yourself while you look. " + SUPPORT, _care()),
)  # fmt: skip


@solara.component
def Tour(at: solara.Reactive[int | None]) -> None:
    """The step shown; ``at`` is None when the tour is closed."""
    where = at.value
    if where is None:
        return
    stop = STOPS[where]
    with solara.v.Html(tag="section", class_="sb-card sb-tour", attributes={"aria-label": "Guided tour"}):
        with solara.Div(classes=["sb-tour-words"]):
            html("p", f"Guided tour, step {where + 1} of {len(STOPS)}", "sb-note")
            html("div", f"<h2>{svg.words(stop.title)}</h2><p>{svg.words(stop.text)}</p>", role="status")
            with solara.Row(gap="8px", style="flex-wrap: wrap"):
                solara.Button("Go back", on_click=lambda: at.set(where - 1), disabled=where == 0, outlined=True)
                last = where == len(STOPS) - 1
                solara.Button("Finish" if last else "Next", on_click=lambda: at.set(None if last else where + 1),
                              color="primary")  # fmt: skip
                if not last:
                    solara.Button("Skip the tour", on_click=lambda: at.set(None), outlined=True)
        Picture(content=stop.picture, event_pick=lambda _: None, event_go=lambda _: None)
