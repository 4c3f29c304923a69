"""One repetition of a study: who takes part, who gets what, who is lost, and what they answer.

Everything that is left to chance is drawn first, so that the same study can be looked at without one of its troubles:
the same people, the same lot, the same slips of memory.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from analysis.studies.study.consistent import towns_by_lot
from analysis.studies.study.measures import MEASURES
from analysis.studies.study.pool import BASELINE, Pool
from analysis.studies.study.schema import Depends, StudyFile

ALL_TROUBLES = frozenset({"telling", "measurement", "attrition", "contamination"})
ALMOST = 1e-9


@dataclass(frozen=True)
class Sample:
    """Who takes part in one repetition, and all that is left to chance; k people.

    Attributes:
        who: int64[k], places in the pool.
        town: int64[k], which town, counted in the study: a town may be drawn twice, and counts as two.
        arm: int64[k], by lot.
        spills: bool[k], of those without the group: comes all the same.
        lost: float64[times, k], uniform: who is lost.
        slip: float64[times, measures, k], standard normal: errors of instruments.
        memory: float64[times, measures, k], standard normal: what is remembered of counts.
    """

    who: np.ndarray
    town: np.ndarray
    arm: np.ndarray
    spills: np.ndarray
    lost: np.ndarray
    slip: np.ndarray
    memory: np.ndarray


def draw(said: StudyFile, pool: Pool, rng: np.random.Generator, towns: int, per_town: int) -> Sample:
    """Draw one repetition: towns with replacement from those lived, people from each town.

    Args:
        said: the study.
        pool: everybody.
        rng: to draw with.
        towns: how many.
        per_town: how many people of each, at most.
    """
    drawn = rng.choice(pool.towns, size=towns) if len(pool.towns) else np.zeros(0, np.int64)
    starts = np.searchsorted(pool.town, np.arange(pool.town[-1] + 2 if pool.people else 1))
    agrees = chance(pool, said.people.consent, said.people.consent_depends, pool.value[0, BASELINE])
    who, town = [], []
    for place, one in enumerate(drawn):
        mine = np.arange(starts[one], starts[one + 1])
        mine = mine[rng.random(len(mine)) < agrees[mine]]
        for some in (mine[~pool.comparison[mine]], mine[pool.comparison[mine]]):
            taken = rng.permutation(some)[:per_town] if len(some) > per_town else some
            who.append(taken)
            town.append(np.full(len(taken), place))
    chosen = np.concatenate(who) if who else np.zeros(0, np.int64)
    of = np.concatenate(town) if town else np.zeros(0, np.int64)
    k, shape = len(chosen), (len(pool.times), len(pool.measures), len(chosen))
    arm = _by_lot(said, pool, of, towns, k, rng)
    return Sample(
        chosen, of, arm, rng.random(k) < said.allocation.contamination, rng.random((len(pool.times), k)),
        rng.standard_normal(shape), rng.standard_normal(shape),
    )  # fmt: skip


def _by_lot(
    said: StudyFile, pool: Pool, town: np.ndarray, towns: int, people: int, rng: np.random.Generator
) -> np.ndarray:
    """int64[people]: the arm of each, in shares as near to those planned as whole people or towns allow."""
    how = said.allocation
    if len(pool.arms) == 1:
        return np.zeros(people, np.int64)
    if towns_by_lot(said):
        arms = len(pool.arms)
        planned = np.arange(towns) % arms if arms > 2 else (np.arange(towns) >= round(how.to_group * towns)).astype(int)
        return np.asarray(rng.permutation(planned)[town], np.int64)
    return np.asarray(rng.permutation((np.arange(people) >= round(how.to_group * people)).astype(np.int64)))


def chance(pool: Pool, rate: float, depends: Depends | None, values: np.ndarray) -> np.ndarray:
    """float64[k]: a chance that may depend on how somebody is.

    Args:
        pool: for the spread between people.
        rate: the chance of somebody who is as people are on average.
        depends: on what, and how much.
        values: float64[measures, k], true values.
    """
    k = values.shape[-1]
    if depends is None or depends.measure not in pool.measures or not ALMOST < rate < 1 - ALMOST:
        return np.full(k, rate)
    m = pool.measures.index(depends.measure)
    middle = np.nanmean(pool.value[0, BASELINE, m])
    z = np.nan_to_num((values[m] - middle) / (pool.spread[m] or 1.0))
    found: np.ndarray = expit(logit(rate) + depends.log_odds_per_sd * z)
    return found


def observe(
    said: StudyFile, pool: Pool, sample: Sample, troubles: frozenset[str] = ALL_TROUBLES
) -> tuple[np.ndarray, np.ndarray]:
    """What is answered, with some of the troubles that a study has.

    Args:
        said: the study.
        pool: everybody.
        sample: who takes part.
        troubles: of ALL_TROUBLES, those that it has.

    Returns:
        Answers, float64[times, measures, k], NaN where nobody answers; and of whom it is said: bool[times, k], has the
        group by the plan, at that time.
    """
    arm, who = sample.arm, sample.who
    spilled = sample.spills & (arm > 0) & (len(pool.arms) == 2)
    lived = np.where(spilled, 0, arm) if "contamination" in troubles else arm
    true = pool.value[lived, :, :, who].transpose(1, 2, 0)
    there, member, came = (one[lived, :, who].T for one in (pool.there, pool.member, pool.came))
    answers = true.copy()
    if "measurement" in troubles:
        answers = _measured(said, pool, sample, answers)
    if "telling" in troubles:
        answers = _told(said, pool, answers, came)
    answers = np.where(there[:, None], answers, np.nan)
    if "attrition" in troubles:
        kept = np.ones(len(who), bool)
        for t in range(1, len(pool.times)):
            kept &= sample.lost[t] >= chance(pool, said.drop_out.rate, said.drop_out.depends, true[t])
            answers[t, :, ~kept] = np.nan
            if said.drop_out.only_members:
                answers[t, :, ~member[t] & ~pool.comparison[who]] = np.nan
    return answers, has_group(pool, sample)


def has_group(pool: Pool, sample: Sample) -> np.ndarray:
    """bool[times, k]: whether the group is open to the person by the plan at that time."""
    delays = np.array([one.delay for one in pool.arms])[sample.arm]
    first = (sample.arm == 0) | (len(pool.arms) > 2)
    if len(pool.arms) == 1:
        first = ~pool.comparison[sample.who]
    started = np.array(pool.times)[:, None] > delays
    return started & first


def _measured(said: StudyFile, pool: Pool, sample: Sample, true: np.ndarray) -> np.ndarray:
    """Answers with errors of instruments: of memory, of unreliability, of scales that end."""
    answers = true.copy()
    for m, name in enumerate(pool.measures):
        asked = said.instruments[name]
        if is_event(name) and asked.recalled < 1:
            per_event = MEASURES[name].per / (7.0 * asked.recall_weeks)
            happened = np.maximum(true[:, m] / per_event, 0.0)
            # Each is remembered or not: a binomial share, by its normal approximation so that the same slips serve.
            kept = happened * asked.recalled + sample.memory[:, m] * np.sqrt(
                happened * asked.recalled * (1 - asked.recalled)
            )
            answers[:, m] = np.clip(kept, 0.0, None) * per_event
        if asked.reliability < 1:
            error = pool.spread[m] * np.sqrt((1 - asked.reliability) / asked.reliability)
            answers[:, m] += error * sample.slip[:, m]
        if asked.floor is not None or asked.ceiling is not None:
            answers[:, m] = np.clip(answers[:, m], asked.floor, asked.ceiling)
    return answers


def _told(said: StudyFile, pool: Pool, answers: np.ndarray, came: np.ndarray) -> np.ndarray:
    """Answers told kindly by those who have come, and of a time before that is remembered as worse."""
    better = np.array([MEASURES[name].better for name in pool.measures])
    told = answers.copy()
    happens = np.array([is_event(name) for name in pool.measures])
    kindly = (better * pool.spread * ~happens)[:, None] * said.telling.kindly
    told[1:] = np.where(came[1:, None], told[1:] * (1.0 - said.telling.left_out * happens[:, None]) + kindly, told[1:])
    told[BASELINE] -= (better * pool.spread * ~happens)[:, None] * said.telling.before_worse
    return told


def is_event(measure: str) -> bool:
    """Whether a measure counts what happened, such as episodes: of those some are forgotten or left out."""
    one = MEASURES[measure]
    return one.counted and one.top != "distress_total"
