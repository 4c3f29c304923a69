"""Contact with services: sometimes accepting, sometimes "them and us".

In words
    Those who use mental health services are in touch with them more often under strain. A contact
    may be accepting or may label. Now and then somebody there mentions the group.

Members' words
    "In services it's very much them and us, we're the baddies, they're the goodies" (A3)

Equation
    rate = services_per_year / 52 * strain / average strain
    accepting (probability services_acceptance): S -> 0 [services_accepted]
    else:                                        S -> 1 [services_labelled]
    told of the group with probability referral_prob, if it is open to her or him

Reads
    traits.service_user; strain; outside.services_*, joining.referral_prob
Writes
    stigma, services_contacts; status, heard_of

Source
    attitudes of staff: Saunders 2012; sizes are assumptions.
"""

from sim import draws, purposes
from sim.compiler import compiled
from sim.draws import NOBODY
from sim.maths import prob_from_rate, toward
from sim.relations import DAYS_IN_WEEK, WEEKS_IN_YEAR, average_strain, eligible
from sim.state import AWARE, BY_REFERRAL, UNAWARE


@compiled
def seek(world, week):
    """Each service user: a week's contact with services, if any."""
    p = world.params[0]
    day = week * DAYS_IN_WEEK
    for i in range(len(world.people)):
        who, me = world.traits[i], world.people[i]
        if not (me.living and who.service_user):
            continue
        prob = prob_from_rate(p.outside_services_per_year / WEEKS_IN_YEAR * me.strain / average_strain(world))
        if not draws.happens(world.key, who.id, NOBODY, day, purposes.SEEK, prob):
            continue
        me.services_contacts += 1
        if draws.happens(world.key, who.id, NOBODY, day, purposes.SEEK_ACCEPTED, p.outside_services_acceptance):
            me.stigma = toward(me.stigma, 0.0, p.outside_services_accepted)
        else:
            me.stigma = toward(me.stigma, 1.0, p.outside_services_labelled)
        if (
            world.group[0].open
            and me.status == UNAWARE
            and eligible(world, i)
            and draws.happens(world.key, who.id, NOBODY, day, purposes.REFERRED, p.joining_referral_prob)
        ):
            me.status = AWARE
            me.heard_of = BY_REFERRAL
