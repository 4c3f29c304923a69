"""Small towns for the tests of the page."""

from __future__ import annotations

from functools import cache

from sim.scenario import load
from tests.builders import SCENARIOS
from view.choices import Choices
from view.lives import TwinLives

SMALL = {"people.residents": 60, "run.weeks": 80, "run.lead_in_weeks": 10}


def choices_of(name, **settings):
    changes = {**SMALL, **{key.replace("__", "."): value for key, value in settings.items()}}
    return Choices(scenario=load(SCENARIOS / f"{name}.yaml").with_values(changes))


def lived(name="groupA", weeks=60, **settings):
    """Two lives after some weeks; each caller has them to itself."""
    lives = TwinLives(choices=choices_of(name, **settings))
    for _ in range(weeks):
        lives.step()
    return lives


@cache
def group_b():
    """Group B with much going on, for tests that only look."""
    return lived("groupB", 80, run__seed=3, joining__publicity_per_year=3.0)
