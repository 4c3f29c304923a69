"""What all tests share: a way to decide the luck of a rule, and a fixed profile for Hypothesis."""

from __future__ import annotations

import math
import signal

import pytest
from hypothesis import HealthCheck, settings

from sim import draws

settings.register_profile(
    "same every time", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
settings.load_profile("same every time")


def plain(function):
    """A rule or helper as plain Python, whether or not the compiler is on."""
    return getattr(function, "py_func", function)


class Luck:
    """Decides the draws that a test names, leaves the others to Philox, and remembers every chance."""

    def __init__(self, monkeypatch):
        self.chosen = {}
        self.asked = []
        real_uniform, real_pair = plain(draws.uniform), plain(draws.uniform_pair)

        def uniform(key, person, partner, day, purpose):
            if purpose in self.chosen:
                chosen = self.chosen[purpose]
                return chosen[int(person)] if isinstance(chosen, dict) else chosen
            return real_uniform(key, person, partner, day, purpose)

        def uniform_pair(key, person, partner, day, purpose):
            if purpose in self.chosen:
                return self.chosen[purpose]
            return real_pair(key, person, partner, day, purpose)

        def happens(key, person, partner, day, purpose, prob):
            assert math.isfinite(prob)
            assert 0.0 <= prob <= 1.0
            self.asked.append((purpose, int(person), int(partner), float(prob)))
            return uniform(key, person, partner, day, purpose) < prob

        monkeypatch.setattr(draws, "uniform", uniform)
        monkeypatch.setattr(draws, "uniform_pair", uniform_pair)
        monkeypatch.setattr(draws, "happens", happens)

    def draw(self, purpose, u):
        """From now on every draw for this purpose gives u.

        u: a number; a pair, where two are drawn together; or a number for each person's id.
        """
        self.chosen[purpose] = u

    def let(self, *purposes):
        """From now on these happen, unless they are impossible."""
        for purpose in purposes:
            self.chosen[purpose] = 1e-300

    def forbid(self, *purposes):
        """From now on these do not happen, unless they are certain."""
        for purpose in purposes:
            self.chosen[purpose] = 1.0 - 1e-16

    def chances_of(self, purpose):
        """The chance that each person (id) had when this was last drawn for her or him."""
        return {person: prob for asked, person, _, prob in self.asked if asked == purpose}

    def chance_of(self, purpose):
        """The chance of the one draw that was made for this purpose."""
        found = [prob for asked, _, _, prob in self.asked if asked == purpose]
        assert len(found) == 1, f"{len(found)} draws, not one"
        return found[0]

    def partners_of(self, purpose):
        """The partners (ids) in the draws for this purpose, in order."""
        return [partner for asked, _, partner, _ in self.asked if asked == purpose]


@pytest.fixture
def luck(monkeypatch):
    """Decides what happens by chance in the rule under test."""
    return Luck(monkeypatch)


def pytest_configure(config):
    """Let Ctrl-C through: a process started in the background ignores it, and so would all it starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
