"""Natural ups and downs of shame, insight, coping and perceived difference, and of the urge itself.

In words
    Nobody stays as she or he is. Each week every slow state is pushed a little, up or down, by things that
    have nothing to do with a group, and returns (see settle). So does the urge: there are months without
    any episode, and months with many. Like the strain of life these are the same in every condition; they
    make people come in bad times and be better later, with or without a group.

Members' words
    None. It is the rival that every before-and-after figure must be held against.

Equation
    x <- logistic(logit x + swing_x sqrt(1 - k_x^2) N(0, 1)),  k_x = 2^(-1 / half-life of x in settle)
    y <- k y + sqrt(1 - k^2) N(0, 1);  rate of episodes times 1 + urge_gain = exp(b y - b^2 / 2), of mean 1

Reads
    people: living, stigma, coping, understanding, urge, difference
    parameters: life.stigma_half_life_weeks, life.understanding_half_life_weeks,
        life.coping_half_life_weeks, life.difference_half_life_weeks,
        life.repertoire_half_life_weeks, life.stigma_swing, life.understanding_swing,
        life.coping_swing, life.difference_swing, episodes.urge_swing,
        episodes.urge_half_life_weeks, mechanisms.alike, mechanisms.ways, mechanisms.swings
Writes
    people: urge_gain, stigma, coping, understanding, urge, difference

Source
    loneliness correlates 0.6-0.75 with itself over a year (Mund 2020; see stress); of the others 0.6-0.85 is an
    assumption. Self-harm is volatile over time (review of 32 longitudinal studies); the size is an assumption.
"""

import math

from sim import draws
from sim.codes import FIRST, LEVELS, LIVING, SECOND, SHOCKS, TAILS
from sim.compiler import compiled
from sim.declare import Field, number, purpose
from sim.functions import expm1
from sim.maths import push_each, remaining
from sim.relations import DAYS_IN_WEEK, coping_half_life, draw_for_all

SUMMARY = "slow states and the urge go up and down by themselves"
SHAME_AND_INSIGHT = purpose(39, "shame and insight")
COPING_AND_DIFFERENCE = purpose(40, "coping and difference")
URGE = purpose(41, "urge")
PARAMETERS = (
    number("episodes.urge_half_life_weeks", 26.0, 0.1, 1000.0, "weeks", "half-life of ups and downs of the urge",
           "assumption: people stop for months and begin again", plausible=(13.0, 78.0)),
)  # fmt: skip
PEOPLE = (
    Field("urge", "f8", "standard deviations", None, None, "slow ups and downs of the urge; 0 where swings are off"),
)  # fmt: skip


@compiled
def fluctuate(world, week):
    """Each person: a week's own ups and downs."""
    p = world.params[0]
    if not p.mechanisms_swings:
        return
    day = week * DAYS_IN_WEEK
    rows, first, second = world.places[LIVING], world.numbers[FIRST], world.numbers[SECOND]
    shocks = world.numbers[SHOCKS]
    shame = weekly(p.life_stigma_swing, p.life_stigma_half_life_weeks)
    insight = weekly(p.life_understanding_swing, p.life_understanding_half_life_weeks)
    coping = weekly(p.life_coping_swing, coping_half_life(world))
    difference = weekly(p.life_difference_swing, p.life_difference_half_life_weeks)
    keep = remaining(p.episodes_urge_half_life_weeks)
    new = math.sqrt(1.0 - keep * keep)

    many = draw_for_all(world, day, SHAME_AND_INSIGHT)
    levels = world.numbers[LEVELS][:many]
    draws.normal_quantiles(first[:many], world.places[TAILS], shocks)
    for k in range(many):
        levels[k] = world.people[rows[k]].stigma
    push_each(levels, shame, shocks)
    for k in range(many):
        me = world.people[rows[k]]
        me.stigma = levels[k]
    draws.normal_quantiles(second[:many], world.places[TAILS], shocks)
    for k in range(many):
        levels[k] = world.people[rows[k]].understanding
    push_each(levels, insight, shocks)
    for k in range(many):
        me = world.people[rows[k]]
        me.understanding = levels[k]
    many = draw_for_all(world, day, COPING_AND_DIFFERENCE)
    draws.normal_quantiles(first[:many], world.places[TAILS], shocks)
    for k in range(many):
        levels[k] = world.people[rows[k]].coping
    push_each(levels, coping, shocks)
    for k in range(many):
        me = world.people[rows[k]]
        me.coping = levels[k]
    if p.mechanisms_alike:
        draws.normal_quantiles(second[:many], world.places[TAILS], shocks)
        for k in range(many):
            levels[k] = world.people[rows[k]].difference
        push_each(levels, difference, shocks)
        for k in range(many):
            me = world.people[rows[k]]
            me.difference = levels[k]
    many = draw_for_all(world, day, URGE)
    draws.normal_quantiles(first[:many], world.places[TAILS], shocks)
    for k in range(many):
        me = world.people[rows[k]]
        me.urge = keep * me.urge + new * shocks[k]
        me.urge_gain = gain_of(p.episodes_urge_swing, me.urge)


@compiled
def weekly(swing, half_life):
    """The size of a week's push that makes a standard deviation of ``swing`` in the long run."""
    keep = remaining(half_life)
    return swing * math.sqrt(1.0 - keep * keep)


@compiled
def gain_of(swing, urge):
    """What the urge adds to the rate of episodes, as a share of it: above -1, 0 on average."""
    return expm1(swing * urge - swing * swing / 2.0)
