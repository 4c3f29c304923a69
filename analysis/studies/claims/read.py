"""What can be read off the runs, each with its interval from drawing runs anew.

Each function here makes an estimand, to be given its bounds where a claim sets any:
``effect("groupA", "isolation", "regulars", standard=True).at_most(-0.2)``. Every statistic is made from sums over
runs. Arms of one estimand were lived with the same seeds, and are drawn together: a contrast of two arms is a
contrast on the same people with the same lives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from analysis.compare.comparison import Paired
from analysis.compare.estimate import LEVEL, Estimate, bootstrap, glass, mean_of
from analysis.compare.outcomes import DAYS_IN_YEAR, GROUP_MEASURES, OUTCOME
from analysis.compare.paired import YARDSTICK
from analysis.compare.panel import EVERY
from analysis.compare.tails import NoneSeen
from analysis.studies.claims.asked import COUNTED, GAP, SHARE, Asked, of_groups, of_people, of_totals_of, summary_of
from analysis.studies.claims.declare import Estimand, Reading, Runs, figure_of
from analysis.studies.claims.statistics import (
    finite,  # noqa: F401 - claims take all statistics from here
    gap,
    own_standard_change,
    own_standard_effect,
    said,
    share_of_effect,
    slope_of,  # noqa: F401
    standard_gap,
)
from sim.relations import WEEKS_IN_YEAR

WHO = {"joined": "all who ever came", "regulars": "regulars"}
SPREAD_COLUMNS = ("people", "life", "life_squared", "twin", "twin_squared")
SD, OWN_SD = "standard deviations of the eligible", "standard deviations of these people"
Columns = dict[str, np.ndarray]
Chosen = Callable[[Columns], tuple[np.ndarray, np.ndarray]]


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
    return Estimate(estimate.value, low, high, estimate.runs, tails=NoneSeen(estimate.value, some))


def never_differing(sums: dict[str, np.ndarray]) -> Estimate:
    """What a count may differ by that differed in nobody: one event a year in as many runs as may be unseen."""
    runs = int((sums["people"] > 0).sum())
    most = none_seen(float(runs))
    return Estimate(0.0, -most, most, runs, tails=NoneSeen(0.0, runs))


def effect(
    arm: str, outcome: str, population: str = "joined", years: int = 2, *, standard: bool = False, own: bool = False
) -> Estimand:
    """A paired difference, with the group minus without, with the change since before and the twin's beside it.

    Args:
        arm: name of the arm.
        outcome: a name of ``analysis.compare.outcomes.OUTCOMES``.
        population: "joined" or "regulars".
        years: when, after the opening.
        standard: in standard deviations of everyone eligible before joining; else in the outcome's unit.
        own: in standard deviations of these people themselves, pooled over both worlds, which are narrower the more
            alike they are.
    """

    def read(runs: Runs) -> Reading:
        sums = runs[arm].of(outcome, population, years * WEEKS_IN_YEAR)
        if standard or own:
            spread = [sums[name] for name in (SPREAD_COLUMNS if own else YARDSTICK)]
            of_all = [sums["people"], sums["difference"], *(spread[1:] if own else spread)]
            estimate = bootstrap(own_standard_effect if own else glass, *of_all, beside=len(of_all) - 2)
            by, beside = own_standard_change if own else glass, len(spread)
            life, twin = (
                bootstrap(by, sums["with_before"], sums[f"{who}_change"], *spread, beside=beside)
                for who in ("life", "twin")
            )
        else:
            estimate = bootstrap(mean_of, sums["difference"], sums["people"])
            life, twin = (
                bootstrap(mean_of, sums[name], sums["with_before"]) for name in ("life_change", "twin_change")
            )
            if OUTCOME[outcome].per == DAYS_IN_YEAR and sums["people"].any() and not sums["difference_squared"].any():
                estimate = never_differing(sums)
        label = f"{OUTCOME[outcome].label}, {when(population, years)}, {arm}: with the group minus without"
        seen, people = int(sums["with_before"].sum()), int(sums["people"].sum())
        if seen < people:  # what is counted over a year has no "before" for founders
            label += f" (changes since before: of the {seen} of {people} people seen before coming)"
        return Reading(
            label, OWN_SD if own else unit_of(outcome, standard), estimate, life_change=life, twin_change=twin
        )

    asked = of_people((arm,), outcome, population, years, summary_of(standard, own))
    return Estimand((arm,), read, asked=asked)


def effect_share(
    arm: str, base: str, outcome: str, population: str = "joined", years: int = 2, *, stratum: str = ""
) -> Estimand:
    """The effect in one arm as a share of that in another.

    Args:
        arm: name of the one.
        base: name of the other.
        outcome: as for ``effect``.
        population: the same.
        years: the same.
        stratum: the arm by whose life it is said who they are; these people are looked at in both. Of regulars it is
            ``base``, if not given: each arm's own would be other people. Of all who ever came each arm has its own.
    """
    under = _stratum(population, base, stratum)
    label = f"effect on {OUTCOME[outcome].label}, {of_whom(population, years, under)}: {arm} as a share of {base}"

    def share(runs: Runs) -> Estimate:
        pairs = _pairs(runs, arm, base, outcome, population, years, under)
        return bootstrap(share_of_effect, *(sums[name] for sums in pairs for name in ("people", "difference")))

    asked = of_people((arm, base), outcome, population, years, SHARE, under=under)
    return figure_of(label, "share", _arms(arm, base, under), share, asked, under)


def effect_gap(
    arm: str,
    base: str,
    outcome: str,
    population: str = "joined",
    years: int = 2,
    *,
    standard: bool = False,
    stratum: str = "",
) -> Estimand:
    """The effect in one arm less that in another.

    Args:
        arm: name of the one.
        base: name of the other.
        outcome: as for ``effect``.
        population: the same.
        years: the same.
        standard: the same; one yardstick for both, of everyone eligible in ``base``.
        stratum: as for ``effect_share``.
    """
    under = _stratum(population, base, stratum)
    label = f"effect on {OUTCOME[outcome].label}, {of_whom(population, years, under)}: {arm} less {base}"

    def less(runs: Runs) -> Estimate:
        pairs = _pairs(runs, arm, base, outcome, population, years, under)
        columns = [sums[name] for sums in pairs for name in ("people", "difference")]
        if standard:
            columns += [pairs[1][name] for name in YARDSTICK]
        return bootstrap(standard_gap if standard else gap, *columns, beside=len(YARDSTICK) if standard else 0)

    asked = of_people((arm, base), outcome, population, years, summary_of(standard, False, GAP), under=under)
    return figure_of(label, unit_of(outcome, standard), _arms(arm, base, under), less, asked, under)


def _stratum(population: str, base: str, stratum: str) -> str:
    return stratum or (base if population == "regulars" else "")


def _arms(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _pairs(runs: Runs, arm: str, base: str, outcome: str, population: str, years: int, under: str) -> list[Columns]:
    """Sums in two arms, of the people of each or of those of one of them in both."""
    week = years * WEEKS_IN_YEAR
    return [lived.of(outcome, population, week, under) for lived in same_seeds(runs, arm, base)]


def twin_change(arm: str, outcome: str, population: str, years: int = 2) -> Estimand:
    """How the twins without a group changed since before, standardised: what they would say of themselves."""
    label = f"without a group: change of {OUTCOME[outcome].label} since before, {when(population, years)}, {arm}"
    with_group = effect(arm, outcome, population, years, standard=True)

    def read(runs: Runs) -> Reading:
        change = with_group(runs).twin_change
        assert change is not None
        return Reading(label, SD, change)

    asked = replace(with_group.asked, contrast=f"now against before coming, of the twins of {arm}, without a group")
    return Estimand((arm,), read, asked=asked)


def share_of_people(
    words: str, chosen: Chosen, arm: str = "groupA", population: str = "regulars", years: int = 2
) -> Estimand:
    """A share of people, person by person.

    Args:
        words: what they have.
        chosen: takes columns as in ``compare.paired.Pair.people``; gives bool[people]: who counts, who of them has it.
        arm: name of the arm.
        population: "joined" or "regulars".
        years: when, after the opening.
    """

    def share(runs: Runs) -> Estimate:
        return proportion(*people_columns(runs[arm], years, population, chosen))

    unit = "share of people"
    asked = of_people((arm,), words, population, years, unit)
    return figure_of(f"{words}, {when(population, years)}, {arm}", unit, (arm,), share, asked)


def people_columns(paired: Paired, years: int, population: str, chosen: Chosen) -> tuple[np.ndarray, np.ndarray]:
    """float64[runs] each: how many people count in each run, and how many of them have it."""
    towns = [chosen(columns) for columns in people_of_towns(paired, years, population)]
    sums = np.array([(counts.sum(), (counts & has).sum()) for counts, has in towns], float).reshape(-1, 2)
    return sums[:, 0], sums[:, 1]


def people_of_towns(paired: Paired, years: int, population: str) -> Iterator[Columns]:
    """The columns of ``Pair.people`` for each run: those who came, or the regulars of them, at a time."""
    h = paired.rows.index(years * WEEKS_IN_YEAR // EVERY)
    for part in paired.parts:
        some = part.people["horizon"] == h
        if population == "regulars":
            some = some & part.people["regular"].astype(bool)
        yield {name: column[some] for name, column in part.people.items()}


def group_columns(paired: Paired, name: str, years: int) -> tuple[np.ndarray, np.ndarray]:
    """float64[runs] each: groups that have the measure, and its value in them."""
    values = paired.group(name)[:, paired.rows.index(years * WEEKS_IN_YEAR // EVERY)]
    return (~np.isnan(values)).astype(float), np.nan_to_num(values)


def measure(arm: str, name: str, years: int = 2) -> Estimand:
    """A measure of the group, mean over those groups that have it."""
    words, unit = GROUP_MEASURES[name]

    def over_groups(runs: Runs) -> Estimate:
        count, total = group_columns(runs[arm], name, years)
        return proportion(count, total) if name == "open" else bootstrap(mean_of, total, count)

    asked = of_groups((arm,), name, years, "mean over groups")
    return figure_of(f"{words}, year {years}, {arm}", unit, (arm,), over_groups, asked)


def measure_gap(arm: str, base: str, name: str, years: int = 2) -> Estimand:
    """A measure of the group in one arm less in another."""
    words, unit = GROUP_MEASURES[name]
    return _of_groups(f"{words}, year {years}: {arm} less {base}", unit, gap, arm, base, name, years)


def measure_share(arm: str, base: str, name: str, years: int = 2) -> Estimand:
    """A measure of the group in one arm as a share of that in another."""
    label = f"{GROUP_MEASURES[name][0]}, year {years}: {arm} as a share of {base}"
    return _of_groups(label, "share", share_of_effect, arm, base, name, years)


def _of_groups(
    label: str, unit: str, statistic: Callable[..., np.ndarray], arm: str, base: str, name: str, years: int
) -> Estimand:
    def of_both(runs: Runs) -> Estimate:
        one, other = (group_columns(paired, name, years) for paired in same_seeds(runs, arm, base))
        return bootstrap(statistic, *one, *other)

    summary = SHARE if statistic is share_of_effect else GAP
    return figure_of(label, unit, (arm, base), of_both, of_groups((arm, base), name, years, summary))


def totals(arm: str, *names: str) -> list[tuple[str, str]]:
    """Totals of an arm, each as (arm, name); see ``analysis.studies.claims.totals``."""
    return [(arm, name) for name in names]


def of_totals(
    label: str,
    unit: str,
    statistic: Callable[..., np.ndarray],
    *columns: tuple[str, str],
    counts: tuple[str, ...] = (),
    asked: Asked | None = None,
) -> Estimand:
    """Any statistic of totals.

    Args:
        label: what is read.
        unit: what it is measured in.
        statistic: takes the totals in this order, each float64[...] summed over runs.
        *columns: (arm, name) of each.
        counts: names of those that others are divided by; if not given, all of which it is known who they count.
        asked: what is asked, where that does not follow from the totals.
    """
    arms = tuple(dict.fromkeys(arm for arm, _ in columns))
    counts = counts or tuple(dict.fromkeys(name for _, name in columns if name in COUNTED))
    words = f"{label} ({unit})"
    asked = asked or of_totals_of(arms, counts, words, said(statistic), names=tuple(name for _, name in columns))

    def of_these(runs: Runs) -> Estimate:
        same_seeds(runs, *arms)
        return bootstrap(statistic, *(runs[arm].total(name) for arm, name in columns))

    return figure_of(label, unit, arms, of_these, asked)


def mean(arm: str, total: str, count: str, label: str, unit: str = "0-1") -> Estimand:
    """One total over another."""
    return of_totals(f"{label}, {arm}", unit, mean_of, *totals(arm, total, count), counts=(count,))


def mean_gap(arm: str, base: str, total: str, count: str, label: str, unit: str = "0-1") -> Estimand:
    """One total over another, in one arm less in another."""
    columns = (*totals(arm, count, total), *totals(base, count, total))
    return of_totals(f"{label}: {arm} less {base}", unit, gap, *columns, counts=(count,))


def mean_gap_within(
    arm: str, total: str, count: str, base_total: str, base_count: str, label: str, unit: str = "0-1"
) -> Estimand:
    """One mean less another in the same arm, such as late less early."""
    columns = totals(arm, count, total, base_count, base_total)
    return of_totals(f"{label}, {arm}", unit, gap, *columns, counts=tuple(dict.fromkeys((count, base_count))))


def with_changes(estimand: Estimand, arm: str, life: str, twin: str, count: str) -> Estimand:
    """An estimand of totals, with the change since before and the twins' beside it, as means of totals too."""

    def read(runs: Runs) -> Reading:
        people = runs[arm].total(count)
        changes = [bootstrap(mean_of, runs[arm].total(name), people) for name in (life, twin)]
        return replace(estimand.read(runs), life_change=changes[0], twin_change=changes[1])

    return replace(estimand, read=read)


def same_seeds(runs: Runs, *arms: str) -> list[Paired]:
    """Some arms, checked to be about the same towns.

    Raises:
        ValueError: if they are not.
    """
    lived = [runs[arm] for arm in arms]
    for name, one in zip(arms, lived, strict=True):
        if one.seeds != lived[0].seeds:
            raise ValueError(f"{name} and {arms[0]} were not lived with the same seeds")
    return lived


def unit_of(outcome: str, standard: bool) -> str:
    """Unit of an effect on an outcome."""
    return SD if standard else OUTCOME[outcome].unit


def when(population: str, years: int) -> str:
    """Of whom and when, in words."""
    return f"{WHO[population]}, year {years}"


def of_whom(population: str, years: int, under: str) -> str:
    """The same, and by which arm it is said who they are."""
    return f"{WHO[population]} of {under}, year {years}" if under else when(population, years)
