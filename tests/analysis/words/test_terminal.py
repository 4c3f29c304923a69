"""A terminal that lacks a sign gets a plain one, and nothing stops."""

from __future__ import annotations

import io
import sys

import pytest

from analysis.words.numbers import count, signed
from analysis.words.terminal import make_ready, plain


def test_signs_have_plain_forms():
    assert plain(f"{signed(-0.5)} {signed(None)} {count(1234)} \u2603") == "-0.50 - 1 234 ?"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
def test_any_text_can_be_written_to_any_terminal(monkeypatch, encoding):
    held = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(held, encoding=encoding))
    make_ready()
    sys.stdout.write(signed(-0.5))
    sys.stdout.flush()
    assert held.getvalue() == b"-0.50"


def test_a_terminal_that_has_the_sign_shows_it(monkeypatch):
    held = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(held, encoding="utf-8"))
    make_ready()
    sys.stdout.write(signed(-0.5))
    sys.stdout.flush()
    assert held.getvalue().decode() == signed(-0.5)
