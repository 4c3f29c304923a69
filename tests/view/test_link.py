"""A link holds what is shown, and says nothing that would not be accepted elsewhere."""

import pytest

from sim.scenario import load
from tests.builders import SCENARIOS
from view.choices import Choices
from view.link import follow, query_of


def test_there_and_back():
    choices = Choices(SCENARIOS / "groupB.yaml")
    assert choices.pick_account("learning") == ""
    for name, value in (("run.seed", 9), ("group.acceptance", 0.5), ("group.meeting_days", [1, 3])):
        assert choices.change(name, value) == ""
    query = query_of(choices.scenario, 41, 30)
    other = Choices(SCENARIOS / "groupA.yaml")
    place = follow(query, other)
    assert place == (41, 30, ())
    assert other.scenario.values == choices.scenario.values
    assert other.scenario.account.name == "learning"
    assert query_of(other.scenario, 41, 30) == query


def test_no_link_changes_nothing():
    choices = Choices(SCENARIOS / "groupA.yaml")
    assert follow("", choices) == (0, None, ())
    assert choices.scenario.values == load(SCENARIOS / "groupA.yaml").values


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("scenario=nosuch", "expected one of"),
        ("scenario=../groupA", "expected one of"),
        ("account=../../etc/passwd", "expected the name of one that comes with Sameboat"),
        ("account=compny", "did you mean company"),
        ("week=1e9", "week: found 1e9, expected -1 to 623"),
        ("week=624", "week: found 624"),
        ("person=-1", "person: found -1"),
        ("run.seed=010", "run.seed: found 010"),
        ("group.acceptance=7", "group.acceptance: found 7, expected a number from 0 to 1"),
        ("group.nonsense=1", "there is no such parameter"),
        ("x=" + "a" * 5000, "longer than 4000"),
    ],
)
def test_what_is_wrong_is_answered_and_left_out(query, words):
    choices = Choices(SCENARIOS / "groupA.yaml")
    before = choices.scenario.values
    place = follow(query, choices)
    assert words in " ".join(place.problems)
    assert len(" ".join(place.problems)) < 400
    assert choices.scenario.values == before
    assert place.weeks == 0
