"""Totals about groups as such: what is known in them, how they are found, and whether they close their door.

Like those of ``totals``: of fixed weeks since the opening, and zero where a run is too short.
"""

from __future__ import annotations

import numpy as np

from analysis.compare.panel import EVERY, ROWS_PER_YEAR, Panel
from analysis.studies.claims.meanings import NEW_YEAR, OLD_YEAR, REGULAR_SHARES, SIZES, definition
from sim.codes import MEMBER
from sim.relations import WEEKS_IN_YEAR

TWELVE_YEARS_WEEKS = 12 * WEEKS_IN_YEAR


def known_in_group(life: Panel, twin: Panel) -> dict[str, float]:
    """Ways of coping known in a group of one year and of eight: of each way the skill of the member best at it.

    Less what the same people would know without the group. Nothing where coping is a level and not ways.
    """
    out: dict[str, float] = {}
    for year in (NEW_YEAR, OLD_YEAR):
        out[f"knowing_groups_{year}"] = out[f"known_{year}"] = out[f"known_twin_{year}"] = 0.0
        if life.ways is None or twin.ways is None or year not in life.tie_years:
            continue
        members = life.is_member[year * ROWS_PER_YEAR]
        if members.any():
            k = life.tie_years.index(year)
            out[f"knowing_groups_{year}"] = 1.0
            out[f"known_{year}"] = life.ways[k][members].max(axis=0).sum()
            out[f"known_twin_{year}"] = twin.ways[k][members].max(axis=0).sum()
    return out


def found_at_a_random_time(life: Panel, twin: Panel) -> dict[str, float]:
    """Groups as somebody finds them who looks at a random time: every four weeks in which one is open counts once.

    Over twelve years, from when members run it: a list of groups "run for and by members" has no others. A group is
    found the oftener the longer it lives, which is the point. Regulars are counted by several definitions.
    """
    rows = np.arange(1, TWELVE_YEARS_WEEKS // EVERY + 1) if life.total_weeks >= TWELVE_YEARS_WEEKS else np.zeros(0, int)
    values = life.values
    led_by_members_from = values["organising.handover_week"] if values["group.clinician_started"] else 0
    rows = rows[life.weeks["open"].astype(bool)[rows * EVERY - 1] & (rows * EVERY >= led_by_members_from)]
    out = {"found": float(len(rows)), "found_old": float((rows >= OLD_YEAR * ROWS_PER_YEAR).sum())}
    member, regularity = life.people["status"][rows] == MEMBER, life.people["regularity"][rows]
    for share in REGULAR_SHARES:
        regulars = (member & (regularity >= share)).sum(axis=1)
        out[f"found_regulars_{definition(share)}"] = float(regulars.sum())
        for size in SIZES:
            out[f"found_{size}_at_{definition(share)}"] = float((regulars == size).sum())
    return out


def behind_a_closed_door(life: Panel, twin: Panel) -> dict[str, float]:
    """Whether the group closed its door within eight years, by its own choice, and for how long."""
    end = OLD_YEAR * WEEKS_IN_YEAR
    closed = life.door_closed[:end] if life.total_weeks >= end else np.zeros(0, bool)
    return {"hid_8": float(closed.any()), "hidden_weeks_8": float(closed.sum())}
