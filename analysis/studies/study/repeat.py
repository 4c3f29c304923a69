"""A study done many times: what each would publish, what was true of its own people, and where the two part.

The bias is taken apart by doing each study again without one of its troubles after the other, always in the order of
STEPS, on the same draws. So the steps sum to the whole difference, but what a step is worth depends on the order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.spatial import KDTree

from analysis.studies.study.analyse import (
    NONE,
    Answers,
    Result,
    ancova,
    average,
    change,
    correlation,
    difference,
    difference_of_towns,
    mixed,
    none_later,
    top_tenth,
)
from analysis.studies.study.consistent import towns_by_lot
from analysis.studies.study.draw import ALL_TROUBLES, Sample, draw, observe
from analysis.studies.study.pool import BASELINE, Pool, effect_of, pool_of
from analysis.studies.study.schema import OF_PEOPLE, ONCE, StudyFile
from analysis.studies.study.towns import Town

STEPS = ("telling", "measurement", "attrition", "contamination", "comparison", "selection")
SEED = 20261128  # of the repetitions, so that a table comes out the same twice
FEWEST_TO_MATCH = 2


@dataclass(frozen=True)
class Repeated:
    """All repetitions of one study; T times, M measures.

    Attributes:
        times, measures: what the axes are; times without the beginning (a stepped wedge: one for all).
        published: float64[repetitions, T, M, 4]: estimate, low, high, P.
        same: float64[repetitions, T, M]: mean effect on those who took part, by their twins.
        about: float64[T, M]: mean effect on those whom the study is read as being about.
        rungs: float64[repetitions, steps + 1]: the primary outcome as published, then without one trouble after
            another; the last but one is the effect on those who took part, the last that on those it is about.
        people, answering: int64[repetitions], who took part, and who still answered at the end.
        asked: int64[repetitions], how often anybody answered, at the beginning and later.
        spread: float64[M], standard deviation between people at the beginning.
        primary: place of the primary time and measure.
        steps: names of what the rungs leave away.
    """

    times: tuple[int, ...]
    measures: tuple[str, ...]
    published: np.ndarray
    same: np.ndarray
    about: np.ndarray
    rungs: np.ndarray
    people: np.ndarray
    answering: np.ndarray
    asked: np.ndarray
    spread: np.ndarray
    primary: tuple[int, int]
    steps: tuple[str, ...] = STEPS

    @property
    def repetitions(self) -> int:
        """How many."""
        return len(self.people)

    @property
    def biases(self) -> np.ndarray:
        """float64[repetitions, steps]: what each step adds to the estimate of the primary outcome."""
        return self.rungs[:, :-1] - self.rungs[:, 1:]

    def covered(self) -> np.ndarray:
        """float64[T, M]: share of intervals that hold the effect on those the study is about; NaN without any."""
        low, high = self.published[..., 1], self.published[..., 2]
        known = ~np.isnan(low)
        inside = (low <= self.about) & (self.about <= high) & known
        return _share(inside, known)

    def power(self) -> np.ndarray:
        """float64[T, M]: share of repetitions that report a difference (P below 0.05)."""
        p = self.published[..., 3]
        return np.where(np.isnan(p).all(axis=0), np.nan, _share(p < 0.05, np.ones_like(p, bool)))


def _share(yes: np.ndarray, of: np.ndarray) -> np.ndarray:
    count = of.sum(axis=0)
    return np.divide(yes.sum(axis=0), count, out=np.full(count.shape, np.nan), where=count > 0)


def readings_of(said: StudyFile, pool: Pool) -> tuple[int, ...]:
    """Times of which there is a reading: each follow-up, or of a stepped wedge its end alone."""
    if said.analysis.by in ("correlation", *ONCE):
        return pool.times[1:] or pool.times
    return pool.times[-1:] if said.allocation.how == "stepped wedge" else pool.times[1:]


def primary_of(said: StudyFile, times: Sequence[int]) -> tuple[int, int]:
    """The place of the primary time and measure."""
    week = said.analysis.week
    return (times.index(week) if week in times else len(times) - 1), list(said.instruments).index(said.analysis.outcome)


def repeat(
    said: StudyFile, towns: Sequence[Town], repetitions: int, *, first: int = 0, size: tuple[int, int] | None = None,
    progress: Callable[[], None] | None = None, pool: Pool | None = None, primary_only: bool = False,
    about: np.ndarray | None = None,
) -> Repeated:  # fmt: skip
    """Do a study many times on towns that have been lived.

    Args:
        said: the study.
        towns: lived.
        repetitions: how often.
        first: the number of the first; each has its own luck.
        size: towns and people of each, if not those of the file; then the bias is not taken apart.
        progress: called after each.
        pool: of ``pool_of``, if it is made already.
        primary_only: whether nothing but what is published of the primary reading is wanted; all else is NaN.
        about: of ``about_of``, if it is known already.
    """
    pool = pool_of(said, towns) if pool is None else pool
    times, split = readings_of(said, pool), size is None
    primary = primary_of(said, times)
    many, each = size or (said.people.towns, said.people.per_town)
    shape = (repetitions, len(times), len(pool.measures))
    published, same = np.full((*shape, 4), np.nan), np.full(shape, np.nan)
    rungs = np.full((repetitions, len(STEPS) + 1), np.nan)
    people, answering, asked = (np.zeros(repetitions, np.int64) for _ in range(3))
    effect = effect_of(pool)
    about = about_of(said, pool, towns) if about is None and not primary_only else about
    about = np.full(shape[1:], np.nan) if about is None or primary_only else about
    for r in range(repetitions):
        sample = draw(said, pool, np.random.default_rng([SEED, first + r]), many, each)
        answers, group = observe(said, pool, sample)
        for t, time in enumerate(times):
            for m in range(len(pool.measures)):
                if (t, m) != primary and (primary_only or (not split and said.analysis.by == "mixed model")):
                    continue  # a mixed model takes its time: where only the power is asked, of the primary reading
                published[r, t, m] = publish(said, pool, sample, answers, group, time, m)
        if not primary_only:
            same[r] = same_people(said, pool, sample, group, effect, times)
        people[r] = len(sample.who)
        told = ~np.isnan(answers[:, primary[1]])
        answering[r], asked[r] = told[-1].sum(), told.sum()
        if split:
            rungs[r] = _ladder(said, pool, sample, times[primary[0]], primary, published[r], same[r], about)
        if progress is not None:
            progress()
    return Repeated(times, pool.measures, published, same, about, rungs, people, answering, asked, pool.spread, primary)


def _ladder(
    said: StudyFile, pool: Pool, sample: Sample, time: int, primary: tuple[int, int], published: np.ndarray,
    same: np.ndarray, about: np.ndarray,
) -> list[float]:  # fmt: skip
    """The primary outcome without one trouble after another; see ``Repeated.rungs``."""
    found, left = [float(published[(*primary, 0)])], set(ALL_TROUBLES)
    has = troubles_of(said)
    for trouble in STEPS[:4]:
        left.discard(trouble)
        if trouble not in has:
            found.append(found[-1])
            continue
        answers, group = observe(said, pool, sample, frozenset(left))
        found.append(publish(said, pool, sample, answers, group, time, primary[1]).estimate)
    own = float(same[primary])
    return [*found, own, own if said.analysis.about == "taking part" else float(about[primary])]


def troubles_of(said: StudyFile) -> set[str]:
    """Which troubles a study has at all, of those that can be left away; people who move away are no trouble."""
    telling, lost = said.telling, said.drop_out
    has = {
        "telling": bool(telling.kindly or telling.before_worse),
        "measurement": True,
        "attrition": bool(lost.rate or lost.only_members),
        "contamination": said.allocation.contamination > 0,
    }
    return {name for name, yes in has.items() if yes}


def publish(
    said: StudyFile, pool: Pool, sample: Sample, answers: np.ndarray, group: np.ndarray, time: int, measure: int
) -> Result:
    """The estimate that a study would publish for one time and measure."""
    how, by = said.allocation.how, said.analysis.by
    t = pool.times.index(time)
    y, before = answers[t, measure], answers[BASELINE, measure]
    if by in OF_PEOPLE:
        return of_people(said, pool, answers, t, measure)
    if how == "none":
        return change(y, before)
    if how == "matched comparison":
        return _matched(said, pool, sample, answers, t, measure)
    if how == "stepped wedge":
        asked = range(1, len(pool.times))
        many = len(asked)
        long = Answers(
            answers[1:, measure].ravel(), np.tile(before, many), group[1:].ravel(), np.tile(sample.town, many),
            np.repeat(asked, len(sample.who)),
        )  # fmt: skip
        return mixed(long)
    told = Answers(y, before, sample.arm == 0, sample.town, np.zeros(len(y), np.int64))
    return two_arms(told, by, towns_by_lot(said))


def two_arms(told: Answers, by: str, by_town: bool) -> Result:
    """The estimate of a trial with two arms, by people or by towns."""
    if by == "ancova":
        return ancova(told, by_town)
    if by == "mixed model":
        return mixed(told)
    return difference_of_towns(told) if by_town else difference(told)


def _matched(said: StudyFile, pool: Pool, sample: Sample, answers: np.ndarray, t: int, measure: int) -> Result:
    """People who come against the one most like each at the beginning, of those who do not; one may serve twice."""
    on = [pool.measures.index(name) for name in said.allocation.match_on] or [measure]
    scale = np.where(pool.spread[on] > 0, pool.spread[on], 1.0)
    like = (answers[BASELINE, on] / scale[:, None]).T
    change_since = answers[t, measure] - answers[BASELINE, measure]
    known = ~np.isnan(like).any(axis=1) & ~np.isnan(change_since)
    others = pool.comparison[sample.who]
    one, other = np.flatnonzero(known & ~others), np.flatnonzero(known & others)
    if len(one) < FEWEST_TO_MATCH or len(other) < FEWEST_TO_MATCH:
        return NONE
    _, nearest = KDTree(like[other]).query(like[one])
    return change(change_since[one], change_since[other[nearest]])


def same_people(
    said: StudyFile, pool: Pool, sample: Sample, group: np.ndarray, effect: np.ndarray, times: Sequence[int]
) -> np.ndarray:
    """float64[T, M]: the mean effect on those who took part, each against her or his own twin."""
    mine = sample.who[~pool.comparison[sample.who]]
    if said.analysis.by in OF_PEOPLE:
        return _of_people(said, pool, times, mine)
    if said.allocation.how == "stepped wedge":
        true = (pool.value - pool.twin)[sample.arm, :, :, sample.who].transpose(1, 2, 0)
        counts = (group & pool.there[sample.arm, :, sample.who].T)[:, None]
        return mean_known(np.where(counts, true, np.nan).transpose(1, 0, 2).reshape(len(pool.measures), -1))[None]
    return mean_known(effect[[pool.times.index(time) for time in times]][..., mine])


def about_of(said: StudyFile, pool: Pool, towns: Sequence[Town]) -> np.ndarray:
    """float64[T, M]: the mean effect on all those whom a study is read as being about, over all towns lived."""
    times = readings_of(said, pool)
    if said.analysis.by in OF_PEOPLE:
        return _of_people(said, pool, times, np.arange(pool.people))
    if said.analysis.about == "came" and said.people.who != "residents":
        pool = pool_of(said, towns, "came")
    if said.allocation.how == "stepped wedge":
        delays = np.array([arm.delay for arm in pool.arms])
        exposed = (np.array(pool.times)[None] > delays[:, None])[..., None] & pool.there
        true = np.where(exposed[:, :, None], pool.value - pool.twin, np.nan)
        return mean_known(true.transpose(2, 0, 1, 3).reshape(len(pool.measures), -1))[None]
    mine = np.flatnonzero(~pool.comparison)
    return mean_known(effect_of(pool)[[pool.times.index(time) for time in times]][..., mine])


def of_people(said: StudyFile, pool: Pool, answers: np.ndarray, t: int, measure: int) -> Result:
    """A reading of people that is no effect of a group."""
    by, y, before = said.analysis.by, answers[t, measure], answers[BASELINE, measure]
    if by == "correlation":
        return correlation(y, other_of(said, pool, answers, t, measure))
    if by == "none later":
        return none_later(y, before)
    if by == "drift":
        return change(y, before)
    return average(y) if by == "average" else top_tenth(y)


def other_of(said: StudyFile, pool: Pool, answers: np.ndarray, t: int, measure: int) -> np.ndarray:
    """What a measure is correlated with: another at the same time, or the same at the beginning."""
    other = said.analysis.with_
    found: np.ndarray = answers[BASELINE, measure] if other is None else answers[t, pool.measures.index(other)]
    return found


def _of_people(said: StudyFile, pool: Pool, times: Sequence[int], who: np.ndarray) -> np.ndarray:
    """float64[T, M]: readings of true values."""
    true = np.where(pool.there[0][:, None], pool.value[0], np.nan)[..., who]

    every = range(len(pool.measures))
    return np.array(
        [[of_people(said, pool, true, pool.times.index(time), m).estimate for m in every] for time in times]
    )


def mean_known(values: np.ndarray) -> np.ndarray:
    """The mean over the last axis of what there is; NaN where there is nothing."""
    known = ~np.isnan(values)
    count = known.sum(axis=-1)
    total = np.where(known, values, 0.0).sum(axis=-1)
    return np.divide(total, count, out=np.full(count.shape, np.nan), where=count > 0)
