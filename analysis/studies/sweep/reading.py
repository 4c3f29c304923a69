"""What a sweep reads off a life and its twin: only what its outcomes are made of, at all times together.

The figures are those of ``analysis.compare.paired.pair``, to the last bit (a test holds the two side by side). That
works out whatever can be asked of one run; of the thousands in a sweep, what nobody asked for is neither copied nor
reckoned.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, cast

import numpy as np

from analysis.compare.outcomes import (
    OUTCOME,
    SHORTEST_AFTER,
    SHORTEST_BEFORE,
    WINDOW,
    Outcome,
    before_row,
    first_look,
)
from analysis.compare.paired import SUMS
from analysis.compare.panel import EVERY, FROM_WEEKS, Panel, mean_tie_of_regulars, states_kept
from sim.life import Life
from sim.relations import WEEKS_IN_YEAR
from sim.state import MEMBER

MEMBERSHIP = ("status", "first_joined_week", "resident", "regularity")  # say who belongs to a population
TIES = "ties"  # an outcome that is looked up at the end of a year, not in everybody's states


class Room(threading.local):
    """Room for one history on each thread, used again from life to life."""

    history: np.recarray | None = None


class Looks(NamedTuple):
    """Everybody's outcomes at all times.

    Attributes:
        rows: int64[times], rows of the panel.
        life, twin, before: float64[times, outcomes, n], NaN where there is none: with the group, without, and before
            coming.
        populations: bool[times, n] by name: who belongs to each.
    """

    rows: np.ndarray
    life: np.ndarray
    twin: np.ndarray
    before: np.ndarray
    populations: dict[str, np.ndarray]


def live_looked(
    values: dict[str, Any],
    tie_years: Iterable[int],
    outcomes: Sequence[str],
    room: Room,
    traits: np.recarray | None = None,
) -> Panel:
    """Live one life and keep what some outcomes are read from; otherwise as ``analysis.compare.panel.live_panel``.

    Args:
        values: every parameter by dotted name.
        tie_years: years at the end of which ties are looked at, where the run is that long.
        outcomes: names.
        room: for the history while the life is lived; what is kept of it is copied.
        traits: everybody's traits, if the same people's other life has them already.
    """
    life = Life(values, EVERY, traits, room=room.history)
    if room.history is None or room.history.size < life.history.size:
        room.history = cast(np.recarray, life.history)
    years = tuple(year for year in sorted(tie_years) if year * WEEKS_IN_YEAR <= life.total_weeks)
    ties_asked = TIES in outcomes
    tie_sum = np.zeros((len(years) if ties_asked else 0, len(life.traits)))
    regular_tie = np.full(len(years), np.nan)
    for k, year in enumerate(years):
        life.live(year * WEEKS_IN_YEAR - life.week)
        regular_tie[k] = mean_tie_of_regulars(life)
        if ties_asked:
            tie_sum[k] = life.world.ties.sum(axis=1)
    life.live()
    group = life.world.group[0]
    closed = int(group.closed_week)
    return Panel(
        values=values,
        traits=life.traits,
        people=states_kept(life, states_of(outcomes)),
        weeks={name: np.ascontiguousarray(life.weeks[name]) for name in FROM_WEEKS},
        tie_years=years,
        tie_sum=tie_sum,
        friends=np.zeros((0, 0), np.int64),
        regular_tie=regular_tie,
        closed_week=closed - life.lead_in if closed >= 0 else -1,
        closed_reason=int(group.closed_reason),
    )


def states_of(outcomes: Sequence[str]) -> list[str]:
    """Names of the states that some outcomes, and who belongs to which population, are read from."""
    asked = [OUTCOME[name] for name in outcomes if name != TIES]
    read = [name for one in asked for name in ((one.state,) if one.state else (*one.top, one.bottom))]
    return list(dict.fromkeys([*MEMBERSHIP, *read]))


def look_at(life: Panel, twin: Panel, rows: Sequence[int], outcomes: Sequence[str]) -> Looks:
    """Everybody's outcomes in a life and its twin.

    Args:
        life: with the group.
        twin: the same seed without it.
        rows: times, as rows of the panels.
        outcomes: names.
    """
    times = np.array(rows)[:, None]
    base = np.array([before_row(life, row) for row in rows])
    since, began, began_twin = np.maximum(base, times - WINDOW), first_look(life), first_look(twin)
    year_before = np.maximum(base - WINDOW, began)
    now = np.broadcast_to(times, base.shape)
    shape = (len(rows), len(outcomes), len(life.traits))
    with_group, without, before = np.empty(shape), np.empty(shape), np.empty(shape)
    for o, outcome in enumerate(OUTCOME[name] for name in outcomes):
        if outcome.state:
            with_group[:, o], without[:, o] = _states(outcome, life, rows), _states(outcome, twin, rows)
            # Before coming nobody has a tie to members.
            before[:, o] = 0.0 if outcome.state == TIES else _of_each(life.people[outcome.state], base)
        else:
            with_group[:, o] = _counted(outcome, life, np.maximum(since, began), now, SHORTEST_AFTER)
            without[:, o] = _counted(outcome, twin, np.maximum(since, began_twin), now, SHORTEST_AFTER)
            before[:, o] = _counted(outcome, life, year_before, base, SHORTEST_BEFORE)
    return Looks(times[:, 0], with_group, without, before, _populations(life, rows))


def _states(outcome: Outcome, panel: Panel, rows: Sequence[int]) -> np.ndarray:
    """float64[times, n]: what is looked at on one day."""
    if outcome.state == TIES:
        return np.array([outcome.at(panel, row) for row in rows])
    return panel.people[outcome.state][list(rows)]


def _of_each(state: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """[times, n]: each person's state in her or his own row."""
    return np.take_along_axis(state, rows, axis=0)


def _counted(outcome: Outcome, panel: Panel, start: np.ndarray, end: np.ndarray, shortest: int) -> np.ndarray:
    """float64[times, n]: what was counted from one row of each person to another; NaN over too short a time."""
    first = np.clip(start, 0, panel.rows - 1)

    def grown(name: str) -> np.ndarray:
        total = panel.people[name]
        return _of_each(total, end) - _of_each(total, first)

    above = sum((grown(name) for name in outcome.top), np.zeros(end.shape))
    below = grown(outcome.bottom)
    wanted = (below > 0) & (end - start >= shortest)
    return np.divide(above * outcome.per, below, out=np.full(end.shape, np.nan), where=wanted)


def _populations(life: Panel, rows: Sequence[int]) -> dict[str, np.ndarray]:
    """bool[times, n]: who belongs to each population; see ``analysis.compare.outcomes.members_of``."""
    at = {name: life.people[name][list(rows)] for name in MEMBERSHIP}
    here = at["resident"] & life.eligible
    regular = (at["status"] == MEMBER) & (at["regularity"] >= life.values["meeting.regular_share"])
    return {"eligible": here, "joined": here & (at["first_joined_week"] >= 0), "regulars": here & regular}


def sums_of(looks: Looks, outcomes: Sequence[str], populations: Sequence[str]) -> np.ndarray:
    """Sums over people, as ``analysis.compare.paired.Pair.sums``.

    Args:
        looks: from ``look_at``.
        outcomes: names, those of the looks.
        populations: names.

    Returns:
        float64[populations, times, outcomes, SUMS].
    """
    better = np.array([OUTCOME[name].better for name in outcomes], float)[:, None]
    both = ~np.isnan(looks.life) & ~np.isnan(looks.twin)
    life, twin = np.where(both, looks.life, 0.0), np.where(both, looks.twin, 0.0)
    difference = life - twin
    known = both & ~np.isnan(looks.before)
    start = np.where(known, looks.before, 0.0)
    gain = difference * better
    columns = (
        both, life, life**2, twin, twin**2, difference, difference**2, known, start, start**2,
        np.where(known, life - start, 0.0), np.where(known, twin - start, 0.0), gain > 0, gain < 0,
    )  # fmt: skip
    times, _, people = both.shape
    # A row for each person: sums over them are then made one person after the other, whoever is among them.
    each = np.ascontiguousarray(np.stack(columns, axis=2).transpose(0, 3, 1, 2).reshape(times, people, -1), float)
    sums = np.array([[each[t, looks.populations[p][t]].sum(axis=0) for t in range(times)] for p in populations])
    return sums.reshape(len(populations), times, len(outcomes), len(SUMS))


def people_of(looks: Looks, life: Panel, outcomes: Sequence[str]) -> dict[str, np.ndarray]:
    """Each person who ever came, at each time: columns as in ``analysis.compare.paired.Pair.people``."""
    time, who = np.nonzero(looks.populations["joined"])
    found = {
        "horizon": time,
        "id": life.traits.id[who],
        "regular": looks.populations["regulars"][time, who],
        "since_weeks": looks.rows[time] * EVERY - life.first_came[who],
    }
    for o, name in enumerate(outcomes):
        worlds = {"before": looks.before, "life": looks.life, "twin": looks.twin}
        found |= {f"{name}_{world}": values[time, o, who] for world, values in worlds.items()}
    return found
