"""What is kept on the way: read to the last bit, told apart from all else, and made again where it is not whole."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.compare.estimate import Estimate, bootstrap, mean_of
from analysis.plausible.spread import Figure
from analysis.studies.kept import Kept, KeptBeside, flat, nested
from analysis.studies.over_space.lived import _figure, _told

ARRAYS = {
    "a": np.array([[1.5, np.nan], [-0.0, np.inf]]), "b/yes": np.array([True, False]), "b/words": np.array(["x", "lot"]),
    "c": np.asarray(7), "d": np.zeros((0, 3), np.float32),
}  # fmt: skip


def same(one, other):
    return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()


def test_arrays_come_back_to_the_last_bit(tmp_path):
    kept = Kept(tmp_path / "new", "code")
    path = kept.path("stage", 3, ["all that decides"])
    assert kept.read_arrays(path) is None
    kept.write_arrays(path, ARRAYS)
    again = kept.read_arrays(path)
    assert list(again) == list(ARRAYS)
    assert all(same(again[name], array) for name, array in ARRAYS.items())
    assert [one.name for one in kept.folder.iterdir()] == [path.name]


def test_what_is_nested_is_flat_and_nested_again():
    whole = {"0": {"worlds": {"group": np.arange(3)}, "first": np.asarray(4)}, "1": {"first": np.asarray(5)}}
    again = nested(flat(whole))
    assert again["0"]["worlds"]["group"].tolist() == [0, 1, 2]
    assert (int(again["0"]["first"]), int(again["1"]["first"])) == (4, 5)


@pytest.mark.parametrize("hurt", [lambda b: b[: len(b) // 2], lambda b: b"", lambda b: b[:40] + b"\0\1\2\3" + b[44:]],
                         ids=["cut short", "empty", "changed"])  # fmt: skip
def test_a_damaged_chunk_is_named_and_not_read(tmp_path, hurt):
    kept = Kept(tmp_path, "code")
    path = kept.path("stage", 0, "said")
    kept.write_arrays(path, {"a": np.arange(100.0)})
    path.write_bytes(hurt(path.read_bytes()))
    with pytest.warns(RuntimeWarning, match="is not whole; it is made again"):
        assert kept.read_arrays(path) is None


def test_a_name_says_all_that_decides(tmp_path):
    def name(code="code", stage="stage", start=0, said="said", array=0.0):
        return Kept(tmp_path, code).path(stage, start, said, np.array([array])).name

    others = {name(code="other"), name(stage="other"), name(start=1), name(said="other"), name(array=1.0)}
    assert len(others | {name()}) == 6
    assert name() == name()


def test_what_is_kept_beside_a_result_is_taken_away_and_nothing_else(tmp_path):
    kept, other = (KeptBeside(tmp_path / "out", {"asked": what}) for what in ("this", "that"))
    for one in (kept, other):
        one.write_arrays(one.path("stage", 0, ""), {"a": np.arange(3)})
    assert kept.beside == tmp_path / "out-bank"
    assert kept.foreign == [other.folder.name]
    kept.remove()
    assert [path.name for path in kept.beside.iterdir()] == [other.folder.name]
    other.remove()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("turns", [None, 0.0, 0.5])
def test_a_figure_at_a_draw_comes_back(turns):
    estimate = bootstrap(mean_of, np.arange(9.0), np.ones(9))
    figure = Figure(("study", "full", "what"), "full", "a label", "share", estimate, adds=turns is None, turns=turns)
    again = _figure(nested(flat({"0": _told(figure)}))["0"])
    assert again._replace(estimate=None) == figure._replace(estimate=None)
    assert same(again.estimate.draws, estimate.draws)
    assert (again.estimate.value, again.estimate.low, again.estimate.runs) == (
        estimate.value, estimate.low, estimate.runs,
    )  # fmt: skip
    nothing = figure._replace(estimate=Estimate(np.inf, np.nan, np.nan, 3))
    assert _figure(nested(flat({"0": _told(nothing)}))["0"]).estimate.value == np.inf
