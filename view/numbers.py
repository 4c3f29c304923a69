"""The figures on the page: means of members and twins, rates, and change beside the twin's change."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from analysis.studies.run.arrays import rolling_ratio
from sim.relations import WEEKS_IN_YEAR
from sim.state import MEMBER
from view.snapshot import MEASURES, STATES, WITH, WITHOUT, Snapshot

WINDOW_WEEKS = 13
EVERYONE, MEMBERS_NOW = "everyone who ever came", "members now"
WHOM = (EVERYONE, MEMBERS_NOW)


class Change(NamedTuple):
    """One line of the table: what changed, beside what would have changed anyway.

    ``own`` and ``twin`` are changes since before coming (states) or rates since coming (counts);
    ``difference`` is own - twin, person by person, averaged; ``lower`` says for how many it is below zero.
    """

    name: str
    unit: str
    own: float
    twin: float
    difference: float
    lower: int
    people: int


def rate_per_year(snapshot: Snapshot, life: int, measure: str, per: str | None = None) -> np.ndarray:
    """Members' mean of the last weeks, a year each, for every week up to the one shown.

    Args:
        snapshot: what is shown.
        life: WITH, or WITHOUT for the same people in the other life.
        measure: one of ``view.snapshot.COUNTS``.
        per: another measure to divide by, instead of person-years.

    Returns:
        float64[shown + 1]; NaN where there is nothing to divide by.
    """
    return _rate(snapshot.sums[life], snapshot.members, measure, per)


def _rate(sums: np.ndarray, members: np.ndarray, measure: str, per: str | None = None) -> np.ndarray:
    top = sums[:, MEASURES.index(measure)]
    bottom = sums[:, MEASURES.index(per)] if per else members / WEEKS_IN_YEAR
    return _ratio(top, bottom, members > 0)


def ratio(sums: np.ndarray, members: np.ndarray, life: int, measure: str) -> np.ndarray:
    """A measure as its curve shows it: a mean of members, a mean of 13 weeks, a rate a year, or a share.

    Args:
        sums: float64[2, weeks + 1, measures], MEASURES summed over members.
        members: int64[weeks + 1].
        life: WITH or WITHOUT.
        measure: one of MEASURES.

    Returns:
        float64[weeks + 1]; NaN where there is nothing to divide by.
    """
    if measure in STATES:
        found = np.full(len(members), np.nan)
        np.divide(sums[life, :, MEASURES.index(measure)], members, out=found, where=members > 0)
        return found
    if measure == "distress_this_week":
        return _rate(sums[life], members, measure) / WEEKS_IN_YEAR
    per = "hard_days_this_week" if measure == "hard_days_through_this_week" else None
    return _rate(sums[life], members, measure, per)


def _ratio(top: np.ndarray, bottom: np.ndarray, shown: np.ndarray) -> np.ndarray:
    top, bottom = top.copy(), bottom.copy()
    top[0] = bottom[0] = 0.0  # before the opening nobody is a member
    if len(top) < 2 * WINDOW_WEEKS:
        below = np.cumsum(np.nan_to_num(bottom))
        found = np.full(len(top), np.nan)
        np.divide(np.cumsum(np.nan_to_num(top)), below, out=found, where=(below > 0) & shown)
        return found
    return rolling_ratio(top, bottom * WEEKS_IN_YEAR, WINDOW_WEEKS, shown) * WEEKS_IN_YEAR


def who(snapshot: Snapshot, whom: str) -> np.ndarray:
    """Rows of those the table is about, who still live in the area."""
    now = snapshot.now()
    chosen = now["status"] == MEMBER if whom == MEMBERS_NOW else now["first_joined_week"] >= 0
    return np.flatnonzero(chosen & now["resident"])


def changes(snapshot: Snapshot, whom: str = EVERYONE) -> list[Change]:
    """Change since before coming, the twin's change over the same weeks, and the difference.

    Args:
        snapshot: what is shown.
        whom: EVERYONE or MEMBERS_NOW.

    Returns:
        A line for each state and for distress (as changes), then for hard days, those got through and
        episodes (a person and year since coming). Empty if there is nobody yet.
    """
    rows = who(snapshot, whom)
    came = snapshot.now()["first_joined_week"][rows].astype(int) - snapshot.lead_in
    rows, came = rows[came < snapshot.shown], came[came < snapshot.shown]
    if not len(rows):
        return []
    lines = []
    for name in (*STATES, "distress_this_week"):
        own, twin = (
            snapshot.people[life, snapshot.shown, rows][name] - snapshot.people[life, came, rows][name]
            for life in (WITH, WITHOUT)
        )
        lines.append(_line(name, "change since before coming", own, twin))
    years = (snapshot.shown - came) / WEEKS_IN_YEAR
    for name in ("hard_days_this_week", "hard_days_through_this_week", "episodes_this_week"):
        own, twin = (
            np.array([snapshot.people[life, k + 1 : snapshot.shown + 1, row][name].sum() for row, k in
                      zip(rows, came, strict=True)]) / years
            for life in (WITH, WITHOUT)
        )  # fmt: skip
        lines.append(_line(name, "a person and year since coming", own, twin))
    return lines


def _line(name: str, unit: str, own: np.ndarray, twin: np.ndarray) -> Change:
    gap = own - twin
    return Change(
        name,
        unit,
        float(own.mean()),
        float(twin.mean()),
        float(gap.mean()),
        int((gap < 0).sum()),
        len(gap),
    )


def contacts(snapshot: Snapshot, weeks: int = 4) -> np.ndarray:
    """Contacts with others from the group, a person and week, over the last weeks: float64[n].

    Texts and calls, meetings and socials.
    """
    first = max(snapshot.shown - weeks, 0)
    now, then = snapshot.people[WITH, snapshot.shown], snapshot.people[WITH, first]
    total = np.zeros(len(now))
    for name in ("texts", "calls_made", "calls_taken", "meetings", "socials"):
        total += np.maximum(now[name].astype(float) - then[name], 0.0)
    return total / max(snapshot.shown - first, 1)
