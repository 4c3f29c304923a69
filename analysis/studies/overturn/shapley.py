"""Shapley's split of a whole among those who made it together (Shapley 1953).

The share of one is what it adds when it comes in, averaged over every order in which all can come in. With few of them
every set can be lived, so the shares are exact, not sampled.
"""

from __future__ import annotations

from math import factorial

import numpy as np


def shapley_weights(players: int) -> np.ndarray:
    """The matrix that turns what each set achieves into each player's share.

    Args:
        players: how many.

    Returns:
        float64[players, 2**players]. Sets are numbered by their bits: set 5 = 0b101 has players 0 and 2. A share is
        the weighted sum over sets; shares sum to what all achieve, less what nobody does.
    """
    sets = np.arange(2**players)
    size = np.array([int(s).bit_count() for s in sets])
    # A set without the player comes first in so many of the players! orders.
    before = np.array([factorial(k) * factorial(players - k - 1) for k in range(players)]) / factorial(players)
    weights = np.zeros((players, len(sets)))
    for player in range(players):
        without = sets[(sets >> player & 1) == 0]
        weights[player, without] = -before[size[without]]
        weights[player, without | 1 << player] = before[size[without]]
    return weights


def ablation_weights(players: int) -> dict[str, np.ndarray]:
    """The simpler readings, as matrices of the same form.

    Returns:
        ``on_alone``: what one achieves with all others off; ``off_alone``: what the others achieve without it;
        ``lost_without``: what is missing then: all less ``off_alone``. float64[players, 2**players] each.
    """
    everybody = 2**players - 1
    on, off, lost = (np.zeros((players, 2**players)) for _ in range(3))
    for player in range(players):
        on[player, 1 << player] += 1.0
        on[player, 0] -= 1.0
        off[player, everybody ^ 1 << player] += 1.0
        off[player, 0] -= 1.0
        lost[player, everybody] += 1.0
        lost[player, everybody ^ 1 << player] -= 1.0
    return {"on_alone": on, "off_alone": off, "lost_without": lost}


def pair_weights(players: int) -> tuple[list[tuple[int, int]], dict[str, np.ndarray]]:
    """Two taken away together, against each of them alone.

    Returns:
        The pairs, and float64[pairs, 2**players] each: ``lost_without_both``, and ``together``: that, less what is
        missing without the one and without the other. Zero where two do not lean on each other; of the same sign as the
        effect where each can stand in for the other.
    """
    everybody = 2**players - 1
    pairs = [(i, j) for i in range(players) for j in range(i + 1, players)]
    lost, together = (np.zeros((len(pairs), 2**players)) for _ in range(2))
    for k, (i, j) in enumerate(pairs):
        neither = everybody ^ (1 << i) ^ (1 << j)
        lost[k, everybody] += 1.0
        lost[k, neither] -= 1.0
        for world, sign in ((everybody, -1), (everybody ^ 1 << i, 1), (everybody ^ 1 << j, 1), (neither, -1)):
            together[k, world] += sign
    return pairs, {"lost_without_both": lost, "together": together}
