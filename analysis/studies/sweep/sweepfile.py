"""Read a sweep file: what it says, checked, or one line that says what is wrong and where."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pydantic

from analysis.compare.arms import Arm, check_same_people
from analysis.compare.paired import horizon_rows
from analysis.studies.sweep.design import Points, make_points, points_of_salib, read_points
from analysis.studies.sweep.factor import Factor
from analysis.studies.sweep.plan import Sweep
from analysis.studies.sweep.schema import FIXED, KEEP, VARIABLE, ArmEntry, DesignEntry, Seeds, SweepFile, Varied
from sim.mistakes import first_mistake, nearest, shown
from sim.parameters import PARAMETERS
from sim.problem import Problem
from sim.relations import WEEKS_IN_YEAR
from sim.scenario import ScenarioError, check_size, check_value, load
from sim.yaml_lines import Lines, beside, is_ordinary_file, read_yaml

SWEEP_KEY = "sweep"
MOST_RUNS = 100_000_000
SIZES = ("people.residents", "people.mean_stay_years")


def read_sweep(path: Path, changes: Mapping[str, Any] | None = None) -> Sweep:
    """A sweep file, checked from end to end.

    Args:
        path: the file.
        changes: from the command line: ``seeds``, ``first_seed``, ``weeks``, and parameters by dotted name.

    Raises:
        Problem: one line that says what is wrong, where, and how to mend it.
    """
    content, lines = read_yaml(path, "expected a sweep file such as scenarios/sweeps/text-contact.yaml")
    return _Reader(path, lines).read(content, dict(changes or {}))


class _Reader:
    """Turns the content of one file into a sweep; knows the lines for what is wrong."""

    def __init__(self, path: Path, lines: Lines) -> None:
        self.path, self.lines = path, lines

    def wrong(self, where: tuple[Any, ...], what: str) -> Problem:
        name = ": ".join(map(str, where))
        return Problem(f"{self.path}:{self.lines.of(*where)}: {name}{': ' if name else ''}{what}")

    def read(self, content: Any, changes: dict[str, Any]) -> Sweep:
        said = self._validated(content)
        seeds = said.seeds if isinstance(said.seeds, Seeds) else Seeds.model_construct(count=said.seeds, first=1)
        count, first = changes.pop("seeds", seeds.count), changes.pop("first_seed", seeds.first)
        weeks = changes.pop("weeks", said.weeks)
        arms = self._arms(said, weeks, changes)
        factors, points, kind = self._points(said)
        self._check_sizes(arms, factors, points)
        if len(points.values) * count * len(arms) > MOST_RUNS:
            runs = len(points.values) * count * len(arms)
            raise self.wrong(
                ("seeds",), f"{runs} runs in all, expected at most {MOST_RUNS}; take fewer points or seeds"
            )
        total = arms[0].values["run.weeks"]
        looked = [round(year * WEEKS_IN_YEAR) for year in sorted(set(said.years))]
        return Sweep(
            said.sweep, said.title or said.sweep, said.question, tuple(arms), tuple(factors), kind,
            points.values, points.positions, first, count, tuple(dict.fromkeys(horizon_rows(looked, total))),
            tuple(dict.fromkeys(said.outcomes)), tuple(dict.fromkeys(said.populations)),
            tuple(name for name in KEEP if name in said.keep and name != "endpoints"),
        )  # fmt: skip

    def _validated(self, content: Any) -> SweepFile:
        if not isinstance(content, dict) or SWEEP_KEY not in content:
            found = f"keys {', '.join(content)[:60]}" if isinstance(content, dict) else shown(content)
            raise Problem(f"{self.path}:1: found {found}, expected a sweep, which begins with `sweep: NAME`")
        try:
            return SweepFile.model_validate(content)
        except pydantic.ValidationError as error:
            raise self.wrong(*first_mistake(error, content, _known)) from None

    def _arms(self, said: SweepFile, weeks: int | None, changes: dict[str, Any]) -> list[Arm]:
        arms = []
        for name, entry in said.arms.items():
            own = entry if isinstance(entry, ArmEntry) else ArmEntry.model_validate({"scenario": entry})
            file = beside(self.path, own.scenario)
            if not is_ordinary_file(file):
                raise self.wrong(("arms", name), f"there is no scenario file {str(file)!r}; name one relative to "
                                                 f"{self.path.parent}")  # fmt: skip
            try:
                values = dict(load(file).values)
                for where, some in ((("set",), said.set), (("arms", name, "set"), own.set), ((), changes)):
                    for parameter, value in some.items():
                        line = self.lines.of(*where, parameter)
                        place = f"{self.path}:{line}: {parameter}" if where else f"--set {parameter}"
                        values[parameter] = check_value(parameter, value, place)
                if weeks is not None:
                    place = f"{self.path}:{self.lines.of('weeks')}: weeks" if weeks == said.weeks else "--weeks"
                    values["run.weeks"] = check_value("run.weeks", weeks, place)
                check_size(values, f"{self.path}:{self.lines.of('arms', name)}")
            except ScenarioError as problem:
                raise Problem(str(problem)) from None
            values["run.seed"] = 0  # each unit has its own
            arms.append(Arm(name, own.title or name, values))
        try:
            check_same_people(arms)
        except Problem as problem:
            raise self.wrong(("arms",), str(problem)) from None
        return arms

    def _points(self, said: SweepFile) -> tuple[list[Factor], Points, str]:
        design = (
            said.design if isinstance(said.design, DesignEntry) else DesignEntry.model_validate({"kind": said.design})
        )
        if design.kind == "table":
            return (*self._table(said, design), "table")
        if not said.vary:
            raise self.wrong((), "found no `vary:`, expected parameters to vary, such as group.acceptance: plausible")
        factors = [self._factor(name, entry) for name, entry in said.vary.items()]
        count = design.trajectories if design.kind == "morris" else design.points
        if design.kind in ("morris", "saltelli") and points_of_salib(design.kind, len(factors), count) > MOST_RUNS:
            raise self.wrong(("design",), f"{points_of_salib(design.kind, len(factors), count)} points are too many")
        try:
            return factors, make_points(design.kind, factors, count, design.seed), design.kind
        except Problem as problem:
            raise self.wrong(("design",), str(problem)) from None

    def _factor(self, name: str, entry: Varied | str) -> Factor:
        where = ("vary", name)
        if name in FIXED:
            raise self.wrong(where, "cannot be varied: seeds and lengths are the same for every point")
        if name not in PARAMETERS:
            raise self.wrong(where, f"unknown parameter{nearest(name, VARIABLE)}")
        p = PARAMETERS[name]
        if isinstance(entry, str):
            if p.plausible is None:
                raise self.wrong(where, f"{name} has no declared plausible range; give a range or values")
            return Factor(name, low=p.plausible[0], high=p.plausible[1])
        if (entry.values is None) == (entry.range is None):
            raise self.wrong(where, "expected either `values: [...]` or `range: [lowest, highest]`")
        given = entry.values if entry.values is not None else entry.range or []
        if entry.range is not None and p.kind not in (int, float):
            raise self.wrong(where, f"{name} is no number and has no range; give values")
        try:
            place = f"{self.path}:{self.lines.of(*where)}: {name}"
            checked = [check_value(name, value, place) for value in given]
        except ScenarioError as problem:
            raise Problem(str(problem)) from None
        if entry.range is None:
            return Factor(name, values=tuple(value for k, value in enumerate(checked) if value not in checked[:k]))
        if not checked[0] < checked[1]:
            raise self.wrong(where, f"found range {entry.range}, expected the lowest value first")
        return Factor(name, low=checked[0], high=checked[1], steps=entry.steps)

    def _table(self, said: SweepFile, design: DesignEntry) -> tuple[list[Factor], Points]:
        if said.vary:
            raise self.wrong(("vary",), "the columns of the table say what is varied; leave `vary:` out")
        if design.file is None:
            raise self.wrong(("design",), "found no `file:`, expected a CSV file with a column for each parameter")
        file = beside(self.path, design.file)
        names, rows = read_points(file)
        for name in names:
            if name not in VARIABLE:
                reason = "cannot be varied" if name in FIXED else f"unknown parameter{nearest(name, VARIABLE)}"
                raise Problem(f"{file}:1: {name}: {reason}")
        try:
            points = [
                tuple(check_value(n, v, f"{file}:{line}: {n}") for n, v in zip(names, row, strict=True))
                for line, row in rows
            ]
        except ScenarioError as problem:
            raise Problem(str(problem)) from None
        columns = [sorted({repr(point[k]): point[k] for point in points}.values()) for k in range(len(names))]
        return [Factor(n, values=tuple(c)) for n, c in zip(names, columns, strict=True)], Points(points, None)

    def _check_sizes(self, arms: list[Arm], factors: list[Factor], points: Points) -> None:
        """Refuse points whose town would not fit into memory."""
        names = [factor.name for factor in factors]
        sizes = [k for k, name in enumerate(names) if name in SIZES]
        for some in {tuple(point[k] for k in sizes) for point in points.values} if sizes else ():
            changed = dict(zip((names[k] for k in sizes), some, strict=True))
            for arm in arms:
                try:
                    check_size({**arm.values, **changed}, f"{self.path}:{self.lines.of('vary', names[sizes[0]])}")
                except ScenarioError as problem:
                    raise Problem(str(problem)) from None


def _known(keys: tuple[Any, ...]) -> list[str]:
    inner: dict[str, type[pydantic.BaseModel]] = {
        "arms": ArmEntry,
        "vary": Varied,
        "design": DesignEntry,
        "seeds": Seeds,
    }
    return list((inner.get(keys[0], SweepFile) if keys else SweepFile).model_fields)
