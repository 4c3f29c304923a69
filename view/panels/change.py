"""Before and after, always beside the twin: what changed, what would have changed anyway, and the difference."""

from __future__ import annotations

from analysis.words.numbers import fixed, signed
from view.numbers import EVERYONE, changes
from view.snapshot import Snapshot
from view.svg import words

NAMES = {
    "distress_this_week": "distress",
    "hard_days_this_week": "hard days",
    "hard_days_through_this_week": "how many of these got through",
    "episodes_this_week": "episodes of self-harm",
}


def draw(snapshot: Snapshot, whom: str = EVERYONE) -> str:
    """The table as HTML."""
    lines = changes(snapshot, whom)
    if not lines:
        return '<p class="sb-note">Nobody has come yet, so there is nothing to compare.</p>'
    people = lines[0].people
    rows, unit = [], ""
    for one in lines:
        if one.unit != unit:
            unit = one.unit
            rows.append(f'<tr class="sb-unit"><th colspan="5" scope="rowgroup">{words(unit)}</th></tr>')
        counted = one.unit.startswith("a person")
        digits = 1 if counted else 3
        write = fixed if counted else signed
        cells = (
            write(one.own, digits),
            write(one.twin, digits),
            signed(one.difference, digits),
            f"{one.lower} of {one.people}",
        )
        name = words(NAMES.get(one.name, one.name))
        rows.append(f'<tr data-measure="{words(one.name)}"><th scope="row">{name}</th>'
                    + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")  # fmt: skip
    head = "<td></td>" + "".join(f'<th scope="col">{title}</th>' for title in
                   ("with the group", "twin without", "difference", "lower than twin"))  # fmt: skip
    return (
        f'<table class="sb-table"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
        f'<p class="sb-note">{people} {"person" if people == 1 else "people"} ({words(whom)}, and living here this '
        "week). People tend to come when things are bad and would often have felt better later anyway, as the twins "
        "do: only the difference is due to the group, in this model and this one pair of lives. Fewer episodes is not "
        "the same as being well, and fewer hard days got through may only mean fewer hard days.</p>"
    )
