"""The worlds that the interviews are held in, and the twin that is counted from the start of the lead-in.

In every world there is a group: people hear of it, come, meet, talk, ring each other, stay and leave by
the same luck. What differs is what that does to them. Trust in the group, ties and attendance are left
alone, because they decide who is there to be interviewed; who comes and stays differs between worlds
only as far as a person's own states decide it (need, shame, distress).
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

# What is off where only company is left, and why each is needed.
COMPANY_ONLY: dict[str, tuple[Any, str]] = {
    "meeting.strength": (0.0, "no share, heard or told, judged or accepted, moves stigma, understanding or coping; "
                         "nor does helping, nor a label"),
    "group.shared_experience": (0.0, "likeness counts for nothing: ties work on isolation as company alone"),
    "meeting.heard": (0.0, "being heard brings no relief from distress"),
    "meeting.burden": (0.0, "helping does not weigh on the helper"),
    "meeting.mechanics_upset": (0.0, "hearing of mechanics does not upset"),
    "contact.relief": (0.0, "an answered call brings no relief from distress"),
    "episodes.support_days": (0, "support does not keep guilt away after an episode"),
    "episodes.social_influence": (0.0, "hearing of an episode does not work on urges"),
    "episodes.mechanics_influence": (0.0, "hearing of mechanics does not work on urges"),
    "group.breach_prob": (0.0, "no confidence is broken: a breach would add to shame (and take away trust)"),
}  # fmt: skip
ALL_OFF: dict[str, tuple[Any, str]] = {
    **COMPANY_ONLY,
    "ties.isolation_per_tie": (0.0, "ties take away no isolation"),
}
# What is off as well, of mechanisms that only other accounts than the first model have.
OF_OTHER_ACCOUNTS: dict[str, tuple[Any, str]] = {
    "meeting.known": (0.0, "being known beyond the label does not lessen shame"),
    "meeting.labels_talked": (0.0, "talk about labels heals no hurt"),
    "meeting.alike": (0.0, "hearing people alike does not lessen perceived difference"),
    "meeting.unlike": (0.0, "hearing people quite unlike does not add to it"),
    "meeting.pass_on": (0.0, "no way of coping is passed on"),
    "meeting.advice": (0.0, "nor by advice"),
    "meeting.assured_eases": (0.0, "nobody counts on the next meeting"),
    "meeting.let_down": (0.0, "nobody is let down by a meeting that is not held"),
    "meeting.broken": (0.0, "nor by a group that ends"),
    "meeting.insight_hurts": (0.0, "no insight hurts"),
    "meeting.guilt_judged": (0.0, "no judgement adds to guilt"),
    "episodes.misfit": (0.0, "no way taken over from others upsets"),
    "clinician.help_seeking": (0.0, "a clinician changes no contacts with services"),
    "contact.earlier_with_insight": (0.0, "insight makes nobody ring earlier"),
    "episodes.guilt_eased": (0.0, "support eases no guilt"),
}
WORLDS: dict[str, dict[str, tuple[Any, str]]] = {
    "on": {},
    "company": {**COMPANY_ONLY, **OF_OTHER_ACCOUNTS},
    "off": {**ALL_OFF, **OF_OTHER_ACCOUNTS},
}
WORLD_TITLES = {
    "on": "all effects on",
    "company": "company only",
    "off": "every effect off",
    "twins": "twins: same people, no group",
}


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


def values_in(group: Arm, world: str, seed: int) -> dict[str, Any]:
    """Parameters of this kind of group in a world of WORLDS."""
    return {**group.values, **{name: value for name, (value, _) in WORLDS[world].items()}, "run.seed": seed}


def live_in(group: Arm, world: str, seed: int) -> Life:
    """Live a group in a world up to the interview."""
    life = Life(values_in(group, world, seed), history_every=EVERY)
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
