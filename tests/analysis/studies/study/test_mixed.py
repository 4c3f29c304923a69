"""The mixed model: where the search for its variances begins is where it ends, and the library's answer stays."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.studies.study import analyse
from analysis.studies.study.analyse import Answers, likeliest_ratio, mixed

SLIGHT = 2e-4  # of a standard error: how far the library's own search stops from the best


def told(towns, between, seed, times=4, people=6, effect=0.3):
    """A stepped wedge: answers of people of some towns, each of which gets the group at another time."""
    rng = np.random.default_rng(seed)
    shape = (towns, times, people)
    town, period = np.broadcast_to(np.arange(towns)[:, None, None], shape), np.broadcast_to(
        np.arange(times)[None, :, None], shape
    )  # fmt: skip
    group = period > town % (times - 1)
    y = rng.normal(0, between, towns)[:, None, None] + rng.normal(0, 1, shape) + effect * group + 0.1 * period
    y = np.where(rng.random(shape) < 0.1, np.nan, y)
    return Answers(*(one.ravel() for one in (y, np.zeros(shape), group, town, period)))


@pytest.mark.parametrize("between", [0.0, 0.1, 0.5, 3.0])
@pytest.mark.parametrize("towns", [6, 24, 80])
def test_the_answer_is_that_of_a_search_begun_anywhere(towns, between, monkeypatch):
    answers = [told(towns, between, seed) for seed in range(4)]
    found = np.array([mixed(one) for one in answers])
    monkeypatch.setattr(analyse, "likeliest_ratio", lambda *given: float("nan"))
    usual = np.array([mixed(one) for one in answers])
    error = (usual[:, 2] - usual[:, 1]) / 4
    assert np.isfinite(usual).all()
    assert np.abs(found - usual)[:, :3].max(axis=1) == pytest.approx(0, abs=SLIGHT * error.max())
    assert found[:, 3] == pytest.approx(usual[:, 3], abs=SLIGHT)


def test_the_likeliest_ratio_is_the_librarys():
    rng = np.random.default_rng(3)
    town = np.repeat(np.arange(60), rng.integers(2, 9, 60))
    y = rng.normal(0, 0.8, 60)[town] + rng.normal(0, 1, len(town))
    design = np.column_stack([town % 2, np.ones(len(town))]).astype(float)
    fitted = analyse.statsmodels().MixedLM(y, design, groups=town).fit(reml=True, method=["bfgs"])
    assert likeliest_ratio(y, design, town) == pytest.approx(float(fitted.cov_re[0, 0] / fitted.scale), rel=1e-3)


def test_without_variance_between_towns_or_within_there_is_none_to_begin_from():
    town = np.repeat(np.arange(10), 4)
    design = np.ones((40, 1))
    alike = np.tile([0.0, 1.0, 2.0, 3.0], 10)
    assert np.isnan(likeliest_ratio(alike, design, town))
    assert np.isnan(likeliest_ratio(town.astype(float), design, town))
    assert np.isnan(likeliest_ratio(alike, np.column_stack([design, design]), town))
