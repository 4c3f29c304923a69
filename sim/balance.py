"""Where an ordinary life without a group stands: so that lives begin where they would settle, and do not drift.

Episodes leave guilt and shame, hard days got through leave coping, outsiders leave acceptance or hurt, and every slow
state returns to its set point. Where these balance is worked out for each person before the first week (with
``people.balanced``), from the mean of her or his usual days. Nothing here acts later.
"""

from __future__ import annotations

import math

from sim.codes import WAYS
from sim.compiler import compiled
from sim.draws import normal_quantile
from sim.functions import exp
from sim.maths import logistic, remaining
from sim.relations import DAYS_IN_WEEK, WEEKS_IN_YEAR, average_isolation, average_stigma, average_strain
from sim.repertoire import repertoire, suits
from sim.rules.fluctuate import gain_of
from sim.rules.isolate import isolation_goal

# Rounds of working out days from states and states from days. More change means by less than 0.001, and single people
# too, but for one or two in a hundred whose usual days turn on a hair between hard and not.
ROUNDS = 6
POINTS = 16  # usual days: equally likely parts of the distribution of distress
APART = 7  # each is met with another part of the distribution of the urge


@compiled
def find_balance(world, i):
    """Set the slow states of the person in row i to where her or his ordinary life keeps them."""
    for _ in range(ROUNDS):
        world.people[i].isolation = isolation_goal(world, i)
        episode_days, through, hard, distress = usual_days(world, i)
        balance_guilt(world, i, episode_days)
        balance_shame(world, i, episode_days, distress)
        balance_coping(world, i, through, hard - through)
    world.people[i].isolation = isolation_goal(world, i)


@compiled
def usual_days(world, i):
    """Of a usual day: probability of an episode, of a hard day got through, of a hard day; mean distress."""
    p = world.params[0]
    who, me = world.traits[i], world.people[i]
    mean = (
        who.baseline_log_odds
        + p.life_distress_from_isolation * (me.isolation - average_isolation(world))
        + p.life_distress_from_stigma * (me.stigma - average_stigma(world))
        + p.life_distress_from_guilt * me.guilt
    )
    strain = p.life_distress_from_stressor
    width = math.sqrt(p.life_distress_sd * p.life_distress_sd + strain * strain)
    protection = 1.0 - p.episodes_coping_protection * me.coping
    episode_days, through, hard, distress = 0.0, 0.0, 0.0, 0.0
    for k in range(POINTS):
        today = logistic(mean + width * normal_quantile((k + 0.5) / POINTS))
        urge = normal_quantile(((k * APART) % POINTS + 0.5) / POINTS)
        rate = who.episode_rate * (1.0 + gain_of(p.episodes_urge_swing, urge))
        none = exp(-rate * today * today * protection)
        is_hard = 1.0 if today > who.hard_day_threshold else 0.0
        episode_days += (1.0 - none) / POINTS
        through += is_hard * none / POINTS
        hard += is_hard / POINTS
        distress += today / POINTS
    return episode_days, through, hard, distress


@compiled
def balance_guilt(world, i, episode_days):
    """Guilt, which an episode adds to and time takes away."""
    p = world.params[0]
    keep = remaining(p.episodes_guilt_half_life_days)
    added = keep * episode_days * p.episodes_guilt_felt
    world.people[i].guilt = added / (added + 1.0 - keep)


@compiled
def balance_shame(world, i, episode_days, distress):
    """Shame, perceived difference and the hurt of labels: what a week adds and takes away, against their return."""
    p = world.params[0]
    who, me = world.traits[i], world.people[i]
    openness = 1.0 - me.stigma * (1.0 - p.outside_openness_from_insight * me.understanding)
    own = p.outside_support_weight
    kind = (1.0 - own) * p.outside_acceptance + own * who.outside_support
    met = p.outside_tell_per_year / WEEKS_IN_YEAR * openness + DAYS_IN_WEEK * episode_days * p.outside_found_out_prob
    contacts = 0.0
    if who.service_user:
        contacts = p.outside_services_per_year / WEEKS_IN_YEAR * distress / average_strain(world)
    horrified, labelled = met * (1.0 - kind), contacts * (1.0 - p.outside_services_acceptance)
    up = horrified * p.outside_horrified + labelled * p.outside_services_labelled
    up += DAYS_IN_WEEK * (
        p.episodes_shame_from_guilt * me.guilt if p.mechanisms_guilt else p.episodes_guilt * episode_days
    )
    down = met * kind * p.outside_accepted + contacts * p.outside_services_acceptance * p.outside_services_accepted
    returns = 1.0 - remaining(p.life_stigma_half_life_weeks)
    me.stigma = (returns * who.stigma_set * p.outside_public_stigma + up) / (returns + up + down)
    if p.mechanisms_alike:
        apart = horrified * p.outside_sets_apart
        returns = 1.0 - remaining(p.life_difference_half_life_weeks)
        me.difference = (returns * who.difference_set + apart) / (returns + apart)
    hurt = (horrified + labelled) * p.outside_label_hurt
    me.label_hurt = hurt / (hurt + 1.0 - remaining(p.life_label_hurt_half_life_weeks))


@compiled
def balance_coping(world, i, through, not_through):
    """Coping, or the skills it comes from: what hard days teach, against their return."""
    p = world.params[0]
    who, me = world.traits[i], world.people[i]
    if not p.mechanisms_ways:
        gained = DAYS_IN_WEEK * through * p.episodes_practice * me.understanding
        returns = 1.0 - remaining(p.life_coping_half_life_weeks)
        me.coping = (returns * who.coping_set + gained) / (returns + gained)
        return
    all_ways = 0.0
    for k in range(WAYS):
        all_ways += suits(world, i, k) * world.ways[i, k]
    returns = 1.0 - remaining(p.life_skill_half_life_weeks)
    for k in range(WAYS):
        if all_ways > 0.0:
            tried = DAYS_IN_WEEK * suits(world, i, k) * world.ways[i, k] / all_ways
            gained = tried * through * p.episodes_way_practised * me.understanding
            lost = tried * not_through * p.episodes_way_fails
            world.ways[i, k] = (returns * world.ways_set[i, k] + gained) / (returns + gained + lost)
    me.coping = repertoire(world, i)


@compiled
def distress_around(mean, width):
    """Mean distress of days around this mean of log odds, with this standard deviation."""
    total = 0.0
    for k in range(POINTS):
        total += logistic(mean + width * normal_quantile((k + 0.5) / POINTS))
    return total / POINTS
