"""What the page remembers of each week, so that it can go back without living anything again."""

from __future__ import annotations

import numpy as np

from sim.life import Life

# One person in one week; totals that only grow are kept in few bytes.
PERSON_WEEK = np.dtype(
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
# Two people in one week: their rows, their tie at its end, and what they did in it.
PAIR_WEEK = np.dtype([("one", "i4"), ("other", "i4"), ("tie", "f8"), ("hours", "f8"), ("texts", "i4")])


def remember_people(life: Life, row: np.ndarray) -> None:
    """Copy everybody as they are into one row of the page's memory.

    Args:
        life: a life.
        row: ``PERSON_WEEK`` [n], written to.
    """
    for name in PERSON_WEEK.names or ():
        row[name] = life.world.people[name]


def pairs_of(life: Life) -> np.ndarray:
    """Each two people with a tie, or with time together in the week just lived.

    Args:
        life: a life that keeps its contacts.

    Returns:
        ``PAIR_WEEK`` [pairs]; ``one`` came to the group later than ``other``.
    """
    world = life.world
    circle = world.circle[: int(world.group[0].circle)]
    ties, contacts = (array[np.ix_(circle, circle)] for array in (world.ties, world.contacts))
    later, earlier = np.nonzero(np.tril((ties > 0) | (contacts["hours"] > 0), -1))
    found = np.empty(len(later), dtype=PAIR_WEEK)
    found["one"], found["other"] = circle[later], circle[earlier]
    found["tie"] = ties[later, earlier]
    for name in ("hours", "texts"):
        found[name] = contacts[name][later, earlier]
    return found


def bytes_needed(people: int, weeks: int) -> int:
    """Memory for both lives, without the ties."""
    return 2 * PERSON_WEEK.itemsize * people * (weeks + 1)
