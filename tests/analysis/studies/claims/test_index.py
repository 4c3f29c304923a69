"""The claims themselves: all 33, as docs/odd.md has them, in our language."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from analysis.studies.claims.arms import PLANS
from analysis.studies.claims.declare import EITHER, Kind
from analysis.studies.claims.index import CLAIMS, claims_of
from analysis.studies.claims.words import fails_in_words
from docs.make_tables import claim_row, table
from sim.parameters.mechanisms import MECHANISMS
from sim.problem import Problem
from tests.analysis.lives import unkind_words
from tests.builders import ROOT

SPEAKERS = {*(f"{group}{k}" for group in "AB" for k in range(1, 5)), "authors"}


def test_all_claims_in_the_order_of_the_paper():
    assert list(CLAIMS) == [f"C{k}" for k in range(1, len(CLAIMS) + 1)]
    assert len(CLAIMS) >= 33


def test_what_the_paper_claims_no_outcome_for_is_explored_and_what_was_kept_aside_is_held_out():
    paper = list(CLAIMS.values())[:33]  # of those added later the kind is nobody else's business
    kinds = {kind: {claim.id for claim in paper if claim.kind == kind} for kind in get_args(Kind)}
    assert kinds["explored"] == {"C12", "C21", "C29"}
    assert kinds["rival"] == {"C27"}
    assert kinds["held out"] == {"C25", "C30", "C33"}, "C29 is held out, but no outcome is claimed"
    assert kinds["emergent"] == {
        "C5", "C7", "C10", "C17", "C18", "C19", "C20", "C23", "C26", "C28", "C31",
    }  # fmt: skip


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=lambda claim: claim.id)
def test_a_claim_stands_in_appendix_g_with_its_test_and_a_world_in_which_it_fails(claim):
    cells = claim_row(claim)
    for word in (claim.statement, claim.quote, claim.threshold, claim.dated, claim.note, *claim.needs_mechanisms):
        assert any(word in cell for cell in cells), word
    assert cells[-1] == fails_in_words(claim)
    assert table([], [cells]).splitlines()[-1] in (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=lambda claim: claim.id)
def test_what_a_claim_needs_are_mechanisms_and_who_is_quoted_took_part(claim):
    assert claim.speaker in SPEAKERS
    names = {name for needed in claim.needs_mechanisms for name in needed.split(EITHER)}
    assert names <= {mechanism.name for mechanism in MECHANISMS}


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
    with pytest.raises(Problem, match="--claim C99: no such claim; expected one of C1, C2"):
        claims_of(["C1", "C99"])
