"""One person: who this is, how things stand in both lives, the paths of both, and her or his ties."""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.words.numbers import DASH, fixed, signed
from sim.state import HEARD_NAMES, LEFT_NAMES, MEMBER, STATUS_NAMES
from sim.trace import tell
from view import svg
from view.lives import WITH, WITHOUT, TwinLives
from view.svg import words

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
WIDTH, LEFT_EDGE, TOP, CHART_WIDTH, CHART_HEIGHT, DOWN, ACROSS = 560.0, 34.0, 30.0, 146.0, 84.0, 146.0, 186.0
MOST_TIES = 8


def people_to_pick(lives: TwinLives) -> list[int]:
    """Ids: first those who have come, in that order, then everybody else who lives here."""
    now, ids = lives.now(), lives.group.traits.id
    first = now["first_joined_week"].astype(int)
    came = np.flatnonzero(first >= 0)
    came = came[np.argsort(first[came], kind="stable")]
    others = np.flatnonzero((first < 0) & (now["resident"] if lives.shown else np.ones(len(now), bool)))
    return [int(ids[row]) for row in (*came, *others)]


def draw(lives: TwinLives, person: int) -> str:
    """Traits, states and ties as HTML."""
    row = lives.row_of(person)
    if row is None:
        return '<p class="sb-note">There is no such person in this town.</p>'
    parts = _portrait(lives, row) + _states(lives, row) + _ties(lives, row)
    return f'<div class="sb-person"><h3>Person {person}</h3>{parts}</div>'


def _portrait(lives: TwinLives, row: int) -> str:
    who, now = lives.group.traits[row], lives.now()[row]
    lead_in = lives.group.lead_in
    standing = STATUS_NAMES[now["status"]]
    facts = [
        f"{'a woman' if who.woman else 'a man'} of {who.age:.0f}, self-harm began at {who.onset_age:.0f}",
        standing + (", organiser" if now["organiser"] else ""),
    ]
    if now["first_joined_week"] >= 0:
        facts.append(f"first came in week {now['first_joined_week'] - lead_in}, through {HEARD_NAMES[now['heard_of']]}")
    if now["left_reason"] and now["status"] != MEMBER:
        facts.append(f"no longer a member: {LEFT_NAMES[now['left_reason']]}")
    if lives.shown and not now["resident"]:
        later = who.arrives_week - lead_in >= lives.shown
        facts.append("has not moved here yet" if later else "has moved away")
    traits = [
        ("isolation returns to", who.isolation_set), ("stigma returns to", who.stigma_set),
        ("distress on an ordinary day", who.baseline_distress), ("a hard day is above", who.hard_day_threshold),
        ("support outside", who.outside_support), ("takes from a group", who.responsiveness),
        ("barrier to coming", who.barrier), ("place on the scale of experience", who.position),
    ]  # fmt: skip
    listed = "".join(f"<dt>{name}</dt><dd>{fixed(float(value))}</dd>" for name, value in traits)
    return f'<p>{words("; ".join(facts))}.</p><dl class="sb-traits">{listed}</dl>'


def _states(lives: TwinLives, row: int) -> str:
    rows = []
    for name, field in {**MEASURES, "trust in the group": "trust"}.items():
        own, twin = (float(lives.now(life)[field][row]) for life in (WITH, WITHOUT))
        cells = f"<td>{signed(own, 3)}</td><td>{fixed(twin, 3)}</td><td>{fixed(own - twin, 3)}</td>"
        if field == "trust":
            cells = f"<td>{fixed(own, 3)}</td><td>{DASH}</td><td>{DASH}</td>"
        rows.append(f'<tr data-measure="{field}"><th scope="row">{name}</th>{cells}</tr>')
    for name, field in COUNTS.items():
        own, twin = (int(lives.now(life)[field][row]) for life in (WITH, WITHOUT))
        rows.append(f'<tr data-measure="{field}"><th scope="row">{name}</th><td>{own}</td><td>{twin}</td>'
                    f"<td>{signed(own - twin, 0)}</td></tr>")  # fmt: skip
    head = (
        '<tr><th></th><th scope="col">with the group</th><th scope="col">twin</th><th scope="col">difference</th></tr>'
    )
    return f'<table class="sb-table"><thead>{head}</thead><tbody>{"".join(rows)}</tbody></table>'


def _ties(lives: TwinLives, row: int) -> str:
    pairs = lives.pairs()
    mine = pairs[((pairs["one"] == row) | (pairs["other"] == row)) & (pairs["tie"] > 0)]
    if not len(mine):
        return '<p class="sb-note">No ties to anybody from the group.</p>'
    mine = mine[np.argsort(-mine["tie"])]
    listed = []
    for pair in mine[:MOST_TIES]:
        other = int(lives.group.traits.id[pair["other"] if pair["one"] == row else pair["one"]])
        texts = f", {pair['texts']} text{'s' if pair['texts'] > 1 else ''}" if pair["texts"] else ""
        hours = f", {pair['hours']:.1f} h this week{texts}" if pair["hours"] > 1e-6 else ""
        listed.append(f'<li><a class="person" data-person="{other}" tabindex="0" role="button">Person {other}</a> '
                      f"{float(pair['tie']):.2f}{hours}</li>")  # fmt: skip
    more = f"<li>and {len(mine) - MOST_TIES} weaker ties</li>" if len(mine) > MOST_TIES else ""
    return (
        "<p><b>Ties</b> (0.33 casual friend, 0.51 friend, 0.80 close friend: Hall 2019)</p>"
        f'<ul class="sb-ties">{"".join(listed)}{more}</ul>'
    )


def paths(lives: TwinLives, person: int) -> str:
    """The person's states in both lives, week by week."""
    row = lives.row_of(person)
    if row is None:
        return ""
    span = svg.span_of(lives.shown, lives.total_weeks)
    parts = []
    living = lives.people[WITH, : lives.shown + 1, row]["living"]
    joined = int(lives.now()["first_joined_week"][row]) - lives.group.lead_in
    for k, (name, field) in enumerate(MEASURES.items()):
        x, y = LEFT_EDGE + ACROSS * (k % 3), TOP + DOWN * (k // 3)
        chart = svg.Chart(x, y, CHART_WIDTH, CHART_HEIGHT, span)
        parts += [svg.label(x - 30, y - 12, name.capitalize(), size=13, bold=True),
                  *chart.axes([0.0, 0.5, 1.0], last_row=k >= 2)]  # fmt: skip
        own, twin = (np.where(living, lives.path(life, field, row), np.nan) for life in (WITH, WITHOUT))
        if joined >= 0:
            at = chart.across(joined)
            parts.append(svg.line(at, y, at, y + CHART_HEIGHT, svg.PURPLE, 1.2, "2 3"))
        parts += [chart.curve(twin, svg.VERMILLION, 1.6, "4 3", "twin"), chart.curve(own, svg.BLUE, 1.8, "", "own")]
    x, y = LEFT_EDGE + ACROSS * 2 - 10, TOP + DOWN + 10
    parts += [
        svg.line(x, y, x + 28, y, svg.BLUE, 2.2), svg.label(x + 34, y + 4, "with the group"),
        svg.line(x, y + 22, x + 28, y + 22, svg.VERMILLION, 2, "5 3"), svg.label(x + 34, y + 26, "twin without"),
        svg.line(x + 14, y + 36, x + 14, y + 54, svg.PURPLE, 1.2, "2 3"), svg.label(x + 34, y + 50, "first came"),
    ]  # fmt: skip
    described = f"Person {person}: isolation, stigma, understanding, coping and distress in both lives."
    return svg.picture(WIDTH, TOP + DOWN + CHART_HEIGHT + 36, described, parts, "sb-paths")


def week_in_words(lives: TwinLives, person: int, life: int = WITH) -> str:
    """The week shown, rule by rule: the same text as ``python run.py explain --person --week``."""
    if lives.shown == 0:
        return "No week has been lived yet: press Step."
    values: dict[str, Any] = dict(lives.config.values)
    if life == WITHOUT:
        values["group.exists"] = False
    text: str = tell(values, person, lives.shown - 1)
    return text
