"""What a report says of numbers in brackets is what its tables say of them."""

from __future__ import annotations

import numpy as np

from analysis.report.study import _brackets
from analysis.results.columns import Column, table_of


def said(low, high):
    one = np.array([1.0])
    table = table_of([Column("share", "share", "of all", one), Column("share_low", "share", low, one),
                      Column("share_high", "share", high, one)])  # fmt: skip
    return _brackets({field.name: field for field in table.schema})


def test_intervals_of_95_per_cent_are_called_that_and_others_are_not():
    assert said("lower end of the 95 % interval", "upper end of it") == "In brackets: 95 % intervals."
    assert said("lowest of the refits", "highest of the refits") == (
        "In brackets: lowest of the refits, and highest of the refits."
    )


def test_a_table_without_intervals_says_nothing_of_brackets():
    table = table_of([Column("hours", "hours", "given", np.array([1.0]))])
    assert _brackets({field.name: field for field in table.schema}) == ""
