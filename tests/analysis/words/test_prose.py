"""Helpers for sentences."""

from __future__ import annotations

import pytest

from analysis.words.prose import capital, listed, plural, seeds_said, wrapped


def test_lines_are_no_longer_than_asked_and_hang():
    lines = wrapped("one two three four", 10, "- ", "  ").splitlines()
    assert lines == ["- one two", "  three", "  four"]


def test_a_capital_first_letter_leaves_the_others():
    assert [capital(word) for word in ("the UK", "A", "")] == ["The UK", "A", ""]


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_in_a_row(words, text):
    assert listed(words) == text


def test_one_and_many():
    assert [plural(n, "week") for n in (0, 1, 2)] == ["0 weeks", "1 week", "2 weeks"]
    assert plural(3, "person", "people") == "3 people"


@pytest.mark.parametrize(
    ("seeds", "said"),
    [([7], "seed 7"), ([1, 2, 3], "seeds 1 to 3"), ([3, 7, 11], "seeds 3, 7 and 11"), ([2, 1], "seeds 2 and 1")],
)
def test_seeds_are_said_in_order(seeds, said):
    assert seeds_said(seeds) == said
