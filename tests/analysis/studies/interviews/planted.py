"""Interviews whose outcome is known: small towns to live, and groups in which everybody says what was planted."""

from __future__ import annotations

import numpy as np

from analysis.studies.interviews.gap import OUTCOMES, POPULATIONS, SUMS
from analysis.studies.interviews.hold import GroupSeen, Interviews, Town
from analysis.studies.interviews.lookback import COLUMNS
from analysis.studies.interviews.worlds import WORLDS, group_of_age
from sim.scenario import load
from tests.builders import SCENARIOS

SMALL = {
    "people.residents": 30,
    "run.lead_in_weeks": 8,
    "joining.visit_per_year": 6.0,
    "joining.publicity_per_year": 2.0,
}
EVERYTHING_TRUE = {
    "isolation": (0.8, 0.3), "stigma": (0.8, 0.3), "understanding": (0.2, 0.6), "coping": (0.2, 0.6),
    "got_through": (0.4, 0.8), "episodes": (50.0, 10.0), "told_outside": (0.0, 2.0), "distress": (0.4, 0.2),
    "strongest_tie": 0.9, "mean_tie": 0.5, "contacts": 100.0, "judged": 0.0, "helped": 20.0,
}  # fmt: skip
NOTHING_TRUE = {
    "isolation": (0.5, 0.5), "stigma": (0.5, 0.5), "understanding": (0.3, 0.3), "coping": (0.3, 0.3),
    "got_through": (0.5, 0.5), "episodes": (20.0, 20.0), "told_outside": (1.0, 1.0), "distress": (0.3, 0.3),
    "strongest_tie": 0.1, "mean_tie": 0.1, "contacts": 0.0, "judged": 0.5, "helped": 0.0,
}  # fmt: skip


def small_group(file="groupA", years=1.0, **changes):
    """One of the paper's kinds, in a small town that it soon reaches."""
    changed = {name.replace("__", ".", 1): value for name, value in changes.items()}
    scenario = load(SCENARIOS / f"{file}.yaml").with_values(SMALL | changed)
    return group_of_age(f"group {file[-1]}", scenario.title, scenario.values, years)


def columns(people=4, twin=NOTHING_TRUE, **told):
    """So many people who all have the same to tell; each state as (before, now)."""
    told = NOTHING_TRUE | told
    out = {name: np.zeros(people) for name in COLUMNS}
    for name, value in told.items():
        if isinstance(value, tuple):
            out[f"{name}_before"] = np.full(people, value[0])
            out[f"{name}_now"] = np.full(people, value[1])
            out[f"{name}_twin"] = np.full(people, value[0] + twin[name][1] - twin[name][0])
        else:
            out[name] = np.full(people, value)
    return out


def seen(told, regulars=4):
    """A group that lasted with so many regulars, or (0) that closed."""
    asked = min(regulars, 4)
    return GroupSeen(regulars > 0, -1 if regulars else 30, regulars, regulars, 9, columns(asked, **told))


def planted(on, off, groups=20, regulars=4, name="group A"):
    """Interviews in so many towns; what is told in a world is the same in all of them."""
    told = {"on": on, "company": off, "off": off}
    assert set(told) == set(WORLDS)
    gap = np.zeros((len(POPULATIONS), len(OUTCOMES), len(SUMS)))
    towns = [Town(k, {world: seen(told[world], regulars) for world in told}, gap) for k in range(groups)]
    arm = small_group()
    return Interviews(type(arm)(name, arm.title, arm.values), towns)
