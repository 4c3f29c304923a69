# ruff: noqa: E501 - declarations of columns
"""Tables of ``factorial``: each column with its unit and meaning."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from analysis.compare.estimate import Estimates, chained
from analysis.results.columns import Column, table_of, with_interval
from analysis.studies.factorial.design import Effect, Factor, cells_of, code_of
from analysis.studies.factorial.effects import Effects
from analysis.studies.factorial.lives import DEPENDS, GROUP, ONE_STRATUM, READINGS, SAME, STRATA, Lived
from analysis.words.numbers import setting

OWN = "the outcome's unit"
IN_EVERY_CELL = {SAME: ONE_STRATUM, GROUP: "the group, whoever comes to it"}


def all_tables(lived: Lived, found: Effects, factors: Sequence[Factor]) -> dict[str, pa.Table]:
    """All tables by name."""
    return {
        "factors": factors_table(factors),
        "cells": cells_table(lived, found, factors),
        "effects": effects_table(found),
        "split": split_table(found, factors),
    }


def factors_table(factors: Sequence[Factor]) -> pa.Table:
    """What each level of each factor sets."""
    rows = [(factor, label, level) for factor in factors for label, level in factor.levels.items()]
    return table_of([
        Column("factor", "name", "one way in which the two groups differ", [factor.name for factor, _, _ in rows]),
        Column("question", "words", "the factor as a question", [factor.question for factor, _, _ in rows]),
        Column("level", "words", "one of the factor's levels, the first one first", [label for _, label, _ in rows]),
        Column("sets", "words", "parameters that the level sets", ["; ".join(f"{name}: {setting(value)}" for name, value in level.items()) for _, _, level in rows]),
    ])  # fmt: skip


def _readings(times: int) -> list[Column]:
    """Columns that name each reading, so many times over."""
    rows = READINGS * times
    return [
        Column("stratum", "words", "whom it is about", [STRATA[one.stratum] for one in rows]),
        Column("people_are", "words", "whether these are the same people in every cell", [IN_EVERY_CELL.get(one.stratum, DEPENDS) for one in rows]),
        Column("outcome", "words", "what is compared", [one.label for one in rows]),
        Column("unit", "words", "what the outcome is measured in", [one.unit for one in rows]),
    ]  # fmt: skip


def _each(words: Sequence[str]) -> list[str]:
    return [word for word in words for _ in READINGS]


def cells_table(lived: Lived, found: Effects, factors: Sequence[Factor]) -> pa.Table:
    """A row for each cell and reading."""
    cells = cells_of(factors)
    return table_of([
        Column("cell", "name", "the place of the level of each factor, in order", _each([code_of(cell) for cell in cells])),
        *(Column(f"level_{factor.name}", "words", f"the cell's level of {factor.name}", _each([factor.labels[cell[f]] for cell in cells])) for f, factor in enumerate(factors)),
        *_readings(len(cells)),
        Column("towns", "runs", "towns in which there was anybody to count", (lived.count > 0).sum(axis=0).ravel()),
        Column("people", "people", "people over all towns; of the group itself, groups", lived.count.sum(axis=0).ravel()),
        *with_interval("mean", OWN, "mean paired difference, with the group minus without; of the group itself, the mean", chained(found.cells)),
    ])  # fmt: skip


def effects_table(found: Effects) -> pa.Table:
    """A row for each main effect and two-way interaction, and reading."""
    every = [*found.mains, *found.pairs]
    kinds = ["main effect"] * len(found.mains) + ["two-way interaction"] * len(found.pairs)
    return table_of([
        Column("effect", "name", "factor, or two factors, whose effect it is", _each([effect.name for effect, _ in every])),
        Column("kind", "words", "main effect or interaction", _each(kinds)),
        Column("contrast", "words", "what is held against what", _each([effect.words for effect, _ in every])),
        *_readings(len(every)),
        *with_interval("size", OWN, "effect on the cells' means: second level minus first, over all levels of the others", chained(one for _, one in every)),
    ])  # fmt: skip


def split_table(found: Effects, factors: Sequence[Factor]) -> pa.Table:
    """The last cell minus the first, taken apart: a row for each factor, the rest and the whole, and reading."""
    none = Estimates(*(np.full(len(READINGS), np.nan) for _ in range(3)))
    split = found.split
    rows: list[tuple[str, Effect]] = [
        *((factor.name, part) for factor, part in zip(factors, split.parts, strict=True)),
        ("interactions", split.rest), ("whole", split.whole),
    ]  # fmt: skip
    return table_of([
        Column("part", "name", "factor, what is left to interactions, or the whole difference", _each([name for name, _ in rows])),
        Column("contrast", "words", "what is held against what", _each([effect.words for _, effect in rows])),
        *_readings(len(rows)),
        *with_interval("size", OWN, "part of the last cell minus the first: main effects, and what they leave", chained([*found.parts, found.rest, found.whole])),
        *with_interval("share", "share", "share of the last cell minus the first; empty where that may be zero", chained([*found.shares, found.rest_share, none])),
        *with_interval("alone", OWN, "effect of this factor alone, the others as in the first cell", chained([*found.alone, none, none])),
        *with_interval("taken_back", OWN, "what is missing without this factor, the others as in the last cell", chained([*found.taken_back, none, none])),
    ])  # fmt: skip
