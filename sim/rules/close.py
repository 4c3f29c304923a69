"""The end of a group.

In words
    A group ends when for some weeks fewer than two people have come to any meeting (weeks without a
    meeting, for want of a room, do not count), when nobody has organised it for some weeks, or when it has
    long been without a room. Its
    members are then former members; ties go on as long as people stay in touch.

Members' words
    The two groups of the paper had not ended; groups that had could not be interviewed.

Equation
    closes when weeks_low >= low_weeks, or weeks_unled >= unled_weeks,
           or (with mechanisms.no_room) weeks_roomless >= roomless_weeks
    why too few came: as most of those left who left in the last low_weeks + lapse_days / 7 weeks

Reads
    people: assured, organiser, status, left_reason, left_week
    group: open, weeks_unled, weeks_low, most_present, circle, meetings_this_week, weeks_roomless
    parameters: meeting.broken, meeting.let_down, leaving.lapse_days, organising.organiser_lost,
        organising.unled_weeks, organising.roomless_weeks, organising.low_weeks, mechanisms.no_room
Writes
    people: assured, organiser, visiting, expected, status, distress, trust, left_reason, left_week
    group: open, clinician, met_today, closed_week, closed_reason, organisers, weeks_low
    story

Source
    reasons for closing: attendance 76 %, leadership 52 % (Wituk 2002); weeks are assumptions.
"""

from sim.codes import (
    CLOSED,
    CLOSED_NAMES,
    FELL_APART,
    FELL_OUT,
    FORMER,
    GROUP_CLOSED,
    MEMBER,
    NO_LONGER_NEEDED,
    NO_ORGANISER,
    NO_ROOM,
    NOT_NEEDED,
    ONE_VISIT_ONLY,
    TOO_FEW_CAME,
    WENT_ALONG,
)
from sim.compiler import compiled
from sim.declare import Field, last_week, number
from sim.relations import DAYS_IN_WEEK
from sim.rules.count_on import let_down
from sim.rules.leave import end_membership
from sim.story import NO_ROW, note

SUMMARY = "does the group go on?"
PARAMETERS = (
    number("organising.unled_weeks", 13, 1, 520, "weeks", "without an organiser, after which the group ends",
           "assumption; leadership 52 % of reasons for closing (Wituk 2002)", plausible=(4, 26)),
    number("organising.roomless_weeks", 13, 1, 520, "weeks",
           "without a room, after which the group ends (where mechanisms.no_room is on)",
           "assumption: as long as without an organiser; logistics 31 % of reasons for closing (Wituk 2002)",
           plausible=(4, 26)),
    number("organising.low_weeks", 13, 1, 520, "weeks",
           "in a row with fewer than two attending, after which the group ends",
           "assumption; attendance 76 % of reasons for closing (Wituk 2002)", plausible=(4, 26)),
)  # fmt: skip
GROUP = (
    last_week("closed_week", "of closing"),
    Field("closed_reason", "i8", "0-5", 0.0, 5.0, "ended because: " + ", ".join(CLOSED_NAMES)),
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
        end_group(world, week, why_too_few(world, week))
    elif g.weeks_unled >= p.organising_unled_weeks:
        end_group(world, week, NO_ORGANISER)
    elif p.mechanisms_no_room and g.weeks_roomless >= p.organising_roomless_weeks:
        end_group(world, week, NO_ROOM)


@compiled
def why_too_few(world, week):
    """Why too few came: members fell out, or needed it no more, if most of those did who left lately."""
    p = world.params[0]
    since = week - p.organising_low_weeks - p.leaving_lapse_days // DAYS_IN_WEEK
    fell_out, needed_no_more, others = 0, 0, 0
    for a in range(world.group[0].circle):
        gone = world.people[world.circle[a]]
        if gone.status != FORMER or gone.left_week < since:
            continue
        if gone.left_reason == FELL_OUT or gone.left_reason == WENT_ALONG:
            fell_out += 1
        elif gone.left_reason == NO_LONGER_NEEDED:
            needed_no_more += 1
        elif gone.left_reason != ONE_VISIT_ONLY:
            others += 1
    if fell_out > needed_no_more + others:
        return FELL_APART
    if needed_no_more > fell_out + others:
        return NOT_NEEDED
    return TOO_FEW_CAME


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
        if world.people[i].assured > 0.0:
            let_down(world, i)
        if world.people[i].status == MEMBER:
            end_membership(world, i, week, GROUP_CLOSED)
    note(world, week, CLOSED, NO_ROW, reason)
