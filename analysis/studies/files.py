"""What reading a file that says what to study has in common, whichever study it is for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pydantic

from analysis.compare.arms import Arm
from analysis.results.record import printable
from sim.checks import check_value
from sim.mistakes import first_mistake, shown
from sim.own_rules import RuleFile, digests_in
from sim.problem import Problem
from sim.scenario import Scenario, load, load_account
from sim.yaml_lines import Lines, beside, is_ordinary_file

LONGEST_PLACE, LONGEST_KEYS = 120, 60  # letters of a key, and of all keys, in a message
Keys = tuple[Any, ...]
Said = TypeVar("Said", bound=pydantic.BaseModel)


class FileReader:
    """Turns the content of one file into what it asks for; knows the lines for what is wrong.

    Attributes:
        path, lines: of the file.
    """

    def __init__(self, path: Path, lines: Lines) -> None:
        self.path, self.lines = path, lines

    def wrong(self, where: Keys, what: str) -> Problem:
        """What is wrong at a place in the file, with its line."""
        name = printable(": ".join(map(str, where)))[:LONGEST_PLACE]
        return Problem(f"{self.path}:{self.lines.of(*where)}: {name}{': ' if name else ''}{what}")

    def validated(
        self, content: Any, model: type[Said], key: str, what: str, known: Callable[[Keys], list[str]],
        expected: Callable[[Keys], str | None],
    ) -> Said:  # fmt: skip
        """The content as a model has it.

        Args:
            content: of the file, as read.
            model: what it must fit.
            key: with which such a file begins.
            what: kind of file, with its article, for messages.
            known: as for ``sim.mistakes.first_mistake``.
            expected: the same.

        Raises:
            Problem: if it does not fit.
        """
        if not isinstance(content, dict) or key not in content:
            keys = f"keys {', '.join(map(str, content))}"[:LONGEST_KEYS] if isinstance(content, dict) else ""
            found = printable(keys) or shown(content)
            raise Problem(f"{self.path}:1: found {found}, expected {what}, which begins with `{key}: NAME`")
        try:
            return model.model_validate(content)
        except pydantic.ValidationError as error:
            raise self.wrong(*first_mistake(error, content, known, expected)) from None

    def account(self, name: str | None) -> Scenario | None:
        """The account of how a group works that the file names, if any."""
        where = f"{self.path}:{self.lines.of('account')}: account: "
        return None if name is None else load_account(name, where, self.path)

    def scenario(self, where: Keys, name: str, rules: Sequence[RuleFile], account: Scenario | None) -> Scenario:
        """A scenario that the file names, relative to it.

        Args:
            where: it is named.
            name: of the scenario's file.
            rules: files of rules of one's own, beside those that the scenario names.
            account: of how a group works, in place of the one that the scenario names.

        Raises:
            Problem: if there is no such file, or it is not valid.
        """
        path = beside(self.path, name)
        if not is_ordinary_file(path):
            raise self.wrong(where, f"there is no scenario file {str(path)!r}; name one relative to {self.path.parent}")
        scenario = load(path).with_rules(rules)
        return scenario if account is None else scenario.with_account(account)

    def arm(
        self, scenario: Scenario, changes: Iterable[tuple[Keys, Mapping[str, Any]]],
        refuse: Callable[[str, str], None] | None = None,
    ) -> Arm:  # fmt: skip
        """A scenario as an arm, with some parameters changed; what the account says of these is overruled.

        Args:
            scenario: from ``scenario``.
            changes: parameters by dotted name, each with where in the file they stand; nowhere: on the command line.
            refuse: called with the name and the place of each; raises ``Problem`` for one that must not be changed.

        Raises:
            Problem: if a parameter is unknown, must not be changed, or its value is not accepted.
        """
        values, origins, under = dict(scenario.values), dict(scenario.origins), scenario.account
        for where, some in changes:
            for name, value in some.items():
                place = f"{self.path}:{self.lines.of(*where, name)}: {name}" if where else f"--set {name}"
                if refuse is not None:
                    refuse(name, place)
                before = values.get(name)
                values[name] = check_value(name, value, place, digests_in(values))
                if under is not None:
                    under = under.without([name], [name] if values[name] != before else [])
                origins[name] = str(self.path) if where else "--set"
        title, question = printable(scenario.title) or scenario.name, printable(scenario.question)
        return Arm(scenario.name, title, values, question, origins, under)
