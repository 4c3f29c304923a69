"""The report of a comparison, and what other reports show of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from markupsafe import Markup

from analysis.compare.arms import Arm
from analysis.compare.comparison import Paired
from analysis.compare.effects import GROUPS, HALF_WIDTH
from analysis.compare.outcomes import OUTCOMES, POPULATIONS
from analysis.report.page import parameter_facts, render, study_facts
from analysis.report.svg import inline
from analysis.studies.compare.figures import all_pictures
from analysis.studies.compare.words import as_measured_said, chosen_week, cost, in_short
from analysis.studies.run.arrays import Arrays
from analysis.studies.run.figures import network
from analysis.studies.run.study import RunStudy
from analysis.words.numbers import fixed, interval, span

if TYPE_CHECKING:
    from analysis.studies.compare.study import Comparison

MOST_NETWORKS = 3
NETWORK_WEEKS = 104


def report_of(found: Comparison) -> str:
    """The report of a comparison, as the text of an HTML file."""
    arms = [paired.arm for paired in found.runs.values()]
    networks = network_pictures(arms, found.study.first_seed)
    precision = found.study.settings.get("precision", HALF_WIDTH)
    return render(
        "comparison.html",
        "With and without the group: " + ", ".join(arm.name for arm in arms),
        subtitle=f"{found.finished} runs; every person in every arm against her or his twin without a group",
        arms=arms,
        in_short=[
            *in_short(found.runs, found.tables),
            *filter(None, [as_measured_said(found.study.settings, found.tables["effects"].to_pylist())]),
        ],
        page=comparison_facts(found.runs, found.tables, precision, networks),
        parameters=parameter_facts(arms),
        study=study_facts(found),
    )


def comparison_facts(
    found: Mapping[str, Paired],
    tables: Mapping[str, pa.Table],
    precision: float,
    networks: Mapping[str, Markup] | None = None,
) -> dict[str, Any]:
    """Everything that the macro ``comparison`` shows.

    Args:
        found: paired runs by arm.
        tables: from ``analysis.compare.effects.all_tables``.
        precision: half width wished for of a standardised effect.
        networks: pictures of one town's ties, by arm.
    """
    effects = tables["effects"].to_pylist()
    weeks = next(iter(found.values())).horizon_weeks
    week = chosen_week(weeks)
    page: dict[str, Any] = {
        "three": "", "time": span(week), "between": [], "precision": cost(effects, precision),
        "effect_blocks": _effect_blocks(effects, list(found), weeks, week),
    }  # fmt: skip
    if drawn := _pictures(found, tables):
        page |= drawn | _groups(tables["groups"].to_pylist(), weeks)
        page["networks"] = list((networks or {}).values())
    if len(found) > 1:
        page["between"] = [
            row for row in tables["between"].to_pylist()
            if row["weeks"] == week and row["population"] in (POPULATIONS["joined"], GROUPS)
            and row["difference"] is not None
        ]  # fmt: skip
    return page


def _pictures(found: Mapping[str, Paired], tables: Mapping[str, pa.Table]) -> dict[str, Any]:
    """Every figure by name, with its note as the caption; "courses" has those of all arms."""
    drawn: dict[str, Any] = {p.name: inline(p.draw, p.note, p.name) for p in all_pictures(found, tables)}
    if drawn:
        return drawn | {"courses": [svg for name, svg in drawn.items() if name.startswith("courses-")]}
    return {}


def _groups(rows: list[dict[str, Any]], weeks: Sequence[int]) -> dict[str, Any]:
    lines: dict[tuple[str, str], dict[int, str]] = {}
    for row in rows:
        cell = fixed(row["mean"]) if row["low"] is None else interval(row["mean"], row["low"], row["high"], fixed)
        lines.setdefault((row["arm"], f"{row['measure']}"), {})[row["weeks"]] = cell
    return {
        "group_times": [span(week) for week in weeks],
        "group_rows": [
            {"arm": arm, "measure": measure, "cells": [cells.get(week, "") for week in weeks]}
            for (arm, measure), cells in lines.items()
        ],
    }


_LESS_IS_MEANT = {outcome.label for outcome in OUTCOMES if outcome.better < 0}


def _effect_blocks(
    effects: list[dict[str, Any]], arms: Sequence[str], weeks: Sequence[int], week: int
) -> list[dict[str, Any]]:
    blocks = []
    for arm in arms:
        for population, words in POPULATIONS.items():
            for time in weeks:
                rows = [
                    r for r in effects if (r["arm"], r["population"], r["weeks"]) == (arm, words, time) and r["people"]
                ]
                for row in rows:
                    less, more = ("gained", "lost") if row["outcome"] in _LESS_IS_MEANT else ("lost", "gained")
                    row |= {"lower": row[less], "higher": row[more]}
                if rows:
                    opened = population == "joined" and time == week
                    blocks.append({"arm": arm, "population": words, "time": span(time), "rows": rows, "open": opened})
    return blocks


def network_pictures(arms: Sequence[Arm], seed: int) -> dict[str, Markup]:
    """One town's ties in each arm with a group, the same town in each.

    Args:
        arms: the arms.
        seed: which town.
    """
    made = {}
    for arm in [arm for arm in arms if arm.has_group][:MOST_NETWORKS]:
        weeks = min(arm.values["run.weeks"], NETWORK_WEEKS)
        shorter = arm.with_values(arm.name, f"{arm.name}: {arm.title}", {"run.weeks": weeks})
        frame = Arrays(RunStudy([shorter], seed, 1).live())
        made[arm.name] = inline(
            partial(network.draw, frame),
            f"{arm.name}: ties in one town (seed {seed}). One run is one story; nothing follows from it.",
            f"network {arm.name}",
        )
    return made
