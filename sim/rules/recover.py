"""Natural decline: the rate of episodes falls with the years, with nobody's help.

In words
    Many people self-harm less as the years go by, whether or not they ever meet a group. The
    decline is the same in every condition: what looks like an effect of the group may be only this.

Members' words
    None. It is the rival that every before-and-after figure must be held against.

Equation
    decline_i = (1 - natural_decline_per_year) ** (weeks lived / 52)

Reads
    people: living
    traits: arrives_week
    parameters: episodes.natural_decline_per_year, run.lead_in_weeks
Writes
    people: decline

Source
    assumption, 0-15 % a year (Moran 2012 and Zanarini 2008 as context).
"""

from sim.compiler import compiled
from sim.declare import level, proportion
from sim.functions import power
from sim.relations import WEEKS_IN_YEAR

SUMMARY = "natural decline wears down the rate of episodes"
PARAMETERS = (
    proportion("episodes.natural_decline_per_year", 0.05,
               "yearly fall of the rate with nobody's help, in every condition",
               "assumption: 0-15 %; Moran 2012, Zanarini 2008 as context", plausible=(0.0, 0.15)),
)  # fmt: skip
PEOPLE = (
    level("decline", "what natural decline has left of the episode rate"),
)  # fmt: skip


@compiled
def recover(world, week):
    """Each person: what natural decline has left of the rate."""
    p = world.params[0]
    weeks_before, decline = -1, 1.0
    for i in range(len(world.people)):
        me = world.people[i]
        if me.living:
            weeks_lived = week - (world.traits[i].arrives_week - p.run_lead_in_weeks)
            if weeks_lived != weeks_before:  # who came together have declined alike
                decline = power(1.0 - p.episodes_natural_decline_per_year, weeks_lived / WEEKS_IN_YEAR)
                weeks_before = weeks_lived
            me.decline = decline
