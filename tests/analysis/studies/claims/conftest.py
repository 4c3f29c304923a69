"""Small trials that several tests look at; nobody changes them."""

from __future__ import annotations

import pytest

from analysis.studies.claims.declare import Claim
from analysis.studies.claims.study import ClaimsStudy

# So small a town and so few runs that verdicts are about nothing: what is tested is that all works together.
SMALL = {"people.residents": 30, "run.lead_in_weeks": 8}
RUNS = 4


@pytest.fixture(scope="session")
def small_trial():
    """All claims, on four small towns."""
    return ClaimsStudy.of(None, RUNS, 1, SMALL).live()


def some_claim(name="C0", kind="emergent", **fields):
    """A claim that says nothing."""
    words = dict.fromkeys(("statement", "contrast", "population", "outcome", "threshold"), "")
    return Claim(id=name, kind=kind, dated="2026-11-23", **words, **fields)
