"""A picture is of one week, whatever is lived meanwhile; a panel that cannot draw says so and harms nothing else."""

import sys
import threading
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from tests.view.test_panels import PANELS
from tests.view.towns import lived
from view.panels import drawn
from view.snapshot import known_as

DRAWING = ("view.lives", "view.numbers", "view.panels", "view.places", "view.snapshot")


def while_lives_go_on(lives, draw):
    """What is drawn if another thread lives a week at each call of a function of ours on the way."""

    def another_week(frame, event, _):
        if event == "call" and frame.f_globals.get("__name__", "").startswith(DRAWING) and lives.running:
            stepping = threading.Thread(target=lives.step)
            stepping.start()
            stepping.join()

    sys.setprofile(another_week)  # of this thread alone
    try:
        return draw()
    finally:
        sys.setprofile(None)


@pytest.mark.parametrize("name", PANELS)
def test_a_panel_draws_one_week_while_another_thread_lives_on(name):
    lives = lived(weeks=14, run__weeks=300)
    snapshot = lives.snapshot
    quiet = PANELS[name](snapshot)
    assert while_lives_go_on(lives, lambda: PANELS[name](snapshot)) == quiet
    assert lives.lived > 14


def test_what_is_shown_while_a_week_is_being_lived_is_the_week_before(monkeypatch):
    lives = lived(weeks=3)
    shown = []
    monkeypatch.setattr(lives.twin, "live", lambda weeks: shown.append(lives.snapshot.shown))
    lives.step()
    assert shown == [3]
    assert lives.snapshot.shown == 4


def test_a_snapshot_cannot_be_written_to_and_stays_as_it_was():
    lives = lived(weeks=20)
    snapshot = lives.snapshot
    arrays = {name: value for name, value in vars(snapshot).items() if isinstance(value, np.ndarray)}
    before = {name: repr(value.tolist()) for name, value in arrays.items()}
    for _ in range(20):
        lives.step()
    lives.go_to(5)
    for name, array in arrays.items():
        assert repr(array.tolist()) == before[name], name
        assert not array.flags.writeable, name
    assert lives.group.traits.flags.writeable


def test_a_panel_that_cannot_draw_says_so_with_the_week(capsys):
    def broken(snapshot, whom):
        raise ValueError(f"<b>nothing of {whom}</b>")

    lives = lived(weeks=3)
    text = drawn(broken, lives.snapshot, "p" * 300)
    ET.fromstring(text)
    assert "for week 2 (ValueError: &lt;b&gt;nothing of ppp" in text
    assert len(text) < 500
    assert "Traceback" in capsys.readouterr().err
    lives.go_to(0)
    assert "before the opening" in drawn(broken, lives.snapshot, "")


def test_who_moved_here_later_has_a_short_number_of_another_kind():
    assert [known_as(one) for one in (0, 79, 1_000_000, 1_000_012)] == ["0", "79", "n0", "n12"]
