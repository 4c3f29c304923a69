"""What is kept of one life for comparisons: everybody every four weeks, and the group each week.

A panel is small enough to hold a few of them in memory, and has all that outcomes, populations and
claims are worked out from. Row k of a person's array is after ``k * EVERY`` weeks; row 0 is just
before the group opens.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.codes import CLOSED, DOOR_CLOSED, DOOR_OPENED, WAYS
from sim.life import Life
from sim.parameters.mechanisms import in_effect
from sim.relations import WEEKS_IN_YEAR
from sim.state import MEMBER

EVERY = 4  # weeks
ROWS_PER_YEAR = WEEKS_IN_YEAR // EVERY
NEAREST = 3  # as many as the others of the paper's groups, of four regulars each
FRIEND = 0.5  # tie of a friend: 90 hours together (Hall 2019)
STATES = ("isolation", "stigma", "understanding", "coping", "guilt", "difference", "trust", "regularity")
TOTALS = (
    "days_lived", "distress_total", "hard_days", "days_ended_hard", "hard_days_through", "episodes", "calls_made",
    "calls_answered", "calls_taken", "line_calls", "line_answered", "texts", "meetings", "shares", "shares_self_harm",
    "shares_judged", "help_given", "told_outside", "told_accepted", "heard_episodes",
)  # fmt: skip
OTHERS = ("status", "first_joined_week", "resident", "organiser")
FROM_WEEKS = (
    "open", "members", "regulars", "organisers", "meetings", "attendances", "socials", "tie_mean",
    "residents_isolation", "residents_stigma", "residents_distress", "residents_episodes",
)  # fmt: skip


@dataclass
class Panel:
    """One life, as comparisons see it.

    Attributes:
        values: its parameters.
        traits: recarray[n] of ``sim.state.TRAITS``.
        people: float64 or bool [rows, n] for each name in STATES, TOTALS and OTHERS.
        weeks: [weeks] for each name in FROM_WEEKS.
        tie_sum: float64[years kept, n], the sum of a person's ties, at the end of each year in ``tie_years``.
        friends: int64[years kept, n], how many ties of at least FRIEND.
        nearest: float64[years kept, n], mean of a person's NEAREST strongest ties.
        regular_tie: float64[years kept], mean tie of two regulars (NaN with fewer than two).
        closed_week, closed_reason: since the opening; -1 and 0 if still open.
        group: totals of the group at the end, by name.
        ways: float64[years kept, n, WAYS], everybody's skill in each way of coping; None where coping is a level.
        door_closed: bool[weeks], whether the group, while open, had closed its door at the end of the week.
    """

    values: dict[str, Any]
    traits: np.recarray
    people: dict[str, np.ndarray]
    weeks: dict[str, np.ndarray]
    tie_years: tuple[int, ...]
    tie_sum: np.ndarray
    friends: np.ndarray
    regular_tie: np.ndarray
    closed_week: int
    closed_reason: int
    group: dict[str, float] = field(default_factory=dict)
    ways: np.ndarray | None = None
    nearest: np.ndarray = field(default_factory=lambda: np.zeros((0, 0)))
    door_closed: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))

    @property
    def rows(self) -> int:
        """How many times everybody was looked at."""
        return len(self.people["status"])

    @property
    def total_weeks(self) -> int:
        """Weeks lived since the opening."""
        return int(self.values["run.weeks"])

    @property
    def eligible(self) -> np.ndarray:
        """bool[n]: whom the group would take, by what is fixed for life."""
        women_only, service_users_only = self.values["group.women_only"], self.values["group.service_users_only"]
        return (self.traits.woman | (not women_only)) & (self.traits.service_user | (not service_users_only))

    @property
    def first_came(self) -> np.ndarray:
        """float64[n]: week of first coming, since the opening; NaN for who never came."""
        week = self.people["first_joined_week"][-1]
        return np.where(week >= 0, week - self.values["run.lead_in_weeks"], np.nan)

    @property
    def is_member(self) -> np.ndarray:
        """bool[rows, n]."""
        return self.people["status"] == MEMBER

    @property
    def is_regular(self) -> np.ndarray:
        """bool[rows, n]: members who come often enough to be called regulars."""
        return self.is_member & (self.people["regularity"] >= self.values["meeting.regular_share"])


def live_panel(values: dict[str, Any], tie_years: Iterable[int] = (1, 2, 4, 8, 12)) -> Panel:
    """Live one life and keep its panel.

    Args:
        values: every parameter by dotted name.
        tie_years: years at the end of which ties are looked at, where the run is that long.
    """
    life = Life(values, history_every=EVERY)
    years = tuple(year for year in sorted(tie_years) if year * WEEKS_IN_YEAR <= life.total_weeks)
    tie_sum = np.zeros((len(years), len(life.traits)))
    friends = np.zeros((len(years), len(life.traits)), np.int64)
    nearest = np.zeros((len(years), len(life.traits)))
    regular_tie = np.full(len(years), np.nan)
    ways = np.zeros((len(years), len(life.traits), WAYS)) if in_effect(life.values)["mechanisms.ways"] else None
    for k, year in enumerate(years):
        life.live(year * WEEKS_IN_YEAR - life.week)
        ties = life.world.ties
        tie_sum[k] = ties.sum(axis=1)
        friends[k] = (ties >= FRIEND).sum(axis=1)
        nearest[k] = np.sort(ties, axis=1)[:, -NEAREST:].sum(axis=1) / NEAREST
        regular_tie[k] = mean_tie_of_regulars(life)
        if ways is not None:
            ways[k] = life.world.ways
    life.live()
    group = life.world.group[0]
    closed = int(group.closed_week)
    return Panel(
        values=values,
        traits=life.traits,
        people=states_kept(life, (*STATES, *TOTALS, *OTHERS)),
        weeks={name: np.ascontiguousarray(life.weeks[name]) for name in FROM_WEEKS},
        tie_years=years,
        tie_sum=tie_sum,
        friends=friends,
        regular_tie=regular_tie,
        closed_week=closed - life.lead_in if closed >= 0 else -1,
        closed_reason=int(group.closed_reason),
        group={name: float(group[name]) for name in ("meetings", "attendances", "breaches", "socials")},
        ways=ways,
        nearest=nearest,
        door_closed=_door_closed(life),
    )


def _door_closed(life: Life) -> np.ndarray:
    """bool[weeks]: from the week in which the group closed its door to the one before it opened it, or ended."""
    closed = np.zeros(life.total_weeks, bool)
    for event in life.story:
        if event.kind in (DOOR_CLOSED, DOOR_OPENED, CLOSED):
            closed[max(int(event.week) - life.lead_in, 0) :] = event.kind == DOOR_CLOSED
    return closed


def states_kept(life: Life, names: Iterable[str]) -> dict[str, np.ndarray]:
    """Copies of everybody's states, [times, n] each, of a life that has been lived."""
    kept = {name: np.ascontiguousarray(life.history[name]) for name in names}
    for name in kept.keys() & set(TOTALS):
        kept[name][0] = 0  # counting begins anew at the opening; until then it was the lead-in that was counted
    return kept


def mean_tie_of_regulars(life: Life) -> float:
    """Mean tie of two regulars, as things stand; NaN with fewer than two."""
    people = life.world.people
    members = np.flatnonzero(people.status == MEMBER)
    who = members[people.regularity[members] >= life.values["meeting.regular_share"]]
    pairs = len(who) * (len(who) - 1)
    return float(life.world.ties[np.ix_(who, who)].sum() / pairs) if pairs else float("nan")
