"""Everyone who could ever join, as they are before their lives begin.

All of them exist from the first day in every condition with the same seed, each with an id of her
or his own: residents 0, 1, 2, ...; newcomers to the area from 1,000,000 upwards, in the order of
their arrival. A longer run adds people at the end and leaves the others who they are. More residents
mean more arrivals, so newcomers then come sooner; who they are stays the same.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy import special

from sim import draws, purposes
from sim.codes import NUMBERS, PLACES
from sim.compiler import entry_point
from sim.draws import FIRST_DAY, NOBODY
from sim.maths import log_odds, logistic
from sim.parameters.town import arrivals_per_week
from sim.relations import WEEKS_IN_YEAR, average_isolation, average_stigma
from sim.rules.isolate import isolation_goal
from sim.state import CONTACTS, EVENTS, GROUP, PEOPLE, TRAITS, World, dtype_of, records

FIRST_NEWCOMER_ID = 1_000_000
# SciPy's quantiles may differ in the last bits from one version to the next. Nine decimals are more
# than any trait means, and make the same person with every version we support.
DECIMALS = 9
YOUNGEST, OLDEST = 18.0, 75.0
TEENS = (11.0, 19.0)
LATER_ONSET = (20.0, 50.0)
STORY_ENTRIES_PER_PERSON = 12
STORY_ENTRIES_OF_GROUP = 200


@entry_point
def _fill_uniforms(key, ids, purpose, out):
    for k in range(len(ids)):
        out[k] = draws.uniform(key, ids[k], NOBODY, FIRST_DAY, purpose)


def trait_uniforms(key: np.ndarray, ids: np.ndarray, purpose: int) -> np.ndarray:
    """One uniform for each id: float64[n]."""
    out = np.empty(len(ids))
    _fill_uniforms(key, ids, purpose, out)
    return out


def make_traits(values: dict[str, Any], key: np.ndarray) -> np.recarray:
    """Traits of all residents and newcomers: recarray[n] of ``sim.state.TRAITS``.

    Args:
        values: every parameter by dotted name.
        key: from ``draws.key_of_seed``.
    """
    residents = values["people.residents"]
    lead_in = values["run.lead_in_weeks"]
    mean_stay_weeks = values["people.mean_stay_years"] * WEEKS_IN_YEAR
    arrivals = arrivals_per_week(values)
    newcomers = math.ceil(values["run.weeks"] * arrivals)
    ids = np.concatenate([np.arange(residents), FIRST_NEWCOMER_ID + np.arange(newcomers)]).astype(np.int64)

    def u(purpose: int) -> np.ndarray:
        return trait_uniforms(key, ids, purpose)

    def beta(name: str, purpose: int) -> np.ndarray:
        quantile = special.betaincinv(values[f"people.{name}_a"], values[f"people.{name}_b"], u(purpose))
        return np.round(quantile, DECIMALS)

    traits = records(TRAITS, len(ids))
    traits.id = ids
    arrival = np.zeros(len(ids))
    arrival[residents:] = np.arange(newcomers) + u(purposes.TRAIT_ARRIVAL)[residents:]
    arrives = lead_in + np.floor(np.round(arrival / arrivals, DECIMALS)).astype(np.int64)
    traits.arrives_week = arrives
    stay = np.round(-np.log(u(purposes.TRAIT_STAY)) * mean_stay_weeks, DECIMALS)
    traits.departs_week = arrives + 1 + np.floor(stay).astype(np.int64)
    traits.woman = u(purposes.TRAIT_WOMAN) < values["people.women"]
    traits.service_user = u(purposes.TRAIT_SERVICE_USER) < values["people.service_users"]
    traits.isolation_set = beta("isolation", purposes.TRAIT_ISOLATION)
    traits.stigma_set = beta("stigma", purposes.TRAIT_STIGMA)
    traits.understanding_set = beta("understanding", purposes.TRAIT_UNDERSTANDING)
    traits.coping_set = beta("coping", purposes.TRAIT_COPING)
    traits.baseline_distress = beta("distress", purposes.TRAIT_DISTRESS)
    traits.outside_support = beta("support", purposes.TRAIT_SUPPORT)
    traits.responsiveness = beta("responsiveness", purposes.TRAIT_RESPONSIVENESS)
    traits.position = beta("position", purposes.TRAIT_POSITION)
    traits.barrier = beta("barrier", purposes.TRAIT_BARRIER)
    traits.hard_day_threshold = beta("threshold", purposes.TRAIT_THRESHOLD)
    shape, mean = values["people.episode_rate_shape"], values["people.episode_rate_mean"]
    rate = special.gammaincinv(shape, u(purposes.TRAIT_EPISODE_RATE)) * (mean / shape)
    traits.episode_rate = np.round(rate, DECIMALS)
    traits.age = YOUNGEST + (OLDEST - YOUNGEST) * beta("age", purposes.TRAIT_AGE)
    traits.onset_age = np.minimum(_onset(u(purposes.TRAIT_ONSET), values["people.onset_in_teens"]), traits.age)
    _fill_log_odds(traits.baseline_distress, traits.baseline_log_odds)
    return traits


@entry_point
def _fill_log_odds(proportions, out):
    for i in range(len(out)):
        out[i] = log_odds(proportions[i])


def _onset(u: np.ndarray, in_teens: float) -> np.ndarray:
    """Age of onset: in the teens with this probability, else later, even within each span."""
    early = TEENS[0] + (TEENS[1] - TEENS[0]) * u / max(in_teens, 1e-9)
    late = LATER_ONSET[0] + (LATER_ONSET[1] - LATER_ONSET[0]) * (u - in_teens) / max(1.0 - in_teens, 1e-9)
    return np.round(np.where(u < in_teens, early, late), DECIMALS)


def make_world(params: np.recarray, traits: np.recarray, key: np.ndarray, keep_contacts: bool = False) -> World:
    """A world on the first day of the lead-in. The traits are shared, not copied."""
    n = len(traits)
    pairs = n if keep_contacts else 0
    world = World(
        key=key,
        params=params,
        traits=traits,
        people=records(PEOPLE, n),
        group=records(GROUP, 1),
        ties=np.zeros((n, n)),
        hours=np.zeros((n, n)),
        contacts=np.zeros((pairs, pairs), dtype=dtype_of(CONTACTS)).view(np.recarray),
        circle=np.zeros(n, dtype=np.int64),
        events=records(EVENTS, STORY_ENTRIES_PER_PERSON * n + STORY_ENTRIES_OF_GROUP),
        places=np.zeros((PLACES, n), dtype=np.int64),
        numbers=np.zeros((NUMBERS, n)),
    )
    _begin_lives(world)
    return world


@entry_point
def _begin_lives(world):
    """Each person's first day: states at their set points, luck at its long-run distribution."""
    p = world.params[0]
    world.group[0].opening_week = p.run_lead_in_weeks
    for i in range(len(world.people)):
        who, me = world.traits[i], world.people[i]
        me.stressor = draws.normal(world.key, who.id, NOBODY, FIRST_DAY, purposes.START_STRESSOR)
        me.circumstances = draws.normal(world.key, who.id, NOBODY, FIRST_DAY, purposes.START_CIRCUMSTANCES)
        me.stigma = who.stigma_set * p.outside_public_stigma
        me.understanding = who.understanding_set
        me.coping = who.coping_set
        me.trust = p.meeting_trust_start
        me.energy = 1.0
        me.decline = 1.0
        me.isolation = isolation_goal(world, i)
        mean = (
            who.baseline_log_odds
            + p.life_distress_from_isolation * (me.isolation - average_isolation(world))
            + p.life_distress_from_stigma * (me.stigma - average_stigma(world))
            + p.life_distress_from_stressor * me.stressor
        )
        shock = draws.normal(world.key, who.id, NOBODY, FIRST_DAY, purposes.START_DISTRESS)
        me.distress_log_odds = mean + p.life_distress_sd * shock
        me.distress = logistic(me.distress_log_odds)
        me.distress_felt = me.distress
        me.strain = logistic(mean)
