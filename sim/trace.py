"""One person's week, told: each rule, draw, threshold, before and after.

The weeks before are lived compiled; the week itself is lived once more in plain Python, rule by
rule in the order of the plan, while somebody watches the draws and the person's row. The numbers
are those of the compiled week, to the last bit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim import draws, plan, purposes
from sim import week as rules
from sim.draws import THE_GROUP
from sim.life import Life
from sim.observe import close_week, observe, open_week
from sim.relations import DAYS_IN_WEEK
from sim.state import LEFT_NAMES, PEOPLE, STATUS_NAMES

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
OWN = "a rule of your own"
_NOT_TOLD = {"distress_log_odds", "distress_felt", "luck", "days_lived", "distress_total", "distress_this_week"}
_TOLD = [f for f in PEOPLE if f.name not in _NOT_TOLD]
_watching = threading.Lock()  # the draws are watched by replacing module names: one watcher at a time


@dataclass
class Entry:
    """What one rule did to the person: on which day (None: weekly), with which draws and changes."""

    rule: str
    summary: str
    day: int | None
    draws: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)


def watch_week(life: Life, person: int) -> list[Entry]:
    """Live one more week in plain Python, and note what happens to the person with this id.

    Raises:
        ValueError: if nobody has this id, or no week is left.
    """
    found = np.flatnonzero(life.traits.id == person)
    if len(found) == 0:
        raise ValueError(
            f"nobody has the id {person}; expected 0 to {_last_resident(life)}, or a newcomer's from 1000000"
        )
    if life.week >= life.total_weeks:
        raise ValueError(f"no week is left after week {life.total_weeks - 1}")
    row, week = int(found[0]), life.lead_in + life.week
    entries: list[Entry] = []

    def run(step: plan.Step, when: int, day: int | None) -> None:
        watch(Entry(step.rule, step.summary, day), getattr(rules, step.rule), life.world, when)

    def watch(entry: Entry, rule: Callable[..., None], *given: Any) -> None:
        before, ties = life.world.people[row].copy(), life.world.ties[row].copy()
        with _watched(life, row, entry.draws):
            rule(*given)
        entry.changes += _changes(before, life.world.people[row])
        entry.changes += _tie_changes(life, row, ties)
        if entry.draws or entry.changes:
            entries.append(entry)

    life.take_changes()
    g = life.world.group[0]
    counts = int(g.meetings), int(g.attendances), int(g.socials)
    with _watching:
        open_week(life.world)
        for step in plan.PLAN:
            if step.when == plan.MORNING:
                run(step, week, None)
        for day in range(DAYS_IN_WEEK):
            for step in plan.PLAN:
                if step.when == plan.DAILY:
                    run(step, week * DAYS_IN_WEEK + day, day)
        for step in plan.PLAN:
            if step.when == plan.EVENING:
                run(step, week, None)
        close_week(life.world)
        life.own.act(life.world, week, lambda one, *given: watch(Entry(one.name, OWN, None), one.plain, *given))
    observe(life.world, week, life.weeks[life.week], *counts)
    life.week += 1
    return entries


def tell(values: dict[str, Any], person: int, week: int) -> str:
    """A person's week in words.

    Args:
        values: parameters, as ``Scenario.values``.
        person: her or his id.
        week: counted from the opening, from 0.

    Raises:
        ValueError: if there is no such person or week.
    """
    if not 0 <= week < values["run.weeks"]:
        raise ValueError(f"week {week}: expected 0 to {values['run.weeks'] - 1} (run.weeks)")
    life = Life(values)
    life.live(week)
    row = np.flatnonzero(life.traits.id == person)
    lines = [f"Person {person}, week {week} (seed {values['run.seed']})"]
    if len(row):
        lines += _portrait(life, int(row[0]))
    entries = watch_week(life, person)
    heading = None
    for entry in entries:
        part = _part(entry)
        if part != heading:
            lines += ["", part]
            heading = part
        lines.append(f"  {entry.rule}: {entry.summary}")
        lines += [f"      draw    {text}" for text in entry.draws]
        lines += [f"      change  {text}" for text in entry.changes]
    if not entries:
        lines += ["", "  Nothing: this person's life is not simulated in this week (not here yet, or moved away)."]
    return "\n".join(lines)


def _part(entry: Entry) -> str:
    if entry.day is not None:
        return WEEKDAYS[entry.day]
    return next((step.when for step in plan.PLAN if step.rule == entry.rule), plan.EVENING).capitalize()


def _portrait(life: Life, row: int) -> list[str]:
    """Who this is, and how things stand as the week begins."""
    who, me = life.traits[row], life.world.people[row]
    words = [
        f"  {'a woman' if who.woman else 'a man'} of {who.age:.0f}, self-harm began at {who.onset_age:.0f};"
        f" {STATUS_NAMES[me.status]}{', organiser' if me.organiser else ''}",
        f"  set points: isolation {who.isolation_set:.2f}, stigma {who.stigma_set:.2f}; baseline distress"
        f" {who.baseline_distress:.2f}; a hard day is one above {who.hard_day_threshold:.2f};"
        f" responsiveness {who.responsiveness:.2f}",
        f"  as the week begins: isolation {me.isolation:.3f}, stigma {me.stigma:.3f}, understanding"
        f" {me.understanding:.3f}, coping {me.coping:.3f}, trust {me.trust:.3f}, distress {me.distress:.3f}",
    ]
    tied = np.flatnonzero(life.world.ties[row] > 0)
    if len(tied):
        closest = sorted(tied, key=lambda j: -life.world.ties[row, j])[:6]
        words.append("  ties: " + ", ".join(f"{life.traits.id[j]} ({life.world.ties[row, j]:.2f})" for j in closest))
    return words


def _last_resident(life: Life) -> int:
    return int(life.values["people.residents"]) - 1


def _changes(before: Any, after: Any) -> list[str]:
    """Fields of the row that differ, as sentences."""
    told = []
    for f in _TOLD:
        old, new = before[f.name], after[f.name]
        if old != new:
            told.append(f"{f.name} {_number(f.name, old)} -> {_number(f.name, new)}")
    return told


def _number(name: str, value: Any) -> str:
    if name == "status":
        return STATUS_NAMES[int(value)]
    if name == "left_reason":
        return LEFT_NAMES[int(value)]
    if isinstance(value, np.floating | float):
        return f"{float(value):.5f}"
    if isinstance(value, np.bool_ | bool):
        return "yes" if value else "no"
    return str(int(value))


def _tie_changes(life: Life, row: int, before: np.ndarray) -> list[str]:
    now = life.world.ties[row]
    return [f"tie with {life.traits.id[j]} {before[j]:.5f} -> {now[j]:.5f}" for j in np.flatnonzero(before != now)]


@contextmanager
def _watched(life: Life, row: int, log: list[str]) -> Iterator[None]:
    """Note every draw that concerns the person (or, where it came about, the group)."""
    me = life.traits.id[row]
    originals = {name: getattr(draws, name) for name in ("happens", "count", "uniform_pair", "poisson_quantile")}

    def concerns(person: Any, partner: Any) -> bool:
        return person == me or partner == me

    def with_whom(person: Any, partner: Any) -> str:
        if partner == draws.NOBODY:
            return ""
        return f" (to {partner})" if person == me else f" (by {person})"

    def happens(key: Any, person: Any, partner: Any, day: Any, purpose: int, prob: float) -> bool:
        u = draws.uniform(key, person, partner, day, purpose)
        result = u < prob
        if concerns(person, partner) or (person == THE_GROUP and result):
            group = "the group: " if person == THE_GROUP else ""
            sign, answer = ("<", "yes") if result else (">=", "no")
            name = purposes.name_of(purpose)
            log.append(f"{group}{name}{with_whom(person, partner)}: {u:.4f} {sign} probability {prob:.4f}: {answer}")
        return bool(result)

    def count(key: Any, person: Any, partner: Any, day: Any, purpose: int, mean: float) -> int:
        u = draws.uniform(key, person, partner, day, purpose)
        result = originals["poisson_quantile"](u, mean)
        if concerns(person, partner):
            name = purposes.name_of(purpose)
            log.append(f"{name}{with_whom(person, partner)}: {u:.4f} of Poisson with mean {mean:.4f}: {result}")
        return int(result)

    def uniform_pair(key: Any, person: Any, partner: Any, day: Any, purpose: int) -> tuple[float, float]:
        one, other = originals["uniform_pair"](key, person, partner, day, purpose)
        if concerns(person, partner):
            log.append(f"{purposes.name_of(purpose)}: {one:.4f} and {other:.4f}")
        return one, other

    def poisson_quantile(u: float, mean: float) -> int:
        result = originals["poisson_quantile"](u, mean)
        if u == life.world.people[row].luck:
            log.append(f"episodes: today's luck {u:.4f} of Poisson with mean {mean:.4f}: {result}")
        return int(result)

    watchers = {"happens": happens, "count": count, "uniform_pair": uniform_pair, "poisson_quantile": poisson_quantile}
    try:
        for name, watcher in watchers.items():
            setattr(draws, name, watcher)
        yield
    finally:
        for name, original in originals.items():
            setattr(draws, name, original)
