"""Every combination of mechanisms lived on the same people, and what each mechanism's part in the effect is.

The people measured are fixed: those who came (or are regulars, or could come) in the world with every mechanism at
work. Somebody of them who, in another world, comes later, leaves sooner or never comes still counts, so that no
mechanism can look better for driving people away. What this hides is told beside it: how many of them come in the
other world too, and the effect on those who come there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from analysis.compare.arms import Arm
from analysis.compare.broken import named_if_it_breaks_off
from analysis.compare.estimate import Estimates, bootstrap_sums, mean_of, standardised
from analysis.compare.outcomes import (
    OUTCOME,
    OUTCOME_NAMES,
    POPULATIONS,
    SHORTEST_AFTER,
    WINDOW,
    before_row,
    members_of,
)
from analysis.compare.paired import before_values
from analysis.compare.panel import EVERY, Panel, live_panel
from analysis.studies.overturn.mechanisms import ALL_ON, MECHANISMS, OFF, WORLDS, Off, arm_with, mechanisms_on
from analysis.studies.overturn.shapley import ablation_weights, pair_weights, shapley_weights
from sim.ensemble import in_order

MAIN = ("isolation", "stigma", "understanding", "coping", "distress", "episodes")
Progress = Callable[[int, int], None]


class RunSums(NamedTuple):
    """What is kept of one seed: sums over people; P populations, O outcomes of MAIN, W worlds.

    Attributes:
        people, life, life_squared, twin, twin_squared: float64[P, O], with every mechanism at work.
        with_before, twin_change: float64[P, O], of those seen before they came.
        difference: float64[P, O, W], world less twin, of the fixed people.
        change: float64[P, O, W], since before, of those seen before.
        came: float64[W], people who came in that world; ``came_too``: those of the fixed people who did.
        own_people, own_difference: float64[O, W], of those who came in that world.
    """

    people: np.ndarray
    life: np.ndarray
    life_squared: np.ndarray
    twin: np.ndarray
    twin_squared: np.ndarray
    with_before: np.ndarray
    twin_change: np.ndarray
    difference: np.ndarray
    change: np.ndarray
    came: np.ndarray
    came_too: np.ndarray
    own_people: np.ndarray
    own_difference: np.ndarray


@dataclass(frozen=True)
class Ablation:
    """All runs.

    Attributes:
        arm: with every mechanism at work.
        seeds: of the runs.
        sums: as RunSums, with runs as an additional first axis.
        lives: how many were lived for it.
    """

    arm: Arm
    seeds: list[int]
    sums: RunSums
    lives: int


def live_all(
    arm: Arm, seeds: Iterable[int], *, off: Off = OFF, threads: int | None = None, progress: Progress | None = None
) -> Ablation:
    """Live every combination of mechanisms, and the twin without a group, on the same seeds.

    Args:
        arm: with a group; looked at when its run ends.
        seeds: one for each run.
        off: as for ``arm_with``.
        threads: as for ``sim.ensemble.in_order``.
        progress: called with (lives lived, lives in all).
    """
    arms = [arm_with(arm, mechanisms_on(world), off) for world in range(WORLDS)]
    # Worlds that a scenario makes equal, such as with and without what it has switched off, are lived once.
    digests = [one.life_digest for one in arms]
    different = {digest: one for digest, one in zip(digests, arms, strict=True)}
    wanted = list(seeds)

    def one(seed: int) -> RunSums:
        with named_if_it_breaks_off(arm, seed):
            return sums_of(arm, digests, different, seed)

    each = len(different) + 1
    parts = []
    for part in in_order(one, wanted, threads=threads):
        parts.append(part)
        if progress is not None:
            progress(len(parts) * each, len(wanted) * each)
    stacked = RunSums(*(np.stack(columns) for columns in zip(*parts, strict=True)))
    return Ablation(arm, wanted, stacked, len(wanted) * each)


def sums_of(arm: Arm, digests: list[str], different: dict[str, Arm], seed: int) -> RunSums:
    """Live all worlds of one seed and add up, over people, what is needed of each."""
    row = arm.values["run.weeks"] // EVERY
    full = live_panel({**arm.values, "run.seed": seed})
    twin = live_panel({**arm.twin.values, "run.seed": seed})
    base = before_row(full)
    since = np.maximum(base, row - WINDOW)
    chosen = [OUTCOME_NAMES.index(name) for name in MAIN]
    before = before_values(full, base)[chosen]
    without = measured(twin, row, since)
    masks = np.array([members_of(population, full, row) for population in POPULATIONS])
    known = ~np.isnan(before) & ~np.isnan(without)
    by_digest: dict[str, tuple[np.ndarray, ...]] = {}
    for digest, other in different.items():
        with named_if_it_breaks_off(arm, seed, other.values):
            panel = full if digest == digests[ALL_ON] else live_panel({**other.values, "run.seed": seed})
        with_group = measured(panel, row, since)
        came = members_of("joined", panel, row)
        own_since = np.maximum(before_row(panel), row - WINDOW)
        own = measured(panel, row, own_since) - measured(twin, row, own_since)
        by_digest[digest] = (
            _sum(with_group - without, masks),
            _sum(np.where(known, with_group - before, np.nan), masks),
            np.array(came.sum(), float),
            np.array((came & masks[list(POPULATIONS).index("joined")]).sum(), float),
            (~np.isnan(own) & came).sum(axis=1).astype(float),
            np.nansum(np.where(came, own, 0.0), axis=1),
        )
    worlds = [np.stack(parts, axis=-1) for parts in zip(*(by_digest[digest] for digest in digests), strict=True)]
    life = measured(full, row, since)
    return RunSums(
        _sum(np.where(np.isnan(without), np.nan, 1.0), masks),
        _sum(life, masks), _sum(life**2, masks), _sum(without, masks), _sum(without**2, masks),
        _sum(np.where(known, 1.0, np.nan), masks), _sum(np.where(known, without - before, np.nan), masks), *worlds,
    )  # fmt: skip


def measured(panel: Panel, row: int, since: np.ndarray) -> np.ndarray:
    """float64[MAIN, n]: everybody's outcomes at a time; what is counted, since a row of each person's own."""
    return np.stack([OUTCOME[name].at(panel, row, since, SHORTEST_AFTER) for name in MAIN])


def _sum(values: np.ndarray, masks: np.ndarray) -> np.ndarray:
    """float64[populations, outcomes]: over the people of each population, missing values left out."""
    return np.array([np.nansum(values[:, mask], axis=1) for mask in masks])


@dataclass(frozen=True)
class Parts:
    """Standardised effects with intervals; each Estimates has arrays [P, O, ...].

    Attributes:
        total: [P, O], of everything together.
        readings: [P, O, mechanisms] by name: shapley, on_alone, off_alone, lost_without.
        share: [P, O, mechanisms], the Shapley part as a share of the total; NaN where the total's interval
            holds zero.
        pairs: pairs of mechanisms; ``pair_readings``: [P, O, pairs] by name.
    """

    total: Estimates
    readings: dict[str, Estimates]
    share: Estimates
    pairs: list[tuple[int, int]]
    pair_readings: dict[str, Estimates]


def parts_of(lived: Ablation) -> Parts:
    """Each mechanism's part in the effects, with intervals from drawing runs anew.

    A share is a weighted sum over worlds, so it is worked out run by run, and drawing runs anew costs no new lives.
    """
    sums = lived.sums
    players = len(MECHANISMS)
    pairs, by_pair = pair_weights(players)

    def estimates(weights: np.ndarray) -> Estimates:
        parts = np.einsum("rpow,kw->rpok", sums.difference, weights)
        return _standardised(sums, parts)

    total = estimates(_only(ALL_ON))
    readings = {"shapley": estimates(shapley_weights(players))}
    readings |= {name: estimates(weights) for name, weights in ablation_weights(players).items()}
    shares = np.einsum("rpow,kw->rpok", sums.difference, shapley_weights(players))
    whole = np.repeat(sums.difference[..., ALL_ON : ALL_ON + 1], players, axis=-1)
    share = _reshaped(bootstrap_sums(mean_of, _flat(shares), _flat(whole)), shares.shape[1:])
    sure = (total.low > 0) | (total.high < 0)
    share = Estimates(*(np.where(sure, values, np.nan) for values in (share.value, share.low, share.high)))
    total = Estimates(total.value[..., 0], total.low[..., 0], total.high[..., 0])
    return Parts(total, readings, share, pairs, {name: estimates(weights) for name, weights in by_pair.items()})


def _only(world: int) -> np.ndarray:
    weights = np.zeros((1, WORLDS))
    weights[0, world] = 1.0
    return weights


def standardised_worlds(lived: Ablation) -> Estimates:
    """The standardised effect of every world on the fixed people: [P, O, W]."""
    return _standardised(lived.sums, lived.sums.difference)


def _standardised(sums: RunSums, difference: np.ndarray) -> Estimates:
    """Differences [runs, P, O, k] over the spread of people with everything on and without a group, for all k alike."""
    k = difference.shape[-1]
    columns = (sums.people, sums.life, sums.life_squared, sums.twin, sums.twin_squared)
    people, *others = (np.repeat(column[..., None], k, axis=-1) for column in columns)
    flat = (_flat(column) for column in (people, difference, *others))
    return _reshaped(bootstrap_sums(standardised, *flat), difference.shape[1:])


def _flat(column: np.ndarray) -> np.ndarray:
    return column.reshape(len(column), -1)


def _reshaped(found: Estimates, shape: tuple[int, ...]) -> Estimates:
    return Estimates(found.value.reshape(shape), found.low.reshape(shape), found.high.reshape(shape))
