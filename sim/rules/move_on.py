"""Moving on: somebody who has long been better no longer needs the group.

In words
    When strain has been low for a while, compared with what brings people to a group, some go on to other
    things. That is a good reason to leave, and one of those for which groups end.

Members' words
    None: those who moved on were not interviewed.

Equation
    strain < low_strain * average strain: moves on at rate moving_on_per_year / 52

Reads
    people: organiser, expected, status, strain
    parameters: people.distress_a, people.distress_b, leaving.moving_on_per_year,
        leaving.low_strain, organising.organiser_lost
Writes
    people: organiser, expected, status, trust, left_reason, left_week
    group: organisers
    story

Source
    no longer needed: a reason in 35 % of closed groups (Wituk 2002); sizes are assumptions.
"""

from sim import draws
from sim.codes import MEMBER, NO_LONGER_NEEDED
from sim.compiler import compiled
from sim.declare import number, purpose
from sim.draws import NOBODY
from sim.maths import prob_from_rate
from sim.relations import DAYS_IN_WEEK, WEEKS_IN_YEAR, average_strain
from sim.rules.leave import end_membership

SUMMARY = "somebody no longer needs the group"
MOVE_ON = purpose(75, "move on")
PARAMETERS = (
    number("leaving.moving_on_per_year", 0.5, 0.0, 52.0, "per year", "rate of moving on while strain is low",
           "assumption: after two years of low strain most have moved on", plausible=(0.0, 1.5)),
    number("leaving.low_strain", 0.5, 0.0, 2.0, "multiple", "of average strain, below which strain is low",
           "assumption: half of what is usual among people who could come", plausible=(0.25, 0.75)),
)  # fmt: skip


@compiled
def move_on(world, week):
    """Each member who has long been better: whether she or he moves on this week."""
    p = world.params[0]
    if p.leaving_moving_on_per_year <= 0.0:
        return
    low = p.leaving_low_strain * average_strain(world)
    prob = prob_from_rate(p.leaving_moving_on_per_year / WEEKS_IN_YEAR)
    for i in range(len(world.people)):
        me = world.people[i]
        if me.status != MEMBER or me.expected or me.strain >= low:
            continue
        if draws.happens(world.key, world.traits[i].id, NOBODY, week * DAYS_IN_WEEK, MOVE_ON, prob):
            end_membership(world, i, week, NO_LONGER_NEEDED)
