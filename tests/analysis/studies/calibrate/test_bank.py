"""The bank: nothing is lived twice, nothing of another calibration is taken, and what is damaged is lived again."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.studies.calibrate.account import Effort, calibrate
from analysis.studies.calibrate.bank import Bank, Stage
from sim.problem import Problem
from tests.analysis.studies.calibrate import toy

PRIORS = toy.priors()
STAGE = Stage("first", PRIORS.draw(35, 1), 2, 100)
SMALL = Effort(places=120, second=40, towns=2, twice=20, known=8, left=6, draws=200)


def test_it_goes_on_where_it_was(tmp_path):
    lab = toy.Lab()
    whole = Bank(tmp_path, PRIORS, lab).lived(STAGE, 1)
    assert lab.lived == 35
    again = toy.Lab()
    assert np.array_equal(Bank(tmp_path, PRIORS, again).lived(STAGE, 1), whole)
    assert again.lived == 0
    files = sorted((tmp_path / "bank" / "first").iterdir())
    files[0].unlink()
    files[1].write_bytes(files[1].read_bytes()[:200])
    third = toy.Lab()
    assert np.array_equal(Bank(tmp_path, PRIORS, third).lived(STAGE, 1), whole)
    assert third.lived == 20


def test_a_changed_byte_is_noticed(tmp_path):
    whole = Bank(tmp_path, PRIORS, toy.Lab()).lived(STAGE, 1)
    path = sorted((tmp_path / "bank" / "first").iterdir())[0]
    content = bytearray(path.read_bytes())
    content[30] ^= 0xFF
    path.write_bytes(content)
    assert np.array_equal(Bank(tmp_path, PRIORS, toy.Lab()).lived(STAGE, 1), whole)


def test_lives_of_another_question_are_not_taken(tmp_path):
    Bank(tmp_path, PRIORS, toy.Lab()).lived(STAGE, 1)
    other = toy.Lab("other evidence")
    Bank(tmp_path, PRIORS, other).lived(STAGE, 1)
    assert other.lived == 35
    moved = toy.Lab()
    Bank(tmp_path, PRIORS, moved).lived(Stage("first", STAGE.places, 2, 101), 1)
    assert moved.lived == 35


def test_on_several_processes_it_is_the_same(tmp_path):
    one = Bank(tmp_path / "one", PRIORS, toy.Lab()).lived(STAGE, 1)
    two = Bank(tmp_path / "two", PRIORS, toy.Lab()).lived(STAGE, 2)
    assert np.array_equal(one, two)


def test_a_folder_that_cannot_be_made_is_said_in_a_line(tmp_path):
    (tmp_path / "bank").write_text("a file")
    with pytest.raises(Problem, match="bank"):
        Bank(tmp_path, PRIORS, toy.Lab()).lived(STAGE, 1)


def test_progress_counts_places_whether_lived_now_or_before(tmp_path):
    for _ in range(2):
        told = []
        Bank(tmp_path, PRIORS, toy.Lab()).lived(STAGE, 1, told.append)
        assert sum(told) == 35


def test_a_calibration_of_a_known_world_finds_it(tmp_path):
    lab, targets = toy.Lab(), toy.targets(at=(0.9, 0.5, 0.2, 0.5, 0.5), sd=0.05)
    found = calibrate(PRIORS, Bank(tmp_path, PRIORS, lab), lab, targets, SMALL, 1, 1)
    assert lab.lived == SMALL.lived
    low, middle, high = found.quantiles("contact.relief")
    assert low < 0.9 < high
    assert middle == pytest.approx(0.85, abs=0.12)
    assert found.quantiles("joining.need_power")[1] == pytest.approx(0.25, abs=0.12)
    np.testing.assert_allclose(np.nanmean(found.lived, axis=0), [target.middle for target in targets], atol=0.12)
    assert found.told[0] > 0.3 > abs(found.told[4])
    # The same again from the bank alone, to the last bit.
    again = calibrate(PRIORS, Bank(tmp_path, PRIORS, toy.Lab()), toy.Lab(), targets, SMALL, 1, 1)
    assert np.array_equal(again.posterior.places, found.posterior.places)
    assert np.array_equal(again.log_evidence, found.log_evidence)
