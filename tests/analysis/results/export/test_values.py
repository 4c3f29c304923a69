"""How many decimals and places numbers need."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.results.export.values import decimals, digits


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], 0), ([0, 0], 0), ([3, 1e6], 0), ([0.5, 2], 1), ([0.25, 100], 2), ([-0.0015, 0.5], 5), ([1 / 3], 3),
     ([1e-30, 0.1234], 10), ([np.nan, np.inf, 1.5], 1), ([1234.5678], 3)],
)  # fmt: skip
def test_decimals_show_what_is_there(values, expected):
    assert decimals(np.array(values, float)) == expected


def test_digits_leave_room_for_the_sign():
    assert [digits(np.array([value])) for value in (0.0, 0.01, -9.9, 10.0, 99_999.0, np.inf)] == [2, 2, 2, 3, 6, 2]
