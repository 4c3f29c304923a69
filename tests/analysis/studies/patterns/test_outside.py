"""The declared outside figures, which of them stands beside what, and the word for where a figure lies."""

from __future__ import annotations

import re

import pytest

from analysis.compare.estimate import Estimate
from analysis.studies.patterns.outside import (
    ABOVE,
    ASSUMPTION,
    BELOW,
    INSIDE,
    NOTHING,
    OUTSIDE,
    REASONS,
    SEEN,
    Outside,
    of_pair,
    of_reason,
    of_state,
    of_year,
    word_for,
)
from sim.codes import CLOSED_NAMES

NAN = float("nan")


@pytest.mark.parametrize("one", OUTSIDE.values(), ids=lambda one: one.name)
def test_every_figure_has_a_source_and_says_how_far_it_was_seen(one):
    assert one.seen in SEEN
    assert one.says
    if one.seen == ASSUMPTION:
        assert "assumption" in one.source
    else:
        assert re.search(r"\b(19|20)\d\d\b|doi|GROW|review", one.source)
    assert one.has_number or one.note, "a figure without a number says why"
    least, most = one.ends
    assert least <= most


def test_no_figure_is_declared_twice():
    assert all(name == one.name for name, one in OUTSIDE.items())


@pytest.mark.parametrize(
    ("found", "word"),
    [
        ((0.5, 0.45, 0.65), INSIDE),  # the interval meets the range
        ((0.5, 0.45, 0.59), BELOW),
        ((0.9, 0.86, 0.95), ABOVE),
        ((0.7, 0.0, 1.0), INSIDE),
        ((0.5, NAN, NAN), BELOW),  # no interval: the figure decides
        ((NAN, NAN, NAN), NOTHING),
    ],
)
def test_the_word_goes_by_the_whole_interval(found, word):
    assert word_for(Estimate(*found, 9), Outside("x", "0.6-0.85", "", ASSUMPTION, 0.6, 0.85)) == word


def test_a_range_may_be_open_and_a_figure_may_have_no_number():
    more = Outside("x", "more", "", ASSUMPTION, 0.0, None)
    assert word_for(Estimate(7.0, 6.0, 8.0, 9), more) == INSIDE
    assert word_for(Estimate(-7.0, -8.0, -6.0, 9), more) == BELOW
    assert word_for(Estimate(0.5, 0.4, 0.6, 9), OUTSIDE["stigma over half a year"]) == NOTHING
    assert word_for(Estimate(0.5, 0.4, 0.6, 9), None) == NOTHING
    assert word_for(Estimate(float("inf"), 5.0, float("inf"), 9), OUTSIDE["median survival"]) == ABOVE


def test_what_stands_beside_what():
    assert of_pair("distress", "isolation") is of_pair("isolation", "distress") is OUTSIDE["isolation with distress"]
    assert of_pair("isolation", "woman") is None
    assert of_state("isolation", 52) is OUTSIDE["isolation over a year"]
    assert of_state("a new state", 52) is OUTSIDE["any other state over a year"]
    assert of_state("stigma", 26) is OUTSIDE["stigma over half a year"]
    assert of_state("isolation", 104) is None
    assert [of_year(year).low for year in (1, 2, 3, 12)] == [0.1, 0.1, 0.05, 0.05]


def test_reasons_of_the_model_find_theirs_and_new_ones_may():
    assert of_reason("too few came") is OUTSIDE["reason: attendance"]
    assert of_reason("nobody to organise it") is OUTSIDE["reason: leadership"]
    assert of_reason("no longer needed") is OUTSIDE["reason: no longer needed"]
    assert of_reason("problems between members") is OUTSIDE["reason: problems between members"]
    assert of_reason("no room for long") is OUTSIDE["reason: logistics"]
    assert of_reason("the moon was full") is None
    found = [of_reason(name) for name in CLOSED_NAMES[1:]]
    assert all(found), "a new reason for closing wants words in REASONS, or a figure"
    assert len({one.name for one in found}) == len(found)
    assert {name for name, _ in REASONS} <= set(OUTSIDE)
