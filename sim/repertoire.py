"""Ways of coping: experiential knowledge as a repertoire, not a level.

There are K ways of getting through a hard day, numbered and never named. Each person has a skill in each,
``world.ways[i, k]`` in [0, 1], and a way suits some better than others: those whose place on the scale of experience
is near its own. So people alike can teach each other most.
"""

from __future__ import annotations

from sim.codes import WAYS
from sim.compiler import compiled


@compiled
def suits(world, i, k):
    """How well way k suits the person in row i: 1 - the distance of their places on the scale of experience."""
    return 1.0 - abs(world.traits[i].position - (k + 0.5) / WAYS)


@compiled
def repertoire(world, i):
    """What all ways of the person in row i come to: 1 - prod_k (1 - suits * skill), in [0, 1]."""
    left = 1.0
    for k in range(WAYS):
        left *= 1.0 - suits(world, i, k) * world.ways[i, k]
    return 1.0 - left


@compiled
def chosen_way(world, i, u):
    """The way that the person in row i turns to, in proportion to skill and to how well it suits; -1 if there is none.

    ``u``: a uniform number.
    """
    total = 0.0
    for k in range(WAYS):
        total += suits(world, i, k) * world.ways[i, k]
    if total <= 0.0:
        return -1
    reached, last = 0.0, -1
    for k in range(WAYS):
        part = suits(world, i, k) * world.ways[i, k]
        if part > 0.0:
            reached += part
            last = k
            if u * total < reached:
                return k
    return last
