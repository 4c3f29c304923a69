"""How much oftener something is heard in one world than in another."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from analysis.compare.share import BlockShare
from analysis.words.numbers import figures, interval

HARDLY = 3.0  # a ratio below this is "not worth more than a bare mention" (Kass and Raftery 1995, JASA 90:773)
MOST_SAID = 10_000.0  # beyond it a number says no more than that it is large

Kind = Literal["estimate", "at least", "at most", "unknown"]


@dataclass(frozen=True)
class Ratio:
    """A likelihood ratio.

    Attributes:
        value: of the chances; inf where it is never heard in the world below, 0 where never in the one above, NaN where
            in neither.
        low, high: 95 % interval; where one chance is zero, only the bound that is left.
        kind: whether there is an estimate, or only a bound.
    """

    value: float
    low: float
    high: float
    kind: Kind

    @property
    def says_nothing(self) -> bool:
        """Whether the interval goes from next to nothing to beyond all bounds: too rare in both worlds."""
        return self.low < 1 / MOST_SAID and self.high > MOST_SAID

    def words(self) -> str:
        """Such as "12 (5 to 30)", "at least 40", "anything" or "unknown"."""
        if self.kind == "at least":
            return f"at least {_said(self.low)}"
        if self.kind == "at most":
            return f"at most {_said(self.high)}"
        if self.kind == "unknown":
            return "unknown"
        if self.says_nothing:
            return "anything"
        return interval(self.value, self.low, min(self.high, 2 * MOST_SAID), _said)


def _said(value: float | None) -> str:
    """A ratio; what is beyond MOST_SAID either way says no more than that."""
    if value is not None and value > MOST_SAID:
        return f"over {figures(MOST_SAID)}"
    return f"under {figures(1 / MOST_SAID, 1)}" if value is not None and 0 < value < 1 / MOST_SAID else figures(value)


def likelihood_ratio(above: BlockShare, below: BlockShare) -> Ratio:
    """How many times as likely something is in one world as in another.

    The interval is put together from those of the two shares on the scale of logarithms (MOVER: Zou and Donner 2008,
    Statistics in Medicine 27:1693). The two are treated as if independent, which they are not (same people, same luck),
    so that it is rather too wide than too narrow.
    """
    one, other = above.value, below.value
    if not above.of or not below.of or not (one > 0 or other > 0):
        return Ratio(float("nan"), 0.0, float("inf"), "unknown")
    if not other > 0:
        return Ratio(float("inf"), above.low / below.high, float("inf"), "at least")
    if not one > 0:
        return Ratio(0.0, 0.0, above.high / below.low if below.low > 0 else float("inf"), "at most")
    ratio = one / other
    low, high = 0.0, math.inf
    if above.low > 0:
        low = ratio * math.exp(-math.hypot(math.log(one / above.low), math.log(below.high / other)))
    if below.low > 0:
        high = ratio * math.exp(math.hypot(math.log(above.high / one), math.log(other / below.low)))
    return Ratio(ratio, low, high, "estimate")


def meaning(ratio: Ratio) -> str:
    """What a ratio of an account to the one in which nothing comes of meeting says about the study design."""
    estimated = ratio.kind == "estimate"
    said = (
        (ratio.kind == "unknown", "reported in neither"),
        (estimated and ratio.says_nothing, "too rare under both to tell"),
        (ratio.low <= 1 <= ratio.high, "the design cannot tell them apart"),
        (ratio.high < 1, "such interviews speak against it"),
        (estimated and ratio.value < HARDLY, "the design hardly tells them apart"),
        (ratio.low < HARDLY, f"as little as {figures(ratio.low)} cannot be ruled out"),
        (True, "such interviews would tell them apart"),
    )
    return next(words for so, words in said if so)
