"""One life against its twin: each person's difference, and the sums that effects are made from.

Three figures belong side by side and are always worked out together: how somebody changed since
before coming, how the twin without a group changed over the same time, and the difference of the
two. As both start from the same "before", that difference is also life against twin at the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from analysis.compare.outcomes import (
    OUTCOMES,
    POPULATIONS,
    SHORTEST_AFTER,
    SHORTEST_BEFORE,
    WINDOW,
    before_row,
    first_look,
    members_of,
)
from analysis.compare.panel import EVERY, ROWS_PER_YEAR, Panel
from sim.relations import WEEKS_IN_YEAR

# Of the people of one run, one population, one outcome, one time. Each is a sum over people, so that
# runs can be added up, left out and drawn again.
SUMS = (
    "people",  # with a value in both worlds
    "life", "life_squared",  # with the group
    "twin", "twin_squared",  # without
    "difference", "difference_squared",  # with the group minus without
    "with_before",  # of these people, who have a "before"
    "before", "before_squared",
    "life_change", "twin_change",  # since before, of those
    "gained", "lost",  # people on the side of their twin that ``Outcome.better`` says, and on the other
)  # fmt: skip
# Of everyone eligible, before any of them joined: the one measure of how much people differ, see ``yardstick_of``.
YARDSTICK = ("eligible", "eligible_before", "eligible_before_squared")
COURSE = ("isolation", "stigma", "understanding", "coping", "distress", "episodes")
COURSE_FROM, COURSE_TO = -ROWS_PER_YEAR, 4 * ROWS_PER_YEAR  # rows before and after first coming


class Pair(NamedTuple):
    """What one run says of an arm and its twin.

    Attributes:
        sums: float64[populations, horizons, outcomes, SUMS].
        people: for each who ever came and horizon: float64[rows] by name: ``horizon`` (index),
            ``id``, ``regular``, ``since_weeks``, each outcome with ``before``, ``life``, ``twin``, and guilt with the
            latter two (zero where it is no state of its own).
        course: float64[COURSE, COURSE_TO - COURSE_FROM + 1, 3]: people, sum with, sum without, by
            four-week steps from first coming.
        group: float64[horizons] for each measure of the group (see ``GROUP_MEASURES``).
        closed_week, closed_reason: of the group; -1 and 0 if it went on.
        yardstick: float64[outcomes, YARDSTICK].
        strata: by the name of another arm, float64[populations, horizons, outcomes, SUMS] of people who belong to each
            population under that arm, as they are under this one; see ``sums_under``.
    """

    sums: np.ndarray
    people: dict[str, np.ndarray]
    course: np.ndarray
    group: dict[str, np.ndarray]
    closed_week: int
    closed_reason: int
    yardstick: np.ndarray = np.zeros((len(OUTCOMES), len(YARDSTICK)))
    strata: Mapping[str, np.ndarray] = MappingProxyType({})


def horizon_rows(weeks: Sequence[int], total_weeks: int) -> list[int]:
    """Rows of the panel for the times asked for; the last look, if the run is shorter than all."""
    rows = [week // EVERY for week in weeks if week <= total_weeks]
    return rows or [total_weeks // EVERY]


def pair(life: Panel, twin: Panel, rows: Sequence[int], others: Mapping[str, Panel] | None = None) -> Pair:
    """Compare one life with its twin.

    Args:
        life: with the group.
        twin: the same seed without it.
        rows: times, as rows of the panel.
        others: lives of the same seed under other arms, by name, whose people are looked at here too.
    """
    sums = np.zeros((len(POPULATIONS), len(rows), len(OUTCOMES), len(SUMS)))
    parts: list[dict[str, np.ndarray]] = []
    for h, row in enumerate(rows):
        base = before_row(life, row)
        before = before_values(life, base)
        since = np.maximum(base, row - WINDOW)
        values = np.array([[o.at(world, row, since, SHORTEST_AFTER) for o in OUTCOMES] for world in (life, twin)])
        for p, population in enumerate(POPULATIONS):
            sums[p, h] = _sums(before, values, members_of(population, life, row))
        came = members_of("joined", life, row)
        rows_of = {
            "horizon": np.full(came.sum(), h),
            "id": life.traits.id[came],
            "regular": members_of("regulars", life, row)[came],
            "since_weeks": row * EVERY - life.first_came[came],
        }
        for o, outcome in enumerate(OUTCOMES):
            rows_of |= {
                f"{outcome.name}_before": before[o, came],
                f"{outcome.name}_life": values[0, o, came],
                f"{outcome.name}_twin": values[1, o, came],
            }
        rows_of |= {"guilt_life": life.people["guilt"][row, came], "guilt_twin": twin.people["guilt"][row, came]}
        parts.append(rows_of)
    people = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return Pair(
        sums, people, _course(life, twin, before_row(life)), group_at(life, rows), life.closed_week, life.closed_reason,
        yardstick_of(twin), {name: sums_under(life, twin, other, rows) for name, other in (others or {}).items()},
    )  # fmt: skip


def yardstick_of(twin: Panel) -> np.ndarray:
    """How much people differ whom the group would take, before any of them has joined and in a world without it.

    States are as at the opening. What is counted has nothing to be counted from by then: it is that of the first year
    after, in which nobody has a group either, or of as much of it as the run has.

    Returns:
        float64[outcomes, YARDSTICK].
    """
    lead_in = twin.values["run.lead_in_weeks"]
    here = (twin.traits.arrives_week <= lead_in) & (twin.traits.departs_week > lead_in) & twin.eligible
    year = min(WINDOW, twin.rows - 1)
    there = here & twin.people["resident"][year].astype(bool)
    out = np.zeros((len(OUTCOMES), len(YARDSTICK)))
    for o, outcome in enumerate(OUTCOMES):
        if outcome.state == "ties":
            continue  # nobody has any before there is a group
        values = twin.people[outcome.state][0][here] if outcome.state else outcome.at(
            twin, year, np.zeros(len(here), np.int64), SHORTEST_AFTER
        )[there]  # fmt: skip
        values = values[~np.isnan(values)]
        out[o] = len(values), values.sum(), (values**2).sum()
    return out


def sums_under(life: Panel, twin: Panel, other: Panel, rows: Sequence[int]) -> np.ndarray:
    """What an arm does to those who belong to a population under another arm, whatever they do under this one.

    They are the same people in both arms: "before" is before they came under the other arm, and what is counted is
    counted from then on, so that both arms are looked at over the same weeks.

    Args:
        life: under this arm.
        twin: its twin.
        other: the life under the arm by which it is said who they are.
        rows: times; one that the other arm was not lived to has nobody.

    Returns:
        float64[populations, horizons, outcomes, SUMS].
    """
    out = np.zeros((len(POPULATIONS), len(rows), len(OUTCOMES), len(SUMS)))
    _, mine, theirs = np.intersect1d(life.traits.id, other.traits.id, return_indices=True)
    for h, row in enumerate(rows):
        if row >= other.rows:
            continue
        base = first_look(life)
        base[mine] = np.minimum(before_row(other, row)[theirs], twin.rows - 1)  # that arm may have been lived longer
        before = before_values(twin, base)
        since = np.maximum(base, row - WINDOW)
        values = np.array([[o.at(world, row, since, SHORTEST_AFTER) for o in OUTCOMES] for world in (life, twin)])
        for p, population in enumerate(POPULATIONS):
            who = np.zeros(len(base), bool)
            who[mine] = members_of(population, other, row)[theirs]
            out[p, h] = _sums(before, values, who)
    return out


def before_values(life: Panel, base: np.ndarray) -> np.ndarray:
    """Everybody as they were before coming.

    Args:
        life: with the group.
        base: int64[n], from ``before_row``.

    Returns:
        float64[outcomes, n], NaN for what was counted of somebody hardly seen before.
    """
    years_back = np.maximum(base - WINDOW, first_look(life))
    who = np.arange(len(base))
    before = np.empty((len(OUTCOMES), len(base)))
    for o, outcome in enumerate(OUTCOMES):
        if outcome.state == "ties":
            before[o] = 0.0
        elif outcome.state:
            before[o] = life.people[outcome.state][base, who]
        else:
            before[o] = _counted_before(outcome.top, outcome.bottom, outcome.per, life, base, years_back)
    return before


def _counted_before(
    top: tuple[str, ...], bottom: str, per: float, life: Panel, base: np.ndarray, since: np.ndarray
) -> np.ndarray:
    """What was counted in the year before coming; NaN for those hardly seen before, such as founders."""
    who = np.arange(len(base))
    above = sum((life.people[name][base, who] - life.people[name][since, who] for name in top), np.zeros(len(who)))
    below = life.people[bottom][base, who] - life.people[bottom][since, who]
    wanted = (below > 0) & (base - since >= SHORTEST_BEFORE)
    return np.divide(above * per, below, out=np.full(len(who), np.nan), where=wanted)


def _sums(before: np.ndarray, values: np.ndarray, counted: np.ndarray) -> np.ndarray:
    """float64[outcomes, SUMS] over the people counted."""
    better = np.array([outcome.better for outcome in OUTCOMES], float)[:, None]
    life, twin = values[:, :, counted]
    start = before[:, counted]
    both = ~np.isnan(life) & ~np.isnan(twin)
    life, twin = np.where(both, life, 0.0), np.where(both, twin, 0.0)
    difference = life - twin
    known = both & ~np.isnan(start)
    start = np.where(known, start, 0.0)
    gain = difference * better
    columns = (
        both, life, life**2, twin, twin**2, difference, difference**2, known, start, start**2,
        np.where(known, life - start, 0.0), np.where(known, twin - start, 0.0), gain > 0, gain < 0,
    )  # fmt: skip
    return np.stack([column.sum(axis=1) for column in columns], axis=1)


def _course(life: Panel, twin: Panel, base: np.ndarray) -> np.ndarray:
    """People, and sums with and without the group, by time from first coming."""
    # Only who was seen for a while before: founders would join the curves in the middle.
    seen_before = base - first_look(life) >= SHORTEST_BEFORE
    came = np.flatnonzero(~np.isnan(life.first_came) & seen_before)
    steps = np.arange(COURSE_FROM, COURSE_TO + 1)
    out = np.zeros((len(COURSE), len(steps), 3))
    if len(came) == 0:
        return out
    row = base[came][:, None] + steps
    inside = (row >= 1) & (row < life.rows)
    row = np.clip(row, 1, life.rows - 1)
    person = came[:, None]
    here = inside & life.people["resident"][row, person] & life.people["resident"][row - 1, person]
    for k, name in enumerate(COURSE):
        for w, world in enumerate((life, twin)):
            if name in world.people and name != "episodes":
                values = world.people[name][row, person]
            else:
                top = world.people["distress_total" if name == "distress" else name]
                days = np.maximum(
                    world.people["days_lived"][row, person] - world.people["days_lived"][row - 1, person], 1
                )
                scale = 1.0 if name == "distress" else 7.0
                values = scale * (top[row, person] - top[row - 1, person]) / days
            out[k, :, 1 + w] = np.where(here, values, 0.0).sum(axis=0)
        out[k, :, 0] = here.sum(axis=0)
    return out


def group_at(life: Panel, rows: Sequence[int]) -> dict[str, np.ndarray]:
    """Measures of the group at each time; NaN where there is none, such as members of a closed group."""
    last = np.clip(np.array(rows) * EVERY - 1, 0, life.total_weeks - 1)
    is_open = life.weeks["open"][last].astype(bool)
    attendance, regular_tie = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    for h, week in enumerate(last):
        year = slice(max(0, week + 1 - WEEKS_IN_YEAR), week + 1)
        meetings = life.weeks["meetings"][year].sum()
        if meetings and is_open[h]:
            attendance[h] = life.weeks["attendances"][year].sum() / meetings
        years = rows[h] // ROWS_PER_YEAR
        if rows[h] % ROWS_PER_YEAR == 0 and years in life.tie_years:
            regular_tie[h] = life.regular_tie[life.tie_years.index(years)]
    return {
        "open": is_open.astype(float),
        "members": np.where(is_open, life.weeks["members"][last], np.nan),
        "regulars": np.where(is_open, life.weeks["regulars"][last], np.nan),
        "attendance": attendance,
        "ever_came": (life.people["first_joined_week"][list(rows)] >= 0).sum(axis=1).astype(float),
        "tie_mean": np.where(is_open, life.weeks["tie_mean"][last], np.nan),
        "regular_tie": regular_tie,
    }
