"""In which share of plausible space each claim holds, is true without a group as well, or fails.

At each draw a claim is judged by its readings with the luck of the few towns taken away (see
``analysis.plausible.spread``): there it holds or does not. Beside that stands what each draw's own intervals would say,
as of the trial itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pyarrow as pa

from analysis.compare.estimate import Estimate
from analysis.compare.share import BlockShare
from analysis.plausible.spread import Figure, Spread, share_over
from analysis.studies.claims import declare
from analysis.studies.claims.declare import Claim, Estimand, Reading, Verdict, word_of
from analysis.studies.over_space.findings import OverSpace

if TYPE_CHECKING:
    from analysis.figures.style import Drawing

DECIDES, WITHOUT = "decides", "without"
NOT_READ, HELD, TWINS_TOO, FAILED = range(4)
CODES = (HELD, TWINS_TOO, FAILED, NOT_READ)  # in the order in which they are shown
CODE = {
    declare.HOLDS: HELD, declare.VERIFIED: HELD, declare.WITHOUT_TOO: TWINS_TOO, declare.FAILS: FAILED,
    declare.NOT_VERIFIED: FAILED, declare.UNDETERMINED: NOT_READ,
}  # fmt: skip


def deciding_figures(verdicts: Sequence[Verdict], account: str) -> list[Figure]:
    """What decides claims that could fail, and what their twins would say, as figures.

    Args:
        verdicts: of one account.
        account: its name.
    """
    found = []
    for verdict in verdicts:
        claim = verdict.claim
        if not claim.decides or claim.kind == "explored" or verdict.word == declare.NOT_TESTABLE:
            continue
        first, last = verdict.readings[: len(claim.decides)], len(verdict.readings) - len(claim.true_without)
        for role, readings in ((DECIDES, first), (WITHOUT, verdict.readings[last:])):
            for k, reading in enumerate(readings):
                turns = reading.low if reading.low is not None else reading.high
                key = (account, claim.id, role, str(k))
                found.append(Figure(key, account, f"{claim.id}: {reading.label}", reading.unit, reading.estimate,
                                    turns=turns))  # fmt: skip
    return found


@dataclass(frozen=True)
class ClaimShare:
    """A claim over the plausible space of an account.

    Attributes:
        account, claim: which.
        word: the verdict at the centre.
        codes: int64[draws], HELD, TWINS_TOO, FAILED, or NOT_READ where nobody could be asked.
        shares: of plausible space, by code, each with its interval.
        own: share of draws by the verdict that each one's own intervals give.
        key: of the readings that decide the one that divides the draws most evenly.
    """

    account: str
    claim: Claim
    word: str
    codes: np.ndarray
    shares: Mapping[int, BlockShare]
    own: Mapping[str, float]
    key: Spread

    @property
    def holds(self) -> BlockShare:
        """The share of plausible space in which it holds."""
        return self.shares[HELD]

    @property
    def divided(self) -> bool:
        """Whether it holds in part of plausible space only."""
        return 0 < float((self.codes == HELD).mean()) < 1

    @property
    def as_at_centre(self) -> BlockShare:
        """The share of plausible space in which the verdict is that at the centre."""
        return self.shares[CODE[self.word]]

    @property
    def turned(self) -> bool:
        """Whether in most of plausible space it is not as at the centre."""
        return self.word != declare.UNDETERMINED and not self.as_at_centre.value > 0.5


@dataclass
class ClaimsOverSpace(OverSpace):
    """Claims over plausible space.

    Attributes:
        verdicts: at the centre, by account.
    """

    caption: ClassVar[str] = "The share of plausible space in which each claim holds, and the verdict at the centre."
    verdicts: Mapping[str, Sequence[Verdict]] = field(default_factory=dict)

    @cached_property
    def claims(self) -> list[ClaimShare]:
        """Every claim that could be judged, account by account."""
        by = {spread.figure.key: spread for spread in self.spreads}
        found = []
        for account, verdicts in self.verdicts.items():
            for verdict in verdicts:
                claim = verdict.claim
                parts = [[by.get((account, claim.id, role, str(k))) for k in range(len(estimands))]
                         for role, estimands in ((DECIDES, claim.decides), (WITHOUT, claim.true_without))]  # fmt: skip
                if parts[0] and all(one is not None for part in parts for one in part):
                    decides, without = ([one for one in part if one is not None] for part in parts)
                    found.append(share_of(account, verdict, decides, without, self.whole(account)))
        return found

    def of(self, account: str) -> list[ClaimShare]:
        """Those of one account."""
        return [one for one in self.claims if one.account == account]

    def tables(self) -> dict[str, pa.Table]:
        """All tables by name: in which share of plausible space each claim holds comes first."""
        from analysis.studies.claims.over_tables import shares_table  # noqa: PLC0415 - it looks at what was found

        return {"plausible_claims": shares_table(self), **super().tables()}

    def summary(self) -> str:
        """In plain words and a table."""
        from analysis.studies.claims.over_words import shares_summary  # noqa: PLC0415 - as above

        return shares_summary(self)

    def shown(self) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
        """Headings and rows of the table that is shown."""
        from analysis.studies.claims.over_words import claim_rows, headings_of  # noqa: PLC0415 - as above

        return headings_of(self), claim_rows(self)

    def in_short(self) -> list[str]:
        """A sentence or two each."""
        from analysis.studies.claims.over_words import shares_in_short  # noqa: PLC0415 - as above

        return shares_in_short(self)

    def figures(self) -> Iterator[tuple[str, Drawing]]:
        """Bars of shares, claims down, accounts across."""
        from analysis.studies.claims.over_figures import draw_shares  # noqa: PLC0415 - Matplotlib is slow to import

        if self.claims:
            yield "plausible", draw_shares(self)


def share_of(
    account: str, verdict: Verdict, decides: Sequence[Spread], without: Sequence[Spread], whole: bool
) -> ClaimShare:
    """One claim over the plausible space of one account."""
    claim = verdict.claim
    codes = codes_of(claim, [one.true for one in decides], [one.true for one in without])
    again = codes_of(claim, [one.again for one in decides], [one.again for one in without])
    shares = {code: share_over(codes == code, again == code, whole) for code in CODES}
    words = [_own_word(claim, decides, without, k) for k in range(len(codes))]
    own = {word: words.count(word) / len(words) for word in dict.fromkeys(words)}
    inside = [float(_inside(one, spread.true).mean()) for one, spread in zip(claim.decides, decides, strict=True)]
    key = decides[int(np.argmin(np.abs(np.array(inside) - 0.5)))]
    return ClaimShare(account, claim, verdict.word, codes, shares, own, key)


def codes_of(claim: Claim, decides: Sequence[np.ndarray], without: Sequence[np.ndarray]) -> np.ndarray:
    """What becomes of a claim where its readings are known without luck; as ``word_of``, for many draws at once.

    Args:
        claim: which.
        decides: float64[...] for each reading that decides.
        without: the same for those of the twins' own story.

    Returns:
        int64[...]: HELD, TWINS_TOO, FAILED or NOT_READ.
    """
    inside = np.stack([_inside(one, values) for one, values in zip(claim.decides, decides, strict=True)])
    known = ~np.isnan(np.stack(list(decides)))
    code = np.where((known & ~inside).any(axis=0), FAILED, np.where(inside.all(axis=0), HELD, NOT_READ))
    if without and claim.kind != "built in":
        true = np.stack([_inside(one, values) for one, values in zip(claim.true_without, without, strict=True)])
        code = np.where((code != HELD) & true.all(axis=0), TWINS_TOO, code)
    return code


def _inside(estimand: Estimand, values: np.ndarray) -> np.ndarray:
    """bool[...]: whether a reading lies within its bounds; not where it is unknown."""
    low = -np.inf if estimand.low is None else estimand.low
    high = np.inf if estimand.high is None else estimand.high
    return (values > low) & (values < high) if estimand.strict else (values >= low) & (values <= high)


def _own_word(claim: Claim, decides: Sequence[Spread], without: Sequence[Spread], k: int) -> str:
    """The verdict by a draw's own intervals."""
    readings = [
        [_reading(estimand, spread, k) for estimand, spread in zip(estimands, spreads, strict=True)]
        for estimands, spreads in ((claim.decides, decides), (claim.true_without, without))
    ]
    return word_of(claim, *readings)


def _reading(estimand: Estimand, spread: Spread, k: int) -> Reading:
    estimate = Estimate(float(spread.seen[k]), float(spread.low[k]), float(spread.high[k]), 1)
    return Reading("", "", estimate, estimand.low, estimand.high, strict=estimand.strict)
