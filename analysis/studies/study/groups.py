"""What a register of groups tells beside how long they live: who comes, who comes once, and why groups ended.

Groups are listed as in ``register``: those that are open when the year begins in which they are watched. Reasons are
another matter: whoever asks why groups ended looks back on those that did, whatever their age then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy import stats

from analysis.compare.estimate import LEVEL
from analysis.studies.patterns.groups import new_people_of
from analysis.studies.patterns.looks import GroupLife
from analysis.studies.patterns.outside import of_reason
from analysis.studies.study.analyse import NONE, Result
from analysis.studies.study.repeat import SEED, Repeated
from analysis.studies.study.schema import StudyFile
from sim.codes import CLOSED_NAMES
from sim.relations import WEEKS_IN_YEAR

STEPS = ("which groups", "comparison")
FEWEST = 2  # groups, for a spread
LOOK_BACK = ("reason", "hazard", "new people")  # on groups from their beginning, whether they are open or not
TRIES = 50  # lists drawn until one has as many groups as are wanted
Sums = np.ndarray  # float64[groups, 2]: what is counted, and of how many; of new people twice that


def repeat_groups(
    said: StudyFile, lives: Sequence[GroupLife], repetitions: int, *, first: int = 0,
    size: tuple[int, int] | None = None, progress: Callable[[], None] | None = None,
) -> Repeated:  # fmt: skip
    """Make such a study many times; arguments as for ``repeat.repeat``, but with the lives of groups."""
    by, wanted = said.analysis.by, (size or (said.people.towns, 0))[0]
    yearly = _yearly(said, lives)  # [groups, years, 2]
    true = true_of(said, lives)
    published = np.full((repetitions, 1, 1, 4), np.nan)
    rungs, same = np.full((repetitions, len(STEPS) + 1), np.nan), np.full((repetitions, 1, 1), true)
    listed = np.zeros(repetitions, np.int64)
    for r in range(repetitions):
        rng = np.random.default_rng([SEED, first + r])
        if by in LOOK_BACK:
            some = yearly[rng.choice(len(lives), size=wanted)].sum(axis=1)
        else:
            some = _listed(said, lives, yearly, wanted, rng)
        published[r, 0, 0] = _read(said, some)
        rungs[r] = [published[r, 0, 0, 0], true, true]
        listed[r] = (some[:, 1::2].sum(axis=1) > 0).sum()
        if progress is not None:
            progress()
    return Repeated((WEEKS_IN_YEAR,), (by,), published, same, np.full((1, 1), true), rungs, listed, listed,
                    np.zeros(repetitions, np.int64), np.ones(1), (0, 0), STEPS)  # fmt: skip


def true_of(said: StudyFile, lives: Sequence[GroupLife]) -> float:
    """What all groups come to, listed or not; of a look back, also what it publishes on average."""
    whole = _yearly(said, lives).sum(axis=1)
    if said.analysis.by == "attendance":
        return float(whole[:, 0].sum() / whole[:, 1].sum()) if whole[:, 1].any() else float("nan")
    return _read(said, whole).estimate


def _yearly(said: StudyFile, lives: Sequence[GroupLife]) -> np.ndarray:
    """float64[groups, years, 2]: in each year of each group, what is counted and of how many."""
    if said.analysis.by == "reason":
        wanted = f"reason: {said.analysis.reason}"
        ended = np.array([life.ended for life in lives], float)
        for_it = [life.ended and _reason(life.reason) == wanted for life in lives]
        return np.stack([np.array(for_it, float), ended], axis=1)[:, None]
    if said.analysis.by == "hazard":
        first, last = (round(years * WEEKS_IN_YEAR) for years in (said.analysis.from_years, said.analysis.years))
        at_risk = np.array([life.weeks > first for life in lives])
        gone = [life.ended and life.weeks <= last for life in lives]
        return np.stack([at_risk & gone, at_risk], axis=1).astype(float)[:, None]
    if said.analysis.by == "new people":
        return new_people_of(lives)[:, None]
    above, below = ("attendances", "meetings") if said.analysis.by == "attendance" else ("one_visit", "decided")
    return np.stack([np.stack([life.yearly[name] for name in (above, below)], axis=1) for life in lives])


def _reason(code: int) -> str:
    known = of_reason(CLOSED_NAMES[code])
    return known.name if known is not None else ""


def _listed(
    said: StudyFile, lives: Sequence[GroupLife], yearly: np.ndarray, wanted: int, rng: np.random.Generator
) -> Sums:
    """Groups that are open as their year begins, with what is counted in that year."""
    years = _years(said, yearly)
    weeks, found = np.array([life.weeks for life in lives]), np.zeros((0, 2))
    for _ in range(TRIES):
        who, year = rng.integers(len(lives), size=wanted), rng.choice(years, size=wanted)
        is_open = weeks[who] > year * WEEKS_IN_YEAR
        found = np.concatenate([found, yearly[who, year][is_open]])
        if len(found) >= wanted:
            break
    return found[:wanted]


def _years(said: StudyFile, yearly: np.ndarray) -> np.ndarray:
    """int64[k]: ages at which groups are listed."""
    youngest, oldest = said.people.weeks
    return np.arange(-(-youngest // WEEKS_IN_YEAR), min(oldest // WEEKS_IN_YEAR + 1, yearly.shape[1]))


def expected(said: StudyFile, lives: Sequence[GroupLife]) -> float:
    """What a study of groups that are listed publishes on average, as well as a few groups can tell.

    Every group counts in each year in which it would be listed. Groups that last count more, which two groups show less
    of than many do; what that is off by falls with the number of groups and is taken away by leaving out each of them
    in turn (the jackknife).
    """
    yearly = _yearly(said, lives)
    years = _years(said, yearly)
    weeks = np.array([life.weeks for life in lives])
    some = np.where((weeks[:, None] > years * WEEKS_IN_YEAR)[..., None], yearly[:, years], 0.0)
    if said.analysis.by == "attendance":  # each group's own mean counts once a year
        met = some[..., 1] > 0
        mean = np.divide(some[..., 0], some[..., 1], out=np.zeros(met.shape), where=met)
        some = np.stack([mean, met], axis=-1)
    sums = some.sum(axis=1)
    whole, without = _ratio(sums.sum(axis=0)), _ratio(sums.sum(axis=0) - sums)
    known = ~np.isnan(without)
    many = len(lives)
    return float(many * whole - (many - 1) * without.mean()) if many > 1 and known.all() else float(whole)


def _ratio(sums: Sums) -> np.ndarray:
    above, below = sums[..., 0], sums[..., 1]
    return np.asarray(np.divide(above, below, out=np.full(np.shape(above), np.nan), where=below > 0))


def _read(said: StudyFile, sums: Sums) -> Result:
    """What is made of some groups' sums."""
    if said.analysis.by == "attendance":
        return _mean_of_groups(sums)
    return _more_new_people(sums) if said.analysis.by == "new people" else _proportion(sums)


def _more_new_people(sums: Sums) -> Result:
    """New people a year, of years after which groups go on less those in which they end, with an interval by groups.

    A difference of two ratios; its error by the delta method, with groups as the units.
    """
    on, on_years, end, end_years = sums.sum(axis=0)
    if not (on_years and end_years) or len(sums) < FEWEST:
        return NONE
    value = float(on / on_years - end / end_years)
    left = (sums[:, 0] - on / on_years * sums[:, 1]) / on_years - (
        sums[:, 2] - end / end_years * sums[:, 3]
    ) / end_years
    error = float(np.sqrt(len(sums) / (len(sums) - 1) * (left**2).sum()))
    half = float(stats.t.ppf((1 + LEVEL) / 2, len(sums) - 1)) * error
    p = 2 * float(stats.t.sf(abs(value) / error, len(sums) - 1)) if error > 0 else float("nan")
    return Result(value, value - half, value + half, p)


def _mean_of_groups(sums: Sums) -> Result:
    """Each group's mean, averaged over groups, with a t interval."""
    known = sums[sums[:, 1] > 0]
    if len(known) < FEWEST:
        return NONE
    means = known[:, 0] / known[:, 1]
    half = float(stats.t.ppf((1 + LEVEL) / 2, len(means) - 1) * means.std(ddof=1) / np.sqrt(len(means)))
    return Result(float(means.mean()), float(means.mean()) - half, float(means.mean()) + half, float("nan"))


def _proportion(sums: Sums) -> Result:
    """A share of all that is counted, with Wilson's interval."""
    yes, of = sums.sum(axis=0)
    if not of:
        return NONE
    ends = stats.binomtest(round(yes), round(of)).proportion_ci(LEVEL, method="wilson")
    return Result(float(yes / of), float(ends.low), float(ends.high), float("nan"))
