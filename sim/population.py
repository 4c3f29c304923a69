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

from sim import draws, purposes
from sim.balance import distress_around, find_balance
from sim.codes import NUMBERS, PLACES, WAYS
from sim.compiler import compiled, entry_point
from sim.draws import FIRST_DAY, NOBODY
from sim.functions import power
from sim.maths import log_odds, logistic, pushed
from sim.parameters.town import arrivals_per_week
from sim.quantiles import beta_quantiles, exponentials, gamma_quantiles, normal_below, standard_normals
from sim.relations import WEEKS_IN_YEAR, average_isolation, average_stigma
from sim.repertoire import repertoire, suits
from sim.rules.fluctuate import gain_of
from sim.rules.isolate import isolation_goal
from sim.state import CONTACTS, EVENTS, GROUP, PEOPLE, TRAITS, World, dtype_of, records

FIRST_NEWCOMER_ID = 1_000_000
SMALLEST_U = 1e-9  # a uniform under a burden stays so far away from 0 and 1
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

    traits = records(TRAITS, len(ids))
    correlated = values["people.correlated"]
    if correlated:
        traits.burden = standard_normals(trait_uniforms(key, ids, purposes.TRAIT_BURDEN))

    def u(purpose: int, with_burden: str = "", sign: float = 1.0) -> np.ndarray:
        own = trait_uniforms(key, ids, purpose)
        loading = sign * values[f"people.burden_{with_burden}"] if correlated and with_burden else 0.0
        return own if loading == 0.0 else _with_burden(own, traits.burden, loading)

    def beta(name: str, purpose: int) -> np.ndarray:
        burdened = name if f"people.burden_{name}" in values else ""
        return beta_quantiles(values[f"people.{name}_a"], values[f"people.{name}_b"], u(purpose, burdened))

    traits.id = ids
    arrival = np.zeros(len(ids))
    arrival[residents:] = np.arange(newcomers) + u(purposes.TRAIT_ARRIVAL)[residents:]
    arrives = lead_in + np.floor(arrival / arrivals).astype(np.int64)
    traits.arrives_week = arrives
    stay = mean_stay_weeks * exponentials(u(purposes.TRAIT_STAY))
    traits.departs_week = arrives + 1 + np.floor(stay).astype(np.int64)
    traits.woman = u(purposes.TRAIT_WOMAN) < values["people.women"]
    traits.service_user = u(purposes.TRAIT_SERVICE_USER, "service", -1.0) < values["people.service_users"]
    traits.isolation_set = beta("isolation", purposes.TRAIT_ISOLATION)
    traits.stigma_set = beta("stigma", purposes.TRAIT_STIGMA)
    traits.understanding_set = beta("understanding", purposes.TRAIT_UNDERSTANDING)
    traits.coping_set = beta("coping", purposes.TRAIT_COPING)
    traits.baseline_distress = beta("distress", purposes.TRAIT_DISTRESS)
    traits.outside_support = beta("support", purposes.TRAIT_SUPPORT)
    traits.difference_set = beta("difference", purposes.TRAIT_DIFFERENCE)
    traits.responsiveness = beta("responsiveness", purposes.TRAIT_RESPONSIVENESS)
    traits.position = beta("position", purposes.TRAIT_POSITION)
    traits.barrier = beta("barrier", purposes.TRAIT_BARRIER)
    traits.hard_day_threshold = beta("threshold", purposes.TRAIT_THRESHOLD)
    shape, mean = values["people.episode_rate_shape"], values["people.episode_rate_mean"]
    traits.episode_rate = gamma_quantiles(shape, u(purposes.TRAIT_EPISODE_RATE, "rate")) * (mean / shape)
    traits.age = YOUNGEST + (OLDEST - YOUNGEST) * beta("age", purposes.TRAIT_AGE)
    traits.onset_age = np.minimum(_onset(u(purposes.TRAIT_ONSET), values["people.onset_in_teens"]), traits.age)
    if correlated:
        used = traits.service_user
        traits.inpatient = used & (u(purposes.TRAIT_INPATIENT, "inpatient", -1.0) < values["people.inpatient"])
        traits.voices = used & (u(purposes.TRAIT_VOICES, "voices", -1.0) < values["people.voices"])
        traits.recovering = u(purposes.TRAIT_RECOVERING, "recovering", -1.0) < values["people.recovering"]
    _fill_log_odds(traits.baseline_distress, traits.baseline_log_odds)
    return traits


def _with_burden(own: np.ndarray, burden: np.ndarray, loading: float) -> np.ndarray:
    """Uniforms that correlate with the burden (Gaussian copula): ever higher with one's own uniform, as before."""
    out = np.empty(len(own))
    _fill_with_burden(own, burden, loading, out)
    return out


@entry_point
def _fill_with_burden(own, burden, loading, out):
    rest = math.sqrt(1.0 - loading * loading)
    for i in range(len(out)):
        u = normal_below(loading * burden[i] + rest * draws.normal_quantile(own[i]))
        out[i] = min(max(u, SMALLEST_U), 1.0 - SMALLEST_U)


@entry_point
def _fill_log_odds(proportions, out):
    for i in range(len(out)):
        out[i] = log_odds(proportions[i])


def _onset(u: np.ndarray, in_teens: float) -> np.ndarray:
    """Age of onset: in the teens with this probability, else later, even within each span."""
    early = TEENS[0] + (TEENS[1] - TEENS[0]) * u / max(in_teens, 1e-9)
    late = LATER_ONSET[0] + (LATER_ONSET[1] - LATER_ONSET[0]) * (u - in_teens) / max(1.0 - in_teens, 1e-9)
    return np.where(u < in_teens, early, late)


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
        ways=np.zeros((n, WAYS)),
        ways_set=np.zeros((n, WAYS)),
        places=np.zeros((PLACES, n), dtype=np.int64),
        numbers=np.zeros((NUMBERS, n)),
    )
    _begin_lives(world)
    return world


@compiled
def bring_ways(world, i):
    """The ways of coping that the person in row i knows: together they come to her or his coping to begin with.

    Each known way contributes alike; one who knows none knows the one that suits best.
    """
    p = world.params[0]
    who, me = world.traits[i], world.people[i]
    known, best = 0, 0
    for k in range(WAYS):
        if draws.happens(world.key, who.id, np.int64(k), FIRST_DAY, purposes.TRAIT_WAY, p.people_ways_known):
            world.ways_set[i, k] = 1.0
            known += 1
        if suits(world, i, k) > suits(world, i, best):
            best = k
    if known == 0:
        world.ways_set[i, best] = 1.0
        known = 1
    each = 1.0 - power(1.0 - who.coping_set, 1.0 / known)
    for k in range(WAYS):
        world.ways_set[i, k] *= min(1.0, each / suits(world, i, k))
        world.ways[i, k] = world.ways_set[i, k]
    me.coping = repertoire(world, i)


@compiled
def begin_swings(world, i):
    """A first day somewhere in one's own ups and downs."""
    p = world.params[0]
    who, me = world.traits[i].id, world.people[i]
    u, v = draws.uniform_pair(world.key, who, NOBODY, FIRST_DAY, purposes.START_SHAME_AND_INSIGHT)
    me.stigma = pushed(me.stigma, p.life_stigma_swing * draws.normal_quantile(u))
    me.understanding = pushed(me.understanding, p.life_understanding_swing * draws.normal_quantile(v))
    u, v = draws.uniform_pair(world.key, who, NOBODY, FIRST_DAY, purposes.START_COPING_AND_DIFFERENCE)
    me.coping = pushed(me.coping, p.life_coping_swing * draws.normal_quantile(u))
    if p.mechanisms_alike:
        me.difference = pushed(me.difference, p.life_difference_swing * draws.normal_quantile(v))
    me.urge = draws.normal(world.key, who, NOBODY, FIRST_DAY, purposes.START_URGE)
    me.urge_gain = gain_of(p.episodes_urge_swing, me.urge)


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
        if p.mechanisms_alike:
            me.difference = who.difference_set
        if p.mechanisms_ways:
            bring_ways(world, i)
        if p.people_balanced:
            find_balance(world, i)
        if p.mechanisms_swings:
            begin_swings(world, i)
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
        me.strain = distress_around(mean, p.life_distress_sd) if p.people_balanced else logistic(mean)
