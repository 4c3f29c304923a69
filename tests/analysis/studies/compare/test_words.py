"""A comparison in plain words: what is said is what the tables say, and nothing unkind."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.compare.comparison import compare
from analysis.compare.effects import all_tables
from analysis.compare.outcomes import OUTCOME, POPULATIONS
from analysis.studies.compare.figures import pick
from analysis.studies.compare.words import MAIN, chosen_week, cost, groups_in_words, in_short, summary_of
from analysis.words.numbers import signed
from tests.analysis.lives import unkind_words
from tests.analysis.small import arm, comparison_of, planted


@pytest.fixture(scope="module")
def comparison(compared, compared_tables):
    return comparison_of(compared, compared_tables)


@pytest.fixture(scope="module")
def summary(comparison):
    return summary_of(comparison)


def rows_of(tables):
    return tables["effects"].to_pylist()


def test_three_figures_stand_side_by_side_for_every_main_outcome(summary, compared_tables):
    assert summary.count("those seen before they first came ") == 2
    lines = summary.splitlines()
    for name in ("groupA", "groupB"):
        start = lines.index(f"Title of {name}")
        for outcome in MAIN:
            (row,) = [r for r in rows_of(compared_tables) if (r["arm"], r["population"], r["weeks"], r["outcome"]) ==
                      (name, POPULATIONS["joined"], 104, OUTCOME[outcome].label)]  # fmt: skip
            (line,) = [text for text in lines[start : start + 12] if text.startswith(f"  {OUTCOME[outcome].label}")]
            seen = [signed(row[what], 3) for what in ("change", "twin_change", "difference_with_before")]
            everybody = [signed(row["difference"], 3), signed(row["smd"])]
            figures = [f"{row['people_with_before']:.0f}", *seen, f"{row['people']:.0f}", *everybody]
            assert line.split("  (")[0].split()[-7:] == figures
            if row["smd_low"] is not None:
                assert line.endswith(f"({signed(row['smd_low'])} to {signed(row['smd_high'])})")


def test_whom_when_and_how_many_is_said(summary):
    assert summary.startswith("groupA | groupB | absent: 5 runs, seeds 1 to 5, same people and lives in every arm\n")
    assert summary.count("  2 years after the opening; 95 % intervals") == 2
    assert summary.count("all who ever came\n") == 2
    assert "with the group minus without" in " ".join(summary.split())
    assert "absent: no group; everybody is her or his own twin, every difference is exactly zero" in summary


def test_the_summary_is_careful_and_kind(summary):
    flat = " ".join(summary.split())
    for words in ("it is no evidence about real groups", "nobody is portrayed", 'Fewer episodes are not "success"',
                  "Samaritans 116 123"):  # fmt: skip
        assert words in flat
    assert unkind_words(summary) == []
    assert max(map(len, summary.splitlines())) <= 160


def test_a_comparison_that_was_stopped_says_so(comparison):
    stopped = comparison_of(comparison.runs, comparison.tables, asked=200)
    assert "absent: 5 of 200 runs," in summary_of(stopped)


@pytest.mark.parametrize(
    ("weeks", "week"), [([52, 104, 208], 104), ([52], 52), ([28], 28), ([52, 208, 416], 52), ([104], 104)]
)
def test_two_years_are_shown_or_what_is_nearest(weeks, week):
    assert chosen_week(weeks) == week


def test_how_long_groups_last_is_said(compared_tables):
    rows = compared_tables["groups"].to_pylist()
    for name in ("groupA", "groupB"):
        share, regulars = ([r["mean"] for r in rows if r["arm"] == name and r["measure"].startswith(what)]
                           for what in ("share", "regulars"))  # fmt: skip
        assert groups_in_words(name, rows) == (
            f"groups still open: {100 * share[0]:.0f} % after 1 year, {100 * share[1]:.0f} % after 2 years; "
            f"{regulars[1]:.1f} regulars in those open after 2 years"
        )


def test_what_precision_costs_is_said_with_and_without_twins(compared_tables):
    text = cost(rows_of(compared_tables), 0.05)
    assert text.startswith("For the effect on isolation within plus or minus 0.05 standard deviations: groupA ")
    for row in rows_of(compared_tables):
        if (row["population"], row["weeks"], row["outcome"]) == (POPULATIONS["joined"], 104, "isolation") and row[
            "people"
        ]:
            together = row["runs_needed"] * row["unpaired_runs"]
            assert f"{row['arm']} {row['runs_needed']:.0f} runs (without twins {together:.0f})" in text


def test_what_precision_costs_where_there_is_nothing_to_see():
    absent = rows_of(all_tables(compare([arm("absent")], range(1, 5))))
    assert cost(absent, 0.05) == "Too few people came to say how many runs would be needed."
    nothing = rows_of(all_tables({"planted": planted([np.zeros(4)] * 5, [np.linspace(0, 1, 4)] * 5)}))
    assert cost(nothing, 0.05) == "No arm has any effect on isolation, so no number of runs is needed to see one."
    one = planted([np.array([-0.1]), np.zeros(0), np.zeros(0)], [np.array([0.5]), np.zeros(0), np.zeros(0)])
    assert cost(rows_of(all_tables({"planted": one})), 0.05).startswith("Too few people")


def test_in_short_each_arm_is_told_with_intervals_and_with_what_came_to_the_twins(compared, compared_tables):
    sentences = in_short(compared, compared_tables)
    assert len(sentences) == 3
    for name, sentence in zip(compared, sentences[:2], strict=False):
        rows = pick(rows_of(compared_tables), name, "joined", 104)
        everybody = f"all {rows['isolation']['people']:.0f} people who ever came"
        assert sentence.startswith(f"{name}: 2 years after the opening, {everybody}, with the group minus without")
        for outcome in ("isolation", "coping", "distress", "episodes"):
            assert f"{outcome} " in sentence
        assert sentence.count(" to ") >= 4
        assert "came to their twins as well" in sentence
    assert sentences[2] == "absent: no group, so every difference is exactly zero."
    assert unkind_words(" ".join(sentences)) == []


def test_of_two_runs_figures_are_told_without_an_interval():
    found = compare([arm(run__weeks=30)], [1, 2])
    (sentence,) = in_short(found, all_tables(found))
    assert "isolation \N{MINUS SIGN}0" in sentence or "isolation +0" in sentence or "isolation 0" in sentence
    assert "(no interval)" in sentence
    assert "by ." not in sentence
