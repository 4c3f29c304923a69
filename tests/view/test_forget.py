"""What nobody looks at any more is forgotten: at Reset at once, of a closed tab a little later."""

import gc
import weakref

import pytest

from tests.view.towns import choices_of
from view import forget

pytest.importorskip("solara", reason="the page needs the extra view")
from view.tab import Tab


@pytest.fixture
def no_chance():
    """Python's own collector is off: whatever is forgotten is so because somebody said so."""
    gc.disable()
    yield
    gc.enable()


def test_lives_before_a_reset_are_gone(no_chance):
    tab = Tab(choices_of("groupA"))
    tab.step()
    before = weakref.ref(tab.lives)
    tab.reset()
    assert before() is None
    assert tab.lives.lived == 0


def test_lives_put_beside_are_gone_when_they_are_taken_away(no_chance):
    tab = Tab(choices_of("groupA"))
    tab.put_beside(choices_of("groupB"))
    before = weakref.ref(tab.beside)
    tab.put_beside(None)
    assert before() is None


def test_a_closed_tab_is_forgotten_a_little_later(no_chance, monkeypatch):
    monkeypatch.setattr(forget, "SECONDS_LATER", 0.1)
    tab = Tab(choices_of("groupA"))
    lives = weakref.ref(tab.lives)
    later = tab.close()
    del tab
    later.join(30)
    assert lives() is None
