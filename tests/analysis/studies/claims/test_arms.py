"""The arms that claims are tried on."""

from __future__ import annotations

import pytest

from analysis.compare.arms import arms_of
from analysis.studies.claims.arms import MAIN, PLANS, arms_for, scenarios_named
from sim.parameters import PARAMETERS
from sim.problem import Problem
from sim.scenario import ScenarioError, load
from tests.builders import SCENARIOS


def test_an_arm_is_its_scenario_with_its_changes_and_nothing_else():
    files = {name: load(SCENARIOS / f"{name}.yaml").values for name in {plan.scenario for plan in PLANS.values()}}
    for arm in arms_for(dict.fromkeys(PLANS, 104)):
        plan = PLANS[arm.name]
        differs = {name for name in PARAMETERS if arm.values[name] != files[plan.scenario][name]} - {"run.weeks"}
        assert differs == set(plan.changes), f"{arm.name}: a change that changes nothing, or one too many"
        assert arm.values["run.weeks"] == 104


def test_a_change_is_one_that_a_scenario_file_could_make():
    for plan in PLANS.values():
        load(SCENARIOS / f"{plan.scenario}.yaml").with_values(plan.changes)


def test_all_arms_are_about_the_same_people():
    files = [load(SCENARIOS / f"{name}.yaml") for name in MAIN]
    arms_of(files)
    people = [
        {k: v for k, v in arm.values.items() if k.startswith("people.")} for arm in arms_for(dict.fromkeys(PLANS, 52))
    ]
    assert all(one == people[0] for one in people)


def test_names_and_titles_are_told_apart():
    titles = [plan.title for plan in PLANS.values()]
    assert len(set(titles)) == len(titles)


def test_the_labelling_arm_labels_as_services_do():
    values = scenarios_named(["groupA"])["groupA"].values
    assert PLANS["labelling"].changes["group.labelling"] == pytest.approx(1 - values["outside.services_acceptance"])


def test_settings_change_every_arm_but_not_what_an_arm_is_about():
    arms = {arm.name: arm for arm in arms_for({"groupA": 52, "influence 0": 52}, {"episodes.social_influence": 0.7})}
    assert arms["groupA"].values["episodes.social_influence"] == 0.7
    assert arms["influence 0"].values["episodes.social_influence"] == 0.0


@pytest.mark.parametrize("name", ["run.weeks", "run.seed", "group.exists"])
def test_what_the_trial_decides_cannot_be_set(name):
    value = False if name == "group.exists" else 10
    with pytest.raises(Problem, match="is decided by the trial itself"):
        arms_for({"groupA": 52}, {name: value})


def test_a_setting_that_is_not_valid():
    with pytest.raises(ScenarioError, match=r"--set ties\.isolation_per_tie: found 3, expected a number from 0 to 1"):
        arms_for({"groupA": 52}, {"ties.isolation_per_tie": 3})
    with pytest.raises(ScenarioError, match=r"unknown parameter 'ties\.strength'"):
        arms_for({"groupA": 52}, {"ties.strength": 1})


def test_without_the_scenario_files(monkeypatch, tmp_path):
    monkeypatch.setattr("analysis.studies.claims.arms.SCENARIOS", tmp_path)
    with pytest.raises(Problem, match=r"groupA\.yaml: no such file; the claims are tried on the scenarios"):
        arms_for({"groupA": 52})
