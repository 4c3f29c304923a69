"""Many lives, lived in the background while the page shows one (what they come to: many.py)."""

from __future__ import annotations

import threading
import traceback

import numpy as np
import solara

from sim.ensemble import in_order
from sim.scenario import Scenario
from view.many import LIVES, Many, come_to, sums_of

PICTURES = 20  # how often the page is told of progress


class Crowd:
    """Many lives, lived on a thread of their own; each tab has one.

    Attributes:
        done: lives lived so far; None while none are being lived.
        many: what they came to; None until all are lived.
        problem: why they broke off, in words.
    """

    def __init__(self) -> None:
        self.done: solara.Reactive[int | None] = solara.reactive(None)
        self.many: solara.Reactive[Many | None] = solara.reactive(None, equals=lambda one, other: one is other)
        self.problem = solara.reactive("")
        self._run = 0

    def start(self, scenario: Scenario, lives: int = LIVES) -> threading.Thread:
        """Begin to live; what was lived before is dropped."""
        self.stop()
        self.done.value = 0
        thread = threading.Thread(target=self._live, args=(scenario, lives, self._run), daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """Live no more, and forget."""
        self._run += 1
        self.done.value = None
        self.many.value = None
        self.problem.value = ""

    def _live(self, scenario: Scenario, lives: int, run: int) -> None:
        first = scenario.values["run.seed"]
        seeds = (seed for seed in range(first, first + lives) if run == self._run)
        found = []
        try:
            for sums, members in in_order(lambda seed: sums_of(scenario.values, seed), seeds, threads=1):
                found.append((sums, members))
                if run != self._run:
                    return
                if len(found) % max(lives // PICTURES, 1) == 0:
                    self.done.value = len(found)
            many = come_to(np.array([sums for sums, _ in found]), np.array([members for _, members in found]))
        except Exception as error:
            traceback.print_exc()
            self.problem.value = f"Many lives could not be lived ({type(error).__name__}: {error})."
            self.done.value = None
            return
        if run == self._run:
            self.many.value = many
            self.done.value = None
