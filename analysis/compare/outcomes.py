"""What is compared: outcomes of a person, measures of a group, and of whom.

An outcome is a state at a time, or what was counted over the year up to then. A person's "before" is
the last look before she or he first came to the group: until then both worlds are the same world.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.compare.panel import EVERY, ROWS_PER_YEAR, Panel
from analysis.words.prose import listed
from sim.relations import DAYS_IN_WEEK, WEEKS_IN_YEAR

DAYS_IN_YEAR = DAYS_IN_WEEK * WEEKS_IN_YEAR
WINDOW = ROWS_PER_YEAR  # rows over which is counted: a year
SHORTEST_AFTER, SHORTEST_BEFORE = 3, 6  # rows: 12 and 24 weeks, else the count is missing


@dataclass(frozen=True)
class Outcome:
    """One thing compared between a person and the twin.

    Attributes:
        name, label, unit: for columns, for figures, and what it is measured in.
        better: -1 where less is meant to be better, 1 where more is, 0 where neither.
        state: the state's name, for what is looked at on one day.
        top, bottom, per: for what is counted: totals summed, over totals, times a number.
    """

    name: str
    label: str
    unit: str
    better: int
    state: str = ""
    top: tuple[str, ...] = ()
    bottom: str = "days_lived"
    per: float = 1.0

    def at(self, panel: Panel, row: int, since: np.ndarray | None = None, shortest: int = 1) -> np.ndarray:
        """Each person's value.

        Args:
            panel: a life.
            row: when; for what is counted, the end of the window.
            since: int64[n], first row of the window for each person.
            shortest: rows that a window must have.

        Returns:
            float64[n], NaN where there is none.
        """
        if self.state == "ties":
            year = row // ROWS_PER_YEAR
            if row % ROWS_PER_YEAR or year not in panel.tie_years:
                return np.full(len(panel.traits), np.nan)
            return panel.tie_sum[panel.tie_years.index(year)]
        if self.state:
            return panel.people[self.state][row]
        who = np.arange(len(panel.traits))
        # Counting begins anew when somebody moves here, so never before that, even of who came in those very weeks.
        start = np.maximum(np.full(len(who), row - WINDOW) if since is None else since, first_look(panel))
        safe = np.clip(start, 0, panel.rows - 1)

        def counted(name: str) -> np.ndarray:
            total = panel.people[name]
            grown: np.ndarray = total[row].astype(float) - total[safe, who]
            return grown

        above = sum((counted(name) for name in self.top), np.zeros(len(who)))
        below = counted(self.bottom)
        wanted = (below > 0) & (row - start >= shortest)
        return np.divide(above * self.per, below, out=np.full(len(who), np.nan), where=wanted)


OUTCOMES = (
    Outcome("isolation", "isolation", "0-1", -1, "isolation"),
    Outcome("stigma", "internalised stigma", "0-1", -1, "stigma"),
    Outcome("understanding", "understanding", "0-1", 1, "understanding"),
    Outcome("coping", "coping", "0-1", 1, "coping"),
    Outcome("distress", "distress", "0-1, mean of the year", -1, top=("distress_total",)),
    Outcome("hard_days", "hard days", "a week", -1, top=("hard_days",), per=DAYS_IN_WEEK),
    Outcome("days_ended_hard", "days that ended hard", "a week", -1, top=("days_ended_hard",), per=DAYS_IN_WEEK),
    Outcome("episodes", "episodes", "a year", -1, top=("episodes",), per=DAYS_IN_YEAR),
    Outcome("episodes_per_hard_day", "episodes per hard day", "per day", -1, top=("episodes",), bottom="hard_days"),
    Outcome("got_through", "hard days got through", "share", 1, top=("hard_days_through",), bottom="hard_days"),
    Outcome("contacts", "contacts with members", "a week", 0,
            top=("calls_answered", "line_answered", "texts"), per=DAYS_IN_WEEK),
    Outcome("told_outside", "disclosures outside", "a year", 0, top=("told_outside",), per=DAYS_IN_YEAR),
    Outcome("ties", "ties to members", "sum of strengths", 0, "ties"),
)  # fmt: skip
OUTCOME_NAMES = tuple(outcome.name for outcome in OUTCOMES)
OUTCOME = {outcome.name: outcome for outcome in OUTCOMES}
UPWARDS = listed(outcome.label for outcome in OUTCOMES if outcome.better > 0)

POPULATIONS = {
    "eligible": "everyone whom the group would take",
    "joined": "all who ever came",
    "regulars": "regulars at that time",
}

GROUP_MEASURES = {
    "open": ("share of groups still open", "share"),
    "members": ("members, of open groups", "people"),
    "regulars": ("regulars, of open groups", "people"),
    "attendance": ("people at a meeting, mean of the year", "people"),
    "ever_came": ("people who have ever come", "people"),
    "tie_mean": ("mean tie of two members", "0-1"),
    "regular_tie": ("mean tie of two regulars", "0-1"),
}


def first_look(panel: Panel) -> np.ndarray:
    """int64[n]: the first look at which somebody lived here; of those here as the group opens, just before that."""
    here_already = panel.traits.arrives_week <= panel.values["run.lead_in_weeks"]
    return np.where(here_already, 0, np.argmax(panel.people["resident"], axis=0)).astype(np.int64)


def before_row(panel: Panel, row: int | None = None) -> np.ndarray:
    """int64[n]: the last look before first coming; for who never came, the first look of all.

    Args:
        panel: a life.
        row: as things stand then: who comes only later has not come yet. The end, if not given.
    """
    came = panel.first_came
    if row is not None:
        came = np.where(panel.people["first_joined_week"][row] >= 0, came, np.nan)
    last = np.where(np.isnan(came), first_look(panel), np.nan_to_num(came) // EVERY)
    return np.clip(last, 0, panel.rows - 1).astype(np.int64)


def members_of(population: str, panel: Panel, row: int) -> np.ndarray:
    """Who belongs to a population at a time.

    Args:
        population: a key of POPULATIONS.
        panel: the life with the group.
        row: when.

    Returns:
        bool[n].
    """
    here = panel.people["resident"][row] & panel.eligible
    if population == "eligible":
        return here
    if population == "joined":
        return here & (panel.people["first_joined_week"][row] >= 0)
    return here & panel.is_regular[row]
