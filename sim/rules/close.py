"""The end of a group.

In words
    A group ends when for some weeks fewer than two people have come to any meeting (weeks without a
    meeting, for want of a room, do not count), or when nobody has organised it for some weeks. Its
    members are then former members; ties go on as long as people stay in touch.

Members' words
    The two groups of the paper had not ended; groups that had could not be interviewed.

Equation
    closes when weeks_low >= low_weeks, or weeks_unled >= unled_weeks

Reads
    people: organiser, status
    group: open, weeks_unled, weeks_low, most_present, meetings_this_week
    parameters: organising.unled_weeks, organising.low_weeks
Writes
    people: organiser, visiting, expected, status, left_reason, left_week
    group: open, clinician, met_today, closed_week, closed_reason, organisers, weeks_low
    story

Source
    reasons for closing: attendance 76 %, leadership 52 % (Wituk 2002); weeks are assumptions.
"""

from sim.codes import CLOSED, CLOSED_NAMES, GROUP_CLOSED, MEMBER, NO_ORGANISER, TOO_FEW_CAME
from sim.compiler import compiled
from sim.declare import Field, last_week, number
from sim.rules.leave import end_membership
from sim.story import NO_ROW, note

SUMMARY = "does the group go on?"
PARAMETERS = (
    number("organising.unled_weeks", 13, 1, 520, "weeks", "without an organiser, after which the group ends",
           "assumption; leadership 52 % of reasons for closing (Wituk 2002)", plausible=(4, 26)),
    number("organising.low_weeks", 13, 1, 520, "weeks",
           "in a row with fewer than two attending, after which the group ends",
           "assumption; attendance 76 % of reasons for closing (Wituk 2002)", plausible=(4, 26)),
)  # fmt: skip
GROUP = (
    last_week("closed_week", "of closing"),
    Field("closed_reason", "i8", "0-2", 0.0, 2.0, "ended because: " + ", ".join(CLOSED_NAMES)),
    Field("weeks_low", "i8", "weeks", 0.0, None, "with a meeting, in a row, in which fewer than two attended any"),
)  # fmt: skip


@compiled
def close(world, week):
    """The end of the week: does the group go on?"""
    p, g = world.params[0], world.group[0]
    if not g.open:
        return
    if g.meetings_this_week > 0:
        g.weeks_low = g.weeks_low + 1 if g.most_present < 2 else 0
    if g.weeks_low >= p.organising_low_weeks:
        end_group(world, week, TOO_FEW_CAME)
    elif g.weeks_unled >= p.organising_unled_weeks:
        end_group(world, week, NO_ORGANISER)


@compiled
def end_group(world, week, reason):
    """The group closes for this reason."""
    g = world.group[0]
    g.open = False
    g.clinician = False
    g.met_today = False
    g.closed_week = week
    g.closed_reason = reason
    for i in range(len(world.people)):
        world.people[i].visiting = False
        if world.people[i].status == MEMBER:
            end_membership(world, i, week, GROUP_CLOSED)
    note(world, week, CLOSED, NO_ROW, reason)
