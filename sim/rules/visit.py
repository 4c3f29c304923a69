"""Deciding to come for the first time, or to come again after having left.

In words
    People come when things are worse than usual: when they are alone with it and strained, which is
    what makes before-and-after figures lie. Something stands in the way of some more than of
    others; former members come again less readily than others come for the first time. Joining at
    random (`joining.need_power` = 0) is one setting away.

Members' words
    "I wanted the support and wanted to know whether there were other people out there with the same
    problems" (A4).

Equation
    need_i = I_i * strain_i / (average isolation * average baseline distress)
    rate   = visit_per_year / 52 * need_i ** need_power * (1 - barrier_i) * (former_return if former)
    as long as there is a place, and (for who has never come) the door is not closed

Reads
    people: living, resident, visiting, status, isolation, strain, need
    traits: woman, service_user, barrier
    group: open, door_closed
    parameters: people.isolation_a, people.isolation_b, people.distress_a, people.distress_b,
        group.women_only, group.service_users_only, group.places, joining.need_power,
        joining.visit_per_year, joining.former_return
Writes
    people: visiting, need

Source
    assumption (C13); joining in need is selection, not effect.
"""

from sim import draws
from sim.codes import AWARE, FORMER
from sim.compiler import compiled
from sim.declare import Field, number, proportion, purpose
from sim.draws import NOBODY
from sim.functions import power
from sim.maths import prob_from_rate
from sim.relations import (
    DAYS_IN_WEEK,
    WEEKS_IN_YEAR,
    average_isolation,
    average_strain,
    count_members,
    eligible,
)

SUMMARY = "somebody decides to come"
VISIT = purpose(72, "visit")
PARAMETERS = (
    number("joining.visit_per_year", 0.6, 0.0, 520.0, "per year at average need",
           "rate of coming, of somebody who knows of it and whom nothing keeps away",
           "assumption: of those who know of it, nearly every second comes within a year at average need",
           plausible=(0.1, 1.5)),
    proportion("joining.former_return", 0.3, "readiness of a former member to come again, against somebody new",
               "assumption: former members come again less readily than others come for the first time",
               plausible=(0.0, 0.6)),
)  # fmt: skip
PEOPLE = (
    Field("need", "f8", "1 = average", 0.0, None, "isolation times strain, against the average person"),
)  # fmt: skip


@compiled
def visit(world, week):
    """Each person: this week's need; and, knowing of the group, whether to come."""
    p = world.params[0]
    day = week * DAYS_IN_WEEK
    average_need = average_isolation(world) * average_strain(world)
    taken = count_members(world)
    for i in range(len(world.people)):
        if world.people[i].visiting:
            taken += 1
    for i in range(len(world.people)):
        who, me = world.traits[i], world.people[i]
        if not me.living:
            continue
        me.need = me.isolation * me.strain / average_need
        knows = me.status == AWARE or me.status == FORMER
        if me.status == AWARE and world.group[0].door_closed:
            continue
        if not (world.group[0].open and knows and not me.visiting and eligible(world, i)) or taken >= p.group_places:
            continue
        rate = p.joining_visit_per_year / WEEKS_IN_YEAR * power(me.need, p.joining_need_power) * (1.0 - who.barrier)
        if me.status == FORMER:
            rate *= p.joining_former_return
        if draws.happens(world.key, who.id, NOBODY, day, VISIT, prob_from_rate(rate)):
            me.visiting = True
            taken += 1
