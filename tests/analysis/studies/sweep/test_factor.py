"""What is varied: positions become values."""

from __future__ import annotations

import numpy as np

from analysis.studies.sweep.factor import Factor


def test_a_position_in_a_range_is_the_way_from_low_to_high():
    factor = Factor("group.acceptance", low=0.5, high=0.9)
    assert [round(factor.at(x), 12) for x in (0, 0.25, 1)] == [0.5, 0.6, 0.9]


def test_whole_numbers_share_the_positions_equally():
    factor = Factor("group.places", low=8, high=11)
    found = [factor.at(x) for x in np.linspace(0, 1, 4001)]
    assert {type(value) for value in found} == {int}
    counts = np.bincount(found)[8:]
    assert len(counts) == 4
    assert np.all(np.abs(counts - 1000) <= 1)


def test_values_share_the_positions_equally_whatever_they_are():
    assert [Factor("group.regular", values=(True, False)).at(x) for x in (0, 0.49, 0.5, 1)] == [
        True,
        True,
        False,
        False,
    ]
    days = Factor("group.meeting_days", values=([2], [1, 3]))
    assert [days.at(x) for x in (0.0, 0.99, 1.0)] == [[2], [1, 3], [1, 3]]


def test_a_grid_takes_evenly_spaced_values_from_end_to_end():
    assert Factor("group.acceptance", low=0.5, high=0.9, steps=3).grid() == [0.5, 0.7, 0.9]
    assert Factor("group.places", low=8, high=10, steps=7).grid() == [8, 9, 10]
    assert Factor("group.regular", values=(True, False)).grid() == [True, False]
