"""Totals about those who came, whether or not they stayed: what they dared to say, whom they trust, guilt, near ones.

Like those of ``totals``: of fixed weeks since the opening, and zero where a run is too short.
"""

from __future__ import annotations

import numpy as np

from analysis.compare.outcomes import before_row
from analysis.compare.panel import EVERY, ROWS_PER_YEAR, Panel
from analysis.studies.claims.meanings import NEAREST_YEARS
from sim.relations import WEEKS_IN_YEAR

TWO_YEARS = 2 * ROWS_PER_YEAR  # rows
HALF_YEAR_WEEKS = WEEKS_IN_YEAR // 2
HALF_YEAR = HALF_YEAR_WEEKS // EVERY  # rows


def of_self_harm(life: Panel, twin: Panel) -> dict[str, float]:
    """Turns about self-harm for each meeting attended: the first four weeks, and weeks 24 to 28 since coming.

    Of everybody who came and could have been there half a year on. Who did not come then counts in two ways: with what
    she or he did in the last four weeks with a meeting (carried), and with none.
    """
    base = before_row(life)
    enough = ~np.isnan(life.first_came) & (base + HALF_YEAR + 1 <= TWO_YEARS) & (life.rows > TWO_YEARS)
    out = dict.fromkeys(("attenders", "attenders_early", "attenders_carried", "attenders_none"), 0.0)
    met, said = (np.diff(life.people[name], axis=0) for name in ("meetings", "shares_self_harm"))
    for person in np.flatnonzero(enough):
        window = slice(base[person], base[person] + HALF_YEAR + 1)
        mine, turns = met[window, person], said[window, person]
        came = np.flatnonzero(mine > 0)
        if not len(came) or came[0] > 0:
            continue
        last = came[-1]
        out["attenders"] += 1
        out["attenders_early"] += turns[0] / mine[0]
        out["attenders_carried"] += turns[last] / mine[last]
        out["attenders_none"] += turns[last] / mine[last] if last == HALF_YEAR else 0.0
    return out


def trust_carried(life: Panel, twin: Panel) -> dict[str, float]:
    """Trust in the second year of all who had come by then: of members as it is, of others as it was on leaving.

    On leaving means at the first look after it, at most four weeks later: the look before may lie before what made
    somebody leave, and later trust returns to what everybody begins with.
    """
    came, looks = life.first_came, range(TWO_YEARS + 1 if life.rows > TWO_YEARS else 0)
    out = {f"carried_{who}_{what}": 0.0 for who in ("new", "old") for what in ("looks", "trust")}
    carried, was_member = np.full(len(came), np.nan), np.zeros(len(came), bool)
    for row in looks:
        trust, here = life.people["trust"][row], life.people["resident"][row].astype(bool)
        just_came = np.isnan(carried) & (came < row * EVERY)
        carried = np.where(life.is_member[row] | was_member | just_came, trust, carried)
        was_member = life.is_member[row]
        counted = here & ~np.isnan(carried)
        for who, whose in (
            ("new", row * EVERY - came <= HALF_YEAR_WEEKS),
            ("old", row * EVERY - came > HALF_YEAR_WEEKS),
        ):
            if row >= ROWS_PER_YEAR:
                out[f"carried_{who}_looks"] += (counted & whose).sum()
                out[f"carried_{who}_trust"] += carried[counted & whose].sum()
    return out


def guilt_of_a_year(life: Panel, twin: Panel) -> dict[str, float]:
    """Guilt and episodes in the second year, of who came in the first and lives here at the end of the second."""
    names = ("year_two", *(f"year_two_{who}{what}" for who in ("", "twin_") for what in ("guilt", "episodes")))
    if life.rows <= TWO_YEARS:
        return dict.fromkeys(names, 0.0)
    who = (life.first_came < WEEKS_IN_YEAR) & life.people["resident"][TWO_YEARS].astype(bool)
    found = [float(who.sum())]
    for world in (life, twin):
        guilt, episodes = world.people["guilt"], world.people["episodes"]
        found.append(guilt[ROWS_PER_YEAR + 1 : TWO_YEARS + 1][:, who].sum())
        found.append((episodes[TWO_YEARS].astype(float) - episodes[ROWS_PER_YEAR])[who].sum())
    return dict(zip(names, found, strict=True))


def nearest_ties(life: Panel, twin: Panel) -> dict[str, float]:
    """Ties of regulars to the few who are nearest to them, by how long ago they first came."""
    out: dict[str, float] = {}
    for year in NEAREST_YEARS:
        there = year in life.tie_years
        row = min(year * ROWS_PER_YEAR, life.rows - 1)
        regular = life.is_regular[row] & there
        long_ago = year * WEEKS_IN_YEAR - life.first_came > WEEKS_IN_YEAR
        ties = life.nearest[life.tie_years.index(year)] if there else np.zeros(len(regular))
        for name, whose in (("newer", regular & ~long_ago), ("longer", regular & long_ago)):
            out[f"{name}_regulars_{year}"] = float(whose.sum())
            out[f"{name}_nearest_{year}"] = float(ties[whose].sum())
    return out
