"""Numbers read the same wherever people read them."""

from __future__ import annotations

import math
from functools import partial

import pytest

from analysis.words.numbers import (
    DASH,
    MINUS,
    THIN_SPACE,
    count,
    duration,
    figures,
    fixed,
    interval,
    number,
    percent,
    probability,
    setting,
    signed,
    size,
    span,
    with_minus,
)


@pytest.mark.parametrize("write", [fixed, signed, number, figures, percent, count])
@pytest.mark.parametrize("nothing", [None, math.nan, math.inf])
def test_a_dash_stands_where_there_is_no_number(write, nothing):
    assert write(nothing) == DASH


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.126, "0.13"), (-0.126, f"{MINUS}0.13"), (0.0, "0.00"), (-0.001, "0.00"), (1234.5, "1234.50")],
)
def test_fixed_decimals(value, text):
    assert fixed(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.123, "+0.12"), (-0.126, f"{MINUS}0.13"), (0.001, "0.00"), (-0.001, "0.00")]
)
def test_a_change_has_a_sign_and_none_has_not(value, text):
    assert signed(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.283, "0.28"), (-0.283, f"{MINUS}0.28"), (0.0421, "0.042"), (-0.000123, f"{MINUS}0.00012"), (7.349, "7.35"),
        (12.34, "12.3"), (0.0, "0"), (-0.0, "0"), (123.4, "123"), (1.0, "1.00"), (1e-12, "0"), (100.0, "100"),
    ],
)  # fmt: skip
def test_a_number_has_as_many_decimals_as_it_needs(value, text):
    assert number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (0.034, "0.034"), (0.999, "1.0"), (12.3, "12"), (456.0, "460"), (12345.0, f"12{THIN_SPACE}000"),
     (-0.0321, f"{MINUS}0.032"), (1e-6, "0.0000010"), (1.63e-11, f"1.6e{MINUS}11"), (-1e-10, f"{MINUS}1.0e{MINUS}10")],
)  # fmt: skip
def test_digits_that_count(value, text):
    assert figures(value) == text


def test_an_interval_has_as_many_decimals_in_each():
    assert interval(-0.28, -0.351, -0.229) == f"{MINUS}0.28 ({MINUS}0.35 to {MINUS}0.23)"
    assert interval(0.0041, -0.0002, 0.0084) == f"0.0041 ({MINUS}0.0002 to 0.0084)"
    assert interval(0.0, 0.0, 0.0) == "0 (0 to 0)"
    assert interval(0.3, math.nan, None) == "0.30 (no interval)"
    assert interval(0.3, -0.1, 0.5, partial(signed, decimals=1)) == f"+0.3 ({MINUS}0.1 to +0.5)"


def test_shares_counts_and_probabilities():
    assert [percent(0.256), percent(-0.004), percent(0.1234, 1)] == ["26 %", "0 %", "12.3 %"]
    assert count(1234567.0) == f"1{THIN_SPACE}234{THIN_SPACE}567"
    assert [probability(p) for p in (math.nan, 0.0004, 0.0123, 1.0)] == ["", "<0.001", "0.012", "1.000"]


@pytest.mark.parametrize(
    ("value", "text"), [(True, "yes"), (False, "no"), (0.25, "0.25"), (3, "3"), ([1, 4], "1, 4"), (-0.5, f"{MINUS}0.5"),
                        (1e-4, "0.0001"), (0.1 + 0.2, "0.3")]
)  # fmt: skip
def test_the_value_of_a_parameter(value, text):
    assert setting(value) == text


@pytest.mark.parametrize(
    ("weeks", "words"),
    [(1, "1 week"), (26, "26 weeks"), (52, "1 year"), (60, "60 weeks"), (78, "1.5 years"), (80, "80 weeks"),
     (104, "2 years"), (170, "3.3 years"), (624, "12 years")],
)  # fmt: skip
def test_a_time_in_words(weeks, words):
    assert span(weeks) == words


def test_bytes_and_seconds_in_words():
    assert [size(n) for n in (17, 1234, 56_789_000, 2.5e9, 9e12)] == [
        "17 bytes",
        "1.2 kB",
        "56.8 MB",
        "2.5 GB",
        "9000 GB",
    ]
    assert [duration(s) for s in (0.2, 61, 600, 7200, 300_000)] == ["1 s", "61 s", "10 min", "2.0 h", "3.5 days"]


def test_only_the_sign_of_a_number_becomes_a_minus():
    assert with_minus("from -0.05 to -.5, (-3)") == f"from {MINUS}0.05 to {MINUS}.5, ({MINUS}3)"
    same = "2026-11-23, A1-A4, groups/b-2, self-harm, --seed 3, 0-1, a - b"
    assert with_minus(same) == same
