"""The group's story as a log, newest first."""

from __future__ import annotations

import numpy as np

from analysis.studies.run.tables import CAME_AGAIN
from sim.state import CLOSED, CLOSED_NAMES, EVENT_NAMES, FIRST_VISIT, HEARD_NAMES, JOINED, LEFT, LEFT_NAMES, OPENED
from view.group_why import group_told
from view.snapshot import Snapshot
from view.svg import words
from view.why import week_told

MOST_ENTRIES = 250
MARKS = {int(OPENED): "opened", int(CLOSED): "closed", int(FIRST_VISIT): "came", int(JOINED): "came", int(LEFT): "left"}


def draw(snapshot: Snapshot) -> str:
    """The log as HTML; persons in it can be clicked."""
    story = snapshot.story
    if not len(story):
        note = "Nothing yet: the group has not opened." if snapshot.had_group else "There is no group in this scenario."
        return f'<p class="sb-note">{note}</p>'
    again = _came_again(story)
    shown = range(max(len(story) - MOST_ENTRIES, 0), len(story))
    told_once = _told_once(story)
    entries = [_entry(snapshot, k, k in again, _visit(story[k]) in told_once) for k in reversed(shown)
               if story[k].kind != JOINED or _visit(story[k]) not in told_once]  # fmt: skip
    left_out = shown.start
    more = f'<li class="sb-note">and {left_out} earlier entries</li>' if left_out else ""
    return f'<ol class="sb-story">{"".join(entries)}{more}</ol>'


def _came_again(story: np.recarray) -> set[int]:
    """Which entries are of somebody coming anew, after having left."""
    left: set[int] = set()
    found = set()
    for k, (kind, row) in enumerate(zip(story.kind.tolist(), story.row.tolist(), strict=True)):
        if kind == LEFT:
            left.add(row)
        elif kind == FIRST_VISIT and row in left:
            found.add(k)
    return found


def _visit(event: np.record) -> tuple[int, int]:
    """Who, and in which week."""
    return int(event.row), int(event.week)


def _told_once(story: np.recarray) -> set[tuple[int, int]]:
    """Visits after which somebody stays at once: one entry says so, not two."""
    came, stayed = ({_visit(event) for event in story[story.kind == kind]} for kind in (FIRST_VISIT, JOINED))
    return came & stayed


def _entry(snapshot: Snapshot, k: int, again: bool, stays: bool) -> str:
    event = snapshot.story[k]
    week, kind, row, reason = (int(getattr(event, name)) for name in ("week", "kind", "row", "reason"))
    when = week - snapshot.lead_in
    said = CAME_AGAIN if again else EVENT_NAMES[kind]
    if stays and kind == FIRST_VISIT:
        said += " and stays as a member"
    if row >= 0:
        name = int(snapshot.traits.id[row])
        who = f'<a class="person" data-person="{name}" tabindex="0" role="button">Person {name}</a> '
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
        f'{words(EVENT_NAMES[kind])}">why?</a>'
    )
    return f'<li class="sb-{mark}">{to}<span>{said}{tail} {ask}</span></li>'


def why(snapshot: Snapshot, k: int) -> str:
    """Why an entry came about, as HTML: in words with the numbers of its week; a person's own week is behind a fold.

    Args:
        snapshot: what is shown.
        k: which entry, counted from the oldest.
    """
    event = snapshot.story[k]
    week, kind, row, reason = (int(event[name]) for name in ("week", "kind", "row", "reason"))
    when = week - snapshot.lead_in
    values = dict(snapshot.config.values)
    said = "".join(f"<p>{words(one)}</p>" for one in group_told(values, when, kind, row, reason))
    title, fold = CAME_AGAIN if k in _came_again(snapshot.story) else EVENT_NAMES[kind], ""
    if row >= 0:
        name = int(snapshot.traits.id[row])
        title = f"person {name} {title}"
        own = "".join(f"<p>{words(one)}</p>" for one in week_told(values, name, when))
        fold = f"<details><summary>The week of person {name} in words</summary>{own}</details>"
    return f'<div class="sb-words"><h3>Week {when}: {words(title)}. Why?</h3>{said}{fold}</div>'
