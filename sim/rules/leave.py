"""Staying or leaving: after the first visit, and week by week.

In words
    Many come once and not again. Who found people like oneself, was well received, or came through
    a member is likelier to return; in a crowd one feels less welcome. Later, people leave when they
    have no friend in the group, do not trust it, or no longer need it; and whoever has not come for a
    long time no longer counts as a member. An organiser's leaving shakes the others. Moving away is in
    move, the group's end in close.

Members' words
    The paper interviewed "all regularly attending members" only: those who left are not heard.

Equation
    returns: log odds = logit(1 - one_visit_only) + ln(companion_odds_ratio) [first time, through a member]
                        + fit_effect (mean similarity - average) + welcome_effect (T - trust_start)
                        - crowding max(0, others present at the first visit - crowd)
    an organiser leaves: T of all members -> 0 [organiser_lost]
    leaves:  rate = per_year / 52 * exp(a (1 - strongest tie) + b (1 - T) + c / (1 + need))

Reads
    people: organiser, expected, status, joined_week, first_joined_week, trust, need, fit, heard_of,
        last_attended_day, crowd
    group: circle, meetings_this_week
    ties, circle
    parameters: meeting.trust_start, leaving.lapse_days, leaving.one_visit_only,
        leaving.companion_odds_ratio, leaving.fit_effect, leaving.average_fit,
        leaving.welcome_effect, leaving.crowding, leaving.crowd, leaving.per_year,
        leaving.weak_ties, leaving.low_trust, leaving.no_need, organising.organiser_lost
Writes
    people: organiser, expected, status, trust, left_reason, left_week
    group: organisers
    story

Source
    one visit only 30-60 % (assumption); companion: Kurtz 1988, second hand; log-linear hazard with
    assumed ratios.
"""

from sim import draws
from sim.codes import (
    BY_WORD_OF_MOUTH,
    DRIFTED_AWAY,
    FORMER,
    GROUP_CLOSED,
    JOINED,
    LEFT,
    LEFT_NAMES,
    MEMBER,
    ONE_VISIT_ONLY,
    STOPPED_COMING,
)
from sim.compiler import compiled
from sim.declare import Field, effect, last_week, number, proportion, purpose
from sim.draws import NOBODY
from sim.functions import exp, log
from sim.maths import log_odds, logistic, prob_from_rate, toward
from sim.relations import DAYS_IN_WEEK, WEEKS_IN_YEAR
from sim.story import note

SUMMARY = "who stays, who leaves"
RETURN = purpose(73, "return")
LEAVE = purpose(74, "leave")
PARAMETERS = (
    proportion("leaving.one_visit_only", 0.45,
               "probability that somebody of average fit does not return after the first visit",
               "assumption: 30-60 %", plausible=(0.3, 0.6)),
    number("leaving.companion_odds_ratio", 3.0, 1.0, 20.0, "odds ratio",
           "of returning, for those who came through a member",
           "6.8 for a companion at the first visit (Kurtz 1988, second hand); here only heard of through one",
           plausible=(1.0, 6.8)),
    number("leaving.fit_effect", 3.0, 0.0, 20.0, "log odds per unit",
           "of returning, by mean similarity to those present",
           "assumption: a fit better or worse than usual changes the odds of returning, and does not decide alone",
           plausible=(0.0, 6.0)),
    proportion("leaving.average_fit", 0.74, "mean similarity of two people, against which fit is judged",
               "from the distribution of positions, beta(2, 2)"),
    number("leaving.welcome_effect", 4.0, 0.0, 20.0, "log odds per unit",
           "of returning, by trust against trust on coming",
           "assumption: a welcome better or worse than usual changes the odds of returning, and does not decide "
           "alone", plausible=(0.0, 8.0)),
    number("leaving.crowding", 0.15, 0.0, 5.0, "log odds per person",
           "fall of returning for each other person present at the first visit beyond leaving.crowd",
           "assumption: five more than that about halve the odds", plausible=(0.0, 0.4)),
    number("leaving.crowd", 6, 0, 200, "people", "others present from which it is felt as a crowd",
           "assumption: 3-9 come to a meeting of mutual-help groups (GROW)", plausible=(4, 9)),
    effect("organising.organiser_lost", 0.1, "an organiser leaves the group: trust of all members moves to 0 by",
           "assumption: a third of what a broken confidence costs", plausible=(0.0, 0.3)),
    number("leaving.per_year", 0.04, 0.0, 52.0, "per year",
           "rate of leaving of somebody in need, with a full tie and full trust",
           "assumption: low for somebody with every reason to stay", plausible=(0.01, 0.1)),
    number("leaving.weak_ties", 2.0, 0.0, 6.0, "log hazard ratio",
           "of leaving, with no tie to any member against a full one",
           "assumption: one reason less to stay multiplies the rate of leaving by e^2", plausible=(0.5, 3.0)),
    number("leaving.low_trust", 2.0, 0.0, 6.0, "log hazard ratio", "of leaving, without trust against full trust",
           "assumption: one reason less to stay multiplies the rate of leaving by e^2", plausible=(0.5, 3.0)),
    number("leaving.no_need", 1.0, 0.0, 6.0, "log hazard ratio",
           "of leaving, without any need against very great need",
           "assumption: one reason less to stay multiplies the rate of leaving by e", plausible=(0.0, 2.0)),
)  # fmt: skip
PEOPLE = (
    Field("left_reason", "i8", "0-8", 0.0, 8.0, "no longer a member because: " + ", ".join(LEFT_NAMES)),
    last_week("left_week", "when membership ended last"),
)  # fmt: skip


@compiled
def leave(world, week):
    """Each member: whether she or he is still one next week."""
    day = week * DAYS_IN_WEEK
    for i in range(len(world.people)):
        who, me = world.traits[i].id, world.people[i]
        if me.status != MEMBER:
            continue
        if me.expected:
            me.expected = False
            if draws.happens(world.key, who, NOBODY, day, RETURN, return_prob(world, i)):
                note(world, week, JOINED, i, me.heard_of)
            else:
                end_membership(world, i, week, ONE_VISIT_ONLY)
        elif draws.happens(world.key, who, NOBODY, day, LEAVE, leave_prob(world, i)):
            end_membership(world, i, week, DRIFTED_AWAY)
        elif stopped_coming(world, i, day):
            end_membership(world, i, week, STOPPED_COMING)


@compiled
def stopped_coming(world, i, day):
    """Whether there was a meeting this week, and the member in row i has missed all for too long."""
    missed = day + DAYS_IN_WEEK - world.people[i].last_attended_day
    return world.group[0].meetings_this_week > 0 and missed > world.params[0].leaving_lapse_days


@compiled
def return_prob(world, i):
    """Probability that the visitor in row i comes back."""
    p = world.params[0]
    me = world.people[i]
    score = log_odds(1.0 - p.leaving_one_visit_only)
    score += p.leaving_fit_effect * (me.fit - p.leaving_average_fit)
    score += p.leaving_welcome_effect * (me.trust - p.meeting_trust_start)
    score -= p.leaving_crowding * max(0, me.crowd - p.leaving_crowd)
    if me.heard_of == BY_WORD_OF_MOUTH and me.joined_week == me.first_joined_week:
        score += log(p.leaving_companion_odds_ratio)
    return logistic(score)


@compiled
def leave_prob(world, i):
    """Probability that the member in row i leaves this week."""
    p = world.params[0]
    me = world.people[i]
    strongest = 0.0
    for k in range(world.group[0].circle):
        j = world.circle[k]
        if j != i and world.people[j].status == MEMBER:
            strongest = max(strongest, world.ties[i, j])
    log_hazard = (
        p.leaving_weak_ties * (1.0 - strongest)
        + p.leaving_low_trust * (1.0 - me.trust)
        + p.leaving_no_need / (1.0 + me.need)
    )
    return prob_from_rate(p.leaving_per_year / WEEKS_IN_YEAR * exp(log_hazard))


@compiled
def end_membership(world, i, week, reason):
    """The person in row i is a member no longer, for this reason."""
    me = world.people[i]
    me.status = FORMER
    me.expected = False
    me.left_week = week
    me.left_reason = reason
    if me.organiser:
        me.organiser = False
        world.group[0].organisers -= 1
        if reason != GROUP_CLOSED:
            shake(world)
    note(world, week, LEFT, i, reason)


@compiled
def shake(world):
    """An organiser is gone: all members trust the group less."""
    lost = world.params[0].organising_organiser_lost
    if lost > 0.0:
        for i in range(len(world.people)):
            if world.people[i].status == MEMBER:
                world.people[i].trust = toward(world.people[i].trust, 0.0, lost)
