"""All claims, by id, in the order of the paper."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.studies.claims import before, bonds, groups, learning, rival, safe
from analysis.studies.claims.declare import Claim
from sim.problem import Problem

_ALL = (*before.CLAIMS, *safe.CLAIMS, *bonds.CLAIMS, *learning.CLAIMS, *rival.CLAIMS, *groups.CLAIMS)
CLAIMS: dict[str, Claim] = {claim.id: claim for claim in sorted(_ALL, key=lambda claim: int(claim.id[1:]))}


def claims_of(ids: Iterable[str], own: Iterable[Claim] = ()) -> list[Claim]:
    """Claims by id, each once, in the order of the paper; all of them if none is named.

    Args:
        ids: such as "C17"; "c17" and "17" do as well.
        own: claims beside those of the paper; they come last.

    Raises:
        Problem: if there is no such claim.
    """
    claims = {**CLAIMS, **{claim.id: claim for claim in own}}
    known = {name.lower(): name for name in claims}
    wanted = set()
    for name in ids:
        typed = name.strip().lower()
        found = known.get(typed, known.get(f"c{typed}"))
        if found is None:
            raise Problem(f"--claim {name}: no such claim; expected one of {', '.join(claims)}")
        wanted.add(found)
    return [claim for claim in claims.values() if claim.id in wanted or not wanted]
