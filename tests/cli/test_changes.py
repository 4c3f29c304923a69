"""Changes at a time on the command line: lived, compared, shown and made again, or refused in one line."""

from __future__ import annotations

import json

import pyarrow.parquet as pq
import pytest

from analysis.compare.arms import Arm
from sim.scenario import load
from tests.builders import SCENARIOS
from tests.cli.command_line import SETTINGS, SMALL, sameboat

GROUP_B = str(SCENARIOS / "groupB.yaml")


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(f"name: mine\nextends: {GROUP_B}\nchanges:\n- {{week: 5, contact.texts_per_week: 90}}\n"
                    "- {week: 9, outside.tell_per_year: 52}\n- {week: 400, group.places: 12}\n")  # fmt: skip
    return path


@pytest.mark.usefixtures("without_figures")
def test_a_run_with_changes_is_recorded_and_comes_out_again(mine, tmp_path):
    for file, out in ((mine, "changed"), (GROUP_B, "plain")):
        assert sameboat("run", file, *SMALL, "--out", tmp_path / out, "--quiet").status == 0
    record = json.loads((tmp_path / "changed" / "record.json").read_text())
    assert record["arms"]["mine"]["parameters"]["contact.texts_per_week@5"] == {"value": 90.0, "origin": str(mine)}
    one, other = (pq.read_table(tmp_path / name / "weeks.parquet") for name in ("changed", "plain"))
    assert one.slice(0, 5).equals(other.slice(0, 5))
    assert not one.equals(other)
    assert sameboat("rerun", tmp_path / "changed", "--quiet").out.splitlines()[-1].startswith("identical:")


def test_the_same_can_be_said_after_set():
    said = sameboat("explain", GROUP_B, "--set", "group.phone_line@200=false", "--set", "group.places@9=12")
    assert said.out.splitlines()[-2:] == [
        "from week 9: group.places 12 (--set)", "from week 200: group.phone_line no (--set)"]  # fmt: skip
    assert "cannot change" in sameboat("explain", GROUP_B, "--set", "people.women@2=0.5").problem


def test_explain_says_what_the_run_does_not_reach(mine):
    assert "group.places 12, but the run ends before (mine.yaml)" in sameboat("explain", mine, "--weeks", 30).out


@pytest.mark.usefixtures("without_figures")
def test_changes_are_compared_against_a_twin_with_the_same_changes(mine, tmp_path):
    asked = ("compare", mine, GROUP_B, *SMALL[2:], "--set", "run.weeks=60", "--runs", 3)
    said = sameboat(*asked, "--out", tmp_path / "out", "--quiet")
    assert said.status == 0, said.err
    assert "outside.tell_per_year from week 9" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_a_twin_has_the_changes_that_matter_without_a_group(mine):
    changed, plain = (Arm("x", "x", load(path).values) for path in (mine, GROUP_B))
    assert changed.life_digest != plain.life_digest
    assert changed.twin.life_digest != plain.twin.life_digest
    of_group = Arm("x", "x", plain.values | {"group.places@7": 12})
    assert of_group.life_digest != plain.life_digest
    assert of_group.twin.life_digest == plain.twin.life_digest


@pytest.mark.parametrize(
    "asked",
    [("overturn", "FILE", "--runs", 3), ("breakeven", "FILE", "--runs", 3),
     ("factorial", "--set", "group.places@200=9"), ("study", "waiting-list", "--set", "group.places@200=9"),
     ("claims", "--set", "group.phone_line@200=false"), ("interviews", "--set", "group.phone_line@200=false")],
    ids=lambda asked: asked[0],
)  # fmt: skip
def test_studies_that_set_parameters_themselves_refuse_changes(mine, tmp_path, asked):
    asked = [mine if word == "FILE" else word for word in asked]
    problem = sameboat(*asked, *(SETTINGS if mine in asked else ()), "--out", tmp_path / "out").problem
    assert "takes no changes at a time" in problem
    assert not (tmp_path / "out").exists()
