"""Ties: they grow with hours spent together and fade when there are none.

In words
    Every hour together, at a meeting, on the phone or out, brings two people a little closer. A
    week without any contact lets the tie fade. A tie that has faded almost away is over.

Members' words
    "Over time strong bonds developed between group members" (authors). "I think it's unique because
    you do feel kind of like that you are sort of friends" (B3).

Equation
    h hours this week: w -> 1 [1 - (1 - growth_per_hour)^h];   h = 0: w <- w 2^(-1 / half-life)
    h = 0 and w < lapse: w <- 0

Reads
    group: circle
    ties, hours, circle
    parameters: ties.growth_per_hour, ties.half_life_weeks, ties.lapse
Writes
    ties, hours

Source
    growth: Hall 2019 (50, 90, 200 hours); fading: Burt 2001, Roy 2022. Fading only in weeks without
    contact keeps Hall's hours true for people who meet weekly.
"""

from sim.compiler import compiled
from sim.declare import effect, number, proportion
from sim.functions import power
from sim.maths import remaining, toward

SUMMARY = "ties grow or fade"
PARAMETERS = (
    effect("ties.growth_per_hour", 0.008, "an hour together: a tie moves to 1 by",
           "50, 90, 200 hours give 0.33 casual friend, 0.51 friend, 0.80 close friend: Hall 2019",
           plausible=(0.004, 0.014)),
    number("ties.half_life_weeks", 26.0, 0.1, 10000.0, "weeks", "fading of a tie in weeks without any contact",
           "about 16 weeks for bridging work ties (Burt 2001) to years in the inner circle (Roy 2022)",
           plausible=(12.0, 104.0)),
    proportion("ties.lapse", 0.01, "a tie that has faded below this is over",
               "choice: where a tie has become too small to mean anything", plausible=(0.002, 0.02)),
)  # fmt: skip


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
                tie = toward(tie, 1.0, 1.0 - power(1.0 - p.ties_growth_per_hour, hours))
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
