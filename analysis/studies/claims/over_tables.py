# ruff: noqa: E501 - declarations of columns
"""The table of claims over plausible space."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from analysis.compare.estimate import Estimates
from analysis.results.columns import Column, table_of, with_interval
from analysis.studies.claims.declare import FAILS, HOLDS, NOT_VERIFIED, UNDETERMINED, VERIFIED, WITHOUT_TOO
from analysis.studies.claims.over_space import FAILED, HELD, NOT_READ, TWINS_TOO

if TYPE_CHECKING:
    from analysis.studies.claims.over_space import ClaimsOverSpace

SPACE = "share of plausible space"
KINDS = (("holds", HELD, "in which the claim holds"), ("without", TWINS_TOO, "in which it does not, and is true without a group as well"),
         ("fails", FAILED, "in which it fails"), ("unread", NOT_READ, "in which there is nobody to read it off"))  # fmt: skip
OWN = (("own_holds", (HOLDS, VERIFIED), "that hold by their own intervals, luck of the towns included"),
       ("own_without", (WITHOUT_TOO,), "that are true without a group as well by their own intervals"),
       ("own_fails", (FAILS, NOT_VERIFIED), "that fail by their own intervals"),
       ("own_undetermined", (UNDETERMINED,), "whose own intervals leave it undetermined"))  # fmt: skip


def shares_table(space: ClaimsOverSpace) -> pa.Table:
    """A row an account and claim."""
    from analysis.studies.claims.over_words import flips_of, goes_with  # noqa: PLC0415 - which needs this

    claims = space.claims
    columns = [
        Column("account", "name", "account of how a group works", [one.account for one in claims]),
        Column("claim", "id", "number of the claim", [one.claim.id for one in claims]),
        Column("statement", "words", "what the paper says", [one.claim.statement for one in claims]),
        Column("kind", "words", "kind of claim", [one.claim.kind for one in claims]),
        Column("verdict", "words", "verdict at the centre of plausible space", [one.word for one in claims]),
    ]
    for name, code, meaning in KINDS:
        shares = [one.shares[code] for one in claims]
        found = Estimates(*(np.array([getattr(s, end) for s in shares], float) for end in ("value", "low", "high")))
        over = "{}; %s end of the 95 %% interval, over draws and towns"
        columns += with_interval(name, "share", f"{SPACE} {meaning}", found, over % "lower", over % "upper")
    for name, words, meaning in OWN:
        draws = np.array([sum(one.own.get(word, 0.0) for word in words) for one in claims], float)
        columns.append(Column(name, "share", f"share of draws {meaning}", draws))
    ends = np.array([one.key.ends for one in claims]).reshape(-1, 2)
    return table_of([
        *columns,
        Column("figure", "words", "of the figures that decide, the one that divides the draws most evenly", [one.key.figure.label for one in claims]),
        Column("unit", "words", "unit of that figure", [one.key.figure.unit for one in claims]),
        Column("bound", "unit", "its bound", np.array([np.nan if one.key.figure.turns is None else one.key.figure.turns for one in claims], float)),
        Column("centre", "unit", "that figure at the centre", np.array([one.key.figure.estimate.value for one in claims], float)),
        Column("median", "unit", "half of plausible space lies above it, half below", np.array([one.key.median for one in claims], float)),
        Column("from", "unit", "one twentieth of plausible space lies below it", ends[:, 0]),
        Column("to", "unit", "one twentieth of plausible space lies above it", ends[:, 1]),
        Column("luck", "share", "share of the figure's variance between draws that was luck of the few towns", np.array([one.key.luck for one in claims], float)),
        Column("draws", "draws", "draws of plausible space", np.array([len(one.codes) for one in claims], int)),
        Column("moves_with", "words", "parameters that the figure moves with, with correlations of ranks", [goes_with(space, one) for one in claims]),
        Column("flips", "words", "where the claim fails or holds, as few conditions tell", [flips_of(space, one) for one in claims]),
    ])  # fmt: skip
