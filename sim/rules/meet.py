"""Meeting: whether the group meets today, and who comes.

In words
    The group meets on its fixed days (or, if irregular, as often a year on days nobody can
    foresee), as long as it has a room. Somebody who has decided on a first visit comes to the next
    meeting, once, and decides at the end of that week whether to come back (see leave). A member
    comes if nothing stands in the way; trust draws, distress holds back. Those who are there spend
    the meeting, and the meal if there is one, together.

Members' words
    "So we meet and make drinks and then talk about just general things really" (A3). "I think just
    the fact that we meet regularly" (A2); "We have a meal together" (B4).

Equation
    attends with probability (1 - barrier_i) (f + (1 - f) T_i) (1 - g D_i)
    hours together of each two present: meeting_hours + meal_hours (if there is money),
    divided by others present ^ shared_out where more than two are present

Reads
    people: present, visiting, expected, status, distress, joined_week, first_joined_week, trust,
        heard_of
    traits: position, barrier
    group: open, funded, venue, met_today, present, circle
    parameters: group.meeting_hours, group.meeting_days, group.regular, group.meal_hours,
        meeting.trust_start, meeting.shared_out, meeting.attend_floor, meeting.attend_distress,
        leaving.crowding, organising.funded
Writes
    people: present, visiting, expected, shared, spoke, told_episode, told_mechanics, status,
        joined_week, first_joined_week, trust, fit, attended_this_week, last_attended_day, meetings,
        crowd
    group: met_today, present, most_present, circle, meetings_this_week, meetings, attendances
    hours, circle, story

Source
    3-9 people, about two hours, weekly (GROW); readiness to attend is an assumption.
"""

from sim import draws
from sim.codes import FIRST_VISIT, MEMBER
from sim.compiler import compiled
from sim.declare import Field, flag, level, number, proportion, purpose, switch, total, weekdays
from sim.draws import NOBODY, THE_GROUP
from sim.functions import power
from sim.relations import DAYS_IN_WEEK, can_pay, likeness, spend_time, week_of
from sim.story import note

SUMMARY = "on a meeting day, who comes"
MEETING_HELD = purpose(90, "meeting held")
ATTEND = purpose(91, "attend")
PARAMETERS = (
    weekdays("group.meeting_days", [2], "weekdays of meetings", "group A: once a week; group B: twice weekly"),
    switch("group.regular", True, "meets on fixed days; no: as many meetings a year, on days nobody can foresee",
           "condition (C20)"),
    number("group.meal_hours", 0.0, 0.0, 6.0, "hours",
           'time added by eating together ("we have a meal together", B4)',
           "condition: none unless a scenario says so", plausible=(0.0, 1.5)),
    proportion("meeting.shared_out", 0.5,
               "how far the hours of a meeting are shared out among the others present (0: full hours with each, "
               "1: divided by them)",
               "assumption: half way; mere hours in one room may not count as hours of friendship (Hall 2019)",
               plausible=(0.0, 1.0)),
    proportion("meeting.attend_floor", 0.75, "readiness to attend without any trust, against with full trust",
               "assumption: trust decides about a quarter of coming, habit and need the rest", plausible=(0.5, 0.95)),
    proportion("meeting.attend_distress", 0.2, "by how much full distress keeps a person away",
               "assumption: small, as a very bad day keeps some at home and brings others", plausible=(0.0, 0.5)),
)  # fmt: skip
PEOPLE = (
    Field("crowd", "i8", "people", 0.0, None, "others present at the latest first visit"),
    level("fit", "mean similarity to those present at the latest first visit"),
    Field("attended_this_week", "i8", "count", 0.0, 7.0, "meetings attended this week"),
    total("meetings", "meetings attended"),
)  # fmt: skip
GROUP = (
    flag("met_today", "a meeting takes place today"),
    Field("present", "i8", "people", 0.0, None, "at today's meeting"),
    Field("most_present", "i8", "people", 0.0, None, "at the best attended meeting of this week"),
    Field("circle", "i8", "people", 0.0, None, "who have ever come"),
    Field("meetings_this_week", "i8", "meetings", 0.0, None, "held this week"),
    total("meetings", "meetings held", since="the opening"),
    total("attendances", "people at meetings, summed", since="the opening"),
)  # fmt: skip


@compiled
def meet(world, day):
    """Today's meeting, if there is one: who is there."""
    p, g = world.params[0], world.group[0]
    g.met_today = g.open and g.venue and is_meeting_day(world, day)
    g.present = 0
    forget_yesterday(world)
    if not g.met_today:
        return
    for i in range(len(world.people)):
        me = world.people[i]
        if me.visiting:
            come_first(world, i, week_of(day))
        elif me.status == MEMBER and not me.expected:
            prob = attendance_prob(world, i)
            me.present = draws.happens(world.key, world.traits[i].id, NOBODY, day, ATTEND, prob)
        if me.present:
            me.last_attended_day = day
            me.meetings += 1
            me.attended_this_week += 1
            g.present += 1
    g.meetings += 1
    g.meetings_this_week += 1
    g.attendances += g.present
    g.most_present = max(g.most_present, g.present)
    see_who_is_there(world)
    keep_company(world, p.group_meeting_hours + (p.group_meal_hours if can_pay(world) else 0.0))


@compiled
def forget_yesterday(world):
    """Nobody is present and nobody has spoken; only those who ever came can have been or done so."""
    for k in range(world.group[0].circle):
        me = world.people[world.circle[k]]
        me.present = False
        me.spoke = False
        me.shared = False
        me.told_episode = False
        me.told_mechanics = False


@compiled
def is_meeting_day(world, day):
    """Whether a meeting is due today."""
    p = world.params[0]
    if p.group_regular:
        return (p.group_meeting_days >> (day % DAYS_IN_WEEK)) & 1 == 1
    days_a_week = 0
    for weekday in range(DAYS_IN_WEEK):
        days_a_week += (p.group_meeting_days >> weekday) & 1
    return draws.happens(world.key, THE_GROUP, NOBODY, day, MEETING_HELD, days_a_week / DAYS_IN_WEEK)


@compiled
def attendance_prob(world, i):
    """Probability that the member in row i attends."""
    p = world.params[0]
    who, me = world.traits[i], world.people[i]
    readiness = p.meeting_attend_floor + (1.0 - p.meeting_attend_floor) * me.trust
    return (1.0 - who.barrier) * readiness * (1.0 - p.meeting_attend_distress * me.distress)


@compiled
def come_first(world, i, week):
    """A first visit, or the first after having left."""
    me = world.people[i]
    if me.joined_week < 0:
        enter_circle(world, i)
    me.visiting = False
    me.present = True
    me.expected = True
    me.status = MEMBER
    me.joined_week = week
    if me.first_joined_week < 0:
        me.first_joined_week = week
    note(world, week, FIRST_VISIT, i, me.heard_of)


@compiled
def enter_circle(world, i):
    """The person in row i is now one of those who ever came."""
    g = world.group[0]
    world.circle[g.circle] = i
    g.circle += 1
    world.people[i].trust = world.params[0].meeting_trust_start


@compiled
def see_who_is_there(world):
    """Each visitor: how many others are present, and how alike on average (zero when nobody else came)."""
    p = world.params[0]
    for i in range(len(world.people)):
        me = world.people[i]
        if not (me.present and me.expected):
            continue
        others, total = 0, 0.0
        for j in range(len(world.people)):
            if j != i and world.people[j].present:
                others += 1
                total += likeness(world, i, j)
        me.fit = total / others if others > 0 else 0.0
        me.crowd = others if p.leaving_crowding > 0.0 else 0


@compiled
def keep_company(world, hours):
    """Each two people present spend these hours together, as far as one's company is not shared out among all."""
    p, present = world.params[0], 0
    for i in range(len(world.people)):
        present += world.people[i].present
    if p.meeting_shared_out > 0.0 and present > 2:
        hours /= power(float(present - 1), p.meeting_shared_out)
    for i in range(len(world.people)):
        if world.people[i].present:
            for j in range(i):
                if world.people[j].present:
                    spend_time(world, i, j, hours)
