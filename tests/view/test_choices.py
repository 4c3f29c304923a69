"""Scenario and parameters chosen on the page: nothing wrong gets in, and the answer says why."""

import pytest
import yaml

from scenarios import files
from sim.parameters import PARAMETERS
from sim.scenario import account_names, load
from tests.builders import SCENARIOS
from tests.view.towns import choices_of
from view.choices import FEATURED, RUN, Choices, as_typed, explained, scenario_files, slider_range


@pytest.mark.parametrize(
    ("name", "typed", "part"),
    [
        ("run.seed", "one", "a whole number"),
        ("run.seed", "-1", "from 0 up"),
        ("run.seed", "", "found nothing"),
        ("run.weeks", "0", "1 to 5200"),
        ("run.weeks", "1.5", "a whole number"),
        ("group.acceptance", "1.2", "0 to 1"),
        ("group.acceptance", "true", "a number from 0 to 1"),
        ("group.acceptance", ".nan", "a number"),
        ("group.phone_line", "maybe", "true or false"),
        ("group.meeting_days", "[9]", "weekdays"),
        ("group.meeting_days", "[", "found ["),
        ("group.meeting_days", "[01, 3]", "weekdays"),
        ("group.meeting_days", "[1:2]", "weekdays"),
        ("group.phone_line", "yes", "true or false"),
        ("run.seed", "010", "found 010, expected a whole number"),
        ("run.seed", "1:44", "found 1:44, expected a whole number"),
        ("run.seed", "0x10", "found 0x10, expected a whole number"),
        ("run.seed", "1_000", "found 1_000, expected a whole number"),
        ("run.seed", "7.0", "found 7.0, expected a whole number"),
        ("run.seed", "9" * 5000, "expected a whole number"),
        ("run.weeks", "10.7", "found 10.7, expected a whole number"),
        ("run.weeks", ".inf", "found .inf, expected a whole number"),
        ("people.residents", "0100", "found 0100, expected a whole number"),
        ("meeting.strength", "00.5", "found 00.5, expected a number"),
        ("meeting.strength", "1:30", "found 1:30, expected a number"),
        ("meeting.strength", ".inf", "found .inf, expected a number"),
        ("meeting.strength", "1e999", "expected a number"),
        ("meeting.strength", "0,5", "found 0,5, expected a number"),
        ("people.residents", "1999", "at most 1000 on the page"),
        ("run.weeks", "5200", "the page can keep"),
        ("group.acceptance", "<script>", "a number"),
    ],
)
def test_a_wrong_value_is_answered_and_changes_nothing(name, typed, part):
    choices = Choices(SCENARIOS / "groupA.yaml")
    before = choices.scenario.values
    answer = choices.type_in(name, typed)
    assert part in answer
    assert answer.endswith(f". Until then it stays {as_typed(before[name])}.")
    assert len(answer) < 300
    assert choices.scenario.values == before


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [("run.seed", "7", 7), ("group.acceptance", "0.5", 0.5), ("group.acceptance", "1", 1.0),
     ("meeting.strength", "1e-3", 0.001), ("meeting.strength", " .5 ", 0.5),
     ("run.seed", "0", 0), ("group.phone_line", "true", True), ("group.meeting_days", "[1, 3]", [1, 3])],
)  # fmt: skip
def test_a_right_value_is_taken(name, typed, value):
    choices = Choices(SCENARIOS / "groupA.yaml")
    assert choices.type_in(name, typed) == ""
    assert choices.scenario.values[name] == value
    assert choices.scenario.origins[name] == "page"


def test_a_value_put_back_is_no_change():
    choices = Choices(SCENARIOS / "groupA.yaml")
    choices.change("group.acceptance", 0.5)
    choices.change("group.acceptance", 0.95)
    assert choices.changes == {}


def test_another_scenario_keeps_the_seed_and_drops_the_rest():
    choices = choices_of("groupA")
    choices.change("run.seed", 9)
    choices.change("group.acceptance", 0.5)
    assert choices.pick(SCENARIOS / "judging.yaml") == ""
    expected = load(SCENARIOS / "judging.yaml").with_values({"run.seed": 9}).values
    assert choices.scenario.values == expected


def test_a_broken_scenario_is_answered(tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text("name: broken\ngroup:\n  acceptance: 3\n")
    choices = Choices(SCENARIOS / "groupA.yaml")
    assert "acceptance" in choices.pick(broken)
    assert choices.scenario.name == "groupA"


def test_all_scenarios_can_be_picked(tmp_path):
    assert set(scenario_files()) == {path.stem for path in files(SCENARIOS)}
    own = tmp_path / "mine.yaml"
    own.write_text(yaml.safe_dump({"name": "mine"}))
    assert next(iter(scenario_files(own))) == "mine"
    for path in scenario_files().values():
        assert Choices(path).scenario.name == path.stem


def test_every_parameter_can_be_reached_and_explained():
    featured = [name for group in FEATURED for name in group.names] + list(RUN)
    assert len(set(featured)) == len(featured)
    assert set(featured) <= set(PARAMETERS)
    for p in PARAMETERS.values():
        text = explained(p)
        assert p.unit in text
        assert p.source.rstrip(".") in text


def test_a_slider_covers_its_value_and_only_what_is_accepted():
    for group in FEATURED:
        for name in group.names:
            p = PARAMETERS[name]
            if p.kind in (int, float):
                low, high = slider_range(p, p.high)
                assert p.low <= low <= p.default <= high == p.high


def test_an_account_is_picked_and_what_the_page_says_stays():
    choices = Choices(SCENARIOS / "groupA.yaml")
    assert {"company", "first", "nothing"} <= set(account_names())
    assert choices.change("mechanisms.heard", True) == choices.change("run.seed", 5) == ""
    assert choices.pick_account("nothing") == ""
    assert choices.base.account.name == "nothing"
    assert choices.change("mechanisms.heard", True) == ""
    assert choices.pick_account("company") == ""
    values = choices.scenario.values
    assert (values["mechanisms.ties"], values["mechanisms.heard"], values["run.seed"]) == (True, True, 5)
    assert choices.scenario.account.overruled == ("mechanisms.heard",)
    assert "did you mean company" in choices.pick_account("compny")
    assert choices.base.account.name == "company"
    assert choices.pick(SCENARIOS / "groupB.yaml") == ""
    assert choices.base.account is None
