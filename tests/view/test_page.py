"""The page as Solara draws it, without a browser: what goes wrong in one part leaves the others and Play alone."""

import re

import pytest

from sim.scenario import load
from tests.builders import SCENARIOS
from view import start
from view.panels import change, curves, lifelines, network, person, story

solara = pytest.importorskip("solara", reason="the page needs the extra view")

PARTS = [(change, "draw"), (curves, "states"), (curves, "days"), (lifelines, "draw"), (lifelines, "attendance"),
         (network, "draw"), (story, "draw"), (person, "people_to_pick")]  # fmt: skip


class Tab:
    """A page that was opened."""

    def __init__(self, root):
        self.root = root

    def widgets(self):
        """Everything on it."""
        todo = [self.root]
        while todo:
            one = todo.pop()
            if hasattr(one, "trait_names"):
                yield one
            slots = [slot.get("children", []) for slot in getattr(one, "v_slots", [])]
            for children in (getattr(one, "children", []), *slots):
                todo += reversed(children) if isinstance(children, list | tuple) else [children]

    def text(self):
        """All that our own parts of the page show, as HTML."""
        found = [getattr(one, "content", None) or getattr(one, "unsafe_innerHTML", None) for one in self.widgets()]
        return "\n".join(text for text in found if isinstance(text, str))

    def press(self, name):
        next(one for one in self.widgets() if name in (getattr(one, "children", None) or [])).click()

    def week(self):
        return int(re.search(r'data-week="(-?\d+)"', self.text()).group(1))


@pytest.fixture
def tab(monkeypatch):
    from view.app import Page

    settings = {"people.residents": 60, "run.weeks": 12, "joining.publicity_per_year": 1.0}
    monkeypatch.setattr(start, "_first", [load(SCENARIOS / "groupA.yaml").with_values(settings)])

    @solara.component
    def Whole():
        with solara.AppLayout():
            Page()

    box, drawn = solara.render(Whole(), handle_error=False)
    yield Tab(box)
    drawn.close()


@pytest.mark.parametrize(("where", "name"), PARTS, ids=lambda part: getattr(part, "__name__", part))
def test_an_error_in_one_part_stays_in_it_and_the_next_good_week_clears_it(tab, monkeypatch, where, name):
    real = getattr(where, name)

    def fails_in_week_1(snapshot, *args, **options):
        if snapshot.shown == 2:
            raise ValueError("operands could not be broadcast together")
        return real(snapshot, *args, **options)

    monkeypatch.setattr(where, name, fails_in_week_1)
    tab.press("Step")
    whole = tab.text()
    assert "could not be drawn" not in whole
    tab.press("Step")
    assert tab.week() == 1
    assert tab.text().count("could not be drawn for week 1 (ValueError: operands could not be broadcast") == 1
    assert tab.text().count("<svg") + tab.text().count("<table") >= whole.count("<svg") + whole.count("<table") - 4
    tab.press("Step")
    assert tab.week() == 2
    assert "could not be drawn" not in tab.text()


def test_the_page_says_where_to_find_support_and_what_it_is_not(tab):
    text = tab.text()
    assert "116 123" in text
    assert "not evidence that groups work or are safe" in text
    assert text.index("116 123") < text.index("sb-network")
