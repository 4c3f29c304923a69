"""The numbers of purposes are part of every draw's address: they never change.

A new purpose is added here with its number, at the end. If this test fails because a number has
changed or gone, change it back: otherwise every life that was ever simulated becomes another one.
"""

from __future__ import annotations

import ast

import pytest

from sim import purposes
from tests.builders import ROOT

FROZEN = {
    "TRAIT_ISOLATION": 1, "TRAIT_STIGMA": 2, "TRAIT_UNDERSTANDING": 3, "TRAIT_COPING": 4, "TRAIT_DISTRESS": 5,
    "TRAIT_SUPPORT": 6, "TRAIT_EPISODE_RATE": 7, "TRAIT_RESPONSIVENESS": 8, "TRAIT_POSITION": 9, "TRAIT_BARRIER": 10,
    "TRAIT_THRESHOLD": 11, "TRAIT_AGE": 12, "TRAIT_ONSET": 13, "TRAIT_WOMAN": 14, "TRAIT_SERVICE_USER": 15,
    "TRAIT_ARRIVAL": 16, "TRAIT_STAY": 17, "TRAIT_FOUNDER": 18,
    "START_STRESSOR": 30, "START_CIRCUMSTANCES": 31, "START_DISTRESS": 32, "STRESSOR_AND_CIRCUMSTANCES": 33,
    "DISTRESS_AND_EPISODES": 34,
    "TELL": 50, "TELL_ACCEPTED": 51, "SEEK": 52, "SEEK_ACCEPTED": 53, "REFERRED": 54,
    "HEAR": 70, "HEAR_HOW": 71, "VISIT": 72, "RETURN": 73, "LEAVE": 74,
    "MEETING_HELD": 90, "ATTEND": 91, "SHARE": 92, "SHARE_SUBJECT": 93, "SHARE_EPISODE": 94, "SHARE_ACCEPTED": 95,
    "SHARE_PRESSED": 96, "SHARE_LABELLED": 97, "SHARE_MECHANICS": 98, "HELP": 99, "BREACH": 100, "BREACH_WHOSE": 101,
    "SOCIAL_HELD": 102, "SOCIAL_ATTEND": 103,
    "CALL": 120, "ANSWER": 121, "LINE_CALL": 122, "LINE_ANSWER": 123, "TEXT": 124, "TOLD_ON_PHONE": 125,
    "VOLUNTEER": 140, "STEP_DOWN": 141, "CLINICIAN_LEAVES": 142, "FUNDING_LOST": 143, "FUNDING_REGAINED": 144,
    "VENUE_LOST": 145, "VENUE_FOUND": 146,
}  # fmt: skip


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


def test_every_purpose_is_drawn_in_one_place_only():
    places = {name: set() for name in FROZEN}
    for path in (ROOT / "sim").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "purposes" and node.attr in places:
                places[node.attr].add((path.name, node.lineno))
    assert {name: sorted(found) for name, found in places.items() if len(found) != 1} == {}


def test_an_extra_rules_draws_have_a_number_of_their_own_by_name():
    number = purposes.of_extra_rule("a postcard")
    assert number == 3_091_486_376  # for ever, in every process
    assert number != purposes.of_extra_rule("a letter")
    assert 2**31 <= number < 2**32


def test_purposes_can_be_named_in_words():
    assert purposes.name_of(purposes.SHARE_ACCEPTED) == "share accepted"
    assert purposes.name_of(2**31 + 5) == f"extra purpose {2**31 + 5}"
