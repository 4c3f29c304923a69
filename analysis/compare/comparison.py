"""Arms on the same people with the same lives, each paired with its twin, run by run."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from analysis.compare.arms import Arm
from analysis.compare.broken import ALL, Stopped, keeping, named_if_it_breaks_off
from analysis.compare.outcomes import GROUP_MEASURES, OUTCOME_NAMES, POPULATIONS
from analysis.compare.paired import SUMS, YARDSTICK, Pair, horizon_rows, pair
from analysis.compare.panel import EVERY, Panel, live_panel
from sim.ensemble import in_order
from sim.relations import WEEKS_IN_YEAR

HORIZON_YEARS = (1, 2, 4, 8, 12)
Progress = Callable[[int, int], None]
Totals = Callable[[Panel, Panel], dict[str, float]]


@dataclass
class Paired:
    """All runs of one arm against its twin.

    Attributes:
        arm: the arm.
        rows: times, as rows of the panel; ``horizon_weeks`` in weeks.
        sums: float64[runs, populations, horizons, outcomes, SUMS], see ``analysis.compare.paired``.
        people: everybody who ever came, by horizon: columns of ``Pair.people`` and ``seed``.
        course: float64[runs, COURSE, steps, 3].
        group: float64[runs, horizons] by measure.
        closed_week, closed_reason: int64[runs].
        totals: for each run, further sums over its people by name, if any were asked for.
    """

    arm: Arm
    rows: list[int]
    seeds: list[int] = field(default_factory=list)
    parts: list[Pair] = field(default_factory=list)
    totals: list[dict[str, float]] = field(default_factory=list)

    def add(self, seed: int, one: Pair, totals: dict[str, float] | None = None) -> None:
        """Add a run."""
        self.seeds.append(seed)
        self.parts.append(one)
        self.totals += [totals] if totals is not None else []
        self.__dict__.pop("_sums", None)

    def cut(self, runs: int) -> None:
        """Keep only the first so many runs."""
        del self.seeds[runs:], self.parts[runs:], self.totals[runs:]
        self.__dict__.pop("_sums", None)

    def total(self, name: str) -> np.ndarray:
        """float64[runs] of one of the totals."""
        return np.array([one[name] for one in self.totals], float)

    @property
    def horizon_weeks(self) -> list[int]:
        """Times at which was looked, in weeks since the opening."""
        return [row * EVERY for row in self.rows]

    @property
    def sums(self) -> np.ndarray:
        """float64[runs, populations, horizons, outcomes, SUMS], kept once: the parts are views of it from then on."""
        if "_sums" not in self.__dict__:
            stacked = np.stack([part.sums for part in self.parts])
            self.parts = [part._replace(sums=block) for part, block in zip(self.parts, stacked, strict=True)]
            self.__dict__["_sums"] = stacked
        return self.__dict__["_sums"]

    def of(self, outcome: str, population: str, week: int, under: str = "") -> dict[str, np.ndarray]:
        """Sums of one reading: float64[runs] for each name in SUMS and in YARDSTICK.

        Args:
            outcome: which.
            population: of whom.
            week: when.
            under: the arm by which it is said who they are; this one, if not given.

        Raises:
            ValueError: if the people of that arm were not looked at here (``strata`` of ``compare``).
        """
        p, o = list(POPULATIONS).index(population), OUTCOME_NAMES.index(outcome)
        h = self.rows.index(week // EVERY)
        if under in ("", self.arm.name):
            block = self.sums[:, p, h, o]
        elif all(under in part.strata for part in self.parts):
            block = np.array([part.strata[under][p, h, o] for part in self.parts]).reshape(-1, len(SUMS))
        else:
            raise ValueError(f"{self.arm.name}: people who came under {under} were not looked at")
        sums = {name: block[:, k] for k, name in enumerate(SUMS)}
        return sums | {name: self.yardstick[:, o, k] for k, name in enumerate(YARDSTICK)}

    @property
    def yardstick(self) -> np.ndarray:
        """float64[runs, outcomes, YARDSTICK]: how much people differ whom this arm would take, before joining."""
        return np.stack([part.yardstick for part in self.parts])

    @property
    def people(self) -> dict[str, np.ndarray]:
        """Everybody who ever came, a row a person and time, runs one after the other."""
        columns = {name: np.concatenate([part.people[name] for part in self.parts]) for name in self.parts[0].people}
        sizes = [len(part.people["id"]) for part in self.parts]
        return {"seed": np.repeat(np.array(self.seeds), sizes), **columns}

    @property
    def course(self) -> np.ndarray:
        """float64[runs, COURSE, steps, 3]: people, sum with the group, sum without."""
        return np.stack([part.course for part in self.parts])

    def group(self, measure: str) -> np.ndarray:
        """float64[runs, horizons]."""
        assert measure in GROUP_MEASURES
        return np.stack([part.group[measure] for part in self.parts])

    @property
    def closed_week(self) -> np.ndarray:
        """int64[runs], -1 for groups that went on."""
        return np.array([part.closed_week for part in self.parts])

    @property
    def closed_reason(self) -> np.ndarray:
        """int64[runs]."""
        return np.array([part.closed_reason for part in self.parts])

    @property
    def runs(self) -> int:
        """How many runs."""
        return len(self.parts)


def worlds_of(arms: Sequence[Arm]) -> dict[str, Arm]:
    """The different worlds that some arms and their twins need, by digest: equal ones are lived once."""
    worlds: dict[str, Arm] = {}
    for arm in arms:
        for world in (arm, arm.twin):
            worlds.setdefault(world.life_digest, world)
    return worlds


def life_of(arm: Arm, panels: Mapping[str, Panel]) -> Panel:
    """The life of an arm, under its own values: a world without a group is shared by arms that would take other people.

    Args:
        arm: one of those lived.
        panels: from ``live_panels``.
    """
    panel = panels[arm.life_digest]
    return replace(panel, values={**arm.values, "run.seed": panel.values["run.seed"]})


def live_panels(
    arms: Sequence[Arm], seeds: Iterable[int], *, tie_years: Sequence[int] = HORIZON_YEARS,
    threads: int | None = None, progress: Progress | None = None,
) -> Generator[tuple[int, dict[str, Panel]], None, None]:  # fmt: skip
    """Live all worlds that some arms and their twins need, seed by seed.

    Args:
        arms: the arms.
        seeds: one for each run.
        tie_years: when ties are looked at, as for ``analysis.compare.panel.live_panel``.
        threads: as for ``sim.ensemble.in_order``.
        progress: called with (lives lived, lives in all).

    Yields:
        (seed, panels by ``Arm.life_digest``).

    Raises:
        BrokeOff: if a life ends with an error; all runs before have been given by then.
    """
    worlds = worlds_of(arms)
    wanted = list(seeds)
    tasks = ((world, seed) for seed in wanted for world in worlds.values())
    tell, total = progress or (lambda done, total: None), len(wanted) * len(worlds)
    panels: dict[str, Panel] = {}
    names = list(worlds)
    for k, panel in enumerate(in_order(partial(_live, tie_years=tie_years), tasks, threads=threads)):
        panels[names[k % len(names)]] = panel
        tell(k + 1, total)
        if len(panels) == len(names):
            yield wanted[k // len(names)], panels
            panels = {}


def _live(task: tuple[Arm, int], tie_years: Sequence[int]) -> Panel:
    arm, seed = task
    with named_if_it_breaks_off(arm, seed):
        return live_panel({**arm.values, "run.seed": seed}, tie_years=tie_years)


def compare(
    arms: Sequence[Arm],
    seeds: Iterable[int],
    *,
    horizon_years: Sequence[float] = HORIZON_YEARS,
    totals: Totals | None = None,
    strata: Iterable[str] = (),
    threads: int | None = None,
    progress: Progress | None = None,
    kept_if: Stopped = ALL,
) -> dict[str, Paired]:
    """Live all arms and their twins, each world once, and pair them.

    Each arm may be lived for a time of its own: a longer life begins with the shorter one, so that two arms can be
    compared at any time that both have reached.

    Args:
        arms: the arms, each with a name of its own.
        seeds: one for each run, the same for every arm.
        horizon_years: when to look, in years since the opening; ties are looked at only at the end of whole years.
        totals: called with each life and its twin; gives further sums over the people of a run, by name.
        strata: names of arms whose people, such as their regulars, are looked at in all other arms too.
        threads: as for ``sim.ensemble.in_order``.
        progress: called with (lives lived, lives in all).
        kept_if: stopped by what the runs that were finished are kept.

    Returns:
        By name of arm. Stopped with Ctrl-C, or when a life breaks off (with a warning that says which), the runs that
        were finished, if there are any.

    Raises:
        BrokeOff: if a life of the first run breaks off, or of any where the others are not to be kept.
    """
    weeks = [round(years * WEEKS_IN_YEAR) for years in horizon_years]
    found = {arm.name: Paired(arm, horizon_rows(weeks, arm.values["run.weeks"])) for arm in arms}
    whole = [int(years) for years in horizon_years if years == int(years)]
    lived = live_panels(arms, seeds, tie_years=whole, threads=threads, progress=progress)
    named = set(strata)

    def complete() -> int:
        return min(paired.runs for paired in found.values())

    with keeping(complete, kept_if), closing(lived):
        for seed, panels in lived:
            done = []
            whose = {arm.name: life_of(arm, panels) for arm in arms if arm.name in named}
            for arm in arms:
                life, twin = life_of(arm, panels), life_of(arm.twin, panels)
                others = {name: panel for name, panel in whose.items() if name != arm.name}
                one = pair(life, twin, found[arm.name].rows, others)
                done.append((arm.name, one, totals(life, twin) if totals else None))
            for name, one, further in done:
                found[name].add(seed, one, further)
    for paired in found.values():  # stopped between two arms of a run: leave out what not every arm has
        paired.cut(complete())
    return found
