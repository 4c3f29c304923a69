"""Paired comparisons worked out a second time from the panels: one person after the other, in plain Python.

Written from what the documents say, with none of the code that it is held against.
"""

from __future__ import annotations

import math

A_YEAR, HALF_A_YEAR, TWELVE_WEEKS = 13, 6, 3  # looks, one every four weeks
LOOKED_AT = {name: name for name in ("isolation", "stigma", "understanding", "coping")}
# What is added up, over what, times how many days.
COUNTED = {
    "distress": (["distress_total"], "days_lived", 1),
    "hard_days": (["hard_days"], "days_lived", 7),
    "days_ended_hard": (["days_ended_hard"], "days_lived", 7),
    "episodes": (["episodes"], "days_lived", 364),
    "episodes_per_hard_day": (["episodes"], "hard_days", 1),
    "got_through": (["hard_days_through"], "hard_days", 1),
    "contacts": (["calls_answered", "line_answered", "texts"], "days_lived", 7),
    "told_outside": (["told_outside"], "days_lived", 364),
}
LESS_IS_BETTER = {
    "isolation",
    "stigma",
    "distress",
    "hard_days",
    "days_ended_hard",
    "episodes",
    "episodes_per_hard_day",
}
MORE_IS_BETTER = {"understanding", "coping", "got_through"}
A_MEMBER = 2
NONE = float("nan")


def came(life, person):
    """Week of first coming, since the opening; None for who never came."""
    week = int(life.people["first_joined_week"][-1][person])
    return week - life.values["run.lead_in_weeks"] if week >= 0 else None


def first_look(life, person):
    """The first look at which a person lived here; of those there from the start, the opening."""
    if int(life.traits[person].arrives_week) <= life.values["run.lead_in_weeks"]:
        return 0
    return next((row for row in range(life.rows) if life.people["resident"][row][person]), 0)


def base(life, person, row):
    """The last look before coming; of who has not come by then, the first look."""
    week = came(life, person)
    if week is not None and int(life.people["first_joined_week"][row][person]) >= 0:
        return week // 4
    return first_look(life, person)


def who(life, row, population):
    """The rows of those who belong to a population."""
    found = []
    for person in range(len(life.traits)):
        traits = life.traits[person]
        wanted = not (life.values["group.women_only"] and not traits.woman)
        wanted = wanted and not (life.values["group.service_users_only"] and not traits.service_user)
        wanted = wanted and bool(life.people["resident"][row][person])
        if population != "eligible":
            wanted = wanted and int(life.people["first_joined_week"][row][person]) >= 0
        if population == "regulars":
            often = float(life.people["regularity"][row][person]) >= life.values["meeting.regular_share"]
            wanted = wanted and int(life.people["status"][row][person]) == A_MEMBER and often
        if wanted:
            found.append(person)
    return found


def value(world, outcome, person, start, row, shortest=TWELVE_WEEKS):
    """What an outcome is for a person: on that day, or counted from one look to another."""
    if outcome == "ties":
        year, rest = divmod(row, A_YEAR)
        kept = rest == 0 and year in world.tie_years
        return float(world.tie_sum[world.tie_years.index(year)][person]) if kept else NONE
    if outcome in LOOKED_AT:
        return float(world.people[outcome][row][person])
    tops, bottom, times = COUNTED[outcome]
    if row - start < shortest:
        return NONE
    above = sum(float(world.people[top][row][person]) - float(world.people[top][start][person]) for top in tops)
    below = float(world.people[bottom][row][person]) - float(world.people[bottom][start][person])
    return above * times / below if below > 0 else NONE


def value_before(life, outcome, person, row):
    """The same, in the year before coming."""
    at = base(life, person, row)
    if outcome == "ties":
        return 0.0
    start = max(at - A_YEAR, first_look(life, person))
    return value(life, outcome, person, start, at, HALF_A_YEAR)


def sums(life, twin, row, population, outcome):
    """All sums over the people of one population."""
    found = dict.fromkeys(
        ("people", "life", "life_squared", "twin", "twin_squared", "difference", "difference_squared", "with_before",
         "before", "before_squared", "life_change", "twin_change", "gained", "lost"), 0.0)  # fmt: skip
    for person in who(life, row, population):
        start = max(base(life, person, row), row - A_YEAR, first_look(life, person))
        mine, theirs = (value(world, outcome, person, start, row) for world in (life, twin))
        if math.isnan(mine) or math.isnan(theirs):
            continue
        found["people"] += 1
        found["life"] += mine
        found["life_squared"] += mine * mine
        found["twin"] += theirs
        found["twin_squared"] += theirs * theirs
        found["difference"] += mine - theirs
        found["difference_squared"] += (mine - theirs) ** 2
        found["gained"] += (outcome in LESS_IS_BETTER and mine < theirs) or (
            outcome in MORE_IS_BETTER and mine > theirs
        )
        found["lost"] += (outcome in LESS_IS_BETTER and mine > theirs) or (outcome in MORE_IS_BETTER and mine < theirs)
        before = value_before(life, outcome, person, row)
        if not math.isnan(before):
            found["with_before"] += 1
            found["before"] += before
            found["before_squared"] += before * before
            found["life_change"] += mine - before
            found["twin_change"] += theirs - before
    return found


def course(life, twin, outcome, step):
    """People, sum with and sum without the group, so many looks from first coming."""
    people, totals = 0, [0.0, 0.0]
    for person in range(len(life.traits)):
        week = came(life, person)
        if week is None or week // 4 - first_look(life, person) < HALF_A_YEAR:
            continue
        row = week // 4 + step
        if not 1 <= row < life.rows or not (
            life.people["resident"][row][person] and life.people["resident"][row - 1][person]
        ):
            continue
        people += 1
        for k, world in enumerate((life, twin)):
            if outcome in LOOKED_AT:
                totals[k] += float(world.people[outcome][row][person])
            else:
                top = world.people["distress_total" if outcome == "distress" else outcome]
                days = float(world.people["days_lived"][row][person]) - float(
                    world.people["days_lived"][row - 1][person]
                )
                grown = float(top[row][person]) - float(top[row - 1][person])
                totals[k] += grown / days * (1 if outcome == "distress" else 7)
    return [people, *totals]
