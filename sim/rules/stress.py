"""Life's stressors and circumstances: slow ups and downs that no group causes.

In words
    Strain comes and goes over months, and so does the company that ordinary life brings. Both are
    the same in every condition. They make people come to a group in bad times and be better later,
    with or without it (regression to the mean).

Members' words
    "How the people are feeling, what's happened in the last week, any key things that have happened
    to them" (A3).

Equation
    z <- k z + sqrt(1 - k^2) N(0, 1),  k = 2^(-1 / half-life);  stationary variance 1

Reads
    people: living
    parameters: life.circumstances_half_life_weeks, life.stressor_half_life_weeks
Writes
    people: stressor, circumstances

Source
    assumption; circumstances are there because loneliness correlates 0.6-0.75 with itself over a
    year (Mund 2020), not 1.
"""

import math

from sim import draws
from sim.codes import FIRST, LIVING, SECOND, SHOCKS, TAILS
from sim.compiler import compiled
from sim.declare import Field, number, purpose
from sim.maths import remaining
from sim.relations import DAYS_IN_WEEK, draw_for_all

SUMMARY = "life's stressors and circumstances change"
STRESSOR_AND_CIRCUMSTANCES = purpose(33, "stressor and circumstances")
PARAMETERS = (
    number("life.stressor_half_life_weeks", 8.0, 0.1, 1000.0, "weeks", "half-life of the slow strain of life",
           "assumption: strain lasts for weeks to months, longer than a bad day and shorter than a year",
           plausible=(4.0, 16.0)),
)  # fmt: skip
PEOPLE = (
    Field("stressor", "f8", "standard deviations", None, None, "slow strain of life"),
    Field("circumstances", "f8", "standard deviations", None, None, "slow ups and downs of company in life"),
)  # fmt: skip


@compiled
def stress(world, week):
    """Each person: a week's change of strain and circumstances."""
    p = world.params[0]
    day = week * DAYS_IN_WEEK
    keep_stressor = remaining(p.life_stressor_half_life_weeks)
    new_stressor = math.sqrt(1.0 - keep_stressor * keep_stressor)
    keep_circumstances = remaining(p.life_circumstances_half_life_weeks)
    new_circumstances = math.sqrt(1.0 - keep_circumstances * keep_circumstances)
    many = draw_for_all(world, day, STRESSOR_AND_CIRCUMSTANCES)
    rows, shocks = world.places[LIVING], world.numbers[SHOCKS]
    draws.normal_quantiles(world.numbers[FIRST][:many], world.places[TAILS], shocks)
    for k in range(many):
        me = world.people[rows[k]]
        me.stressor = keep_stressor * me.stressor + new_stressor * shocks[k]
    draws.normal_quantiles(world.numbers[SECOND][:many], world.places[TAILS], shocks)
    for k in range(many):
        me = world.people[rows[k]]
        me.circumstances = keep_circumstances * me.circumstances + new_circumstances * shocks[k]
