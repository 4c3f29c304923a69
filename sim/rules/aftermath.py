"""What follows an episode: short relief, then guilt unless supported.

In words
    Distress falls for a while. Then comes guilt, which adds to shame, unless a member has given
    support in these days.

Members' words
    "It doesn't make me feel so guilty when I've done it ... and when you have, you get support and
    you're told not to feel so bad about it" (A1)

Equation
    D -> 0 [relief];   S -> 1 [guilt], unless supported within support_days

Reads
    episodes_today, supported_day; episodes.relief, episodes.guilt, episodes.support_days
Writes
    distress, stigma

Source
    negative affect rises before and falls after an episode (experience-sampling review, 19
    studies); sizes are assumptions. Once a day, however many episodes.
"""

from sim.compiler import compiled
from sim.maths import toward


@compiled
def aftermath(world, day):
    """Each person with an episode today."""
    p = world.params[0]
    for i in range(len(world.people)):
        me = world.people[i]
        if me.episodes_today > 0 and me.living:
            me.distress = toward(me.distress, 0.0, p.episodes_relief)
            supported = me.supported_day >= 0 and day - me.supported_day < p.episodes_support_days
            if not supported:
                me.stigma = toward(me.stigma, 1.0, p.episodes_guilt)
