"""Accounts held against each other: by their mean likelihood over the prior, and how sure that is.

The mean likelihood asks how well an account foretold the evidence with all that was believed of its parameters, so that
a freer account is not favoured for being able to fit (Kass and Raftery 1995, JASA 90:773). It leans on the priors as
much as on the figures: where these are few and wide, so is what it says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.studies.calibrate.account import Calibrated
from analysis.studies.calibrate.fit import MISSED, fits_of

BARELY, STRONG = 0.5, 1.0  # log10 of a ratio (Kass and Raftery): up to a half hardly worth a mention, above one strong


@dataclass(frozen=True)
class Compared:
    """One account beside the others.

    Attributes:
        account: name.
        log10, low, high: of its mean likelihood; over refits of the emulators the lowest and the highest.
        share, share_low, share_high: probability if all accounts tried were as likely before.
        kept: share of its prior that no figure rules out.
        missed: figures that what is left standing misses.
    """

    account: str
    log10: float
    low: float
    high: float
    share: float
    share_low: float
    share_high: float
    kept: float
    missed: tuple[str, ...]


def compared(found: Sequence[Calibrated]) -> list[Compared]:
    """All accounts, the likeliest first."""
    logs = np.array([one.log_evidence for one in found])
    shares = np.exp(logs - logs.max(axis=0))
    shares = shares / shares.sum(axis=0)
    made = []
    for k, one in enumerate(found):
        log10, low, high = (float(x / np.log(10)) for x in (logs[k, 0], logs[k].min(), logs[k].max()))
        missed = tuple(fit.target.name for fit in fits_of(one) if fit.word == MISSED)
        made.append(Compared(one.account, log10, low, high, float(shares[k, 0]), float(shares[k].min()),
                             float(shares[k].max()), one.kept.together, missed))  # fmt: skip
    return sorted(made, key=lambda one: -one.log10)
