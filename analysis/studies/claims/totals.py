"""What claims are read from beyond outcomes: totals over the people of one run, by name.

Each total is of fixed weeks since the opening, so that a longer run gives the same figure. One that a run is too
short for is zero, and so is what divides it. Units and meanings are in ``meanings``.
"""

from __future__ import annotations

import numpy as np

from analysis.compare.outcomes import before_row
from analysis.compare.panel import EVERY, ROWS_PER_YEAR, Panel
from analysis.studies.claims.meanings import TOTALS
from analysis.studies.claims.totals_of_groups import behind_a_closed_door, found_at_a_random_time, known_in_group
from sim.relations import WEEKS_IN_YEAR

TWO_YEARS = 2 * ROWS_PER_YEAR  # rows
HALF_YEAR_WEEKS = WEEKS_IN_YEAR // 2
HALF_YEAR = HALF_YEAR_WEEKS // EVERY  # rows; the four weeks from there on hold week 26
NEW_GROUP_WEEKS = 2 * WEEKS_IN_YEAR  # a group this old is no longer new
FOUR_YEARS_WEEKS, EIGHT_YEARS_WEEKS, TWELVE_YEARS_WEEKS = 4 * WEEKS_IN_YEAR, 8 * WEEKS_IN_YEAR, 12 * WEEKS_IN_YEAR
HANDOVER_WEEK = 104


def totals_of(life: Panel, twin: Panel) -> dict[str, float]:
    """All totals of one run.

    Args:
        life: with the group.
        twin: the same seed without it.

    Returns:
        By name; see the functions below.
    """
    parts = (
        _residents, _coming, _speaking, _trusting, _year_on, _helping, _ways_of_coping, _keeping, known_in_group,
        found_at_a_random_time, behind_a_closed_door,
    )  # fmt: skip
    found: dict[str, float] = {}
    for part in parts:
        found.update(part(life, twin))
    assert found.keys() == TOTALS.keys()
    return {name: float(found[name]) for name in TOTALS}


def _residents(life: Panel, twin: Panel) -> dict[str, float]:
    """Everybody who lives in the area at the opening, and two years on."""
    lead_in = life.values["run.lead_in_weeks"]
    at_first = (life.traits.arrives_week <= lead_in) & (life.traits.departs_week > lead_in)
    at_end = _at(life, "resident", TWO_YEARS).astype(bool)
    stay = at_first & at_end
    told = _at(life, "told_outside", TWO_YEARS)
    return {
        "opening": at_first.sum(),
        "opening_isolation": life.people["isolation"][0][at_first].sum(),
        "opening_understanding": life.people["understanding"][0][at_first].sum(),
        "stayed": stay.sum(),
        "stayed_isolation_rise": (_at(life, "isolation", TWO_YEARS) - life.people["isolation"][0])[stay].sum(),
        "stayed_told_nobody": (told == 0)[stay].sum(),
        "stayed_told": told[stay].sum(),
        "later": at_end.sum(),
        "later_stigma": _at(life, "stigma", TWO_YEARS)[at_end].sum(),
        "contacts": _contacts(life),
        "twin_contacts": _contacts(twin),
    }


def _contacts(panel: Panel) -> float:
    """Calls and texts answered, and help given, by anybody in two years."""
    names = ("calls_answered", "line_answered", "texts", "help_given")
    return float(sum(_at(panel, name, TWO_YEARS).sum() for name in names))


def _coming(life: Panel, twin: Panel) -> dict[str, float]:
    """Who first comes within two years, just before, against everybody eligible at that time; founders apart."""
    came = life.first_came
    base = before_row(life)
    eligible = _here(life) & life.eligible
    with np.errstate(invalid="ignore", divide="ignore"):
        usual = (life.people["isolation"] * eligible).sum(axis=1) / eligible.sum(axis=1)
    who = np.arange(len(base))
    above = life.people["isolation"][base, who] - usual[base]
    comers = np.flatnonzero(came < 2 * WEEKS_IN_YEAR) if life.rows > TWO_YEARS else np.zeros(0, np.int64)
    founders = comers[came[comers] == 0]
    a_year = np.minimum(base + ROWS_PER_YEAR, life.rows - 1)
    seen = comers[(base[comers] + ROWS_PER_YEAR <= TWO_YEARS) & life.people["resident"][a_year[comers], comers]]
    before = life.people["isolation"][base, who]
    support = life.traits.outside_support
    return {
        "comers": len(comers),
        "comers_isolation": before[comers].sum(),
        "comers_isolation_above": above[comers].sum(),
        "comers_understanding": life.people["understanding"][base, who][comers].sum(),
        "founders": len(founders),
        "founders_support_above": (support[founders] - support[eligible[0]].mean()).sum() if len(founders) else 0.0,
        "founders_isolation_above": above[founders].sum(),
        "seen_a_year_on": len(seen),
        "twins_isolation_rise": (twin.people["isolation"][a_year, who] - before)[seen].sum(),
    }


def _speaking(life: Panel, twin: Panel) -> dict[str, float]:
    """Turns taken at meetings: in the first four weeks and from week 24 to 28, of those who came in both; in all."""
    base = before_row(life)
    late = np.minimum(base + HALF_YEAR, life.rows - 2)
    early_met, late_met = (_rise(life, "meetings", row) for row in (base, late))
    enough = ~np.isnan(life.first_came) & (base + HALF_YEAR + 1 <= TWO_YEARS) & (life.rows > TWO_YEARS)
    both = enough & (early_met > 0) & (late_met > 0)
    return {
        "early_meetings": early_met[both].sum(),
        "early_shares": _rise(life, "shares", base)[both].sum(),
        "late_meetings": late_met[both].sum(),
        "late_shares": _rise(life, "shares", late)[both].sum(),
        "shares": _at(life, "shares", TWO_YEARS).sum(),
        "shares_wider_life": (_at(life, "shares", TWO_YEARS) - _at(life, "shares_self_harm", TWO_YEARS)).sum(),
    }


def _trusting(life: Panel, twin: Panel) -> dict[str, float]:
    """Trust of members in the second year, newcomers and others; who of the first year's comers is still there."""
    came = life.first_came
    rows = np.arange(ROWS_PER_YEAR, TWO_YEARS + 1) if life.rows > TWO_YEARS else np.zeros(0, np.int64)
    since = rows[:, None] * EVERY - came
    member, trust = life.is_member[rows], life.people["trust"][rows]
    new = member & (since <= HALF_YEAR_WEEKS)
    old = member & (since > HALF_YEAR_WEEKS)
    first_year = (came < WEEKS_IN_YEAR) if len(rows) else np.zeros(len(came), bool)
    still = life.is_member[TWO_YEARS] if len(rows) else first_year
    return {
        "new_looks": new.sum(),
        "new_trust": trust[new].sum(),
        "old_looks": old.sum(),
        "old_trust": trust[old].sum(),
        "first_year_comers": first_year.sum(),
        "first_year_still": (first_year & still).sum(),
        "member_weeks": life.weeks["members"][: 2 * WEEKS_IN_YEAR].sum() if len(rows) else 0,
        "calls_taken": _at(life, "calls_taken", TWO_YEARS).sum(),
    }


def _year_on(life: Panel, twin: Panel) -> dict[str, float]:
    """Those who came in the first year, at four weeks and at a year since coming: what the group did to them.

    Four weeks means the first look at least four weeks after coming, a year the last look within a year. Of
    regulars a year on, also the largest four-week gain of understanding as a share of the year's whole gain.
    """
    came, base = life.first_came, before_row(life)
    who = np.flatnonzero(~np.isnan(came) & (base + ROWS_PER_YEAR <= TWO_YEARS) & (life.rows > TWO_YEARS))
    first, year = np.ceil((came[who] + EVERY) / EVERY).astype(np.int64), base[who] + ROWS_PER_YEAR
    kept = life.people["resident"][year, who]
    who, first, year = who[kept], first[kept], year[kept]
    isolation = life.people["isolation"] - twin.people["isolation"]
    regular = life.is_regular[year, who]
    out = {"year_on": len(who), "regulars_year_on": regular.sum(), "gainers": 0, "largest_gain": 0.0}
    for weeks, row in ((4, first), (52, year)):
        done = isolation[row, who]
        change = life.people["isolation"][row, who] - life.people["isolation"][base[who], who]
        out[f"isolation_{weeks}"] = done.sum()
        out[f"regulars_isolation_{weeks}"] = done[regular].sum()
        out[f"regulars_change_{weeks}"] = change[regular].sum()
        out[f"regulars_twin_change_{weeks}"] = (change - done)[regular].sum()
    insight = life.people["understanding"] - twin.people["understanding"]
    for person in who[regular]:
        gains = np.diff(insight[base[person] : base[person] + ROWS_PER_YEAR + 1, person])
        if gains.sum() > 0:
            out["gainers"] += 1
            out["largest_gain"] += gains.max() / gains.sum()
    return out


def _helping(life: Panel, twin: Panel) -> dict[str, float]:
    """For the slope of what was gained in understanding on help given, over all who came within two years."""
    came = (_at(life, "first_joined_week", TWO_YEARS) >= 0) & _at(life, "resident", TWO_YEARS).astype(bool)
    came &= life.rows > TWO_YEARS
    help_given = (_at(life, "help_given", TWO_YEARS) + _at(life, "calls_taken", TWO_YEARS))[came]
    gained = (_at(life, "understanding", TWO_YEARS) - _at(twin, "understanding", TWO_YEARS))[came]
    meetings = _at(life, "meetings", TWO_YEARS)[came]
    return {
        "helpers": came.sum(),
        "help": help_given.sum(),
        "help_squared": (help_given**2).sum(),
        "gained": gained.sum(),
        "help_gained": (help_given * gained).sum(),
        "met": meetings.sum(),
        "met_squared": (meetings**2).sum(),
        "met_help": (meetings * help_given).sum(),
        "met_gained": (meetings * gained).sum(),
    }


def _ways_of_coping(life: Panel, twin: Panel) -> dict[str, float]:
    """Coping a year after coming, of regulars at that time: founders, and who came to a group of two years or more."""
    came, base = life.first_came, before_row(life)
    out: dict[str, float] = {}
    for name, chosen in (("first_hand", came == 0), ("joining", came >= NEW_GROUP_WEEKS)):
        chosen = chosen & (base + ROWS_PER_YEAR <= EIGHT_YEARS_WEEKS // EVERY) & (life.total_weeks >= EIGHT_YEARS_WEEKS)
        who = np.flatnonzero(chosen)
        year = base[who] + ROWS_PER_YEAR
        who, year = (x[life.people["resident"][year, who] & life.is_regular[year, who]] for x in (who, year))
        before = life.people["coping"][base[who], who]
        with_group, without = life.people["coping"][year, who], twin.people["coping"][year, who]
        out[name] = len(who)
        out[f"{name}_coping"] = (with_group - without).sum()
        out[f"{name}_change"], out[f"{name}_twin_change"] = (with_group - before).sum(), (without - before).sum()
        out[f"{name}_meetings"] = (life.people["meetings"][year, who] - life.people["meetings"][base[who], who]).sum()
    return out


def _keeping(life: Panel, twin: Panel) -> dict[str, float]:
    """The group going on: after two years, its life up to eight years, who leads it, how many regulars when old."""
    weeks, out = life.weeks, dict[str, float]()
    open_ = weeks["open"].astype(bool)
    year_later = HANDOVER_WEEK + WEEKS_IN_YEAR
    at_handover = life.total_weeks >= year_later and open_[HANDOVER_WEEK - 1]
    out["open_2"] = at_handover
    out["open_3"] = at_handover and open_[year_later - 1]
    out["led_3"] = at_handover and open_[year_later - 1] and weeks["organisers"][year_later - 1] > 0
    for years, end in ((4, FOUR_YEARS_WEEKS), (8, EIGHT_YEARS_WEEKS)):
        long_enough = life.total_weeks >= end
        out[f"open_weeks_{years}"] = open_[:end].sum() if long_enough else 0.0
        out[f"closed_{years}"] = long_enough and not open_[end - 1]
        out[f"groups_{years}"] = long_enough
        out[f"socials_{years}"] = weeks["socials"][:end].sum() if long_enough else 0.0
    in_four = open_[:FOUR_YEARS_WEEKS] if life.total_weeks >= FOUR_YEARS_WEEKS else np.zeros(0, bool)
    out["meetings_4"] = weeks["meetings"][: len(in_four)].sum()
    out["organisers_4"] = weeks["organisers"][: len(in_four)][in_four].sum()
    old = slice(EIGHT_YEARS_WEEKS, TWELVE_YEARS_WEEKS)
    counts = open_[old] if life.total_weeks >= TWELVE_YEARS_WEEKS else np.zeros(0, bool)
    out["old_weeks"] = counts.sum()
    out["old_regulars"] = weeks["regulars"][old][: len(counts)][counts].sum()
    return out


def _here(life: Panel) -> np.ndarray:
    """bool[rows, n]: lives in the area; at the first look, who will at once."""
    here = life.people["resident"].astype(bool).copy()
    lead_in = life.values["run.lead_in_weeks"]
    here[0] = (life.traits.arrives_week <= lead_in) & (life.traits.departs_week > lead_in)
    return here


def _at(panel: Panel, name: str, row: int) -> np.ndarray:
    """float64[n] at a look; zeros where the run is too short for it."""
    if row < panel.rows:
        return panel.people[name][row].astype(float)
    return np.zeros(len(panel.traits))


def _rise(panel: Panel, name: str, row: np.ndarray) -> np.ndarray:
    """float64[n]: by how much a total grew in the four weeks after each person's own look."""
    who = np.arange(len(row))
    total = panel.people[name]
    after = np.minimum(row + 1, panel.rows - 1)
    return total[after, who].astype(float) - total[row, who]
