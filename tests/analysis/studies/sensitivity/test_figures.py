"""Figures of a sensitivity analysis: nothing is cut, labels stay apart, and what has not settled is not ranked."""

from __future__ import annotations

import itertools

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from analysis.figures.style import style
from analysis.studies.sensitivity.response import PointReading
from analysis.studies.sensitivity.share import Threshold
from tests.analysis.needs import needs
from tests.analysis.studies.sensitivity.known import analysed, swept

VARY = {"contact.relief": {"range": [0, 1]}, "group.acceptance": "plausible", "contact.texts_per_week": "plausible"}


def function(values, seed):
    return values["contact.relief"] * values["group.acceptance"] + 0.01 * seed


@pytest.fixture(scope="module", params=["saltelli", "morris"])
def drawn(request, tmp_path_factory):
    """The kind of design, and all drawings by name, each laid out."""
    needs("SALib", "sklearn")
    size = {"points": 8} if request.param == "saltelli" else {"trajectories": 5}
    title = "A sweep with a title that is so long that no figure has room for all of it, whatever its width may be"
    results = swept(
        tmp_path_factory.mktemp("figures"), function, VARY, design={"kind": request.param, **size}, seeds=3, title=title
    )
    done = analysed(results, PointReading("function", "isolation", "joined", 24), Threshold(0.3, above=True))
    with style():
        drawings = dict(done.figures())
        for drawing in drawings.values():
            FigureCanvasAgg(drawing.figure).draw()
    return request.param, drawings


def test_no_title_heading_or_note_is_cut(drawn):
    for name, (figure, _) in drawn[1].items():
        for text in figure.texts:
            ends = text.get_window_extent()
            assert ends.x0 >= 0, (name, text.get_text())
            assert ends.x1 <= figure.bbox.width, (name, text.get_text())
            assert ends.y0 >= 0, (name, text.get_text())


def test_labels_of_an_axis_do_not_run_into_each_other(drawn):
    for name, (figure, _) in drawn[1].items():
        for axes in figure.axes:
            labels = [label.get_window_extent() for label in axes.get_xticklabels() if label.get_rotation() == 0]
            labels = [label for label in labels if label.width]
            assert all(one.x1 <= other.x0 for one, other in itertools.pairwise(labels)), name


def test_ticks_of_the_convergence_are_parts_of_the_design(drawn):
    figure, _ = drawn[1]["convergence"]
    ticks = figure.axes[0].get_xticks()
    assert [tick for tick in ticks if tick != int(tick)] == []


def test_panels_with_an_axis_of_their_own_say_so(drawn):
    figure, _ = drawn[1]["curve-contact.relief"]
    one, other, paired = (axes.get_ylim() for axes in figure.axes[:3])
    assert one == other != paired
    assert "the paired difference has one of its own" in figure.texts[-1].get_text()


def test_what_has_not_settled_is_said_to_be_in_order_of_names(drawn):
    figure, words = drawn[1]["indices"]
    names = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    if "not settled" in words:
        assert names == sorted(names)
        assert "not settled" in figure.texts[0].get_text()
    assert drawn[0] == "morris" or "not settled" in words
