"""The report of a trial: every claim with its words, figures and verdict, and nothing fetched."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.studies.claims.declare import FAILS, HOLDS
from analysis.words.care import CARE, SUPPORT
from analysis.words.numbers import with_minus
from tests.analysis.lives import unkind_words
from tests.analysis.report.reading import EVIL, Page


@pytest.fixture(scope="module")
def page(small_trial):
    return Page(small_trial.report())


def page_without_comparison(trial, verdicts):
    return Page(replace(trial, verdicts=verdicts, runs={"coin toss": trial.runs["coin toss"]}).report())


def test_it_is_one_whole_file_that_fetches_nothing(page):
    assert page.text.startswith("<!doctype html>")
    assert page.fetched == page.left_open == page.comments == []
    assert page.dangling == set()
    assert len(page.ids) == len(set(page.ids))
    for svg in page.all("svg"):
        assert len(svg["aria-label"]) > 20


def test_every_claim_is_there_with_its_verdict_threshold_and_sentence(page, small_trial):
    for verdict in small_trial.verdicts:
        for words in (verdict.claim.statement, verdict.claim.threshold, verdict.word, verdict.sentence):
            assert with_minus(" ".join(words.split())) in with_minus(page.words), (verdict.claim.id, words)


def test_what_a_claim_is_begins_with_capitals(page, small_trial):
    for claim in (verdict.claim for verdict in small_trial.verdicts):
        said = f"{claim.kind[0].upper()}{claim.kind[1:]}. {claim.contrast[0].upper()}{claim.contrast[1:]};"
        assert with_minus(" ".join(said.split())) in with_minus(page.words)


def test_the_care_note_stands_there_and_no_word_that_hurts(page):
    assert CARE in page.words
    assert SUPPORT in page.words
    labels = " ".join(svg["aria-label"] for svg in page.all("svg"))
    assert unkind_words(labels) == []


def test_verdicts_are_counted(small_trial):
    some = [
        replace(verdict, word=word)
        for verdict, word in zip(
            [v for v in small_trial.verdicts if v.claim.kind == "emergent"][:3], (HOLDS, HOLDS, FAILS), strict=True
        )
    ]
    built_in = next(v for v in small_trial.verdicts if v.claim.kind == "built in")
    page = page_without_comparison(small_trial, [*some, built_in])
    assert "In this model, of 3 claims that could fail: 2 hold, 1 fails." in page.words
    assert page.all("svg") == [], "without an arm to be shown there is no comparison"


def test_what_a_claim_says_comes_out_as_words(small_trial):
    first = small_trial.verdicts[0]
    wicked = replace(first, claim=replace(first.claim, statement=EVIL), sentence=EVIL)
    page = page_without_comparison(small_trial, [wicked])
    assert "<script" not in page.text
    assert page.words.count("alert(1)") >= 2
