"""An account at the centre of its space: each parameter that varies at its middle, all others as they stand."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.plausible import space as module
from analysis.plausible.centre import account_at_centre, account_itself
from analysis.plausible.space import Space, load_space
from scenarios import FOLDER
from sim.problem import Problem
from sim.scenario import ScenarioError, load, load_account

RELIEF = "contact.relief"


def space(account="company", relief=0.321):
    return Space.of(account, {RELIEF: np.array([0.1, relief, 0.4])}, np.ones(3))


def test_what_varies_is_at_the_centre_and_all_else_as_the_account_has_it(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    space().write()
    usual, found = load_account("company"), account_at_centre("company@centre")
    assert found.name == "company@centre" and account_itself(found.name) == "company"
    assert {k for k in usual.values if found.values[k] != usual.values[k]} == {RELIEF}
    assert found.values[RELIEF] == 0.321
    assert f"(company.parquet, SHA-256 {load_space('company').sha256[:16]})" in found.title


def test_a_scenario_is_lived_there_but_for_what_it_says_itself(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    space().write()
    scenario = load(FOLDER / "groupA.yaml")
    there = scenario.with_account(account_at_centre("company@centre"))
    assert there.values[RELIEF] == 0.321 and there.account.name == "company@centre"
    held = scenario.with_values({RELIEF: 0.05}).with_account(account_at_centre("company@centre"))
    assert held.values[RELIEF] == 0.05 and RELIEF in held.account.overruled


def test_every_account_that_comes_with_sameboat_can_be_lived_at_its_centre():
    for name in module.spaces_shipped():
        centre, found = load_space(name).centre, account_at_centre(f"{name}@centre")
        assert len(centre) > 100 and all(found.values[key] == value for key, value in centre.items())


def test_a_space_of_ones_own_is_named_by_its_file(tmp_path):
    path = space(relief=0.25).write(tmp_path / "mine.parquet")
    assert account_at_centre(str(path)).values[RELIEF] == 0.25


def test_what_is_not_there_is_said(tmp_path, monkeypatch):
    with pytest.raises(ScenarioError, match="--account: found no account 'compny'; did you mean company"):
        account_at_centre("compny@centre", "--account: ")
    with pytest.raises(Problem, match=r"--account: there is no file 'nowhere\.parquet'"):
        account_at_centre("nowhere.parquet", "--account: ")
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    with pytest.raises(Problem, match="found no plausible space of 'company'"):
        account_at_centre("company@centre")
