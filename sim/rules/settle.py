"""Slow states return to where they came from, unless something keeps moving them.

In words
    Shame (and perceived difference) comes back to its set point, which public attitudes can lower;
    insight and coping fade when they are not renewed; trust goes back to what one starts with.

Members' words
    "Stigma, shame and guilt continued to be strongly felt and experienced" (authors).

Equation
    x <- goal + (x - goal) 2^(-1 / half-life);  goals: S0 * public_stigma, U0, C0, trust_start, Delta0, 0 for H
    with ways of coping: each skill to what she or he came with, C to 1 - prod_k (1 - suits_ik * skill_ik)

Reads
    people: living, joined_week
    traits: stigma_set, understanding_set, coping_set, difference_set
    parameters: outside.public_stigma, life.stigma_half_life_weeks,
        life.understanding_half_life_weeks, life.coping_half_life_weeks,
        life.difference_half_life_weeks, life.label_hurt_half_life_weeks,
        life.skill_half_life_weeks, life.repertoire_half_life_weeks, meeting.trust_start,
        meeting.trust_half_life_weeks, mechanisms.alike, mechanisms.ways
Writes
    people: stigma, coping, understanding, trust, label_hurt, difference

Source
    half-lives are assumptions: shame returns within years, insight and coping over more. Without this
    every gain would last for ever.
"""

from sim.codes import WAYS
from sim.compiler import compiled
from sim.declare import number
from sim.maths import remaining, toward
from sim.relations import coping_half_life
from sim.repertoire import repertoire

SUMMARY = "slow states return toward their set points"
PARAMETERS = (
    number("meeting.trust_half_life_weeks", 52.0, 0.1, 10000.0, "weeks", "return of trust to where it began",
           "assumption: as for shame", plausible=(13.0, 104.0)),
)  # fmt: skip


@compiled
def settle(world, week):
    """Each person: a week's return of stigma, understanding, coping and trust."""
    p = world.params[0]
    stigma_returns = 1.0 - remaining(p.life_stigma_half_life_weeks)
    understanding_returns = 1.0 - remaining(p.life_understanding_half_life_weeks)
    coping_returns = 1.0 - remaining(coping_half_life(world))
    difference_returns = 1.0 - remaining(p.life_difference_half_life_weeks)
    hurt_fades = 1.0 - remaining(p.life_label_hurt_half_life_weeks)
    skill_returns = 1.0 - remaining(p.life_skill_half_life_weeks)
    trust_returns = 1.0 - remaining(p.meeting_trust_half_life_weeks)
    for i in range(len(world.people)):
        who, me = world.traits[i], world.people[i]
        if me.living:
            me.stigma = toward(me.stigma, who.stigma_set * p.outside_public_stigma, stigma_returns)
            me.understanding = toward(me.understanding, who.understanding_set, understanding_returns)
            usual_coping = who.coping_set
            if p.mechanisms_ways:
                usual_coping = settled_repertoire(world, i, skill_returns)
            me.coping = toward(me.coping, usual_coping, coping_returns)
            if p.mechanisms_alike:
                me.difference = toward(me.difference, who.difference_set, difference_returns)
            me.label_hurt = toward(me.label_hurt, 0.0, hurt_fades)
            if me.joined_week >= 0:
                me.trust = toward(me.trust, p.meeting_trust_start, trust_returns)


@compiled
def settled_repertoire(world, i, returns):
    """Each skill of the person in row i a week nearer to what she or he came with; what all of them come to."""
    for k in range(WAYS):
        world.ways[i, k] = toward(world.ways[i, k], world.ways_set[i, k], returns)
    return repertoire(world, i)
