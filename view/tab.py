"""What one tab of the browser has to itself: its two lives, what is shown of them, and Play.

Play lives in a thread of its own. Each picture is drawn from one snapshot, put in place when its weeks are complete.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable

import solara

from view.choices import Choices
from view.crowd import Crowd
from view.forget import give_back, give_back_soon
from view.lives import TwinLives
from view.panels import said
from view.snapshot import Snapshot

SPEEDS = {"slow: a week in two seconds": (2.0, 1), "a week each half second": (0.5, 1), "several weeks a "
                                                                                        "second": (0.1, 1),
          "a month a picture": (0.1, 4), "a quarter a picture": (0.1, 13), "a year a picture": (0.1, 52)}  # fmt: skip
USUAL_SPEED = "several weeks a second"


class Tab:
    """The state of one tab.

    Args:
        choices: what it begins with.

    Attributes:
        choices: what is chosen for the next Reset.
        lives: the two lives.
        beside: another pair of lives on the same weeks, if one was picked; else None.
        snapshot, beside_snapshot: what is shown of each.
        playing: whether Play is on.
        speed: a key of SPEEDS.
        problem: why Play or Step broke off, in words.
        crowd: many lives in the background.
    """

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.lives = TwinLives(choices=choices)
        self.beside: TwinLives | None = None
        self.snapshot: solara.Reactive[Snapshot] = solara.reactive(self.lives.snapshot, equals=_same)
        self.beside_snapshot: solara.Reactive[Snapshot | None] = solara.reactive(None, equals=_same)
        self.picked: solara.Reactive[int | None] = solara.reactive(None)
        self.playing = solara.reactive(False)
        self.speed = solara.reactive(USUAL_SPEED)
        self.problem = solara.reactive("")
        self.crowd = Crowd()
        self._lock = threading.RLock()
        self._play = 0  # counted up by whatever ends a Play, so that its thread knows

    @property
    def at_end(self) -> bool:
        """Whether the last week is shown."""
        return not self.lives.running

    def step(self) -> None:
        """As many weeks as one picture takes."""
        self._advance(SPEEDS[self.speed.peek()][1])

    def play(self) -> None:
        """Start Play, or pause it."""
        if self.playing.peek() or self.at_end:
            self.pause()
            return
        self._play += 1
        self.playing.value = True
        threading.Thread(target=self._go_on, args=(self._play,), daemon=True).start()

    def pause(self) -> None:
        """End Play, if it is on."""
        self._play += 1
        self.playing.value = False

    def go_to(self, week: int) -> None:
        """Show the state after so many weeks, among those seen; Play stops, so that it stays."""
        self.pause()
        with self._lock:
            self.lives.go_to(week)
            self._shown()

    def reset(self) -> None:
        """Begin anew with what is chosen."""
        self.pause()
        self.crowd.stop()
        with self._lock:
            self.problem.value = ""
            self.beside = None
            self.lives = TwinLives(choices=self.choices)
            self._shown()
        give_back()

    def another_life(self) -> None:
        """Begin anew with the next seed: the same scenario, other people and other luck."""
        problem = self.choices.change("run.seed", int(self.snapshot.peek().config.values["run.seed"]) + 1)
        if problem:
            self.problem.value = problem
        else:
            self.reset()

    def put_beside(self, choices: Choices | None) -> None:
        """Live another scenario or account on the same weeks, or nothing more."""
        with self._lock:
            self.beside = None if choices is None else TwinLives(choices=choices)
            self._shown()
        give_back()

    def close(self) -> threading.Thread:
        """The tab is gone: nothing lives on, and soon nothing of it is kept; the thread that sees to that."""
        self._play += 1
        self.crowd.stop()
        return give_back_soon()

    def key(self, name: str) -> None:
        """A key pressed anywhere on the page."""
        shown = self.snapshot.peek().shown
        if name == "play":
            self.play()
        elif name == "back":
            self.go_to(shown - 1)
        elif shown < self.lives.lived:
            self.go_to(shown + 1)
        elif not self.playing.peek() and not self.at_end:
            self._advance(1)

    def _go_on(self, play: int) -> None:
        """Play, until something ends it."""
        while play == self._play and not self.at_end and not self.problem.peek():
            began = time.monotonic()
            pause, weeks = SPEEDS[self.speed.peek()]
            self._advance(weeks, lambda: play == self._play)
            time.sleep(max(pause - (time.monotonic() - began), 0.02))
        if play == self._play:
            self.pause()

    def _advance(self, weeks: int, wanted: Callable[[], bool] = lambda: True) -> None:
        with self._lock:
            if not wanted():
                return
            try:
                for _ in range(weeks):
                    if self.lives.running:
                        self.lives.step()
            except Exception as error:
                traceback.print_exc()
                self.problem.value = (
                    f"The week after week {self.lives.shown - 1} could not be lived ({said(error)}). What was seen is "
                    "kept: go back to it, or begin again."
                )
            self._shown()

    def _shown(self) -> None:
        if self.beside is not None:
            while self.beside.lived < self.lives.shown and self.beside.lived < self.beside.total_weeks:
                self.beside.go_to(self.beside.lived)
                self.beside.step()
            self.beside.go_to(self.lives.shown)
        self.beside_snapshot.value = self.beside.snapshot if self.beside is not None else None
        self.snapshot.value = self.lives.snapshot


def _same(one: object, other: object) -> bool:
    return one is other
