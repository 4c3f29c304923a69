"""Anticipated support: kept meetings make a group one can count on, broken ones undo it.

In words
    Each meeting that takes place on its fixed day, whether one goes or not, adds to the feeling that support
    is there. A due meeting that does not take place takes much of it away, and lets down whoever counted on
    it. Where nobody can foresee the days of meetings there is nothing to count on. What it does for distress,
    on the days before a meeting, is in feel.

Members' words
    "I think just the fact that we meet regularly and knowing that I have got that support there on a regular
    basis...it's like a safety net" (A2).

Equation
    members, on a fixed meeting day:  kept: A -> 1 [kept];   broken: D -> 1 [let_down * A], then A -> 0 [broken]
    otherwise:                        A <- A 2^(-1 / half-life in days)

Reads
    people: assured, status
    group: open, met_today
    parameters: group.meeting_days, group.regular, meeting.kept, meeting.broken, meeting.let_down,
        meeting.assured_half_life_days, mechanisms.assurance
Writes
    people: assured, distress

Source
    perceived support matters more than received (Wethington and Kessler 1986); sizes are assumptions. That a
    net that breaks lets down is what stands against it.
"""

from sim.codes import MEMBER
from sim.compiler import compiled
from sim.declare import effect, level, number
from sim.maths import remaining, toward
from sim.relations import due_on

SUMMARY = "can one count on the group?"
PARAMETERS = (
    effect("meeting.kept", 0.1, "a due meeting is kept: a member's anticipated support moves to 1 by",
           "assumption: some ten kept meetings make most of the way", plausible=(0.0, 0.3)),
    effect("meeting.broken", 0.5, "a due meeting is not kept: anticipated support moves to 0 by",
           "assumption: lost five times as fast as it is won", plausible=(0.0, 0.8)),
    effect("meeting.let_down", 0.2, "a due meeting is not kept: distress moves to 1 by this times anticipated support",
           "assumption: somebody who counted on it fully is upset by two thirds of what a call eases",
           plausible=(0.0, 0.4)),
    number("meeting.assured_half_life_days", 28.0, 0.5, 1000.0, "days",
           "fading of anticipated support without meetings", "assumption: a month without a meeting halves it",
           plausible=(7.0, 91.0)),
)  # fmt: skip
PEOPLE = (
    level("assured", "anticipated support, how much one counts on the group; 0 where mechanisms.assurance is off"),
)  # fmt: skip


@compiled
def count_on(world, day):
    """Each person: whether the group can be counted on, after today."""
    p, g = world.params[0], world.group[0]
    if not p.mechanisms_assurance:
        return
    keep = remaining(p.meeting_assured_half_life_days)
    due = g.open and due_on(world, day)
    for i in range(len(world.people)):
        me = world.people[i]
        if me.status == MEMBER and due:
            if g.met_today:
                me.assured = toward(me.assured, 1.0, p.meeting_kept)
            else:
                let_down(world, i)
        else:
            me.assured *= keep


@compiled
def let_down(world, i):
    """The person in row i counted on a meeting that is not kept, or on a group that is no more."""
    p = world.params[0]
    me = world.people[i]
    me.distress = toward(me.distress, 1.0, p.meeting_let_down * me.assured)
    me.assured = toward(me.assured, 0.0, p.meeting_broken)
