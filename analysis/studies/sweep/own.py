"""Outcomes of one's own: a Python file that the user names, whose functions give a number for each run of a sweep.

The file's code is run only because the user has named it (in the sweep file, or with ``--outcomes``), never because
results do: a record holds its name and the SHA-256 of its text. See docs/how-to/sweeps.md.
"""

from __future__ import annotations

import hashlib
import inspect
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from analysis.compare.outcomes import GROUP_MEASURES, OUTCOME_NAMES
from analysis.compare.panel import Panel
from sim.mistakes import shown
from sim.own_rules import LARGEST_FILE, line_in, run_code
from sim.problem import Problem
from sim.yaml_lines import YamlError, read_text

ARGUMENTS = ["life", "twin", "row"]
EXPECTED = "expected a Python file with OUTCOMES = (OwnOutcome(...), ...); see docs/how-to/sweeps.md"
TAKEN = ("point", "seed", "arm", "week", "error", *GROUP_MEASURES, *OUTCOME_NAMES)  # names of other columns
LONGEST_NAME, LONGEST_WORDS = 32, 200


class OwnOutcomeError(Problem):
    """Something is wrong with an outcome of one's own, in one line."""


@dataclass(frozen=True)
class OwnOutcome:
    """A number for each run and each time at which a sweep looks.

    Attributes:
        name: of its column.
        meaning: in a few words, for tables and figures.
        unit: what it is measured in.
        read: takes the life with the group, the twin without (each an ``analysis.compare.panel.Panel``), and the row
            of the panels at which is looked (after ``row * EVERY`` weeks); gives a number, NaN where there is none.
    """

    name: str
    meaning: str
    unit: str
    read: Callable[[Panel, Panel, int], float]


@dataclass(frozen=True)
class OwnOutcomes:
    """A file of outcomes that has been read.

    Attributes:
        path, text: where it was, and what it said.
        outcomes: in the order of the file.
    """

    path: Path
    text: str
    outcomes: tuple[OwnOutcome, ...]

    @property
    def sha256(self) -> str:
        """Of its text."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def __reduce__(self) -> tuple[Any, ...]:
        """To another process, such as a worker of Dask, goes the text that the user has named; there it is run anew."""
        return of_text, (self.path, self.text)

    def read(self, life: Panel, twin: Panel, rows: tuple[int, ...], run: str) -> dict[str, np.ndarray]:
        """Read them all off a life and its twin.

        Args:
            life: with the group.
            twin: without.
            rows: when is looked.
            run: which run it is, for messages.

        Returns:
            float64[times] by name.

        Raises:
            OwnOutcomeError: naming the run, if one breaks off or gives no number.
        """
        return {one.name: np.array([self._number(one, life, twin, row, run) for row in rows]) for one in self.outcomes}

    def _number(self, outcome: OwnOutcome, life: Panel, twin: Panel, row: int, run: str) -> float:
        try:
            found = outcome.read(life, twin, row)
        except MemoryError:
            raise
        except Exception as error:
            where = f"{self.path}{line_in(error, str(self.path))}: {outcome.name}"
            raise OwnOutcomeError(f"{where}: {run}, row {row}: {type(error).__name__}: {error}") from error
        number = isinstance(found, int | float | np.number | np.bool_) and not isinstance(found, complex)
        if not number or math.isinf(found):
            raise OwnOutcomeError(f"{self.path}: {outcome.name}: {run}, row {row}: found {shown(found)}, expected a "
                                  "finite number (NaN where there is none)")  # fmt: skip
        return float(found)


def load_outcomes(path: Path, where: str = "", sha256: str | None = None) -> OwnOutcomes:
    """Read a file of outcomes and run its code. Only for a file that the user has named.

    Args:
        path: the file.
        where: what names it, for messages.
        sha256: what its text must be; with another text its code is not run.

    Raises:
        Problem: if there is none, it is another text, it cannot be run, or it declares what cannot be read.
    """
    try:
        text = read_text(path, EXPECTED, LARGEST_FILE)
    except YamlError as problem:
        raise OwnOutcomeError(f"{where}{problem}") from None
    found = hashlib.sha256(text.encode()).hexdigest()
    if sha256 is not None and found != sha256:
        raise OwnOutcomeError(f"{where}{path}: is another text (SHA-256 {found[:16]}...) than the sweep was made with "
                              f"({sha256[:16]}...); name the file as it was")  # fmt: skip
    return of_text(path, text)


def of_text(path: Path, text: str) -> OwnOutcomes:
    """Outcomes of a text, checked; runs it.

    Raises:
        Problem: if it cannot be run, or declares what cannot be read.
    """
    module = run_code(path, text, f"sameboat_own_outcomes_{hashlib.sha256(text.encode()).hexdigest()[:16]}")
    declared = getattr(module, "OUTCOMES", None)
    some = isinstance(declared, tuple | list) and len(declared) > 0
    if not some or not all(isinstance(one, OwnOutcome) for one in declared or ()):
        raise OwnOutcomeError(f"{path}: OUTCOMES: {EXPECTED}")
    seen: set[str] = set()
    for one in declared or ():
        wrong = _wrong_with(one, seen)
        if wrong:
            raise OwnOutcomeError(f"{path}: {shown(one.name)}: {wrong}")
        seen.add(one.name)
    return OwnOutcomes(path, text, tuple(declared or ()))


def _wrong_with(one: OwnOutcome, seen: set[str]) -> str:
    """What is wrong with an outcome, in words; empty if nothing is."""
    name = one.name
    if not isinstance(name, str) or not (name.isidentifier() and name.isascii()) or len(name) > LONGEST_NAME:
        return f"expected a name of letters, digits and '_', at most {LONGEST_NAME}, a letter first"
    if name in seen:
        return "this name stands twice; give one of the two another"
    if name in TAKEN:
        return "is the name of a column that a sweep has already; give it another"
    for what in ("meaning", "unit"):
        words = getattr(one, what)
        if not isinstance(words, str) or not words.strip() or not words.isprintable() or len(words) > LONGEST_WORDS:
            return f"{what}: found {shown(words)}, expected some words on one line, at most {LONGEST_WORDS} letters"
    if not callable(one.read) or len(inspect.signature(one.read).parameters) != len(ARGUMENTS):
        return f"read: expected a function of ({', '.join(ARGUMENTS)})"
    return ""


def outcomes_again(file: str, sha256: str, path: Path | None, results: Path) -> OwnOutcomes | None:
    """The file that a sweep was made with, if it was made with one; it must be named again.

    Args:
        file: its name, as the record says.
        sha256: of its text, as the record says; empty if it was made with none.
        path: the file that the user has named, if any.
        results: the folder, for messages.

    Raises:
        Problem: if one of the two is missing, or the file is another text.
    """
    if not sha256 and path is None:
        return None
    if not sha256:
        raise Problem(f"--outcomes {path}: {results} was made without outcomes of one's own; leave it out")
    if path is None:
        raise Problem(f"{results}: made with outcomes of {file} (SHA-256 {sha256[:16]}...); name it: --outcomes FILE")
    return load_outcomes(path, "--outcomes ", sha256)
