"""Telling somebody outside: family or friends, who accept, or look horrified.

In words
    The less ashamed somebody is, the sooner she or he tells. Whether it is met with acceptance
    depends on public attitudes and on the people one has. It can go either way, so openness that
    grows in a group may backfire outside.

Members' words
    "You get that horrified look and then it kind of reinforces to me that I'm weird" (B3)
    "If somebody asks me something about self-harm I'm very open with it" (A4)

Equation
    rate = tell_per_year / 52 * O_i,  O = 1 - S
    accepted with probability (1 - k) * acceptance + k * outside_support_i
    accepted: S -> 0 [accepted];   else: S -> 1 [horrified]

Reads
    stigma; traits.outside_support; outside.*
Writes
    stigma, told_outside, told_accepted

Source
    acceptance 0.3-0.6: assumption; 21.7 % had told family or friends (APMS 2014).
"""

from sim import draws, purposes
from sim.compiler import compiled
from sim.draws import NOBODY
from sim.maths import prob_from_rate, toward
from sim.relations import DAYS_IN_WEEK, WEEKS_IN_YEAR


@compiled
def tell(world, week):
    """Each person: whether somebody outside is told this week, and how that goes."""
    p = world.params[0]
    day = week * DAYS_IN_WEEK
    own = p.outside_support_weight
    for i in range(len(world.people)):
        who, me = world.traits[i], world.people[i]
        if not me.living:
            continue
        openness = 1.0 - me.stigma
        prob = prob_from_rate(p.outside_tell_per_year / WEEKS_IN_YEAR * openness)
        if not draws.happens(world.key, who.id, NOBODY, day, purposes.TELL, prob):
            continue
        me.told_outside += 1
        acceptance = (1.0 - own) * p.outside_acceptance + own * who.outside_support
        if draws.happens(world.key, who.id, NOBODY, day, purposes.TELL_ACCEPTED, acceptance):
            me.told_accepted += 1
            me.stigma = toward(me.stigma, 0.0, p.outside_accepted)
        else:
            me.stigma = toward(me.stigma, 1.0, p.outside_horrified)
