"""Leaving together: whoever leaves may draw close friends along.

In words
    When somebody drifts away, moves on or has fallen out with somebody, friends in the group may go too: the
    likelier the closer they are, and likeliest after a falling-out, which can so split a group. Who went
    along draws nobody else along.

Members' words
    None.

Equation
    each member j with a tie to somebody who left this week: leaves with probability follow * w_ij,
    after a falling-out split * w_ij

Reads
    people: organiser, status, left_reason, left_week
    group: circle
    ties, circle
    parameters: leaving.follow, leaving.split, organising.organiser_lost
Writes
    people: organiser, expected, status, trust, left_reason, left_week
    group: organisers
    story

Source
    assumption.
"""

from sim import draws
from sim.codes import DRIFTED_AWAY, FELL_OUT, FORMER, MEMBER, NO_LONGER_NEEDED, WENT_ALONG
from sim.compiler import compiled
from sim.declare import proportion, purpose
from sim.relations import DAYS_IN_WEEK
from sim.rules.leave import end_membership

SUMMARY = "friends may leave together"
FOLLOW = purpose(76, "follow")
PARAMETERS = (
    proportion("leaving.follow", 0.1, "probability that a friend with a full tie leaves with somebody",
               "assumption: seldom; most friends stay", plausible=(0.0, 0.3)),
    proportion("leaving.split", 0.5, "the same, after a falling-out", "assumption: friends take sides",
               plausible=(0.0, 0.8)),
)  # fmt: skip


@compiled
def follow(world, week):
    """Each member with a tie to somebody who has left this week: whether to go along."""
    p = world.params[0]
    if p.leaving_follow <= 0.0 and p.leaving_split <= 0.0:
        return
    day = week * DAYS_IN_WEEK
    for a in range(world.group[0].circle):
        i = world.circle[a]
        gone = world.people[i]
        if gone.status != FORMER or gone.left_week != week:
            continue
        if gone.left_reason == FELL_OUT:
            size = p.leaving_split
        elif gone.left_reason == DRIFTED_AWAY or gone.left_reason == NO_LONGER_NEEDED:
            size = p.leaving_follow
        else:
            continue
        for b in range(world.group[0].circle):
            j = world.circle[b]
            if world.people[j].status == MEMBER and world.ties[i, j] > 0.0:
                prob = size * world.ties[i, j]
                if draws.happens(world.key, world.traits[j].id, world.traits[i].id, day, FOLLOW, prob):
                    end_membership(world, j, week, WENT_ALONG)
