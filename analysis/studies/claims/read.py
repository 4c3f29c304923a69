"""Ways of reading a figure off the runs, each with its interval from drawing runs anew.

Every statistic is made from sums over runs. Arms of one reading were lived with the same seeds, and are
drawn together: a contrast of two arms is a contrast on the same people with the same lives.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from analysis.compare.comparison import Paired
from analysis.compare.estimate import LEVEL, Estimate, bootstrap, mean_of, spread_of, standardised
from analysis.compare.outcomes import DAYS_IN_YEAR, GROUP_MEASURES, OUTCOME
from analysis.compare.panel import EVERY
from analysis.studies.claims.declare import Reading, Runs
from sim.relations import WEEKS_IN_YEAR

WHO = {"joined": "all who ever came", "regulars": "regulars"}
SMD_COLUMNS = ("people", "difference", "life", "life_squared", "twin", "twin_squared")
SD = "standard deviations"


def standardised_change(known: np.ndarray, change: np.ndarray, *people: np.ndarray) -> np.ndarray:
    """Mean change since before coming, over the standard deviation of people in both worlds."""
    return finite(change / known / spread_of(*people, each_first=True))


def finite(values: np.ndarray) -> np.ndarray:
    """The same, NaN where something was divided by nothing."""
    result: np.ndarray = np.where(np.isfinite(values), values, np.nan)
    return result


def share_of_effect(count: np.ndarray, total: np.ndarray, base_count: np.ndarray, base_total: np.ndarray) -> np.ndarray:
    """One mean as a share of another; a share of nothing is none."""
    return finite(mean_of(total, count) / mean_of(base_total, base_count))


def gap(count: np.ndarray, total: np.ndarray, base_count: np.ndarray, base_total: np.ndarray) -> np.ndarray:
    """One mean less another."""
    return mean_of(total, count) - mean_of(base_total, base_count)


def standard_effect(*people: np.ndarray) -> np.ndarray:
    """As ``analysis.compare.estimate.standardised``, NaN where people do not differ or there is only one."""
    return finite(standardised(*people, each_first=True))


def standardised_gap(*people: np.ndarray) -> np.ndarray:
    """One standardised effect less another."""
    half = len(people) // 2
    return standard_effect(*people[:half]) - standard_effect(*people[half:])


def none_seen(count: float) -> float:
    """How often something may happen that did not happen once in so many: upper end of the exact 95 % interval."""
    return 1.0 - ((1.0 - LEVEL) / 2) ** (1.0 / count)


def proportion(counted: np.ndarray, having: np.ndarray) -> Estimate:
    """A share of people or groups; all or none of them is not taken for certainty.

    Args:
        counted: float64[runs].
        having: float64[runs], how many of them have it.

    Returns:
        The share. Where it is 0 or 1 in every run, drawing runs anew gives an interval of no width: then the open
        end is that of an exact interval, runs being the units.
    """
    estimate = bootstrap(mean_of, having, counted)
    some = float((counted > 0).sum())
    if not estimate.known or estimate.value not in (0.0, 1.0):
        return estimate
    low, high = (0.0, none_seen(some)) if estimate.value == 0.0 else (1.0 - none_seen(some), 1.0)
    return Estimate(estimate.value, low, high, estimate.runs)


def never_differing(sums: dict[str, np.ndarray]) -> Estimate:
    """What a count may differ by that differed in nobody: one event a year in as many runs as may be unseen."""
    most = none_seen(float((sums["people"] > 0).sum()))
    return Estimate(0.0, -most, most, int((sums["people"] > 0).sum()))


def effect(
    runs: Runs,
    arm: str,
    outcome: str,
    population: str = "joined",
    years: int = 2,
    *,
    standard: bool = False,
    **bounds: Any,
) -> Reading:
    """A paired difference, life less twin, with the change since before and the twin's beside it.

    Args:
        runs: by arm.
        arm: which.
        outcome: a name of ``analysis.compare.outcomes.OUTCOMES``.
        population: "joined" or "regulars".
        years: when, after the opening.
        standard: in standard deviations of people, as trials report it; else in the outcome's unit.
        **bounds: low, high, decides, strict of the reading.
    """
    sums = runs[arm].of(outcome, population, years * WEEKS_IN_YEAR)
    columns = [sums[name] for name in SMD_COLUMNS]
    if standard:
        estimate = bootstrap(standard_effect, *columns)
        spread = [sums[name] for name in ("people", "life", "life_squared", "twin", "twin_squared")]
        changes = [
            bootstrap(standardised_change, sums["with_before"], sums[name], *spread)
            for name in ("life_change", "twin_change")
        ]
    else:
        estimate = bootstrap(mean_of, sums["difference"], sums["people"])
        changes = [bootstrap(mean_of, sums[name], sums["with_before"]) for name in ("life_change", "twin_change")]
        if OUTCOME[outcome].per == DAYS_IN_YEAR and sums["people"].any() and not sums["difference_squared"].any():
            estimate = never_differing(sums)
    unit = SD if standard else OUTCOME[outcome].unit
    label = f"{OUTCOME[outcome].label}, {when(population, years)}, {arm}: life less twin"
    seen, people = int(sums["with_before"].sum()), int(sums["people"].sum())
    if seen < people:  # what is counted over a year has no "before" for founders
        label += f" (changes since before: of the {seen} of {people} people seen before coming)"
    return Reading(label, unit, estimate, life_change=changes[0], twin_change=changes[1], **bounds)


def effect_share(
    runs: Runs, arm: str, base: str, outcome: str, population: str = "joined", years: int = 2, **bounds: Any
) -> Reading:
    """The effect in one arm as a share of that in another."""
    one, other = (same_seeds(runs, arm, base)[k].of(outcome, population, years * WEEKS_IN_YEAR) for k in (0, 1))
    estimate = bootstrap(share_of_effect, one["people"], one["difference"], other["people"], other["difference"])
    label = f"effect on {OUTCOME[outcome].label}, {when(population, years)}: {arm} as a share of {base}"
    return Reading(label, "share", estimate, **bounds)


def effect_gap(
    runs: Runs,
    arm: str,
    base: str,
    outcome: str,
    population: str = "joined",
    years: int = 2,
    *,
    standard: bool = False,
    **bounds: Any,
) -> Reading:
    """The effect in one arm less that in another."""
    one, other = (same_seeds(runs, arm, base)[k].of(outcome, population, years * WEEKS_IN_YEAR) for k in (0, 1))
    if standard:
        estimate = bootstrap(standardised_gap, *(sums[name] for sums in (one, other) for name in SMD_COLUMNS))
    else:
        estimate = bootstrap(gap, one["people"], one["difference"], other["people"], other["difference"])
    label = f"effect on {OUTCOME[outcome].label}, {when(population, years)}: {arm} less {base}"
    return Reading(label, SD if standard else OUTCOME[outcome].unit, estimate, **bounds)


def twin_change(runs: Runs, arm: str, outcome: str, population: str, years: int = 2, **bounds: Any) -> Reading:
    """How the twins without a group changed since before, in standard deviations: what they would say of themselves."""
    whole = effect(runs, arm, outcome, population, years, standard=True)
    assert whole.twin_change is not None
    label = f"without a group: change of {OUTCOME[outcome].label} since before, {when(population, years)}, {arm}"
    return Reading(label, SD, whole.twin_change, decides=False, **bounds)


def people(
    runs: Runs,
    arm: str,
    years: int,
    population: str,
    some: Callable[[dict[str, np.ndarray]], tuple[np.ndarray, np.ndarray]],
) -> Estimate:
    """A share of people, person by person.

    Args:
        runs: by arm.
        arm: which.
        years: when.
        population: "joined" or "regulars".
        some: takes columns as in ``compare.paired.Pair.people``; gives bool[people]: who counts, who of them has it.
    """
    counted, having = people_columns(runs[arm], years, population, some)
    return proportion(counted, having)


def people_columns(
    paired: Paired, years: int, population: str, some: Callable[[dict[str, np.ndarray]], tuple[np.ndarray, np.ndarray]]
) -> tuple[np.ndarray, np.ndarray]:
    """float64[runs] each: how many people count in each run, and how many of them have it."""
    h = paired.rows.index(years * WEEKS_IN_YEAR // EVERY)
    sums = np.zeros((2, paired.runs))
    for k, part in enumerate(paired.parts):
        chosen = part.people["horizon"] == h
        if population == "regulars":
            chosen = chosen & part.people["regular"]
        counts, has = some({name: column[chosen] for name, column in part.people.items()})
        sums[:, k] = counts.sum(), (counts & has).sum()
    return sums[0], sums[1]


def group_columns(paired: Paired, name: str, years: int) -> tuple[np.ndarray, np.ndarray]:
    """float64[runs] each: groups that have the measure, and its value in them."""
    values = paired.group(name)[:, paired.rows.index(years * WEEKS_IN_YEAR // EVERY)]
    return (~np.isnan(values)).astype(float), np.nan_to_num(values)


def measure(runs: Runs, arm: str, name: str, years: int = 2, **bounds: Any) -> Reading:
    """A measure of the group, mean over those groups that have it."""
    count, total = group_columns(runs[arm], name, years)
    words, unit = GROUP_MEASURES[name]
    estimate = proportion(count, total) if name == "open" else bootstrap(mean_of, total, count)
    return Reading(f"{words}, year {years}, {arm}", unit, estimate, **bounds)


def measure_gap(runs: Runs, arm: str, base: str, name: str, years: int = 2, **bounds: Any) -> Reading:
    """A measure of the group in one arm less in another."""
    one, other = (group_columns(paired, name, years) for paired in same_seeds(runs, arm, base))
    words, unit = GROUP_MEASURES[name]
    return Reading(f"{words}, year {years}: {arm} less {base}", unit, bootstrap(gap, *one, *other), **bounds)


def measure_share(runs: Runs, arm: str, base: str, name: str, years: int = 2, **bounds: Any) -> Reading:
    """A measure of the group in one arm as a share of that in another."""
    one, other = (group_columns(paired, name, years) for paired in same_seeds(runs, arm, base))
    label = f"{GROUP_MEASURES[name][0]}, year {years}: {arm} as a share of {base}"
    return Reading(label, "share", bootstrap(share_of_effect, *one, *other), **bounds)


def looked(runs: Runs, arm: str, top: str, bottom: str, label: str, unit: str, **bounds: Any) -> Reading:
    """One look over another, both summed over runs."""
    lived = runs[arm]
    return Reading(f"{label}, {arm}", unit, bootstrap(mean_of, lived.look(top), lived.look(bottom)), **bounds)


def look_gap(runs: Runs, arm: str, base: str, top: str, bottom: str, label: str, unit: str, **bounds: Any) -> Reading:
    """One look over another, in one arm less in another."""
    one, other = same_seeds(runs, arm, base)
    columns = (one.look(bottom), one.look(top), other.look(bottom), other.look(top))
    return Reading(f"{label}: {arm} less {base}", unit, bootstrap(gap, *columns), **bounds)


def within_gap(
    runs: Runs, arm: str, top: str, bottom: str, base_top: str, base_bottom: str, label: str, unit: str, **bounds: Any
) -> Reading:
    """One mean less another in the same arm, such as late less early."""
    lived = runs[arm]
    columns = (lived.look(bottom), lived.look(top), lived.look(base_bottom), lived.look(base_top))
    return Reading(f"{label}, {arm}", unit, bootstrap(gap, *columns), **bounds)


def looks(runs: Runs, arm: str, *names: str) -> Sequence[np.ndarray]:
    """float64[runs] of each look."""
    lived = runs[arm]
    return [lived.look(name) for name in names]


def same_seeds(runs: Runs, arm: str, base: str) -> tuple[Paired, Paired]:
    """Two arms, checked to be about the same towns."""
    one, other = runs[arm], runs[base]
    if one.seeds != other.seeds:
        raise ValueError(f"{arm} and {base} were not lived with the same seeds")
    return one, other


def when(population: str, years: int) -> str:
    """Of whom and when, in words."""
    return f"{WHO[population]}, year {years}"
