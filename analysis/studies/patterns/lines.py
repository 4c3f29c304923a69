# ruff: noqa: E501 - declarations of columns
"""A line: one figure of the model with its interval, beside what is known from outside."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from analysis.compare.estimate import LEVEL, Estimate, Estimates
from analysis.results.columns import Column, table_of, with_interval
from analysis.studies.patterns.outside import OUTSIDE, SEEN, Outside, word_for


@dataclass(frozen=True)
class Line:
    """One figure.

    Attributes:
        keys: what it is a figure of, as the table's first columns.
        found: with its interval.
        of: how many people, groups or pairs it rests on.
        outside: what stands beside it.
        unit: of the figure.
    """

    keys: tuple[Any, ...]
    found: Estimate
    of: float
    outside: Outside | None = None
    unit: str = ""

    @property
    def word(self) -> str:
        """Where the figure lies."""
        return word_for(self.found, self.outside)


@dataclass(frozen=True)
class Head:
    """What a table of lines is called by: its first columns, its figure, and what that rests on."""

    keys: Sequence[tuple[str, str, str]]
    figure: tuple[str, str, str]
    of: tuple[str, str]


def estimates(found: Estimates, of: np.ndarray) -> list[Estimate]:
    """Estimates one by one; ``of``: how much each rests on, for ``Estimate.runs``."""
    columns = (found.value, found.low, found.high, of)
    return [
        Estimate(float(value), float(low), float(high), int(n)) for value, low, high, n in zip(*columns, strict=True)
    ]


def proportion(hits: float, of: float) -> Estimate:
    """A share of independent towns, with Wilson's interval."""
    from scipy import stats  # noqa: PLC0415 - slow to import

    if not of:
        return Estimate(math.nan, math.nan, math.nan, 0)
    ends = stats.binomtest(int(hits), int(of)).proportion_ci(LEVEL, method="wilson")
    return Estimate(hits / of, float(ends.low), float(ends.high), int(of))


def table(lines: Sequence[Line], head: Head) -> pa.Table:
    """Lines as a table."""
    found = Estimates(*(np.array([getattr(line.found, end) for line in lines], float)
                        for end in ("value", "low", "high")))  # fmt: skip
    name, unit, meaning = head.figure
    units = [Column("unit", "words", "what the figure is measured in", [line.unit for line in lines])]
    return table_of([
        *(Column(key, its_unit, said, _values([line.keys[k] for line in lines]))
          for k, (key, its_unit, said) in enumerate(head.keys)),
        *(units if any(line.unit for line in lines) else []),
        *with_interval(name, unit, meaning, found),
        Column("rests_on", *head.of, np.array([line.of for line in lines], float)),
        Column("outside", "words", "the outside figure, as its source has it", [_said(line.outside, "says") for line in lines]),
        *outside_ends([line.outside for line in lines]),
        Column("lies", "words", "where our interval lies: inside (it meets the outside range), below or above it", [line.word for line in lines]),
        Column("source", "words", "where the outside figure comes from", [_said(line.outside, "source") for line in lines]),
        Column("seen", "words", "how far the source was seen: " + "; ".join(f"{key}: {said}" for key, said in SEEN.items()),
               [_said(line.outside, "seen") for line in lines]),
    ])  # fmt: skip


def outside_ends(many: Sequence[Outside | None]) -> list[Column]:
    """The range of outside figures; missing where open or unknown."""
    return [
        Column(f"outside_{word}", "as the figure", f"{which} end of the outside range; missing where open or unknown",
               np.array([math.nan if one is None or getattr(one, end) is None else getattr(one, end) for one in many]))
        for word, which, end in (("from", "lower", "low"), ("to", "upper", "high"))
    ]  # fmt: skip


def outside_table() -> pa.Table:
    """The declared outside figures."""
    many = list(OUTSIDE.values())
    return table_of([
        Column("figure", "words", "what it is a figure of", [one.name for one in many]),
        Column("outside", "words", "the figure, as its source has it", [one.says for one in many]),
        *outside_ends(many),
        Column("source", "words", "citation", [one.source for one in many]),
        Column("seen", "words", "how far the source was seen", [f"{one.seen}: {SEEN[one.seen]}" for one in many]),
        Column("note", "words", "in whom and how it was measured, and what makes it unlike ours", [one.note for one in many]),
    ])  # fmt: skip


def _said(outside: Outside | None, what: str) -> str:
    return "" if outside is None else getattr(outside, what)


def _values(values: list[Any]) -> Any:
    return values if all(isinstance(value, str) for value in values) else np.array(values)
