"""The worlds that the interviews are held in: accounts of how a group works, each with the twins that go with it.

In every world there is a group: people hear of it, come, meet, talk, ring each other, stay and leave by the same luck.
What differs is what that does to them. The account ``nothing``, in which it does nothing to anybody, is what the others
are held against. The twin without a group is counted from the start of the lead-in, for founders look back on it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.compare.arms import Arm
from analysis.compare.panel import EVERY
from sim import draws
from sim.life import Life
from sim.population import make_traits
from sim.problem import Problem
from sim.relations import WEEKS_IN_YEAR
from sim.scenario import Account

REFERENCE = "nothing"


def group_of_age(name: str, title: str, values: dict[str, Any], years: float, account: Account | None = None) -> Arm:
    """A kind of group that is to be interviewed at this age.

    Args:
        name: of the kind, such as "group A".
        title: one line.
        values: every parameter by dotted name.
        years: age; rounded to what is looked at, every four weeks.
        account: the account of how a group works that the values are of, if any.

    Raises:
        Problem: if there would be no group, or the lead-in does not end when everybody is looked at.
    """
    if not values["group.exists"]:
        raise Problem(f"{name}: group.exists is false; there is nobody to interview without a group")
    if values["run.lead_in_weeks"] % EVERY:
        raise Problem(f"run.lead_in_weeks: found {values['run.lead_in_weeks']}, expected a multiple of {EVERY}: "
                      f"interviews look back in steps of {EVERY} weeks")  # fmt: skip
    weeks = max(EVERY, round(years * WEEKS_IN_YEAR / EVERY) * EVERY)
    return Arm(name, title, {**values, "run.weeks": weeks}, account=account)


def live_group(group: Arm, seed: int) -> Life:
    """Live a group up to the interview."""
    life = Life({**group.values, "run.seed": seed}, history_every=EVERY)
    life.live()
    return life


def live_twin(group: Arm, seed: int, every: int = EVERY) -> Life:
    """Live the same people without a group, counting from the start of each one's lead-in.

    The ordinary twin counts episodes and hard days from the opening on, so that founders would have
    nothing to look back on. Here everybody "arrives" when the lead-in begins, which changes no
    life: without a group nothing depends on living in the area. Row k of the history is after
    ``k * every`` weeks of the lead-in.
    """
    lead_in = group.values["run.lead_in_weeks"]
    values = {**group.values, "run.seed": seed, "group.exists": False}
    traits = make_traits(values, draws.key_of_seed(seed))
    traits.arrives_week = traits.arrives_week - lead_in
    counted = {**values, "run.lead_in_weeks": 0, "run.weeks": lead_in + group.values["run.weeks"]}
    life = Life(counted, history_every=every, traits=np.rec.array(traits))
    life.live()
    return life
