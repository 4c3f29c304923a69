"""Two groups, or two accounts of how a group works, side by side: the same weeks, the same seed."""

from __future__ import annotations

import numpy as np

from analysis.words.numbers import DASH, signed
from view.accounts import said_of
from view.numbers import EVERYONE, changes
from view.panels import curves, network
from view.panels.change import NAMES
from view.snapshot import Snapshot
from view.svg import words


def draw(snapshot: Snapshot, other: Snapshot) -> str:
    """Both as HTML: whether they are the same people, what differs from the twins, networks and curves."""
    sides = "".join(
        f'<div class="sb-side">{_side(one, title)}</div>' for one, title in ((snapshot, "Here"), (other, "Beside"))
    )
    return f'<p>{words(same_people(snapshot, other))}</p>{_table(snapshot, other)}<div class="sb-two">{sides}</div>'


def same_people(one: Snapshot, other: Snapshot) -> str:
    """Whether the same people live in both, in a sentence."""
    fields = one.traits.dtype.names or ()
    same = len(one.traits) == len(other.traits) and all(np.array_equal(one.traits[f], other.traits[f]) for f in fields)
    if same:
        return "The same people with the same luck live in both, each with a twin without any group."
    return (
        "Not all people are the same in both, because the two describe people differently: each is held against "
        "its own "
        "twins, and the two are compared group by group, not person by person."
    )


def _table(one: Snapshot, other: Snapshot) -> str:
    """The differences between people and their twins, in both."""
    sides = [{line.name: line for line in changes(side, EVERYONE)} for side in (one, other)]
    names = list(sides[0] or sides[1])
    rows = []
    for name in names:
        cells = []
        for side in sides:
            counted = name in NAMES and name != "distress_this_week"
            cells.append(f"<td>{signed(side[name].difference, 1 if counted else 3) if name in side else DASH}</td>")
        rows.append(
            f'<tr data-measure="{words(name)}"><th scope="row">{words(NAMES.get(name, name))}</th>{"".join(cells)}</tr>'
        )
    if not rows:
        return '<p class="sb-note">Nobody has come to either yet.</p>'
    people = [next(iter(side.values())).people if side else 0 for side in sides]
    head = "".join(
        f'<th scope="col">{title}, {count} who came</th>'
        for title, count in zip(("here", "beside"), people, strict=True)
    )
    return (
        f'<table class="sb-table sb-beside"><caption>Difference from the twins without a group</caption>'
        "<thead><tr><td></td>"
        f"{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
        '<p class="sb-note">Hard days, those got through and episodes: a person and year since coming. Fewer episodes '
        "is "
        "not the same as being well. This is one pair of lives of each.</p>"
    )


def _side(snapshot: Snapshot, title: str) -> str:
    config = snapshot.config
    account = f"account {config.account.name}" if config.account else "no account picked: as the first model was"
    week = snapshot.weeks[snapshot.shown - 1] if snapshot.shown else None
    state = (
        "Before the opening."
        if week is None
        else (f"{'Open' if week.open else 'Closed' if snapshot.had_group else 'No group'}; {week.members} members.")
    )
    return (
        f"<h3>{title}: {words(config.title or config.name)}</h3><p>{words(account)}. {state}</p>"
        f"{network.draw(snapshot)}{curves.key()}{curves.states(snapshot)}{curves.days(snapshot)}"
        f'<div class="sb-account">{said_of(config)}</div>'
    )
