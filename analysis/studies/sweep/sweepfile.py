"""Read a sweep file: what it says, checked, or one line that says what is wrong and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pydantic

from analysis.compare.arms import Arm, check_same_people
from analysis.compare.paired import horizon_rows
from analysis.compare.panel import EVERY
from analysis.studies.files import FileReader
from analysis.studies.sweep.design import Points, make_points, read_points
from analysis.studies.sweep.factor import Distribution, Factor
from analysis.studies.sweep.own import OwnOutcomes, load_outcomes
from analysis.studies.sweep.plan import Sweep, rules_of, shared_rules
from analysis.studies.sweep.schema import (
    FIXED,
    KEEP,
    LAWS,
    ONE_LINE,
    VARIABLE,
    ArmEntry,
    DesignEntry,
    Seeds,
    SweepFile,
    Varied,
)
from sim.checks import check_size, check_value, parameters_with
from sim.mistakes import nearest
from sim.own_rules import RULES, SECTION, RuleFile, parameters_of
from sim.parameters import Parameter
from sim.problem import Problem
from sim.relations import WEEKS_IN_YEAR
from sim.scenario import Scenario
from sim.yaml_lines import beside, read_yaml

SWEEP_KEY, OWN = "sweep", "own_outcomes"
MOST_RUNS = 100_000_000
SIZES = ("people.residents", "people.mean_stay_years")


def read_sweep(path: Path, changes: Mapping[str, Any] | None = None) -> Sweep:
    """A sweep file, checked from end to end.

    Args:
        path: the file.
        changes: from the command line: ``seeds``, ``first_seed``, ``weeks``, ``account`` (that has been read),
            ``rules`` and ``own_outcomes`` (files that have been read), and parameters by dotted name.

    Raises:
        Problem: one line that says what is wrong, where, and how to mend it.
    """
    content, lines = read_yaml(path, "expected a sweep file such as scenarios/sweeps/text-contact.yaml")
    return _Reader(path, lines).read(content, dict(changes or {}))


class _Reader(FileReader):
    """Turns the content of one file into a sweep; knows the lines for what is wrong.

    Attributes:
        rules: SHA-256 of the rules of one's own that all arms have, whose parameters can be varied too.
    """

    rules: tuple[str, ...] = ()

    def read(self, content: Any, changes: dict[str, Any]) -> Sweep:
        said = self.validated(content, SweepFile, SWEEP_KEY, "a sweep", _known, _expected)
        seeds = self._seeds(said, changes.pop("seeds", None), changes.pop("first_seed", None))
        shorter = "--weeks" if "weeks" in changes else "--set run.weeks" if "run.weeks" in changes else ""
        weeks = changes.pop("weeks", said.weeks)
        account = changes.pop("account", None) or self.account(said.account)
        own = changes.pop(OWN, None) or self._own(said)
        arms = self._arms(said, weeks, account, changes.pop(RULES, ()), changes)
        self.rules = shared_rules(arms)
        factors, points, kind = self._points(said)
        self._check_sizes(arms, factors, points)
        runs = len(points.values) * len(seeds) * len(arms)
        if runs > MOST_RUNS:
            fit = MOST_RUNS // (len(points.values) * len(arms))
            what = f"{runs} runs in all, expected at most {MOST_RUNS}; take {fit} seeds, or fewer points"
            raise self.wrong(("seeds",), what)
        rows, notes = self._rows(said, arms[0].values["run.weeks"], shorter)
        return Sweep(
            said.sweep, said.title or said.sweep, said.question, tuple(arms), tuple(factors), kind,
            points.values, points.positions, seeds, rows,
            tuple(dict.fromkeys(said.outcomes)), tuple(dict.fromkeys(said.populations)),
            tuple(name for name in KEEP if name in said.keep and name != "endpoints"), notes, own, rules_of(arms),
        )  # fmt: skip

    def _seeds(self, said: SweepFile, count: int | None, first: int | None) -> range | tuple[int, ...]:
        """The seeds, with what the command line changes of them."""
        if isinstance(said.seeds, list):
            listed = said.seeds
            twice = next((seed for k, seed in enumerate(listed) if seed in listed[:k]), None)
            if not listed or twice is not None:
                raise self.wrong(("seeds",), f"found {'no seed' if twice is None else f'seed {twice} twice'}, expected "
                                             "different seeds, such as [3, 7, 11]")  # fmt: skip
            if first is not None:
                raise Problem(f"--seed {first}: {self.path} lists its seeds; change them there")
            if (count or 0) > len(listed):
                raise Problem(f"--runs {count}: {self.path} lists {len(listed)} seeds; add to them there")
            return tuple(listed[:count])
        seeds = said.seeds if isinstance(said.seeds, Seeds) else Seeds.model_construct(count=said.seeds, first=1)
        first, count = seeds.first if first is None else first, count or seeds.count
        if count < 1:
            raise self.wrong(("seeds",), f"found {count}, expected at least 1")
        return range(first, first + count)

    def _rows(self, said: SweepFile, total: int, shorter: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
        """When is looked, as rows of a panel, and what is to be said of it.

        Args:
            said: the file.
            total: length of every run, in weeks.
            shorter: what on the command line set that length; empty if the files did.
        """
        weeks = {year: round(year * WEEKS_IN_YEAR) for year in sorted(set(said.years))}
        late = [f"{year:g}" for year, week in weeks.items() if week > total] if "years" in said.model_fields_set else []
        if late and not shorter:
            raise self.wrong(("years",), f"found {late[0]}, and the runs end after {total} weeks, which are "
                             f"{total / WEEKS_IN_YEAR:.3g} years; leave it out, or make `weeks:` longer")  # fmt: skip
        rows = tuple(dict.fromkeys(horizon_rows(list(weeks.values()), total)))
        looked = ", ".join(f"{row * EVERY}" for row in rows)
        note = f"{shorter} ends the runs in week {total}, before years {', '.join(late)}; looked is in week {looked}"
        return rows, (note,) if late else ()

    def _own(self, said: SweepFile) -> OwnOutcomes | None:
        """The outcomes of one's own that the file names."""
        if said.own_outcomes is None:
            return None
        return load_outcomes(beside(self.path, said.own_outcomes), f"{self.path}:{self.lines.of(OWN)}: {OWN}: ")

    def _arms(
        self, said: SweepFile, weeks: int | None, account: Scenario | None, rules: Sequence[RuleFile],
        changes: dict[str, Any],
    ) -> list[Arm]:  # fmt: skip
        arms = []
        for name, entry in said.arms.items():
            own = entry if isinstance(entry, ArmEntry) else ArmEntry.model_validate({"scenario": entry})
            scenario = self.scenario(("arms", name), own.scenario, rules, account)
            arm = self.arm(scenario, ((("set",), said.set), (("arms", name, "set"), own.set), ((), changes)))
            values, origins = arm.values, arm.origins
            if weeks is not None:
                place = f"{self.path}:{self.lines.of('weeks')}: weeks" if weeks == said.weeks else "--weeks"
                values["run.weeks"] = check_value("run.weeks", weeks, place)
                origins["run.weeks"] = str(self.path) if weeks == said.weeks else "--weeks"
            check_size(values, f"{self.path}:{self.lines.of('arms', name)}")
            values["run.seed"] = 0  # each unit has its own
            arms.append(replace(arm, name=name, title=own.title or name))
        try:
            check_same_people(arms)
        except Problem as problem:
            raise self.wrong(("arms",), str(problem)) from None
        return arms

    def _points(self, said: SweepFile) -> tuple[list[Factor], Points, str]:
        design = said.design
        if not isinstance(design, DesignEntry):
            design = DesignEntry.model_validate({"kind": design})
        if design.kind == "table":
            return (*self._table(said, design), "table")
        if not said.vary:
            raise self.wrong((), "found no `vary:`, expected parameters to vary, such as group.acceptance: plausible")
        factors = self._factors(said.vary)
        count = design.trajectories if design.kind == "morris" else design.points
        try:
            return factors, make_points(design.kind, factors, count, design.seed), design.kind
        except Problem as problem:
            raise self.wrong(("design",), str(problem)) from None

    def _factors(self, vary: Mapping[str, Varied | str]) -> list[Factor]:
        """What is varied; a parameter that moves with another takes what it does not say from there."""
        found: dict[str, Factor] = {}
        later: dict[str, Varied] = {}
        for name, entry in vary.items():
            self._check_variable(name)
            if isinstance(entry, Varied) and entry.moves_with is not None:
                later[name] = entry
            else:
                found[name] = self._factor(name, entry)
        if not found:
            raise self.wrong(("vary",), "expected at least one parameter that moves by itself")
        for name, entry in later.items():
            where, lead = ("vary", name, "moves_with"), found.get(str(entry.moves_with))
            if lead is None or lead.moves_with:
                some = nearest(str(entry.moves_with), [lead for lead in found if lead not in later])
                raise self.wrong(where, f"found {entry.moves_with!r}, which is not varied by itself{some}")
            if entry.values is None and entry.range is None:
                found[name] = self._as(lead, name)
            else:
                found[name] = replace(self._factor(name, entry), moves_with=lead.name)
            if len(found[name].grid()) != len(lead.grid()):
                raise self.wrong(where, f"{name} takes {len(found[name].grid())} values and {lead.name} "
                                        f"{len(lead.grid())}; expected as many")  # fmt: skip
        return [found[name] for name in vary]

    def _as(self, lead: Factor, name: str) -> Factor:
        """A factor with the very values of another."""
        if self.parameters[name].kind is not lead.parameter.kind:
            raise self.wrong(("vary", name), f"is of another kind than {lead.name}; give it a range of its own")
        ends = lead.values or (lead.low, lead.high)
        self._checked(name, ends)
        return replace(lead, name=name, moves_with=lead.name)

    def _check_variable(self, name: str) -> None:
        if name in FIXED:
            raise self.wrong(("vary", name), "cannot be varied: seeds and lengths are the same for every point")
        if name not in self.parameters:
            raise self.wrong(("vary", name), f"unknown parameter{self._nearest(name)}")

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """All that every arm has, by dotted name."""
        return parameters_with(self.rules)

    def _nearest(self, name: str) -> str:
        """What may have been meant by a parameter that there is not."""
        if name.startswith(f"{SECTION}."):
            known = ", ".join(parameters_of(self.rules)) or "none; name their file with `rules:` or --rules"
            return f"; parameters of rules of your own that every arm has: {known}"
        return nearest(name, VARIABLE)

    def _checked(self, name: str, values: Iterable[Any]) -> list[Any]:
        place = f"{self.path}:{self.lines.of('vary', name)}: {name}"
        return [check_value(name, value, place, self.rules) for value in values]

    def _factor(self, name: str, entry: Varied | str) -> Factor:
        where, p = ("vary", name), self.parameters[name]
        if isinstance(entry, str):
            if p.plausible is None:
                raise self.wrong(where, f"{name} has no declared plausible range; give a range or values")
            return Factor(name, low=p.plausible[0], high=p.plausible[1], rules=self.rules)
        if (entry.values is None) == (entry.range is None):
            raise self.wrong(where, "expected either `values: [...]` or `range: [lowest, highest]`")
        laws = [law for law in LAWS if getattr(entry, law) is not None]
        spread = [*laws, *(["scale: log"] if entry.scale == "log" else [])]
        if entry.range is None:
            if spread:
                raise self.wrong(where, f"{spread[0]} needs a `range: [lowest, highest]` within which values lie")
            checked = self._checked(name, entry.values or [])
            each = tuple(value for k, value in enumerate(checked) if value not in checked[:k])
            return Factor(name, values=each, rules=self.rules)
        if p.kind not in (int, float):
            raise self.wrong(where, f"{name} is no number and has no range; give values")
        low, high = self._checked(name, entry.range)
        if not low < high:
            raise self.wrong(where, f"found range {entry.range}, expected the lowest value first")
        if len(spread) > 1:
            raise self.wrong(where, f"found {' and '.join(spread)}, expected one of them")
        if (entry.scale == "log" or laws == ["lognormal"]) and not low > 0:
            raise self.wrong(where, f"found range {entry.range}, expected above 0 for {spread[0]}")
        law = Distribution(laws[0], getattr(entry, laws[0]).model_dump()) if laws else None  # type: ignore[arg-type]
        try:
            _ = law and law.ppf(low, high)
        except ValueError as problem:
            raise self.wrong(where, f"{laws[0]} over the range {entry.range}: {problem}; expected it inside") from None
        return Factor(name, low=low, high=high, steps=entry.steps, log=entry.scale == "log", distribution=law,
                      rules=self.rules)  # fmt: skip

    def _table(self, said: SweepFile, design: DesignEntry) -> tuple[list[Factor], Points]:
        if said.vary:
            raise self.wrong(("vary",), "the columns of the table say what is varied; leave `vary:` out")
        if design.file is None:
            raise self.wrong(("design",), "found no `file:`, expected a CSV file with a column for each parameter")
        file = beside(self.path, design.file)
        names, rows = read_points(file, self.parameters)
        for name in names:
            if name in FIXED or name not in self.parameters:
                reason = "cannot be varied" if name in FIXED else f"unknown parameter{self._nearest(name)}"
                raise Problem(f"{file}:1: {name}: {reason}")
        points = [
            tuple(check_value(n, v, f"{file}:{line}: {n}", self.rules) for n, v in zip(names, row, strict=True))
            for line, row in rows
        ]
        columns = [sorted({repr(point[k]): point[k] for point in points}.values()) for k in range(len(names))]
        factors = [Factor(n, values=tuple(c), rules=self.rules) for n, c in zip(names, columns, strict=True)]
        return factors, Points(points, None)

    def _check_sizes(self, arms: list[Arm], factors: list[Factor], points: Points) -> None:
        """Refuse points whose town would not fit into memory."""
        names = [factor.name for factor in factors]
        sizes = [k for k, name in enumerate(names) if name in SIZES]
        for some in {tuple(point[k] for k in sizes) for point in points.values} if sizes else ():
            changed = dict(zip((names[k] for k in sizes), some, strict=True))
            for arm in arms:
                check_size({**arm.values, **changed}, f"{self.path}:{self.lines.of('vary', names[sizes[0]])}")


def _expected(keys: tuple[Any, ...]) -> str | None:
    """What some places accept, in words."""
    if keys == ("seeds",):
        return "how many seeds, or {first: 1, count: 20}, or a list of seeds from 0 on, such as [3, 7, 11]"
    if len(keys) == 2 and keys[0] == "arms" and not re.match(ONE_LINE, keys[1]):
        return "a name that can be printed on one line, at most 64 letters"
    return None


def _known(keys: tuple[Any, ...]) -> list[str]:
    inner: dict[str, type[pydantic.BaseModel]] = {
        "arms": ArmEntry,
        "vary": Varied,
        "design": DesignEntry,
        "seeds": Seeds,
    }
    return list(inner.get(keys[0] if keys else "", SweepFile).model_fields)
