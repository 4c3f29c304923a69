"""Break-even: how strong must social influence on urges be for a group to do neither good nor harm to episodes?

The strength of social influence (``episodes.social_influence``, kappa) is the relative rise of somebody's rate of
episodes in the days after hearing of another's. The break-even is the kappa at which the paired difference in episodes
is zero. It is found by a root search (Brent's method, ``scipy.optimize.brentq``) on lives: every step lives all towns
again, with the same people and luck, so that the difference rises with kappa and crosses zero once. It is found again
and again over another parameter, by default how much a call that is answered relieves (``contact.relief``): these two
numbers carry nearly all of what a group does to episodes, and neither has been measured.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from scipy.interpolate import PchipInterpolator
from scipy.optimize import brentq

from analysis.compare.arms import Arm
from analysis.compare.broken import named_if_it_breaks_off
from analysis.compare.estimate import RESAMPLES, drawn_runs, ends_of
from analysis.compare.outcomes import OUTCOME, SHORTEST_AFTER, WINDOW, before_row, members_of
from analysis.compare.panel import EVERY, Panel, live_panel
from sim.checks import check_value
from sim.ensemble import in_order
from sim.mistakes import nearest
from sim.parameters import PARAMETERS
from sim.problem import Problem

KAPPA, RELIEF = "episodes.social_influence", "contact.relief"
LOWEST, HIGHEST = PARAMETERS[KAPPA].low, PARAMETERS[KAPPA].high
MOST_VALUES = 8  # of the parameter that it is found over, unless others are asked for
NODES = (LOWEST, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, HIGHEST)  # lived at every value; the search adds its own steps
CLOSE_ENOUGH = 0.01  # of kappa
HALVINGS = 50
BESIDE = ("coping", "distress", "isolation")  # a count of episodes never stands alone
READINGS = {
    "mean": "episodes a year, mean over people: as many with the group as without",
    "balance": "as many people with fewer episodes than their twin as with more",
}
WORSE, NEVER, ROOT = "more episodes at any influence", f"no break-even up to {HIGHEST:g}", "break-even"
NEITHER, NOBODY = "no difference at any influence", "nobody came"


def check_over(name: str, at: Sequence[float] = ()) -> None:
    """Whether the break-even can be found over a parameter, at these values.

    Raises:
        Problem: if there is no such parameter, it is no size, or a value is not accepted.
    """
    if name not in PARAMETERS:
        raise Problem(f"--over: no parameter is called {name}{nearest(name, PARAMETERS)}")
    if name == KAPPA or name.startswith("run.") or PARAMETERS[name].kind not in (int, float):
        why = "is what is searched for" if name == KAPPA else "is no size that can be moved from low to high"
        raise Problem(f"--over: {name} {why}; expected another parameter, such as {RELIEF}")
    for value in at:
        whole = PARAMETERS[name].kind is int and value == int(value)
        check_value(name, int(value) if whole else value, f"--at for {name}")


def values_over(name: str) -> list[float]:
    """Values of a parameter to find the break-even at: over its plausible range, ends included.

    Raises:
        Problem: if it has none.
    """
    ends = PARAMETERS[name].plausible
    if ends is None:
        raise Problem(f"--over {name}: has no plausible range; say at which values: --at X, again for each")
    if PARAMETERS[name].kind is int:
        return sorted({float(round(value)) for value in np.linspace(*ends, MOST_VALUES)})
    return [round(float(value), 10) + 0.0 for value in np.linspace(*ends, MOST_VALUES)]


@dataclass(frozen=True)
class Point:
    """The break-even at one value of the parameter that it is found over, by one reading.

    Attributes:
        arm, at, reading: which.
        kappa: the root; 0 if the group is worse even without social influence, infinity if it is no worse at HIGHEST;
            NaN if it makes no difference at any, or nobody came.
        low, high: ends of the 95 % interval, which may be 0 and infinity too.
        word: ROOT, WORSE, NEVER, NEITHER or NOBODY.
        runs, people: how many it rests on.
        without_influence: the reading at kappa 0: paired difference a year, or balance of people.
        draws: float64[draws], kappa of runs drawn anew; the k-th draw is of the same runs everywhere.
    """

    arm: str
    at: float
    reading: str
    kappa: float
    low: float
    high: float
    word: str
    runs: int
    people: int
    without_influence: float
    draws: np.ndarray = field(default_factory=lambda: np.zeros(0), compare=False, repr=False)


@dataclass
class Towns:
    """The same towns lived at one value of a parameter, at as many kappas as are asked for.

    The people are those who had ever come by the end, with the scenario's own kappa; the same at every kappa.

    Attributes:
        arm: with this value and the scenario's own kappa.
        seeds: of the runs.
        twins: the towns without a group; they do not depend on kappa.
        live: called with (arm, its values with another kappa, seeds), lives them and gives panels in order.
        lived: by kappa, float64[runs, 4 + BESIDE]: people, sum of differences in episodes, people with more and with
            fewer episodes, sums of differences in each of BESIDE.
    """

    arm: Arm
    seeds: Sequence[int]
    twins: Sequence[Panel]
    live: Callable[[Arm, dict, Sequence[int]], Sequence[Panel]]
    lived: dict[float, np.ndarray] = field(default_factory=dict)
    people: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Live the scenario's own kappa, which says who is counted and since when."""
        row = self.arm.values["run.weeks"] // EVERY
        panels = self.live(self.arm, self.arm.values, self.seeds)
        for panel, twin in zip(panels, self.twins, strict=True):
            since = np.maximum(before_row(panel), row - WINDOW)
            self.people.append((members_of("joined", panel, row), since, _measured(twin, row, since)))
        self._keep(float(self.arm.values[KAPPA]), panels)

    def at(self, kappa: float) -> np.ndarray:
        """Sums of every run at a kappa, as in ``lived``, lived once."""
        if kappa not in self.lived:
            self._keep(kappa, self.live(self.arm, {**self.arm.values, KAPPA: kappa}, self.seeds))
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
    arm: Arm, values: dict, seeds: Sequence[int], threads: int | None = None, tick: Callable[[], None] | None = None
) -> list[Panel]:
    """The same parameters of an arm lived with several seeds; ``tick`` is called after each life."""

    def one(seed: int) -> Panel:
        with named_if_it_breaks_off(arm, seed, values):
            return slim(live_panel({**values, "run.seed": seed}))

    panels = []
    for panel in in_order(one, seeds, threads=threads):
        panels.append(panel)
        if tick is not None:
            tick()
    return panels


def break_even(towns: Towns, reading: str, over: str = RELIEF) -> Point:
    """The kappa at which a reading is zero, with its interval.

    The root is searched for on lives, between the two neighbours in NODES that differ in sign. For the interval, runs
    are drawn anew; of each draw the reading is known at every kappa of NODES, and between them it is interpolated
    monotonically (``scipy.interpolate.PchipInterpolator``), so that no draw needs new lives.
    """
    values = {kappa: towns.value(kappa, reading) for kappa in NODES}
    if np.isnan(values[LOWEST]):
        kappa, word = float("nan"), NOBODY
    elif not any(values.values()):
        kappa, word = float("nan"), NEITHER
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
    drawn = roots_drawn({k: towns.at(k) for k in NODES}, reading)
    low, high = ends_of(drawn) if word != NEITHER else (kappa, kappa)
    people = int(towns.at(LOWEST)[:, 0].sum())
    return Point(
        towns.arm.name, float(towns.arm.values[over]), reading, kappa, low, high, word, len(towns.seeds), people,
        values[LOWEST], drawn,
    )  # fmt: skip


def roots_drawn(lived: dict[float, np.ndarray], reading: str, resamples: int = RESAMPLES) -> np.ndarray:
    """float64[resamples]: the root of runs drawn anew, from what was lived at several kappas.

    0 or infinity where it lies below or above all that was lived; NaN where nobody came.
    """
    kappas = np.array(sorted(lived))
    sums = np.stack([lived[kappa][:, :4] for kappa in kappas])  # [kappas, runs, 4]
    runs = sums.shape[1]
    times = drawn_runs(runs, resamples).astype(float)
    curves = read(np.einsum("br,krs->bks", times, sums), reading)
    known = ~np.isnan(curves).any(axis=1)
    roots = np.full(len(curves), np.nan)
    roots[known] = roots_between(kappas, curves[known]) if known.any() else np.nan
    return roots


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
    return np.where(above.any(axis=1), roots, np.inf)


class Evaluation(NamedTuple):
    """What was found at one kappa: people, mean difference in episodes a year, shares of people, and beside them."""

    arm: str
    at: float
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
        points: by arm, value, reading.
        lived: every evaluation.
        lives: how many were lived.
        over: the parameter that the break-even is found over, dotted.
    """

    points: list[Point]
    lived: list[Evaluation]
    lives: int
    over: str = RELIEF


def break_even_curves(
    arms: Sequence[Arm], at: Sequence[float], seeds: Sequence[int], *, over: str = RELIEF,
    threads: int | None = None, progress: Callable[[int, int], None] | None = None,
) -> Curves:  # fmt: skip
    """The break-even of every arm at every value of a parameter, by every reading.

    Args:
        arms: with a group; looked at when their run ends.
        at: values of the parameter; each arm's own is added.
        seeds: one for each run, the same everywhere.
        over: the parameter, dotted.
        threads: as for ``sim.ensemble.in_order``.
        progress: called with (lives lived, an estimate of lives in all).
    """
    done = 0
    whole = PARAMETERS[over].kind is int
    wanted = {arm.name: sorted({*at, float(arm.values[over])}) for arm in arms}
    each = {
        (arm.name, value): arm.with_values(arm.name, arm.title, {over: int(value) if whole else value})
        for arm in arms
        for value in wanted[arm.name]
    }
    searching = 7  # steps of two searches, about
    total = len({one.life_digest for one in each.values()}) * (len(NODES) + 1 + searching) * len(seeds)
    total += len({_twin_digest(one) for one in each.values()}) * len(seeds)

    def tick() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, max(total, done))

    def live(arm: Arm, values: dict, some: Sequence[int]) -> list[Panel]:
        return live_slim(arm, values, some, threads, tick)

    points, lived = [], []
    twins: dict[str, list[Panel]] = {}
    towns: dict[str, Towns] = {}  # where a mechanism is off, its size makes no difference to anybody
    for (name, value), arm in each.items():
        digest, twin = arm.life_digest, _twin_digest(arm)
        if twin not in twins:
            twins[twin] = live(arm, arm.twin.values, seeds)
        if digest not in towns:
            towns[digest] = Towns(arm, seeds, twins[twin], live)
        points += [replace(break_even(towns[digest], reading, over), arm=name, at=value) for reading in READINGS]
        for kappa in sorted(towns[digest].lived):
            people, *sums = towns[digest].lived[kappa].sum(axis=0)
            means = (float(one / people) if people else float("nan") for one in sums)
            lived.append(Evaluation(name, value, kappa, int(people), *means))
    return Curves(points, lived, done, over)


def _twin_digest(arm: Arm) -> str:
    """Equal for arms whose towns without a group are the same; kappa matters to nobody there."""
    return arm.with_values("", "", {KAPPA: 0.0}).twin.life_digest
