"""Accounts of how a group could work: what their files say, and who has the last word."""

from __future__ import annotations

import jsonschema
import pytest
import yaml

from sim.parameters import defaults
from sim.parameters.mechanisms import (
    COMPANY,
    HARM,
    LEARNING,
    MECHANISMS,
    SAFE_SPACE,
    SAFETY_NET,
    SAME_BOAT,
)
from sim.scenario import ACCOUNTS, ScenarioError, account_names, load, load_account, schema
from tests.builders import SCENARIOS

FILES = sorted(ACCOUNTS.glob("*.yaml"))
OWN = {"company": COMPANY, "safe-space": SAFE_SPACE, "same-boat": SAME_BOAT, "learning": LEARNING,
       "safety-net": SAFETY_NET}  # fmt: skip
RIVALS = {"copying"}  # of ways


def on_in(account, belongs_to):
    values = load_account(account).values
    return {one.name for one in MECHANISMS if one.belongs_to == belongs_to and values[f"mechanisms.{one.name}"]}


def all_of(belongs_to):
    return {one.name for one in MECHANISMS if one.belongs_to == belongs_to} - RIVALS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_account_fits_the_schema_and_names_it(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../schema.json\n")
    jsonschema.validate(yaml.safe_load(text), schema())
    account = load_account(path.stem)
    assert account.name == path.stem
    assert account.title
    assert account.question


def test_the_accounts_that_are_promised_are_there():
    assert set(account_names()) == {"first", "nothing", "full", "contagion", *OWN}


def test_the_first_model_is_the_defaults():
    account = load_account("first")
    assert account.values == defaults()
    assert account.origins == {}
    town = load(SCENARIOS / "groupA.yaml")
    assert town.with_account(account).values == town.values


@pytest.mark.parametrize("account", OWN)
def test_each_account_has_its_own_mechanisms_and_no_others(account):
    for belongs_to in OWN.values():
        assert on_in(account, belongs_to) == (all_of(belongs_to) if belongs_to == OWN[account] else set())


def test_the_papers_account_has_all_of_them_and_nothing_and_contagion_none():
    for belongs_to in OWN.values():
        assert on_in("full", belongs_to) == all_of(belongs_to)
        assert on_in("nothing", belongs_to) == on_in("contagion", belongs_to) == set()


@pytest.mark.parametrize("account", ["full", "contagion", *OWN])
def test_what_stands_against_it_is_on_in_every_account(account):
    assert on_in(account, HARM) == all_of(HARM)


def test_nothing_stands_against_nothing_and_the_first_model_has_what_it_had():
    assert on_in("nothing", HARM) == set()
    assert on_in("first", HARM) == {one.name for one in MECHANISMS if one.belongs_to == HARM and one.on}
    assert "bad_advice" not in on_in("first", HARM)


@pytest.mark.parametrize("account", ["full", "contagion", *OWN])
def test_people_and_groups_are_the_same_in_all_accounts_but_the_first(account):
    sections = ("people.", "joining.", "leaving.", "organising.", "ties.", "life.", "run.", "outside.", "group.")
    of_the_paper, nothing = load_account(account).values, load_account("nothing").values
    assert {name for name in nothing if name.startswith(sections) and nothing[name] != of_the_paper[name]} == set()
    for belongs_to in ("people", "group life"):
        assert on_in(account, belongs_to) == on_in("nothing", belongs_to) == all_of(belongs_to)
    assert of_the_paper["people.correlated"]
    assert of_the_paper["people.balanced"]


def test_contagion_has_social_influence_at_the_strong_end():
    values = load_account("contagion").values
    assert (values["episodes.social_influence"], values["episodes.mechanics_influence"]) == (1.0, 1.0)


@pytest.mark.parametrize("account", account_names())
@pytest.mark.parametrize("name", ["groupA", "groupB", "absent", "befriending", "judging"])
def test_every_scenario_can_be_lived_under_every_account_and_stays_what_it_is(name, account):
    town, said = load(SCENARIOS / f"{name}.yaml"), load_account(account)
    under = town.with_account(said)
    assert (under.name, under.account.name) == (name, account)
    for parameter in town.origins:
        assert under.values[parameter] == town.values[parameter]
    for parameter in under.account.names:
        assert under.values[parameter] == said.values[parameter]
    assert {k for k in under.values if under.values[k] != town.values[k]} <= set(under.account.names)
    assert set(under.account.names) == set(said.origins) - set(town.origins)


# Who has the last word.


@pytest.fixture
def write(tmp_path):
    def write(text, name="town.yaml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


def test_the_scenario_has_the_last_word(write):
    town = load(write("name: town\naccount: nothing\nmechanisms: {ties: true}\npeople: {stigma_a: 2.5}\n"))
    assert (town.values["mechanisms.ties"], town.values["people.stigma_a"]) == (True, 2.5)
    assert (town.values["mechanisms.calls"], town.values["people.stigma_b"]) == (False, 4)
    assert not {"mechanisms.ties", "people.stigma_a"} & set(town.account.names)
    assert set(town.account.overruled) == {"people.stigma_a", "mechanisms.ties"}


def test_a_scenario_that_says_the_default_means_it(write):
    town = load(write("name: town\naccount: nothing\nmechanisms: {ties: true}\n"))
    assert town.values["mechanisms.ties"] is True  # the default, but said


@pytest.mark.parametrize("first", ["set", "account"])
def test_a_setting_has_the_last_word_whichever_came_first(first):
    town, said, account = load(SCENARIOS / "groupA.yaml"), {"mechanisms.ties": True}, load_account("nothing")
    town = (
        town.with_values(said).with_account(account) if first == "set" else town.with_account(account).with_values(said)
    )
    assert town.values["mechanisms.ties"] is True
    assert town.values["mechanisms.calls"] is False
    assert town.origins["mechanisms.ties"] == "--set"
    assert "mechanisms.ties" in town.account.overruled


def test_a_second_account_takes_the_place_of_the_first():
    town = load(SCENARIOS / "groupA.yaml")
    for account in account_names():
        again = town.with_account(load_account("contagion")).with_account(load_account(account))
        assert again == town.with_account(load_account(account)), account
    back = town.with_account(load_account("full")).with_account(load_account("first"))
    assert (back.values, back.origins) == (town.values, town.origins)


@pytest.mark.parametrize(
    ("mine", "parents", "expected"),
    [("company", "learning", "company"), (None, "learning", "learning"), ("company", None, "company")],
)
def test_of_the_accounts_of_a_file_and_of_what_it_extends_the_nearest_counts(write, mine, parents, expected):
    write("name: old\n" + (f"account: {parents}\n" if parents else ""), "old.yaml")
    write("name: between\nextends: old.yaml\n", "between.yaml")
    town = load(write("name: town\nextends: between.yaml\n" + (f"account: {mine}\n" if mine else "")))
    assert town.account.name == expected
    assert town.values["mechanisms.ties"] == (expected == "company")
    assert town.values["mechanisms.insight"] == (expected == "learning")


def test_what_an_ancestor_says_counts_more_than_the_account_that_a_child_names(write):
    write("name: old\nmechanisms: {calls: true}\n", "old.yaml")
    town = load(write("name: town\nextends: old.yaml\naccount: nothing\n"))
    assert (town.values["mechanisms.calls"], town.values["mechanisms.ties"]) == (True, False)


def test_an_account_of_ones_own_is_a_file_beside_the_scenario_and_may_extend_another(write, tmp_path):
    write(f"name: mine\nextends: {ACCOUNTS / 'company.yaml'}\nmechanisms: {{heard: true}}\n", "mine.yaml")
    town = load(write("name: town\naccount: mine.yaml\n"))
    assert town.account.name == "mine"
    assert (town.values["mechanisms.heard"], town.values["mechanisms.ties"]) == (True, True)
    assert town.values["mechanisms.insight"] is False
    assert town.origins["mechanisms.heard"] == str(tmp_path / "mine.yaml")


# Mistakes.


@pytest.mark.parametrize(
    ("account", "text", "why"),
    [("compny", None, "town.yaml:2: account: found no account 'compny'; did you mean company?"),
     ("mine.yaml", None, "town.yaml:2: account: found no account 'mine.yaml'"),
     ("mine.yaml", "name: mine\naccount: company\n", "cannot be an account: it has `account:`"),
     ("mine.yaml", "name: mine\nchanges: [{week: 10, meeting.accept: 0.1}]\n", "cannot be an account"),
     ("mine.yaml", "name: mine\nmechanisms: {tiez: true}\n", "mine.yaml:2: mechanisms.tiez: unknown"),
     ("mine.yaml", "name: mine\nmechanisms: {ties: 3}\n", "mine.yaml:2: mechanisms.ties: found 3"),
     ("mine.yaml", "- 1\n", "mine.yaml:1: found [1]"),
     ("[company]", None, "town.yaml:2: account:"), ("3", None, "town.yaml:2: account:")],
)  # fmt: skip
def test_what_cannot_be_an_account_is_said_in_one_line(write, account, text, why):
    if text is not None:
        write(text, "mine.yaml")
    path = write(f"name: town\naccount: {account}\n")
    with pytest.raises(ScenarioError) as caught:
        load(path)
    assert why in str(caught.value)
    assert "\n" not in str(caught.value)
