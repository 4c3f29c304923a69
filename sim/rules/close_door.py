"""Closing the door: a group may choose to stay among itself.

In words
    A group that has enough members and has grown close may stop looking for new ones: nobody new hears of it
    or is taken in, though former members may come back. When few are left it opens the door again.

Members' words
    "It is not uncommon for some groups to prefer to remain 'hidden' and limit their membership" (authors, after
    Chaudhary 2010).

Equation
    closed with rate door_closes_per_year / 52 * mean tie of members, with at least door_members members
    opened with fewer than door_opens members

Reads
    people: status
    group: open, circle, door_closed
    ties, circle
    parameters: joining.door_closes_per_year, joining.door_members, joining.door_opens
Writes
    group: door_closed
    story

Source
    Chaudhary, Avis and Munn-Giddings 2010, in the paper; rates are assumptions.
"""

from sim import draws
from sim.codes import DOOR_CLOSED, DOOR_OPENED
from sim.compiler import compiled
from sim.declare import flag, number, purpose
from sim.draws import NOBODY, THE_GROUP
from sim.maths import prob_from_rate
from sim.observe import mean_tie
from sim.relations import DAYS_IN_WEEK, WEEKS_IN_YEAR, count_members
from sim.story import NO_REASON, NO_ROW, note

SUMMARY = "the group may close its door, or open it"
CLOSE_DOOR = purpose(147, "close door")
PARAMETERS = (
    number("joining.door_closes_per_year", 0.3, 0.0, 52.0, "per year at full ties",
           "rate of closing the door to newcomers", "assumption: a close group does so once in some ten years",
           plausible=(0.0, 1.0)),
    number("joining.door_members", 6, 1, 200, "people", "members from which it may", "assumption: enough to go on with",
           plausible=(4, 10)),
    number("joining.door_opens", 4, 0, 200, "people", "members below which it opens the door again",
           "assumption: one fewer than most groups begin with", plausible=(2, 5)),
)  # fmt: skip
GROUP = (
    flag("door_closed", "takes in nobody new, by its own choice"),
)  # fmt: skip


@compiled
def close_door(world, week):
    """Whether the group closes its door this week, or opens it."""
    p, g = world.params[0], world.group[0]
    if not g.open or p.joining_door_closes_per_year <= 0.0:
        return
    members = count_members(world)
    if g.door_closed:
        if members < p.joining_door_opens:
            g.door_closed = False
            note(world, week, DOOR_OPENED, NO_ROW, NO_REASON)
    elif members >= p.joining_door_members and members > 1:
        prob = prob_from_rate(p.joining_door_closes_per_year / WEEKS_IN_YEAR * mean_tie(world))
        if draws.happens(world.key, THE_GROUP, NOBODY, week * DAYS_IN_WEEK, CLOSE_DOOR, prob):
            g.door_closed = True
            note(world, week, DOOR_CLOSED, NO_ROW, NO_REASON)
