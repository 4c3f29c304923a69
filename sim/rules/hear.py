"""Hearing of the group: publicity and word of mouth.

In words
    A group can be listed and advertised, or stay hidden, or close its door; members mention it to others. Referral is
    in seek.

Members' words
    "I suppose I wondered whether there was anybody else out there with the same problems" (A4).

Equation
    rate per year = publicity + practitioners' publicity + word of mouth * members
    which of them it was: in proportion to its part of the rate

Reads
    people: resident, status
    traits: woman, service_user
    group: open, door_closed
    parameters: group.women_only, group.service_users_only, joining.publicity_per_year,
        joining.word_of_mouth_per_year, practitioners.publicity, practitioners.publicity_per_year
Writes
    people: status, heard_of

Source
    some groups prefer to remain hidden: Chaudhary 2010, in the paper; rates are assumptions.
"""

from sim import draws
from sim.codes import AWARE, BY_PUBLICITY, BY_WORD_OF_MOUTH, UNAWARE
from sim.compiler import compiled
from sim.declare import number, purpose, switch
from sim.draws import NOBODY
from sim.maths import prob_from_rate
from sim.relations import DAYS_IN_WEEK, WEEKS_IN_YEAR, count_members, eligible

SUMMARY = "somebody hears of the group"
HEAR = purpose(70, "hear")
HEAR_HOW = purpose(71, "hear how")
PARAMETERS = (
    number("joining.publicity_per_year", 0.1, 0.0, 52.0, "per year",
           "rate of hearing through leaflets, listings, the web (0: hidden)",
           "assumption: one in ten hears of it in a year, as a small group without money is found",
           plausible=(0.0, 0.5)),
    number("joining.word_of_mouth_per_year", 0.02, 0.0, 52.0, "per year and member",
           "rate of hearing through members",
           "assumption: ten members together are twice as loud as publicity", plausible=(0.0, 0.06)),
    switch("practitioners.publicity", False, "the group is promoted to potential members",
           '"promoting and publicising the group"'),
    number("practitioners.publicity_per_year", 0.2, 0.0, 52.0, "per year", "rate of hearing added by that",
           "assumption: large enough to be seen, if such help matters (C32)", plausible=(0.0, 0.5)),
)  # fmt: skip


@compiled
def hear(world, week):
    """Each eligible person who has not heard of the group: whether this is the week."""
    if not world.group[0].open or world.group[0].door_closed:
        return
    p = world.params[0]
    day = week * DAYS_IN_WEEK
    publicity = p.joining_publicity_per_year
    if p.practitioners_publicity:
        publicity += p.practitioners_publicity_per_year
    word_of_mouth = p.joining_word_of_mouth_per_year * count_members(world)
    rate = publicity + word_of_mouth
    prob = prob_from_rate(rate / WEEKS_IN_YEAR)
    for i in range(len(world.people)):
        me = world.people[i]
        if me.status == UNAWARE and eligible(world, i):
            who = world.traits[i].id
            if draws.happens(world.key, who, NOBODY, day, HEAR, prob):
                me.status = AWARE
                through_member = draws.happens(world.key, who, NOBODY, day, HEAR_HOW, word_of_mouth / rate)
                me.heard_of = BY_WORD_OF_MOUTH if through_member else BY_PUBLICITY
