"""The rival claim: that a group might raise self-harm. C27."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.compare.estimate import FEWEST_RUNS, Estimate, drawn_runs, ends_of
from analysis.compare.tails import Draws
from analysis.studies.breakeven.search import KAPPA, roots_between
from analysis.studies.claims.asked import of_people
from analysis.studies.claims.before import DATED
from analysis.studies.claims.declare import Claim, Estimand, Reading, Runs, World
from analysis.studies.claims.read import effect, effect_gap, same_seeds
from sim.parameters import PARAMETERS
from sim.relations import WEEKS_IN_YEAR

INFLUENCES = ("influence 0", "groupA", "influence 0.6", "influence 1", "influence 2", "influence 5")
REACH = PARAMETERS[KAPPA].high
BREAK_EVEN = f"break-even of social influence (infinite: none up to {REACH:g})"


def _break_even(label: str, population: str) -> Estimand:
    """The influence at which the group makes no difference to episodes: the root, searched for as ``breakeven`` does.

    All towns are lived at each of INFLUENCES; between them the effect is interpolated monotonically, for all runs and
    for runs drawn anew alike.
    """

    def read(runs: Runs) -> Reading:
        lived = sorted(same_seeds(runs, *INFLUENCES), key=lambda one: float(one.arm.values[KAPPA]))
        kappas = np.array([float(one.arm.values[KAPPA]) for one in lived])
        sums = [one.of("episodes", population, 2 * WEEKS_IN_YEAR) for one in lived]
        people, difference = (np.stack([one[name] for one in sums], axis=1) for name in ("people", "difference"))
        return Reading(f"{BREAK_EVEN}: {label}", "relative rise", root_of(kappas, people, difference))

    searched = "where the mean difference first reaches zero, interpolated between the influences lived"
    asked = of_people(("groupA",), "episodes", population, 2, searched)
    asked = replace(asked, depends="yes: each influence has its own people", contrast="each of the influences "
                    f"({', '.join(INFLUENCES)}) against the same town without a group",
                    population=asked.population.replace("groupA", "group A under each influence"),
                    fixed="year 2, by what they do under each influence")  # fmt: skip
    return Estimand(INFLUENCES, read, asked=asked)


def root_of(kappas: np.ndarray, people: np.ndarray, difference: np.ndarray) -> Estimate:
    """Where the mean difference first reaches zero, with its interval (percentiles: a root may be infinite).

    Args:
        kappas: float64[k], rising; only those that differ are looked at.
        people: float64[runs, k].
        difference: float64[runs, k], sums over people.
    """
    runs = int((people.sum(axis=1) > 0).sum())
    kappas, first = np.unique(kappas, return_index=True)
    nothing = Estimate(float("nan"), float("nan"), float("nan"), runs)
    if len(kappas) < 2 or runs < FEWEST_RUNS:
        return nothing
    people, difference = people[:, first], difference[:, first]

    def roots(times: np.ndarray) -> np.ndarray:
        with np.errstate(divide="ignore", invalid="ignore"):
            curves = (times @ difference) / (times @ people)
        found = np.full(len(curves), np.nan)
        known = ~np.isnan(curves).any(axis=1)
        if known.any():
            found[known] = roots_between(kappas, curves[known])
        return found

    value, drawn = float(roots(np.ones((1, len(people))))[0]), roots(drawn_runs(len(people)).astype(float))
    return nothing if np.isnan(value) else Estimate(value, *ends_of(drawn), runs, tails=Draws(drawn[~np.isnan(drawn)]))


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
            _break_even("all who ever came have as many episodes as their twins, year 2", "joined"),
            effect("groupA", "episodes", "regulars"),
            effect_gap("influence 1", "influence 0", "episodes"),
            *(effect("groupA", outcome) for outcome in ("coping", "distress", "isolation")),
        ),
        note=(
            "The authors give as reason that mechanics were not spoken of. Here influence does not depend on that, "
            "so it cannot be ruled out by construction. Published readings, as a relative rise: 0.49 up to four "
            "hours on a ward (odds ratio 1.49); 1.03 (0.05 to 2.90) adolescents, cross-sectional (odds ratio 2.03, "
            "1.05-3.90); none once selection is modelled. Influence does cost episodes here, see the figure without"
            " it; what is tried is the balance at 0.3. The break-even as a curve over the relief of a call: `python"
            " run.py breakeven`. The model maps the dispute and cannot settle it."
        ),
        fails_in=World("hearing of an episode raises urges strongly", {"episodes.social_influence": 5.0}),
        overturn="Social influence on urges above the break-even, or a group that does less for coping and distress.",
    ),
)
