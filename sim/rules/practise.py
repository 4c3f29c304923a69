"""Hard days got through: understanding turns into coping.

In words
    A hard day without an episode is practice. The better somebody understands what is happening,
    the more is learned from it.

Members' words
    Members helping each other to "manage a bit better" (B3)

Equation
    hard day and no episode: C -> 1 [practice * U]

Reads
    hard_day, episodes_today, understanding; episodes.practice
Writes
    coping, hard_days_through_this_week

Source
    assumption.
"""

from sim.compiler import compiled
from sim.maths import toward
from sim.relations import on_a_hard_day


@compiled
def practise(world, day):
    """Each person with a hard day and no episode today."""
    p = world.params[0]
    for k in range(on_a_hard_day(world)):
        me = world.people[world.places[1, k]]
        if me.episodes_today == 0:
            me.hard_days_through_this_week += 1
            me.coping = toward(me.coping, 1.0, p.episodes_practice * me.understanding)
