"""Ways of coping passed on: what one speaks of, others can try.

In words
    Whoever shares about self-harm speaks of one way of getting through a hard day, likeliest of one that she
    or he is good at. Each listener whose skill in it is less takes something of it over: more from those who
    are trusted, and the more she or he takes from a group at all. What is taken over is tried on hard days
    (see practise), fades unused (see settle), and can be passed on again, also after whoever brought it has
    left.

Members' words
    "We don't talk about the mechanics, but the different ways that we've tried to cope with self-harm" (B4).

Equation
    way k of j, drawn in proportion to suits_jk * skill_jk;  where skill_ik < skill_jk:
    skill_ik -> skill_jk [strength * pass_on * shared_experience * T_i r_i]

Reads
    people: present, shared, trust
    traits: responsiveness
    group: met_today
    parameters: group.shared_experience, meeting.strength, meeting.pass_on, mechanisms.ways
Writes
    people: ways_heard

Source
    experiential knowledge: Borkman 1990 and 1999, in the paper; size an assumption. The rival is the level of
    coping, taken over as such (mechanisms.copying, in listen).
"""

from sim import draws
from sim.compiler import compiled
from sim.declare import ONLY_RATIOS, effect, purpose, total
from sim.draws import NOBODY
from sim.maths import toward
from sim.repertoire import chosen_way

SUMMARY = "ways of coping are passed on"
WAY_TOLD = purpose(105, "way told")
PARAMETERS = (
    effect("meeting.pass_on", 0.2, "* a way of coping is heard of: skill in it moves to the speaker's by this times T",
           "assumption: of a way that one can try the next hard day more is taken over at once than of insight"
           + ONLY_RATIOS, plausible=(0.0, 0.6)),
)  # fmt: skip
PEOPLE = (
    total("ways_heard", "times of hearing of a way of coping in which the speaker was the more skilled"),
)  # fmt: skip


@compiled
def pass_on(world, day):
    """Each share about self-harm: the way that it speaks of, and what listeners take over."""
    p = world.params[0]
    if not (p.mechanisms_ways and world.group[0].met_today):
        return
    for j in range(len(world.people)):
        if not (world.people[j].present and world.people[j].shared):
            continue
        k = chosen_way(world, j, draws.uniform(world.key, world.traits[j].id, NOBODY, day, WAY_TOLD))
        if k < 0:
            continue
        for i in range(len(world.people)):
            if i != j and world.people[i].present:
                take_over(world, i, j, k, p.meeting_pass_on)


@compiled
def take_over(world, i, j, k, size):
    """The person in row i takes something over of way k from the one in row j, if that one is better at it."""
    p = world.params[0]
    me, mine, theirs = world.people[i], world.ways[i, k], world.ways[j, k]
    if mine < theirs:
        taken = p.meeting_strength * size * p.group_shared_experience * me.trust * world.traits[i].responsiveness
        world.ways[i, k] = toward(mine, theirs, taken)
        me.ways_heard += 1
