"""Accounts on the command line: taken by every command that lives towns, named in what it writes, made again."""

from __future__ import annotations

import json
import re

import pyarrow.parquet as pq
import pytest

from sim.parameters.mechanisms import COMPANY as COMPANY_
from sim.parameters.mechanisms import MECHANISMS, SAFE_SPACE, SAME_BOAT
from sim.scenario import ACCOUNTS, load_account
from tests.cli.command_line import GROUP_A, SETTINGS, SMALL, sameboat

COMPANY = "under the account company: Company: ties, and calls that are answered"
SWEEP = f"""sweep: small
arms: {{groupA: {GROUP_A}}}
account: company
set: {{people.residents: 12, run.lead_in_weeks: 4, meeting.heard: 0.5, mechanisms.heard: true}}
vary: {{group.acceptance: {{values: [0.5, 1.0]}}}}
seeds: 2
weeks: 30
"""
FEW = ("--runs", 3, *SETTINGS, "--quiet")
STUDIES = {
    "compare": ("compare", GROUP_A, "--weeks", 52, *FEW),
    "claims": ("claims", "--claim", "C17", "--at-centre", *FEW),
    "interviews": ("interviews", "--ages", 1, 1, *FEW),
    "overturn": ("overturn", GROUP_A, "--years", 1, *FEW),
    "patterns": ("patterns", GROUP_A, "--set", "run.weeks=104", *FEW),
    "breakeven": ("breakeven", GROUP_A, "--years", 1, "--at", 0, *FEW),
}
FOLDERS = {"compare": "compare-groupA", "claims": "claims-C17", "overturn": "overturn-groupA",
           "patterns": "patterns-groupA", "breakeven": "breakeven-groupA"}  # fmt: skip


def record_of(folder):
    return json.loads((folder / "record.json").read_text(encoding="utf-8"))


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("name: mine\ntitle: My own\nmechanisms: {heard: false, calls: false}\nmeeting: {accept: 0.2}\n")
    return path


@pytest.mark.usefixtures("without_figures")
def test_a_run_under_an_account_has_a_folder_of_its_own_says_so_and_comes_out_again(elsewhere):
    for more in ((), ("--account", "company"), ("--account", "nothing")):
        said = sameboat(GROUP_A, *SMALL, *more)
        assert said.status == 0, said.err
        assert (said.out.splitlines()[0] == COMPANY) == ("company" in more)
    results = elsewhere / "results"
    assert sorted(path.name for path in results.iterdir()) == ["groupA", "groupA-company", "groupA-nothing"]
    assert (results / "groupA-company" / "summary.txt").read_text(encoding="utf-8").startswith(COMPANY + "\n\n")
    arm = record_of(results / "groupA-company")["arms"]["groupA"]
    assert arm["account"] == {"name": "company", "title": "Company: ties, and calls that are answered",
                              "overruled": []}  # fmt: skip
    assert arm["parameters"]["mechanisms.heard"]["value"] is False
    assert arm["parameters"]["mechanisms.heard"]["origin"].endswith("nothing.yaml")  # which it extends
    assert record_of(results / "groupA")["arms"]["groupA"]["account"] is None
    one, other = (pq.read_table(results / name / "people.parquet") for name in ("groupA", "groupA-company"))
    assert not one.equals(other)
    assert sameboat("rerun", results / "groupA-company", "--quiet").out.splitlines()[-1].startswith("identical:")


@pytest.mark.usefixtures("without_figures")
def test_a_record_from_before_there_were_accounts_comes_out_again(results):
    record = record_of(results)
    del record["arms"]["groupA"]["account"]
    (results / "record.json").write_text(json.dumps(record), encoding="utf-8")
    assert sameboat("rerun", results, "--quiet").out.splitlines()[-1].startswith("identical:")


@pytest.mark.usefixtures("without_figures")
def test_what_a_setting_says_otherwise_counts_and_is_said(mine, tmp_path):
    said = sameboat(GROUP_A, *SMALL, "--account", mine, "--set", "mechanisms.heard=true", "--out", tmp_path / "out")
    first = "under the account mine: My own (but the scenario or --set says otherwise of mechanisms.heard)"
    assert said.out.splitlines()[0] == first
    arm = record_of(tmp_path / "out")["arms"]["groupA"]
    assert arm["account"]["overruled"] == ["mechanisms.heard"]
    values = {name: arm["parameters"][f"mechanisms.{name}"]["value"] for name in ("heard", "calls")}
    assert values == {"heard": True, "calls": False}


@pytest.mark.usefixtures("without_figures")
def test_the_command_lines_account_takes_the_place_of_the_files(tmp_path, elsewhere):
    path = tmp_path / "town.yaml"
    path.write_text(f"name: town\nextends: {GROUP_A}\naccount: nothing\n")
    assert sameboat(path, *SMALL).out.startswith("under the account nothing: ")
    assert sameboat(path, *SMALL, "--account", "company").out.startswith(COMPANY)
    assert record_of(elsewhere / "results" / "town")["arms"]["town"]["parameters"]["mechanisms.ties"]["value"] is False
    again = record_of(elsewhere / "results" / "town-company")["arms"]["town"]["parameters"]
    assert again["mechanisms.ties"]["value"] is True


@pytest.mark.usefixtures("without_figures")
@pytest.mark.parametrize("kind", STUDIES)
def test_every_study_takes_an_account(kind, elsewhere):
    said = sameboat(*STUDIES[kind], "--account", "company")
    assert said.status == 0, said.err
    (folder,) = (elsewhere / "results").iterdir()
    assert folder.name == f"{FOLDERS.get(kind, kind)}-company"
    for arm in record_of(folder)["arms"].values():
        assert arm["account"]["name"] == "company"
        assert arm["parameters"]["mechanisms.acceptance"]["value"] is False
    assert (folder / "summary.txt").read_text(encoding="utf-8").startswith(COMPANY)
    assert f"<p class=\"soft\">{COMPANY.replace('under', 'Under', 1)}</p>" in (
        folder / "report.html").read_text(encoding="utf-8")  # fmt: skip
    if kind in ("overturn", "patterns", "interviews"):
        drawn = re.findall(r"<svg.*?</svg>", (folder / "report.html").read_text(encoding="utf-8"), re.S)
        words = " ".join(re.sub("<[^>]*>", " ", " ".join(drawn)).split())
        assert re.search("[Uu]nder the account `?company", words), "figures name the account"
    assert sameboat("rerun", folder, "--quiet").out.splitlines()[-1].startswith("identical:")


def test_a_sweep_file_names_an_account_and_the_command_line_another(tmp_path, elsewhere):
    path = tmp_path / "small.yaml"
    path.write_text(SWEEP)
    said = sameboat("sweep", path)
    assert f"{COMPANY} (but the scenario or --set says otherwise of mechanisms.heard)" in said.out, said.err
    assert sameboat("sweep", path, "--account", "nothing", "--quiet").status == 0
    for folder, name, ties in (("small", "company", True), ("small-nothing", "nothing", False)):
        arm = record_of(elsewhere / "results" / folder)["arms"]["groupA"]
        assert (arm["account"]["name"], arm["parameters"]["mechanisms.ties"]["value"]) == (name, ties)
        assert arm["parameters"]["mechanisms.heard"]["value"] is True
    assert "identical" in sameboat("rerun", elsewhere / "results" / "small", "--quiet").out


def test_an_account_in_a_sweep_file_that_is_not_there_is_named_with_its_line(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(SWEEP.replace("account: company", "account: compny"))
    problem = sameboat("sweep", path, "--quiet").problem
    assert problem.startswith(f"{path}:3: account: found no account 'compny'; did you mean company?")


ALL = ({kind: asked for kind, asked in STUDIES.items()}
       | {"run": ("run", GROUP_A), "explain": ("explain", GROUP_A)})  # fmt: skip


@pytest.mark.parametrize("kind", ALL)
def test_an_account_that_is_none_is_one_line(kind, elsewhere):
    assert sameboat(*ALL[kind], "--account", "compny").problem.startswith(
        "--account: found no account 'compny'; did you mean company?")  # fmt: skip
    assert not (elsewhere / "results").exists()


@pytest.mark.parametrize(("text", "why"), [
    ("name: mine\nmeeting: {accept: 7}\n", ":2: meeting.accept: found 7, expected"),
    ("name: mine\nmechanisms: {tiez: false}\n", ":2: mechanisms.tiez: unknown"),
    ("name: mine\naccount: company\n", "cannot be an account: it has `account:`"),
])  # fmt: skip
def test_an_account_that_is_not_accepted_is_one_line(text, why, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    assert why in sameboat("run", GROUP_A, "--account", path).problem


def test_nothing_is_the_sceptics_null(tmp_path):
    said = sameboat("compare", GROUP_A, "--weeks", 104, "--account", "nothing", *FEW, "--out", tmp_path / "out")
    assert said.status == 0, said.err
    effects = pq.read_table(tmp_path / "out" / "effects.parquet").to_pylist()
    assert max(row["people"] for row in effects) > 0
    of_a_group = {"ties to members", "contacts with members"}  # which are there, and do nothing
    assert {row["outcome"] for row in effects if row["difference"] not in (0.0, None)} == of_a_group


# Several accounts side by side.


def test_one_scenario_under_several_accounts(elsewhere):
    said = sameboat("compare", GROUP_A, "--accounts", "company", "nothing", "--weeks", 52, *FEW[:-1])
    assert said.status == 0, said.err
    assert said.out.startswith("accounts: groupA-company company, groupA-nothing nothing\n\ngroupA-company | groupA-n")
    assert "same people in every arm, each against its own twin under the same account" in " ".join(said.out.split())
    folder = elsewhere / "results" / "compare-groupA-company-groupA-nothing"
    assert list(record_of(folder)["arms"]) == ["groupA-company", "groupA-nothing"]
    assert "under the account nothing" in (folder / "report.html").read_text(encoding="utf-8")
    assert sameboat("rerun", folder, "--quiet").out.splitlines()[-1].startswith("identical:")


def test_accounts_may_say_who_people_are_and_it_is_said(tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text(f"name: other\nextends: {ACCOUNTS / 'company.yaml'}\npeople: {{women: 0.9}}\n")
    asked = ("compare", GROUP_A, "--weeks", 52, *FEW[:-1], "--out", tmp_path / "out", "--accounts", "company", other)
    said = sameboat(*asked)
    assert said.status == 0, said.err
    words = ("people differ between arms (people.women): each arm is held against its own twin, the same people "
             "without the group, and two arms are compared town by town, not person by person")  # fmt: skip
    assert words in " ".join(said.out.split())
    assert "same people and lives in every arm" not in said.out
    report = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert words in report
    assert "the same people and luck in every arm" not in report
    longer = tmp_path / "longer.yaml"
    longer.write_text(f"name: longer\nextends: {ACCOUNTS / 'company.yaml'}\nrun: {{lead_in_weeks: 8}}\n")
    asked = ("compare", GROUP_A, "--accounts", "company", longer, "--runs", 2)
    assert "a comparison needs the same people for the same time" in sameboat(*asked).problem


def test_accounts_and_account_do_not_go_together():
    asked = ("compare", GROUP_A, "--accounts", "company", "nothing", "--account", "first")
    assert sameboat(*asked).problem == "--accounts: names all accounts, so leave --account out"
    asked = ("compare", "--accounts", "company", "groupA")
    assert "found no scenario to compare" in sameboat(*asked[:2], "company").problem


# Shown without living anything.


def test_the_accounts_that_come_with_sameboat_are_listed():
    said = sameboat("accounts")
    assert said.status == 0, said.err
    blocks = {block.splitlines()[0]: " ".join(block.split()) for block in said.out.split("\n\n")}
    assert set(blocks) == {file.stem for file in ACCOUNTS.glob("*.yaml")} >= {"first", "nothing"}
    for name, block in blocks.items():
        account = load_account(name)
        assert account.title in block
        assert " ".join(account.question.split()) in block
    effects = {mechanism.name for mechanism in MECHANISMS if mechanism.belongs_to in (COMPANY_, SAFE_SPACE, SAME_BOAT)}
    assert not effects & set(re.split(r"[ ,]+", blocks["nothing"].partition(" on: ")[2].partition(" off: ")[0]))
    assert "episodes.social_influence 1," in blocks["contagion"].partition(" sizes: ")[2]


def test_explain_shows_mechanisms_in_members_words_and_where_values_come_from(monkeypatch):
    monkeypatch.setattr("analysis.cli.explain.NARROWEST", 2000)
    monkeypatch.setattr("analysis.cli.explain.WIDEST", 2000)
    lines = sameboat("explain", GROUP_A, "--account", "company", "--set", "mechanisms.heard=true").out.splitlines()
    otherwise = " (but the scenario or --set says otherwise of mechanisms.heard)"
    assert f"U{COMPANY[1:]}{otherwise}" in [line.strip() for line in lines]
    shown = {line.split()[0]: line.rstrip() for line in reversed(lines) if line.strip()}
    for mechanism in MECHANISMS:
        assert mechanism.source in shown[mechanism.name]
    told = {name: (shown[name].split()[1], shown[name].split()[-1]) for name in ("ties", "heard", "insight")}
    assert told == {"ties": ("on", "company.yaml"), "heard": ("on", "--set"), "insight": ("off", "nothing.yaml")}
    assert shown["mechanisms.insight"].endswith("nothing.yaml")


def test_check_takes_accounts_and_scenarios_under_one(mine, tmp_path):
    said = sameboat("check", "company", mine, "groupA", "--account", mine)
    assert said.status == 0, said.err
    of = f"{sum(mechanism.on for mechanism in MECHANISMS) - 2} of {len(MECHANISMS)}"
    assert said.out.splitlines()[1] == f"{mine}: valid (the account mine; {of} mechanisms on, 3 parameters set)"
    assert said.out.startswith("company: valid (the account company; ")
    assert said.out.splitlines()[2].endswith("; under the account mine: My own)")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("name: wrong\nmechanisms: {heard: 1}\n")
    assert ":2: mechanisms.heard: found 1" in sameboat("check", wrong).problem
    assert "found no account" in sameboat("check", "groupA", "--account", "compny").problem
