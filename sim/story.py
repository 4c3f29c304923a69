"""The group's story: a list of what happened, for people to read."""

from __future__ import annotations

import numpy as np

from sim.compiler import compiled

NO_ROW = np.int64(-1)
NO_REASON = np.int64(0)


@compiled
def note(world, week, kind, row, reason):
    """Add an entry. A full list stays as it is; the count goes on, so that the loss shows."""
    g = world.group[0]
    if g.events < len(world.events):
        entry = world.events[g.events]
        entry.week = week
        entry.kind = kind
        entry.row = row
        entry.reason = reason
    g.events += 1
