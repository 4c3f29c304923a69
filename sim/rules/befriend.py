"""Ties: they grow with hours spent together and fade when there are none.

In words
    Every hour together, at a meeting, on the phone or out, brings two people a little closer. A week
    without any contact lets the tie fade. A tie that has faded almost away is over.

Members' words
    "Over time strong bonds developed between group members" (the authors)
    "I think it's unique because you do feel kind of like that you are sort of friends" (B3)

Equation
    h hours this week: w -> 1 [1 - (1 - growth_per_hour)^h];   h = 0: w <- w 2^(-1 / half-life)
    h = 0 and w < lapse: w <- 0

Reads
    hours; ties.growth_per_hour, ties.half_life_weeks, ties.lapse
Writes
    ties; hours (back to zero); contacts, where they are kept

Source
    growth: Hall 2019 (50, 90, 200 hours); fading: Burt 2001, Roy 2022. Fading only in weeks without
    contact keeps Hall's hours true for people who meet weekly.
"""

import math

from sim.compiler import compiled
from sim.maths import remaining, toward


@compiled
def befriend(world, week):
    """Each two people who ever came: their tie at the end of the week."""
    p = world.params[0]
    keep = remaining(p.ties_half_life_weeks)
    for a in range(world.group[0].circle):
        for b in range(a):
            i, j = world.circle[a], world.circle[b]
            tie, hours = world.ties[i, j], world.hours[i, j]
            if hours > 0.0:
                if len(world.contacts) > 0:
                    world.contacts[i, j].hours = hours
                tie = toward(tie, 1.0, 1.0 - math.pow(1.0 - p.ties_growth_per_hour, hours))
                world.hours[i, j] = 0.0
                world.hours[j, i] = 0.0
            elif tie > 0.0:
                tie *= keep
                if tie < p.ties_lapse:
                    tie = 0.0
            else:
                continue
            world.ties[i, j] = tie
            world.ties[j, i] = tie
