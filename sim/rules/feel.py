"""Distress: today's carries over from yesterday's, around a mean that life sets.

In words
    Distress rises and falls from day to day, and part of a deviation carries over to the next. Its
    usual level is a person's own, higher for those who are more alone with it, more ashamed, or
    under strain or feel guilty. Who copes well gets over a bad day sooner; who can count on a meeting in the
    next days bears them better. A day on which distress passes the personal threshold is a hard day.

Members' words
    "That was a really distressing moment in time for you" (B3). "Acceptance and understanding of an
    individual's need to self-harm at times of distress" (authors, on the ethos of both groups).

Equation
    mu  = logit(m) + b_I (I - average I) + b_S (S - average S) + b_z z [+ b_G G] [- eases * A before a meeting]
    phi = carry_over (1 - coping_shortens * C)
    x   = mu + phi (logit(D) - mu) + sd sqrt(1 - carry_over^2) N(0, 1);  D <- logistic(x)

Reads
    people: guilt, assured, living, hard_day, isolation, stigma, stressor, distress,
        distress_log_odds, distress_felt, shock, coping
    traits: baseline_log_odds, hard_day_threshold
    group: open, venue
    parameters: people.isolation_a, people.isolation_b, people.stigma_a, people.stigma_b,
        life.distress_sd, life.distress_from_isolation, life.distress_from_stigma,
        life.distress_from_stressor, life.distress_carry_over, life.coping_shortens,
        life.distress_from_guilt, group.meeting_days, group.regular, meeting.assured_eases,
        meeting.assured_days, mechanisms.guilt, mechanisms.assurance
Writes
    people: hard_day, distress, distress_log_odds, distress_felt, shock, luck, hard_days_this_week

Source
    carry-over 0.3-0.6: assumption, with Kleiman 2017 and Coppersmith 2023 for related states.
"""

import math

from sim import draws
from sim.codes import FIRST, LEVELS, LIVING, SECOND, SHOCKS, TAILS
from sim.compiler import compiled
from sim.declare import Field, flag, level, number, proportion, purpose
from sim.maths import log_odds, logistic_of_each
from sim.relations import average_isolation, average_stigma, draw_for_all, due_on

SUMMARY = "today's distress; is it a hard day?"
DISTRESS_AND_EPISODES = purpose(34, "distress and episodes")
PARAMETERS = (
    proportion("life.distress_carry_over", 0.4,
               "share of a deviation of distress that is left the next day (log-odds scale)",
               "assumption: 0.3-0.6; related states in Kleiman 2017, Coppersmith 2023", plausible=(0.3, 0.6)),
    proportion("life.coping_shortens", 0.3, "by how much full coping lowers that share",
               "assumption: somebody who copes fully keeps 0.28 of a deviation instead of 0.4; the range holds none",
               plausible=(0.0, 0.8)),
    number("life.distress_from_guilt", 0.5, 0.0, 5.0, "log odds per unit", "rise of mean distress with full guilt",
           "assumption: half of what full shame does (life.distress_from_stigma), while it lasts",
           plausible=(0.0, 1.5)),
    number("meeting.assured_eases", 0.2, 0.0, 3.0, "log odds per unit",
           "fall of mean distress on days before a meeting that somebody fully counts on",
           "assumption: a fifth of a day's usual ups and downs; the range holds none", plausible=(0.0, 0.5)),
    number("meeting.assured_days", 3, 1, 7, "days", "before a meeting on which it is looked forward to",
           "assumption: half of a week between weekly meetings", plausible=(1, 6)),
)  # fmt: skip
PEOPLE = (
    flag("hard_day", "today distress is above the personal threshold"),
    Field("distress_log_odds", "f8", "log odds", None, None, "of today's distress, before any event moved it"),
    level("distress_felt", "today's distress, before any event moved it"),
    Field("shock", "f8", "standard deviations", None, None, "today's shock to distress"),
    level("luck", "today's uniform draw for episodes, made with that for distress"),
    Field("hard_days_this_week", "i8", "count", 0.0, 7.0, "hard days of the week"),
)  # fmt: skip


@compiled
def feel(world, day):
    """Each person: today's distress, and whether it is a hard day."""
    p = world.params[0]
    carry_over = p.life_distress_carry_over
    shock_size = p.life_distress_sd * math.sqrt(1.0 - carry_over * carry_over)
    meeting_ahead = p.mechanisms_assurance and one_is_ahead(world, day)
    usual_isolation, usual_stigma = average_isolation(world), average_stigma(world)
    many = draw_for_all(world, day, DISTRESS_AND_EPISODES)
    rows, lucks, shocks = world.places[LIVING], world.numbers[SECOND], world.numbers[SHOCKS]
    levels = world.numbers[LEVELS][:many]
    draws.normal_quantiles(world.numbers[FIRST][:many], world.places[TAILS], shocks)
    for k in range(many):
        who, me = world.traits[rows[k]], world.people[rows[k]]
        me.shock, me.luck = shocks[k], lucks[k]
        mean = (
            who.baseline_log_odds
            + p.life_distress_from_isolation * (me.isolation - usual_isolation)
            + p.life_distress_from_stigma * (me.stigma - usual_stigma)
            + p.life_distress_from_stressor * me.stressor
        )
        if p.mechanisms_guilt:
            mean += p.life_distress_from_guilt * me.guilt
        if meeting_ahead:
            mean -= p.meeting_assured_eases * me.assured
        if me.distress != me.distress_felt:  # an event of yesterday has moved it
            me.distress_log_odds = log_odds(me.distress)
        kept = carry_over * (1.0 - p.life_coping_shortens * me.coping)
        me.distress_log_odds = mean + kept * (me.distress_log_odds - mean) + shock_size * me.shock
        levels[k] = me.distress_log_odds
    logistic_of_each(levels)
    for k in range(many):
        who, me = world.traits[rows[k]], world.people[rows[k]]
        me.distress = levels[k]
        me.distress_felt = me.distress
        me.hard_day = me.distress > who.hard_day_threshold
        me.hard_days_this_week += me.hard_day


@compiled
def one_is_ahead(world, day):
    """Whether a meeting can be counted on in the next days: the group is open, has a room, its days are fixed."""
    if not (world.group[0].open and world.group[0].venue):
        return False
    ahead = False
    for days in range(world.params[0].meeting_assured_days):
        ahead = ahead or due_on(world, day + days)
    return ahead
