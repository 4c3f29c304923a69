"""Helping another at a meeting: it teaches the helper, and it weighs.

In words
    When somebody has spoken of self-harm, each listener may offer advice or comfort: more readily
    with trust, less when distressed. Advice holds up a mirror to the helper's own triggers, the
    clearer the more alike the two are; and it takes something out of the helper. What the other
    gains from being heard is in share.

Members' words
    "It kind of mirror images to yourself actually I know from my own mistakes I would definitely do
    that different" (B3).

Equation
    helps with probability help_prob * T_i (1 - D_i)
    U_i -> 1 [strength * helper * s_ij * r_i];   D_i -> 1 [burden]

Reads
    people: present, shared, distress, trust
    traits: responsiveness, position
    group: met_today
    parameters: group.shared_experience, meeting.strength, meeting.helper, meeting.burden,
        meeting.help_prob
Writes
    people: distress, understanding, help_given

Source
    sizes are assumptions; so is that similarity counts: only likeness makes a mirror (so that company
    without shared experience teaches nothing, C9).
"""

from sim import draws
from sim.compiler import compiled
from sim.declare import proportion, purpose, total
from sim.maths import toward
from sim.relations import shared_likeness

SUMMARY = "who helps, and what it does to the helper"
HELP = purpose(99, "help")
PARAMETERS = (
    proportion("meeting.help_prob", 0.3, "probability that a listener with full trust and no distress offers help",
               "assumption: most listeners only listen", plausible=(0.1, 0.6)),
)  # fmt: skip
PEOPLE = (
    total("help_given", "times of helping another at a meeting"),
)  # fmt: skip


@compiled
def help_others(world, day):
    """Each listener, for each share about self-harm: whether to help."""
    if not world.group[0].met_today:
        return
    p = world.params[0]
    for j in range(len(world.people)):
        if not (world.people[j].present and world.people[j].shared):
            continue
        for i in range(len(world.people)):
            me = world.people[i]
            if i == j or not me.present:
                continue
            prob = p.meeting_help_prob * me.trust * (1.0 - me.distress)
            if draws.happens(world.key, world.traits[i].id, world.traits[j].id, day, HELP, prob):
                gain = p.meeting_strength * p.meeting_helper * shared_likeness(world, i, j)
                me.understanding = toward(me.understanding, 1.0, gain * world.traits[i].responsiveness)
                me.distress = toward(me.distress, 1.0, p.meeting_burden)
                me.help_given += 1
