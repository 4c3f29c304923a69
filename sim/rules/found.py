"""The beginning of a group: founders, or a clinician's clients.

In words
    In the opening week some of those whom the group is for come together: the likelier the more
    they need it, by the same law as for coming later. A member-led group has organisers among its
    founders from the start; a clinician leads a group of clients.

Members' words
    Group A began "in response to a lack of support"; group B when a psychologist "brought a number
    of his clients who self-harmed together in a group for peer support" (authors).

Equation
    the ``founders`` eligible people with the smallest -ln(u_i) / (need_i ** need_power * on_caseload_i)
    on_caseload = 1; with a clinician: (1 + inpatients_first if an inpatient) (1 - caseload if no service user)
    with a clinician: T -> 1 [known_before]

Reads
    people: resident, status, isolation, strain
    traits: woman, service_user, inpatient
    group: clinician, opening_week, organisers, circle
    parameters: people.isolation_a, people.isolation_b, people.distress_a, people.distress_b,
        group.women_only, group.service_users_only, group.places, group.exists,
        group.clinician_started, group.founders, meeting.trust_start, joining.need_power,
        organising.organisers_wanted, organising.funded, clinician.caseload,
        clinician.inpatients_first, clinician.known_before
Writes
    people: organiser, status, joined_week, first_joined_week, trust, heard_of, last_attended_day
    group: open, clinician, funded, venue, organisers, circle
    circle, story

Source
    the paper (C28); need as in visit. The smallest of such numbers is a draw without replacement in
    proportion to need (Efraimidis and Spirakis 2006), and twin-safe.
"""

import math

from sim import draws
from sim.codes import AS_FOUNDER, MEMBER, OPENED
from sim.compiler import compiled
from sim.declare import number, purpose, switch
from sim.draws import FIRST_DAY, NOBODY
from sim.functions import log, power
from sim.maths import toward
from sim.relations import DAYS_IN_WEEK, average_isolation, average_strain, eligible
from sim.rules.meet import enter_circle
from sim.rules.organise import become_organiser
from sim.story import NO_REASON, NO_ROW, note

SUMMARY = "in the opening week the group begins"
TRAIT_FOUNDER = purpose(18, "trait founder")
PARAMETERS = (
    switch("group.exists", True, "there is a group; no: the same people and lives without one", "condition"),
    switch("group.clinician_started", False, "begun by a clinician with clients, who leads until handing over",
           "condition; group B"),
    number("group.founders", 5, 1, 30, "people",
           "who are there when the group opens: founders, or a clinician's clients",
           "assumption: a handful of people; 3-9 come to a meeting of mutual-help groups (GROW)", plausible=(2, 8)),
)  # fmt: skip


@compiled
def found(world, week):
    """In the opening week: the group begins."""
    p, g = world.params[0], world.group[0]
    if not p.group_exists or week != g.opening_week:
        return
    g.open = True
    g.venue = True
    g.clinician = p.group_clinician_started
    g.funded = p.organising_funded
    note(world, week, OPENED, NO_ROW, NO_REASON)
    for _ in range(min(p.group_founders, p.group_places)):
        i = next_founder(world)
        if i < 0:
            break
        me = world.people[i]
        enter_circle(world, i)
        if g.clinician:
            me.trust = toward(me.trust, 1.0, p.clinician_known_before)
        me.status = MEMBER
        me.heard_of = AS_FOUNDER
        me.joined_week = week
        me.first_joined_week = week
        me.last_attended_day = week * DAYS_IN_WEEK
        if not g.clinician and g.organisers < p.organising_organisers_wanted:
            become_organiser(world, i, week)


@compiled
def next_founder(world):
    """The row of the next founder; -1 when nobody eligible is left."""
    p = world.params[0]
    average_need = average_isolation(world) * average_strain(world)
    best, best_wait = -1, math.inf
    for i in range(len(world.people)):
        me = world.people[i]
        if me.status == MEMBER or not eligible(world, i):
            continue
        u = draws.uniform(world.key, world.traits[i].id, NOBODY, FIRST_DAY, TRAIT_FOUNDER)
        weight = power(me.isolation * me.strain / average_need, p.joining_need_power) * on_caseload(world, i)
        wait = -log(u) / weight if weight > 0.0 else math.inf
        if wait < best_wait or best < 0:
            best, best_wait = i, wait
    return best


@compiled
def on_caseload(world, i):
    """How likely the person in row i is to be among a clinician's clients, against anybody; 1 without a clinician."""
    p = world.params[0]
    who, weight = world.traits[i], 1.0
    if world.group[0].clinician:
        if who.inpatient:
            weight *= 1.0 + p.clinician_inpatients_first
        if not who.service_user:
            weight *= 1.0 - p.clinician_caseload
    return weight
