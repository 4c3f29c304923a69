"""Contact with services: sometimes accepting, sometimes "them and us".

In words
    Those who use mental health services are in touch with them more often under strain. A contact
    may be accepting, or may label. Now and then somebody there mentions the group.

Members' words
    "In services it's very much them and us, we're the baddies, they're the goodies" (A3).

Equation
    rate = services_per_year / 52 * strain / average strain (times 1 + help_seeking for members of a clinician's group)
    accepting (probability services_acceptance): S -> 0 [services_accepted]
    else:                                        S -> 1 [services_labelled], H -> 1 [label_hurt]
    told of the group with probability referral_prob, if it is open to her or him

Reads
    people: living, resident, status, strain
    traits: woman, service_user
    group: open, clinician
    parameters: people.distress_a, people.distress_b, outside.label_hurt, outside.services_per_year,
        outside.services_acceptance, outside.services_accepted, outside.services_labelled,
        group.women_only, group.service_users_only, joining.referral_prob, clinician.help_seeking
Writes
    people: status, stigma, heard_of, services_contacts, label_hurt

Source
    attitudes of staff: Saunders 2012; sizes are assumptions.
"""

from sim import draws
from sim.codes import AWARE, BY_REFERRAL, MEMBER, UNAWARE
from sim.compiler import compiled
from sim.declare import effect, number, proportion, purpose, total
from sim.draws import NOBODY
from sim.maths import prob_from_rate, toward
from sim.relations import DAYS_IN_WEEK, WEEKS_IN_YEAR, average_strain, eligible

SUMMARY = "contact with services, which may refer"
SEEK = purpose(52, "seek")
SEEK_ACCEPTED = purpose(53, "seek accepted")
REFERRED = purpose(54, "referred")
PARAMETERS = (
    number("outside.services_per_year", 4.0, 0.0, 365.0, "per year at average strain",
           "contacts of a service user with services",
           "assumption: between a yearly review and monthly contact", plausible=(1.0, 12.0)),
    proportion("outside.services_acceptance", 0.45, "probability that such a contact is accepting",
               "assumption; hospital staff attitudes in Saunders 2012", plausible=(0.3, 0.7)),
    effect("outside.services_accepted", 0.005, "an accepting contact with services: stigma moves to 0 by",
           "assumption: less than being met by one's own people", plausible=(0.0, 0.02)),
    effect("outside.services_labelled", 0.01, "\"we're the baddies, they're the goodies\" (A3): stigma moves to 1 by",
           'assumption: a label weighs more than acceptance ("them and us", A3)', plausible=(0.0, 0.03)),
    proportion("joining.referral_prob", 0.02, "probability that a contact with services brings the group up",
               "assumption; some professionals are reluctant: Parker and Lindsay 2004, in the paper",
               plausible=(0.0, 0.2)),
)  # fmt: skip
PEOPLE = (
    total("services_contacts", "contacts with services"),
)  # fmt: skip


@compiled
def seek(world, week):
    """Each service user: a week's contact with services, if any."""
    p = world.params[0]
    day = week * DAYS_IN_WEEK
    for i in range(len(world.people)):
        who, me = world.traits[i], world.people[i]
        if not (me.living and who.service_user):
            continue
        rate = p.outside_services_per_year / WEEKS_IN_YEAR * me.strain / average_strain(world)
        if world.group[0].clinician and me.status == MEMBER:
            rate *= 1.0 + p.clinician_help_seeking
        prob = prob_from_rate(rate)
        if not draws.happens(world.key, who.id, NOBODY, day, SEEK, prob):
            continue
        me.services_contacts += 1
        if draws.happens(world.key, who.id, NOBODY, day, SEEK_ACCEPTED, p.outside_services_acceptance):
            me.stigma = toward(me.stigma, 0.0, p.outside_services_accepted)
        else:
            me.stigma = toward(me.stigma, 1.0, p.outside_services_labelled)
            me.label_hurt = toward(me.label_hurt, 1.0, p.outside_label_hurt)
        if (
            world.group[0].open
            and me.status == UNAWARE
            and eligible(world, i)
            and draws.happens(world.key, who.id, NOBODY, day, REFERRED, p.joining_referral_prob)
        ):
            me.status = AWARE
            me.heard_of = BY_REFERRAL
