"""Sobol's indices of a function with known answers, through the whole pipeline.

The Ishigami function takes the place of the simulation: a sweep file, its points, chunks on disk, reading
them back and the analysis are those of any sweep.
"""

from __future__ import annotations

import numpy as np
import pytest

from analysis.studies.sensitivity.indices import indices
from analysis.studies.sensitivity.response import PointReading, positions_of
from analysis.studies.sensitivity.share import Threshold
from analysis.studies.sensitivity.words import where_it_fails
from sim.parameters import PARAMETERS
from tests.analysis.needs import needs
from tests.analysis.studies.sensitivity.known import analysed, swept

A, B = 7.0, 0.1
# Ishigami and Homma 1990, in closed form.
V1, V2, V13 = (1 + B * np.pi**4 / 5) ** 2 / 2, A**2 / 8, B**2 * np.pi**8 * (1 / 18 - 1 / 50)
VARIANCE = V1 + V2 + V13
FIRST = np.array([V1, V2, 0.0]) / VARIANCE
TOTAL = np.array([V1 + V13, V2, V13]) / VARIANCE
NAMES = ("group.acceptance", "contact.relief", "ties.half_life_weeks")
BASE_POINTS = 1024


def ishigami(x1, x2, x3):
    return np.sin(x1) + A * np.sin(x2) ** 2 + B * x3**4 * np.sin(x1)


def at(values, seed):
    """The function, each parameter's plausible range stretched over its own."""
    ends = [PARAMETERS[name].plausible for name in NAMES]
    x = [np.pi * (2 * (values[n] - low) / (high - low) - 1) for n, (low, high) in zip(NAMES, ends, strict=True)]
    return ishigami(*x)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    needs("SALib", "sklearn")
    return swept(tmp_path_factory.mktemp("ishigami"), at, dict.fromkeys(NAMES, "plausible"),
                 design={"kind": "saltelli", "points": BASE_POINTS}, seeds=2)  # fmt: skip


@pytest.fixture(scope="module")
def done(results):
    return analysed(results, PointReading("function", "isolation", "joined", 24), Threshold(0.0, False))


def test_first_order_and_total_indices_are_recovered(done):
    each = {index.name: index for index in done.found.each}
    for k, name in enumerate(NAMES):
        assert each[name].main == pytest.approx(FIRST[k], abs=0.02)
        assert each[name].total == pytest.approx(TOTAL[k], abs=0.02)
        # 95 % intervals; six of them, of a fixed seed
        assert abs(each[name].main - FIRST[k]) < 1.5 * each[name].main_error + 1e-9
        assert abs(each[name].total - TOTAL[k]) < 1.5 * each[name].total_error + 1e-9
    assert [index.name for index in done.found.each] == [NAMES[0], NAMES[1], NAMES[2]]


def test_what_two_parameters_do_together_is_recovered(done):
    strongest, *others = done.found.together
    assert {strongest.one, strongest.other} == {NAMES[0], NAMES[2]}
    assert strongest.share == pytest.approx(V13 / VARIANCE, abs=0.05)
    assert all(abs(pair.share) < 0.05 for pair in others)


def test_indices_settle(done):
    steps, totals = zip(*done.found.convergence, strict=True)
    assert steps == (128, 256, 512, 768, 1024)
    far, near = (np.abs(np.array(totals[k]) - TOTAL).max() for k in (0, -1))
    assert near < max(far, 0.02)


def test_people_weigh_alike_and_the_same_function_leaves_no_luck(done):
    assert done.response.share_of_luck == pytest.approx(0.0, abs=1e-20)
    assert len(done.response.values) == BASE_POINTS * 8


def test_the_share_of_space_is_recovered(done):
    rng = np.random.default_rng(1)
    x = rng.uniform(-np.pi, np.pi, (200_000, 3))
    truth = (ishigami(*x.T) < 0).mean()
    assert done.share.share == pytest.approx(truth, abs=0.02)
    assert done.share.low < truth < done.share.high
    assert (done.share.blocks, done.share.points) == (BASE_POINTS, BASE_POINTS * 8)
    assert f"by its {BASE_POINTS} base points" in where_it_fails(done)


def test_missing_values_leave_out_whole_blocks_and_the_answer_stays(results, done):
    values = done.response.values.copy()
    values[np.random.default_rng(2).integers(0, len(values), 40)] = np.nan
    found = indices("saltelli", NAMES, positions_of(results, NAMES), values)
    assert 30 < found.left_out <= 40
    for index in found.each:
        assert index.total == pytest.approx(TOTAL[NAMES.index(index.name)], abs=0.05)
