"""How often something is heard, with exact intervals, and how much oftener in one world than in another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
from scipy import stats

from analysis.compare.estimate import LEVEL
from analysis.words.numbers import figures, interval

DRAWS = 20_000
JEFFREYS, FLAT = 0.5, 1.0  # both shapes of the beta prior of a share
SEED = 20261123  # of the posterior draws, so that a table comes out the same twice
HARDLY = 3.0  # a ratio below this is "not worth more than a bare mention" (Kass and Raftery 1995, JASA 90:773)

Kind = Literal["estimate", "at least", "at most", "unknown"]


@dataclass(frozen=True)
class Share:
    """Something heard in some of the groups.

    Attributes:
        heard, of: counts.
    """

    heard: int
    of: int

    @property
    def value(self) -> float:
        """Heard / of; NaN without groups."""
        return self.heard / self.of if self.of else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """Clopper and Pearson's exact 95 % interval; (0, 1) without groups."""
        if not self.of:
            return 0.0, 1.0
        found = stats.binomtest(self.heard, self.of).proportion_ci(LEVEL, method="exact")
        return float(found.low), float(found.high)


@dataclass(frozen=True)
class Ratio:
    """A likelihood ratio.

    Attributes:
        value: of the counts; inf where it is never heard in the world below, 0 where never in the one
            above, NaN where in neither.
        low, high: 95 % interval; where a count is zero, the bound that is left has 95 % of the posterior on its side.
        kind: whether there is an estimate, or only a bound.
    """

    value: float
    low: float
    high: float
    kind: Kind

    def words(self) -> str:
        """Such as "12 (5 to 30)", "at least 40" or "unknown"."""
        if self.kind == "at least":
            return f"at least {figures(self.low)}"
        if self.kind == "at most":
            return f"at most {figures(self.high)}"
        if self.kind == "unknown":
            return "unknown"
        return interval(self.value, self.low, self.high, figures)


def likelihood_ratio(above: Sequence[np.ndarray], below: Sequence[np.ndarray]) -> Ratio:
    """How many times as likely the whole is in one world as in another.

    The groups are independent of each other, so their likelihoods multiply. Each share has a beta posterior:
    Jeffreys' prior where everything is heard somewhere; where a count is zero, and only a bound can be given, a
    flat prior, whose bound for one count of zero is the rule of three (Jeffreys' would promise more). The two
    worlds are treated as if independent, which they are not (same people, same luck), so that the interval is
    rather too wide than too narrow.

    Args:
        above: for each kind of group, int8[runs]: 1 heard, 0 not heard, -1 no group to interview.
        below: the same in the other world, the same runs.

    Returns:
        The ratio. Where every run gives the same answer in both worlds and it is heard in some, it is
        exactly 1, with no width.
    """
    if all((a == 1).any() and np.array_equal(a, b) for a, b in zip(above, below, strict=True)):
        return Ratio(1.0, 1.0, 1.0, "estimate")
    counts = [(sign, int((one == 1).sum()), int((one >= 0).sum()))
              for pair in zip(above, below, strict=True) for sign, one in zip((1, -1), pair, strict=True)]  # fmt: skip
    top, bottom = (
        math.prod(Fraction(heard, max(of, 1)) for sign, heard, of in counts if sign == which) for which in (1, -1)
    )
    prior = JEFFREYS if top and bottom else FLAT
    rng = np.random.default_rng(SEED)
    log_ratio = np.zeros(DRAWS)
    for sign, heard, of in counts:
        log_ratio += sign * np.log(np.maximum(rng.beta(heard + prior, of - heard + prior, DRAWS), 1e-300))
    tail = (1 - LEVEL) / 2

    def bound(share: float) -> float:
        return float(np.exp(np.quantile(log_ratio, share)))

    if top and bottom:
        return Ratio(float(top / bottom), bound(tail), bound(1 - tail), "estimate")
    if top:
        return Ratio(float("inf"), bound(1 - LEVEL), float("inf"), "at least")
    if bottom:
        return Ratio(0.0, 0.0, bound(LEVEL), "at most")
    return Ratio(float("nan"), bound(tail), bound(1 - tail), "unknown")


def meaning(ratio: Ratio) -> str:
    """What a ratio of "on" to "off" says about the study design, in a sentence."""
    if ratio.kind == "unknown":
        return "In neither world are they heard in all kinds of group, so that nothing can be said."
    if ratio.kind == "estimate" and ratio.low <= 1 <= ratio.high:
        return "The interval holds 1: in this model the study design cannot tell the two worlds apart."
    if ratio.high < 1:
        return "In this model such interviews speak against the group's effects: they are heard oftener without them."
    if ratio.kind == "estimate" and ratio.value < HARDLY:
        return f"Below {HARDLY:g}: in this model such interviews hardly tell the two worlds apart."
    if ratio.low < HARDLY:
        return f"As little as {figures(ratio.low)} cannot be ruled out, which would hardly tell the two worlds apart."
    return "In this model such interviews would tell the two worlds apart."
