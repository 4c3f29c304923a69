"""Each statement: what must be true of who says it, and of how many."""

from __future__ import annotations

import re

import numpy as np
import pytest

from analysis.studies.interviews.statements import (
    ASSUMPTIONS,
    DEFAULTS,
    SETS,
    STATEMENT_IDS,
    STATEMENTS,
    Telling,
    in_set,
    voices,
    voices_needed,
)
from tests.analysis.lives import unkind_words
from tests.analysis.studies.interviews.planted import EVERYTHING_TRUE, NOTHING_TRUE, columns
from tests.builders import ROOT

# What makes each statement just true, and just not, of somebody of whom nothing else is.
JUST = {
    "alone": ({"isolation": (0.5, 0.39)}, {"isolation": (0.5, 0.41)}),
    "shame": ({"stigma": (0.5, 0.39)}, {"stigma": (0.5, 0.41)}),
    "judged": ({"judged": 0.1}, {"judged": 0.11}),
    "understands": ({"understanding": (0.3, 0.41)}, {"understanding": (0.3, 0.39)}),
    "helps": ({"helped": 1.0, "understanding": (0.3, 0.41)}, {"helped": 0.0, "understanding": (0.3, 0.41)}),
    "copes": ({"coping": (0.3, 0.41)}, {"coping": (0.3, 0.39)}),
    "manages": ({"got_through": (0.5, 0.61)}, {"got_through": (0.5, 0.59)}),
    "lessened": ({"episodes": (20.0, 15.9)}, {"episodes": (20.0, 16.1)}),
    "friends": ({"strongest_tie": 0.5}, {"strongest_tie": 0.49}),
    "ring": ({"contacts": 12.0}, {"contacts": 11.9}),
    "open": ({"told_outside": (1.0, 1.1)}, {"told_outside": (1.0, 1.0)}),
}


def said(told, people=1, **assumed):
    found = voices(Telling(columns(people, **told), DEFAULTS | assumed))
    return {name: bool(row[0]) for name, row in zip(STATEMENT_IDS, found, strict=True)}


def test_everything_is_said_where_everything_is_true_and_nothing_where_nothing_is():
    assert all(said(EVERYTHING_TRUE).values())
    assert not any(said(NOTHING_TRUE).values())


@pytest.mark.parametrize("name", STATEMENT_IDS)
def test_each_statement_turns_at_its_threshold(name):
    just, not_quite = JUST[name]
    assert said(just)[name]
    assert not said(not_quite)[name]


def test_worse_is_never_told_as_better():
    worse = {name: value[::-1] if isinstance(value, tuple) else value for name, value in EVERYTHING_TRUE.items()}
    told = said(worse)
    assert [name for name in told if told[name]] == ["judged", "friends", "ring"]


def test_managing_better_is_coping_or_getting_through_or_fewer_episodes():
    for told in ({"coping": (0.3, 0.5)}, {"got_through": (0.3, 0.5)}, {"episodes": (10.0, 5.0)}):
        assert said(told)["manages"]
    assert not said({"understanding": (0.1, 0.9)})["manages"]


def test_nobody_can_say_what_there_is_nothing_to_go_by():
    nan = float("nan")
    told = said({"episodes": (nan, 3.0), "got_through": (0.2, nan), "judged": nan, "isolation": (nan, nan)})
    assert not any(told.values())
    assert not said({"episodes": (0.0, 0.0)})["lessened"], "there was nothing to lessen"


def test_optimism_grows_with_ties_and_does_not_touch_what_happens_in_the_group():
    tied, untied = NOTHING_TRUE | {"mean_tie": 0.8}, NOTHING_TRUE | {"mean_tie": 0.0}
    told = said(tied, optimism=0.3)
    assert {name for name in told if told[name]} == {"alone", "shame", "understands", "copes", "manages", "lessened"}
    assert not any(said(untied, optimism=0.3).values())
    assert not any(said(tied, optimism=0.1).values()), "0.08 is not noticed"


@pytest.mark.parametrize(
    ("wording", "of_eight", "of_four", "of_one"),
    [("all", 8, 4, 1), ("most", 5, 3, 1), ("many", 4, 2, 1), ("some", 1, 1, 1)],
)
def test_wording_asks_for_so_many(wording, of_eight, of_four, of_one):
    assert voices_needed(wording, np.array([8, 4, 1])).tolist() == [of_eight, of_four, of_one]


def test_the_paper_says_all_of_isolation_and_most_of_managing():
    wording = {s.id: s.wording for s in STATEMENTS}
    wanted = {"alone": "all", "manages": "most", "open": "many", "lessened": "some"}
    assert {name: wording[name] for name in wanted} == wanted
    for s in STATEMENTS:
        if s.wording in ("most", "many"):
            assert s.wording in s.wording_quote


def test_every_statement_is_of_a_claim_and_of_its_kind():
    appendix = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8").split("## Appendix G")[1]
    for s in STATEMENTS:
        row = next(line for line in appendix.splitlines() if line.startswith(f"| {s.claim} |"))
        kind = row.split("|")[4].strip().lower()
        # What a rule says outright may be stated of an emergent claim, such as being judged of C7; never the reverse.
        assert kind == s.kind or (s.kind, kind) == ("built in", "emergent")
        assert ("held out" in kind) == (s.kind == "held out")
    assert len({s.id for s in STATEMENTS}) == len(STATEMENTS)


def test_sets_are_what_they_say():
    assert in_set("everything").all()
    assert [s.id for s, some in zip(STATEMENTS, in_set("not built in"), strict=True) if some] == [
        "alone", "manages", "lessened", "friends", "open"]  # fmt: skip
    assert set(SETS) == {"everything", "not built in", "change"}


def test_every_assumption_has_a_plausible_range_around_its_default():
    for a in ASSUMPTIONS:
        assert a.accepted[0] <= a.plausible[0] <= a.default <= a.plausible[1] <= a.accepted[1]
        assert a.plausible[0] < a.plausible[1]


def test_words_are_kind_and_quotations_short():
    for s in STATEMENTS:
        assert unkind_words(f"{s.words} {s.true_of}") == []
        assert len(s.quote) < 90
        assert re.fullmatch(r"[AB][1-4]|authors", s.speaker)
