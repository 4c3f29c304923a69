"""Read a factorial file: what it says, checked, or one line that says what is wrong and where."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.compare.arms import Arm
from analysis.results.record import printable
from analysis.studies.factorial.design import MOST_CELLS, Factor
from analysis.studies.factorial.schema import NOT_A_LEVEL, FactorEntry, FactorialFile
from analysis.studies.files import FileReader
from analysis.studies.sweep.schema import ONE_LINE
from sim.checks import check_value
from sim.mistakes import shown
from sim.own_rules import RULES, digests_in
from sim.problem import Problem
from sim.scenario import Scenario
from sim.yaml_lines import Lines, read_yaml

FACTORIAL_KEY = "factorial"


@dataclass(frozen=True)
class Factorial:
    """What a factorial file says.

    Attributes:
        name, title, question: what it is called and what it asks.
        base: what every cell starts from.
        first, last: what the two cells that are compared are called.
        factors: in order.
    """

    name: str
    title: str
    question: str
    base: Arm
    first: str
    last: str
    factors: tuple[Factor, ...]

    @property
    def cells(self) -> int:
        """How many combinations of levels there are."""
        return math.prod(len(factor.levels) for factor in self.factors)


def read_factorial(path: Path, changes: Mapping[str, Any] | None = None, account: Scenario | None = None) -> Factorial:
    """A factorial file, checked from end to end.

    Args:
        path: the file.
        changes: from the command line: ``rules`` (files that have been read), and parameters by dotted name.
        account: of how a group works, in place of the one that the base names; what the base, the file or its levels
            say themselves stays.

    Raises:
        Problem: one line that says what is wrong, where, and how to mend it.
    """
    content, lines = read_yaml(path, "expected a factorial file such as scenarios/factorials/origin.yaml")
    return _Reader(path, lines, account).read(content, dict(changes or {}))


class _Reader(FileReader):
    """Turns the content of one file into a factorial; knows the lines for what is wrong."""

    def __init__(self, path: Path, lines: Lines, account: Scenario | None) -> None:
        super().__init__(path, lines)
        self.given = account

    def read(self, content: Any, changes: dict[str, Any]) -> Factorial:
        said = self.validated(content, FactorialFile, FACTORIAL_KEY, "a factorial", _known, _expected)
        if said.first == said.last:
            raise self.wrong(("last",), f"found {shown(said.last)} twice, expected another name than `first:` has")
        self._check_parameters(said)
        levels = [len(factor.levels) for factor in said.factors.values()]
        if math.prod(levels) > MOST_CELLS:
            crossed = " x ".join(map(str, levels))
            raise self.wrong(("factors",), f"found {math.prod(levels)} cells ({crossed} levels), expected at most "
                                           f"{MOST_CELLS}; leave out a factor or a level")  # fmt: skip
        base = self._base(said, changes.pop(RULES, ()), changes)
        factors = tuple(self._factor(name, entry, base) for name, entry in said.factors.items())
        return Factorial(
            said.factorial, printable(said.title) or said.factorial, printable(said.question), base, said.first,
            said.last, factors,
        )  # fmt: skip

    def _check_parameters(self, said: FactorialFile) -> None:
        """All levels of a factor set the same parameters, and no two factors do."""
        owners: dict[str, str] = {}
        for name, factor in said.factors.items():
            where = ("factors", name, "levels")
            (first, of_first), *others = factor.levels.items()
            for parameter in of_first:
                if parameter in owners:
                    raise self.wrong((*where, first, parameter), f"the factor {owners[parameter]} sets it too; leave "
                                                                 "it to one of the two")  # fmt: skip
                if parameter in NOT_A_LEVEL:
                    raise self.wrong((*where, first, parameter), "cannot be a level: all cells are the same people for "
                                                                 "the same time, and each has a group")  # fmt: skip
                owners[parameter] = name
            for label, level in others:
                apart = sorted(of_first.keys() ^ level.keys())
                if apart:
                    has, lacks = (first, label) if apart[0] in of_first else (label, first)
                    raise self.wrong((*where, label), f"{apart[0]} is set by {has!r} and not by {lacks!r}; every level "
                                                      "of a factor sets the same parameters")  # fmt: skip

    def _base(self, said: FactorialFile, rules: Any, changes: dict[str, Any]) -> Arm:
        owners = {name: f for f, entry in said.factors.items() for name in next(iter(entry.levels.values()))}

        def refuse(name: str, place: str) -> None:
            if name in owners:
                raise Problem(f"{place}: the factor {owners[name]} of {self.path} sets it in every cell; change it "
                              "there")  # fmt: skip

        scenario = self.scenario(("base",), said.base, rules, self.given)
        base = self.arm(scenario, ((("set",), said.set), ((), changes)), refuse)
        if not base.has_group:
            raise self.wrong(("base",), f"{said.base} has no group, so there is nothing to take apart; name a scenario "
                                        "with one, such as ../groupA.yaml")  # fmt: skip
        return base

    def _factor(self, name: str, entry: FactorEntry, base: Arm) -> Factor:
        levels: dict[str, dict[str, Any]] = {}
        for label, level in entry.levels.items():
            levels[label] = {}
            for parameter, value in level.items():
                line = self.lines.of("factors", name, "levels", label, parameter)
                place = f"{self.path}:{line}: {parameter}"
                levels[label][parameter] = check_value(parameter, value, place, digests_in(base.values))
        return Factor(name, entry.question, levels)


def _expected(keys: tuple[Any, ...]) -> str | None:
    """What some places accept, in words."""
    if keys == ("factors",):
        return "at least two factors, each with `question:` and `levels:`"
    if len(keys) == 2 and not re.fullmatch(r"[a-z][a-z0-9_]{0,23}", keys[1]):
        return "a short name of small letters, digits and '_', a letter first"
    if len(keys) == 3 and keys[2] == "levels":
        return "at least two levels by label, each with the parameters that it sets"
    if len(keys) == 4:
        if not re.fullmatch(ONE_LINE, keys[3]):
            return "a label that can be printed on one line, at most 64 letters"
        return "parameters with their values, one a line, such as `group.phone_line: true`"
    return None


def _known(keys: tuple[Any, ...]) -> list[str]:
    return list((FactorEntry if len(keys) == 2 else FactorialFile).model_fields)
