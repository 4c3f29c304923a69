"""A clinician who started the group hands over, or leaves.

In words
    A clinician may prepare the members and hand the group over after a couple of years; or stay,
    until the post ends one day and nobody is prepared. Members who relied on the clinician trust the
    group less without; preparation softens that.

Members' words
    "After a couple of years the group evolved into a member-led group" (authors, on group B).

Equation
    with handover: in week handover_week after opening; before that, or without handover, the
    clinician leaves at rate clinician_leaves_per_year
    T of all members -> 0 [knock (1 - softened) on handing over, knock on leaving]

Reads
    people: status
    group: open, clinician, opening_week
    parameters: organising.handover, organising.handover_week, organising.clinician_leaves_per_year,
        clinician.knock, clinician.softened
Writes
    people: trust
    group: clinician
    story

Source
    the paper (C28); the rate is an assumption.
"""

from sim import draws
from sim.codes import CLINICIAN_LEFT, HANDED_OVER, MEMBER
from sim.compiler import compiled
from sim.declare import number, purpose
from sim.draws import NOBODY, THE_GROUP
from sim.maths import prob_from_rate, toward
from sim.relations import DAYS_IN_WEEK, WEEKS_IN_YEAR
from sim.story import NO_REASON, NO_ROW, note

SUMMARY = "a clinician hands over or leaves"
CLINICIAN_LEAVES = purpose(142, "clinician leaves")
PARAMETERS = (
    number("organising.clinician_leaves_per_year", 0.15, 0.0, 52.0, "per year",
           "rate of a clinician leaving the post unprepared",
           "assumption: a post is held for about seven years", plausible=(0.05, 0.3)),
)  # fmt: skip


@compiled
def hand_over(world, week):
    """Whether the clinician hands over or leaves this week."""
    p, g = world.params[0], world.group[0]
    if not (g.open and g.clinician):
        return
    prob = prob_from_rate(p.organising_clinician_leaves_per_year / WEEKS_IN_YEAR)
    if p.organising_handover and week - g.opening_week >= p.organising_handover_week:
        g.clinician = False
        lose_clinician(world, p.clinician_knock * (1.0 - p.clinician_softened))
        note(world, week, HANDED_OVER, NO_ROW, NO_REASON)
    elif draws.happens(world.key, THE_GROUP, NOBODY, week * DAYS_IN_WEEK, CLINICIAN_LEAVES, prob):
        g.clinician = False
        lose_clinician(world, p.clinician_knock)
        note(world, week, CLINICIAN_LEFT, NO_ROW, NO_REASON)


@compiled
def lose_clinician(world, knock):
    """Every member trusts the group less."""
    for i in range(len(world.people)):
        me = world.people[i]
        if me.status == MEMBER:
            me.trust = toward(me.trust, 0.0, knock)
