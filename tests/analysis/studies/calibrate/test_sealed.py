"""Sealed: no claim, no age or number of the paper, no A against B can reach the calibration; by imports and by data."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from analysis.evidence.measure import Laboratory
from analysis.evidence.table import BESIDE, CALIBRATE, HELD_OUT, STUDIES, evidence
from analysis.studies.calibrate.study import evidence_used
from analysis.studies.study.studyfile import read_study
from sim.scenario import load_account
from tests.builders import ROOT

# What reads claims off lives, or holds one group of the paper against the other; of interviews only how a town is
# lived without a group.
SEALED = ("claims", "verdicts", "overturn", "breakeven", "compare", "factorial", "interviews")
MAY = {"analysis.studies.interviews", "analysis.studies.interviews.worlds"}
LOOK = """
import sys
import analysis.studies.calibrate.account, analysis.studies.calibrate.study, analysis.evidence.measure
import analysis.studies.calibrate.command, analysis.plausible.priors, analysis.studies.calibrate.tables
import analysis.studies.calibrate.words
print("\\n".join(name for name in sys.modules if name.startswith("analysis.")))
"""


def test_no_module_that_reads_claims_is_imported_by_the_calibration():
    done = subprocess.run([sys.executable, "-c", LOOK], cwd=ROOT, capture_output=True, text=True, check=True)
    modules = done.stdout.split()
    assert "analysis.studies.calibrate.account" in modules
    reached = [name for name in modules for sealed in SEALED if f"{name}.".startswith(f"analysis.studies.{sealed}.")]
    assert set(reached) <= MAY


@pytest.mark.parametrize("one", evidence_used(), ids=lambda one: one.figure)
def test_no_figure_is_measured_in_group_b_or_between_groups(one):
    plan = read_study(STUDIES / one.study)
    assert plan.said.base in ("../groupA.yaml", "../base.yaml")
    assert plan.instead is None
    assert not plan.arm.values["group.clinician_started"]


def test_no_figure_is_of_the_papers_own_groups():
    for one in evidence():
        said = " ".join((one.figure, one.says, one.source, one.note)).lower()
        for word in ("boyce", "group a", "group b", "four regular", "12 years", "eight years"):
            assert word not in said, f"{one.figure}: {word}"


def test_held_out_figures_are_measured_by_studies_and_never_used():
    held_out = [one for one in evidence() if one.use == HELD_OUT]
    assert held_out
    assert all(one.study for one in held_out)
    assert not {one.figure for one in held_out} & {one.figure for one in evidence_used()}
    assert {one.use for one in evidence()} == {CALIBRATE, HELD_OUT, BESIDE}


def test_figures_come_out_the_same_whatever_becomes_of_the_other_group():
    lab = Laboratory(evidence_used(), load_account("full"))
    settings = {"people.mean_stay_years": 12.0}
    found = lab.measure(settings, [3])
    # What only a clinician's group has, a second weekly meeting, meals and a line are no part of what is measured.
    of_b = {"clinician.caseload": 0.5, "clinician.knock": 0.6, "organising.handover_week": 60}
    again = lab.measure({**settings, **of_b}, [3])
    assert np.array_equal(found, again, equal_nan=True)
