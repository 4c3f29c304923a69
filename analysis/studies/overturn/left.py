"""The effect with everything at work, and what is left of it without one mechanism, with draws of runs."""

from __future__ import annotations

import numpy as np

from analysis.compare.estimate import Estimate, bootstrap, standardised
from analysis.compare.outcomes import OUTCOME, POPULATIONS
from analysis.plausible.plan import account_of_arm
from analysis.plausible.spread import Figure
from analysis.studies.overturn.ablation import MAIN, Ablation
from analysis.studies.overturn.mechanisms import ALL_ON, MECHANISMS
from analysis.words.numbers import span

SD = "standard deviations"


def effect_and_left(lived: Ablation, outcome: str, *, every: bool = False) -> list[Figure]:
    """The effect on an outcome of all who ever came, and what is left of it.

    Args:
        lived: all combinations of mechanisms.
        outcome: of MAIN.
        every: what is left without each mechanism; else without the one that it hangs on most.
    """
    account, weeks = account_of_arm(lived.arm), span(lived.arm.values["run.weeks"])
    whole = _effect(lived, outcome, ALL_ON)
    label = f"effect on {OUTCOME[outcome].label}, {POPULATIONS['joined']}, {weeks}"
    found = [Figure((outcome, "whole"), account, label, SD, whole)]
    without = [_effect(lived, outcome, ALL_ON & ~(1 << m)) for m in range(len(MECHANISMS))]
    lost = np.array([(whole.value - left.value) * np.sign(whole.value) for left in without])
    if np.isnan(lost).all():
        return found
    wanted = range(len(MECHANISMS)) if every else [int(np.nanargmax(lost))]
    return found + [
        Figure((outcome, MECHANISMS[m].name), account, f"{label}, without {MECHANISMS[m].label}", SD, without[m])
        for m in wanted
    ]


def _effect(lived: Ablation, outcome: str, world: int) -> Estimate:
    """The standardised effect in one world, over the spread of people with everything at work and without a group."""
    p, o, sums = list(POPULATIONS).index("joined"), MAIN.index(outcome), lived.sums
    spread = (sums.people, sums.life, sums.life_squared, sums.twin, sums.twin_squared)
    people, *others = (column[:, p, o] for column in spread)
    return bootstrap(standardised, people, sums.difference[:, p, o, world], *others, beside=len(others))
