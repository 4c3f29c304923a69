"""Colours are told apart, and words can be read."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

import view
from analysis.figures import palette
from view.panels import curves

AA = 4.5
# What the three kinds of dichromacy make of linear red, green and blue (Viénot, Brettel and Mollon 1999).
KINDS = {
    "usual": np.eye(3),
    "protan": np.array([[0.1124, 0.8876, 0.0], [0.1124, 0.8876, 0.0], [0.0040, -0.0040, 1.0]]),
    "deutan": np.array([[0.2928, 0.7072, 0.0], [0.2928, 0.7072, 0.0], [-0.0223, 0.0223, 1.0]]),
}
PAGE = (Path(view.__file__).parent / "page.css").read_text(encoding="utf-8")


def linear(colour: str) -> np.ndarray:
    """float64[3]: linear red, green and blue, 0 to 1."""
    digits = colour.removeprefix("#")
    digits = "".join(2 * letter for letter in digits) if len(digits) == 3 else digits
    part = np.array([int(digits[k : k + 2], 16) / 255 for k in (0, 2, 4)])
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def contrast_on_white(colour: str) -> float:
    return 1.05 / (float(linear(colour) @ (0.2126, 0.7152, 0.0722)) + 0.05)


def test_contrast_is_that_of_the_standard():
    assert contrast_on_white("#000") == pytest.approx(21)
    assert contrast_on_white("#777777") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colour", [*palette.TEXT.values(), palette.INK, palette.GREY])
def test_words_can_be_read_on_white(colour):
    assert contrast_on_white(colour) >= AA


@pytest.mark.parametrize("colour", sorted(set(re.findall(r"[^-]color: (#[0-9a-f]{3,6})", PAGE))))
def test_words_on_the_page_can_be_read(colour):
    assert contrast_on_white(colour) >= AA


@pytest.mark.parametrize("kind", KINDS)
def test_arms_are_told_apart_with_every_kind_of_colour_vision(kind):
    seen = [np.clip(KINDS[kind] @ linear(colour), 0, 1) ** (1 / 2.4) for colour in palette.ARMS]
    assert min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2)) > 0.1
    assert len(set(palette.MARKERS)) == len(palette.ARMS)


def test_the_page_shows_with_and_without_a_group_in_the_colours_of_the_figures():
    shown = curves.key()
    assert shown.index(palette.BLUE) < shown.index(">members<") < shown.index(palette.VERMILLION)
