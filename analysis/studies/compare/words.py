"""A comparison in a few lines of plain words and a small table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from analysis.compare.accounts import people_said
from analysis.compare.comparison import Paired
from analysis.compare.effects import HALF_WIDTH
from analysis.compare.outcomes import OUTCOME, POPULATIONS
from analysis.words.care import CAUTION
from analysis.words.numbers import count, fixed, interval, percent, setting, signed, span
from analysis.words.prose import listed, runs_of, seeds_said, wrapped
from sim.relations import WEEKS_IN_YEAR

if TYPE_CHECKING:
    from analysis.studies.compare.study import Comparison

MAIN = ("isolation", "stigma", "understanding", "coping", "distress", "hard_days", "episodes", "told_outside")

SEEN = "those seen before they first came"
HEAD = (
    f"{'':<27}{'people':>9}{'change':>11}{'twin, same':>11}{'difference':>11}   {'people':>9}{'difference':>11}"
    f"{'standardised':>14}"
)
READ = (
    "Change: since before first coming. The twin's: over the same time, without the group. Difference: with the group "
    'minus without, which alone was caused by the group. What is counted over a year has no "before" for founders, so '
    "that fewer were seen before; each half of a row is of the same people. Standardised: over the standard "
    "deviation of everyone eligible, before anybody joined."
)


def chosen_week(weeks: list[int]) -> int:
    """The time at which effects are shown first: two years, or the nearest that was looked at."""
    return min(weeks, key=lambda week: abs(week - 2 * WEEKS_IN_YEAR))


def summary_of(comparison: Comparison) -> str:
    """Each arm in a few lines, and what follows from none of it."""
    found, tables, study = comparison.runs, comparison.tables, comparison.study
    effects = tables["effects"].to_pylist()
    seeds = seeds_said(list(study.seeds)[: comparison.finished])
    runs = f"{runs_of(comparison.finished, study.runs)}, {seeds}"
    people = people_said(study.arms) or "same people and lives in every arm"
    lines = [wrapped(f"{' | '.join(found)}: {runs}, {people}"), ""]
    for name, paired in found.items():
        if not paired.arm.has_group:
            lines += [f"{name}: no group; everybody is her or his own twin, every difference is exactly zero", ""]
            continue
        week = chosen_week(paired.horizon_weeks)
        lines += [f"{paired.arm.title}", f"  {span(week)} after the opening; 95 % intervals"]
        lines += [f"  {'':<32}{SEEN}{'all who ever came':>28}", "  " + HEAD]
        for row in effects:
            wanted = (row["arm"], row["population"], row["weeks"]) == (name, POPULATIONS["joined"], week)
            if wanted and row["outcome"] in {OUTCOME[main].label for main in MAIN}:
                lines.append(_line(row))
        lines += ["  " + groups_in_words(name, tables["groups"].to_pylist()), ""]
    lines += [wrapped(READ) if any(paired.arm.has_group for paired in found.values()) else "", ""]
    lines += [wrapped(said) for said in [as_measured_said(study.settings, effects)] if said]
    lines += [cost(effects, study.settings.get("precision", HALF_WIDTH)), "", wrapped(CAUTION), ""]
    return "\n".join(lines)


def _line(row: dict) -> str:
    ends = "" if row["smd_low"] is None else f"  ({signed(row['smd_low'])} to {signed(row['smd_high'])})"
    what = f"{row['outcome']}, {row['unit'].split(',')[0]}" if row["unit"] != "0-1" else row["outcome"]
    seen = "".join(signed(row[name], 3).rjust(11) for name in ("change", "twin_change", "difference_with_before"))
    return (
        f"  {what:<27}{count(row['people_with_before']):>9}{seen}   {count(row['people']):>9}"
        f"{signed(row['difference'], 3):>11}{signed(row['smd']):>14}{ends}"
    )


def as_measured_said(settings: Mapping[str, Any], effects: list[dict]) -> str:
    """What instruments that measure with error would show of the effect on isolation; empty if none were asked for."""
    reliability = settings.get("reliability", 1.0)
    label = OUTCOME["isolation"].label
    shown = [
        r for r in effects if r["outcome"] == label and r["population"] == POPULATIONS["joined"] and r["difference"]
    ]
    if reliability >= 1 or not shown:
        return ""
    week = chosen_week(sorted({row["weeks"] for row in shown}))
    words = [
        f"{row['arm']} {interval(row['smd_measured'], row['smd_measured_low'], row['smd_measured_high'], signed)}"
        for row in shown
        if row["weeks"] == week
        if row["smd_measured_low"] is not None
    ]
    return (
        f"On instruments of a reliability of {setting(reliability)} standardised effects look smaller, times "
        f"{fixed(reliability**0.5)}. On isolation: {listed(words)}."
    )


def groups_in_words(arm: str, rows: list[dict]) -> str:
    """How long groups of an arm last and how large they are, in a sentence."""
    mine = [row for row in rows if row["arm"] == arm]
    still = [f"{percent(row['mean'])} after {span(row['weeks'])}" for row in mine if row["measure"].startswith("share")]
    size = [row for row in mine if row["measure"].startswith("regulars")]
    last = next((row for row in reversed(size) if row["mean"] is not None), None)
    regulars = f"; {fixed(last['mean'], 1)} regulars in those open after {span(last['weeks'])}" if last else ""
    return f"groups still open: {', '.join(still)}{regulars}"


def cost(effects: list[dict], precision: float) -> str:
    """How many runs the effect on isolation needs for the wished-for precision, with and without twins."""
    label = OUTCOME["isolation"].label
    rows = [
        r for r in effects if r["outcome"] == label and r["population"] == POPULATIONS["joined"] and r["p"] is not None
    ]
    too_few = "Too few people came to say how many runs would be needed."
    weeks = {row["weeks"] for row in rows}
    if not rows or not weeks:
        return too_few
    week = chosen_week(sorted(weeks))
    shown = [row for row in rows if row["weeks"] == week and row["difference"]]
    if not shown:
        return "No arm has any effect on isolation, so no number of runs is needed to see one."
    shown = [row for row in shown if row["runs_needed"] is not None]  # nobody to be unlike: one person in all
    if not shown:
        return too_few
    words = [
        f"{row['arm']} {count(row['runs_needed'])} runs "
        f"(without twins {count(row['runs_needed'] * row['unpaired_runs'])})"
        for row in shown
    ]
    return (
        f"For the effect on isolation within plus or minus {setting(precision)} standard deviations: {listed(words)}."
    )


def in_short(found: Mapping[str, Paired], tables: Mapping[str, pa.Table]) -> list[str]:
    """Each arm in two sentences of all who ever came: their difference from the twins, and what came to both."""
    rows = tables["effects"].to_pylist()
    sentences = []
    for name, paired in found.items():
        week = chosen_week(paired.horizon_weeks)
        mine = {
            row["outcome"]: row for row in rows
            if (row["arm"], row["population"], row["weeks"]) == (name, POPULATIONS["joined"], week)
        }  # fmt: skip
        first = mine[OUTCOME["isolation"].label]
        if not paired.arm.has_group or not first["people"]:
            sentences.append(f"{name}: no group, so every difference is exactly zero.")
            continue
        parts = []
        for outcome in ("isolation", "coping", "distress", "episodes"):
            row = mine[OUTCOME[outcome].label]
            if row["smd"] is not None:
                parts.append(f"{row['outcome']} {interval(row['smd'], row['smd_low'], row['smd_high'], signed)}")
        change, twin = first["change"], first["twin_change"]
        share = (
            f"Of their change in isolation since before coming ({signed(change, 3)}), "
            f"{signed(twin, 3)} came to their twins as well."
        )
        sentences.append(
            f"{name}: {span(week)} after the opening, all {count(first['people'])} people who ever came, with the "
            f"group minus without, in standard deviations: {listed(parts)}. {share}"
        )
    return sentences
