"""The claims themselves: all 33, as docs/odd.md has them, in our language."""

from __future__ import annotations

import re
from datetime import date

import pytest

from analysis.studies.claims.arms import PLANS
from analysis.studies.claims.index import CLAIMS, claims_of
from sim.parameters import PARAMETERS
from sim.problem import Problem
from tests.analysis.lives import unkind_words
from tests.builders import ROOT

BUILT_IN, HELD_OUT = "built in", "held out"
SPEAKERS = {*(f"{group}{k}" for group in "AB" for k in range(1, 5)), "authors"}


def appendix():
    """Rows of appendix G by claim: what it says, quotes, kind."""
    text = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
    rows = {}
    for line in text[text.index("## Appendix G") :].splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if re.fullmatch(r"C\d+", cells[0]):
            rows[cells[0]] = cells
    return rows


def test_all_claims_in_the_order_of_the_paper():
    assert list(CLAIMS) == [f"C{k}" for k in range(1, 34)]


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=lambda claim: claim.id)
def test_a_claim_is_the_one_of_appendix_g(claim):
    _, _, quotes, kind, _, parameters = appendix()[claim.id]
    assert claim.quote in quotes
    assert claim.speaker in quotes
    assert claim.speaker in SPEAKERS
    kind = kind.replace("*", "").lower()
    assert (claim.kind == "explored") == kind.startswith("x")
    assert (claim.kind == "rival") == (kind == "rival")
    if claim.kind == BUILT_IN:
        assert kind.startswith("in")
    if claim.kind in ("emergent", HELD_OUT):
        assert "em" in kind
    assert (claim.kind == HELD_OUT) == (claim.id in ("C25", "C30", "C33")), "C29 is held out, but no outcome is claimed"
    assert set(claim.rests_on) <= set(PARAMETERS)
    assert set(re.findall(r"`([a-z_.]+)`", parameters)) & set(claim.rests_on)


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=lambda claim: claim.id)
def test_a_claim_says_what_a_reader_needs(claim):
    for name in ("statement", "quote", "contrast", "population", "outcome", "threshold", "note", "overturn"):
        assert getattr(claim, name).strip(), name
    assert date.fromisoformat(claim.dated) >= date(2026, 11, 23)
    assert set(claim.needs) <= set(PLANS)
    assert claim.weeks % 52 == 0
    assert len(claim.quote.split()) <= 20


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=lambda claim: claim.id)
def test_our_own_words_are_kind(claim):
    own = " ".join(
        [claim.statement, claim.contrast, claim.population, claim.outcome, claim.threshold, claim.note, claim.overturn]
    )
    assert not unkind_words(own)
    assert "wrist" not in claim.quote


def test_every_arm_is_needed_by_a_claim():
    assert {name for claim in CLAIMS.values() for name in claim.needs} == set(PLANS)


def test_a_null_result_is_possible_for_what_the_paper_does_not_claim():
    for claim in CLAIMS.values():
        if claim.kind == "explored":
            assert claim.threshold.startswith("none")


def test_claims_by_id():
    assert [claim.id for claim in claims_of([])] == list(CLAIMS)
    assert [claim.id for claim in claims_of(["17", "c2", "C17"])] == ["C2", "C17"]
    with pytest.raises(Problem, match="--claim C34: no such claim; expected one of C1, C2"):
        claims_of(["C1", "C34"])
