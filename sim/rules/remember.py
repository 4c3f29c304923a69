"""How a day is remembered: by how it ended.

In words
    What stays of a day is the distress it ended with, after calls, meetings, support, burden and
    whatever else it brought. Averaged over some weeks this is *strain*, which makes people seek
    help. A day may begin hard and end less so: both are counted.

Members' words
    "Just to be sort of heard and acknowledged" (B3).

Equation
    strain <- D + (strain - D) 2^(-1 / half-life in days)

Reads
    people: living, distress
    traits: hard_day_threshold
    parameters: life.strain_half_life_days
Writes
    people: strain, distress_this_week, days_ended_hard_this_week

Source
    assumption. Measured here, not in the morning, so that relief counts on the day it is felt.
"""

from sim.compiler import compiled
from sim.declare import Field, level, number
from sim.maths import remaining, toward
from sim.relations import DAYS_IN_WEEK

SUMMARY = "how the day ended is remembered"
PARAMETERS = (
    number("life.strain_half_life_days", 28.0, 0.5, 1000.0, "days", 'over how long "recent" distress is averaged',
           'assumption: "recent" is about a month', plausible=(14.0, 60.0)),
)  # fmt: skip
PEOPLE = (
    level("strain", "distress of recent weeks, averaged"),
    Field("distress_this_week", "f8", "proportion", 0.0, 1.0 + 1e-9, "of days' ends, mean of the week"),
    Field("days_ended_hard_this_week", "i8", "count", 0.0, 7.0, "days that ended above the threshold"),
)  # fmt: skip


@compiled
def remember(world, day):
    """Each person: the day's end, added to the weeks before."""
    strain_fades = 1.0 - remaining(world.params[0].life_strain_half_life_days)
    for i in range(len(world.people)):
        me = world.people[i]
        if me.living:
            me.strain = toward(me.strain, me.distress, strain_fades)
            me.distress_this_week += me.distress / DAYS_IN_WEEK
            me.days_ended_hard_this_week += me.distress > world.traits[i].hard_day_threshold
