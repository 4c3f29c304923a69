"""What the page keeps of each week, so that it can go back without living anything again."""

from __future__ import annotations

import numpy as np

from sim import draws, purposes
from sim.life import Life
from sim.relations import DAYS_IN_WEEK

# Of each person and week; totals that only grow are kept in few bytes.
KEPT = np.dtype(
    [
        ("resident", "?"), ("living", "?"), ("organiser", "?"), ("visiting", "?"), ("expected", "?"),
        ("status", "i1"), ("heard_of", "i1"), ("left_reason", "i1"),
        ("hard_days_this_week", "i1"), ("hard_days_through_this_week", "i1"), ("attended_this_week", "i1"),
        ("episodes_this_week", "i4"), ("texts", "i4"), ("calls_made", "i4"), ("calls_taken", "i4"),
        ("line_calls", "i4"), ("meetings", "i4"), ("socials", "i4"),
        ("joined_week", "i4"), ("first_joined_week", "i4"),
        ("isolation", "f8"), ("stigma", "f8"), ("understanding", "f8"), ("coping", "f8"), ("trust", "f8"),
        ("distress_this_week", "f8"), ("regularity", "f8"),
    ]
)  # fmt: skip
TIE = np.dtype([("one", "i4"), ("other", "i4"), ("tie", "f8"), ("hours", "f8"), ("texts", "i4")])


def keep_people(life: Life, row: np.ndarray) -> None:
    """Copy everybody as they are into one row of the page's memory.

    Args:
        life: a life.
        row: ``KEPT`` [n], written to.
    """
    for name in KEPT.names or ():
        row[name] = life.world.people[name]


def keep_ties(life: Life, before: np.ndarray) -> np.ndarray:
    """Each pair with a tie, or with time together in the week just lived.

    Hours are read back from the growth of the tie (``sim/rules/befriend.py``). Texts are drawn again from
    their addresses (``sim/rules/text.py``): the same draw for the same pair and week, so the same number.

    Args:
        life: a life, with at least one week lived.
        before: float64[n, n], the ties as that week began.

    Returns:
        ``TIE`` [pairs]; ``one`` and ``other`` are rows.
    """
    world = life.world
    circle = world.circle[: int(world.group[0].circle)]
    found = []
    if len(circle):
        now, then = world.ties[np.ix_(circle, circle)], before[np.ix_(circle, circle)]
        a, b = np.nonzero(np.tril((now > 0) | (then > 0), -1))
        hours = _hours(then[a, b], now[a, b], life.values["ties.growth_per_hour"])
        one, other = circle[a], circle[b]
        texts = _texts(life, one, other, then[a, b])
        found = list(zip(one, other, now[a, b], hours, texts, strict=True))
    return np.array(found, dtype=TIE)


def _hours(before: np.ndarray, after: np.ndarray, growth: float) -> np.ndarray:
    """Hours together that made the ties grow as they did; 0 where they faded.

    w' = 1 - (1 - w) (1 - growth)^h, solved for h.
    """
    grew = (after > before) & (after < 1.0)
    hours = np.zeros(len(before))
    if 0.0 < growth < 1.0:
        hours[grew] = np.log((1.0 - after[grew]) / (1.0 - before[grew])) / np.log(1.0 - growth)
    return hours


def _texts(life: Life, one: np.ndarray, other: np.ndarray, before: np.ndarray) -> np.ndarray:
    """Routine contacts of each pair in the week just lived."""
    world, values = life.world, life.values
    texts = np.zeros(len(one), dtype=np.int64)
    if not values["contact.between_meetings"]:
        return texts
    day = (life.lead_in + life.week - 1) * DAYS_IN_WEEK
    living, ids = world.people.living, world.traits.id
    for k, (i, j) in enumerate(zip(one, other, strict=True)):
        if before[k] > 0.0 and living[i] and living[j]:
            first, second = min(ids[i], ids[j]), max(ids[i], ids[j])
            mean = values["contact.texts_per_week"] * before[k]
            texts[k] = draws.count(world.key, first, second, day, purposes.TEXT, mean)
    return texts


def bytes_needed(people: int, weeks: int) -> int:
    """Memory for both lives, without the ties."""
    return 2 * KEPT.itemsize * people * (weeks + 1)
