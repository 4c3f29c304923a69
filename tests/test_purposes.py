"""The numbers of purposes are part of every draw's address: they never change.

``python -m docs.renew`` adds a new purpose to tests/purposes.json and touches no other. If this test fails because a
number has changed or gone, change it back: otherwise every life that was ever simulated becomes another one.
"""

from __future__ import annotations

import ast
import json

import pytest

from sim import purposes
from tests.builders import ROOT

FROZEN = json.loads((ROOT / "tests" / "purposes.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FROZEN)
def test_every_purpose_keeps_its_number(name):
    assert purposes.numbered().get(name) == FROZEN[name]


def test_new_purposes_are_added_to_the_frozen_list():
    assert set(purposes.numbered()) == set(FROZEN)


def test_no_two_purposes_share_a_number():
    numbers = list(purposes.numbered().values())
    assert len(set(numbers)) == len(numbers)


def test_every_number_fits_a_word_and_stays_clear_of_extra_rules():
    assert all(0 < number < 2**31 for number in purposes.numbered().values())


def drawn_in(path):
    """The purposes used in a file, each as often as it is: by name, or as ``purposes.NAME``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "purposes" and node.attr in FROZEN:
            yield node.attr
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in FROZEN:
            yield node.id


def test_every_purpose_is_drawn_in_one_place_only():
    places = [name for path in (ROOT / "sim").rglob("*.py") for name in drawn_in(path)]
    assert {name: places.count(name) for name in FROZEN if places.count(name) != 1} == {}


def test_an_extra_rules_draws_have_a_number_of_their_own_by_name():
    number = purposes.of_extra_rule("a postcard")
    assert number == 3_091_486_376  # for ever, in every process
    assert number != purposes.of_extra_rule("a letter")
    assert 2**31 <= number < 2**32


def test_purposes_can_be_named_in_words():
    assert purposes.name_of(purposes.SHARE_ACCEPTED) == "share accepted"
    assert purposes.name_of(2**31 + 5) == f"extra purpose {2**31 + 5}"
