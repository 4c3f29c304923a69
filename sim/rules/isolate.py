"""Isolation: what life, outside support and ties make of it.

In words
    Everybody has a usual level of feeling alone with it, which circumstances shift. Support outside
    helps as far as shame lets it in. Each tie to somebody from the group takes away a little: half
    of that is company, half is that the other has been there too. And who feels different from
    everybody feels more alone with it (see realise). Feelings follow slowly.

Members' words
    "I think you feel very alone with it" (A4). "Coming to the group it makes you realise that
    you're not on your own" (A1). "Because we're all in the same boat" (B4).

Equation
    I* = logistic(logit I0 + b y + b_D (Delta - Delta0)) (1 - k_O v O)
         * prod_j (1 - k_I (1 - q + q s_ij) w_ij),  O = 1 - S
    I  = I* + (I - I*) 2^(-1 / half-life)

Reads
    people: living, stigma, joined_week, circumstances, difference
    traits: isolation_set, outside_support, position, difference_set
    group: circle
    ties, circle
    parameters: life.circumstances_effect, life.isolation_half_life_weeks,
        life.isolation_from_difference, group.shared_experience, ties.isolation_per_tie,
        ties.likeness_weight, ties.isolation_per_support, mechanisms.alike
Writes
    people: isolation

Source
    sizes are assumptions. No meeting leads here except through ties, or through what was
    heard there from people alike; never attendance itself.
"""

from sim.codes import LEVELS, LIVING, TIED
from sim.compiler import compiled
from sim.declare import level, number, proportion
from sim.maths import log_odds, logistic, logistic_of_each, remaining
from sim.relations import shared_likeness, tied_to, who_lives

SUMMARY = "isolation follows ties and life"
PARAMETERS = (
    number("life.isolation_half_life_weeks", 8.0, 0.1, 10000.0, "weeks",
           "return of isolation to what ties and life make of it",
           "assumption: feelings follow a change of company within months, neither at once nor over years",
           plausible=(4.0, 26.0)),
    number("life.isolation_from_difference", 1.5, 0.0, 6.0, "log odds per unit",
           "rise of usual isolation from no to full perceived difference",
           "assumption: as far as circumstances do within two standard deviations; the range holds no effect at all",
           plausible=(0.0, 3.0)),
    proportion("ties.isolation_per_tie", 0.05,
               "share of isolation taken away by one full tie to somebody fully alike",
               "assumption: small, so that it takes several close friends to change much", plausible=(0.0, 0.12)),
    proportion("ties.likeness_weight", 0.5, "part of that which needs likeness; the rest is company",
               'assumption: half company, half having been there too, since members name both ("not on your own", '
               'A1; "same boat", B4) and nothing tells how much is which', plausible=(0.0, 1.0)),
    proportion("ties.isolation_per_support", 0.2,
               "share of isolation taken away by full outside support without any shame",
               "assumption: as much as four full ties to people fully alike", plausible=(0.0, 0.4)),
)  # fmt: skip
PEOPLE = (
    level("isolation", "feeling alone with it"),
)  # fmt: skip


@compiled
def isolate(world, week):
    """Each person: a week's move toward what life makes of isolation."""
    keep = remaining(world.params[0].life_isolation_half_life_weeks)
    many = who_lives(world)
    rows, goals = world.places[LIVING], world.numbers[LEVELS][:many]
    for k in range(many):
        goals[k] = usual_log_odds(world, rows[k])
    logistic_of_each(goals)
    for k in range(many):
        me = world.people[rows[k]]
        goal = in_company(world, rows[k], goals[k])
        me.isolation = goal + (me.isolation - goal) * keep


@compiled
def isolation_goal(world, i):
    """The isolation I* that the life of the person in row i tends to."""
    return in_company(world, i, logistic(usual_log_odds(world, i)))


@compiled
def usual_log_odds(world, i):
    """The log odds of the isolation that the life of the person in row i would come to with nobody to turn to."""
    p = world.params[0]
    who, me = world.traits[i], world.people[i]
    usual = log_odds(who.isolation_set) + p.life_circumstances_effect * me.circumstances
    if p.mechanisms_alike:
        usual += p.life_isolation_from_difference * (me.difference - who.difference_set)
    return usual


@compiled
def in_company(world, i, goal):
    """What outside support and ties leave of that isolation."""
    p = world.params[0]
    who, me = world.traits[i], world.people[i]
    goal *= 1.0 - p.ties_isolation_per_support * who.outside_support * (1.0 - me.stigma)
    if me.joined_week >= 0:
        for k in range(tied_to(world, i, world.group[0].circle)):
            j = world.places[TIED, k]
            if world.people[j].living:
                likeness_part = 1.0 - p.ties_likeness_weight + p.ties_likeness_weight * shared_likeness(world, i, j)
                goal *= 1.0 - p.ties_isolation_per_tie * likeness_part * world.ties[i, j]
    return goal
