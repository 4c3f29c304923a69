"""Towns and groups that are given, not lived, so that what is read off them is known beforehand."""

from __future__ import annotations

import numpy as np

from analysis.studies.patterns.looks import TIES, YEARLY, GroupLife, Residents, looks_of, slow_states, traits_asked

LOOKS = looks_of({"run.lead_in_weeks": 52, "run.weeks": 624})


def residents(rng, n=60, looks=LOOKS, **given):
    """A town of so many who stay for ever; everything independent of everything, but for the arrays given."""
    days = 7.0 * (np.array(looks)[:, None] - looks[0]) * np.ones(n)
    states = {name: given.pop(name, np.tile(rng.uniform(size=n), (len(looks), 1))) for name in slow_states()}
    rate, level = given.pop("rate", rng.uniform(0, 0.1, n)), given.pop("distress", rng.uniform(size=n))
    traits = {name: rng.uniform(size=n) for name in traits_asked()} | given
    return Residents(looks, np.full(n, np.inf), traits, states, days, days * level, np.floor(days * rate))


def group(weeks, reason=0, years=12, **given):
    """A group that lived so long, and in which nothing happened but what is given for each year."""
    yearly = {name: np.zeros(years) for name in YEARLY}
    yearly["open_weeks"] = np.clip(weeks - 52 * np.arange(years), 0, 52).astype(float)
    yearly |= {name: np.full(years, value, float) for name, value in given.items() if name != "ties"}
    return GroupLife(weeks, reason, yearly, np.tile(given.get("ties", np.zeros(1 + len(TIES))), (years, 1)))
