"""Measure the figures of outside evidence in the model, each by its virtual study.

Studies that live the same towns share them: the same scenario, account and changes, looked at equally often. So a few
towns, each lived with the group and without, serve every figure. A study draws its people from those towns again and
again, so that a figure has no more luck in it than that of the towns.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from analysis.compare.arms import Arm
from analysis.evidence.table import IN_SD, STUDIES, Evidence
from analysis.studies.patterns.looks import GroupLife, live_group
from analysis.studies.study.consistent import towns_by_lot
from analysis.studies.study.diary import repeat_diary
from analysis.studies.study.draw import draw, observe
from analysis.studies.study.groups import LOOK_BACK, expected, true_of
from analysis.studies.study.pool import BASELINE, Pool, pool_of
from analysis.studies.study.register import ended_share, repeat_register
from analysis.studies.study.repeat import SEED, Repeated, mean_known, primary_of, repeat
from analysis.studies.study.schema import EVERY, StudyFile
from analysis.studies.study.studyfile import read_study
from analysis.studies.study.towns import Town, live_town
from sim.scenario import Scenario

REPETITIONS = 6  # of a study on the same towns
ALIKE = 1e-9  # a standard deviation that is no more than rounding

# Files under analysis/ that decide what a figure comes to, beside the model itself.
MAKES_FIGURES = ("compare/arms.py", "evidence/measure.py", "studies/interviews/worlds.py",
                 "studies/patterns/groups.py", "studies/patterns/looks.py")  # fmt: skip
STUDY_FILES = ("analyse", "consistent", "diary", "draw", "groups", "measures", "pool", "register", "repeat", "towns")


@cache
def code_of_measures() -> str:
    """SHA-256 over the code that lives towns and does studies in them."""
    here = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for name in (*MAKES_FIGURES, *(f"studies/study/{name}.py" for name in STUDY_FILES)):
        digest.update((here / name).read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True)
class Measured:
    """A figure and the study that measures it."""

    evidence: Evidence
    said: StudyFile
    arm: Arm


class Laboratory:
    """Lives towns with some settings and measures every figure in them.

    Args:
        evidence: the figures, each with a study.
        account: of how a group works.

    Attributes:
        account: its name.
        figures: names, in order.
        identity: a digest of all that decides the figures, beside the settings and the seeds.
        values: every parameter as the towns have it before any settings.
    """

    def __init__(self, evidence: Sequence[Evidence], account: Scenario) -> None:
        self.account = account.name
        plans = {name: read_study(STUDIES / name, account=account) for name in dict.fromkeys(e.study for e in evidence)}
        self._parts = [Measured(one, plans[one.study].said, plans[one.study].arm) for one in evidence]
        self.figures = [one.figure for one in evidence]
        self.values: Mapping[str, Any] = self._parts[0].arm.values
        told = [[part.evidence.figure, part.evidence.scale, part.said.model_dump(by_alias=True), part.arm.values]
                for part in self._parts]  # fmt: skip
        self.identity = hashlib.sha256((code_of_measures() + json.dumps(told, default=str)).encode()).hexdigest()

    def measure(self, settings: Mapping[str, Any], seeds: Sequence[int]) -> np.ndarray:
        """float64[figures]: every figure in towns with these settings, NaN where a study could not say one.

        Args:
            settings: parameters by dotted name, in place of those that the scenario has.
            seeds: one for each town.
        """
        found = np.full(len(self._parts), np.nan)
        for world in self._worlds():
            arm = replace(world[0].arm, values={**world[0].arm.values, **settings})
            arm = replace(arm, values={**arm.values, "run.weeks": max(one.arm.values["run.weeks"] for one in world)})
            groups = [one for one in world if one.said.people.who == "groups"]
            people = [one for one in world if one.said.people.who != "groups" and one.said.diary is None]
            diaries = [one for one in world if one.said.diary is not None]
            lives = [live_group(arm, seed) for seed in seeds] if groups else []
            towns, daily = _towns(arm, people, seeds, EVERY), _towns(arm, diaries, seeds, 1)
            for one in world:
                found[self._parts.index(one)] = _figure(one, towns if one.said.diary is None else daily, lives)
        return found

    def _worlds(self) -> list[list[Measured]]:
        """The figures, those together that can be measured in the same towns."""
        worlds: dict[str, list[Measured]] = {}
        for one in self._parts:
            values = {name: value for name, value in one.arm.values.items() if name != "run.weeks"}
            worlds.setdefault(json.dumps(values, default=str, sort_keys=True), []).append(one)
        return list(worlds.values())


def _towns(arm: Arm, people: Sequence[Measured], seeds: Sequence[int], every: int) -> list[Town]:
    """Towns for the studies that ask people, for as long as these need, looked at every so many weeks."""
    if not people:
        return []
    weeks = max(one.arm.values["run.weeks"] for one in people)
    short = replace(arm, values={**arm.values, "run.weeks": weeks})
    measures = list(dict.fromkeys(name for one in people for name in one.said.instruments))
    return [live_town(short, None, seed, every, measures) for seed in seeds]


def _figure(one: Measured, towns: Sequence[Town], lives: Sequence[GroupLife]) -> float:
    """What a study would publish of its primary reading, on average over repetitions."""
    said = one.said
    if said.people.who == "groups":
        return _of_groups(said, lives)
    if said.diary is not None:
        return _mean(repeat_diary(said, towns, REPETITIONS))
    pool = pool_of(said, towns)
    if not len(pool.towns):
        return float("nan")
    if len(pool.arms) > 1 and said.analysis.by in ("difference", "ancova") and not towns_by_lot(said):
        return _trial(one, pool)
    size = (said.people.towns, said.people.per_town)  # given, so that the bias is not taken apart
    repeated = repeat(said, towns, REPETITIONS, size=size, pool=pool, primary_only=True)
    return _mean(repeated, repeated.spread if one.evidence.scale == IN_SD else None)


def _of_groups(said: StudyFile, lives: Sequence[GroupLife]) -> float:
    """The same of a study of groups; of a look back without the luck of which groups are asked."""
    if said.analysis.by == "survival":
        return ended_share(said, lives) if said.analysis.corrected else _mean(repeat_register(said, lives, REPETITIONS))
    return true_of(said, lives) if said.analysis.by in LOOK_BACK else expected(said, lives)


def _trial(one: Measured, pool: Pool) -> float:
    """What a trial by lot would publish, averaged over every lot that might have been drawn.

    Everybody is asked both as if she or he had the group and as if not, with the same slips, so that the luck of the
    lot, which a few towns leave large, is gone and the mean stays as it is. A standardised difference is over the
    standard deviation of answers at the beginning, error of the instrument and all, as a trial has it.
    """
    said = one.said
    t, m = 1 + primary_of(said, pool.times[1:])[0], list(pool.measures).index(said.analysis.outcome)
    found, before = [], []
    for r in range(REPETITIONS):
        sample = draw(said, pool, np.random.default_rng([SEED, r]), said.people.towns, said.people.per_town)
        means = []
        for arm in range(2):
            everybody = replace(sample, arm=np.full(len(sample.who), arm, np.int64))
            answers, _ = observe(said, pool, everybody)
            means.append(float(mean_known(answers[t, m])))
        found.append(means[0] - means[1])
        before.append(answers[BASELINE, m])
    if one.evidence.scale != IN_SD:
        return float(mean_known(np.array(found)))
    asked = np.concatenate(before)
    spread = float(np.nanstd(asked)) if np.isfinite(asked).any() else 0.0
    return standardised(float(mean_known(np.array(found))), spread)


def _mean(repeated: Repeated, spread: np.ndarray | None = None) -> float:
    """The mean of what is published of the primary reading, over a standard deviation if one is given."""
    t, m = repeated.primary
    published = float(mean_known(repeated.published[:, t, m, 0]))
    if spread is None:
        return published
    return standardised(published, float(spread[m]))


def standardised(value: float, spread: float) -> float:
    """A difference over a standard deviation between people; NaN where these are all alike, but for rounding."""
    return value / spread if spread > ALIKE else float("nan")
