"""The rival claim: that a group might raise self-harm. C27."""

from __future__ import annotations

import numpy as np

from analysis.compare.estimate import bootstrap, mean_of
from analysis.studies.claims.before import DATED
from analysis.studies.claims.declare import Claim, Estimand, Reading, Runs
from analysis.studies.claims.read import effect, effect_gap, finite, slope_of
from sim.relations import WEEKS_IN_YEAR

INFLUENCES = ("influence 0", "groupA", "influence 1")


def _break_even(label: str, population: str) -> Estimand:
    """Where the straight line through the effects at three strengths of influence crosses zero."""

    def read(runs: Runs) -> Reading:
        strengths = np.array([runs[arm].arm.values["episodes.social_influence"] for arm in INFLUENCES])

        def crossing(*columns: np.ndarray) -> np.ndarray:
            effects = np.stack([mean_of(columns[2 * k + 1], columns[2 * k]) for k in range(len(strengths))])
            return finite(strengths.mean() - effects.mean(axis=0) / slope_of(strengths, effects))

        sums = [runs[arm].of("episodes", population, 2 * WEEKS_IN_YEAR) for arm in INFLUENCES]
        columns = [one[name] for one in sums for name in ("people", "difference")]
        return Reading(label, "relative rise", bootstrap(crossing, *columns))

    return Estimand(INFLUENCES, read)


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
        decides=(effect("groupA", "episodes").at_most(0.0),),
        beside=(
            effect("influence 0", "episodes"),
            effect("influence 1", "episodes"),
            _break_even(
                "break-even: the influence at which all who ever came have as many episodes as their twins, year 2",
                "joined",
            ),
            _break_even("the same for regulars", "regulars"),
            effect("groupA", "episodes", "regulars"),
            effect_gap("influence 1", "influence 0", "episodes"),
            *(effect("groupA", outcome) for outcome in ("coping", "distress", "isolation")),
        ),
        note=(
            "The authors give as reason that mechanics were not spoken of. Here influence does not depend on that, "
            "so it cannot be ruled out by construction. Published readings, as a relative rise: 0.49 up to four "
            "hours on a ward (odds ratio 1.49); 1.03 (0.05 to 2.90) adolescents, cross-sectional (odds ratio 2.03, "
            "1.05-3.90); none once selection is modelled. Influence does cost episodes here, see the figure without"
            " it; what is tried is the balance at 0.3. The break-even as a curve over the group's strength: `python"
            " run.py breakeven`. The model maps the dispute and cannot settle it."
        ),
        rests_on=("episodes.social_influence", "episodes.influence_days", "meeting.tell_episode"),
        overturn="Social influence on urges above the break-even, or a group that does less for coping and distress.",
    ),
)
