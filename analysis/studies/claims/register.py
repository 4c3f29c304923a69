"""Groups as somebody finds them who looks at a random time, such as in a register: the older, the likelier found."""

from __future__ import annotations

import numpy as np

from analysis.compare.estimate import Estimate, bootstrap, mean_of
from analysis.studies.claims.asked import Asked, of_totals_of
from analysis.studies.claims.declare import Estimand, Runs, figure_of
from analysis.studies.claims.meanings import definition
from analysis.studies.claims.read import proportion

FOUND = "groups found at a random time"
FOUR = 4  # regulars of each of the paper's groups


def _by(share: float) -> str:
    return f"regulars by {100 * share:.0f} % of meetings"


def _asked(arm: str, outcome: str, summary: str) -> Asked:
    return of_totals_of((arm,), ("found",), outcome, summary)


def with_regulars(arm: str, share: float, *sizes: int) -> Estimand:
    """Of groups found at a random time, those with so many regulars.

    Args:
        arm: kind of group.
        share: of meetings, from which a member counts as a regular; one of ``REGULAR_SHARES``.
        *sizes: numbers of regulars; together they count.
    """
    many = f"exactly {sizes[0]}" if len(sizes) == 1 else f"{min(sizes)} to {max(sizes)}"

    def having(runs: Runs) -> Estimate:
        names = [f"found_{size}_at_{definition(share)}" for size in sizes]
        return proportion(runs[arm].total("found"), np.sum([runs[arm].total(name) for name in names], axis=0))

    words = f"those with {many} regulars, {_by(share)} (share)"
    asked = _asked(arm, words, "share of the times at which a group is found")
    return figure_of(f"{FOUND}: share with {many} {_by(share)}, {arm}", "share", (arm,), having, asked)


def regulars_found(arm: str, share: float) -> Estimand:
    """Mean number of regulars of groups found at a random time."""

    def number(runs: Runs) -> Estimate:
        return bootstrap(mean_of, runs[arm].total(f"found_regulars_{definition(share)}"), runs[arm].total("found"))

    words = f"number of regulars, {_by(share)} (people)"
    asked = _asked(arm, words, "mean over the times at which a group is found")
    return figure_of(f"{FOUND}: number of {_by(share)}, {arm}", "people", (arm,), number, asked)


def old_when_found(arm: str) -> Estimand:
    """The share that is eight years old or older."""

    def old(runs: Runs) -> Estimate:
        return proportion(runs[arm].total("found"), runs[arm].total("found_old"))

    asked = _asked(arm, "eight years old or older (share)", "share of these times")
    return figure_of(f"{FOUND}: share that is eight years old or older, {arm}", "share", (arm,), old, asked)
