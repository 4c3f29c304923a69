"""What rules need to know about two people, or about the group as a whole."""

from __future__ import annotations

from sim import draws
from sim.codes import FIRST, IDS, LIVING, MEMBER, ON_HARD_DAY, SECOND, TIED
from sim.compiler import compiled
from sim.draws import NOBODY


@compiled
def likeness(world, i, j):
    """Similarity s_ij = 1 - |a_i - a_j| of the experiences of the people in rows i and j."""
    return 1.0 - abs(world.traits[i].position - world.traits[j].position)


@compiled
def shared_likeness(world, i, j):
    """Similarity as far as the group lets people meet as peers: zero in a befriending group."""
    return world.params[0].group_shared_experience * likeness(world, i, j)


@compiled
def who_lives(world):
    """How many live this week; notes their rows in ``places[LIVING]``, their ids in ``places[IDS]``."""
    rows, ids = world.places[LIVING], world.places[IDS]
    many = 0
    for i in range(len(world.people)):
        rows[many], ids[many] = i, world.traits[i].id
        many += world.people[i].living  # the next overwrites whoever does not: a short loop without branches
    return many


@compiled
def draw_for_all(world, day, purpose):
    """``who_lives``; notes also two uniforms of each, in ``numbers[FIRST]`` and ``numbers[SECOND]``."""
    many = who_lives(world)
    ids = world.places[IDS][:many]
    draws.uniform_pairs(world.key, ids, NOBODY, day, purpose, world.numbers[FIRST], world.numbers[SECOND])
    return many


@compiled
def on_a_hard_day(world):
    """How many of the living have a hard day; notes their rows in ``places[ON_HARD_DAY]``."""
    rows = world.places[ON_HARD_DAY]
    many = 0
    for i in range(len(world.people)):
        rows[many] = i
        many += world.people[i].living & world.people[i].hard_day
    return many


@compiled
def tied_to(world, i, among):
    """How many of the first so many of the circle have a tie with row i; notes their rows in ``places[TIED]``."""
    rows, ties = world.places[TIED], world.ties[i]
    many = 0
    for k in range(among):
        j = world.circle[k]
        rows[many] = j
        many += ties[j] > 0.0  # the next overwrites whoever has none
    return many


@compiled
def spend_time(world, i, j, hours):
    """The people in rows i and j spend hours together this week."""
    world.hours[i, j] += hours
    world.hours[j, i] = world.hours[i, j]


@compiled
def count_members(world):
    """How many members the group has."""
    members = 0
    for i in range(len(world.people)):
        if world.people[i].status == MEMBER:
            members += 1
    return members


@compiled
def eligible(world, i):
    """Whether the group is open to the person in row i, who lives in the area."""
    p = world.params[0]
    who = world.traits[i]
    return (
        world.people[i].resident
        and (who.woman or not p.group_women_only)
        and (who.service_user or not p.group_service_users_only)
    )


@compiled
def can_pay(world):
    """Whether there is money for meals, socials and the phone line: a funder's, or never one's."""
    return world.group[0].funded or not world.params[0].organising_funded


@compiled
def average_strain(world):
    """Mean baseline distress of the population, against which strain is judged."""
    p = world.params[0]
    return p.people_distress_a / (p.people_distress_a + p.people_distress_b)


@compiled
def average_isolation(world):
    """Mean isolation set point of the population."""
    p = world.params[0]
    return p.people_isolation_a / (p.people_isolation_a + p.people_isolation_b)


@compiled
def average_stigma(world):
    """Mean stigma set point of the population."""
    p = world.params[0]
    return p.people_stigma_a / (p.people_stigma_a + p.people_stigma_b)


@compiled
def due_on(world, day):
    """Whether a meeting is due on this day, as everybody knows: where the group meets on fixed days."""
    p = world.params[0]
    return p.group_regular and (p.group_meeting_days >> (day % DAYS_IN_WEEK)) & 1 == 1


@compiled
def coping_half_life(world):
    """Weeks in which half of a deviation of coping is gone: of its level, or of what ways come to."""
    p = world.params[0]
    return p.life_repertoire_half_life_weeks if p.mechanisms_ways else p.life_coping_half_life_weeks


@compiled
def week_of(day):
    """The week that a day belongs to."""
    return day // DAYS_IN_WEEK


DAYS_IN_WEEK = 7
WEEKS_IN_YEAR = 52
