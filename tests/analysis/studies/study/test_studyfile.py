"""Study files: those that come with Sameboat are valid, and what is wrong is said in one line."""

from __future__ import annotations

import json

import jsonschema
import pytest
import yaml

from analysis.studies.study.schema import schema
from analysis.studies.study.studyfile import read_study
from sim.problem import Problem
from tests.builders import SCENARIOS

FOLDER = SCENARIOS / "studies"
SHIPPED = sorted(FOLDER.glob("*.yaml"))
ASKED = {"before-after", "waiting-list", "cluster-trial", "stepped-wedge", "regulars", "diary", "register",
         "interviews"}  # fmt: skip
GOOD = {
    "study": "mine", "source": "assumption", "base": str(SCENARIOS / "groupA.yaml"),
    "people": {"who": "residents", "towns": 8}, "instruments": {"isolation": {"reliability": 0.8}},
    "follow_ups": [24],
}  # fmt: skip


def written(tmp_path, changes):
    content = json.loads(json.dumps(GOOD))
    for path, value in changes.items():
        *keys, last = path.split("/")
        inside = content
        for key in keys:
            inside = inside.setdefault(key, {})
        inside[last] = value
    file = tmp_path / "mine.yaml"
    file.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    return file


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_studies_are_valid_and_say_what_they_are_like(path):
    plan = read_study(path)
    assert plan.name == path.stem
    assert plan.said.question
    assert any(word in plan.said.source for word in ("assumption", "read in the"))
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    jsonschema.validate(content, schema())
    assert plan.arm.values["run.weeks"] >= max([0, *plan.said.follow_ups])


def test_all_studies_that_were_asked_for_are_there():
    assert {path.stem for path in SHIPPED} >= ASKED
    assert any(path.stem.startswith("outside-") for path in SHIPPED)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"people/who": "newcomer"}, "people: who: found 'newcomer', expected one of residents"),
        ({"people/weeks": [3]}, "people: weeks: found 3, expected a multiple of 4"),
        ({"people/who": "newcomers"}, "expected the first and the last of newcomers"),
        ({"people/who": "newcomers", "people/weeks": [9, 3]}, "expected the first before the last"),
        ({"people/consent": 1.5}, "people: consent: found 1.5"),
        ({"people/towns": 0}, "people: towns: found 0"),
        ({"follow_ups": [10]}, "found 10, expected a multiple of 4"),
        ({"follow_ups": [24, 12]}, "found 12 after 24, expected them in order"),
        ({"follow_ups": []}, "follow_ups: found none"),
        ({"instruments": {}}, "expected one of instruments: none is named"),
        ({"instruments": {"isolation": {"reliable": 1}}}, "unknown key 'reliable'; did you mean reliability?"),
        ({"instruments": {"loneliness": {}}}, "instruments: loneliness"),
        ({"instruments/isolation/floor": 2, "instruments/isolation/ceiling": 1}, "expected less than the ceiling"),
        ({"analysis/outcome": "coping"}, "found 'coping', expected one of instruments: isolation"),
        ({"analysis/week": 52}, "found 52, expected one of [24]"),
        ({"analysis/by": "survival"}, "which is only for registers"),
        ({"analysis/by": "ancova"}, "expected difference: no lot"),
        ({"analysis/with": "isolation"}, "only `by: correlation` has it"),
        ({"allocation/how": "randomised"}, "expected one of none, individual"),
        ({"allocation/how": "cluster", "people/towns": 3}, "expected 4 or more where towns are drawn by lot"),
        ({"allocation/how": "stepped wedge", "follow_ups": []}, "expected mixed model"),
        ({"allocation/how": "individual", "people/who": "regulars"}, "can no longer be allocated"),
        ({"allocation/how": "waiting list", "follow_ups": [52]}, "those who wait for 24 weeks come then"),
        ({"allocation/how": "individual", "allocation/instead": "nowhere.yaml"}, "there is no scenario file"),
        ({"allocation/how": "individual", "telling/remembered": True}, "everybody is asked at the beginning"),
        ({"allocation/match_on": ["isolation"]}, "only for `how: matched comparison`"),
        ({"outside": "isolation over a yaer"}, "did you mean isolation over a year?"),
        ({"base": "nowhere.yaml"}, "there is no scenario file"),
        ({"base": str(SCENARIOS / "absent.yaml")}, "has no group"),
        ({"account": "fuller"}, "did you mean full?"),
        ({"set": {"run.weeks": 5}}, "the study says for how long"),
        ({"set": {"group.placs": 5}}, "group.placs"),
        ({"set": {"run.lead_in_weeks": 10}}, "expected a multiple of 4"),
        ({"set": {"run.lead_in_weeks": 8}, "allocation": {"how": "waiting list", "of_towns": True}},
         "add `set: {run.lead_in_weeks: 24}`"),
        ({"people/who": "groups", "people/weeks": [0, 52], "follow_ups": []}, "a register asks nobody anything"),
        ({"diary": {"weeks": 4}}, "follow_ups: expected none"),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_line(tmp_path, changes, expected):
    file = written(tmp_path, changes)
    with pytest.raises(Problem) as problem:
        read_study(file)
    assert expected in str(problem.value)
    assert str(file) in str(problem.value) or "lead_in" in str(problem.value)


def test_a_good_file_is_read_and_an_account_given_counts_more(tmp_path):
    from sim.scenario import load_account

    plan = read_study(written(tmp_path, {"account": "full"}))
    assert plan.arm.account.name == "full"
    other = read_study(written(tmp_path, {"account": "full"}), account=load_account("nothing", ""))
    assert other.arm.account.name == "nothing"
    assert plan.arm.values["run.weeks"] == 24


def test_another_kind_of_file_is_told_apart():
    with pytest.raises(Problem, match="which begins with `study: NAME`"):
        read_study(SCENARIOS / "groupA.yaml")
