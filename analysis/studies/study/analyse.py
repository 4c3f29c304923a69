"""What a study makes of its answers: an estimate, an interval, a P value. SciPy and statsmodels do the work."""

from __future__ import annotations

import warnings
from typing import Any, NamedTuple

import numpy as np
from scipy import optimize, stats

from analysis.compare.estimate import LEVEL
from sim.problem import Problem

FEWEST = 2  # people or towns in an arm, without which there is no interval
PEOPLE_IN_TENTHS = 10
NEAR_AN_END = 0.1  # on the scale of logarithms
RATIOS = (1e-3, 1e3)  # variance between towns over that within, among which the likeliest is looked for


class Result(NamedTuple):
    """What would be published.

    Attributes:
        estimate, low, high: in the outcome's unit, with a 95 % interval; NaN where there is none.
        p: two-sided, against no difference.
    """

    estimate: float
    low: float
    high: float
    p: float


NONE = Result(*[float("nan")] * 4)


class Answers(NamedTuple):
    """What a study was told of one outcome, a row for each person, or for each person and time.

    Attributes:
        y: the answer; before: that at the beginning.
        group: bool, whether the person has the group.
        town: which town, counted in the study.
        period: which time, where people are asked several times.
    """

    y: np.ndarray
    before: np.ndarray
    group: np.ndarray
    town: np.ndarray
    period: np.ndarray


def statsmodels() -> Any:
    """The library, which only some analyses need.

    Raises:
        Problem: if it is not installed.
    """
    try:
        import statsmodels.api  # noqa: PLC0415  (an extra, slow to import)
    except ImportError:
        raise Problem("this analysis needs statsmodels; install it with: pip install -e '.[studies]'") from None
    return statsmodels.api


def change(y: np.ndarray, before: np.ndarray) -> Result:
    """Before and after: the mean change of people asked twice, with the paired t test."""
    known = ~(np.isnan(y) | np.isnan(before))
    d = y[known] - before[known]
    if len(d) < FEWEST:
        return NONE
    return _from_t(float(d.mean()), float(d.std(ddof=1) / np.sqrt(len(d))), len(d) - 1)


def difference(answers: Answers) -> Result:
    """Difference of two means, with Welch's t test."""
    known = ~np.isnan(answers.y)
    one, other = answers.y[known & answers.group], answers.y[known & ~answers.group]
    if min(len(one), len(other)) < FEWEST:
        return NONE
    v, w = one.var(ddof=1) / len(one), other.var(ddof=1) / len(other)
    if v + w == 0:
        return _from_t(float(one.mean() - other.mean()), 0.0, len(one) + len(other) - 2)
    free = (v + w) ** 2 / (v**2 / (len(one) - 1) + w**2 / (len(other) - 1))
    return _from_t(float(one.mean() - other.mean()), float(np.sqrt(v + w)), float(free))


def difference_of_towns(answers: Answers) -> Result:
    """Difference of the means of towns, with the t test: towns were drawn by lot, so they are the units."""
    known = ~np.isnan(answers.y)
    towns, place = np.unique(answers.town[known], return_inverse=True)
    people = np.bincount(place)
    means = np.bincount(place, answers.y[known]) / people
    group = np.bincount(place, answers.group[known]) > 0
    return difference(Answers(means, means, group, towns, towns))


def correlation(one: np.ndarray, other: np.ndarray) -> Result:
    """Pearson's correlation, with Fisher's interval."""
    known = ~(np.isnan(one) | np.isnan(other))
    if known.sum() < 4 or np.ptp(one[known]) == 0 or np.ptp(other[known]) == 0:
        return NONE
    found = stats.pearsonr(one[known], other[known])
    ends = found.confidence_interval(LEVEL)
    return Result(float(found.statistic), float(ends.low), float(ends.high), float(found.pvalue))


def none_later(y: np.ndarray, before: np.ndarray) -> Result:
    """Of people with some at the beginning, the share with none at the follow-up, with Wilson's interval."""
    some = (before > 0) & ~np.isnan(y)
    if some.sum() < FEWEST:
        return NONE
    none = int((y[some] <= 0).sum())
    ends = stats.binomtest(none, int(some.sum())).proportion_ci(LEVEL, method="wilson")
    return Result(none / int(some.sum()), float(ends.low), float(ends.high), float("nan"))


def average(y: np.ndarray) -> Result:
    """The mean of what people answer, with a t interval; there is nothing that it is held against."""
    known = y[~np.isnan(y)]
    if len(known) < FEWEST:
        return NONE
    return _from_t(float(known.mean()), float(known.std(ddof=1) / np.sqrt(len(known))), len(known) - 1)._replace(
        p=np.nan
    )


def top_tenth(y: np.ndarray) -> Result:
    """The share of all that is counted that comes from the tenth of people with most; no interval."""
    known = np.sort(y[~np.isnan(y)])[::-1]
    if len(known) < PEOPLE_IN_TENTHS or not known.sum() > 0:
        return NONE
    many = len(known) / 10
    whole = int(many)
    part = known[:whole].sum() + (many - whole) * known[whole]  # of the person on the border, the part that is within
    return NONE._replace(estimate=float(part / known.sum()))


def carry_over(weeks: np.ndarray) -> Result:
    """How far a week is like the same person's week before: a slope within people, with an interval by people.

    Each person's weeks are taken from that person's mean of them, so that it comes out too low where weeks are few
    (Nickell 1981), as it does in a real diary.

    Args:
        weeks: float64[weeks, k]; NaN where nothing was filled in.
    """
    there = np.isfinite(weeks)
    many = there.sum(axis=0)
    mean = np.divide(np.where(there, weeks, 0).sum(axis=0), many, out=np.zeros(len(many)), where=many > 0)
    off = weeks - mean
    both = np.isfinite(off[1:]) & np.isfinite(off[:-1])
    above = np.where(both, off[1:] * off[:-1], 0).sum(axis=0)
    below = np.where(both, off[:-1] ** 2, 0).sum(axis=0)
    used = below > 0
    if used.sum() < FEWEST:
        return NONE
    slope = float(above[used].sum() / below[used].sum())
    left = above[used] - slope * below[used]  # of each person; people are the units
    error = float(np.sqrt(used.sum() / (used.sum() - 1) * (left**2).sum()) / below[used].sum())
    return _from_t(slope, error, int(used.sum()) - 1)


def ancova(answers: Answers, by_town: bool) -> Result:
    """Difference adjusted for the answer at the beginning (statsmodels OLS); by town: errors clustered by town."""
    known = ~(np.isnan(answers.y) | np.isnan(answers.before))
    y, group, town = answers.y[known], answers.group[known], answers.town[known]
    if min(group.sum(), (~group).sum()) < FEWEST:
        return NONE
    columns = [group.astype(float), np.ones(len(y))]
    if np.ptp(answers.before[known]) > 0:
        columns.append(answers.before[known])
    model = statsmodels().OLS(y, np.column_stack(columns))
    if len(y) <= len(columns):
        return NONE
    if not by_town:
        fitted = model.fit()
        return _from_t(float(fitted.params[0]), float(fitted.bse[0]), float(fitted.df_resid))
    towns = len(np.unique(town))
    if towns < 2 * FEWEST:
        return NONE
    fitted = model.fit(cov_type="cluster", cov_kwds={"groups": town})
    return _from_t(float(fitted.params[0]), float(fitted.bse[0]), towns - 2)


def mixed(answers: Answers) -> Result:
    """Linear mixed model with towns as random intercepts (statsmodels MixedLM).

    People asked several times: on the means of towns at each time, with times as fixed effects. The interval takes
    Student's t with as many degrees of freedom as towns less two.
    """
    known = ~np.isnan(answers.y)
    y, town, group = answers.y[known], answers.town[known], answers.group[known].astype(float)
    period, before = answers.period[known], answers.before[known]
    if len(np.unique(period)) > 1:
        cell, place = np.unique(np.stack([town, period]), axis=1, return_inverse=True)
        people = np.bincount(place.ravel())
        y, group = (np.bincount(place.ravel(), some) / people for some in (y, group))
        town, period = cell
        columns = [group, *((period == one).astype(float) for one in np.unique(period))]
    else:
        both = ~np.isnan(before)
        y, town, group, before = y[both], town[both], group[both], before[both]
        columns = [group, np.ones(len(y))]
        if len(y) and np.ptp(before) > 0:
            columns.append(before)
    towns = len(np.unique(town))
    if towns < 2 * FEWEST or len(y) <= len(columns) or np.ptp(group) == 0:
        return NONE
    scale = float(y.std()) or 1.0  # the search for the variances is quicker and surer where they are about one
    design = np.column_stack(columns)
    model = statsmodels().MixedLM(y / scale, design, groups=town)
    ratio = likeliest_ratio(y / scale, design, town)  # from there the library has hardly any way to go
    start = None if np.isnan(ratio) else np.sqrt([ratio])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # no variance between towns is an answer, not a fault
        try:
            fitted = model.fit(reml=True, method=["bfgs", "powell"], start_params=start)  # lbfgs at times ends at none
            error = scale * float(fitted.bse_fe[0])
        except (np.linalg.LinAlgError, ValueError):
            return NONE
    return _from_t(scale * float(fitted.fe_params[0]), error, towns - 2)


def likeliest_ratio(y: np.ndarray, design: np.ndarray, town: np.ndarray) -> float:
    """The variance between towns over that within them at which the restricted likelihood is greatest.

    Only a place to begin: sums of towns are all that it takes, so that it is found in no time, where the library goes
    through the towns one by one at each step.

    Args:
        y: float64[n], answers.
        design: float64[n, k].
        town: int64[n].

    Returns:
        The ratio; NaN if there is none between both ends of RATIOS.
    """
    _, place, many = np.unique(town, return_inverse=True, return_counts=True)
    both = np.column_stack([design, y])
    sums = np.stack([np.bincount(place.ravel(), column) for column in both.T], axis=1)
    whole, free = both.T @ both, len(y) - design.shape[1]

    def misfit(log_ratio: float) -> float:
        ratio = np.exp(log_ratio)
        shared = ratio / (1 + many * ratio)
        products = whole - (sums * shared[:, None]).T @ sums
        inner, cross = products[:-1, :-1], products[:-1, -1]
        left = products[-1, -1] - cross @ np.linalg.solve(inner, cross)
        size = np.linalg.slogdet(inner)[1] + np.log1p(many * ratio).sum()
        return float(free * np.log(left) + size) if left > 0 else np.inf

    low, high = np.log(RATIOS)
    try:
        best = optimize.minimize_scalar(misfit, bounds=(low, high), method="bounded").x
    except np.linalg.LinAlgError:
        return float("nan")
    return float(np.exp(best)) if min(best - low, high - best) > NEAR_AN_END else float("nan")


def _from_t(value: float, error: float, free: float) -> Result:
    """An estimate with its standard error and degrees of freedom."""
    if not np.isfinite(error) or free <= 0:
        return Result(value, float("nan"), float("nan"), float("nan"))
    if error == 0:
        return Result(value, value, value, 1.0 if value == 0 else 0.0)
    half = float(stats.t.ppf((1 + LEVEL) / 2, free)) * error
    return Result(value, value - half, value + half, 2 * float(stats.t.sf(abs(value) / error, free)))
