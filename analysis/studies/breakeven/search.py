"""Break-even: how strong must social influence on urges be for a group to do neither good nor harm to episodes?

The strength of social influence (``episodes.social_influence``, kappa) is the relative rise of somebody's rate of
episodes in the days after hearing of another's. The break-even is the kappa at which the paired difference in episodes
is zero. It is found by a root search (Brent's method, ``scipy.optimize.brentq``) on lives: every step lives all towns
again, with the same people and luck, so that the difference rises with kappa and crosses zero once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from scipy.interpolate import PchipInterpolator
from scipy.optimize import brentq

from analysis.compare.arms import Arm
from analysis.compare.estimate import RESAMPLES, drawn_runs, ends_of
from analysis.compare.outcomes import OUTCOME, SHORTEST_AFTER, WINDOW, before_row, members_of
from analysis.compare.panel import EVERY, Panel, live_panel
from sim.ensemble import in_order
from sim.parameters import PARAMETERS

KAPPA, STRENGTH = "episodes.social_influence", "meeting.strength"
LOWEST, HIGHEST = PARAMETERS[KAPPA].low, PARAMETERS[KAPPA].high
STRENGTHS = (0.0, 0.02, 0.04, 0.06, 0.08, 0.10, 0.12)
NODES = (LOWEST, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, HIGHEST)  # lived at every strength; the search adds its own steps
CLOSE_ENOUGH = 0.01  # of kappa
HALVINGS = 50
BESIDE = ("coping", "distress", "isolation")  # a count of episodes never stands alone
READINGS = {
    "mean": "episodes a year, mean over people: as many with the group as without",
    "balance": "as many people with fewer episodes than their twin as with more",
}
WORSE, NEVER, ROOT = "worse at any strength", f"no break-even up to {HIGHEST:g}", "break-even"


@dataclass(frozen=True)
class Point:
    """The break-even at one strength of the group, by one reading.

    Attributes:
        arm, strength, reading: which.
        kappa: the root; 0 if the group is worse even without social influence, infinity if it is no worse at HIGHEST.
        low, high: ends of the 95 % interval, which may be 0 and infinity too.
        word: ROOT, WORSE or NEVER.
        runs, people: how many it rests on.
        without_influence: the reading at kappa 0: paired difference a year, or balance of people.
    """

    arm: str
    strength: float
    reading: str
    kappa: float
    low: float
    high: float
    word: str
    runs: int
    people: int
    without_influence: float


@dataclass
class Towns:
    """The same towns lived at one strength of the group, at as many kappas as are asked for.

    The people are those who had ever come by the end, with the scenario's own kappa; the same at every kappa.

    Attributes:
        arm: with this strength and the scenario's own kappa.
        seeds: of the runs.
        twins: the towns without a group; they do not depend on kappa or on strength.
        live: called with (values, seeds), lives them and gives panels in order.
        lived: by kappa, float64[runs, 4 + BESIDE]: people, sum of differences in episodes, people with more and with
            fewer episodes, sums of differences in each of BESIDE.
    """

    arm: Arm
    seeds: Sequence[int]
    twins: Sequence[Panel]
    live: Callable[[dict, Sequence[int]], Sequence[Panel]]
    lived: dict[float, np.ndarray] = field(default_factory=dict)
    people: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Live the scenario's own kappa, which says who is counted and since when."""
        row = self.arm.values["run.weeks"] // EVERY
        panels = self.live(self.arm.values, self.seeds)
        for panel, twin in zip(panels, self.twins, strict=True):
            since = np.maximum(before_row(panel), row - WINDOW)
            self.people.append((members_of("joined", panel, row), since, _measured(twin, row, since)))
        self._keep(float(self.arm.values[KAPPA]), panels)

    def at(self, kappa: float) -> np.ndarray:
        """Sums of every run at a kappa, as in ``lived``, lived once."""
        if kappa not in self.lived:
            self._keep(kappa, self.live({**self.arm.values, KAPPA: kappa}, self.seeds))
        return self.lived[kappa]

    def _keep(self, kappa: float, panels: Sequence[Panel]) -> None:
        row = self.arm.values["run.weeks"] // EVERY
        sums = np.zeros((len(panels), 4 + len(BESIDE)))
        for k, (panel, (joined, since, without)) in enumerate(zip(panels, self.people, strict=True)):
            differences = (_measured(panel, row, since) - without)[:, joined]
            known = differences[:, ~np.isnan(differences[0])]
            episodes = known[0]
            sums[k, :4] = len(episodes), episodes.sum(), (episodes > 0).sum(), (episodes < 0).sum()
            sums[k, 4:] = known[1:].sum(axis=1)
        self.lived[kappa] = sums

    def value(self, kappa: float, reading: str) -> float:
        """The reading at a kappa, all runs together: positive is more episodes with the group."""
        return float(read(self.at(kappa).sum(axis=0), reading))


def read(sums: np.ndarray, reading: str) -> np.ndarray:
    """A reading from sums [..., 4 or more]: the mean difference, or the share with more less the share with fewer."""
    people, difference, more, fewer = np.moveaxis(sums[..., :4], -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        result: np.ndarray = (difference if reading == "mean" else more - fewer) / people
    return result


def _measured(panel: Panel, row: int, since: np.ndarray) -> np.ndarray:
    """float64[1 + BESIDE, n]: everybody's episodes a year, and what stands beside."""
    return np.stack([OUTCOME[name].at(panel, row, since, SHORTEST_AFTER) for name in ("episodes", *BESIDE)])


def slim(panel: Panel) -> Panel:
    """A panel with only what is needed here, so that hundreds fit into memory."""
    names = ("episodes", "days_lived", "distress_total", "isolation", "coping", "resident", "first_joined_week")
    return replace(panel, people={"status": panel.people["status"][:, :0], **{n: panel.people[n] for n in names}})


def live_slim(
    values: dict, seeds: Sequence[int], threads: int | None = None, tick: Callable[[], None] | None = None
) -> list[Panel]:
    """The same parameters lived with several seeds; ``tick`` is called after each life."""

    def one(seed: int) -> Panel:
        return slim(live_panel({**values, "run.seed": seed}))

    panels = []
    for panel in in_order(one, seeds, threads=threads):
        panels.append(panel)
        if tick is not None:
            tick()
    return panels


def break_even(towns: Towns, reading: str) -> Point:
    """The kappa at which a reading is zero, with its interval.

    The root is searched for on lives, between the two neighbours in NODES that differ in sign. For the interval, runs
    are drawn anew; of each draw the reading is known at every kappa of NODES, and between them it is interpolated
    monotonically (``scipy.interpolate.PchipInterpolator``), so that no draw needs new lives.
    """
    values = {kappa: towns.value(kappa, reading) for kappa in NODES}
    if np.isnan(values[LOWEST]):
        kappa, word = float("nan"), "nobody came"
    elif values[LOWEST] >= 0:
        kappa, word = LOWEST, WORSE
    elif values[HIGHEST] < 0:
        kappa, word = float("inf"), NEVER
    else:
        above = next(k for k in NODES if values[k] >= 0)
        below = max(k for k in NODES if k < above)
        kappa = float(brentq(lambda k: towns.value(float(k), reading), below, above, xtol=CLOSE_ENOUGH))
        word = ROOT
    # Not the steps of the search: so close to each other, they differ by single episodes and would bend the curve.
    low, high = interval_of({k: towns.at(k) for k in NODES}, reading)
    people = int(towns.at(LOWEST)[:, 0].sum())
    return Point(
        towns.arm.name, float(towns.arm.values[STRENGTH]), reading, kappa, low, high, word, len(towns.seeds), people,
        values[LOWEST],
    )  # fmt: skip


def interval_of(lived: dict[float, np.ndarray], reading: str, resamples: int = RESAMPLES) -> tuple[float, float]:
    """95 % interval of the root (percentiles of draws), from what was lived at several kappas.

    Returns:
        Low and high; 0 and infinity where so many draws have their root below or above all that was lived.
    """
    kappas = np.array(sorted(lived))
    sums = np.stack([lived[kappa][:, :4] for kappa in kappas])  # [kappas, runs, 4]
    runs = sums.shape[1]
    times = drawn_runs(runs, resamples).astype(float)
    curves = read(np.einsum("br,krs->bks", times, sums), reading)
    curves = curves[~np.isnan(curves).any(axis=1)]
    if not len(curves):
        return float("nan"), float("nan")
    return ends_of(roots_between(kappas, curves))


def roots_between(kappas: np.ndarray, curves: np.ndarray) -> np.ndarray:
    """Where each curve through some points first reaches zero, monotonically interpolated: float64[curves].

    Args:
        kappas: float64[k], rising.
        curves: float64[curves, k].

    Returns:
        The lowest kappa for a curve that begins at or above zero; infinity for one that stays below.
    """
    above = curves >= 0
    first = np.argmax(above, axis=1)
    place = np.maximum(first - 1, 0)
    cubic = PchipInterpolator(kappas, curves, axis=1).c[:, place, np.arange(len(curves))]
    low, high = np.zeros(len(curves)), np.diff(kappas)[place]
    for _ in range(HALVINGS):  # between two points such a curve rises or falls throughout, so it crosses zero once
        middle = (low + high) / 2
        below = np.polyval(cubic, middle) < 0
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    roots = np.where(above[:, 0], kappas[0], kappas[place] + high)
    found: np.ndarray = np.where(above.any(axis=1), roots, np.inf)
    return found


class Evaluation(NamedTuple):
    """What was found at one kappa: people, mean difference in episodes a year, shares of people, and beside them."""

    arm: str
    strength: float
    kappa: float
    people: int
    difference: float
    more: float
    fewer: float
    coping: float
    distress: float
    isolation: float


@dataclass(frozen=True)
class Curves:
    """Everything that ``breakeven`` found.

    Attributes:
        points: by arm, strength, reading.
        lived: every evaluation.
        lives: how many were lived.
    """

    points: list[Point]
    lived: list[Evaluation]
    lives: int


def break_even_curves(
    arms: Sequence[Arm], strengths: Sequence[float], seeds: Sequence[int], *, threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Curves:  # fmt: skip
    """The break-even of every arm at every strength of the group, by every reading.

    Args:
        arms: with a group; looked at when their run ends.
        strengths: of ``meeting.strength``; each arm's own is added.
        seeds: one for each run, the same everywhere.
        threads: as for ``sim.ensemble.in_order``.
        progress: called with (lives lived, an estimate of lives in all).
    """
    done = 0
    wanted = [sorted({*strengths, float(arm.values[STRENGTH])}) for arm in arms]
    searching = 7  # steps of two searches, about
    total = sum(1 + len(some) * (len(NODES) + 1 + searching) for some in wanted) * len(seeds)

    def tick() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, max(total, done))

    def live(values: dict, some: Sequence[int]) -> list[Panel]:
        return live_slim(values, some, threads, tick)

    points, lived = [], []
    twins: dict[str, list[Panel]] = {}
    for arm, some in zip(arms, wanted, strict=True):
        digest = arm.with_values("", "", {KAPPA: 0.0}).twin.life_digest
        if digest not in twins:
            twins[digest] = live(arm.twin.values, seeds)
        for strength in some:
            towns = Towns(arm.with_values(arm.name, arm.title, {STRENGTH: strength}), seeds, twins[digest], live)
            points += [break_even(towns, reading) for reading in READINGS]
            for kappa in sorted(towns.lived):
                people, *sums = towns.lived[kappa].sum(axis=0)
                means = (float(one / people) if people else float("nan") for one in sums)
                lived.append(Evaluation(arm.name, strength, kappa, int(people), *means))
    return Curves(points, lived, done)
