"""One person: who this is, how things stand in both lives, the paths of both, and her or his ties."""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.words.numbers import DASH, fixed, signed
from sim.codes import ONE_VISIT_ONLY
from sim.state import HEARD_NAMES, LEFT_NAMES, MEMBER, STATUS_NAMES
from sim.trace import tell
from view import svg
from view.snapshot import WITH, WITHOUT, Snapshot, known_as
from view.svg import words
from view.why import week_told

MEASURES = {
    "isolation": "isolation",
    "stigma": "stigma",
    "understanding": "understanding",
    "coping": "coping",
    "distress": "distress_this_week",
}
COUNTS = {
    "hard days this week": "hard_days_this_week",
    "of these got through": "hard_days_through_this_week",
    "episodes this week": "episodes_this_week",
}
WIDTH, HEIGHT, LEFT_EDGE, TOP, CHART_WIDTH, CHART_HEIGHT = 210.0, 150.0, 28.0, 28.0, 174.0, 84.0
MOST_TIES = 8


def people_to_pick(snapshot: Snapshot, picked: int | None = None) -> list[int]:
    """Ids: first those who have come, in that order, then everybody else who lives here, and whoever is picked."""
    now, ids = snapshot.now(), snapshot.traits.id
    first = now["first_joined_week"].astype(int)
    came = np.flatnonzero(first >= 0)
    came = came[np.argsort(first[came], kind="stable")]
    others = np.flatnonzero((first < 0) & (now["resident"] if snapshot.shown else np.ones(len(now), bool)))
    names = [int(ids[row]) for row in (*came, *others)]
    return names if picked in names or snapshot.row_of(picked) is None else [*names, int(picked or 0)]


def draw(snapshot: Snapshot, person: int) -> str:
    """Traits, states and ties as HTML."""
    row = snapshot.row_of(person)
    if row is None:
        return '<p class="sb-note">There is no such person in this town.</p>'
    parts = _portrait(snapshot, row) + _states(snapshot, row) + _ties(snapshot, row)
    return f'<div class="sb-person"><h3>Person {known_as(person)}</h3>{parts}</div>'


def _portrait(snapshot: Snapshot, row: int) -> str:
    who, now = snapshot.traits[row], snapshot.now()[row]
    lead_in = snapshot.lead_in
    standing = STATUS_NAMES[now["status"]]
    facts = [
        f"{'a woman' if who.woman else 'a man'} of {who.age:.0f}, self-harm began at {who.onset_age:.0f}",
        standing + (", organiser" if now["organiser"] else ""),
    ]
    if now["first_joined_week"] >= 0:
        facts.append(f"first came in week {now['first_joined_week'] - lead_in}, through {HEARD_NAMES[now['heard_of']]}")
    if now["left_reason"] and now["status"] != MEMBER:
        left = "did not stay" if now["left_reason"] == ONE_VISIT_ONLY else "no longer a member"
        facts.append(f"{left}: {LEFT_NAMES[now['left_reason']]}")
    if snapshot.shown and not now["resident"]:
        later = who.arrives_week - lead_in >= snapshot.shown
        facts.append("has not moved here yet" if later else "has moved away")
    traits = [
        ("isolation returns to", who.isolation_set), ("stigma returns to", who.stigma_set),
        ("distress on an ordinary day", who.baseline_distress), ("a hard day is above", who.hard_day_threshold),
        ("support outside", who.outside_support), ("takes from a group", who.responsiveness),
        ("barrier to coming", who.barrier), ("place on the scale of experience", who.position),
    ]  # fmt: skip
    listed = "".join(f"<dt>{name}</dt><dd>{fixed(float(value))}</dd>" for name, value in traits)
    return f'<p>{words("; ".join(facts))}.</p><dl class="sb-traits">{listed}</dl>'


def _states(snapshot: Snapshot, row: int) -> str:
    rows = []
    for name, field in {**MEASURES, "trust in the group": "trust"}.items():
        own, twin = (float(snapshot.now(life)[field][row]) for life in (WITH, WITHOUT))
        cells = f"<td>{fixed(own, 3)}</td><td>{fixed(twin, 3)}</td><td>{signed(own - twin, 3)}</td>"
        if field == "trust":
            cells = f"<td>{fixed(own, 3)}</td><td>{DASH}</td><td>{DASH}</td>"
        rows.append(f'<tr data-measure="{field}"><th scope="row">{name}</th>{cells}</tr>')
    for name, field in COUNTS.items():
        own, twin = (int(snapshot.now(life)[field][row]) for life in (WITH, WITHOUT))
        rows.append(f'<tr data-measure="{field}"><th scope="row">{name}</th><td>{own}</td><td>{twin}</td>'
                    f"<td>{signed(own - twin, 0)}</td></tr>")  # fmt: skip
    head = (
        '<tr><td></td><th scope="col">with the group</th><th scope="col">twin</th><th scope="col">difference</th></tr>'
    )
    return f'<table class="sb-table"><thead>{head}</thead><tbody>{"".join(rows)}</tbody></table>'


def _ties(snapshot: Snapshot, row: int) -> str:
    pairs = snapshot.pairs
    mine = pairs[((pairs["one"] == row) | (pairs["other"] == row)) & (pairs["tie"] > 0)]
    if not len(mine):
        return '<p class="sb-note">No ties to anybody from the group.</p>'
    mine = mine[np.argsort(-mine["tie"])]
    listed = []
    for pair in mine[:MOST_TIES]:
        other = int(snapshot.traits.id[pair["other"] if pair["one"] == row else pair["one"]])
        texts = f", {pair['texts']} text{'s' if pair['texts'] > 1 else ''}" if pair["texts"] else ""
        hours = f", {pair['hours']:.1f} h this week{texts}" if pair["hours"] > 1e-6 else ""
        listed.append(f'<li><a class="person" data-person="{other}" tabindex="0" role="button">'
                      f"Person {known_as(other)}</a> {float(pair['tie']):.2f}{hours}</li>")  # fmt: skip
    more = f"<li>and {len(mine) - MOST_TIES} weaker ties</li>" if len(mine) > MOST_TIES else ""
    return (
        "<p><b>Ties</b> (0.33 casual friend, 0.51 friend, 0.80 close friend: Hall 2019)</p>"
        f'<ul class="sb-ties">{"".join(listed)}{more}</ul>'
    )


def paths(snapshot: Snapshot, person: int) -> str:
    """The person's states in both lives, week by week."""
    row = snapshot.row_of(person)
    if row is None:
        return ""
    span = svg.span_of(snapshot.shown, snapshot.total_weeks)
    living = snapshot.path(WITH, "living", row)
    joined = int(snapshot.now()["first_joined_week"][row]) - snapshot.lead_in
    pictures = []
    for name, field in MEASURES.items():
        chart = svg.Chart(LEFT_EDGE, TOP, CHART_WIDTH, CHART_HEIGHT, span)
        parts = [svg.label(2, 14, name.capitalize(), size=13.5, bold=True), *chart.axes([0.0, 0.5, 1.0])]
        own, twin = (np.where(living, snapshot.path(life, field, row), np.nan) for life in (WITH, WITHOUT))
        if joined >= 0:
            at = chart.across(joined)
            parts.append(svg.line(at, TOP, at, TOP + CHART_HEIGHT, svg.PURPLE, 1.2, "2 3"))
        parts += [chart.curve(twin, svg.VERMILLION, 1.6, "4 3", "twin"), chart.curve(own, svg.BLUE, 1.8, "", "own")]
        said = (
            f"Person {known_as(person)}, {name} from 0 to 1: {fixed(float(own[-1]))}, the twin {fixed(float(twin[-1]))}"
        )
        pictures.append(svg.picture(WIDTH, HEIGHT, said, parts))
    key = svg.key(
        (svg.line(0, 8, 28, 8, svg.BLUE, 2.2), "with the group"),
        (svg.line(0, 8, 28, 8, svg.VERMILLION, 2, "5 3"), "twin without"),
        (svg.line(14, 0, 14, 16, svg.PURPLE, 1.6, "2 3"), "first came"),
    )
    return key + svg.charts(pictures, "sb-paths")


def week_in_words(snapshot: Snapshot, person: int, life: int = WITH) -> str:
    """The week shown in words, as HTML; behind a fold the text of ``python run.py explain --person --week``."""
    if snapshot.shown == 0:
        return '<p class="sb-note">No week has been lived yet: press Step.</p>'
    values: dict[str, Any] = dict(snapshot.config.values)
    if life == WITHOUT:
        values["group.exists"] = False
    week = snapshot.shown - 1
    said = "".join(f"<p>{words(one)}</p>" for one in week_told(values, person, week))
    whose = "in the life without a group" if life == WITHOUT else "in the life with the group"
    return (
        f'<div class="sb-words"><h3>Week {week} of person {known_as(person)}, {whose}</h3>{said}<details>'
        f"<summary>The numbers, draw by draw</summary>"
        f'<pre class="sb-told" tabindex="0">{words(tell(values, person, week))}</pre></details></div>'
    )
