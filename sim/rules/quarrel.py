"""Friction: two people fall out, a tie suffers, somebody may leave for it.

In words
    Where people meet, some do not get on: the likelier the less alike they are. They trust the group less
    for it and their tie is worth less. Now and then the one who trusts less stays away for good, and
    friends may go along (see follow), so that a group can split.

Members' words
    None: members of groups that had lasted do not speak of it.

Equation
    each two present: fall out with probability friction_prob (1 - s_ij)
    w_ij -> 0 [friction_tie];  T of both -> 0 [friction_hurt]
    with probability drives_out the one with less trust leaves

Reads
    people: present, organiser, status, trust
    traits: position
    group: met_today
    parameters: leaving.friction_prob, leaving.friction_tie, leaving.friction_hurt,
        leaving.drives_out, organising.organiser_lost
Writes
    people: organiser, expected, status, trust, left_reason, left_week
    group: organisers, quarrels
    ties, story

Source
    problems between members: a reason in 31 % of closed groups (Wituk 2002); sizes are assumptions.
"""

from sim import draws
from sim.codes import FELL_OUT, MEMBER, QUARRELLED
from sim.compiler import compiled
from sim.declare import effect, proportion, purpose, total
from sim.maths import toward
from sim.relations import likeness, week_of
from sim.rules.leave import end_membership
from sim.story import NO_REASON, note

SUMMARY = "two people may fall out"
FALL_OUT = purpose(107, "fall out")
DRIVEN_OUT = purpose(108, "driven out")
PARAMETERS = (
    proportion("leaving.friction_prob", 0.004,
               "probability a meeting that two people present, not alike at all, fall out",
               "assumption: about one falling-out in two years in a group of five who meet weekly",
               plausible=(0.0, 0.02)),
    effect("leaving.friction_tie", 0.5, "falling out: the tie moves to 0 by", "assumption: half of it is gone",
           plausible=(0.0, 1.0)),
    effect("leaving.friction_hurt", 0.25, "falling out: trust of both in the group moves to 0 by",
           "assumption: as much as being judged (meeting.hurt)", plausible=(0.0, 0.5)),
    proportion("leaving.drives_out", 0.25, "probability that falling out drives one of the two out",
               "assumption: one in four", plausible=(0.0, 0.6)),
)  # fmt: skip
GROUP = (
    total("quarrels", "times that two people fell out", since="the opening"),
)  # fmt: skip


@compiled
def quarrel(world, day):
    """Each two people at today's meeting: whether they fall out."""
    p, g = world.params[0], world.group[0]
    if p.leaving_friction_prob <= 0.0 or not g.met_today:
        return
    for i in range(len(world.people)):
        if not world.people[i].present:
            continue
        for j in range(i):
            if not world.people[j].present:
                continue
            one, other = world.traits[i].id, world.traits[j].id
            first, second = min(one, other), max(one, other)
            prob = p.leaving_friction_prob * (1.0 - likeness(world, i, j))
            if draws.happens(world.key, first, second, day, FALL_OUT, prob):
                fall_out(world, i, j)
                if draws.happens(world.key, first, second, day, DRIVEN_OUT, p.leaving_drives_out):
                    drive_out(world, i, j, week_of(day))


@compiled
def fall_out(world, i, j):
    """What falling out does to the tie, and to the trust of both."""
    p, g = world.params[0], world.group[0]
    g.quarrels += 1
    world.ties[i, j] = toward(world.ties[i, j], 0.0, p.leaving_friction_tie)
    world.ties[j, i] = world.ties[i, j]
    for k in (i, j):
        world.people[k].trust = toward(world.people[k].trust, 0.0, p.leaving_friction_hurt)


@compiled
def drive_out(world, i, j, week):
    """Of the two, the one who trusts the group less leaves; of equals the one in the later row."""
    leaver = j if world.people[j].trust < world.people[i].trust else i
    if world.people[leaver].status == MEMBER:
        note(world, week, QUARRELLED, leaver, NO_REASON)
        end_membership(world, leaver, week, FELL_OUT)
