"""What has been published on social influence on urges, converted roughly to the scale of the model.

The figures are those named as the source of ``episodes.social_influence``. They are odds ratios. For an event that is
rare in the time looked at, an odds ratio is close to a ratio of rates, and kappa, the relative rise of the rate, is
that ratio less 1; where it is not rare the true rise is smaller. None of these studies measured what kappa is, the
rise in the week after hearing of one episode from a peer in a group. They stand beside the curve for orientation only.
"""

from __future__ import annotations

from dataclasses import dataclass

CONVERSION = "relative rise = odds ratio minus 1 (for rare events; rough)"


@dataclass(frozen=True)
class Published:
    """A published figure.

    Attributes:
        name: short, for figures.
        says: what was found in whom.
        odds_ratio, low, high: as published; None where no interval is known to us.
    """

    name: str
    says: str
    odds_ratio: float
    low: float | None
    high: float | None

    @property
    def kappa(self) -> float:
        """The odds ratio as a relative rise."""
        return relative_rise(self.odds_ratio)

    @property
    def kappa_ends(self) -> tuple[float, float] | None:
        """The ends of its interval as relative rises."""
        return None if self.low is None or self.high is None else (relative_rise(self.low), relative_rise(self.high))


def relative_rise(odds_ratio: float) -> float:
    """An odds ratio as the relative rise of a rare event."""
    return odds_ratio - 1.0


PUBLISHED = (
    Published("adolescents", "odds ratio 2.03 (1.05-3.90), adolescents, cross-sectional", 2.03, 1.05, 3.90),
    Published("on wards", "odds ratio 1.49 for up to 4 hours, on wards", 1.49, None, None),
    Published("selection modelled", "none once selection is modelled (Giletta 2013)", 1.0, None, None),
)
