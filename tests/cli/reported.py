"""That the report of a study, of whatever kind, is whole, shows every figure and fetches nothing."""

from __future__ import annotations

from analysis.words.care import CARE, SUPPORT
from tests.analysis.lives import unkind_words
from tests.analysis.report.reading import Page


def read_in_a_browser(folder):
    """The report in a results folder, once all that every report must hold is there."""
    page = Page((folder / "report.html").read_text(encoding="utf-8"))
    assert page.left_open == page.comments == []
    assert page.dangling == set()
    assert len(page.ids) == len(set(page.ids))
    assert {"asked", "short", "made"} <= set(page.ids)
    links = {value for _, name, value in page.fetched if name == "href"}
    fetched = {value for _, _, value in page.fetched if not value.startswith("data:image/png")}
    assert fetched == links, "nothing but links to the tables"
    tables = {path.stem for path in folder.glob("*.parquet")}
    assert {link.partition(".")[0] for link in links} == tables, "every table is shown or linked to"
    assert all((folder / link).is_file() for link in links)
    assert len(page.all("svg")) == len(list(folder.glob("*.png"))) > 0, "every figure"
    assert all(len(svg["aria-label"]) > 20 for svg in page.all("svg"))
    assert CARE in page.words
    assert SUPPORT in page.words
    shown = page.words.replace(CARE, "")
    # Names of columns (a standard deviation; of claims, never of people), and what the model leaves out.
    for word in ("suicide is not modelled", '"success"', "Spread", "Fails", "fails"):
        shown = shown.replace(word, "")
    assert unkind_words(shown) == []
    assert "nan" not in page.words.split()
    return page
