"""A diary kept for some weeks: weeks with a contact between meetings against weeks without, of the same person.

Entries are made daily and added up by week. What such a study reports is an association: people call when days are
hard. Their twins live the same weeks without any contact, and say what the weeks would have been like.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from analysis.studies.study.analyse import Result, carry_over, change
from analysis.studies.study.measures import MEASURES
from analysis.studies.study.pool import candidates
from analysis.studies.study.repeat import SEED, Repeated, mean_known
from analysis.studies.study.schema import StudyFile
from analysis.studies.study.towns import GROUP, NOTHING, Town

STEPS = ("measurement", "attrition", "which weeks", "selection")
OF_WEEKS = ("measurement", "attrition", "selection")  # of a carry-over, in which every week counts alike
BETWEEN_MEETINGS = ("calls_answered", "line_answered", "texts")


def repeat_diary(
    said: StudyFile, towns: Sequence[Town], repetitions: int, *, first: int = 0, size: tuple[int, int] | None = None,
    progress: Callable[[], None] | None = None,
) -> Repeated:  # fmt: skip
    """Keep the diaries many times; arguments as for ``repeat.repeat``."""
    assert said.diary is not None
    many, each = size or (said.people.towns, said.people.per_town)
    measures = tuple(said.instruments)
    weeks = said.diary.weeks
    entries = [_entries(said, town) for town in towns]
    used = np.array([k for k, one in enumerate(entries) if one[2].shape[-1]], np.int64)
    spread = _spread(entries, len(measures))
    shape = (repetitions, 1, len(measures))
    published, same = np.full((*shape, 4), np.nan), np.full(shape, np.nan)
    steps = OF_WEEKS if said.analysis.by == "carry-over" else STEPS
    rungs = np.full((repetitions, len(steps) + 1), np.nan)
    people, asked = np.zeros(repetitions, np.int64), np.zeros(repetitions, np.int64)
    primary = (0, measures.index(said.analysis.outcome))
    everybody = [np.concatenate(part, axis=-1) for part in zip(*entries, strict=True)] if entries else None
    about = np.full((1, len(measures)), np.nan)
    if everybody is not None and everybody[2].shape[-1]:
        about[0] = _true(said, *everybody)
    for r in range(repetitions):
        rng = np.random.default_rng([SEED, first + r])
        parts = []
        for one in rng.choice(used, size=many) if len(used) else ():
            n = entries[one][2].shape[-1]
            taken = rng.permutation(np.flatnonzero(rng.random(n) < said.people.consent))[:each]
            parts.append(tuple(block[..., taken] for block in entries[one]))
        if not parts:
            continue
        life, twin, contact = (np.concatenate(block, axis=-1) for block in zip(*parts, strict=True))
        filled = rng.random(contact.shape) < said.diary.filled_in
        slip = rng.standard_normal(life.shape)
        told = _told(said, measures, life, slip, spread)
        for m in range(len(measures)):
            published[r, 0, m] = _published(said, told[m], contact, filled)
        effect = _true(said, life, twin, contact)
        same[r, 0] = effect
        m = primary[1]
        whole = effect[m] if said.analysis.about == "taking part" else about[0, m]
        every = np.ones_like(filled)
        without = [
            _published(said, some[m], contact, kept) for some, kept in ((told, filled), (life, filled), (life, every))
        ]
        own = () if steps is OF_WEEKS else (effect[m],)  # of a carry-over it is what is left without the other two
        rungs[r] = [*(one.estimate for one in without), *own, whole]
        people[r], asked[r] = contact.shape[-1], filled.sum()
        if progress is not None:
            progress()
    return Repeated((weeks,), measures, published, same, about, rungs, people, asked, asked, spread, primary, steps)


def _published(said: StudyFile, weeks: np.ndarray, contact: np.ndarray, filled: np.ndarray) -> Result:
    """What is made of one measure's weeks, [weeks, n]."""
    if said.analysis.by == "carry-over":
        return carry_over(np.where(filled, weeks, np.nan))
    apart = _apart(weeks[None], contact, filled)[0]
    return change(apart, np.zeros(len(apart)))


def _true(said: StudyFile, life: np.ndarray, twin: np.ndarray, contact: np.ndarray) -> np.ndarray:
    """float64[measures]: what is true of each; of a carry-over, without error of instruments."""
    if said.analysis.by == "carry-over":
        return np.array([carry_over(weeks).estimate for weeks in life])
    return mean_known(_apart(life - twin, contact))


def _entries(said: StudyFile, town: Town) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of a town: float64[measures, weeks, n] with the group, the same without, and bool[weeks, n], any contact."""
    assert said.diary is not None
    rows, starts = candidates(said, town, said.people.who)
    weeks = range(1, said.diary.weeks + 1)
    life, twin = (
        np.stack([np.stack([town.value(name, world, starts + week, rows, 1) for week in weeks]) for name in
                  said.instruments])
        for world in (GROUP, NOTHING)
    )  # fmt: skip
    contacts = sum(town.worlds[GROUP].seen[name].astype(float) for name in BETWEEN_MEETINGS)
    assert isinstance(contacts, np.ndarray)
    contact = np.stack([contacts[town.look(starts + week), rows] > contacts[town.look(starts + week - 1), rows]
                        for week in weeks])  # fmt: skip
    return life, twin, contact


def _spread(entries: Sequence[tuple[np.ndarray, ...]], measures: int) -> np.ndarray:
    """float64[measures]: standard deviation between people of a week's entries."""
    first = np.concatenate([one[1][:, 0] for one in entries], axis=-1) if entries else np.zeros((measures, 0))
    if first.shape[-1] < 2:
        return np.zeros(measures)
    return np.asarray(np.nanstd(first, axis=-1, ddof=1))


def _told(
    said: StudyFile, measures: Sequence[str], life: np.ndarray, slip: np.ndarray, spread: np.ndarray
) -> np.ndarray:
    """Entries with errors of instruments; what is written down daily is not forgotten."""
    told = life.copy()
    for m, name in enumerate(measures):
        asked = said.instruments[name]
        if asked.reliability < 1:
            told[m] += spread[m] * np.sqrt((1 - asked.reliability) / asked.reliability) * slip[m]
        if asked.floor is not None or asked.ceiling is not None:
            told[m] = np.clip(told[m], asked.floor, asked.ceiling)
        assert MEASURES[name]
    return told


def _apart(values: np.ndarray, contact: np.ndarray, filled: np.ndarray | None = None) -> np.ndarray:
    """float64[measures, n]: mean of each person's weeks with a contact minus those without; NaN without either."""
    counts = np.ones(contact.shape, bool) if filled is None else filled
    known = ~np.isnan(values)
    means = []
    for which in (contact & counts, ~contact & counts):
        weight = (which & known).sum(axis=1)
        total = np.where(which & known, values, 0.0).sum(axis=1)
        means.append(np.divide(total, weight, out=np.full(total.shape, np.nan), where=weight > 0))
    apart: np.ndarray = means[0] - means[1]
    return apart
