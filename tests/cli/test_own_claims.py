"""``claims --claims FILE``, called as a person would: the how-to, a slip in the file, and the same again."""

from __future__ import annotations

import json
import re

import pyarrow.parquet as pq
import pytest

from analysis.studies.claims.study import Trial
from tests.builders import ROOT
from tests.cli.command_line import sameboat

SMALL = ("--runs", "3", "--at-centre", "--set", "people.residents=20", "--set", "run.lead_in_weeks=8", "--quiet")
HOW_TO = (ROOT / "docs" / "how-to" / "add-a-claim.md").read_text(encoding="utf-8")
(CODE,) = re.findall(r"^```python\n(.*?)^```$", HOW_TO, re.DOTALL | re.MULTILINE)


@pytest.fixture(autouse=True)
def without_report(monkeypatch):
    """Reports take longer than a small trial; one test makes one."""
    monkeypatch.setattr(Trial, "report", lambda trial: "no report")


@pytest.fixture
def mine(tmp_path):
    """The claims file of the how-to."""
    path = tmp_path / "my_claims.py"
    path.write_text(CODE, encoding="utf-8")
    return path


def test_the_claim_of_the_how_to_is_tried_beside_the_papers(mine, tmp_path):
    folder = tmp_path / "out"
    said = sameboat("claims", "--claims", mine, "--claim", "hour", "--claim", "18", *SMALL[:-1], "--out", folder)
    assert said.status == 0, said.err
    assert "HOUR  Friendship takes longer meetings than an hour." in said.out
    assert "C18  Bonds become friendship." in said.out
    assert "claims of my_claims.py (SHA-256" in said.out
    assert pq.read_table(folder / "verdicts.parquet")["claim"].to_pylist() == ["C18", "HOUR"]
    record = json.loads((folder / "record.json").read_text())
    assert record["settings"]["own_claims"]["file"] == "my_claims.py"
    assert re.fullmatch("[0-9a-f]{64}", record["settings"]["own_claims"]["sha256"])
    assert record["arms"]["one hour"]["parameters"]["group.meeting_hours"]["value"] == 1.0

    assert "name it: --claims FILE" in sameboat("rerun", folder).problem
    again = sameboat("rerun", folder, "--claims", mine, "--quiet")
    assert (again.status, again.out.startswith("identical: ")) == (0, True), again.out
    mine.write_text(CODE.replace("at_most(0.8)", "at_most(0.9)"), encoding="utf-8")
    assert "is another text" in sameboat("rerun", folder, "--claims", mine).problem


def test_the_claim_of_the_how_to_can_be_overturned(mine, tmp_path):
    """Where a single hour makes any tie complete, the share is 1 whatever the draws."""
    command = ("claims", "--claims", mine, "--claim", "HOUR", "--runs", "5", "--overwrite", "--out", tmp_path / "out")
    assert "FAILS" not in sameboat(*command).out
    assert "FAILS" in sameboat(*command, "--set", "ties.growth_per_hour=0.5").out


def test_own_claims_are_listed_after_the_papers(mine):
    listed = sameboat("claims", "--claims", mine, "--list").out
    assert listed.index("C33 ") < listed.index("HOUR Friendship takes longer")
    assert "arms: one hour, groupA; 104 weeks" in listed
    assert "HOUR" not in sameboat("claims", "--list").out
    assert "expected one of C1" in sameboat("claims", "--claim", "HOUR").problem


def test_a_claim_that_quotes_nobody_has_no_empty_quotation_in_the_report(mine, tmp_path, monkeypatch):
    monkeypatch.undo()
    said = sameboat("claims", "--claims", mine, "--claim", "HOUR", *SMALL, "--out", tmp_path / "out")
    assert said.status == 0, said.err
    text = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Friendship takes longer meetings" in text
    assert "&ldquo;&rdquo;" not in text


SLIPS = (
    ('measure_share("one hour"', 'Estimand(("one hour",), lambda runs: 1 / 0', "ZeroDivisionError"),
    ('measure_share("one hour"', 'Estimand(("one hour",), lambda runs: runs["absent"]', "KeyError: 'absent'"),
    (
        'measure_share("one hour"',
        'Estimand(("one hour",), lambda runs: 0.3',
        "TypeError: expected a Reading, found float",
    ),
)


@pytest.mark.parametrize(("old", "new", "words"), SLIPS, ids=[words for *_, words in SLIPS])
def test_a_slip_comes_to_light_before_the_trial(mine, tmp_path, old, new, words):
    code = CODE.replace(f'{old}, "groupA", "regular_tie")', f"{new})").replace("import Claim", "import Claim, Estimand")
    assert code.count("lambda") == 1
    mine.write_text(code, encoding="utf-8")
    said = sameboat(
        "claims", "--claims", mine, "--claim", "HOUR", "--runs", "100000", "--out", tmp_path / "out"
    ).problem
    assert re.search(r"my_claims\.py:\d+: HOUR: cannot be read off the runs: ", said)
    assert words in said
    assert not (tmp_path / "out").exists()


def test_results_of_another_kind_have_no_claims(mine, tmp_path):
    folder = tmp_path / "run"
    sameboat("groupA", "--weeks", "4", *SMALL[3:], "--out", folder)
    assert "not of `claims`; leave it out" in sameboat("rerun", folder, "--claims", mine).problem
