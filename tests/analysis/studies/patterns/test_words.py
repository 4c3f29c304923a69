"""What is said and drawn of lines that are given: few towns, groups that all last, groups that all end."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest

from analysis.compare.estimate import Estimate
from analysis.figures.style import style
from analysis.studies.patterns.figures import draw_all
from analysis.studies.patterns.lines import Line
from analysis.studies.patterns.outside import OUTSIDE
from analysis.studies.patterns.study import Patterns, PatternsStudy
from analysis.studies.patterns.tables import all_tables, read_off
from analysis.studies.patterns.words import figure, in_short, matrix, summary_of, when
from analysis.words.numbers import percent
from sim.codes import CLOSED_NAMES, TOO_FEW_CAME
from tests.analysis.lives import unkind_words
from tests.analysis.studies.overturn.conftest import small_arm
from tests.analysis.studies.patterns.planted import LOOKS, group, residents

ENDED, LASTING = group(60, TOO_FEW_CAME), group(624)


def found_of(lives, **given):
    towns = [residents(np.random.default_rng(seed), 20, **given) for seed in range(len(lives))]
    seen = read_off(towns, lives)
    study = PatternsStudy([small_arm(run__weeks=624, run__lead_in_weeks=52)], 1, len(lives))
    return Patterns(study, all_tables(seen), len(lives), seen)


@pytest.mark.parametrize(
    "lives", [[ENDED] * 4, [LASTING] * 4, [ENDED, LASTING, LASTING]], ids=["all end", "all last", "some"]
)
def test_whatever_becomes_of_groups_it_is_told_and_drawn(lives):
    found = found_of(lives)
    text = summary_of(found)
    assert max(map(len, text.splitlines())) <= 132
    assert unkind_words(text.replace('"success"', "")) == []
    assert "nan" not in text
    assert ("No group ended." in text) == (lives[0] is LASTING)
    with style():
        drawn = dict(draw_all(found))
    assert list(drawn) == ["correlations", "drift", "ending"]
    assert all(len(one.description) > 40 and "nan" not in one.description for one in drawn.values())


def test_what_moves_is_said_and_marked():
    start = np.random.default_rng(0).uniform(0.2, 0.4, 20)
    moving = start + 0.03 * (np.array(LOOKS)[:, None] + 52) / 52
    found = found_of([ENDED, LASTING, LASTING], coping=moving)
    said = next(sentence for sentence in in_short(found) if "move" in sentence)
    assert "coping by 0.030 a year (from beginning to opening)" in said
    assert "stigma" not in said
    (row,) = (line for line in summary_of(found).splitlines() if line.startswith("  coping  "))
    assert row.count("*") == len(LOOKS[:2]) + 4 - 1
    still = found_of([ENDED, LASTING, LASTING])
    assert any("No slow state moves" in sentence for sentence in in_short(still))


def test_every_reason_and_outside_figure_is_told():
    text = summary_of(found_of([ENDED, LASTING, LASTING]))
    assert all(name in text for name in CLOSED_NAMES[1:])
    for words in ("225 %", "4.5 years", "over 60 %", "no one survival curve", "(abstract)", "(assumption)"):
        assert words in text


def test_a_figure_in_words():
    median = Line(("median survival",), Estimate(math.inf, 3.0, math.inf, 9), 9, OUTSIDE["median survival"])
    assert figure(median) == "not reached (3.00 to not reached)"
    assert figure(dataclasses.replace(median, found=Estimate(math.inf, math.inf, math.inf, 9))) == "not reached"
    assert figure(Line(("x",), Estimate(0.5, 0.4, 0.6, 9), 9), percent) == "50 % (40 % to 60 %)"
    assert figure(Line(("x",), Estimate(math.nan, math.nan, math.nan, 0), 0)) == "\N{EN DASH}"
    assert [when(week) for week in (-52, 0, 52, 520)] == ["beginning", "opening", "1 year", "10 years"]


def test_the_matrix_is_a_triangle_without_set_points():
    value = Estimate(0.5, 0.4, 0.6, 9)
    pairs = (("isolation", "stigma"), ("isolation", "isolation_set"), ("stigma", "isolation_set"))
    rows = matrix([Line(pair, value, 9) for pair in pairs])
    assert len(rows) == 3
    assert rows[2].split() == ["2", "stigma", "0.50"]
    assert matrix([]) == []


def test_tables_say_what_they_are_of():
    tables = found_of([ENDED, LASTING, LASTING]).tables
    assert list(tables) == [
        "correlations", "stability", "starting_and_stopping", "drift", "ending", "lasting", "survival", "reasons",
        "yearly", "new_people", "measures", "outside",
    ]  # fmt: skip
    assert tables["outside"].num_rows == len(OUTSIDE)
    columns = {"rests_on", "outside", "outside_from", "outside_to", "lies", "source", "seen"}
    for name in set(tables) - {"drift", "survival", "measures", "outside"}:
        assert columns <= set(tables[name].column_names)
