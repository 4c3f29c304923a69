"""Routine contact between meetings: texts and calls without a crisis.

In words
    People who have come to know each other in the group text and ring each other, the more the
    closer they are. It counts as a little time together and keeps ties alive, also with those who
    have left and after the group has closed.

Members' words
    "We're there for each other, we're always on the phone to each other, that's it really" (B1).

Equation
    contacts of a pair in a week ~ Poisson(texts_per_week * w_ij); each counts text_hours together

Reads
    people: living
    group: circle
    ties, circle
    parameters: contact.between_meetings, contact.texts_per_week, contact.text_hours
Writes
    people: texts
    hours

Source
    0.5-5 a week for close members: assumption.
"""

from sim import draws
from sim.codes import TIED
from sim.compiler import compiled
from sim.declare import number, purpose, total
from sim.relations import DAYS_IN_WEEK, spend_time, tied_to

SUMMARY = "routine texts and calls"
TEXT = purpose(124, "text")
PARAMETERS = (
    number("contact.texts_per_week", 3.0, 0.0, 100.0, "per week at tie 1", "routine texts and calls of a pair",
           "assumption: 0.5-5 a week between close members", plausible=(0.5, 5.0)),
    number("contact.text_hours", 0.2, 0.0, 12.0, "hours", "what such a contact counts for, as time together",
           plausible=(0.05, 0.5)),
)  # fmt: skip
PEOPLE = (
    total("texts", "routine contacts with peers"),
)  # fmt: skip


@compiled
def text(world, week):
    """Each two people with a tie: how often they were in touch this week."""
    p = world.params[0]
    if not p.contact_between_meetings:
        return
    for a in range(world.group[0].circle):
        i = world.circle[a]
        if not world.people[i].living:
            continue
        for k in range(tied_to(world, i, a)):
            j = world.places[TIED, k]
            if world.people[j].living:
                one, other = world.traits[i].id, world.traits[j].id
                first, second = min(one, other), max(one, other)
                mean = p.contact_texts_per_week * world.ties[i, j]
                contacts = draws.count(world.key, first, second, week * DAYS_IN_WEEK, TEXT, mean)
                if contacts > 0:
                    world.people[i].texts += contacts
                    world.people[j].texts += contacts
                    if len(world.contacts) > 0:
                        world.contacts[i, j].texts = contacts
                    spend_time(world, i, j, contacts * p.contact_text_hours)
