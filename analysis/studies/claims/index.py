"""All claims, by id, in the order of the paper."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.studies.claims import before, bonds, groups, learning, rival, safe
from analysis.studies.claims.declare import Claim
from sim.problem import Problem

_ALL = (*before.CLAIMS, *safe.CLAIMS, *bonds.CLAIMS, *learning.CLAIMS, *rival.CLAIMS, *groups.CLAIMS)
CLAIMS: dict[str, Claim] = {claim.id: claim for claim in sorted(_ALL, key=lambda claim: int(claim.id[1:]))}


def claims_of(ids: Iterable[str]) -> list[Claim]:
    """Claims by id, each once, in the order of the paper; all of them if none is named.

    Args:
        ids: such as "C17"; "c17" and "17" do as well.

    Raises:
        Problem: if there is no such claim.
    """
    wanted = set()
    for name in ids:
        known = f"C{name.strip().lstrip('Cc')}"
        if known not in CLAIMS:
            raise Problem(f"--claim {name}: no such claim; expected one of {', '.join(CLAIMS)}")
        wanted.add(known)
    return [claim for claim in CLAIMS.values() if claim.id in wanted or not wanted]
