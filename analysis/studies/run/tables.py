"""Arrow tables of one life: weeks, people, traits, story and ties.

Weeks in every table are counted from the opening of the group: week 0 is the week in which it opens
(or would have opened), and week -1 is the week before, kept as a baseline. Each column carries its
unit and its meaning as metadata, taken from ``sim.state``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from analysis.results.arrow import coded, text, to_arrow
from analysis.results.columns import Column, table_of
from sim.changes import parameter_of
from sim.life import Life
from sim.relations import WEEKS_IN_YEAR
from sim.state import (
    CLOSED,
    CLOSED_NAMES,
    EVENT_NAMES,
    FIRST_VISIT,
    HEARD_NAMES,
    JOINED,
    LEFT,
    LEFT_NAMES,
    PEOPLE,
    STATUS_NAMES,
    TRAITS,
    WEEKS,
    Field,
)

TABLES = ("weeks", "people", "traits", "story", "ties")
BASELINE_WEEK = -1

# As they are at the end of the week.
STATES = (
    "isolation", "stigma", "understanding", "coping", "trust", "stressor", "circumstances", "strain",
    "organiser", "regularity",
)  # fmt: skip
# Counted or averaged afresh each week.
OF_THE_WEEK = (
    "distress_this_week", "hard_days_this_week", "hard_days_through_this_week", "episodes_this_week",
    "attended_this_week",
)  # fmt: skip
# Totals that only grow while somebody lives in the area; their weekly growth is what is written.
TOTALS = (
    "calls_made", "calls_answered", "calls_taken", "line_calls", "line_answered", "texts", "socials", "shares",
    "shares_self_harm", "shares_heard", "help_given", "told_outside", "told_accepted", "services_contacts",
)  # fmt: skip
# Columns of the second model: only where their switch is on, so that tables of the first stay as they were.
ONLY_WITH = {
    "difference": "mechanisms.alike", "guilt": "mechanisms.guilt", "assured": "mechanisms.assurance",
    "label_hurt": "mechanisms.labels", "urge": "mechanisms.swings", "found_out": "mechanisms.found_out",
    "ways_heard": "mechanisms.ways", "difference_set": "mechanisms.alike", "burden": "people.correlated",
    "inpatient": "people.correlated", "voices": "people.correlated", "recovering": "people.correlated",
}  # fmt: skip
MORE_STATES = ("difference", "guilt", "assured", "label_hurt", "urge")
MORE_TOTALS = ("found_out", "ways_heard")
CAME_AGAIN = "came again after having left"
TIE_YEARS = (0.5, 1, 2, 4, 8, 12)


def weeks_table(life: Life) -> pa.Table:
    """The group and the population, one row a week.

    Args:
        life: a life, lived to any week.

    Returns:
        Columns as ``sim.state.WEEKS``. A mean over nobody is null.
    """
    lived = life.weeks[: life.week]
    columns = []
    for field in WEEKS:
        values = lived[field.name]
        some = ~np.isnan(values)
        columns.append(_of(field, to_arrow(values, None if some.all() else some)))
    return table_of(columns)


def people_table(life: Life) -> pa.Table:
    """Each person who lives in the area, one row a person and week, ordered by week.

    Week -1 (the baseline) holds those who live there at the opening, as they were just before it;
    what was not counted before the opening is null there.

    Args:
        life: a life with ``history_every=1``.

    Returns:
        Columns ``id``, ``week``, ``status`` (text), then the names in STATES, OF_THE_WEEK, and
        those in TOTALS with ``_this_week`` added; those of MORE_STATES and MORE_TOTALS whose mechanism is on; last
        what rules of one's own remember, ``own_`` before the name.

    Raises:
        ValueError: if the history was not kept every week.
    """
    if life.history_every != 1 or len(life.history) != life.total_weeks + 1:
        raise ValueError("the history is not kept every week; expected Life(values, history_every=1)")
    history = life.history[: life.week + 1]
    resident = np.array(history["resident"])
    # Nobody "lives in the area" before the opening, when counting begins; those who will at once do.
    resident[0] = (life.traits.arrives_week <= life.lead_in) & (life.traits.departs_week > life.lead_in)
    k, rows = np.nonzero(resident)
    baseline = k == 0
    first = np.zeros_like(resident)  # the first week of living in the area, in which totals start at zero
    first[1] = resident[1]
    first[2:] = resident[2:] & ~resident[1:-1]
    first_week = first[k, rows]
    fields = {field.name: field for field in PEOPLE}
    columns = [
        _of(TRAITS[0], to_arrow(life.traits.id[rows])),
        Column("week", "week", "0 is the week in which the group opens; -1 just before", to_arrow(k - 1)),
        Column("status", "words", "stands with the group as", coded(history["status"][k, rows], STATUS_NAMES)),
    ]  # fmt: skip
    columns += [_of(fields[name], to_arrow(history[name][k, rows])) for name in STATES]
    # Without a lead-in nothing at all was lived before the opening.
    known = ~baseline if life.lead_in == 0 else None
    columns += [_of(fields[name], to_arrow(history[name][k, rows], known)) for name in OF_THE_WEEK]
    more = [name for name in MORE_STATES if _in_play(life, name)]
    columns += [_of(fields[name], to_arrow(history[name][k, rows])) for name in more]
    for name in (*TOTALS, *(name for name in MORE_TOTALS if _in_play(life, name))):
        total = history[name]
        before = np.where(first_week | baseline, 0, total[np.maximum(k - 1, 0), rows])
        field = fields[name]._replace(name=f"{name}_this_week", unit="count this week")
        columns.append(_of(field, to_arrow(total[k, rows] - before, ~baseline)))
    for field in life.own.fields:
        columns.append(_of(field._replace(name=f"own_{field.name}"), to_arrow(life.own.history[field.name][k, rows])))
    return table_of(columns)


def _in_play(life: Life, name: str) -> bool:
    """Whether a column belongs to this life: its switch, if it has one, is on from the beginning or later."""
    switch = ONLY_WITH.get(name)
    return switch is None or any(value for said, value in life.values.items() if parameter_of(said) == switch)


def traits_table(life: Life) -> pa.Table:
    """What is fixed for life: one row for each person who ever lives in the area.

    Args:
        life: any life.

    Returns:
        Columns as ``sim.state.TRAITS``, but for those whose switch is off; weeks of arriving and departing from the
        opening.
    """
    columns = []
    for field in TRAITS:
        if not _in_play(life, field.name):
            continue
        values = np.ascontiguousarray(life.traits[field.name])
        if field.name.endswith("_week"):
            values = values - life.lead_in
            field = field._replace(unit="week (0: the group opens)")
        columns.append(_of(field, to_arrow(values)))
    return table_of(columns)


def story_table(life: Life) -> pa.Table:
    """What happened to the group and around it, oldest first.

    Args:
        life: any life.

    Returns:
        Columns ``week``, ``person`` (id; null: the group), ``event`` and ``reason`` (text; null:
        none). ``reason`` says how somebody heard of the group, or why somebody left or it closed.
    """
    story = life.story
    ids, somebody = life.traits.id[story.row], story.row >= 0
    words_of: dict[int, tuple[str, ...]] = {
        int(FIRST_VISIT): HEARD_NAMES,
        int(JOINED): HEARD_NAMES,
        int(LEFT): LEFT_NAMES,
        int(CLOSED): CLOSED_NAMES,
    }
    events: list[str] = []
    reasons: list[str | None] = []
    have_left: set[int] = set()
    for entry in story:
        kind, row = int(entry.kind), int(entry.row)
        again = kind == FIRST_VISIT and row in have_left
        events.append(CAME_AGAIN if again else EVENT_NAMES[kind])
        reasons.append(words_of[kind][int(entry.reason)] if kind in words_of else None)
        if kind == LEFT:
            have_left.add(row)
    return table_of(
        [
            Column("week", "week (0: the group opens)", "when", to_arrow(story.week - life.lead_in)),
            Column("person", "id (null: the group)", "whom it concerns", to_arrow(ids, somebody)),
            Column("event", "words", "what happened", text(events)),
            Column("reason", "words", "how heard of the group, or why left or closed", text(reasons)),
        ]
    )  # fmt: skip


def tie_weeks(total_weeks: int) -> list[int]:
    """After how many weeks ties are kept: the years in TIE_YEARS that are reached, and the end."""
    weeks = {round(years * WEEKS_IN_YEAR) for years in TIE_YEARS}
    return sorted({week for week in weeks if week <= total_weeks} | {total_weeks})


def ties_table(life: Life, kept: Sequence[tuple[int, np.ndarray]]) -> pa.Table:
    """Ties above zero at the chosen times, each pair once.

    Args:
        life: whose ties they are.
        kept: (weeks lived, float64[n, n] of ties) for each time.

    Returns:
        Columns ``week`` (the last one lived), ``person``, ``other`` (ids) and ``tie``.
    """
    parts = []
    for lived, ties in kept:
        i, j = np.nonzero(np.triu(ties, 1))
        parts.append((np.full(len(i), lived - 1), life.traits.id[i], life.traits.id[j], ties[i, j]))
    names = (
        ("week", "week (0: the group opens)", "at the end of which"),
        ("person", "id", "one of the two"),
        ("other", "id", "the other"),
        ("tie", "proportion", "strength of their tie"),
    )
    empty = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    columns = [np.concatenate(column) for column in zip(empty, *parts, strict=True)]
    return table_of(Column(*name, to_arrow(column)) for name, column in zip(names, columns, strict=True))


def _of(field: Field, values: pa.Array) -> Column:
    """A column of what ``sim.state`` declares."""
    return Column(field.name, field.unit, field.meaning, values)
