# ruff: noqa: E501 - declarations of columns
"""Tables of ``verdicts``: the grid, in how many accounts each claim stands, and what would tell accounts apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from analysis.compare.estimate import NOTHING, together
from analysis.results.columns import Column, table_of, with_interval
from analysis.studies.claims.declare import Verdict
from analysis.studies.verdicts.apart import Apart

WORDS = "words"


def all_tables(verdicts: Mapping[str, Sequence[Verdict]], apart: Sequence[Apart]) -> dict[str, pa.Table]:
    """All tables by name."""
    return {"grid": _grid(verdicts), "shared": _shared(verdicts), "apart": _apart(apart)}


def _grid(verdicts: Mapping[str, Sequence[Verdict]]) -> pa.Table:
    """A row a claim and account."""
    rows = [(account, verdict) for account, some in verdicts.items() for verdict in some]
    keys = [verdict.key for _, verdict in rows]
    return table_of([
        Column("claim", "id", "number of the claim", [v.claim.id for _, v in rows]),
        Column("account", "name", "account of how a group works", [account for account, _ in rows]),
        Column("statement", WORDS, "what the paper says", [v.claim.statement for _, v in rows]),
        Column("kind", WORDS, "kind of claim", [v.claim.kind for _, v in rows]),
        Column("verdict", WORDS, "what came out of the trial", [v.word for _, v in rows]),
        Column("figure", WORDS, "what the key figure is", ["" if k is None else k.label for k in keys]),
        Column("unit", WORDS, "unit of the key figure", ["" if k is None else k.unit for k in keys]),
        *with_interval("value", "unit", "the key figure", together([NOTHING if k is None else k.estimate for k in keys])),
        Column("wanted", WORDS, "bounds of the key figure", ["" if k is None else k.wanted for k in keys]),
        Column("p_holm", "probability", "p, corrected for the claims read together under this account", np.array([v.p_holm for _, v in rows])),
        Column("runs", "runs", "runs of each arm", np.array([v.runs for _, v in rows])),
    ])  # fmt: skip


def _shared(verdicts: Mapping[str, Sequence[Verdict]]) -> pa.Table:
    """A row a claim and word: under which accounts it has this verdict."""
    rows = []
    for of_claim in zip(*verdicts.values(), strict=True):
        words = Counter(verdict.word for verdict in of_claim)
        for word in words:
            under = [account for account, verdict in zip(verdicts, of_claim, strict=True) if verdict.word == word]
            rows.append((of_claim[0].claim.id, word, len(under), ", ".join(under)))
    return table_of([
        Column("claim", "id", "number of the claim", [row[0] for row in rows]),
        Column("verdict", WORDS, "what came out of the trial", [row[1] for row in rows]),
        Column("accounts", "accounts", "under how many accounts", np.array([row[2] for row in rows], int)),
        Column("which", WORDS, "which they are", [row[3] for row in rows]),
    ])  # fmt: skip


def _apart(apart: Sequence[Apart]) -> pa.Table:
    """A row for each two accounts and observation."""
    return table_of([
        Column("first", "name", "one account", [a.first for a in apart]),
        Column("second", "name", "the other", [a.second for a in apart]),
        Column("how", WORDS, "how it is seen: before and after, trial (against other people in towns without a group), or register of groups",
               [a.one.how for a in apart]),
        Column("observation", WORDS, "what is seen", [a.one.label for a in apart]),
        Column("arm", "name", "of which kind of group", [a.one.arm for a in apart]),
        Column("unit", WORDS, "unit of what is seen", [a.one.unit for a in apart]),
        Column("under_first", "unit", "what is seen under the one", np.array([a.one.mean for a in apart], float)),
        Column("under_second", "unit", "what is seen under the other", np.array([a.other.mean for a in apart], float)),
        Column("towns", "towns", "towns to be looked at under each to tell them apart with a power of 80 % at the 5 % level; measured without any error",
               np.array([a.towns for a in apart], float)),
    ])  # fmt: skip
