"""Looking back: who is interviewed, and how each one's now compares with the time before coming.

"Before" is the last look before first coming, and for what is counted the year up to then. Until then
every world is the same world, so it is read off the twin, whose counts begin with the lead-in.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.compare.outcomes import DAYS_IN_YEAR, OUTCOME, SHORTEST_AFTER, SHORTEST_BEFORE, WINDOW
from analysis.compare.panel import EVERY
from sim.life import Life
from sim.state import MEMBER

DECIMALS = 9
INTERVIEWED = 4  # "four regularly attending members, all of whom were individually interviewed"
SLOW = ("isolation", "stigma", "understanding", "coping")
# Of what is counted: outcomes of the comparison, worked out over a year.
COUNTED = ("distress", "episodes", "got_through", "told_outside")
ONLY_NOW = ("contacts", "judged", "helped")
COLUMNS = (
    "id", "founder", "weeks_since_coming", "regularity", "strongest_tie", "mean_tie", *ONLY_NOW,
    *(f"{name}_{when}" for name in (*SLOW, *COUNTED) for when in ("before", "now", "twin")),
)  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """A life's history, with rows counted from the start of the lead-in.

    Attributes:
        life: lived, with a row every EVERY weeks.
        first_row: the row at which its history begins.
    """

    life: Life
    first_row: int

    @property
    def last_row(self) -> int:
        """The row of the interview."""
        return self.first_row + len(self.life.history) - 1

    def at(self, name: str, row: np.ndarray | int, who: np.ndarray) -> np.ndarray:
        """A state of some people, each at a row: float64[k]."""
        values: np.ndarray = self.life.history[name][row - self.first_row, who]
        return values.astype(float)

    def counted(self, names: tuple[str, ...], start: np.ndarray, end: np.ndarray, who: np.ndarray) -> np.ndarray:
        """How much was counted between two rows, names added up: float64[k]."""
        grown = np.zeros(len(who))
        for name in names:
            grown += self.at(name, end, who) - self.at(name, start, who)
        return grown

    def rate(self, outcome: str, start: np.ndarray, end: np.ndarray, who: np.ndarray) -> np.ndarray:
        """An outcome of ``analysis.compare.outcomes`` between two rows: float64[k], NaN where there is none."""
        o = OUTCOME[outcome]
        rate = _ratio(o.per * self.counted(o.top, start, end, who), self.counted((o.bottom,), start, end, who))
        # Distress is summed from the opening in one world and from the lead-in in the other, so that the last
        # bits of equal sums differ.
        return np.round(rate, DECIMALS)


def _ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    return np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)


def seen_with_group(life: Life) -> Seen:
    """A life with a group, whose history begins with the opening."""
    return Seen(life, life.lead_in // EVERY)


def seen_twin(life: Life) -> Seen:
    """A twin of ``worlds.live_twin``, whose history begins with the lead-in."""
    return Seen(life, 0)


def regulars_of(life: Life) -> np.ndarray:
    """Rows of the regulars now, the most regular first; of two alike the one with the lower row: int64[k]."""
    people = life.world.people
    regular = (people.status == MEMBER) & (people.regularity >= life.values["meeting.regular_share"])
    who = np.flatnonzero(regular)
    return who[np.argsort(-people.regularity[who], kind="stable")]


def before_row(life: Life) -> np.ndarray:
    """int64[n]: row of the last look before first coming; for who never came, before living here or the opening."""
    came = life.world.people.first_joined_week
    never = np.maximum(life.traits.arrives_week, life.lead_in)
    return np.where(came >= 0, came, never) // EVERY


def look_back(life: Life, twin: Life, who: np.ndarray) -> dict[str, np.ndarray]:
    """What some people have to look back on.

    Args:
        life: with the group, lived up to the interview.
        twin: of ``worlds.live_twin``, the same seed.
        who: int64[k], rows of people.

    Returns:
        float64[k] for each name in ``COLUMNS``. States and shares are in 0 to 1; episodes and
        disclosures a year; contacts, and times of helping at a meeting, a year; ``judged`` the share
        of what they shared about self-harm that was judged. NaN where there is nothing to go by.
    """
    mine, theirs = seen_with_group(life), seen_twin(twin)
    base = before_row(life)[who]
    now = np.full(len(who), mine.last_row)
    # Counting starts anew in the first week of living here (for residents, the first week of the group), so that
    # nothing can be counted across it.
    living_here = life.traits.arrives_week[who] // EVERY + 1
    since = np.maximum(np.maximum(base, now - WINDOW), living_here)
    years_back = np.maximum(base - WINDOW, 0)
    long_enough = now - since >= SHORTEST_AFTER
    long_before = base - years_back >= SHORTEST_BEFORE
    people = life.world.people[who]
    out = {
        "id": life.traits.id[who].astype(float),
        "founder": (people.first_joined_week == life.lead_in).astype(float),
        "weeks_since_coming": np.where(
            people.first_joined_week >= 0, float(life.lead_in + life.week) - people.first_joined_week, np.nan
        ),
        "regularity": people.regularity.astype(float),
    }
    for name in SLOW:
        out[f"{name}_before"] = theirs.at(name, base, who)
        out[f"{name}_now"] = mine.at(name, now, who)
        out[f"{name}_twin"] = theirs.at(name, now, who)
    for name in COUNTED:
        out[f"{name}_before"] = np.where(long_before, theirs.rate(name, years_back, base, who), np.nan)
        out[f"{name}_now"] = np.where(long_enough, mine.rate(name, since, now, who), np.nan)
        out[f"{name}_twin"] = np.where(long_enough, theirs.rate(name, since, now, who), np.nan)
    per_year = DAYS_IN_YEAR / np.maximum(mine.counted(("days_lived",), since, now, who), 1.0)
    out["contacts"] = mine.counted(OUTCOME["contacts"].top, since, now, who) * per_year
    out["helped"] = mine.counted(("help_given", "calls_taken"), since, now, who) * per_year
    shared = mine.counted(("shares_self_harm",), since, now, who)
    out["judged"] = _ratio(mine.counted(("shares_judged",), since, now, who), shared)
    return out


def ties_to(life: Life, who: np.ndarray, others: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each person's strongest and mean tie to others: float64[k] each, 0 where there is nobody else."""
    ties = life.world.ties[np.ix_(who, others)]
    else_ = who[:, None] != others[None, :]
    count = else_.sum(axis=1)
    strongest = np.where(else_, ties, 0.0).max(axis=1, initial=0.0)
    mean = np.where(else_, ties, 0.0).sum(axis=1) / np.maximum(count, 1)
    return strongest, mean


def interview(life: Life, twin: Life) -> dict[str, np.ndarray]:
    """The regulars who are interviewed: all, or the INTERVIEWED most regular where there are more.

    Returns:
        float64[k] for each name in ``COLUMNS``; k = 0 where the group has closed or has no regulars.
    """
    regulars = regulars_of(life)
    who = regulars[:INTERVIEWED]
    strongest, mean = ties_to(life, who, regulars)
    return {**look_back(life, twin, who), "strongest_tie": strongest, "mean_tie": mean}
