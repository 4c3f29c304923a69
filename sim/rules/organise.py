"""Organising: it takes energy, and somebody must be willing.

In words
    One or two members keep the group going. Each meeting takes energy, shared among them; time
    gives it back. A tired organiser is likelier to step down. When organisers are wanted, members
    who have been coming for a while may volunteer: with trust, energy and not too much distress.

Members' words
    "It would not be a true representation of what we do" (B4, who deals with the funder).

Equation
    each meeting: E -> 0 [drain / organisers (times 1 - guidance_relief with guidance)]
    each week:    E -> 1 [1 - 2^(-1 / half-life)]
    steps down:   rate = step_down_per_year / 52 * (1 - E)^2
    volunteers:   probability volunteer_prob * T E (1 - D) (times 1 - reliance while a clinician leads)

Reads
    people: organiser, status, distress, trust, energy, heard_of, meetings
    group: open, clinician, opening_week, organisers, meetings_this_week
    parameters: organising.organisers_wanted, organising.handover, organising.handover_week,
        organising.drain, organising.energy_half_life_weeks, organising.step_down_per_year,
        organising.volunteer_prob, organising.volunteer_meetings, organising.preparation_weeks,
        clinician.reliance, practitioners.guidance, practitioners.guidance_relief
Writes
    people: organiser, energy
    group: organisers, weeks_unled
    story

Source
    leadership is a reason for closing in 52 % (Wituk 2002); sizes are assumptions.
"""

from sim import draws
from sim.codes import AS_FOUNDER, MEMBER, ORGANISER_OFF, ORGANISER_ON
from sim.compiler import compiled
from sim.declare import Field, effect, level, number, proportion, purpose, switch
from sim.draws import NOBODY
from sim.maths import prob_from_rate, remaining, toward
from sim.relations import DAYS_IN_WEEK, WEEKS_IN_YEAR
from sim.story import NO_REASON, note

SUMMARY = "organisers tire, step down, take over"
VOLUNTEER = purpose(140, "volunteer")
STEP_DOWN = purpose(141, "step down")
PARAMETERS = (
    effect("organising.drain", 0.04, "organising a meeting, shared among organisers: energy moves to 0 by",
           "assumption: organising tires, and less when it is shared; leadership is a reason in 52 % of closings "
           "(Wituk 2002)", plausible=(0.01, 0.1)),
    number("organising.energy_half_life_weeks", 13.0, 0.1, 1000.0, "weeks", "recovery of energy",
           "assumption: organising tires, and less when it is shared; leadership is a reason in 52 % of closings "
           "(Wituk 2002)", plausible=(4.0, 52.0)),
    number("organising.step_down_per_year", 1.0, 0.0, 52.0, "per year",
           "rate of stepping down without any energy; grows with the square of what is missing",
           "assumption: organising tires, and less when it is shared; leadership is a reason in 52 % of closings "
           "(Wituk 2002)", plausible=(0.3, 3.0)),
    proportion("organising.volunteer_prob", 0.1,
               "probability a week that a member with full trust, energy and no distress volunteers when "
               "organisers are wanted",
               "assumption: somebody is usually found within months", plausible=(0.01, 0.2)),
    number("organising.volunteer_meetings", 8, 0, 500, "meetings",
           "attended before somebody volunteers (founders at once)",
           "assumption: about two months of weekly meetings", plausible=(2, 26)),
    number("organising.preparation_weeks", 26, 0, 520, "weeks",
           "before handover in which members may take on organising",
           "assumption: half a year", plausible=(8, 52)),
    switch("practitioners.guidance", False, "organisers have somebody to turn to",
           '"support and guidance when required"'),
    proportion("practitioners.guidance_relief", 0.5, "share of the drain on energy that guidance takes away",
               "assumption: large enough to be seen, if such help matters (C32)", plausible=(0.0, 0.8)),
)  # fmt: skip
PEOPLE = (
    level("energy", "for organising"),
)  # fmt: skip
GROUP = (
    Field("weeks_unled", "i8", "weeks", 0.0, None, "in a row without organiser or clinician"),
)  # fmt: skip


@compiled
def organise(world, week):
    """A week's wear and rest of organisers; who steps down, who takes over."""
    p, g = world.params[0], world.group[0]
    if not g.open:
        return
    tire_and_rest(world)
    day = week * DAYS_IN_WEEK
    for i in range(len(world.people)):
        me = world.people[i]
        if me.organiser:
            tired = 1.0 - me.energy
            prob = prob_from_rate(p.organising_step_down_per_year / WEEKS_IN_YEAR * tired * tired)
            if draws.happens(world.key, world.traits[i].id, NOBODY, day, STEP_DOWN, prob):
                me.organiser = False
                g.organisers -= 1
                note(world, week, ORGANISER_OFF, i, NO_REASON)
        elif g.organisers < p.organising_organisers_wanted and may_volunteer(world, i, week):
            prob = p.organising_volunteer_prob * me.trust * me.energy * (1.0 - me.distress)
            if g.clinician:
                prob *= 1.0 - p.clinician_reliance
            if draws.happens(world.key, world.traits[i].id, NOBODY, day, VOLUNTEER, prob):
                become_organiser(world, i, week)
    unled = g.organisers == 0 and not g.clinician
    g.weeks_unled = g.weeks_unled + 1 if unled else 0


@compiled
def tire_and_rest(world):
    """Organisers lose energy with each meeting of the week; everybody regains some."""
    p, g = world.params[0], world.group[0]
    rest = 1.0 - remaining(p.organising_energy_half_life_weeks)
    drain = p.organising_drain / max(1, g.organisers)
    if p.practitioners_guidance:
        drain *= 1.0 - p.practitioners_guidance_relief
    for i in range(len(world.people)):
        me = world.people[i]
        if me.organiser and not g.clinician:
            for _ in range(g.meetings_this_week):
                me.energy = toward(me.energy, 0.0, drain)
        me.energy = toward(me.energy, 1.0, rest)


@compiled
def may_volunteer(world, i, week):
    """Whether the person in row i is in a position to take on organising."""
    p, g = world.params[0], world.group[0]
    me = world.people[i]
    if me.status != MEMBER:
        return False
    preparing = p.organising_handover and (
        week - g.opening_week >= p.organising_handover_week - p.organising_preparation_weeks
    )
    known = me.heard_of == AS_FOUNDER or me.meetings >= p.organising_volunteer_meetings
    return known and (preparing or not g.clinician)


@compiled
def become_organiser(world, i, week):
    """The member in row i organises from now on."""
    world.people[i].organiser = True
    world.group[0].organisers += 1
    note(world, week, ORGANISER_ON, i, NO_REASON)
