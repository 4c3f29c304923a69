"""Who was in touch with whom: one row for each week and each two people who met, texted or rang each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from analysis.results.arrow import to_arrow
from analysis.results.columns import Column, table_of
from sim.life import Life

DECIMALS = 9  # what is left of hours once calls and texts are taken off; more would be rounding alone
COLUMNS = (
    ("week", "week (0: the group opens)", "when"),
    ("person", "id", "one of the two, the later to come"),
    ("other", "id", "the other, the earlier to come"),
    ("hours", "hours", "together this week, of meetings, socials, answered calls and texts; ties grow with them"),
    ("hours_met", "hours", "of these at meetings and socials"),
    ("texts", "count", "routine texts and calls of the two"),
    ("calls_made", "count", "answered calls on hard days from the person to the other (the phone line left out)"),
    ("calls_taken", "count", "answered calls on hard days from the other to the person (the phone line left out)"),
)  # fmt: skip


class Contacts:
    """Contacts of a life, taken at the end of each week; kept are those of pairs who had any.

    Args:
        life: a life with ``keep_contacts=True``.
        before: the columns taken so far, of a life that goes on.
    """

    def __init__(self, life: Life, before: Sequence[np.ndarray] = ()) -> None:
        self._life = life
        self._weeks: list[list[np.ndarray]] = [list(before)] if len(before) else []

    def take(self) -> None:
        """Take those of the last week lived: only who ever came can have any."""
        life, world = self._life, self._life.world
        circle = world.circle[: world.group[0].circle]
        pairs = world.contacts[np.ix_(circle, circle)]
        # Hours and texts are said of the later to come with the earlier; calls of whoever rang with whoever was rung.
        later, earlier = np.nonzero(np.tril((pairs["hours"] > 0) | (pairs["texts"] > 0) | _either(pairs["calls"]), -1))
        hours, texts = pairs["hours"][later, earlier], pairs["texts"][later, earlier]
        made, taken = pairs["calls"][later, earlier], pairs["calls"][earlier, later]
        p = world.params[0]
        apart = (made + taken) * p.contact_call_hours + texts * p.contact_text_hours
        met = np.maximum(np.round(hours - apart, DECIMALS), 0.0)
        ids = life.traits.id[circle]
        when = np.full(len(later), life.week - 1)
        self._weeks.append([when, ids[later], ids[earlier], hours, met, texts, made, taken])

    def columns(self) -> list[np.ndarray]:
        """All that were taken, in the order of weeks, in the columns of the table; none at all before the first."""
        return [np.concatenate(column) for column in zip(*self._weeks, strict=True)]

    def table(self) -> pa.Table:
        """All that were taken, in the order of weeks.

        Returns:
            Columns ``week``, ``person``, ``other`` (ids), ``hours``, ``hours_met``, ``texts``, ``calls_made``,
            ``calls_taken``.
        """
        return table_of(Column(*said, to_arrow(values)) for said, values in zip(COLUMNS, self.columns(), strict=True))


def _either(calls: np.ndarray) -> np.ndarray:
    """Whether either of two people rang the other: bool[n, n]."""
    answer: np.ndarray = (calls + calls.T) > 0
    return answer
