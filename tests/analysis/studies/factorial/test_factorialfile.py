"""Factorial files: the one that comes with Sameboat, and what is wrong with others, in one line with its place."""

from __future__ import annotations

import jsonschema
import pytest
import yaml

from analysis.studies.factorial.design import arm_of, cells_of
from analysis.studies.factorial.factorialfile import read_factorial
from analysis.studies.factorial.schema import NOT_A_LEVEL, schema
from sim.problem import Problem
from sim.scenario import load, load_account
from tests.analysis.studies.factorial.written import FACTORS, factor, write_factorial
from tests.builders import SCENARIOS

SHIPPED = SCENARIOS / "factorials" / "origin.yaml"


def test_the_shipped_factorial_leads_from_group_a_to_group_b_value_for_value():
    found = read_factorial(SHIPPED)
    cells = cells_of(found.factors)
    assert found.cells == len(cells) == 32
    for cell, name in ((cells[0], "groupA"), (cells[-1], "groupB")):
        assert arm_of(found.base, found.factors, cell).values == load(SCENARIOS / f"{name}.yaml").values, name
    assert [factor.name for factor in found.factors] == ["origin", "rhythm", "meals", "line", "who"]


def test_files_are_as_their_schema_says():
    for path in (SHIPPED,):
        jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), schema())
    wrong = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    wrong["factors"]["line"]["levels"]["24 h phone line"] = {"people.residents": 3}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, schema())


def test_what_is_changed_in_every_cell_is_in_every_cell(tmp_path):
    found = read_factorial(write_factorial(tmp_path), {"contact.relief": 0.2})
    assert found.base.values["contact.relief"] == 0.2
    assert found.base.values["people.residents"] == 24
    assert found.base.origins["contact.relief"] == "--set"
    for cell in cells_of(found.factors):
        assert arm_of(found.base, found.factors, cell).values["contact.relief"] == 0.2


LINE = "group.phone_line"
MORE = {name: factor(a={one: 0.1}, b={one: 0.2}) for name, one in
        (("accept", "meeting.accept"), ("learn", "meeting.learn"), ("cope", "meeting.cope"))}  # fmt: skip
FOUR = factor(a={"group.places": 8}, b={"group.places": 9}, c={"group.places": 10}, d={"group.places": 11})


@pytest.mark.parametrize(
    ("factors", "place", "expected"),
    [
        ({"line": FACTORS["line"]}, "factors", "at least two factors"),
        (FACTORS | {"one": factor(a={"meeting.heard": 0.1})}, "factors: one: levels", "at least two levels by label"),
        (FACTORS | {"one": factor(a={}, b={})}, "factors: one: levels: a", "parameters with their values"),
        (FACTORS | {"One": factor(a={LINE: True}, b={LINE: False})}, "factors: One", "a short name of small letters"),
        (FACTORS | {"one": {"levels": {"a": {LINE: True}, "b": {LINE: False}}}}, "factors: one",
         "found no `question:`"),
        (FACTORS | {"one": factor(a={"meeting.accep": 0.1}, b={"meeting.accep": 0.2})}, "meeting.accep",
         "did you mean meeting.accept?"),
        (FACTORS | {"one": factor(a={"meeting.accept": 7}, b={"meeting.accept": 0.2})}, "meeting.accept",
         "from 0 to 1"),
        (FACTORS | {"one": factor(a={LINE: True}, b={LINE: False})}, "one: levels: a: group.phone_line",
         "the factor line sets it too"),
        (FACTORS | {"one": factor(a={"meeting.heard": 0.1, "meeting.accept": 0.1}, b={"meeting.heard": 0.1})},
         "one: levels: b", "meeting.accept is set by 'a' and not by 'b'"),
        (FACTORS | {"one": factor(a={"people.women": 0.1}, b={"people.women": 0.2})}, "one: levels: a: people.women",
         "all cells are the same people"),
        (FACTORS | {"one": factor(a={"group.exists": True}, b={"group.exists": False})}, "group.exists",
         "each has a group"),
        (FACTORS | MORE | {"places": FOUR}, "factors",
         "found 256 cells (2 x 2 x 2 x 2 x 2 x 2 x 4 levels), expected at most 64"),
    ],
    ids=lambda it: it if isinstance(it, str) else "",
)  # fmt: skip
def test_a_mistake_in_factors_is_told_with_its_line(tmp_path, factors, place, expected):
    path = write_factorial(tmp_path, factors)
    with pytest.raises(Problem) as told:
        read_factorial(path)
    message = str(told.value)
    assert expected in message
    assert place in message
    line = int(message.removeprefix(f"{path}:").split(":")[0])
    last = place.rpartition(": ")[2]
    assert last in path.read_text(encoding="utf-8").splitlines()[line - 1]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"base": "nowhere.yaml"}, "there is no scenario file"),
        ({"base": str(SCENARIOS / "absent.yaml")}, "has no group, so there is nothing to take apart"),
        ({"last": "group A"}, "expected another name than `first:` has"),
        ({"set": {"group.phone_line": True}}, "the factor line of"),
        ({"set": {"people.residents": "many"}}, "people.residents"),
        ({"factorial": "a name"}, "a short name of letters"),
        ({"arms": {}}, "unknown key 'arms'"),
    ],
    ids=str,
)
def test_a_mistake_elsewhere_is_told(tmp_path, more, expected):
    with pytest.raises(Problem) as told:
        read_factorial(write_factorial(tmp_path, **more))
    assert expected in str(told.value)


def test_another_kind_of_file_is_no_factorial():
    with pytest.raises(Problem, match="expected a factorial, which begins with `factorial: NAME`"):
        read_factorial(SCENARIOS / "groupA.yaml")


def test_what_a_factor_sets_cannot_be_set_on_the_command_line(tmp_path):
    with pytest.raises(Problem, match=r"--set group\.phone_line: the factor line of .* sets it in every cell"):
        read_factorial(write_factorial(tmp_path), {"group.phone_line": True})


def test_people_and_times_are_no_levels():
    assert {"run.seed", "run.weeks", "people.residents", "group.exists"} <= set(NOT_A_LEVEL)
    assert "group.clinician_started" not in NOT_A_LEVEL
    assert "mechanisms.calls" not in NOT_A_LEVEL


def test_an_account_reaches_every_cell_and_what_the_levels_say_stays():
    plain, full = read_factorial(SHIPPED), read_factorial(SHIPPED, account=load_account("full"))
    assert (plain.base.account, full.base.account.name) == (None, "full")
    for cell in cells_of(full.factors):
        ours, theirs = (arm_of(which.base, which.factors, cell).values for which in (full, plain))
        assert ours["mechanisms.ways"]
        assert not theirs["mechanisms.ways"]
        for one in full.factors:
            for name in next(iter(one.levels.values())):
                assert ours[name] == theirs[name], name
