"""What is varied: positions become values."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from scipy import stats

from analysis.studies.sweep.factor import Distribution, Factor


def test_a_position_in_a_range_is_the_way_from_low_to_high():
    factor = Factor("group.acceptance", low=0.5, high=0.9)
    assert [round(x, 12) for x in factor.at(np.array([0, 0.25, 1]))] == [0.5, 0.6, 0.9]


def test_whole_numbers_share_the_positions_equally():
    factor = Factor("group.places", low=8, high=11)
    found = factor.at(np.linspace(0, 1, 4001))
    assert {type(value) for value in found} == {int}
    counts = np.bincount(found)[8:]
    assert len(counts) == 4
    assert np.all(np.abs(counts - 1000) <= 1)


def test_values_share_the_positions_equally_whatever_they_are():
    assert Factor("group.regular", values=(True, False)).at(np.array([0, 0.49, 0.5, 1])) == [
        True,
        True,
        False,
        False,
    ]
    days = Factor("group.meeting_days", values=([2], [1, 3]))
    assert days.at(np.array([0.0, 0.99, 1.0])) == [[2], [1, 3], [1, 3]]


def test_a_grid_takes_evenly_spaced_values_from_end_to_end():
    assert Factor("group.acceptance", low=0.5, high=0.9, steps=3).grid() == [0.5, 0.7, 0.9]
    assert Factor("group.places", low=8, high=10, steps=7).grid() == [8, 9, 10]
    assert Factor("group.regular", values=(True, False)).grid() == [True, False]


PLACES = np.linspace(0, 1, 1001)


def test_a_logarithmic_range_goes_by_ratios_from_end_to_end():
    factor = Factor("ties.half_life_weeks", low=1.0, high=100.0, steps=5, log=True)
    np.testing.assert_allclose(factor.at(np.array([0, 0.25, 0.5, 1])), [1, 100**0.25, 10, 100])
    np.testing.assert_allclose(factor.grid(), [1, 100**0.25, 10, 100**0.75, 100])
    whole = Factor("group.places", low=1, high=100, steps=5, log=True)
    assert whole.grid() == [1, 3, 10, 32, 100]
    assert {type(value) for value in whole.at(PLACES)} == {int}


@pytest.mark.parametrize(
    ("law", "said", "expected"),
    [
        ("normal", {"mean": 0.5, "sd": 0.1}, stats.norm(0.5, 0.1)),
        ("lognormal", {"median": 0.3, "log_sd": 0.2}, stats.lognorm(0.2, 0, 0.3)),
        ("beta", {"a": 2.0, "b": 5.0}, stats.beta(2, 5)),
        ("triangular", {"mode": 0.25}, stats.triang(0.25)),
    ],
)
def test_a_distribution_is_gone_through_by_its_quantiles(law, said, expected):
    factor = Factor("group.acceptance", low=0.0, high=1.0, steps=3, distribution=Distribution(law, said))
    if law == "lognormal":
        factor = dataclasses.replace(factor, low=1e-6)
    inner = np.linspace(0.01, 0.99, 99)
    np.testing.assert_allclose(factor.at(inner), expected.ppf(inner), rtol=1e-5)
    np.testing.assert_allclose(factor.grid(), expected.ppf([1 / 6, 1 / 2, 5 / 6]), rtol=1e-5)
    assert factor.at(np.array([0.0, 1.0])) == pytest.approx([factor.low, factor.high])


def test_a_distribution_is_cut_at_the_ends_of_its_range():
    law = Distribution("normal", {"mean": 0.5, "sd": 0.2})
    found = np.array(Factor("group.acceptance", low=0.4, high=0.9, distribution=law).at(PLACES))
    assert found.min() == 0.4
    assert found.max() == 0.9
    assert np.all(np.diff(found) > 0)
    inside = stats.truncnorm(-0.5, 2, 0.5, 0.2)
    np.testing.assert_allclose(found, inside.ppf(PLACES), atol=1e-9)
