"""The group's story as a log, newest first."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from analysis.studies.run.tables import CAME_AGAIN
from sim.codes import ONE_VISIT_ONLY
from sim.state import (
    BREACHED,
    CLOSED,
    CLOSED_NAMES,
    EVENT_NAMES,
    FIRST_VISIT,
    HEARD_NAMES,
    JOINED,
    LEFT,
    LEFT_NAMES,
    OPENED,
)
from view.group_why import event_of, own_week, told
from view.snapshot import Snapshot, known_as
from view.svg import words

MOST_ENTRIES = 250


class Event(NamedTuple):
    """An entry of the story; see ``sim.state.EVENTS``."""

    week: int
    kind: int
    row: int
    reason: int


MARKS = {int(OPENED): "opened", int(CLOSED): "closed", int(FIRST_VISIT): "came", int(JOINED): "came", int(LEFT): "left"}


def draw(snapshot: Snapshot) -> str:
    """The log as HTML; persons in it can be clicked."""
    story = snapshot.story
    if not len(story):
        note = "Nothing yet: the group has not opened." if snapshot.had_group else "There is no group in this scenario."
        return f'<p class="sb-note">{note}</p>'
    events = _events(story)
    again, told_once = _came_again(events), _told_once(events)
    shown = range(max(len(events) - MOST_ENTRIES, 0), len(events))
    entries = [_entry(snapshot, events[k], k, k in again, _visit(events[k]) in told_once) for k in reversed(shown)
               if events[k].kind != JOINED or _visit(events[k]) not in told_once]  # fmt: skip
    left_out = shown.start
    more = f'<li class="sb-note">and {left_out} earlier entries</li>' if left_out else ""
    return f'<ol class="sb-story">{"".join(entries)}{more}</ol>'


def _events(story: np.recarray) -> list[Event]:
    """The story in plain numbers, which are quicker to look at."""
    return [Event(*one) for one in zip(*(story[name].tolist() for name in Event._fields), strict=True)]


def _came_again(events: list[Event]) -> set[int]:
    """Which entries are of somebody coming anew, after having left."""
    left: set[int] = set()
    found = set()
    for k, event in enumerate(events):
        if event.kind == LEFT:
            left.add(event.row)
        elif event.kind == FIRST_VISIT and event.row in left:
            found.add(k)
    return found


def _visit(event: Event) -> tuple[int, int]:
    """Who, and in which week."""
    return event.row, event.week


def _told_once(events: list[Event]) -> set[tuple[int, int]]:
    """Visits after which somebody stays at once: one entry says so, not two."""
    came, stayed = ({_visit(event) for event in events if event.kind == kind} for kind in (FIRST_VISIT, JOINED))
    return came & stayed


def _said(event: Event, again: bool) -> str:
    """What happened; of whom it is stands before it."""
    if event.kind == LEFT and event.reason == ONE_VISIT_ONLY:  # whoever came once has not been a member
        return "did not stay"
    said = CAME_AGAIN if again else EVENT_NAMES[event.kind]
    return "was let down: a confidence was broken" if event.kind == BREACHED else said


def _entry(snapshot: Snapshot, event: Event, k: int, again: bool, stays: bool) -> str:
    week, kind, row, reason = event
    when = week - snapshot.lead_in
    said = _said(event, again)
    if stays and kind == FIRST_VISIT:
        said += " and stays as a member"
    if row >= 0:
        name = int(snapshot.traits.id[row])
        who = f'<a class="person" data-person="{name}" tabindex="0" role="button">Person {known_as(name)}</a> '
        said = f"{who}{words(said)}"
    else:
        said = words(said[:1].upper() + said[1:])
    why = ""
    if kind == LEFT and reason:
        why = LEFT_NAMES[reason]
    elif kind == CLOSED and reason:
        why = CLOSED_NAMES[reason]
    elif kind == FIRST_VISIT and reason and not again:
        why = f"heard of it through {HEARD_NAMES[reason]}"
    tail = f' <span class="sb-why">({words(why)})</span>' if why else ""
    mark = MARKS.get(kind, "other")
    to = (
        f'<a class="sb-when" data-go="{when + 1}" tabindex="0" role="button" aria-label="Go to week {when}">'
        f"week {when}</a>"
    )
    ask = (
        f'<a class="sb-ask" data-why="{k}" tabindex="0" role="button" aria-label="Why, in week {when}: '
        f'{words(_said(event, again))}">why?</a>'
    )
    return f'<li class="sb-{mark}">{to}<span>{said}{tail} {ask}</span></li>'


def why(snapshot: Snapshot, k: int) -> str:
    """Why an entry came about, as HTML: in words with the numbers of its week; a person's own week is behind a fold.

    Args:
        snapshot: what is shown.
        k: which entry, counted from the oldest.
    """
    events = _events(snapshot.story)
    week, kind, row, reason = event = events[k]
    when = week - snapshot.lead_in
    of = event_of(dict(snapshot.config.values), when, row, reason)
    said = told(of, kind)
    title, fold = _said(event, k in _came_again(events)), ""
    if kind == FIRST_VISIT and _visit(event) in _told_once(events):  # one entry, two questions
        said += told(of, int(JOINED))
        title += " and stays as a member"
    elif kind == JOINED and _visit(event) in _told_once(events):  # asked of a mark on a curve
        title = "stays as a member"
    if row >= 0:
        name = int(snapshot.traits.id[row])
        title = f"person {known_as(name)} {title}"
        own = "".join(f"<p>{words(one)}</p>" for one in own_week(of))
        fold = f"<details><summary>The week of person {known_as(name)} in words</summary>{own}</details>"
    answer = "".join(f"<p>{words(one)}</p>" for one in said)
    return f'<div class="sb-words"><h3>Week {when}: {words(title)}. Why?</h3>{answer}{fold}</div>'
