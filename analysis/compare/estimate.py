"""From sums over people, run by run, to effects with intervals.

Runs are the independent units: people of one town live with each other. So an effect is a ratio of
sums over runs (people weigh alike, whatever run they lived in), and its interval comes from drawing
runs anew, with replacement, many times (SciPy's bootstrap, bias-corrected and accelerated), a little wider where runs
are few (``analysis.compare.tails.wider``).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
import scipy  # its parts are slow to import: they come when they are used

from analysis.compare.tails import Draws, Tails, wider

LEVEL = 0.95
RESAMPLES = 1999
SEED = 20260101  # of the bootstrap, so that a table comes out the same twice
FEWEST_RUNS = 3

Statistic = Callable[..., np.ndarray]  # of sums over runs


@dataclass(frozen=True)
class Estimate:
    """A value with its interval.

    Attributes:
        value: of all runs; NaN where there is nobody to count.
        low, high: ends of the 95 % interval; NaN with too few runs to say.
        runs: how many runs had anything but zeros.
        tails: the P values that go with the interval; None where it came otherwise, or has no width.
        draws: float64[resamples], the same of runs drawn anew; empty where there is nothing to draw. The k-th draw of
            two estimates from equally many runs is of the same runs, so that their draws may be held together.
    """

    value: float
    low: float
    high: float
    runs: int
    tails: Tails | None = field(default=None, compare=False, repr=False)
    draws: np.ndarray = field(default_factory=lambda: np.zeros(0), compare=False, repr=False)

    @property
    def known(self) -> bool:
        """Whether there is a value and an interval."""
        return not (np.isnan(self.value) or np.isnan(self.low) or np.isnan(self.high))

    def within(self, low: float, high: float) -> bool:
        """Whether the whole interval lies in [low, high]."""
        return self.known and low <= self.low and self.high <= high


NOTHING = Estimate(float("nan"), float("nan"), float("nan"), 0)


def bootstrap(statistic: Statistic, *columns: np.ndarray, resamples: int = RESAMPLES, beside: int = 0) -> Estimate:
    """A statistic of sums over runs, with its interval.

    Args:
        statistic: takes the sums of the columns and combines them.
        *columns: float64[runs] each, the same runs in each.
        resamples: how often runs are drawn anew.
        beside: so many columns at the end say nothing of whether a run has anybody to count, such as a yardstick.

    Returns:
        The estimate. Where every resample gives the same value, such as an effect of exactly zero,
        both ends of the interval are that value.
    """
    runs = len(columns[0])
    if runs == 0:
        return NOTHING

    def of_columns(*drawn: np.ndarray, axis: int = -1) -> np.ndarray:
        return statistic(*(column.sum(axis=axis) for column in drawn))

    with np.errstate(divide="ignore", invalid="ignore"):
        value = float(of_columns(*columns))
    counted = int(np.any([column != 0 for column in columns[: len(columns) - beside]], axis=0).sum())
    if np.isnan(value) or counted < FEWEST_RUNS:
        return Estimate(value, float("nan"), float("nan"), counted)
    level = wider(LEVEL, runs)
    with warnings.catch_warnings(), np.errstate(divide="ignore", invalid="ignore"):
        warnings.simplefilter("ignore")  # of a distribution without any spread, which is looked at below
        for method in ("BCa", "percentile"):
            found = scipy.stats.bootstrap(
                columns, of_columns, paired=True, vectorized=True, n_resamples=resamples, method=method,
                confidence_level=level, rng=np.random.default_rng(SEED),
            )  # fmt: skip
            low, high = float(found.confidence_interval.low), float(found.confidence_interval.high)
            drawn = found.bootstrap_distribution[~np.isnan(found.bootstrap_distribution)]
            if not (np.isnan(low) or np.isnan(high)):
                corrected = _corrections(value, drawn, statistic, columns) if method == "BCa" else (0.0, 0.0)
                tails = Draws(drawn, *corrected, runs)
                return Estimate(value, low, high, counted, tails, found.bootstrap_distribution)
    if len(drawn) == 0:
        return Estimate(value, float("nan"), float("nan"), counted)
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Estimate(value, float(low), float(high), counted, Draws(drawn, units=runs), found.bootstrap_distribution)


def _corrections(
    value: float, drawn: np.ndarray, statistic: Statistic, columns: tuple[np.ndarray, ...]
) -> tuple[float, float]:
    """z0 and a of a bias-corrected and accelerated interval, as SciPy has them, which does not hand them out."""
    bias = float(scipy.special.ndtri(((drawn < value).mean() + (drawn <= value).mean()) / 2))
    one_left_out = statistic(*(column.sum() - column for column in columns))
    away = one_left_out.mean() - one_left_out
    return bias, float((away**3).sum() / (away**2).sum() ** 1.5 / 6)


def mean_of(total: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Sum over count: a mean over people, whatever run they lived in; or one sum as a share of another."""
    return total / count


def spread_of(
    people: np.ndarray, life: np.ndarray, life_squared: np.ndarray, twin: np.ndarray, twin_squared: np.ndarray, *,
    each_first: bool = False,
) -> np.ndarray:  # fmt: skip
    """Standard deviation between people, pooled over both worlds.

    Whose it is, is said by whose sums are given: of the same people as the difference, or of everyone eligible.

    Args:
        people: how many.
        life: sum with the group.
        life_squared: sum of squares with the group.
        twin: sum without.
        twin_squared: sum of squares without.
        each_first: divide each world's squares before adding them. The same but for the last bit, on which the tables
            of claims and interviews depend.
    """
    squares = [squared - total**2 / people for total, squared in ((life, life_squared), (twin, twin_squared))]
    variance = sum(one / (people - 1) for one in squares) / 2 if each_first else sum(squares) / (2 * (people - 1))
    return np.sqrt(np.maximum(variance, 0.0))


def standardised(
    people: np.ndarray, difference: np.ndarray, life: np.ndarray, life_squared: np.ndarray, twin: np.ndarray,
    twin_squared: np.ndarray, *, each_first: bool = False,
) -> np.ndarray:  # fmt: skip
    """Mean difference over the standard deviation between people, as trials report it.

    A trial compares different people, so it divides by how much people differ from each other, not by how
    much differences do; only so can a figure here be held against a published one. 0/0 counts as 0.

    Args:
        people: how many.
        difference: sum of the differences, with the group minus without.
        life: as for ``spread_of``, like all that follow.
        life_squared: the same.
        twin: the same.
        twin_squared: the same.
        each_first: the same.
    """
    mean = difference / people
    spread = spread_of(people, life, life_squared, twin, twin_squared, each_first=each_first)
    return np.where((mean == 0.0) & (people > 0), 0.0, mean / spread)


def spread_before(people: np.ndarray, before: np.ndarray, before_squared: np.ndarray) -> np.ndarray:
    """Standard deviation between people before any of them joined: of ``analysis.compare.paired.YARDSTICK``.

    Args:
        people: how many.
        before: sum of what they were.
        before_squared: sum of its squares.
    """
    variance = (before_squared - before**2 / people) / (people - 1)
    return np.sqrt(np.maximum(variance, 0.0))


def glass(
    people: np.ndarray, difference: np.ndarray, eligible: np.ndarray, before: np.ndarray, before_squared: np.ndarray
) -> np.ndarray:
    """Mean difference over the standard deviation of everybody eligible, before joining (Glass's delta).

    One yardstick for all populations and times: what joining or staying does to how much people differ is not in it,
    and people who are alike do not seem to gain more. 0/0 counts as 0; NaN where those eligible do not differ.

    Args:
        people: of whom the difference is.
        difference: sum of the differences, with the group minus without, or of changes.
        eligible: as for ``spread_before``, like all that follow.
        before: the same.
        before_squared: the same.
    """
    mean = difference / people
    spread = spread_before(eligible, before, before_squared)
    known = np.where(spread > 0, spread, np.nan)
    return np.where((mean == 0.0) & (people > 0), 0.0, mean / known)


def as_measured(effect: np.ndarray, reliability: float) -> np.ndarray:
    """A standardised effect as an instrument of this reliability shows it, whose error widens the spread."""
    return effect * np.sqrt(reliability)


@dataclass(frozen=True)
class Precision:
    """How certain a mean difference is, and what pairing saves.

    Attributes:
        standard_error: of the mean difference, runs being the units.
        p: two-sided, against no difference (t test of the linearised ratio).
        unpaired: how many times as many runs it would take without twins, for the same precision.
    """

    standard_error: float
    p: float
    unpaired: float


def precision(count: np.ndarray, difference: np.ndarray, life: np.ndarray, twin: np.ndarray) -> Precision:
    """Linearised (Taylor) standard error of a ratio of sums over runs.

    Args:
        count: float64[runs], people of each run.
        difference: float64[runs], sum of their differences, with the group minus without.
        life: float64[runs], sum with the group.
        twin: float64[runs], sum without.

    Returns:
        Standard error, p and what pairing saves. Exactly no difference in every run gives p = 1.
    """
    runs, people = len(count), float(count.sum())
    if runs < FEWEST_RUNS or people == 0:
        return Precision(float("nan"), float("nan"), float("nan"))

    def influence(total: np.ndarray) -> np.ndarray:
        return (total - total.sum() / people * count) / (people / runs)

    def variance(values: np.ndarray) -> float:
        return float(values.var(ddof=1)) / runs

    own = variance(influence(difference))
    mean = float(difference.sum()) / people
    if own == 0.0:
        return Precision(0.0, 1.0 if mean == 0.0 else 0.0, float("inf") if mean else 1.0)
    p = 2 * float(scipy.stats.t.sf(abs(mean) / np.sqrt(own), runs - 1))
    apart = variance(influence(life)) + variance(influence(twin))
    return Precision(float(np.sqrt(own)), p, apart / own)


def runs_needed(standard_error: float, runs: int, half_width: float) -> float:
    """Runs for an interval of plus or minus ``half_width``, given the error with ``runs`` of them."""
    z = float(scipy.stats.norm.ppf((1 + LEVEL) / 2))
    return float(np.ceil(runs * (z * standard_error / half_width) ** 2)) if half_width > 0 else float("nan")


def holm(p: np.ndarray) -> np.ndarray:
    """P values corrected for how many are read together (Holm 1979, Scandinavian Journal of Statistics 6:65).

    Args:
        p: float64[k]; NaN is left out of the count and stays NaN.
    """
    corrected = np.full(len(p), np.nan)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known])]
    stepped = p[order] * (len(order) - np.arange(len(order)))
    corrected[order] = np.minimum(np.maximum.accumulate(stepped), 1.0) if len(order) else []
    return corrected


@dataclass(frozen=True)
class Estimates:
    """Many values with their intervals: float64[k] each."""

    value: np.ndarray
    low: np.ndarray
    high: np.ndarray


def chained(parts: Iterable[Estimates]) -> Estimates:
    """Estimates one after the other, in one; of none of them, none."""
    rows = [np.stack([e.value, e.low, e.high]) for e in parts]
    return Estimates(*np.concatenate(rows or [np.zeros((3, 0))], axis=1))


def together(estimates: Iterable[Estimate]) -> Estimates:
    """Estimates one by one as arrays."""
    rows = np.array([(e.value, e.low, e.high) for e in estimates]).reshape(-1, 3)
    return Estimates(*rows.T)


def bootstrap_sums(
    statistic: Callable[..., np.ndarray], *columns: np.ndarray, resamples: int = RESAMPLES, beside: int = 0
) -> Estimates:
    """Many statistics of sums over runs at once, with their intervals, all from the same draws of runs.

    The same as ``bootstrap`` for each of the k, at a fraction of the time: what is drawn anew is which runs count
    how often, and a sum over drawn runs is then a product of matrices.

    Args:
        statistic: takes the sums, [..., k] each, and combines them to [..., k].
        *columns: float64[runs, k] each.
        resamples: how often runs are drawn anew.
        beside: as for ``bootstrap``.

    Returns:
        The estimates; NaN ends where fewer than FEWEST_RUNS runs had anything but zeros.
    """
    runs = len(columns[0])
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.asarray(statistic(*(column.sum(axis=0) for column in columns)), float)
        blank = np.full(value.shape, np.nan)
        if runs < FEWEST_RUNS:
            return Estimates(value, blank, blank)

        def of_runs(which: np.ndarray, axis: int = -1) -> np.ndarray:
            """Statistics, [k, ...], of the runs named, [..., drawn]."""
            drawn = which.reshape(-1, which.shape[-1])
            times = np.stack([np.bincount(row, minlength=runs) for row in drawn]).astype(float)
            found = np.asarray(statistic(*(times @ column for column in columns)))
            return np.moveaxis(found, -1, 0).reshape(-1, *which.shape[:-1])

        level = wider(LEVEL, runs)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what has no spread at all, which is looked at below
            found = scipy.stats.bootstrap(
                (np.arange(runs),), of_runs, vectorized=True, n_resamples=resamples, method="BCa", batch=500,
                confidence_level=level, rng=np.random.default_rng(SEED),
            )  # fmt: skip
            low, high = (np.asarray(end, float) for end in found.confidence_interval)
            edges = np.nanquantile(found.bootstrap_distribution, [(1 - level) / 2, (1 + level) / 2], axis=-1)
    plain = np.isnan(low) | np.isnan(high)  # no spread, or none when one run is left out
    low, high = np.where(plain, edges[0], low), np.where(plain, edges[1], high)
    counted = np.any([column != 0 for column in columns[: len(columns) - beside]], axis=0).sum(axis=0)
    few = (counted < FEWEST_RUNS) | np.isnan(value) | np.isnan(low) | np.isnan(high)  # both ends, or none
    return Estimates(value, np.where(few, np.nan, low), np.where(few, np.nan, high))


def drawn_runs(runs: int, resamples: int = RESAMPLES) -> np.ndarray:
    """How often each run is drawn when runs are drawn anew: int64[resamples, runs].

    For what is no function of sums, such as a median or a root; ``ends_of`` gives its interval.
    """
    return np.random.default_rng(SEED).multinomial(runs, np.full(runs, 1 / runs), size=resamples)


def ends_of(drawn: np.ndarray) -> tuple[float, float]:
    """Ends of the 95 % interval of values from drawing runs anew.

    Percentiles, each a value that was drawn: values may be infinite, and are never averaged. NaN is left out.
    """
    known = drawn[~np.isnan(drawn)]
    if not len(known):
        return float("nan"), float("nan")
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(known, [tail, 1 - tail], method="inverted_cdf")
    return float(low), float(high)
