"""The report of the claims as a browser lays it out: on paper, on a screen and on a phone."""

from __future__ import annotations

import re

import pytest

from tests.analysis.studies.claims.conftest import small_trial  # noqa: F401  (a fixture)
from tests.view.conftest import browser  # noqa: F401  (a fixture)

pytestmark = pytest.mark.browser
FEWER_PAGES_THAN = 15


@pytest.fixture(scope="module")
def shown(small_trial, browser, tmp_path_factory):  # noqa: F811
    """The page of a trial of all claims, open in a browser."""
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(small_trial.report(), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.goto(file.as_uri())
    yield page
    page.close()


def test_all_claims_print_on_fewer_than_fifteen_pages(shown):
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", shown.pdf(format="A4")))
    assert 5 < pages < FEWER_PAGES_THAN


def test_what_was_read_has_room_for_words_and_nothing_else_is_wider_than_the_page(shown):
    shown.set_viewport_size({"width": 1200, "height": 900})
    widths = shown.eval_on_selector_all("td.read", "cells => cells.map(cell => cell.clientWidth)")
    assert len(widths) > 100
    assert min(widths) > 200
    assert shown.evaluate("document.documentElement.scrollWidth") <= 1200


def test_a_phone_shows_what_each_figure_is_and_never_scrolls_sideways_as_a_whole(shown):
    shown.set_viewport_size({"width": 390, "height": 844})
    assert shown.evaluate("document.documentElement.scrollWidth") <= 390
    beyond = shown.eval_on_selector_all(
        "table.cards td", "cells => cells.filter(cell => cell.getBoundingClientRect().right > 391).length"
    )
    assert beyond == 0
