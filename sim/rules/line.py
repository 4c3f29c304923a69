"""The 24-hour phone line, held by members in turn.

In words
    A member on a hard day whom no peer has answered may ring the 24-hour line. Members hold it a
    week each, in turn. It brings the relief that a friend's answer brings, and weighs on whoever
    holds it; but it brings no hours together.

Members' words
    Group B "provided a 24-hour crisis support mobile telephone line" (authors).

Equation
    rings with probability T_i * line_use; is answered with probability line_answered
    answered: as in contact, but for hours together (it is the line one rings, not a friend)

Reads
    people: hard_day, status, supported_day, trust, last_episode_day
    traits: responsiveness, position
    group: open, funded, line_holder
    parameters: group.shared_experience, group.phone_line, meeting.tell_episode,
        meeting.recent_days, meeting.strength, meeting.helper, meeting.burden, contact.relief,
        contact.line_use, contact.line_answered, organising.funded
Writes
    people: distress, heard_episode_day, supported_day, understanding, calls_taken, line_calls,
        line_answered, heard_episodes
    group: line_holder

Source
    the paper names the line and no figure; use and answering are assumptions (C21).
"""

from sim import draws
from sim.codes import MEMBER
from sim.compiler import compiled
from sim.declare import Field, proportion, purpose, switch, total
from sim.draws import NOBODY
from sim.relations import DAYS_IN_WEEK, can_pay, count_members, week_of
from sim.rules.contact import support

SUMMARY = "or the phone line"
LINE_CALL = purpose(122, "line call")
LINE_ANSWER = purpose(123, "line answer")
PARAMETERS = (
    switch("group.phone_line", False, "a 24-hour phone line, held by members in turn",
           'group B: "a 24-hour crisis support mobile telephone line"'),
    proportion("contact.line_use", 0.6,
               "probability that somebody with full trust rings the line when no peer answered",
               "assumption: a line is rung less readily than a friend with a full tie", plausible=(0.2, 0.9)),
    proportion("contact.line_answered", 0.9, "probability that whoever holds the line picks up",
               "assumption: a line is nearly always answered", plausible=(0.7, 1.0)),
)  # fmt: skip
PEOPLE = (
    total("line_calls", "calls to the phone line"),
    total("line_answered", "calls answered on the phone line"),
)  # fmt: skip
GROUP = (
    Field("line_holder", "i8", "row (-1: nobody)", -1.0, None, "who holds the phone this week"),
)  # fmt: skip


@compiled
def line(world, day):
    """Each member on a hard day who has not been answered: the phone line, where there is one."""
    p, g = world.params[0], world.group[0]
    if not (p.group_phone_line and g.open and can_pay(world)):
        return
    if day % DAYS_IN_WEEK == 0:
        g.line_holder = holder_of_week(world, week_of(day))
    holder = g.line_holder
    if holder < 0 or world.people[holder].status != MEMBER:
        return
    for i in range(len(world.people)):
        me = world.people[i]
        if i == holder or me.status != MEMBER or not me.hard_day or me.supported_day == day:
            continue
        who = world.traits[i].id
        if draws.happens(world.key, who, NOBODY, day, LINE_CALL, me.trust * p.contact_line_use):
            me.line_calls += 1
            if draws.happens(world.key, who, NOBODY, day, LINE_ANSWER, p.contact_line_answered):
                me.line_answered += 1
                support(world, i, holder, day)


@compiled
def holder_of_week(world, week):
    """The row of the member whose turn it is; -1 without members."""
    members = count_members(world)
    if members == 0:
        return -1
    turn = week % members
    for i in range(len(world.people)):
        if world.people[i].status == MEMBER:
            if turn == 0:
                return i
            turn -= 1
    return -1
