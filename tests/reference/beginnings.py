"""How lives begin: one burden, ways of coping that are brought, the balance of an ordinary life, swings."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from sim.purposes import START_COPING_AND_DIFFERENCE, START_SHAME_AND_INSIGHT, START_URGE, TRAIT_WAY
from tests.reference.draws import log_odds, logistic, normal_quantile, remaining
from tests.reference.functions import exp, expm1, normal_below, power

if TYPE_CHECKING:
    from tests.reference.people import Person

WEEKS_A_YEAR = 52
WAYS = 8  # ways of coping there are
LIKELIER_IF_BURDENED = ("service", "inpatient", "voices", "recovering")
SMALLEST_U = 1e-9
ROUNDS = 6
DAYS = 16  # of a usual life, from the easiest to the hardest
STEP = 7  # from the urge of one of these days to that of the next


def under_a_burden(u: float, burden: float, name: str, loading: float) -> float:
    """The uniform number of a trait, pulled along by the burden."""
    if loading == 0.0:
        return u
    pull = -loading if name in LIKELIER_IF_BURDENED else loading
    latent = pull * burden + sqrt(1 - pull * pull) * normal_quantile(u)
    return min(max(normal_below(latent), SMALLEST_U), 1 - SMALLEST_U)


def bring_ways(me: Person) -> None:
    """Which ways of coping somebody knows, and how well, so that they come to the coping drawn for her or him."""
    draws, prob = me.model.draws, me.model.given["people.ways_known"]
    known = [k for k in range(WAYS) if draws.uniform(me.id, 0, TRAIT_WAY, k) < prob]
    if not known:
        known = [me.suitability.index(max(me.suitability))]
    each = 1 - power(1 - me.coping_set, 1 / len(known))
    me.ways_set = [min(1.0, each / me.suitability[k]) if k in known else 0.0 for k in range(WAYS)]
    me.ways = list(me.ways_set)
    me.coping = me.repertoire()


class UsualDays(NamedTuple):
    """What ordinary days come to, each a mean over days."""

    episode_days: float
    through: float
    hard: float
    distress: float


def find_balance(me: Person) -> None:
    """Slow states start where an ordinary life without a group would keep them."""
    for _ in range(ROUNDS):
        me.isolation = me.isolation_goal()
        usual = _usual_days(me)
        _balance_guilt(me, usual)
        _balance_shame(me, usual)
        _balance_coping(me, usual)
    me.isolation = me.isolation_goal()


def _usual_days(me: Person) -> UsualDays:
    model, given = me.model, me.model.given
    mean = (
        me.baseline_log_odds
        + given["life.distress_from_isolation"] * (me.isolation - model.average_isolation)
        + given["life.distress_from_stigma"] * (me.stigma - model.average_stigma)
        + given["life.distress_from_guilt"] * me.guilt
    )
    sd, from_stressor = given["life.distress_sd"], given["life.distress_from_stressor"]
    width = sqrt(sd * sd + from_stressor * from_stressor)
    protection = 1 - given["episodes.coping_protection"] * me.coping
    swing = given["episodes.urge_swing"]
    episode_days = through = hard = distress = 0.0
    for k in range(DAYS):
        today = logistic(mean + width * normal_quantile((k + 0.5) / DAYS))
        urge = normal_quantile(((k * STEP) % DAYS + 0.5) / DAYS)
        rate = me.episode_rate * (1 + expm1(swing * urge - swing * swing / 2))
        none = exp(-rate * today * today * protection)
        is_hard = 1.0 if today > me.hard_day_threshold else 0.0
        episode_days += (1 - none) / DAYS
        through += is_hard * none / DAYS
        hard += is_hard / DAYS
        distress += today / DAYS
    return UsualDays(episode_days, through, hard, distress)


def _balance_guilt(me: Person, usual: UsualDays) -> None:
    given = me.model.given
    keep = remaining(given["episodes.guilt_half_life_days"])
    added = keep * usual.episode_days * given["episodes.guilt_felt"]
    me.guilt = added / (added + 1 - keep)


def _balance_shame(me: Person, usual: UsualDays) -> None:
    model, given = me.model, me.model.given
    openness = me.openness()
    weight = given["outside.support_weight"]
    kind = (1 - weight) * given["outside.acceptance"] + weight * me.outside_support
    met = (
        given["outside.tell_per_year"] / WEEKS_A_YEAR * openness
        + 7 * usual.episode_days * given["outside.found_out_prob"]
    )
    contacts = 0.0
    if me.service_user:
        contacts = given["outside.services_per_year"] / WEEKS_A_YEAR * usual.distress / model.average_strain
    horrified = met * (1 - kind)
    labelled = contacts * (1 - given["outside.services_acceptance"])
    up = horrified * given["outside.horrified"] + labelled * given["outside.services_labelled"]
    if given["mechanisms.guilt"]:
        up = up + 7 * (given["episodes.shame_from_guilt"] * me.guilt)
    else:
        up = up + 7 * (given["episodes.guilt"] * usual.episode_days)
    down = (
        met * kind * given["outside.accepted"]
        + contacts * given["outside.services_acceptance"] * given["outside.services_accepted"]
    )
    returns = 1 - remaining(given["life.stigma_half_life_weeks"])
    me.stigma = (returns * me.stigma_set * given["outside.public_stigma"] + up) / (returns + up + down)
    if given["mechanisms.alike"]:
        apart = horrified * given["outside.sets_apart"]
        returns = 1 - remaining(given["life.difference_half_life_weeks"])
        me.difference = (returns * me.difference_set + apart) / (returns + apart)
    hurt = (horrified + labelled) * given["outside.label_hurt"]
    me.label_hurt = hurt / (hurt + 1 - remaining(given["life.label_hurt_half_life_weeks"]))


def _balance_coping(me: Person, usual: UsualDays) -> None:
    given = me.model.given
    if not given["mechanisms.ways"]:
        gained = 7 * usual.through * given["episodes.practice"] * me.understanding
        returns = 1 - remaining(given["life.coping_half_life_weeks"])
        me.coping = (returns * me.coping_set + gained) / (returns + gained)
        return
    weights = me.way_weights()
    every = 0.0
    for weight in weights:
        every += weight
    returns = 1 - remaining(given["life.skill_half_life_weeks"])
    if every > 0:
        for k in range(WAYS):
            tried = 7 * me.suitability[k] * me.ways[k] / every
            gained = tried * usual.through * given["episodes.way_practised"] * me.understanding
            lost = tried * (usual.hard - usual.through) * given["episodes.way_fails"]
            me.ways[k] = (returns * me.ways_set[k] + gained) / (returns + gained + lost)
    me.coping = me.repertoire()


def distress_around(mean: float, width: float) -> float:
    """Mean distress over days that swing around a mean."""
    total = 0.0
    for k in range(DAYS):
        total += logistic(mean + width * normal_quantile((k + 0.5) / DAYS))
    return total / DAYS


def begin_swings(me: Person) -> None:
    """Where in their ups and downs slow states and the urge are to begin with."""
    given, draws = me.model.given, me.model.draws
    u, v = draws.pair(me.id, 0, START_SHAME_AND_INSIGHT)
    me.stigma = pushed(me.stigma, given["life.stigma_swing"] * normal_quantile(u))
    me.understanding = pushed(me.understanding, given["life.understanding_swing"] * normal_quantile(v))
    u, v = draws.pair(me.id, 0, START_COPING_AND_DIFFERENCE)
    me.coping = pushed(me.coping, given["life.coping_swing"] * normal_quantile(u))
    if given["mechanisms.alike"]:
        me.difference = pushed(me.difference, given["life.difference_swing"] * normal_quantile(v))
    me.urge = draws.normal(me.id, 0, START_URGE)
    me.urge_gain = gain_of(me.urge, given["episodes.urge_swing"])


def pushed(x: float, by: float) -> float:
    """A proportion, pushed so far on the scale of log odds."""
    return logistic(log_odds(x) + by)


def gain_of(urge: float, swing: float) -> float:
    """What the urge adds to the rate of episodes."""
    return expm1(swing * urge - swing * swing / 2)
