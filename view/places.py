"""Where each person stands in the picture of the network: steady from week to week.

People stand around a circle in the order of their experience (``position``), so that neighbours are alike.
Members stand on an inner ring, those who have come or mean to come on a middle one, everybody else outside.
Whoever comes takes the nearest free place on the ring and keeps it for as long as they stay on it.
"""

from __future__ import annotations

import numpy as np

from sim.state import FORMER, MEMBER

OUTSIDE, AROUND, INSIDE = 0, 1, 2
RADIUS = (0.94, 0.68, 0.4)
FEWEST_INSIDE, SPARE, PLACES_AROUND = 12, 1.5, 44
NOWHERE = -1


class Places:
    """Rings and places of everybody, for each week settled.

    Args:
        position: float64[n], place on the scale of experience.
        members: the group's largest membership.
    """

    def __init__(self, position: np.ndarray, members: int) -> None:
        count = len(position)
        order = np.argsort(position, kind="stable")
        self.turn = np.empty(count)  # where around the circle, 0 to 1
        self.turn[order] = (np.arange(count) + 0.5) / max(count, 1)
        self.slots = (count, PLACES_AROUND, max(FEWEST_INSIDE, int(SPARE * members)))
        self.ring = np.full(count, OUTSIDE, dtype=np.int8)
        self.slot = np.full(count, NOWHERE, dtype=np.int16)
        self.settled: list[tuple[np.ndarray, np.ndarray]] = []

    def settle(self, people: np.ndarray) -> None:
        """Place everybody for the next week.

        Args:
            people: ``view.memory.PERSON_WEEK`` [n].
        """
        wanted = np.full(len(people), OUTSIDE, dtype=np.int8)
        wanted[(people["status"] == FORMER) | people["visiting"] | people["expected"]] = AROUND
        wanted[people["status"] == MEMBER] = INSIDE
        wanted[~people["resident"] & (people["status"] != MEMBER)] = OUTSIDE
        moved = np.flatnonzero(wanted != self.ring)
        self.slot[moved] = NOWHERE
        self.ring = wanted
        for row in moved:
            if wanted[row] != OUTSIDE:
                self.slot[row] = self._nearest_free(int(row))
        self.settled.append((self.ring.copy(), self.slot.copy()))

    def _nearest_free(self, row: int) -> int:
        ring = int(self.ring[row])
        size = self.slots[ring]
        taken = set(self.slot[(self.ring == ring) & (self.slot != NOWHERE)].tolist())
        wish = self.turn[row] * size
        free = [slot for slot in range(size) if slot not in taken]
        # Where there is room nobody stands next to anybody, so that discs do not touch. Nobody is turned away: in a
        # full ring people stand at their own place, which may be somebody's.
        alone = [slot for slot in free if not {(slot - 1) % size, (slot + 1) % size} & taken]
        return min(alone or free, key=lambda slot: _apart(slot, wish, size)) if free else int(wish) % size

    def at(self, week: int) -> tuple[np.ndarray, np.ndarray]:
        """Rings (int8[n]) and places (float64[n, 2], within the unit circle) after so many weeks."""
        ring, slot = self.settled[week]
        turn = np.where(slot == NOWHERE, self.turn, slot / np.array(self.slots)[ring])
        radius = np.array(RADIUS)[ring]
        # A second, slightly wider circle for every other person outside, so that they do not touch.
        outside = ring == OUTSIDE
        radius = radius + np.where(outside & (np.argsort(np.argsort(self.turn)) % 2 == 1), 0.055, 0.0)
        angle = 2 * np.pi * turn
        return ring.copy(), np.column_stack([radius * np.sin(angle), -radius * np.cos(angle)])


def _apart(slot: int, wish: float, size: int) -> float:
    gap = abs(slot - wish) % size
    return min(gap, size - gap)
