"""Designs: the points they make."""

from __future__ import annotations

import os

import numpy as np
import pytest

from analysis.studies.sweep.design import make_points, points_of, read_points
from analysis.studies.sweep.factor import Factor
from sim.parameters import PARAMETERS
from sim.problem import Problem
from tests.analysis.needs import needs

PLANE = (Factor("group.acceptance", low=0.0, high=1.0), Factor("episodes.social_influence", low=0.0, high=2.0))


def test_a_grid_is_every_combination_the_last_changing_fastest():
    found = make_points("grid", (Factor("group.places", low=8, high=9, steps=2), PLANE[0]), 0, 0)
    assert found.values[:3] == [(8, 0.0), (8, 0.25), (8, 0.5)]
    assert len(found.values) == 2 * 5
    assert found.positions is None


@pytest.mark.parametrize("kind", ["random", "latin", "sobol"])
def test_points_are_the_same_every_time_and_others_for_another_seed(kind):
    one, again, other = (make_points(kind, PLANE, 16, seed) for seed in (3, 3, 4))
    assert one.values == again.values
    assert one.values != other.values
    assert len(one.values) == 16
    assert one.positions.min() >= 0
    assert one.positions.max() <= 1
    np.testing.assert_allclose(np.array(one.values), one.positions * [1, 2])


def test_a_latin_hypercube_puts_one_point_in_each_slice():
    found = make_points("latin", PLANE, 20, 1).positions
    for column in found.T:
        assert sorted((column * 20).astype(int)) == list(range(20))


def test_a_sobol_sequence_fills_space_more_evenly_than_luck():
    def largest_gap(kind):
        x = np.sort(make_points(kind, PLANE, 256, 1).positions[:, 0])
        return np.diff(x).max()

    assert largest_gap("sobol") < largest_gap("random") / 2


@pytest.mark.parametrize("kind", ["sobol", "saltelli"])
def test_a_sequence_that_needs_a_power_of_two_says_so(kind):
    if kind == "saltelli":
        needs("SALib")
    with pytest.raises(Problem, match=r"found 100, expected a power of two for design .*, such as 64 or 128"):
        make_points(kind, PLANE, 100, 1)


@pytest.mark.parametrize("kind", ["morris", "saltelli"])
def test_designs_of_salib_have_the_points_that_their_analysis_wants(kind):
    needs("SALib")
    found = make_points(kind, PLANE, 8, 1)
    assert len(found.values) == points_of(kind, 2, 8) == (24 if kind == "morris" else 48)
    if kind == "morris":  # from point to point of a trajectory one parameter changes
        steps = np.diff(found.positions.reshape(8, 3, 2), axis=1)
        assert ((steps != 0).sum(axis=2) == 1).all()


def test_a_parameter_of_two_values_that_would_never_move_is_refused():
    needs("SALib")
    two = Factor("group.regular", values=(True, False))
    others = tuple(
        Factor(name, low=0.0, high=0.1) for name in ("meeting.accept", "meeting.judge", "meeting.learn", "meeting.cope")
    )
    with pytest.raises(Problem, match="points: 16 base points are too few for group"):
        make_points("saltelli", (*others, two, two), 16, 1)
    made = make_points("saltelli", (*others, two, two), 256, 1).values
    moved = [made[14 * b][5] != made[14 * b + 13][5] for b in range(256)]
    assert 0.3 < np.mean(moved) < 0.7


def test_a_table_is_read_as_yaml_reads_values(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text("group.acceptance,group.meeting_days,group.places,group.regular\n"
                    '0.9,"[1, 3]",8.0,true\n\n1,[2],9,false\n')  # fmt: skip
    names, rows = read_points(path, PARAMETERS)
    assert names == ["group.acceptance", "group.meeting_days", "group.places", "group.regular"]
    assert rows == [(2, (0.9, [1, 3], 8, True)), (4, (1, [2], 9, False))]


def test_numbers_of_a_table_are_read_as_in_a_file_whoever_wrote_them(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text("ties.lapse,group.places,group.regular\n1e-04,010,TRUE\n.5,1E+01,False\nNA,1:44,yes\n")
    _, rows = read_points(path, PARAMETERS)
    assert [row for _, row in rows] == [(0.0001, 10, True), (0.5, 10, False), ("NA", "1:44", "yes")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "found no points"),
        ("group.acceptance\n", "found no points"),
        ("a,a\n1,2\n", "stands twice"),
        ("a,b\n1\n", ":2: found 1 values, expected 2"),
        ("a\n[1\n", ":2: a value is not YAML"),
        (b"\xff\xfe", "cannot be read as CSV"),
    ],
)
def test_a_wrong_table_is_explained_in_one_line(tmp_path, text, words):
    path = tmp_path / "points.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(Problem, match=words):
        read_points(path, PARAMETERS)


def test_a_table_that_is_no_ordinary_file_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "x" * 300, "a\0b"):
        with pytest.raises(Problem, match="no such file"):
            read_points(tmp_path / name, PARAMETERS)


def test_a_table_that_is_not_there_says_so(tmp_path):
    with pytest.raises(Problem, match="no such file"):
        read_points(tmp_path / "gone.csv", PARAMETERS)
