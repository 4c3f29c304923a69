"""In every command that lives many towns a life that breaks off is named, and what was finished is kept."""

from __future__ import annotations

import json

import numpy as np
import pytest

from analysis.compare.broken import CTRL_C, BrokeOff, keeping, named_if_it_breaks_off
from analysis.plausible.priors import Priors
from analysis.studies.calibrate.bank import Bank, Stage
from tests.analysis.studies.overturn.conftest import small_arm
from tests.builders import SCENARIOS
from tests.cli.command_line import sameboat

# A rule of one's own that does nothing, but in the town with seed 5.
BREAKS = """
from sim.draws import key_of_seed
WHOSE = int(key_of_seed(5)[0])
def breaks(world, own, week):
    if world.key[0] == WHOSE and week > 10:
        raise ValueError("of no sense")
"""
SMALL = ("--set", "people.residents=20", "--set", "run.lead_in_weeks=8", "--runs", "6", "--quiet", "--out", "out")
COMMANDS = {
    "compare": ("groupA", "--years", "1"),
    "patterns": ("groupA",),
    "overturn": ("groupA", "--years", "1"),
    "breakeven": ("groupA", "--years", "1", "--at", "0.1"),
    "interviews": ("--accounts", "first", "company"),
    "claims": ("--claim", "C17"),
    "verdicts": ("--claim", "C17", "--accounts", "first", "company"),
    "factorial": (str(SCENARIOS / "factorials" / "origin.yaml"), "--years", "1"),
    "study": ("interviews",),
}


@pytest.fixture
def here(tmp_path, monkeypatch):
    (tmp_path / "breaks.py").write_text(BREAKS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("analysis.studies.frame.save_figures", lambda found, folder: None)
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_it_is_named_and_what_was_finished_is_kept_and_can_be_made_again(here, command):
    done = sameboat(command, *COMMANDS[command], "--rules", "breaks.py", *SMALL)
    assert done.status == 130, done.err
    assert "note: the life of arm " in done.err
    assert " with seed 5" in done.err
    assert "broke off (OwnRulesError: breaks.py:6: breaks: week 11 of a life: ValueError: of no sense)" in done.err
    assert "stopped after 4 of 6 runs; these were kept" in done.err
    record = json.loads((here / "out" / "record.json").read_text(encoding="utf-8"))
    assert (record["runs"], record["finished_runs"]) == (6, 4)
    assert "of no sense" in (here / "out" / "summary.txt").read_text(encoding="utf-8")
    assert "identical" in sameboat("rerun", "out", "--rules", "breaks.py", "--quiet").out


@pytest.mark.parametrize("command", ["compare", "overturn", "verdicts"])
def test_without_a_run_before_it_there_is_one_line_and_no_folder(here, command):
    done = sameboat(command, *COMMANDS[command], "--rules", "breaks.py", *SMALL, "--seed", "5")
    assert done.status == 2
    assert "with seed 5" in done.problem
    assert not (here / "out").exists()


def test_of_a_sweep_the_others_are_kept_and_sensitivity_says_which_are_left_out(here):
    (here / "sweep.yaml").write_text(
        f"sweep: some\nseeds: 6\nweeks: 30\nyears: [0.5]\narms: {{A: {SCENARIOS / 'groupA.yaml'}}}\n"
        "populations: [eligible]\nset: {people.residents: 20, run.lead_in_weeks: 8}\n"
        "vary: {group.acceptance: {values: [0.2, 0.9]}}\n",
        encoding="utf-8",
    )
    done = sameboat("sweep", "sweep.yaml", "--rules", "breaks.py", "--out", "out")
    assert "2 runs broke off; all others are kept" in done.out
    read = sameboat("sensitivity", "out", "--out", "read")
    assert "2 runs broke off and are left out" in read.out
    assert "Broke off: point 1 (group.acceptance 0.9), seed 5, arm A: OwnRulesError: breaks.py:6" in read.out


class Breaking:
    """Measures nothing, and breaks off at one place."""

    account, figures, identity = "first", ("a figure",), ""

    def measure(self, settings, seeds):
        if seeds[0] == 21:
            raise FloatingPointError("out of hand")
        return np.zeros(1)


def test_of_a_calibration_the_place_is_named_and_the_bank_is_kept(tmp_path):
    priors = Priors.of(small_arm().values)
    places = np.random.default_rng(1).random((25, len(priors.parts)))
    bank = Bank(tmp_path, priors, Breaking())
    with pytest.raises(BrokeOff, match=r"the life of account 'first' with seed 21, \S+ \d.* broke off \(FloatingPoint"):
        bank.lived(Stage("first", places, 1, 1), threads=1)
    assert len(list(bank.kept.folder.glob("*.parquet"))) == 2


def test_of_a_life_that_was_changed_it_is_said_how():
    arm = small_arm()
    changed = {**arm.values, "contact.relief": 0.125}
    with pytest.raises(BrokeOff, match=r"with seed 7, contact\.relief 0\.125 broke off \(ValueError: no\)") as broken:  # noqa: SIM117
        with named_if_it_breaks_off(arm, 7, changed):
            raise ValueError("no")
    assert broken.value.seed == 7


def test_what_is_not_to_be_kept_is_not():
    with pytest.raises(BrokeOff), keeping(lambda: 3, CTRL_C):
        raise BrokeOff("broken")
    with pytest.raises(KeyboardInterrupt), keeping(lambda: 0):
        raise KeyboardInterrupt
    with keeping(lambda: 1):
        raise KeyboardInterrupt
