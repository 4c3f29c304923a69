"""Interviews whose outcome is known: small towns to live, and groups in which everybody says what was planted."""

from __future__ import annotations

import numpy as np

from analysis.studies.interviews.gap import OUTCOMES, POPULATIONS, SUMS
from analysis.studies.interviews.hold import Interviews, Town
from analysis.studies.interviews.lookback import COLUMNS
from analysis.studies.interviews.worlds import group_of_age
from sim.scenario import load, load_account
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


def small_group(file="groupA", years=1.0, account=None, **changes):
    """One of the paper's kinds, in a small town that it soon reaches."""
    changed = {name.replace("__", ".", 1): value for name, value in changes.items()}
    scenario = load(SCENARIOS / f"{file}.yaml")
    if account is not None:
        scenario = scenario.with_account(load_account(account))
    scenario = scenario.with_values(SMALL | changed)
    called = f", {account}" if account else ""
    return group_of_age(f"group {file[-1]}{called}", scenario.title, scenario.values, years, scenario.account)


def columns(people=4, **told):
    """So many people who all have the same to tell; each state as (before, now), and the twin's now as before."""
    told = NOTHING_TRUE | told
    out = {name: np.zeros(people) for name in COLUMNS}
    for name, value in told.items():
        if isinstance(value, tuple):
            out[f"{name}_before"] = np.full(people, value[0])
            out[f"{name}_now"] = np.full(people, value[1])
            out[f"{name}_twin"] = np.full(people, value[0])
        else:
            out[name] = np.full(people, value)
    return out


def town(seed, told, regulars=4):
    """A town whose group lasted with so many regulars, or (0) has closed."""
    gap = np.zeros((len(POPULATIONS), len(OUTCOMES), len(SUMS)))
    asked = columns(min(regulars, 4), **told)
    return Town(seed, regulars > 0, -1 if regulars else 30, regulars, regulars, 9, asked, gap)


def planted(account, told, groups=20, regulars=4, kind="group A"):
    """Interviews in so many towns, in all of which the same is told."""
    arm = small_group()
    named = type(arm)(f"{kind}, {account}", arm.title, arm.values)
    return Interviews(named, kind, account, [town(k, told, regulars) for k in range(groups)])
