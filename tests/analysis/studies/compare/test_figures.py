"""Figures of a comparison: what is drawn is what the tables say, for any number of arms and any length."""

from __future__ import annotations

import warnings
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from analysis.compare.comparison import compare
from analysis.compare.effects import all_tables
from analysis.compare.outcomes import OUTCOME, POPULATIONS
from analysis.figures.style import style
from analysis.studies.compare import curves
from analysis.studies.compare import figures as pictures
from analysis.studies.compare.words import MAIN
from analysis.words.numbers import signed
from tests.analysis.compare.test_paired import NOTHING_ACTS
from tests.analysis.small import arm, comparison_of


@pytest.fixture(scope="module")
def effects(compared_tables):
    return compared_tables["effects"].to_pylist()


def dots(axes, colour, marker):
    """Where markers of one kind stand: across by height."""
    return {
        round(float(line.get_ydata()[0]), 6): float(line.get_xdata()[0])
        for line in axes.lines
        if line.get_marker() == marker and line.get_color() == colour and line.get_linestyle() == "None"
    }


def row_of(effects, name, outcome, population="joined", week=104):
    return pictures.pick(effects, name, population, week)[OUTCOME[outcome].label]


def shown_in_three(axes):
    return [dots(axes, colour, marker) for colour, marker in
            ((pictures.INK, "o"), (pictures.TWIN, "o"), (pictures.BLUE, "D"))]  # fmt: skip


PLACES = {"change": -0.24, "twin_change": 0.0, "difference_with_before": 0.24}  # within a row


def test_three_figures_side_by_side_are_in_one_measure(compared, effects):
    figure, words = pictures.three(compared, effects, 104)
    assert "2 years" in words
    names = [name for name in MAIN if name != "told_outside"]
    for axes, name in zip(figure.axes, ("groupA", "groupB"), strict=True):
        assert axes.get_title() == name
        life, twin, difference = shown_in_three(axes)
        assert len(life) == len(twin) == len(difference) == len(names), "one population in a figure"
        counts = [text.get_text() for text in axes.texts]
        for place, outcome in enumerate(names):
            row = row_of(effects, name, outcome)
            deviation = row["difference"] / row["smd"]
            at = {what: round(place + shift, 6) for what, shift in PLACES.items()}
            for shown, what in ((life, "change"), (twin, "twin_change"), (difference, "difference_with_before")):
                wanted = np.nan if row[what] is None else row[what] / deviation
                assert shown[at[what]] == pytest.approx(wanted, nan_ok=True)
            if row["change"] is not None:
                gap = life[at["change"]] - twin[at["twin_change"]]
                assert gap == pytest.approx(difference[at["difference_with_before"]], abs=1e-9), "of the same people"
            people, seen = f"{row['people']:.0f}", f"{row['people_with_before']:.0f}"
            assert counts[place] == (people if people == seen else f"{seen}\nof {people}")
            seen_difference = row["difference_with_before"]
            wanted = signed(None if seen_difference is None else seen_difference / deviation)
            assert f"{name}, {OUTCOME[outcome].label}: difference {wanted}" in words


def test_where_the_group_does_nothing_the_changes_are_shown_all_the_same():
    found = compare([arm(**NOTHING_ACTS)], range(1, 4))
    figure, _ = pictures.three(found, all_tables(found)["effects"].to_pylist(), 104)
    life, twin, difference = shown_in_three(figure.axes[0])
    for place, name in ((0, "isolation"), (1, "stigma"), (3, "coping")):
        assert MAIN[place] == name
        at = {what: round(place + shift, 6) for what, shift in PLACES.items()}
        assert life[at["change"]] == pytest.approx(twin[at["twin_change"]])
        assert life[at["change"]] != 0.0
        assert difference[at["difference_with_before"]] == 0.0


def test_a_forest_shows_every_arm_for_all_who_came_and_for_regulars(compared, effects):
    figure, _ = pictures.forest(compared, effects, 104)
    for axes, population in zip(figure.axes, ("joined", "regulars"), strict=True):
        assert axes.get_title() == POPULATIONS[population]
        for name in ("groupA", "groupB"):
            shown = dots(axes, *pictures.colour_of(compared, name))
            wanted = [row_of(effects, name, o, population)["smd"] for o in OUTCOME if o not in ("ties", "contacts")]
            assert [shown[y] for y in sorted(shown)] == pytest.approx(
                [np.nan if x is None else x for x in wanted], nan_ok=True
            )


def test_courses_show_people_and_their_twins(compared, compared_tables):
    rows = compared_tables["course"].to_pylist()
    figure, words = curves.courses(compared, rows, "groupB")
    assert words.startswith("groupB: ")
    for axes, name in zip(figure.axes, curves.SHOWN_COURSES, strict=True):
        mine = [r for r in rows if (r["arm"], r["outcome"]) == ("groupB", name) and r["with"] is not None]
        twin, life = (line for line in axes.lines if len(line.get_xdata()) > 2 and line.get_linestyle() == "-")
        assert life.get_color() == pictures.colour_of(compared, "groupB")[0]
        assert list(life.get_ydata()) == [r["with"] for r in mine]
        assert list(twin.get_ydata()) == [r["without"] for r in mine]
        assert list(life.get_xdata() * 52) == pytest.approx([r["since_coming"] for r in mine])


def test_differences_person_by_person_are_shares_of_people(compared):
    figure, words = curves.individuals(compared, 104)
    assert not {"gain", "lose", "better", "worse"} & set(words.split())
    for axes, name in zip(figure.axes, curves.INDIVIDUALS, strict=True):
        assert axes.get_xlabel() == "with the group minus without"
        for paired in (compared["groupA"], compared["groupB"]):
            people = paired.people
            here = people["horizon"] == 1
            difference = (people[f"{name}_life"] - people[f"{name}_twin"])[here]
            difference = difference[~np.isnan(difference)]
            colour = pictures.colour_of(compared, paired.arm.name)[0]
            (line,) = [
                one for one in axes.lines if one.get_color() == colour and len(one.get_xdata()) == len(difference)
            ]
            assert list(line.get_xdata()) == sorted(difference)
            assert line.get_ydata()[-1] == 1.0
            lower, higher = (100 * (side * difference > 0).mean() for side in (-1, 1))
            sides = f"{lower:.0f} % lower than the twin, {higher:.0f} % higher"
            assert f"{paired.arm.name}, {OUTCOME[name].label}: {sides}" in words


def test_survival_is_that_of_kaplan_and_meier(compared):
    figure, words = curves.survival(compared)
    for name in ("groupA", "groupB"):
        closed = compared[name].closed_week
        open_at_end = (closed < 0).mean()  # all are watched to the same end, so this is Kaplan and Meier's too
        (line,) = [one for one in figure.axes[0].lines if one.get_color() == pictures.colour_of(compared, name)[0]]
        assert line.get_ydata()[0] == 1.0
        assert line.get_ydata()[-1] == pytest.approx(open_at_end)
        assert line.get_xdata()[-1] == pytest.approx(112 / 52)
        for week in closed[closed >= 0]:
            assert any(np.isclose(line.get_xdata() * 52, week))
        assert f"{name}: {100 * open_at_end:.0f} % at the end" in words


@pytest.mark.parametrize("weeks", [1, 30])
def test_short_runs_are_drawn_without_a_warning(weeks):
    found = compare([arm(run__weeks=weeks)], range(1, 4))
    tables = all_tables(found)
    effects, course = (tables[name].to_pylist() for name in ("effects", "course"))
    week = found["groupA"].horizon_weeks[0]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawings = [
            pictures.three(found, effects, week),
            pictures.forest(found, effects, week),
            curves.courses(found, course, "groupA"),
            curves.individuals(found, week),
            curves.survival(found),
        ]
        for drawing in drawings:
            assert drawing.description
            assert drawing.figure.axes


def test_seven_arms_find_room_and_look_different(compared, compared_tables):
    one = compared["groupA"]
    found = {f"arm {k}": replace(one, arm=replace(one.arm, name=f"arm {k}")) for k in range(7)}
    effects = [
        r | {"arm": name} for name in found for r in compared_tables["effects"].to_pylist() if r["arm"] == "groupA"
    ]
    figure, _ = pictures.three(found, effects, 104)
    assert sum(axes.axison for axes in figure.axes) == 7
    looks = [pictures.colour_of(found, name) for name in list(found)[:6]]
    assert len(set(looks)) == 6
    for drawing in (pictures.forest(found, effects, 104), curves.survival(found), curves.individuals(found, 104)):
        assert drawing.figure.legends


def test_intervals_of_survival_are_told_apart(compared):
    figure, _ = curves.survival(compared)
    bars = [{round(float(path.vertices[0, 0]), 6) for path in one.get_paths()} for one in figure.axes[0].collections]
    assert len(bars) == 2
    assert not bars[0] & bars[1], "beside each other"


def test_a_file_says_by_itself_what_is_shown_and_no_two_words_lie_on_each_other(compared, compared_tables):
    with style():
        found = {f"{name} by a longer name (2)": paired for name, paired in compared.items()}
        found = {name: replace(one, arm=replace(one.arm, name=name)) for name, one in found.items()}
        tables = all_tables(found)
        for name, (figure, _) in pictures.draw_all(comparison_of(found, tables)):
            title, below, note = figure.texts[-3:]
            canvas = FigureCanvasAgg(figure)
            canvas.draw()
            whole = figure.bbox
            boxes = [words.get_window_extent() for words in (title, below, note)]
            boxes += [legend.get_window_extent() for legend in figure.legends]
            boxes += [axes.get_tightbbox() for axes in figure.axes if axes.axison]
            for box in boxes:
                assert whole.x0 <= box.x0, name
                assert box.x1 <= whole.x1 + 1, name
                assert whole.y0 <= box.y0, name
                assert box.y1 <= whole.y1, name
            for k, box in enumerate(boxes[:4]):
                assert not any(box.overlaps(other) for other in boxes[k + 1 :]), name
            assert "5 runs" in below.get_text()
            assert len(note.get_text()) > 50


def test_ticks_of_neighbouring_panels_keep_apart(compared):
    with style():
        figure, _ = curves.individuals(compared, 104)
        FigureCanvasAgg(figure).draw()
        labels = [
            [
                label.get_window_extent()
                for at, label in zip(axes.get_xticks(), axes.get_xticklabels(), strict=True)
                if axes.get_xlim()[0] <= at <= axes.get_xlim()[1]
            ]
            for axes in figure.axes
        ]
        for one, other in pairwise(labels):
            assert one[-1].x1 < other[0].x0
        for one, other in pairwise(axes.xaxis.label.get_window_extent() for axes in figure.axes):
            assert one.x1 < other.x0
