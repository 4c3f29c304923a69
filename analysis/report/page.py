"""What the pages of a report show, as plain rows and pictures; the templates only lay it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from analysis.compare import figures as pictures
from analysis.compare.arms import Arm
from analysis.compare.comparison import Paired
from analysis.compare.effects import GROUPS
from analysis.compare.outcomes import OUTCOMES, POPULATIONS
from analysis.compare.words import chosen_week, cost
from analysis.figures.palette import TEXT
from analysis.report.svg import inline
from analysis.results import provenance
from analysis.results.study import Study
from analysis.words.care import CARE, EPISODES, SUPPORT
from analysis.words.numbers import count, figures, fixed, interval, percent, setting, signed, span
from sim.compiler import source_digest
from sim.parameters import PARAMETERS

MOST_NETWORKS = 3
NETWORK_WEEKS = 104


def environment() -> Environment:
    """Jinja2 with everything escaped and nothing undefined."""
    made = Environment(
        loader=PackageLoader("analysis.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"signed": signed, "figures": figures, "count": count, "percent": percent}
    return made


def render(template: str, title: str, **content: Any) -> str:
    """A page.

    Args:
        template: its file's name.
        title: heading of the page.
        **content: what the template names; text is escaped, ``Markup`` is not.
    """
    return (
        environment()
        .get_template(template)
        .render(title=title, care=CARE, episodes=EPISODES, support=SUPPORT, colours=TEXT, **content)
        + "\n"
    )


def study_facts(study: Study) -> dict[str, Any]:
    """Provenance, for the foot of a page."""
    commit, dirty = provenance.git_state()
    versions = ", ".join(f"{name} {version}" for name, version in provenance.versions().items())
    return {
        "finished": study.finished, "runs": study.runs, "first_seed": study.first_seed, "versions": versions,
        "source": source_digest()[:16], "commit": f"{commit[:12]}{' with changes' if dirty else ''}" if commit else "",
        "platform": provenance.machine(), "started": study.started,
    }  # fmt: skip


def parameter_facts(arms: Sequence[Arm]) -> dict[str, Any]:
    """What is assumed: counts, where the arms differ, and everything about the first."""
    others = [p for name, p in PARAMETERS.items() if name != "run.seed"]
    differing = [
        {"name": p.dotted, "meaning": p.meaning, "values_": [setting(arm.values[p.dotted]) for arm in arms]}
        for p in others
        if any(arm.values[p.dotted] != arms[0].values[p.dotted] for arm in arms)
    ]
    everything = [
        {
            "name": p.dotted, "value": setting(arms[0].values[p.dotted]), "unit": p.unit, "meaning": p.meaning,
            "source": p.source,
            "plausible": f"{setting(p.plausible[0])} to {setting(p.plausible[1])}" if p.plausible else "",
        }
        for p in others
    ]  # fmt: skip
    assumed = sum("assumption" in p.source.lower() for p in others)
    return {"count": len(others), "assumed": assumed, "differing": differing, "all": everything}


def comparison_facts(
    found: Mapping[str, Paired],
    tables: Mapping[str, pa.Table],
    study: Study,
    networks: Mapping[str, Markup] | None = None,
) -> dict[str, Any]:
    """Everything that the macro ``comparison`` shows.

    Args:
        found: paired runs by arm.
        tables: from ``analysis.compare.effects.all_tables``.
        study: what was asked for.
        networks: pictures of one town's ties, by arm.
    """
    effects = tables["effects"].to_pylist()
    arms = pictures.arms_with_group(found)
    weeks = next(iter(found.values())).horizon_weeks
    week = chosen_week(weeks)
    some = any(row["people"] for row in effects if row["population"] == POPULATIONS["joined"] and row["weeks"] == week)
    page: dict[str, Any] = {
        "three": "", "time": span(week), "between": [], "precision": cost(effects, study),
        "effect_blocks": _effect_blocks(effects, list(found), weeks, week),
    }  # fmt: skip
    if arms and some:
        page |= _pictures(found, tables, effects, week)
        page |= _groups(tables["groups"].to_pylist(), weeks)
        page["networks"] = list((networks or {}).values())
    if len(found) > 1:
        page["between"] = [
            row for row in tables["between"].to_pylist()
            if row["weeks"] == week and row["population"] in (POPULATIONS["joined"], GROUPS)
            and row["difference"] is not None
        ]  # fmt: skip
    return page


CAPTIONS = {
    "three": "All who ever came, {when} after the opening, in standard deviations of people; bars are 95 % intervals. "
    "Left of zero is less. Fewer episodes are not a gain by themselves: read them beside the others.",
    "forest": "Paired differences {when} after the opening, in standard deviations of people, with 95 % intervals. "
    "Trials of peer support in groups found about 0.2 (Lyons 2021; Rusch and Kosters 2021), after months, not years.",
    "courses": "{title}. Time counts from each person's first coming; only people seen for at least 24 weeks "
    "before it, so not the founders.",
    "gains": "For each value of the difference to one's own twin, the share of people at or below it, {when} after the "
    "opening, all who ever came. A step at zero: people for whom nothing changed.",
    "survival": "Groups still open, with 95 % intervals (Kaplan and Meier).",
}


def _pictures(found: Mapping[str, Paired], tables: Mapping[str, pa.Table], effects: list, week: int) -> dict[str, Any]:
    course = tables["course"].to_pylist()
    said = {name: caption.format(when=span(week), title="{title}") for name, caption in CAPTIONS.items()}
    return {
        "three": inline(lambda: pictures.three(found, effects, week), said["three"]),
        "forest": inline(lambda: pictures.forest(found, effects, week), said["forest"]),
        "courses": [
            inline(partial(pictures.courses, found, course, arm.name), said["courses"].replace("{title}", arm.title))
            for arm in [paired.arm for paired in pictures.arms_with_group(found)]
        ],
        "gains": inline(lambda: pictures.gains(found, week), said["gains"]),
        "survival": inline(lambda: pictures.survival(found), said["survival"]),
    }


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
    from analysis.figures import network  # noqa: PLC0415 - only reports need it
    from analysis.run.frame import Frame  # noqa: PLC0415
    from analysis.run.live import live_scenario  # noqa: PLC0415
    from sim.scenario import Scenario  # noqa: PLC0415

    made = {}
    for arm in [arm for arm in arms if arm.has_group][:MOST_NETWORKS]:
        values = {**arm.values, "run.seed": seed, "run.weeks": min(arm.values["run.weeks"], NETWORK_WEEKS)}
        frame = Frame(live_scenario(Scenario(arm.name, f"{arm.name}: {arm.title}", "", values, {}, Path(arm.name))))
        made[arm.name] = inline(
            partial(network.draw, frame),
            f"{arm.name}: ties in one town (seed {seed}). One run is one story; nothing follows from it.",
        )
    return made
