"""Realising that one is not the only one: hearing people alike lowers perceived difference.

In words
    Whoever thinks of herself or himself as "weird", the only one, hears somebody speak of it in whom she or
    he finds herself or himself again: the feeling of being different from everybody lessens. Whoever hears
    only people quite unlike feels more different still. Feeling alone with it follows (see isolate).

Members' words
    "Coming to the group it makes you realise that you're not on your own that you're not going mad and that
    there are people that understand" (A1). "I'm weird and you know I'm not normal and I do something that
    other people don't do" (B3, of before).

Equation
    a share of j is heard, with a = alike_above:
    s_ij >= a:  Delta -> 0 [strength * alike * shared_experience * r_i (s_ij - a) / (1 - a)]
    s_ij < a:   Delta -> 1 [strength * unlike * shared_experience * (a - s_ij) / a]

Reads
    people: present, shared
    traits: responsiveness, position
    group: met_today
    parameters: group.shared_experience, meeting.strength, meeting.alike, meeting.unlike,
        meeting.alike_above, mechanisms.alike
Writes
    people: difference

Source
    perceived difference: Helgeson and Gottlieb 2000 and Yalom 2005, in the paper; sizes are assumptions.
    Hearing the unlike hurts whoever hears, responsive or not, so that the model does not favour the group.
"""

from sim.compiler import compiled
from sim.declare import ONLY_RATIOS, effect, level, number
from sim.maths import toward
from sim.relations import likeness

SUMMARY = "hearing people alike, one is not the only one"
PARAMETERS = (
    effect("meeting.alike", 0.06, "* a share of somebody fully alike is heard: perceived difference moves to 0 by",
           "assumption: as strong as being accepted oneself is for shame (meeting.accept)" + ONLY_RATIOS,
           plausible=(0.0, 0.12)),
    effect("meeting.unlike", 0.06, "* a share of somebody not alike at all is heard: perceived difference to 1 by",
           "assumption: as strong the other way" + ONLY_RATIOS, plausible=(0.0, 0.12)),
    number("meeting.alike_above", 0.5, 0.05, 0.95, "proportion",
           "likeness above which hearing somebody makes one feel less different, below which more",
           "assumption: the middle; about one pair in eight lies below it", plausible=(0.3, 0.7)),
)  # fmt: skip
PEOPLE = (
    level("difference", "perceived difference: feeling the only one who does this; 0 where mechanisms.alike is off"),
)  # fmt: skip


@compiled
def realise(world, day):
    """Each person present hears each share about self-harm, in the order of rows."""
    p = world.params[0]
    if not (p.mechanisms_alike and world.group[0].met_today):
        return
    middle, size = p.meeting_alike_above, p.meeting_strength * p.group_shared_experience
    for i in range(len(world.people)):
        me = world.people[i]
        if not me.present:
            continue
        for j in range(len(world.people)):
            if j == i or not (world.people[j].present and world.people[j].shared):
                continue
            alike = likeness(world, i, j)
            if alike >= middle:
                closeness = (alike - middle) / (1.0 - middle) * world.traits[i].responsiveness
                me.difference = toward(me.difference, 0.0, size * p.meeting_alike * closeness)
            else:
                me.difference = toward(me.difference, 1.0, size * p.meeting_unlike * (middle - alike) / middle)
