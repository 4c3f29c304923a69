"""A breach of confidentiality after a meeting.

In words
    Rarely, what was said in the room does not stay there. Everybody who was present trusts the
    group less; the one whose words they were is also met with dismay outside.

Members' words
    "Confidentiality, what goes on in the room stays in the room, about safety" (A3). "We take it
    for granted that so and so isn't going to go outside and tell the world" (B2).

Equation
    with probability breach_prob a meeting at which somebody shared:
    all present: T -> 0 [breach_hurt];   one of those who shared: S -> 1 [horrified]

Reads
    people: present, shared
    group: met_today
    parameters: outside.horrified, group.breach_prob, meeting.breach_hurt
Writes
    people: stigma, trust
    group: breaches
    story

Source
    assumption; the claim to test is which rate halves a group's life (C10).
"""

from sim import draws
from sim.codes import BREACHED
from sim.compiler import compiled
from sim.declare import effect, proportion, purpose, total
from sim.draws import NOBODY, THE_GROUP
from sim.maths import toward
from sim.relations import week_of
from sim.story import NO_REASON, note

SUMMARY = "a confidence may be broken"
BREACH = purpose(100, "breach")
BREACH_WHOSE = purpose(101, "breach whose")
PARAMETERS = (
    proportion("group.breach_prob", 0.002, "probability a meeting that a confidence is broken afterwards",
               'assumption; "what goes on in the room stays in the room" (A3)', plausible=(0.0, 0.02)),
    effect("meeting.breach_hurt", 0.4, "a confidence is broken: trust of those present moves to 0 by",
           "assumption: a broken confidence costs more trust than being judged", plausible=(0.2, 0.8)),
)  # fmt: skip
GROUP = (
    total("breaches", "confidences broken", since="the opening"),
)  # fmt: skip


@compiled
def breach(world, day):
    """After today's meeting: whether a confidence is broken, and whose."""
    p, g = world.params[0], world.group[0]
    if not g.met_today:
        return
    sharers = 0
    for i in range(len(world.people)):
        if world.people[i].shared:
            sharers += 1
    if sharers == 0 or not draws.happens(world.key, THE_GROUP, NOBODY, day, BREACH, p.group_breach_prob):
        return
    g.breaches += 1
    whose = int(sharers * draws.uniform(world.key, THE_GROUP, NOBODY, day, BREACH_WHOSE))
    for i in range(len(world.people)):
        me = world.people[i]
        if me.present:
            me.trust = toward(me.trust, 0.0, p.meeting_breach_hurt)
        if me.shared:
            if whose == 0:
                me.stigma = toward(me.stigma, 1.0, p.outside_horrified)
                note(world, week_of(day), BREACHED, i, NO_REASON)
            whose -= 1
