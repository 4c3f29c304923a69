"""Telling somebody outside: family or friends, who accept, or look horrified.

In words
    The less ashamed somebody is, the sooner she or he tells somebody outside; who understands why she or he
    does it need hide less even with shame. Whether that is met
    with acceptance depends on public attitudes and on the people one has. It can go either way, so
    openness that grows in a group may backfire outside.

Members' words
    "For the first time many group members did not feel that they had to continue hiding" (authors).
    "You get that horrified look and then it kind of reinforces to me that I'm weird" (B3). "If
    somebody asks me something about self-harm I'm very open with it" (A4).

Equation
    rate = tell_per_year / 52 * O_i,  O = 1 - S (1 - openness_from_insight * U)
    accepted with probability (1 - k) * acceptance + k * outside_support_i
    accepted: S -> 0 [accepted];   else: S -> 1 [horrified], Delta -> 1 [sets_apart], H -> 1 [label_hurt]

Reads
    people: living, stigma, understanding
    traits: outside_support
    parameters: outside.horrified, outside.sets_apart, outside.label_hurt, outside.acceptance,
        outside.support_weight, outside.tell_per_year, outside.openness_from_insight,
        outside.accepted
Writes
    people: stigma, told_outside, told_accepted, label_hurt, difference

Source
    acceptance 0.3-0.6: assumption; 21.7 % had told family or friends (APMS 2014).
"""

from sim import draws
from sim.compiler import compiled
from sim.declare import effect, number, proportion, purpose, total
from sim.draws import NOBODY
from sim.maths import prob_from_rate, toward
from sim.relations import DAYS_IN_WEEK, WEEKS_IN_YEAR

SUMMARY = "somebody outside is told"
TELL = purpose(50, "tell")
TELL_ACCEPTED = purpose(51, "tell accepted")
PARAMETERS = (
    proportion("outside.acceptance", 0.45,
               "probability that somebody told outside accepts, as far as public attitudes decide it",
               "assumption: 0.3-0.6; hospital staff attitudes in Saunders 2012", plausible=(0.3, 0.6)),
    proportion("outside.support_weight", 0.5,
               "weight of one's own outside support, against public attitudes, in that probability",
               "assumption: half, since nothing tells whether one's own people or public attitudes count for more",
               plausible=(0.0, 1.0)),
    number("outside.tell_per_year", 1.0, 0.0, 52.0, "per year",
           "times a person without any shame would tell somebody outside",
           "assumption; 21.7 % had told family or friends: APMS 2014", plausible=(0.3, 3.0)),
    proportion("outside.openness_from_insight", 0.3,
               "share of shame that no longer hides it, with full understanding",
               "assumption: insight opens less than the absence of shame does; the range holds none",
               plausible=(0.0, 0.8)),
    effect("outside.accepted", 0.02, "telling outside is met with acceptance: stigma moves to 0 by",
           "assumption: small for a single time of telling, which happens less than once a year for most",
           plausible=(0.0, 0.06)),
)  # fmt: skip
PEOPLE = (
    total("told_outside", "times of telling somebody outside"),
    total("told_accepted", "of these, met with acceptance"),
)  # fmt: skip


@compiled
def tell(world, week):
    """Each person: whether somebody outside is told this week, and how that goes."""
    p = world.params[0]
    day = week * DAYS_IN_WEEK
    for i in range(len(world.people)):
        who, me = world.traits[i], world.people[i]
        if not me.living:
            continue
        openness = 1.0 - me.stigma * (1.0 - p.outside_openness_from_insight * me.understanding)
        prob = prob_from_rate(p.outside_tell_per_year / WEEKS_IN_YEAR * openness)
        if not draws.happens(world.key, who.id, NOBODY, day, TELL, prob):
            continue
        me.told_outside += 1
        if be_received(world, i, day, TELL_ACCEPTED):
            me.told_accepted += 1


@compiled
def be_received(world, i, day, draw):
    """How somebody outside receives what the person in row i has told, or could not hide; whether accepting."""
    p = world.params[0]
    who, me = world.traits[i], world.people[i]
    own = p.outside_support_weight
    acceptance = (1.0 - own) * p.outside_acceptance + own * who.outside_support
    accepted = draws.happens(world.key, who.id, NOBODY, day, draw, acceptance)
    if accepted:
        me.stigma = toward(me.stigma, 0.0, p.outside_accepted)
    else:
        me.stigma = toward(me.stigma, 1.0, p.outside_horrified)
        me.difference = toward(me.difference, 1.0, p.outside_sets_apart)
        me.label_hurt = toward(me.label_hurt, 1.0, p.outside_label_hurt)
    return accepted
