"""Helping another at a meeting: it teaches the helper, and it weighs.

In words
    When somebody has spoken of self-harm, each listener may offer advice or comfort: more readily
    with trust, less when distressed. Advice holds up a mirror to the helper's own triggers, the
    clearer the more alike the two are; and it takes something out of the helper. What the other
    gains from being heard is in share. Advice also passes on how the helper copes, for better or, where
    coping is a level, for worse: there is bad advice.

Members' words
    "It kind of mirror images to yourself actually I know from my own mistakes I would definitely do
    that different" (B3).

Equation
    helps with probability help_prob * T_i (1 - D_i)
    U_i -> 1 [strength * helper * s_ij * r_i];   D_i -> 1 [burden]
    advice, coping as a level:  C_j -> C_i [strength * advice * s_ij * r_j (times copy_poor_coping where C_i <= C_j)]
    advice, ways of coping:     j takes over one of i's ways as in pass_on, with advice in place of pass_on

Reads
    people: present, shared, distress, coping, trust
    traits: responsiveness, position
    group: met_today
    parameters: group.shared_experience, meeting.strength, meeting.helper, meeting.copy_poor_coping,
        meeting.burden, meeting.help_prob, meeting.advice, mechanisms.ways
Writes
    people: distress, coping, understanding, help_given, ways_heard

Source
    sizes are assumptions; so is that similarity counts: only likeness makes a mirror (so that company
    without shared experience teaches nothing, C9).
"""

from sim import draws
from sim.compiler import compiled
from sim.declare import ONLY_RATIOS, effect, proportion, purpose, total
from sim.maths import toward
from sim.relations import shared_likeness
from sim.repertoire import chosen_way
from sim.rules.pass_on import take_over

SUMMARY = "who helps, and what it does to the helper"
HELP = purpose(99, "help")
WAY_ADVISED = purpose(106, "way advised")
PARAMETERS = (
    proportion("meeting.help_prob", 0.3, "probability that a listener with full trust and no distress offers help",
               "assumption: most listeners only listen", plausible=(0.1, 0.6)),
    effect("meeting.advice", 0.2, "* advice is received: coping, or skill in the way advised, moves to the helper's by",
           "assumption: as much as a way that is only heard of (meeting.pass_on), though meant for oneself"
           + ONLY_RATIOS, plausible=(0.0, 0.6)),
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
                if p.meeting_advice > 0.0:
                    advise(world, i, j, day)


@compiled
def advise(world, i, j, day):
    """The person in row i advises the one in row j."""
    p = world.params[0]
    helper, them = world.people[i], world.people[j]
    if p.mechanisms_ways:
        u = draws.uniform(world.key, world.traits[i].id, world.traits[j].id, day, WAY_ADVISED)
        k = chosen_way(world, i, u)
        if k >= 0:
            take_over(world, j, i, k, p.meeting_advice)
        return
    pull = p.meeting_strength * p.meeting_advice * shared_likeness(world, i, j) * world.traits[j].responsiveness
    if helper.coping <= them.coping:
        pull *= p.meeting_copy_poor_coping
    them.coping = toward(them.coping, helper.coping, pull)
