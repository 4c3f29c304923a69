"""Verdicts in words, on the terminal and in tables."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.compare.estimate import Estimate
from analysis.studies.claims.arms import PLANS
from analysis.studies.claims.declare import HOLDS, UNDETERMINED, Reading
from analysis.studies.claims.index import CLAIMS
from analysis.studies.claims.show import listing, overview, tell
from analysis.studies.claims.tables import all_tables, totals_table
from analysis.studies.claims.words import LOOKS, fails_in_words, how, sentence
from tests.analysis.lives import unkind_words
from tests.analysis.studies.claims.conftest import RUNS, some_claim

QUOTES = [claim.quote for claim in CLAIMS.values()]


def test_how_a_reading_stands():
    inside = Reading("a", "0-1", Estimate(0.2, 0.1, 0.3, 9), low=0.0, strict=True)
    assert how(inside) == "wanted above 0: inside"
    assert how(Reading("a", "0-1", Estimate(0.2, -0.1, 0.3, 9), low=0.0)) == "wanted at least 0: not clear"
    assert how(Reading("a", "0-1", Estimate(0.2, 0.1, 0.3, 9), high=0.0)) == "wanted at most 0: outside"
    assert how(Reading("a", "0-1", Estimate(0.2, 0.1, 0.3, 9))) == ""


def test_the_sentence_says_when_it_is_true_of_the_twins_as_well():
    own = Reading("isolation of regulars", "0-1", Estimate(-0.3, -0.4, -0.2, 9), high=-0.2)
    twins = Reading("without a group: isolation", "0-1", Estimate(-0.5, -0.6, -0.4, 9), high=-0.2, decides=False)
    not_so = Reading("without a group: isolation", "0-1", Estimate(-0.1, -0.3, 0.1, 9), high=-0.2, decides=False)
    plain = "Isolation of regulars: \u22120.30 (\u22120.40 to \u22120.20) 0-1 (wanted at most -0.2: inside)."
    assert sentence(some_claim(), HOLDS, [own, not_so]) == plain
    assert sentence(some_claim(), HOLDS, [own, twins]) == (
        f"{plain} Seen before and after, it is true of the twins as well: "
        "without a group: isolation: \u22120.50 (\u22120.60 to \u22120.40) 0-1."
    )
    assert sentence(some_claim(kind="explored"), "explored", [own]).endswith("no bound was set.")
    assert sentence(some_claim(), UNDETERMINED, []) == ""


def test_the_overview_has_every_claim_and_explains_every_word(small_trial):
    text = overview(small_trial.verdicts, small_trial.study, RUNS)
    for verdict in small_trial.verdicts:
        assert f"\n{verdict.claim.id} " in f"\n{text}"
        assert LOOKS[verdict.word].meaning in " ".join(text.split())
    assert f"{RUNS} runs, seeds from 1, {len(PLANS)} arms" in text
    assert "people.residents = 30" in text
    assert max(map(len, text.splitlines())) <= 180


def test_one_claim_in_full(small_trial):
    verdict = next(v for v in small_trial.verdicts if v.claim.id == "C17")
    text = tell(verdict, small_trial.study, RUNS)
    decided = (
        "What decides",
        "Beside it",
        "since before coming, with the group",
        "of the twins, without",
        f"set {verdict.claim.dated}",
    )
    in_a_row = " ".join(text.split())
    for words in (verdict.claim.statement, '"not on your own" (A1)', verdict.word.upper(), *decided, "overturned by"):
        assert words in in_a_row, words
    assert text.count("against the twins") >= 5
    assert "the authors" in tell(next(v for v in small_trial.verdicts if v.claim.id == "C27"), small_trial.study, RUNS)


def test_the_list_says_what_would_be_run_and_runs_nothing():
    text = listing(list(CLAIMS.values()))
    for one in CLAIMS.values():
        assert f'"{one.quote}"' in text
        assert one.statement in text
    assert "arms: groupA, befriending, judging, groupB; 104 weeks" in text


def test_all_that_is_printed_is_kind(small_trial):
    said = [overview(small_trial.verdicts, small_trial.study, RUNS), listing(list(CLAIMS.values()))]
    said += [tell(verdict, small_trial.study, RUNS) for verdict in small_trial.verdicts]
    text = " ".join(" ".join(said).split())
    for quote in QUOTES:
        text = text.replace(quote, "")
    assert not unkind_words(text)


def test_tables_hold_what_was_printed(small_trial):
    found = all_tables(small_trial.verdicts, small_trial.runs)
    verdicts, readings = found["verdicts"], found["readings"].to_pylist()
    assert verdicts["claim"].to_pylist() == list(CLAIMS)
    assert verdicts["verdict"].to_pylist() == [verdict.word for verdict in small_trial.verdicts]
    assert len(readings) == sum(len(verdict.readings) for verdict in small_trial.verdicts)
    key = next(v for v in small_trial.verdicts if v.claim.id == "C17").readings[0]
    row = next(r for r in readings if r["claim"] == "C17")
    assert (row["reading"], row["at_most"]) == (key.label, -0.2)
    assert (row["value"], row["twin_change"]) == (key.estimate.value, key.twin_change.value)
    known = next(v.key for v in small_trial.verdicts if v.claim.id == "C2")
    row = next(r for r in readings if r["claim"] == "C2")
    assert (row["low"], row["high"]) == (known.estimate.low, known.estimate.high)
    assert row["at_most"] == 0.7
    assert row["decides"] is True
    for table in found.values():
        assert all(field.metadata[b"unit"] and field.metadata[b"meaning"] for field in table.schema)


def test_totals_can_be_summed_to_the_figures_again(small_trial):
    table = totals_table(small_trial.runs).to_pylist()
    assert len(table) == RUNS * len(small_trial.runs)
    absent = [row for row in table if row["arm"] == "absent"]
    rise = sum(row["stayed_isolation_rise"] for row in absent) / sum(row["stayed"] for row in absent)
    assert rise == pytest.approx(small_trial.verdicts[0].key.estimate.value)
    short = [row for row in table if row["arm"] == "coin toss"]
    assert all(row["open_year_8"] is None for row in short)
    assert all(row["open_year_2"] in (0.0, 1.0) for row in short)
    assert np.all([row["members_year_2"] is None or row["open_year_2"] == 1.0 for row in short])


def test_what_cannot_be_asked_says_which_mechanism_is_missing_and_gives_no_bounds(small_trial):
    verdict = next(v for v in small_trial.verdicts if v.claim.id == "C33")
    text = tell(verdict, small_trial.study, small_trial.finished)
    assert "NOT TESTABLE UNDER THIS ACCOUNT" in text and "no rule could show this: alike" in " ".join(text.split())
    assert "needs           the mechanism alike" in text and "wanted" not in text
    assert "not testable under this account" in small_trial.report()


def test_a_claim_tells_the_world_in_which_it_fails(small_trial):
    verdict = next(v for v in small_trial.verdicts if v.claim.id == "C20")
    text = " ".join(tell(verdict, small_trial.study, small_trial.finished).split())
    said = "counting on a meeting eases no day (meeting.assured_eases = 0.0; under the account safety-net)"
    assert f"fails in {said}" in text
    assert f"Fails in: {said}" in small_trial.report()
    explored = next(v.claim for v in small_trial.verdicts if v.claim.kind == "explored")
    assert fails_in_words(explored) == "nothing decides, so nothing can fail"
