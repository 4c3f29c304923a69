"""Funding and the room: lost and found again.

In words
    A funder may end support, sooner if the group resists its forms. Without funding there are no
    meals, socials or phone line in a group that relied on it. Any group may lose its room; there
    are no meetings until another is found, faster where practitioners offer one.

Members' words
    "I won't tell them on a daily basis what members are using" (B4, of the funder).

Equation
    funding lost:  rate = funding_loss_per_year / 52 * (1 + resisting_risk * monitoring_resisted [if monitored])
    found again:   rate = funding_back_per_year / 52
    room lost, found: room_loss_per_year / 52, room_found_per_year / 52 (times venue_factor)

Reads
    group: open, funded, venue
    parameters: organising.funded, organising.monitoring, organising.monitoring_resisted,
        organising.funding_loss_per_year, organising.funding_back_per_year,
        organising.resisting_risk, organising.room_loss_per_year, organising.room_found_per_year,
        practitioners.venue, practitioners.venue_factor, mechanisms.no_room
Writes
    group: funded, venue, weeks_roomless
    story

Source
    the paper (C12, C32); rates are assumptions.
"""

from sim import draws
from sim.codes import FUNDING_BACK, FUNDING_GONE, VENUE_BACK, VENUE_GONE
from sim.compiler import compiled
from sim.declare import Field, number, purpose, switch
from sim.draws import NOBODY, THE_GROUP
from sim.maths import prob_from_rate
from sim.relations import DAYS_IN_WEEK, WEEKS_IN_YEAR
from sim.story import NO_REASON, NO_ROW, note

SUMMARY = "funding and room are lost or found"
FUNDING_LOST = purpose(143, "funding lost")
FUNDING_REGAINED = purpose(144, "funding regained")
VENUE_LOST = purpose(145, "venue lost")
VENUE_FOUND = purpose(146, "venue found")
PARAMETERS = (
    number("organising.funding_loss_per_year", 0.1, 0.0, 52.0, "per year", "rate of losing the funding",
           "assumption: lost once in ten years", plausible=(0.03, 0.3)),
    number("organising.funding_back_per_year", 0.7, 0.0, 52.0, "per year", "rate of finding funding again",
           "assumption: money is found again within a year and a half", plausible=(0.2, 2.0)),
    number("organising.resisting_risk", 1.0, 0.0, 20.0, "relative rise",
           "of losing the funding, when all forms are resisted",
           "assumption: full resistance doubles the risk", plausible=(0.0, 3.0)),
    number("organising.room_loss_per_year", 0.1, 0.0, 52.0, "per year", "rate of losing the room",
           "assumption: lost once in ten years", plausible=(0.03, 0.3)),
    number("organising.room_found_per_year", 6.0, 0.0, 520.0, "per year", "rate of finding another",
           "assumption: a room is found again within two months", plausible=(2.0, 12.0)),
    switch("practitioners.venue", False, "a room is offered: another is found faster", '"suitable meeting venues"'),
    number("practitioners.venue_factor", 4.0, 1.0, 50.0, "multiple", "how much faster",
           "assumption: large enough to be seen, if such help matters (C32)", plausible=(1.0, 8.0)),
)  # fmt: skip
GROUP = (
    Field("weeks_roomless", "i8", "weeks", 0.0, None, "in a row without a room; 0 where mechanisms.no_room is off"),
)  # fmt: skip


@compiled
def fund(world, week):
    """This week's change of funding and room, if any."""
    g = world.group[0]
    if g.open:
        if world.params[0].organising_funded:
            change_funding(world, week)
        change_room(world, week)


@compiled
def change_funding(world, week):
    """Funding is lost, or found again."""
    p, g = world.params[0], world.group[0]
    day = week * DAYS_IN_WEEK
    if g.funded:
        rate = p.organising_funding_loss_per_year
        if p.organising_monitoring:
            rate *= 1.0 + p.organising_resisting_risk * p.organising_monitoring_resisted
        if draws.happens(world.key, THE_GROUP, NOBODY, day, FUNDING_LOST, prob_from_rate(rate / WEEKS_IN_YEAR)):
            g.funded = False
            note(world, week, FUNDING_GONE, NO_ROW, NO_REASON)
    else:
        prob = prob_from_rate(p.organising_funding_back_per_year / WEEKS_IN_YEAR)
        if draws.happens(world.key, THE_GROUP, NOBODY, day, FUNDING_REGAINED, prob):
            g.funded = True
            note(world, week, FUNDING_BACK, NO_ROW, NO_REASON)


@compiled
def change_room(world, week):
    """The room is lost, or another is found."""
    p, g = world.params[0], world.group[0]
    day = week * DAYS_IN_WEEK
    if g.venue:
        prob = prob_from_rate(p.organising_room_loss_per_year / WEEKS_IN_YEAR)
        if draws.happens(world.key, THE_GROUP, NOBODY, day, VENUE_LOST, prob):
            g.venue = False
            note(world, week, VENUE_GONE, NO_ROW, NO_REASON)
    else:
        rate = p.organising_room_found_per_year
        if p.practitioners_venue:
            rate *= p.practitioners_venue_factor
        g.weeks_roomless += p.mechanisms_no_room
        if draws.happens(world.key, THE_GROUP, NOBODY, day, VENUE_FOUND, prob_from_rate(rate / WEEKS_IN_YEAR)):
            g.venue = True
            g.weeks_roomless = 0
            note(world, week, VENUE_BACK, NO_ROW, NO_REASON)
