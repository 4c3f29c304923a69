"""Scenario files: what is accepted, what it becomes, and how a mistake is explained."""

from __future__ import annotations

import json

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios import files
from sim.checks import check_value
from sim.parameters import PARAMETERS, SECTIONS, defaults, packed
from sim.scenario import ScenarioError, load, load_account, schema
from sim.scenario_text import as_yaml, parse_setting
from tests.builders import SCENARIOS

FILES = files(SCENARIOS)
OF_LIVES = [path for path in FILES if "comparison" not in path.stem and "sweep" not in path.stem]


@pytest.fixture
def write(tmp_path):
    """Write a scenario file and give its path."""

    def write_file(text, name="mine.yaml"):
        path = tmp_path / name
        if isinstance(text, bytes):
            path.write_bytes(text)
        else:
            path.write_text(text, encoding="utf-8")
        return path

    return write_file


def complaint(path):
    """What is said about a file that is wrong: always one line that begins with the file's name."""
    with pytest.raises(ScenarioError) as caught:
        load(path)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(str(path))
    assert "Traceback" not in message
    return message.removeprefix(str(path))


# Wrong files. Line 1 is the name; what is wrong stands on the line given.

WRONG = {
    "an unknown section": ("name: a\npeeple:\n  women: 1", 2, ["'peeple'", "did you mean people?"]),
    "an unknown parameter": ("name: a\npeople:\n  wimen: 1", 3, ["people.wimen", "did you mean women?"]),
    "nothing near": ("name: a\npeople:\n  zzzz: 1", 3, ["people.zzzz", "expected one of residents"]),
    "a section where it does not belong": ("name: a\nwomen: 0.5", 2, ["'women'"]),
    "a number for a section key": ("name: a\n7: 5", 2, ["7", "expected one of"]),
    "a number for a parameter": ("name: a\npeople:\n  7: 5", 3, ["people.7"]),
    "yes for a section": ("name: a\ntitle: x\nyes: 5", 3, ["unknown key"]),
    "too high": ("name: a\npeople:\n  women: 1.5", 3, ["1.5", "a number from 0 to 1", "default 0.65"]),
    "too low": ("name: a\nrun:\n  weeks: 0", 3, ["0", "a whole number from 1 to 5200", "default 624"]),
    "a fraction for a whole number": ("name: a\nrun:\n  weeks: 10.5", 3, ["10.5", "a whole number"]),
    "a whole number written as a fraction": ("name: a\nrun:\n  weeks: 10.0", 3, ["10.0", "a whole number"]),
    "yes for a number": ("name: a\npeople:\n  women: true", 3, ["found true", "a number from 0 to 1"]),
    "no for a whole number": ("name: a\nrun:\n  weeks: False", 3, ["found false", "a whole number"]),
    "a number for yes": ("name: a\ngroup:\n  exists: 1", 3, ["found 1", "true or false"]),
    "text for yes": ("name: a\ngroup:\n  exists: maybe", 3, ["'maybe'", "true or false"]),
    "text for a number": ("name: a\npeople:\n  women: half", 3, ["'half'", "a number from 0 to 1"]),
    "a number in quotation marks": ('name: a\npeople:\n  women: "0.5"', 3, ["'0.5'", "a number"]),
    "nothing for a number": ("name: a\npeople:\n  women:", 3, ["found nothing", "a number"]),
    "a list for a number": ("name: a\npeople:\n  women: [0.5]", 3, ["[0.5]", "a number"]),
    "not a number": ("name: a\npeople:\n  women: .nan", 3, ["nan", "a number from 0 to 1"]),
    "an infinite number": ("name: a\nleaving:\n  per_year: .inf", 3, ["inf", "a number from 0 to 52"]),
    "a huge number": (f"name: a\npeople:\n  women: 1{'0' * 400}", 3, ["a number from 0 to 1"]),
    "a huge whole number": (f"name: a\nrun:\n  seed: 1{'0' * 400}", 3, ["a whole number from 0"]),
    "an absurdly long number": (f"name: a\nrun:\n  seed: 1{'0' * 5000}", None, []),
    "a number for weekdays": ("name: a\ngroup:\n  meeting_days: 2", 3, ["found 2", "a list of weekdays"]),
    "no weekdays": ("name: a\ngroup:\n  meeting_days: []", 3, ["[]", "a list of weekdays"]),
    "an eighth day": ("name: a\ngroup:\n  meeting_days: [7]", 3, ["[7]", "0 (Monday) to 6 (Sunday)"]),
    "yes for a weekday": ("name: a\ngroup:\n  meeting_days: [yes]", 3, ["a list of weekdays"]),
    "a weekday's name": ("name: a\ngroup:\n  meeting_days: [Monday]", 3, ["Monday", "a list of weekdays"]),
    "a list for a section": ("name: a\npeople: [1]", 2, ["[1]", "expected parameters, one a line"]),
    "a number for a title": ("name: a\ntitle: 5", 2, ["title", "found 5", "expected text"]),
    "a number for a name": ("name: 2020", 1, ["name", "found 2020, expected text"]),
    "an explicit flag": ("name: x\nrun:\n  weeks: !!bool maybe", 3, ["YAML tags ('!!bool')", "write the plain value"]),
    "an explicit number of nothing": ("name: x\nrun:\n  weeks: !!int ''", 3, ["YAML tags"]),
    "an explicit fraction of nothing": ("name: x\nmeeting:\n  accept: !!float ''", 3, ["YAML tags"]),
    "an explicit sign": ("name: x\nrun:\n  weeks: !!int '-'", 3, ["YAML tags"]),
    "a tagged key": ("name: x\n!!omap joining:\n  referral_prob: 0.05", 2, ["YAML tags"]),
    "a terminal's colours in a key": ('name: x\n"\\e[31mred": 1\n"\\e[31mred": 1', 3, ["\\x1b[31mred", "twice"]),
    "a terminal's colours in a tag": ("name: !%1b%5b31m x", 1, ["\\x1b[31m", "YAML tags"]),
    "line breaks in a tag": ("name: !a%0ab%0ac%0ad x", 1, ["YAML tags"]),
    "a long alias": (f"name: x\ntitle: *{'k' * 900}", 2, ["aliases"]),
    "a long tag": (f"name: !{'a' * 900} x", 1, ["YAML tags"]),
    "a parent of a long name": (f"name: x\nextends: groupA{'null' * 300}.yaml", 2, ["extends", "no file"]),
    "a time for a number": ("name: a\nrun:\n  weeks: 1:44", 3, ["found '1:44'", "a whole number from 1"]),
    "yes": ("name: a\ngroup:\n  exists: yes", 3, ["found 'yes'", "expected true or false"]),
    "a missing value of R": ("name: a\npeople:\n  women: NA", 3, ["found 'NA'", "a number from 0 to 1"]),
    "a missing value of pandas": ("name: a\npeople:\n  women: NaN", 3, ["found 'NaN'", "a number from 0 to 1"]),
    "a whole number of R": ("name: a\nrun:\n  weeks: 5L", 3, ["found '5L'", "a whole number"]),
    "a name of Windows' own": ("name: NUL", 1, ["found 'NUL'", "Windows"]),
    "a name of Windows' own with an ending": ("name: com1.2", 1, ["found 'com1.2'", "Windows"]),
    "a name that ends with a dot": ("name: a.", 1, ["found 'a.'", "does not end with '.'"]),
    "no parent's name": ("name: a\nextends:", 2, ["extends", "found nothing, expected text"]),
    "a flag for a weekday": ("name: a\ngroup:\n  meeting_days: [true]", 3, ["found [True]", "a list of weekdays"]),
    "a fraction for a weekday": ("name: a\ngroup:\n  meeting_days: [1.0]", 3, ["found [1.0]", "a list of weekdays"]),
    "a key twice": ("name: a\npeople:\n  women: 1\n  women: 0", 4, ["'women'", "twice", "keep one"]),
    "a section twice": ("name: a\nrun:\n  weeks: 5\nrun:\n  seed: 1", 4, ["'run'", "twice"]),
    "no name": ("people:\n  women: 1", 1, ["no `name:`", "expected one"]),
    "an empty file": ("", 1, ["found nothing", "expected a scenario"]),
    "only a comment": ("# nothing\n", 1, ["found nothing", "expected a scenario"]),
    "a list": ("- name: a\n", 1, ["expected a scenario"]),
    "just text": ("hello", 1, ["'hello'", "expected a scenario"]),
    "two documents": ("name: a\n---\nname: b\n", 2, ["not valid YAML"]),
    "a tab": ("name: a\npeople:\n\twomen: 1", 3, ["not valid YAML", "check the indentation"]),
    "an open bracket": ("name: a\ngroup:\n  meeting_days: [1\n", 4, ["not valid YAML"]),
    "a tag that makes objects": ("name: a\nrun: !!python/object/apply:os.getcwd []", 2, ["tags", "without a tag"]),
    "an alias": ("name: a\npeople: &p\n  women: 1\noutside: *p", None, ["aliases", "write the values out"]),
    "a key that is a list": ("name: a\n? [1, 2]\n: 3", 2, ["a key is not plain text"]),
    "a NUL": ("name: a\x00b", 1, ["not valid YAML"]),
    "deep nesting": ("name: a\npeople: " + "[" * 600 + "]" * 600, None, []),
    "a parent that is a number": ("name: a\nextends: 5", 2, ["extends", "found 5", "expected text"]),
    "a parent that is empty": ("name: a\nextends: ''", 2, ["extends"]),
    "a missing parent": ("name: a\nextends: nobody.yaml", 2, ["'nobody.yaml'", "no file", "name one relative to"]),
    "a parent that is a folder": ("name: a\nextends: .", 2, ["there is no file"]),
    "a parent with a NUL": ('name: a\nextends: "a\\0b"', 2, ["extends"]),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_file_is_explained_in_one_line(write, what):
    text, line, expected = WRONG[what]
    message = complaint(write(text))
    if line is not None:
        assert message.startswith(f":{line}: "), message
    for part in expected:
        assert part in message
    assert len(message) < 500


@pytest.mark.parametrize("bad", ["../x", "a b", "", ".hidden", "-x", "a/b", "x" * 65, "ä", "a\\nb", "a\\n"])
def test_a_name_that_could_not_name_a_folder_is_refused(write, bad):
    message = complaint(write(f'title: x\nname: "{bad}"\n'))
    assert message.startswith(":2: name: found ")
    assert "expected a short name of letters, digits" in message


@pytest.mark.parametrize("good", ["a", "groupA", "my-arm_2.1", "x" * 64, "7"])
def test_other_names_are_accepted(write, good):
    assert load(write(f'name: "{good}"')).name == good


def test_a_binary_file_is_explained(write):
    assert "not UTF-8 text" in complaint(write(bytes(range(256)) * 4))


def test_a_missing_file_and_a_folder_are_explained(tmp_path):
    assert "no such file; expected a scenario file" in complaint(tmp_path / "nobody.yaml")
    assert "is a folder" in complaint(tmp_path)


def test_a_very_large_file_is_not_read(write):
    assert "larger than" in complaint(write("#" * 2_000_000))


def test_a_mistake_in_a_parent_is_explained_where_it_stands(write):
    parent = write("name: p\npeople:\n  women: 2", "parent.yaml")
    child = write("name: c\nextends: parent.yaml", "child.yaml")
    with pytest.raises(ScenarioError, match="found 2") as caught:
        load(child)
    assert str(caught.value).startswith(f"{parent}:3: ")


@pytest.mark.parametrize("circle", [["a.yaml"], ["a.yaml", "b.yaml"], ["a.yaml", "b.yaml", "c.yaml"]])
def test_a_circle_of_scenarios_is_explained(write, circle):
    for this, following in zip(circle, circle[1:] + circle[:1], strict=True):
        path = write(f"name: x\nextends: {following}", this)
    with pytest.raises(ScenarioError) as caught:
        load(path)
    message = str(caught.value)
    assert "\n" not in message
    assert "circle" in message
    assert all(name in message for name in circle)
    assert ":2: " in message, "the line of an `extends` that closes the circle"


# Right files.


def test_what_is_not_written_keeps_its_default(write):
    scenario = load(write("name: a\npeople:\n  women: 1\n"))
    assert scenario.values == defaults() | {"people.women": 1.0}
    assert isinstance(scenario.values["people.women"], float)


def test_an_empty_section_changes_nothing(write):
    assert load(write("name: a\npeople:\n")).values == defaults()


def test_a_child_has_its_parents_values_and_says_where_each_came_from(write):
    grandparent = write("name: g\ntitle: T\nquestion: Q\npeople:\n  women: 0.1\n  residents: 30\n", "g.yaml")
    parent = write("name: p\nextends: g.yaml\npeople:\n  women: 0.2\ngroup:\n  founders: 4\n", "p.yaml")
    child = write("name: c\nextends: p.yaml\nquestion: mine\ngroup:\n  founders: 6\n", "c.yaml")
    scenario = load(child)
    assert (scenario.name, scenario.title, scenario.question) == ("c", "T", "mine")
    assert scenario.values["people.residents"] == 30
    assert scenario.values["people.women"] == 0.2
    assert scenario.values["group.founders"] == 6
    assert scenario.origins == {
        "people.residents": str(grandparent), "people.women": str(parent), "group.founders": str(child),
    }  # fmt: skip
    assert scenario.path == child


def test_loading_again_shares_nothing(write):
    path = write("name: a\n")
    load(path).values["group.meeting_days"].append(5)
    assert load(path).values["group.meeting_days"] == [2]


def test_changed_values_are_checked_and_leave_the_original_alone():
    scenario = load(SCENARIOS / "base.yaml")
    changed = scenario.with_values({"people.women": 0.1})
    assert (changed.values["people.women"], changed.origins["people.women"]) == (0.1, "--set")
    assert scenario.values["people.women"] != 0.1
    with pytest.raises(ScenarioError, match=r"--set people.wimen: unknown parameter.*did you mean people.women"):
        scenario.with_values({"people.wimen": 0.1})
    with pytest.raises(ScenarioError, match=r"--set people.women: found 7, expected a number from 0 to 1"):
        scenario.with_values({"people.women": 7})


@pytest.mark.parametrize("path", OF_LIVES, ids=lambda path: path.stem)
def test_written_out_in_full_a_scenario_stays_the_same(path, write):
    scenario = load(path)
    again = load(write(as_yaml(scenario)))
    assert again.values == scenario.values
    assert (again.name, again.title, again.question) == (scenario.name, scenario.title, scenario.question)
    assert set(again.origins) == set(PARAMETERS)


def values_of(p):
    """Any value that a parameter accepts."""
    if p.kind is bool:
        return st.booleans()
    if p.kind is list:
        return st.lists(st.integers(0, 6), min_size=1, max_size=7)
    if p.kind is int:
        return st.integers(int(p.low), int(p.high))
    return st.floats(p.low, p.high)


@settings(max_examples=15)
@given(st.fixed_dictionaries({p.dotted: values_of(p) for p in PARAMETERS.values()}))
def test_any_accepted_values_survive_writing_and_reading(tmp_path_factory, values):
    values |= {"people.mean_stay_years": 200.0}  # a town that fits into memory, whatever the rest
    scenario = load(SCENARIOS / "base.yaml").with_values(values)
    assert scenario.values == values
    path = tmp_path_factory.mktemp("any") / "any.yaml"
    path.write_text(as_yaml(scenario), encoding="utf-8")
    assert load(path).values == values


@given(st.sampled_from([p for p in PARAMETERS.values() if p.kind in (int, float)]), st.floats(0.001, 1e6))
def test_beyond_its_bounds_no_parameter_is_accepted(p, beyond):
    for value in (p.low - max(beyond, 1e-9), p.high + beyond):
        number = int(value) + (-1 if value < p.low else 1) if p.kind is int else value
        if p.low <= number <= p.high:
            continue  # too large a number to be told from the bound
        with pytest.raises(ScenarioError, match="expected a"):
            check_value(p.dotted, number, "here")
    assert check_value(p.dotted, p.default, "here") == p.default


# Settings on the command line.


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [("group.phone_line=false", "group.phone_line", False), ("run.seed=7", "run.seed", 7),
     ("people.women = 0.5", "people.women", 0.5), ("group.meeting_days=[1, 3]", "group.meeting_days", [1, 3]),
     ("a.b=x=y", "a.b", "x=y"), ("a.b=", "a.b", None)],
)  # fmt: skip
def test_a_setting_is_a_name_and_a_yaml_value(text, name, value):
    assert parse_setting(text) == (name, value)


@pytest.mark.parametrize(
    "text",
    ["people.women", "", "run.seed=[1", "run.seed=!!python/object/apply:os.getcwd []", 
     "run.seed=" + "[" * 600, "run.seed=1" + "0" * 5000],
    ids=["no value", "nothing", "not YAML", "a tag", "deep nesting", "an absurdly long number"],
)  # fmt: skip
def test_a_setting_in_another_form_is_explained(text):
    with pytest.raises(ScenarioError) as caught:
        parse_setting(text)
    message = str(caught.value)
    assert message.startswith("--set ")
    assert "\n" not in message
    assert len(message) < 500


@pytest.mark.parametrize(("text", "seed"), [("010", 10), ("+7", 7), ("0x10", 16)])
def test_a_seed_is_read_the_same_in_a_file_and_after_set(write, text, seed):
    assert load(write(f"name: a\nrun:\n  seed: {text}")).values["run.seed"] == seed
    assert parse_setting(f"run.seed={text}") == ("run.seed", seed)


def test_too_many_generations_are_refused(write):
    for k in range(40):
        write(f"name: a\nextends: s{k + 1}.yaml\n", f"s{k}.yaml")
    path = write("name: a\n", "s40.yaml")
    with pytest.raises(ScenarioError, match="more than 20 scenarios that extend each other"):
        load(path.parent / "s0.yaml")


# The files that come with the model, and their schema.


def test_the_schema_for_editors_is_up_to_date():
    kept = json.loads((SCENARIOS / "schema.json").read_text(encoding="utf-8"))
    assert kept == schema(), "run: python -m docs.renew"


def test_the_schema_is_a_valid_schema_and_knows_every_parameter():
    jsonschema.Draft202012Validator.check_schema(schema())
    for section in SECTIONS:
        properties = schema()["$defs"][section.name.capitalize()]["properties"]
        assert list(properties) == [p.name for p in section.parameters]


@pytest.mark.parametrize("path", OF_LIVES, ids=lambda path: path.stem)
def test_every_scenario_loads_fits_the_schema_and_names_it(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=schema.json\n")
    jsonschema.validate(yaml.safe_load(text), schema())
    scenario = load(path)
    assert scenario.name == path.stem
    assert scenario.title
    assert scenario.question
    assert packed(scenario.values)[0].run_weeks == scenario.values["run.weeks"]


def test_the_absent_world_differs_in_nothing_but_the_group():
    here, absent = load(SCENARIOS / "groupA.yaml").values, load(SCENARIOS / "absent.yaml").values
    assert {name for name in here if here[name] != absent[name]} == {"group.exists"}


def test_a_town_too_large_for_memory_is_refused_in_one_line():
    with pytest.raises(ScenarioError, match="expected at most 10000") as caught:
        load(SCENARIOS / "groupA.yaml").with_values(
            {"people.residents": 2000, "people.mean_stay_years": 0.5, "run.weeks": 5200}
        )
    assert "\n" not in str(caught.value)


def test_absurd_nesting_is_refused_at_once(tmp_path):
    path = tmp_path / "deep.yaml"
    path.write_text("name: deep\ngroup: " + "[" * 3000)
    with pytest.raises(ScenarioError, match=r"deep\.yaml:2: nested deeper"):
        load(path)


# Accounts: what a scenario says itself counts more, and that is kept.


def test_what_is_said_after_an_account_stays_under_another():
    town = load(SCENARIOS / "groupA.yaml").with_account(load_account("nothing"))
    assert town.account.overruled == ()
    changed = town.with_values({"mechanisms.ties": True, "mechanisms.calls": False})
    assert changed.account.overruled == ("mechanisms.ties",)  # calls are off in that account too
    assert not {"mechanisms.ties", "mechanisms.calls"} & set(changed.account.names)
    again = changed.with_account(load_account("company"))
    assert (again.values["mechanisms.ties"], again.values["mechanisms.calls"]) == (True, False)
    assert again.account.overruled == ("mechanisms.calls",)  # which company has on
    first = changed.with_account(load_account("first"))
    assert (first.values["mechanisms.heard"], first.values["mechanisms.calls"]) == (True, False)


def test_a_file_that_says_every_parameter_is_lived_as_it_says_under_any_account(tmp_path):
    town = load(SCENARIOS / "groupA.yaml").with_account(load_account("company"))
    (tmp_path / "town.yaml").write_text(as_yaml(town), encoding="utf-8")
    again = load(tmp_path / "town.yaml")
    assert again.values == town.values
    other = again.with_account(load_account("nothing"))
    assert other.values == town.values
    assert "mechanisms.ties" in other.account.overruled
