"""Small arms for tests of comparisons: few people who come and go a lot, so that two years are enough to see all."""

from __future__ import annotations

import dataclasses
from itertools import product

import numpy as np

from analysis.compare.arms import Arm
from analysis.compare.comparison import Paired
from analysis.compare.effects import all_tables
from analysis.compare.outcomes import OUTCOMES, POPULATIONS
from analysis.compare.paired import COURSE, COURSE_FROM, COURSE_TO, SUMS, Pair
from analysis.compare.panel import FROM_WEEKS, OTHERS, STATES, TOTALS, Panel, live_panel
from analysis.studies.compare.study import CompareStudy, Comparison
from sim.parameters import defaults
from sim.state import TRAITS, records
from tests.builders import PLAIN_TRAITS, small_values

LIVELY = {
    "people__residents": 16, "run__weeks": 112, "run__lead_in_weeks": 8, "people__mean_stay_years": 4.0,
    "people__women": 0.8, "people__service_users": 0.7, "joining__publicity_per_year": 1.0,
    "joining__visit_per_year": 3.0,
}  # fmt: skip
RUNS = 5


def arm(name="groupA", title="", **changes):
    """A scenario of this house as a small arm; ``changes`` as section__parameter=value."""
    return Arm(name, title or f"Title of {name}", small_values(name, **(LIVELY | changes)), f"What of {name}?")


def comparison_of(found, tables=None, asked=None):
    """Paired runs as what the study of a comparison found, of so many runs that were asked for."""
    finished = next(iter(found.values())).runs
    study = CompareStudy([one.arm for one in found.values()], 1, asked or finished, {"precision": 0.05})
    return Comparison(study, tables or all_tables(found), finished, found)


def life_and_twin(one, seed=1):
    """Panels of one arm and its twin, each lived for itself."""
    return tuple(live_panel({**world.values, "run.seed": seed}) for world in (one, one.twin))


def same_people(one, other):
    """The names of what differs between two panels' people, to the last bit."""
    return [name for name in one.people if one.people[name].tobytes() != other.people[name].tobytes()]


def hand_made(rows=14, people=2, values=None, **arrays):
    """A panel in which nothing happens, but for the arrays given; everybody lives there all the time."""
    traits = records(TRAITS, people)
    for name, value in PLAIN_TRAITS.items():
        traits[name] = value
    traits.id = np.arange(people)
    values = defaults() | {"run.weeks": (rows - 1) * 4, "run.lead_in_weeks": 0} | (values or {})
    kept = {name: np.zeros((rows, people)) for name in (*STATES, *TOTALS, *OTHERS)}
    kept["resident"] = np.ones((rows, people), bool)
    kept["first_joined_week"] = np.full((rows, people), -1)
    kept["days_lived"] = 28.0 * np.arange(rows)[:, None] * np.ones(people)
    kept |= arrays
    weeks = {name: np.zeros(values["run.weeks"]) for name in FROM_WEEKS}
    return Panel(values, traits, kept, weeks, (), np.zeros((0, people)), np.zeros((0, people), int), np.zeros(0), -1, 0)


def planted(differences, twins, name="planted", rows=(13,)):
    """An arm whose people are given: for each run an array of differences and one of twins' values.

    The same numbers for every outcome, population and time.
    """
    paired = Paired(arm(name="groupA", title=name), list(rows))
    paired = dataclasses.replace(paired, arm=dataclasses.replace(paired.arm, name=name))
    for seed, (difference, twin) in enumerate(zip(differences, twins, strict=True), start=1):
        life = twin + difference
        row = {
            "people": len(twin), "life": life.sum(), "life_squared": (life**2).sum(), "twin": twin.sum(),
            "twin_squared": (twin**2).sum(), "difference": difference.sum(),
            "difference_squared": (difference**2).sum(), "with_before": len(twin), "before": twin.sum(),
            "before_squared": (twin**2).sum(), "life_change": difference.sum(), "twin_change": 0.0,
            "gained": (difference > 0).sum(), "lost": (difference < 0).sum(),
        }  # fmt: skip
        sums = np.zeros((len(POPULATIONS), len(rows), len(OUTCOMES), len(SUMS)))
        sums[:] = [row[sum_] for sum_ in SUMS]
        came = {
            "horizon": np.zeros(0, int),
            "id": np.zeros(0, int),
            "regular": np.zeros(0, bool),
            "since_weeks": np.zeros(0),
        }
        came |= {f"{o.name}_{what}": np.zeros(0) for o, what in product(OUTCOMES, ("before", "life", "twin"))}
        course = np.zeros((len(COURSE), COURSE_TO - COURSE_FROM + 1, 3))
        group = {name: np.ones(len(rows)) for name in
                 ("open", "members", "regulars", "attendance", "ever_came", "tie_mean", "regular_tie")}  # fmt: skip
        yardstick = np.tile([len(twin), twin.sum(), (twin**2).sum()], (len(OUTCOMES), 1))
        paired.add(seed, Pair(sums, came, course, group, -1, 0, yardstick))
    return paired
