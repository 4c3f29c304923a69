"""Whatever a problem quotes, it is said in printable text of three lines."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.problem import MOST_CHARACTERS, Problem, one_line
from sim.scenario import ScenarioError

ANY_TEXT = st.text(st.characters())  # lone surrogates too


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\r\n   c\td", "a b c d"), ("two  spaces stay", "two  spaces stay"), ("\x1b[31mred", "\\x1b[31mred"),
        ("a\x00b", "a\\x00b"), ("\udcff", "\\udcff"), ("\u202eabc", "\\u202eabc"),
        ("a\u2028b\x85c", "a b c"), ("é 漢", "é 漢"),
    ],
)  # fmt: skip
def test_what_a_terminal_would_obey_is_shown_as_its_code(text, shown):
    assert one_line(text) == shown


def test_what_is_too_long_is_cut_and_keeps_place_and_mend():
    said = one_line("/" + "folder/" * 90 + "mine.yaml:17: people.women: found " + "x " * 3000 + "; did you mean this?")
    assert len(said) <= MOST_CHARACTERS
    assert "mine.yaml:17: people.women: found" in said
    assert said.endswith("; did you mean this?")


@given(ANY_TEXT)
def test_any_text_becomes_one_printable_line(text):
    said = one_line(text * 30)
    assert said.isprintable()
    assert len(said) <= MOST_CHARACTERS
    assert one_line(said) == said


def test_every_kind_of_problem_is_said_so_and_travels_between_processes():
    problem = ScenarioError("a\nb\x1b")
    assert str(problem) == "a b\\x1b"
    assert isinstance(problem, Problem)
    assert str(pickle.loads(pickle.dumps(problem))) == str(problem)
