"""Slow states return to where they came from, unless something keeps moving them.

In words
    Shame comes back to its set point, which public attitudes can lower; insight and coping fade
    when they are not renewed; trust goes back to what one starts with.

Members' words
    "Stigma, shame and guilt continued to be strongly felt and experienced" (authors).

Equation
    x <- goal + (x - goal) 2^(-1 / half-life);  goals: S0 * public_stigma, U0, C0, trust_start

Reads
    people: living, joined_week
    traits: stigma_set, understanding_set, coping_set
    parameters: outside.public_stigma, life.stigma_half_life_weeks,
        life.understanding_half_life_weeks, life.coping_half_life_weeks, meeting.trust_start,
        meeting.trust_half_life_weeks
Writes
    people: stigma, coping, understanding, trust

Source
    half-lives are assumptions: shame returns within years, insight and coping over more. Without this
    every gain would last for ever.
"""

from sim.compiler import compiled
from sim.declare import number
from sim.maths import remaining, toward

SUMMARY = "slow states return toward their set points"
PARAMETERS = (
    number("life.stigma_half_life_weeks", 52.0, 0.1, 10000.0, "weeks", "return of stigma to its set point",
           "assumption: slower than isolation; an effect on self-stigma was still there 3-4 weeks after a programme "
           "had ended (Rusch and Kosters 2021), how much longer is not known", plausible=(26.0, 104.0)),
    number("life.understanding_half_life_weeks", 104.0, 0.1, 10000.0, "weeks",
           "return of understanding to where it began",
           "assumption: what one has learned about oneself fades slowest, over years; without fading every gain "
           "would last for ever", plausible=(52.0, 520.0)),
    number("life.coping_half_life_weeks", 104.0, 0.1, 10000.0, "weeks", "return of coping to where it began",
           "assumption: as for understanding", plausible=(52.0, 520.0)),
    number("meeting.trust_half_life_weeks", 52.0, 0.1, 10000.0, "weeks", "return of trust to where it began",
           "assumption: as for shame", plausible=(13.0, 104.0)),
)  # fmt: skip


@compiled
def settle(world, week):
    """Each person: a week's return of stigma, understanding, coping and trust."""
    p = world.params[0]
    stigma_returns = 1.0 - remaining(p.life_stigma_half_life_weeks)
    understanding_returns = 1.0 - remaining(p.life_understanding_half_life_weeks)
    coping_returns = 1.0 - remaining(p.life_coping_half_life_weeks)
    trust_returns = 1.0 - remaining(p.meeting_trust_half_life_weeks)
    for i in range(len(world.people)):
        who, me = world.traits[i], world.people[i]
        if me.living:
            me.stigma = toward(me.stigma, who.stigma_set * p.outside_public_stigma, stigma_returns)
            me.understanding = toward(me.understanding, who.understanding_set, understanding_returns)
            me.coping = toward(me.coping, who.coping_set, coping_returns)
            if me.joined_week >= 0:
                me.trust = toward(me.trust, p.meeting_trust_start, trust_returns)
