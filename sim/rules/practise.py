"""Hard days got through: understanding turns into coping.

In words
    A hard day without an episode is practice. The better somebody understands what is happening,
    the more is learned from it.

Members' words
    Members helping each other to "manage a bit better" (B3).

Equation
    hard day and no episode: C -> 1 [practice * U]

Reads
    people: living, hard_day, episodes_today, understanding
    parameters: episodes.practice
Writes
    people: coping, hard_days_through_this_week

Source
    assumption.
"""

from sim.codes import ON_HARD_DAY
from sim.compiler import compiled
from sim.declare import Field, effect
from sim.maths import toward
from sim.relations import on_a_hard_day

SUMMARY = "a hard day got through teaches coping"
PARAMETERS = (
    effect("episodes.practice", 0.004, "a hard day got through: coping moves to 1 by this times understanding",
           "assumption: about 170 hard days got through with full understanding make half of the way, so years for "
           "most", plausible=(0.0, 0.012)),
)  # fmt: skip
PEOPLE = (
    Field("hard_days_through_this_week", "i8", "count", 0.0, 7.0, "hard days (that began hard) without an episode"),
)  # fmt: skip


@compiled
def practise(world, day):
    """Each person with a hard day and no episode today."""
    p = world.params[0]
    for k in range(on_a_hard_day(world)):
        me = world.people[world.places[ON_HARD_DAY, k]]
        if me.episodes_today == 0:
            me.hard_days_through_this_week += 1
            me.coping = toward(me.coping, 1.0, p.episodes_practice * me.understanding)
