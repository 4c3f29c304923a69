"""docs/how-to/accounts.md does what it says: its account is valid, and all of it can be lived."""

from __future__ import annotations

import re
import shlex

import pytest

from sim.model import PeerSupportModel
from sim.parameters.mechanisms import MECHANISMS
from tests.builders import ROOT, SCENARIOS
from tests.cli.command_line import SETTINGS, sameboat

PAGE = (ROOT / "docs" / "how-to" / "accounts.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (account,) = blocks("yaml")
    (tmp_path / "only-heard.yaml").write_text(account, encoding="utf-8")
    return tmp_path / "only-heard.yaml"


def test_its_commands_do_what_it_says(kept):
    (lines,) = blocks("sh")
    check, explain, compare = (shlex.split(line)[2:] for line in lines.splitlines())
    of = f"{sum(mechanism.on for mechanism in MECHANISMS) - 6} of {len(MECHANISMS)}"
    assert sameboat(*check).out.startswith(f"only-heard.yaml: valid (the account only-heard; {of} mechanisms on, ")
    assert "Under the account only-heard: Only heard" in sameboat(*explain).out
    said = sameboat(*compare[:-2], "--runs", 2, "--weeks", 52, *SETTINGS, "--csv")
    assert said.status == 0, said.err
    assert said.out.startswith("accounts: groupA-company company, groupA-only-heard only-heard, groupA-nothing nothing")


def test_it_can_be_named_from_python_and_in_a_scenario(kept):
    model = PeerSupportModel(SCENARIOS / "groupA.yaml", account="only-heard.yaml")
    assert model.config.values["meeting.heard"] == 0.04
    town = kept.with_name("town.yaml")
    town.write_text(f"name: town\nextends: {SCENARIOS / 'groupA.yaml'}\naccount: only-heard.yaml\n", encoding="utf-8")
    assert PeerSupportModel(town).config.account.name == "only-heard"
