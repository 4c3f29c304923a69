"""Groups: when and why they end, who comes, and how close regulars are."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from analysis.compare.estimate import LEVEL, Estimate, bootstrap_sums, mean_of
from analysis.studies.patterns.lines import Line, estimates, proportion
from analysis.studies.patterns.looks import TIES, YEARLY, GroupLife
from analysis.studies.patterns.outside import OUTSIDE, Outside, of_reason, of_year
from sim.codes import CLOSED_NAMES
from sim.relations import WEEKS_IN_YEAR

YEAR = WEEKS_IN_YEAR
SOON = 3  # years
MOST_YEARS = 12
ALL_YEARS = "all years"


@dataclass(frozen=True)
class Survival:
    """How long groups last (Kaplan and Meier); groups open at the end of the run are censored.

    Attributes:
        years: when some ended.
        share, low, high: still open after each.
        median: years; infinite where more than half are still open.
    """

    years: np.ndarray
    share: np.ndarray
    low: np.ndarray
    high: np.ndarray
    median: Estimate


def survival(groups: Sequence[GroupLife]) -> Survival:
    """The survival curve of groups, with log-log intervals; that of the median after Brookmeyer and Crowley 1982."""
    ended = [group.weeks / YEAR for group in groups if group.ended]
    still = [group.weeks / YEAR for group in groups if not group.ended]
    if not ended:
        none = np.zeros(0)
        return Survival(none, none, none, none, Estimate(math.inf, math.inf, math.inf, len(groups)))
    curve = stats.ecdf(stats.CensoredData(uncensored=ended, right=still)).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where all are open or none is, there is no interval
        ends: Any = curve.confidence_interval(LEVEL, method="log-log")
    share = np.asarray(curve.probabilities)
    low, high = (np.where(np.isnan(end.probabilities), share, end.probabilities) for end in (ends.low, ends.high))
    years = np.asarray(curve.quantiles, float)
    value, early, late = (_first_at_most_half(years, each) for each in (share, low, high))
    return Survival(years, share, low, high, Estimate(value, early, late, len(groups)))


def _first_at_most_half(years: np.ndarray, share: np.ndarray) -> float:
    reached = np.flatnonzero(share <= 0.5 + 1e-12)  # half of the groups: products may miss it by the last bit
    return float(years[reached[0]]) if len(reached) else math.inf


def ending(groups: Sequence[GroupLife]) -> list[Line]:
    """A line a year of age: of groups open when it begins, those that end in it."""
    years = min(len(groups[0].ties), MOST_YEARS)
    last = np.array([group.weeks for group in groups])
    ended = np.array([group.ended for group in groups])
    lines = []
    for year in range(1, years + 1):
        at_risk = (last > YEAR * (year - 1)).sum()
        gone = (ended & (last > YEAR * (year - 1)) & (last <= YEAR * year)).sum()
        lines.append(Line((year, int(gone)), proportion(gone, at_risk), at_risk, of_year(year)))
    return lines


def lasting(groups: Sequence[GroupLife], curve: Survival) -> list[Line]:
    """Median survival, the share ended within SOON years, and hazards of several years together."""
    lines = [Line(("median survival",), curve.median, len(groups), OUTSIDE["median survival"], "years")]
    if len(groups[0].ties) >= SOON:
        soon = sum(group.ended and group.weeks <= SOON * YEAR for group in groups)
        beside = OUTSIDE["ended within 3 years"]
        lines.append(Line(("ended within 3 years",), proportion(soon, len(groups)), len(groups), beside, "share"))
    for outside in (OUTSIDE["hazard, years 1-2"], OUTSIDE["hazard, later years"]):
        some = [line for line in ending(groups) if line.outside is outside]
        if some:
            years = f"{some[0].keys[0]} to {some[-1].keys[0]}"
            gone, at_risk = sum(line.keys[1] for line in some), sum(line.of for line in some)
            lines.append(Line((f"hazard, years {years}",), proportion(gone, at_risk), at_risk, outside, "a year"))
    return lines


def reasons(groups: Sequence[GroupLife]) -> list[Line]:
    """Of groups that ended, a line for each reason there is in the model, and for each that only outside has."""
    gone = [group.reason for group in groups if group.ended]
    named = list(enumerate(CLOSED_NAMES))[1:]
    lines = [Line((name,), proportion(gone.count(code), len(gone)), len(gone), of_reason(name)) for code, name in named]
    found = {line.outside.name for line in lines if line.outside}
    nothing = Estimate(math.nan, math.nan, math.nan, 0)
    for one in OUTSIDE.values():
        if one.name.startswith("reason: ") and one.name not in found:
            lines.append(Line((f"not in the model: {one.name.removeprefix('reason: ')}",), nothing, math.nan, one))
    return lines


def yearly(groups: Sequence[GroupLife]) -> list[Line]:
    """What goes on in open groups, a line for each year and for all together."""
    sums = {name: np.array([group.yearly[name] for group in groups]) for name in YEARLY}
    ties = np.array([group.ties for group in groups])
    weeks = sums["open_weeks"]
    friends = [
        (f"regulars who are {name} (tie {least:g} or more)", "share of pairs", ties[:, :, 1 + k], ties[:, :, 0], None)
        for k, (name, least) in enumerate(TIES.items())
    ]
    asked: list[tuple[str, str, np.ndarray, np.ndarray, Outside | None]] = [
        ("attendance", "people a meeting", sums["attendances"], sums["meetings"], OUTSIDE["attendance"]),
        ("members", "people", sums["members"], weeks, None),
        ("regulars", "people", sums["regulars"], weeks, None),
        ("first visits", "people a year", sums["came"], weeks / YEAR, None),
        ("one visit only", "share of first visits", sums["one_visit"], sums["decided"], OUTSIDE["one visit only"]),
        *friends,
    ]
    years = min(weeks.shape[1], MOST_YEARS)
    lines = []
    for what, unit, above, below, beside in asked:
        columns = [np.c_[each[:, :years], each.sum(axis=1)] for each in (above, below)]
        some = (columns[1] > 0).sum(axis=0)
        found = estimates(bootstrap_sums(mean_of, *columns), some)
        when = [*(str(year) for year in range(1, years + 1)), ALL_YEARS]
        lines += [Line((what, year), one, of, beside, unit) for year, one, of in zip(when, found, some, strict=True)]
    return lines


def new_people_of(groups: Sequence[GroupLife]) -> np.ndarray:
    """float64[groups, 4]: new people and years, of years after which a group goes on; the same where it ends."""
    counts = np.zeros((len(groups), 4))
    for k, group in enumerate(groups):
        for year in range(len(group.ties) - 1):
            if group.weeks > YEAR * (year + 1):
                goes_on = group.weeks > YEAR * (year + 2) or not group.ended
                counts[k, [0, 1] if goes_on else [2, 3]] += group.yearly["came"][year], 1
    return counts


def new_people(groups: Sequence[GroupLife]) -> list[Line]:
    """New people in a year, in groups that are open a year later, in those that are not, and the difference.

    Every year of a group counts at whose end it is open, and after which a whole year is lived.
    """
    counts = new_people_of(groups)
    on, on_years, end, end_years = counts.T
    none, one = np.zeros(len(groups)), np.ones(len(groups))
    columns = [(on, end, on), (on_years, end_years, on_years), (none, none, end), (one, one, end_years)]
    found = bootstrap_sums(lambda a, b, c, d: a / b - c / d, *(np.stack(some, axis=1) for some in columns))
    of = counts[:, [1, 3]].sum(axis=0)
    rest = [of[0], of[1], of.min()]
    words = ("groups still open a year later", "groups that end within that year", "difference")
    beside = (None, None, OUTSIDE["new people, going on against ending"])
    return [
        Line((f"new people a year: {word}",), one, many, out, "people a year")
        for word, one, many, out in zip(words, estimates(found, np.array(rest)), rest, beside, strict=True)
    ]
