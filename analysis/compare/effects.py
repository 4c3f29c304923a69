"""Tables of a comparison: effects on people, measures of groups, arms against each other."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from analysis.compare.comparison import Paired
from analysis.compare.estimate import (
    Estimates,
    as_measured,
    bootstrap_sums,
    chained,
    glass,
    holm,
    mean_of,
    precision,
    runs_needed,
    spread_before,
)
from analysis.compare.outcomes import GROUP_MEASURES, OUTCOMES, POPULATIONS, UPWARDS
from analysis.compare.paired import COURSE, COURSE_FROM, COURSE_TO, SUMS, YARDSTICK
from analysis.compare.panel import EVERY
from analysis.results.columns import Column, table_of, with_interval
from sim.state import CLOSED_NAMES

HALF_WIDTH = 0.05  # of a standardised effect: the precision wished for by default
SD = "standard deviations"
READ_TOGETHER = ("isolation", "stigma", "understanding", "coping", "distress", "hard_days", "episodes", "told_outside")


def effects_table(found: Mapping[str, Paired], half_width: float = HALF_WIDTH, reliability: float = 1.0) -> pa.Table:
    """Paired effects: a row for each arm, population, time and outcome.

    Args:
        found: from ``analysis.compare.comparison.compare``.
        half_width: the precision wished for, as half the width of the interval of the standardised effect.
        reliability: of the instruments that outcomes would be measured by; below 1 there are columns of what these
            would show.

    Returns:
        Columns with unit and meaning. Arms without a group compare with themselves: exactly nothing.
    """
    parts = [_effects_of(paired, half_width, reliability) for paired in found.values()]
    columns = [same[0]._replace(values=_join([one.values for one in same])) for same in zip(*parts, strict=True)]
    corrected = _holm({column.name: column.values for column in columns})
    meaning = "the same, corrected for the main outcomes read together (Holm)"
    return table_of([*columns, Column("p_holm", "probability", meaning, corrected)])


def _join(parts: list) -> list | np.ndarray:
    if isinstance(parts[0], list):
        return [word for part in parts for word in part]
    return np.concatenate(parts)


def _effects_of(paired: Paired, half_width: float, reliability: float) -> list[Column]:
    """Columns for one arm, rows in the order of populations, times, outcomes."""
    runs, populations, times, outcomes, _ = paired.sums.shape
    rows = populations * times * outcomes
    sums = dict(zip(SUMS, np.moveaxis(paired.sums, -1, 0).reshape(len(SUMS), runs, rows), strict=True))
    people = sums["people"]
    difference = bootstrap_sums(mean_of, sums["difference"], people)
    wide = np.broadcast_to(paired.yardstick[:, None, None], (*paired.sums.shape[:-1], len(YARDSTICK)))
    yardstick = [wide[..., k].reshape(runs, rows) for k in range(len(YARDSTICK))]
    size = bootstrap_sums(glass, people, sums["difference"], *yardstick, beside=len(YARDSTICK))
    seen_by = Estimates(*(as_measured(end, reliability) for end in (size.value, size.low, size.high)))
    life_change = bootstrap_sums(mean_of, sums["life_change"], sums["with_before"])
    twin_change = bootstrap_sums(mean_of, sums["twin_change"], sums["with_before"])
    # All three of the same people: the difference of all is of more, where founders have no "before".
    seen = bootstrap_sums(lambda life, twin, n: (life - twin) / n,
                          sums["life_change"], sums["twin_change"], sums["with_before"])  # fmt: skip
    total = {name: column.sum(axis=0) for name, column in sums.items()}
    asked = (people, sums["difference"], sums["life"], sums["twin"])
    sure = [precision(*(column[:, k] for column in asked)) for k in range(rows)]
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = spread_before(*(column.sum(axis=0) for column in yardstick))
        share = {name: total[name] / total["people"] for name in ("gained", "lost", "life", "twin")}
        before = total["before"] / total["with_before"]
    errors = np.array([one.standard_error for one in sure])
    needed = np.array([runs_needed(e, runs, half_width * sd) for e, sd in zip(errors, spread, strict=True)])
    key = [(p, w, o) for p in POPULATIONS for w in paired.horizon_weeks for o in OUTCOMES]
    own = "the outcome's unit"
    return [
        Column("arm", "name", "arm of the comparison", [paired.arm.name] * rows),
        Column("population", "words", "whom it is about", [POPULATIONS[p] for p, _, _ in key]),
        Column("weeks", "weeks", "since the opening", np.array([w for _, w, _ in key])),
        Column("outcome", "words", "what is compared", [o.label for _, _, o in key]),
        Column("unit", "words", "what the outcome is measured in", [o.unit for _, _, o in key]),
        Column("runs", "runs", "finished", np.full(rows, runs)),
        Column("people", "people", "over all runs, with a value in both worlds", total["people"]),
        Column("with", own, "mean with the group", share["life"]),
        Column("without", own, "mean of the twins, without", share["twin"]),
        Column("people_with_before", "people", "of these, seen before they first came", total["with_before"]),
        Column("before", own, "mean before first coming", before),
        *with_interval("change", own, "change since before first coming, with the group", life_change),
        *with_interval("twin_change", own, "change of the twin over the same time, without", twin_change),
        *with_interval("difference_with_before", own,
                       "with the group minus without, of those seen before they first came", seen),
        *with_interval("difference", own, "paired difference of all: with the group minus without", difference),
        *with_interval("smd", SD, "paired difference over the standard deviation of everyone eligible, before joining",
                       size),
        *(with_interval("smd_measured", SD, f"the same on an instrument of reliability {reliability:g}", seen_by)
          if reliability < 1 else ()),
        Column("standard_error", own, "of the difference, runs as units", errors),
        Column("p", "probability", "of so large a difference if there were none (two-sided)",
               np.array([s.p for s in sure])),
        Column("gained", "share", f"of people, lower than their twin; {UPWARDS}: higher",
               _judged(share["gained"], key)),
        Column("lost", "share", f"of people, higher than their twin; {UPWARDS}: lower", _judged(share["lost"], key)),
        Column("runs_needed", "runs", f"for an interval of the effect of plus or minus {half_width:g}", needed),
        Column("unpaired_runs", "times", "as many runs for the same precision without twins",
               np.array([s.unpaired for s in sure])),
    ]  # fmt: skip


def _judged(share: np.ndarray, key: list) -> np.ndarray:
    """Sides are counted only of outcomes of which less, or more, is asked for."""
    return np.where([outcome.better != 0 for _, _, outcome in key], share, np.nan)


def _holm(columns: dict) -> np.ndarray:
    """Within each arm, population and time, over the main outcomes."""
    corrected = np.full(len(columns["p"]), np.nan)
    main = {outcome.label for outcome in OUTCOMES if outcome.name in READ_TOGETHER}
    keys = list(zip(*(list(columns[name]) for name in ("arm", "population", "weeks")), strict=True))
    for key in dict.fromkeys(keys):
        family = [k for k, own in enumerate(keys) if own == key and columns["outcome"][k] in main]
        corrected[family] = holm(columns["p"][family])
    return corrected


def groups_table(found: Mapping[str, Paired]) -> pa.Table:
    """Measures of the groups: a row for each arm with a group, time and measure."""
    columns: dict[str, list] = {name: [] for name in ("arm", "measure", "unit")}
    weeks, groups, estimates = [], [], []
    for paired in found.values():
        if not paired.arm.has_group:
            continue
        for measure, (label, unit) in GROUP_MEASURES.items():
            values = paired.group(measure)
            known = ~np.isnan(values)
            estimates.append(bootstrap_sums(mean_of, np.where(known, values, 0.0), known.astype(float)))
            columns["arm"] += [paired.arm.name] * len(paired.rows)
            columns["measure"] += [label] * len(paired.rows)
            columns["unit"] += [unit] * len(paired.rows)
            weeks += paired.horizon_weeks
            groups += list(known.sum(axis=0))
    mean = chained(estimates)
    return table_of([
        Column("arm", "name", "arm of the comparison", columns["arm"]),
        Column("weeks", "weeks", "weeks since the opening of the group", np.array(weeks, int)),
        Column("measure", "words", "what is measured", columns["measure"]),
        Column("unit", "words", "what the measure is measured in", columns["unit"]),
        Column("groups", "groups", "groups with a value", np.array(groups, int)),
        Column("mean", "the measure's unit", "mean over groups", mean.value),
        Column("low", "the measure's unit", "mean over groups; lower end of the 95 % interval", mean.low),
        Column("high", "the measure's unit", "mean over groups; upper end of the 95 % interval", mean.high),
    ])  # fmt: skip


def between_table(found: Mapping[str, Paired]) -> pa.Table:
    """Arms against each other, town by town on the same people.

    For each pair of arms: the difference of their paired effects, on everyone eligible and on all who ever came,
    each against her or his twin (an arm to which nobody came has no effect on them); and the difference of
    their groups, where both have one.
    """
    rows: list[tuple] = []
    arms = list(found.values())
    for k, one in enumerate(arms):
        for other in arms[k + 1 :]:
            for week in sorted(set(one.horizon_weeks) & set(other.horizon_weeks)):
                names = (one.arm.name, other.arm.name)
                for population in ("eligible", "joined"):
                    rows += [(*names, *row) for row in _people_between(one, other, population, week)]
                if one.arm.has_group and other.arm.has_group:
                    rows += [(*names, *row) for row in _groups_between(one, other, week)]
    own = "the outcome's unit"
    columns = (
        ("arm", "name", "one arm of the comparison"),
        ("other", "name", "the arm that the one is held against"),
        ("population", "words", "whom it is about"),
        ("weeks", "weeks", "weeks since the opening of the group"),
        ("outcome", "words", "what is compared"),
        ("unit", "words", "what the outcome is measured in"),
        ("difference", own, "effect in the one less effect in the other; of groups, the one less the other"),
        ("difference_low", own, "difference of the two arms; lower end of the 95 % interval"),
        ("difference_high", own, "difference of the two arms; upper end of the 95 % interval"),
    )
    kinds = {"weeks": int, "difference": float, "difference_low": float, "difference_high": float}
    values = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    return table_of(
        Column(*column, np.array(of, kinds[column[0]]) if column[0] in kinds else list(of))
        for column, of in zip(columns, values, strict=True)
    )


GROUPS = "the groups"  # in place of a population


def _people_between(one: Paired, other: Paired, population: str, week: int) -> list[tuple]:
    """Population, weeks, outcome, unit, and the difference of two effects with its interval."""
    both = [[p.of(o.name, population, week) for o in OUTCOMES] for p in (one, other)]
    columns = [np.stack([of[name] for of in side], axis=1) for side in both for name in ("people", "difference")]
    e = bootstrap_sums(lambda n, d, m, f: d / n - f / m, *columns)
    words = POPULATIONS[population]
    return [(words, week, o.label, o.unit, e.value[i], e.low[i], e.high[i]) for i, o in enumerate(OUTCOMES)]


def _groups_between(one: Paired, other: Paired, week: int) -> list[tuple]:
    """The same for measures of the groups; where a group has closed there is nothing to count but that."""
    columns: list[list[np.ndarray]] = [[], [], [], []]
    for measure in GROUP_MEASURES:
        for k, paired in enumerate((one, other)):
            values = paired.group(measure)[:, paired.horizon_weeks.index(week)]
            known = ~np.isnan(values)
            columns[2 * k].append(known.astype(float))
            columns[2 * k + 1].append(np.where(known, values, 0.0))
    e = bootstrap_sums(lambda n, d, m, f: d / n - f / m, *(np.stack(column, axis=1) for column in columns))
    measures = enumerate(GROUP_MEASURES.values())
    return [(GROUPS, week, label, unit, e.value[i], e.low[i], e.high[i]) for i, (label, unit) in measures]


def course_table(found: Mapping[str, Paired]) -> pa.Table:
    """How members and their twins go on, by time from first coming: means over all who ever came."""
    steps = np.arange(COURSE_FROM, COURSE_TO + 1) * EVERY
    arms: list[str] = []
    counts, with_, without = [], [], []
    for paired in found.values():
        course = paired.course
        for o in range(len(COURSE)):
            people, life, twin = (course[:, o, :, k] for k in range(3))
            counts.append(people.sum(axis=0))
            with_.append(bootstrap_sums(mean_of, life, people))
            without.append(bootstrap_sums(mean_of, twin, people))
        arms += [paired.arm.name] * len(COURSE) * len(steps)
    own = "the outcome's unit (episodes: a week)"
    return table_of([
        Column("arm", "name", "arm of the comparison", arms),
        Column("outcome", "words", "what is followed", [n for _ in found for n in COURSE for _ in steps]),
        Column("since_coming", "weeks", "weeks from first coming to the group", np.tile(steps, len(counts))),
        Column("people", "people", "people over all runs", np.concatenate(counts).astype(int)),
        *with_interval("with", own, "mean with the group", chained(with_)),
        *with_interval("without", own, "mean of the twins, without the group", chained(without)),
    ])  # fmt: skip


def people_table(found: Mapping[str, Paired]) -> pa.Table:
    """Everybody who ever came, a row for each arm, run, person and time."""
    parts = [(paired, paired.people) for paired in found.values()]  # nobody ever came to an arm without a group
    arms = [name for paired, people in parts for name in [paired.arm.name] * len(people["id"])]
    columns = [Column("arm", "name", "arm of the comparison", arms)]
    if parts:
        weeks = np.concatenate([np.array(paired.horizon_weeks)[people["horizon"]] for paired, people in parts])
        joined = {name: np.concatenate([people[name] for _, people in parts]) for name in parts[0][1]}
        columns += [
            Column("seed", "number", "seed of the run", joined["seed"]),
            Column("id", "number", "the person", joined["id"]),
            Column("weeks", "weeks", "weeks since the opening of the group", weeks),
            Column("regular", "yes/no", "whether a regular at that time", joined["regular"].astype(bool)),
            Column("since_coming", "weeks", "weeks since first coming to the group", joined["since_weeks"]),
        ]
        for o in OUTCOMES:
            columns += [
                Column(f"{o.name}_before", o.unit, f"{o.label}, before first coming", joined[f"{o.name}_before"]),
                Column(f"{o.name}_with", o.unit, f"{o.label}, with the group", joined[f"{o.name}_life"]),
                Column(f"{o.name}_without", o.unit, f"{o.label}, the twin's", joined[f"{o.name}_twin"]),
            ]
    return table_of(columns)


def closings_table(found: Mapping[str, Paired]) -> pa.Table:
    """When and why each group ended: a row for each arm with a group and run."""
    groups = [paired for paired in found.values() if paired.arm.has_group]
    arms = [paired.arm.name for paired in groups for _ in range(paired.runs)]
    seeds = [seed for paired in groups for seed in paired.seeds]
    closed = [float(week) if week >= 0 else np.nan for paired in groups for week in paired.closed_week]
    reasons = [CLOSED_NAMES[code] if code else None for paired in groups for code in paired.closed_reason]
    when = "when the group closed, since the opening (missing: still open at the end)"
    return table_of([
        Column("arm", "name", "arm of the comparison", arms),
        Column("seed", "number", "seed of the run", np.array(seeds, int)),
        Column("closed", "weeks", when, np.array(closed, float)),
        Column("reason", "words", "why the group closed", reasons),
    ])  # fmt: skip


def all_tables(
    found: Mapping[str, Paired], half_width: float = HALF_WIDTH, reliability: float = 1.0
) -> dict[str, pa.Table]:
    """Every table of a comparison, by name."""
    return {
        "effects": effects_table(found, half_width, reliability),
        "groups": groups_table(found),
        "between": between_table(found),
        "course": course_table(found),
        "people": people_table(found),
        "closings": closings_table(found),
    }
