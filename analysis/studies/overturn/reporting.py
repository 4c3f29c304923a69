"""Optimistic reporting: how warmly would people have to speak of a group that does nothing?

Asked to look back, people may report more improvement than there was, the more so the closer they are to the others in
the group. The model of it is one line (the same as in ``analysis.studies.interviews``):

    reported improvement = true improvement + optimism * mean tie to the other regulars

Regulars are asked in two worlds: with everything that the group does, and with every effect off (people still meet,
ring each other and grow close, but nothing comes of it). There, whatever is truly better since they came is selection
and the course of life.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.compare.arms import Arm
from analysis.compare.broken import named_if_it_breaks_off
from analysis.compare.estimate import drawn_runs, ends_of
from analysis.studies.interviews.lookback import look_back, regulars_of, ties_to
from analysis.studies.interviews.statements import ASSUMPTIONS, Assumption
from analysis.studies.interviews.worlds import live_group, live_twin
from analysis.studies.overturn.mechanisms import OFF, Off, nothing_comes_of_it
from sim.ensemble import in_order
from sim.life import Life

ASSUMED: dict[str, Assumption] = {a.name: a for a in ASSUMPTIONS if a.name in ("noticing", "lessened", "optimism")}
WORLDS: dict[str, Callable[[Arm, Off], Arm]] = {"everything": lambda arm, off: arm, "nothing": nothing_comes_of_it}
MOST = 0.5  # "most" is more than half
CURVE = np.round(np.arange(0.0, 1.0001, 0.02), 2)  # of optimism


@dataclass(frozen=True)
class Reported:
    """What most regulars would have to report.

    Attributes:
        name, words: for columns, and what is said.
        outcome, sign: which state, and whether a rise (1) or a fall (-1) is improvement.
        needs: the assumption that says how large a change must be to be told.
        relative: the change counts as a share of what was before.
    """

    name: str
    words: str
    outcome: str
    sign: int
    needs: str = "noticing"
    relative: bool = False


STATEMENTS = (
    Reported("less_alone", "less alone with it", "isolation", -1),
    Reported("less_ashamed", "less ashamed", "stigma", -1),
    Reported("understands", "understands more", "understanding", 1),
    Reported("copes", "copes better", "coping", 1),
    Reported("less_distressed", "less distressed", "distress", -1),
    Reported("fewer_episodes", "fewer episodes", "episodes", -1, "lessened", relative=True),
)


@dataclass(frozen=True)
class Asked:
    """Regulars of one world, all runs together.

    Attributes:
        run: int64[k], number of the run.
        tie: float64[k], mean tie to the other regulars.
        improvement: float64[k] by statement, true, and counted toward what is better; NaN where there is no before.
    """

    run: np.ndarray
    tie: np.ndarray
    improvement: dict[str, np.ndarray]


def ask(
    arm: Arm, seeds: Iterable[int], *, off: Off = OFF, threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Asked]:  # fmt: skip
    """Ask all regulars at the end of each run, in both of WORLDS; the lead-in must be a multiple of four weeks."""
    wanted = list(seeds)

    def one(seed: int) -> dict[str, dict[str, np.ndarray]]:
        with named_if_it_breaks_off(arm, seed):
            twin = live_twin(arm, seed)
            return {name: _regulars(live_group(made(arm, off), seed), twin) for name, made in WORLDS.items()}

    parts: dict[str, list[dict[str, np.ndarray]]] = {name: [] for name in WORLDS}
    lives = len(WORLDS) + 1
    for k, part in enumerate(in_order(one, wanted, threads=threads)):
        for name, columns in part.items():
            parts[name].append(columns)
        if progress is not None:
            progress((k + 1) * lives, len(wanted) * lives)
    return {name: _together(columns) for name, columns in parts.items()}


def _regulars(life: Life, twin: Life) -> dict[str, np.ndarray]:
    who = regulars_of(life)
    return {**look_back(life, twin, who), "mean_tie": ties_to(life, who, who)[1]}


def _together(parts: list[dict[str, np.ndarray]]) -> Asked:
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    run = np.repeat(np.arange(len(parts)), [len(part["id"]) for part in parts])
    return Asked(run, columns["mean_tie"], {s.name: _improvement(s, columns) for s in STATEMENTS})


def _improvement(statement: Reported, columns: dict[str, np.ndarray]) -> np.ndarray:
    """float64[k]: how much better it truly is since before coming; of episodes, as a share of those before."""
    before = columns[f"{statement.outcome}_before"]
    better = statement.sign * (columns[f"{statement.outcome}_now"] - before)
    if not statement.relative:
        return better
    return np.divide(better, before, out=np.full(len(before), np.nan), where=before > 0)


def optimism_needed(improvement: np.ndarray, tie: np.ndarray, noticing: float) -> np.ndarray:
    """The least optimism with which each one reports an improvement: float64[k].

    Minus infinity for whom truly has it without any tie to be warm about, infinity for whom nothing can make say it.
    """
    short = noticing - improvement
    needed = np.where(short <= 0, -np.inf, np.inf)
    return np.divide(short, tie, out=needed, where=tie > 0)


@dataclass(frozen=True)
class Needed:
    """What optimism must be for most regulars to report something.

    Attributes:
        statement, world: which, and ``everything`` or ``nothing`` at work.
        people: how many were asked and have a before.
        truly: share who would report it without any optimism, [value, low, high].
        needed: [value, low, high]: the optimism with which most would; 0 if most do without, infinity if none does it.
        shares: float64[CURVE], how many would report it, by optimism.
    """

    statement: Reported
    world: str
    people: int
    truly: np.ndarray
    needed: np.ndarray
    shares: np.ndarray


def needed_for_most(asked: dict[str, Asked], runs: int, noticing: dict[str, float] | None = None) -> list[Needed]:
    """For each statement and world, the optimism with which most regulars would report it.

    The share who report something grows with optimism person by person, so the optimism needed for most is the median
    of what each one needs: exact, not searched for. Intervals from drawing runs anew.

    Args:
        asked: from ``ask``.
        runs: how many were lived, also those without a regular.
        noticing: how large a change must be to be told, by name of the assumption; the defaults if None.
    """
    sizes = noticing or {name: a.default for name, a in ASSUMED.items()}
    drawn = drawn_runs(runs)
    out = []
    for world, people in asked.items():
        for statement in STATEMENTS:
            improvement = people.improvement[statement.name]
            known = ~np.isnan(improvement)
            each = optimism_needed(improvement[known], people.tie[known], sizes[statement.needs])
            times = drawn[:, people.run[known]].astype(float)
            truly = _interval(_share(each <= 0), (times @ (each <= 0)) / _counts(times))
            median = _interval(_most(each[None], np.ones((1, len(each))))[0], _most(each[None], times))
            shares = np.array([_share(each <= optimism) for optimism in CURVE])
            out.append(Needed(statement, world, int(known.sum()), truly, np.maximum(median, 0.0), shares))
    return out


def _share(said: np.ndarray) -> float:
    return float(said.mean()) if len(said) else float("nan")


def _counts(times: np.ndarray) -> np.ndarray:
    count: np.ndarray = times.sum(axis=1)
    return np.where(count > 0, count, np.nan)


def _most(each: np.ndarray, times: np.ndarray) -> np.ndarray:
    """The least value that more than MOST of the people do not need to exceed, by row of ``times``."""
    order = np.argsort(each[0], kind="stable")
    if not len(order):
        return np.full(len(times), np.nan)
    so_far = np.cumsum(times[:, order], axis=1)
    place = np.argmax(so_far > MOST * so_far[:, -1:], axis=1)
    return np.where(so_far[:, -1] > 0, each[0][order][place], np.nan)


def _interval(value: float, drawn: np.ndarray) -> np.ndarray:
    """[value, low, high]."""
    return np.array([value, *(ends_of(drawn) if not np.isnan(value) else (np.nan, np.nan))])


def by_default(needed: Sequence[tuple[str, dict[str, float], Needed]]) -> list[Needed]:
    """The optimism needed with the default assumptions about what is told."""
    return [one for name, _, one in needed if name == "default"]
