"""What reading a file that says what to study has in common, whichever study it is for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pydantic

from analysis.results.record import printable
from sim.mistakes import first_mistake, shown
from sim.problem import Problem
from sim.yaml_lines import Lines

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
