"""A register of groups seen in one year: it lists groups that are open, so that those that last are seen oftener.

Groups began at any time; each is listed if it is open as the year begins, and watched until the year ends. Taken as if
all groups had been watched from their beginning, such a list makes groups live longer than they do (length bias).
Statsmodels' Kaplan and Meier curve allows for that if it is told from which age on each group was watched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from scipy import stats

from analysis.compare.arms import Arm
from analysis.compare.broken import live_each
from analysis.compare.estimate import LEVEL
from analysis.studies.patterns.looks import GroupLife, live_group
from analysis.studies.study.analyse import NONE, Result, statsmodels
from analysis.studies.study.repeat import SEED, Repeated
from analysis.studies.study.schema import StudyFile
from sim.relations import WEEKS_IN_YEAR

STEPS = ("length bias", "comparison")
ENDED = "ended"
FEWEST = 3  # groups, for a curve


def live_groups(
    arm: Arm, seeds: Iterable[int], *, threads: int | None = None, progress: Callable[[], None] | None = None
) -> list[GroupLife]:
    """The lives of groups. Stopped with Ctrl-C, or when one breaks off, those that were lived by then, if any were."""
    return live_each(arm, seeds, lambda seed: live_group(arm, seed), threads=threads, progress=progress)


def repeat_register(
    said: StudyFile, lives: Sequence[GroupLife], repetitions: int, *, first: int = 0,
    size: tuple[int, int] | None = None, progress: Callable[[], None] | None = None,
) -> Repeated:  # fmt: skip
    """Make the register many times; arguments as for ``repeat.repeat``, but with the lives of groups."""
    statsmodels()
    lived = _lived(lives)
    groups = (size or (said.people.towns, 0))[0]
    by = round(said.analysis.years * WEEKS_IN_YEAR)
    youngest, oldest = said.people.weeks
    true = ended_share(said, lives)
    published = np.full((repetitions, 1, 1, 4), np.nan)
    same, rungs = np.full((repetitions, 1, 1), np.nan), np.full((repetitions, len(STEPS) + 1), np.nan)
    listed = np.zeros(repetitions, np.int64)
    # Groups that have begun, and are listed only if they are open: an open one is listed, whatever its age.
    for r in range(repetitions):
        rng = np.random.default_rng([SEED, first + r])
        weeks, age = np.zeros(0, np.int64), np.zeros(0, np.int64)
        begun: list[np.ndarray] = []
        for _ in range(1000):
            if len(weeks) >= groups or not (lived > youngest).any():
                break
            some = rng.choice(lived, size=groups)
            then = rng.integers(youngest, oldest + 1, size=groups)
            begun.append(some)
            weeks, age = np.append(weeks, some[some > then]), np.append(age, then[some > then])
        weeks, age = weeks[:groups], age[:groups]
        end = np.minimum(weeks, age + WEEKS_IN_YEAR)
        ended = weeks <= age + WEEKS_IN_YEAR
        naive, allowed = ended_by(end, ended, None, by), ended_by(end, ended, age, by)
        published[r, 0, 0] = allowed if said.analysis.corrected else naive
        same[r] = true
        rungs[r] = [published[r, 0, 0, 0], allowed.estimate, true]
        listed[r] = len(weeks)
        if progress is not None:
            progress()
    asked = np.zeros(repetitions, np.int64)
    return Repeated((by,), (ENDED,), published, same, np.full((1, 1), true), rungs, listed, listed, asked,
                    np.ones(1), (0, 0), STEPS)  # fmt: skip


def _lived(lives: Sequence[GroupLife]) -> np.ndarray:
    """Weeks that each lived; a group that is still open has lived for longer than the run."""
    return np.array([life.weeks + (not life.ended) for life in lives], np.int64)


def ended_share(said: StudyFile, lives: Sequence[GroupLife]) -> float:
    """Share of all groups that ended by the age that a register is asked about."""
    return float((_lived(lives) <= round(said.analysis.years * WEEKS_IN_YEAR)).mean()) if len(lives) else float("nan")


def ended_by(weeks: np.ndarray, ended: np.ndarray, entry: np.ndarray | None, by: int) -> Result:
    """Share of groups that have ended by an age, by Kaplan and Meier, with Greenwood's interval.

    Args:
        weeks: at which each ended, or was last seen.
        ended: which of them ended.
        entry: from which age on each was watched; None as if from the beginning.
        by: age in weeks.
    """
    if len(weeks) < FEWEST:
        return NONE
    seen = weeks > 0 if entry is None else weeks > entry
    curve = statsmodels().duration.SurvfuncRight(
        weeks[seen], ended[seen].astype(int), entry=None if entry is None else entry[seen]
    )
    until = curve.surv_times <= by
    if not until.any():
        return Result(0.0, 0.0, 0.0, float("nan"))
    share = 1.0 - float(curve.surv_prob[until][-1])
    error = float(curve.surv_prob_se[until][-1])
    half = float(stats.norm.ppf((1 + LEVEL) / 2)) * error
    return Result(share, max(share - half, 0.0), min(share + half, 1.0), float("nan"))
