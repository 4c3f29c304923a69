"""Being found out: somebody outside notices, and is accepting or horrified.

In words
    Hiding does not always succeed. In a week with episodes somebody may notice. How that goes is as when one
    tells (see tell), but it was not one's own choice.

Members' words
    "You get that horrified look and then it kind of reinforces to me that I'm weird" (B3).

Equation
    with probability 1 - (1 - found_out_prob)^(episodes of the week):
    accepted or horrified as in tell

Reads
    people: living, episodes_this_week
    traits: outside_support
    parameters: outside.horrified, outside.sets_apart, outside.label_hurt, outside.acceptance,
        outside.support_weight, outside.accepted, outside.found_out_prob
Writes
    people: stigma, label_hurt, difference, found_out

Source
    members "had tried to keep their self-harm hidden from others" (authors); the rate is an assumption.
"""

from sim import draws
from sim.compiler import compiled
from sim.declare import proportion, purpose, total
from sim.draws import NOBODY
from sim.functions import power
from sim.relations import DAYS_IN_WEEK
from sim.rules.tell import be_received

SUMMARY = "somebody outside finds out"
FOUND_OUT = purpose(55, "found out")
FOUND_OUT_ACCEPTED = purpose(56, "found out accepted")
PARAMETERS = (
    proportion("outside.found_out_prob", 0.01, "probability that somebody outside notices, for each episode",
               "assumption: one in a hundred, since most hid it for years (C1)", plausible=(0.0, 0.05)),
)  # fmt: skip
PEOPLE = (
    total("found_out", "times found out by somebody outside"),
)  # fmt: skip


@compiled
def discover(world, week):
    """Each person with episodes this week: whether somebody outside notices, and how that goes."""
    p = world.params[0]
    if p.outside_found_out_prob <= 0.0:
        return
    day = week * DAYS_IN_WEEK
    for i in range(len(world.people)):
        me = world.people[i]
        if not (me.living and me.episodes_this_week > 0):
            continue
        prob = 1.0 - power(1.0 - p.outside_found_out_prob, me.episodes_this_week)
        if draws.happens(world.key, world.traits[i].id, NOBODY, day, FOUND_OUT, prob):
            me.found_out += 1
            be_received(world, i, day, FOUND_OUT_ACCEPTED)
