"""Hard days got through: understanding turns into coping.

In words
    A hard day without an episode is practice. The better somebody understands what is happening,
    the more is learned from it. Where coping is a repertoire of ways, one way is tried: on a day got
    through it is practised, on a day with an episode it is trusted less; and a way taken over from
    others that suits one badly upsets.

Members' words
    Members helping each other to "manage a bit better" (B3).

Equation
    hard day and no episode: C -> 1 [practice * U]
    with ways of coping, instead: way k is tried, drawn in proportion to suits_ik * skill_ik
      no episode: skill_ik -> 1 [way_practised * U_i];   episode: skill_ik -> 0 [way_fails]
      a way that one did not come with: D -> 1 [misfit (1 - suits_ik)]

Reads
    people: living, hard_day, episodes_today, understanding
    parameters: episodes.way_practised, episodes.way_fails, episodes.misfit, episodes.practice,
        mechanisms.ways
Writes
    people: distress, coping, hard_days_through_this_week

Source
    assumption.
"""

from sim import draws
from sim.codes import ON_HARD_DAY
from sim.compiler import compiled
from sim.declare import Field, effect, purpose
from sim.draws import NOBODY
from sim.maths import toward
from sim.relations import on_a_hard_day
from sim.repertoire import chosen_way, suits

SUMMARY = "a hard day got through teaches coping"
WAY_TRIED = purpose(35, "way tried")
PARAMETERS = (
    effect("episodes.way_practised", 0.02, "a hard day got through: skill in the way tried moves to 1 by this times "
           "understanding", "assumption: five times what a level of coping gains (episodes.practice), since it is one "
           "way of several", plausible=(0.0, 0.06)),
    effect("episodes.way_fails", 0.01, "a hard day with an episode: skill in the way tried moves to 0 by",
           "assumption: half of what a day got through adds with full understanding", plausible=(0.0, 0.03)),
    effect("episodes.misfit", 0.1, "a way taken over from others that does not suit at all is tried: distress moves to "
           "1 by", "assumption: a third of the relief of a call, the other way; bad advice", plausible=(0.0, 0.3)),
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
        i = world.places[ON_HARD_DAY, k]
        me = world.people[i]
        if me.episodes_today == 0:
            me.hard_days_through_this_week += 1
        if p.mechanisms_ways:
            try_a_way(world, i, day)
        elif me.episodes_today == 0:
            me.coping = toward(me.coping, 1.0, p.episodes_practice * me.understanding)


@compiled
def try_a_way(world, i, day):
    """The way of coping that the person in row i turned to on this hard day, and how that went."""
    p = world.params[0]
    me = world.people[i]
    k = chosen_way(world, i, draws.uniform(world.key, world.traits[i].id, NOBODY, day, WAY_TRIED))
    if k < 0:
        return
    if world.ways_set[i, k] <= 0.0:
        me.distress = toward(me.distress, 1.0, p.episodes_misfit * (1.0 - suits(world, i, k)))
    if me.episodes_today == 0:
        world.ways[i, k] = toward(world.ways[i, k], 1.0, p.episodes_way_practised * me.understanding)
    else:
        world.ways[i, k] = toward(world.ways[i, k], 0.0, p.episodes_way_fails)
