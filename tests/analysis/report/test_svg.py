"""A figure as part of a page: described, escaped, with names of its own."""

from __future__ import annotations

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from analysis.figures.style import RC, Drawing
from analysis.report.svg import as_figure, inline
from tests.analysis.report.reading import EVIL, Page


def drawing(words="A rising line.", title="x"):
    figure = Figure(figsize=(4, 3))
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], marker="o", clip_on=True)
    axes.set_title(title)
    return Drawing(figure, words)


def test_a_figure_has_a_role_a_description_and_a_caption():
    page = Page(inline(drawing, "What it shows.", "x"))
    assert [tag for tag, _ in page.elements[:3]] == ["figure", "div", "svg"]
    (svg,) = page.all("svg")
    assert (svg["role"], svg["aria-label"]) == ("img", "A rising line.")
    assert page.words.endswith("What it shows.")
    assert page.left_open == []


def test_a_figure_is_as_wide_as_its_page():
    (svg,) = Page(inline(drawing, "", "x")).all("svg")
    assert not {"width", "height"} & set(svg)
    assert svg["viewbox"].split()[2:] == ["288", "216"]


def test_nothing_in_it_points_outside_or_at_nothing():
    page = Page(inline(drawing, "", "x"))
    assert page.fetched == []
    assert page.dangling == set()
    assert page.all("metadata") == page.all("script") == []
    assert len(page.ids) > 5


def test_two_drawings_on_one_page_share_no_names():
    page = Page(inline(drawing, "", "one") + inline(drawing, "", "another"))
    assert len(page.ids) == len(set(page.ids))
    assert page.dangling == set()


def test_the_same_drawing_is_the_same_text_however_many_were_drawn_before():
    assert inline(drawing, "", "one") == inline(drawing, "", "one")


@pytest.mark.parametrize("words", [EVIL, r"\1", r"\g<name>", "a\\", "&amp;", "naïve: 5 % < 6"])
def test_any_words_come_out_as_they_are(words):
    page = Page(inline(lambda: drawing(words, words), words, words))
    (svg,) = page.all("svg")
    assert svg["aria-label"] == words
    assert page.all("script") == []
    assert "".join(page.shown).count(words) == 2, "in the figure and below it"
    assert page.left_open == []


def test_text_stays_text_and_style_is_undone_afterwards():
    before = dict(mpl.rcParams)
    assert "<text" in inline(drawing, "", "x")
    assert dict(mpl.rcParams) == before
    assert RC["svg.fonttype"] == "none"


def test_what_comes_before_the_drawing_is_left_out():
    text = as_figure(
        '<?xml version="1.0"?>\n<!DOCTYPE svg>\n<svg width="1pt" viewBox="0 0 1 1" x="y"><g id="a"/></svg>', "", "", ""
    )
    assert "<?xml" not in text
    assert "DOCTYPE" not in text
    assert 'viewBox="0 0 1 1"' in text
