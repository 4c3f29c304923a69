"""Figures person by person: who does better than the own twin, by which signs, and who would say so when asked.

Each function takes the columns of people who came, as in ``analysis.compare.paired.Pair.people``.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from analysis.compare.comparison import Paired
from analysis.compare.estimate import Estimate, bootstrap, mean_of
from analysis.compare.tails import NoneSeen
from analysis.studies.claims.asked import PER_PERSON, of_people
from analysis.studies.claims.declare import Estimand, Runs, figure_of
from analysis.studies.claims.read import Chosen, Columns, finite, none_seen, people_of_towns, when
from sim.parameters.mechanisms import in_effect
from sim.relations import WEEKS_IN_YEAR

FALL = 0.8  # of what it was before: a fall of 20 % or more
# On a scale of 0 to 1: a fifth of the standard deviation of coping to begin with, which is 0.2 (people.coping_a and
# _b), small by Cohen's reckoning. A smaller difference from the twin is a tie.
MATTERS = 0.04
PerPerson = Callable[[Columns], np.ndarray]


def sums_over_people(
    paired: Paired, years: int, population: str, *per_person: PerPerson
) -> tuple[np.ndarray, list[np.ndarray]]:
    """float64[runs] each: how many people have all the values, and the sums of these.

    Args:
        paired: the runs of one arm.
        years: when, after the opening.
        population: "joined" or "regulars".
        *per_person: each takes the columns and gives float64[people], NaN where somebody has no value.
    """
    count, sums = np.zeros(paired.runs), [np.zeros(paired.runs) for _ in per_person]
    for k, columns in enumerate(people_of_towns(paired, years, population)):
        values = [of(columns) for of in per_person]
        known = ~np.isnan(np.array(values)).any(axis=0)
        count[k] = known.sum()
        for total, value in zip(sums, values, strict=True):
            total[k] = value[known].sum()
    return count, sums


# Episodes.


def less_self_harm(columns: Columns) -> np.ndarray:
    """1 with fewer episodes than the twin, -1 with more, 0 with as many; NaN if not known."""
    return np.sign(columns["episodes_twin"] - columns["episodes_life"])


def lessened_at_all(columns: Columns) -> tuple[np.ndarray, np.ndarray]:
    """Of those whose twin had an episode in the year, who had fewer: nobody can have fewer than none."""
    return columns["episodes_twin"] > 0, columns["episodes_life"] < columns["episodes_twin"]


def without_episode(columns: Columns) -> tuple[np.ndarray, np.ndarray]:
    """Of those whose twin had an episode in the year, who had none."""
    return columns["episodes_twin"] > 0, columns["episodes_life"] == 0


def fell(world: str, to: float = 1.0) -> Chosen:
    """Of those seen for long enough before, whose episodes a year are fewer now than before coming."""

    def chosen(columns: Columns) -> tuple[np.ndarray, np.ndarray]:
        before, now = columns["episodes_before"], columns[f"episodes_{world}"]
        less = (now < before) if to == 1.0 else (now <= to * before) & (before > 0)
        return ~np.isnan(before) & ~np.isnan(now), less

    return chosen


# Managing.


def better_managed(columns: Columns) -> np.ndarray:
    """1 where more signs of managing are better than the twin's than are worse, -1 the other way, 0 where as many.

    The signs: coping; hard days not got through, which are counted over days lived and not over hard days, since the
    group may change how many these are; guilt, where it is a state of its own.
    """
    signs = _sign(columns["coping_life"] - columns["coping_twin"], MATTERS)
    signs = signs + np.sign(_not_got_through(columns, "twin") - _not_got_through(columns, "life"))
    signs = signs + _sign(columns["guilt_twin"] - columns["guilt_life"], MATTERS)
    return np.sign(signs)


def on_balance(columns: Columns) -> np.ndarray:
    """Above 0 for who does better than the twin in episodes and managing together, each of the two counting alike.

    Better in one and worse in the other is a tie. So where a group only shuffles luck, as many are better as worse,
    and never more than half are better; the larger of two shares, or either of the two, could be more than half.
    """
    return less_self_harm(columns) + better_managed(columns)


def better(sign: PerPerson) -> Chosen:
    """Who is better than the twin by one of these signs; as well is not better."""
    return lambda columns: (~np.isnan(sign(columns)), sign(columns) > 0)


def worse(sign: PerPerson) -> Chosen:
    """Who is worse than the twin by one of these signs."""
    return lambda columns: (~np.isnan(sign(columns)), sign(columns) < 0)


def _not_got_through(columns: Columns, world: str) -> np.ndarray:
    """float64[people]: hard days not got through, a week."""
    hard = columns[f"hard_days_{world}"]
    missed: np.ndarray = np.where(hard > 0, hard * (1.0 - columns[f"got_through_{world}"]), hard)
    return np.round(missed, 9)  # counts over days lived: what is the same count is the same


def _sign(difference: np.ndarray, least: float) -> np.ndarray:
    return np.where(np.abs(difference) >= least, np.sign(difference), 0.0 * difference)


# Hiding.


def openness(world: str, insight: float) -> PerPerson:
    """How likely somebody is to answer openly when asked, by the model's own law of openness (see ``sim.rules.tell``).

    Args:
        world: "life" or "twin".
        insight: ``outside.openness_from_insight``, 0 where that mechanism is off.
    """

    def of(columns: Columns) -> np.ndarray:
        return 1.0 - columns[f"stigma_{world}"] * (1.0 - insight * columns[f"understanding_{world}"])

    return of


def open_when_asked(arm: str, population: str = "regulars", years: int = 2) -> Estimand:
    """The chance of answering openly when asked, with the group minus without."""
    label = f"chance of answering openly when asked, {when(population, years)}, {arm}: with the group minus without"

    def less_twin(runs: Runs) -> Estimate:
        insight = in_effect(runs[arm].arm.values)["outside.openness_from_insight"]
        worlds = [openness(world, insight) for world in ("life", "twin")]
        people, (life, twin) = sums_over_people(runs[arm], years, population, *worlds)
        return bootstrap(mean_of, life - twin, people)

    words = "chance of answering openly when asked (0-1)"
    return figure_of(label, "0-1", (arm,), less_twin, of_people((arm,), words, population, years, PER_PERSON))


def told_unasked(arm: str, population: str = "regulars", years: int = 2) -> Estimand:
    """How many times as often somebody outside is told, unasked, as the twin tells somebody."""
    label = f"disclosures outside as a multiple of the twins', {when(population, years)}, {arm}"

    def multiple(runs: Runs) -> Estimate:
        sums = runs[arm].of("told_outside", population, years * WEEKS_IN_YEAR)
        estimate = bootstrap(lambda life, twin: finite(life / twin), sums["life"], sums["twin"])
        towns = float((sums["people"] > 0).sum())
        if estimate.known and not sums["difference_squared"].any():  # as in ``never_differing``, over what twins do
            each = float(sums["people"].sum() / sums["twin"].sum())
            most = none_seen(towns) * each
            estimate = Estimate(1.0, 1.0 - most, 1.0 + most, estimate.runs, tails=NoneSeen(1.0, towns, each))
        return estimate

    summary = "disclosures with the group over those without, each summed over people"
    asked = of_people((arm,), "told_outside", population, years, summary)
    return figure_of(label, "times", (arm,), multiple, asked)
