"""The rival claim: that a group might raise self-harm. C27."""

from __future__ import annotations

import numpy as np

from analysis.compare.estimate import Estimate, bootstrap, mean_of
from analysis.studies.claims.before import DATED
from analysis.studies.claims.declare import Claim, Reading, Runs
from analysis.studies.claims.read import effect, effect_gap, finite
from sim.relations import WEEKS_IN_YEAR

INFLUENCES = ("influence 0", "groupA", "influence 1")
PUBLISHED = {
    "up to four hours on a ward (odds ratio 1.49)": 0.49,
    "adolescents, cross-sectional (odds ratio 2.03)": 1.03,
}


def _influence(runs: Runs) -> list[Reading]:
    return [
        effect(runs, "groupA", "episodes", high=0.0),
        effect(runs, "influence 0", "episodes", decides=False),
        effect(runs, "influence 1", "episodes", decides=False),
        Reading(
            "break-even: the influence at which all who ever came have as many episodes as their twins, year 2",
            "relative rise",
            _break_even(runs, "joined"),
            decides=False,
        ),
        Reading("the same for regulars", "relative rise", _break_even(runs, "regulars"), decides=False),
        effect(runs, "groupA", "episodes", "regulars", decides=False),
        effect_gap(runs, "influence 1", "influence 0", "episodes", decides=False),
        effect(runs, "groupA", "coping", decides=False),
        effect(runs, "groupA", "distress", decides=False),
        effect(runs, "groupA", "isolation", decides=False),
    ]


def _break_even(runs: Runs, population: str) -> Estimate:
    """Where the straight line through the effects at three strengths of influence crosses zero."""
    strengths = np.array([runs[arm].arm.values["episodes.social_influence"] for arm in INFLUENCES])
    columns: list[np.ndarray] = []
    for arm in INFLUENCES:
        sums = runs[arm].of("episodes", population, 2 * WEEKS_IN_YEAR)
        columns += [sums["people"], sums["difference"]]

    def crossing(*columns: np.ndarray) -> np.ndarray:
        effects = np.stack([mean_of(columns[2 * k + 1], columns[2 * k]) for k in range(len(strengths))])
        middle = strengths - strengths.mean()
        slope = np.tensordot(middle, effects, axes=(0, 0)) / (middle**2).sum()
        return finite(strengths.mean() - effects.mean(axis=0) / slope)

    return bootstrap(crossing, *columns)


CLAIMS = (
    Claim(
        id="C27",
        statement="On balance members have no more episodes than without the group; fears of that are unsupported.",
        quote="unsupported",
        speaker="authors",
        kind="rival",
        contrast=(
            "group A against twins, with social influence on urges at 0.3, an assumption, below both published "
            "positive readings; none and strong beside"
        ),
        population="all who ever came, year 2",
        outcome="episodes a year",
        threshold="not more episodes than the twins have",
        dated=DATED,
        needs=("influence 0", "groupA", "influence 1"),
        read=_influence,
        note=(
            "The authors give as reason that mechanics were not spoken of. Here influence does not depend on "
            "that, so it cannot be ruled out by construction. Published readings, as a relative rise: 0.49 up "
            "to four hours on a ward (odds ratio 1.49); 1.03 (0.05 to 2.90) adolescents, cross-sectional (odds ratio "
            "2.03, 1.05-3.90); none once selection is modelled. Influence does cost episodes here, see the figure "
            "without it; what is tried is the balance at 0.3. The break-even as a curve over the group's strength: "
            "`python run.py breakeven`. The model maps the dispute and cannot settle it."
        ),
        rests_on=("episodes.social_influence", "episodes.influence_days", "meeting.tell_episode"),
        overturn="Social influence on urges above the break-even, or a group that does less for coping and distress.",
    ),
)
