"""What is measured each week. Nothing here changes a life."""

from __future__ import annotations

import math

from sim.codes import MEMBER
from sim.compiler import compiled
from sim.maths import remaining, toward
from sim.relations import DAYS_IN_WEEK


@compiled
def open_week(world):
    """Begin a week's counts."""
    world.group[0].meetings_this_week = 0
    world.group[0].most_present = 0
    for i in range(len(world.people)):
        me = world.people[i]
        me.distress_this_week = 0.0
        me.hard_days_this_week = 0
        me.days_ended_hard_this_week = 0
        me.hard_days_through_this_week = 0
        me.episodes_this_week = 0
        me.attended_this_week = 0
    if len(world.contacts) > 0:
        for a in range(world.group[0].circle):
            for b in range(a):
                later, earlier = world.circle[a], world.circle[b]
                pair = world.contacts[later, earlier]
                pair.hours, pair.texts, pair.calls = 0.0, 0, 0
                world.contacts[earlier, later].calls = 0


@compiled
def close_week(world):
    """Add a week's counts to the totals."""
    for i in range(len(world.people)):
        me = world.people[i]
        if me.living:
            me.days_lived += DAYS_IN_WEEK
            me.distress_total += DAYS_IN_WEEK * me.distress_this_week
            me.hard_days += me.hard_days_this_week
            me.days_ended_hard += me.days_ended_hard_this_week
            me.hard_days_through += me.hard_days_through_this_week
            me.episodes += me.episodes_this_week


@compiled
def observe(world, week, row, meetings_before, attendances_before, socials_before):
    """Fill in the week's row of the table of weeks."""
    g = world.group[0]
    update_regularity(world)
    row.week = week - g.opening_week
    row.open = g.open
    row.clinician = g.clinician
    row.organisers = g.organisers
    row.meetings = g.meetings - meetings_before
    row.attendances = g.attendances - attendances_before
    row.socials = g.socials - socials_before
    row.tie_mean = mean_tie(world)
    observe_people(world, row)


@compiled
def update_regularity(world):
    """Each member: the share of recent meetings attended."""
    p, meetings = world.params[0], world.group[0].meetings_this_week
    moves = 1.0 - remaining(p.meeting_regularity_half_life_weeks)
    for i in range(len(world.people)):
        me = world.people[i]
        if me.status != MEMBER:
            me.regularity = 0.0
        elif meetings > 0:
            me.regularity = toward(me.regularity, me.attended_this_week / meetings, moves)


@compiled
def mean_tie(world):
    """Mean tie of two members; NaN with fewer than two."""
    pairs, total = 0, 0.0
    for a in range(world.group[0].circle):
        i = world.circle[a]
        if world.people[i].status == MEMBER:
            for b in range(a):
                j = world.circle[b]
                if world.people[j].status == MEMBER:
                    pairs += 1
                    total += world.ties[i, j]
    return total / pairs if pairs > 0 else math.nan


@compiled
def observe_people(world, row):
    """Means over members and over all people living in the area."""
    members, residents, regulars = 0, 0, 0
    mi, ms, mu, mc, md, me_, mh, mt = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    ri, rs, ru, rc, rd, re_, rh, rt = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    regular_share = world.params[0].meeting_regular_share
    for i in range(len(world.people)):
        one = world.people[i]
        if not one.resident:
            continue
        residents += 1
        ri += one.isolation
        rs += one.stigma
        ru += one.understanding
        rc += one.coping
        rd += one.distress_this_week
        re_ += one.episodes_this_week
        rh += one.hard_days_this_week
        rt += one.hard_days_through_this_week
        if one.status == MEMBER:
            members += 1
            if one.regularity >= regular_share:
                regulars += 1
            mi += one.isolation
            ms += one.stigma
            mu += one.understanding
            mc += one.coping
            md += one.distress_this_week
            me_ += one.episodes_this_week
            mh += one.hard_days_this_week
            mt += one.hard_days_through_this_week
    row.members = members
    row.regulars = regulars
    row.residents = residents
    share = 1.0 / members if members > 0 else math.nan
    row.members_isolation = mi * share
    row.members_stigma = ms * share
    row.members_understanding = mu * share
    row.members_coping = mc * share
    row.members_distress = md * share
    row.members_episodes = me_ * share
    row.members_hard_days = mh * share
    row.members_hard_days_through = mt * share
    share = 1.0 / residents if residents > 0 else math.nan
    row.residents_isolation = ri * share
    row.residents_stigma = rs * share
    row.residents_understanding = ru * share
    row.residents_coping = rc * share
    row.residents_distress = rd * share
    row.residents_episodes = re_ * share
    row.residents_hard_days = rh * share
    row.residents_hard_days_through = rt * share
