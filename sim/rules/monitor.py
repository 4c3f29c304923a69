"""A funder's monitoring form.

In words
    Some funders want forms about each member. Filling one in at a meeting costs some trust. Groups
    may resist, wholly or in part; that puts the funding at risk (see fund).

Members' words
    "I won't tell them on a daily basis what members are using" (B4); "it would not be a true
    representation of what we do" (B4).

Equation
    in every monitoring_every_weeks-th week, at its first meeting:
    all present: T -> 0 [monitoring_hurt (1 - monitoring_resisted)]

Reads
    people: present
    group: funded, met_today, opening_week, meetings_this_week
    parameters: organising.monitoring, organising.monitoring_resisted,
        organising.monitoring_every_weeks, organising.monitoring_hurt
Writes
    people: trust

Source
    the paper claims no outcome (C12); size an assumption.
"""

from sim.compiler import compiled
from sim.declare import effect, number
from sim.maths import toward
from sim.relations import week_of

SUMMARY = "a funder's form may be due"
PARAMETERS = (
    number("organising.monitoring_every_weeks", 4, 1, 520, "weeks", "between monitoring forms",
           "assumption: monthly forms", plausible=(1, 13)),
    effect("organising.monitoring_hurt", 0.02, "a form is filled in: trust of those present moves to 0 by",
           "assumption: a form costs a third of the trust that an accepted share builds", plausible=(0.0, 0.06)),
)  # fmt: skip


@compiled
def monitor(world, day):
    """At today's meeting: a form, if one is due."""
    p, g = world.params[0], world.group[0]
    weeks = week_of(day) - g.opening_week + 1
    due = weeks % p.organising_monitoring_every_weeks == 0 and g.meetings_this_week == 1
    if not (g.met_today and g.funded and p.organising_monitoring and due):
        return
    hurt = p.organising_monitoring_hurt * (1.0 - p.organising_monitoring_resisted)
    for i in range(len(world.people)):
        me = world.people[i]
        if me.present:
            me.trust = toward(me.trust, 0.0, hurt)
