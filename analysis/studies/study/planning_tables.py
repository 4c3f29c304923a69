# ruff: noqa: E501 - declarations of columns
"""Tables of a study's planning over plausible space."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from analysis.results.columns import Column, table_of
from analysis.studies.study.tables import pair_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.studies.study.planning import Needs, Quantiles, StudyOverSpace

BEYOND = "missing where none that was tried is enough"


def needed_table(space: StudyOverSpace) -> pa.Table:
    """A row for each study, account and way of telling: how large it must be over plausible space."""
    rows = space.needs
    assurance = np.array([one.assurance() for one in rows]).reshape(-1, 3)
    return table_of([
        *_names(rows),
        Column("power", "share", "power that is wanted", np.array([one.wanted for one in rows])),
        Column("size_is", "words", "what the size is", [one.of for one in rows]),
        *(column for what, meaning in (("size", "size that it takes"), ("people", "people that it takes"), ("hours", "hours that they give together"))
          for column in _quantiles(what, meaning, [getattr(one, what) for one in rows])),
        Column("largest_tried", "number", "the largest size that is tried", np.array([one.sizes[-1] for one in rows])),
        Column("never", "share", "share of plausible space in which no size that was tried is enough", np.array([one.beyond for one in rows])),
        Column("planned", "number", "the size that the file plans", np.array([one.own for one in rows])),
        Column("reaches", "share", "share of plausible space in which it has the power wanted as planned", np.array([one.reaches.value for one in rows])),
        Column("reaches_low", "share", "the same; lower end of the 95 % interval, over draws (Clopper and Pearson)", np.array([one.reaches.low for one in rows])),
        Column("reaches_high", "share", "the same; upper end", np.array([one.reaches.high for one in rows])),
        Column("assurance", "share", "power as planned, averaged over plausible space (O'Hagan, Stevens and Campbell 2005)", assurance[:, 0]),
        Column("assurance_low", "share", "the same; lower end of the 95 % interval, over draws", assurance[:, 1]),
        Column("assurance_high", "share", "the same; upper end", assurance[:, 2]),
        Column("assured", "number", f"size whose power, averaged over plausible space, is the one wanted; {BEYOND}", np.ceil(np.array([one.assured for one in rows]))),
        Column("draws", "draws", "draws of plausible space", np.array([one.powers.shape[1] for one in rows])),
        Column("repetitions", "repetitions", "of the study at each draw", np.array([one.repetitions for one in rows])),
    ])  # fmt: skip


def power_table(space: StudyOverSpace) -> pa.Table:
    """A row for each of them and each size: power over plausible space."""
    rows = [(one, k) for one in space.needs for k in range(len(one.sizes))]
    ends = np.array(
        [
            np.nanquantile(one.powers[k], (0.1, 0.5, 0.9)) if np.isfinite(one.powers[k]).any() else [np.nan] * 3
            for one, k in rows
        ]
    ).reshape(-1, 3)
    assurance = np.array([one.assurance(k) for one, k in rows]).reshape(-1, 3)
    return table_of([
        *_names([one for one, _ in rows]),
        Column("size", "number", "of the study", np.array([one.sizes[k] for one, k in rows])),
        Column("size_is", "words", "what the size is", [one.of for one, _ in rows]),
        Column("people", "people", "who take part, at the centre; beyond the largest size tried there, as of that", np.array([one.people_at[k] for one, k in rows])),
        Column("centre", "share", "power at the centre; beyond the largest size tried, as of that, and so below", np.array([one.centre[k] for one, k in rows])),
        Column("low", "share", "a tenth of plausible space has less power", ends[:, 0]),
        Column("median", "share", "half of plausible space has less power", ends[:, 1]),
        Column("high", "share", "nine tenths of plausible space have less power", ends[:, 2]),
        Column("assurance", "share", "power averaged over plausible space", assurance[:, 0]),
        Column("assurance_low", "share", "the same; lower end of the 95 % interval, over draws", assurance[:, 1]),
        Column("assurance_high", "share", "the same; upper end", assurance[:, 2]),
        Column("reaches", "share", "share of plausible space with the power wanted", np.array([one.reaching(k).value for one, k in rows])),
    ])  # fmt: skip


def apart_table(space: StudyOverSpace) -> pa.Table:
    """A row a reading: what it takes to tell two accounts apart over plausible space."""
    rows = space.apart
    return table_of([
        *pair_columns([one.at_centre for one in rows]),
        *(column for what, meaning in (("towns", "towns that it takes"), ("people", "people that it takes"), ("hours", "hours that they give together"))
          for column in _quantiles(what, meaning, [getattr(one, what) for one in rows])),
        Column("never", "share", "share of pairs of draws in which it cannot tell them apart", np.array([one.never for one in rows])),
        Column("planned", "towns", "towns that the file plans", np.array([one.own for one in rows])),
        Column("as_planned", "share", "share of pairs of draws in which no more towns are needed", np.array([one.within.value for one in rows])),
        Column("as_planned_low", "share", "the same; lower end of the 95 % interval, over draws (Clopper and Pearson)", np.array([one.within.low for one in rows])),
        Column("as_planned_high", "share", "the same; upper end", np.array([one.within.high for one in rows])),
    ])  # fmt: skip


def _names(rows: Sequence[Needs]) -> list[Column]:
    return [
        Column("study", "name", "the study", [one.study for one in rows]),
        Column("account", "name", "the account of how a group works", [one.account for one in rows]),
        Column("told", "words", "as people tell it, or as if nobody told it kindly", [one.told for one in rows]),
    ]


def _quantiles(name: str, meaning: str, some: Sequence[Quantiles]) -> list[Column]:
    """Columns of a size over plausible space."""
    unit = {"size": "number"}.get(name, name)
    said = {
        "centre": "at the centre", "few": "at the centre, from as few towns and repetitions as at a draw",
        "low": "a tenth of plausible space needs less", "median": "half of plausible space needs less",
        "high": "nine tenths of plausible space need less",
    }  # fmt: skip
    values = {part: np.array([getattr(one, part) for one in some], float) for part in said}
    return [Column(f"{name}_{part}", unit, f"{meaning}: {words}; {BEYOND}", np.where(np.isinf(values[part]), np.nan, np.ceil(values[part])))
            for part, words in said.items()]  # fmt: skip
