"""A world whose figures are known exactly, to calibrate in a moment: linear in a few places, with the luck of towns."""

from __future__ import annotations

import numpy as np

import scenarios
from analysis.plausible.priors import Prior, Priors
from analysis.studies.calibrate.likelihood import Target
from sim.scenario import load

NAMES = ("contact.relief", "contact.call_hours", "joining.need_power", "group.meeting_hours", "ties.growth_per_hour")
WEIGHTS = np.array([[0.8, 0.3, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, -0.5, 0.0], [0.5, 0.0, 0.5, 0.0, 0.0]])
LUCK = 0.3  # of a figure in one town


def priors():
    """Five parameters, evenly from 0 to 1, so that a place is a value."""
    return Priors([Prior(name, "uniform", 0.0, 1.0, 0.5, "assumption") for name in NAMES])


def truly(places):
    """float64[n, 3]: the figures at some places, without luck."""
    return places @ WEIGHTS.T


class Lab:
    """Lives a place: the figures there with the luck of so many towns."""

    account, figures, identity = "first", ("a", "b", "c"), "a toy"

    def __init__(self, identity="a toy"):
        self.identity = identity
        self.lived = 0

    def measure(self, settings, seeds):
        """float64[3]."""
        self.lived += 1
        place = np.array([settings[name] for name in NAMES])
        luck = np.random.default_rng(list(seeds)).normal(0.0, LUCK, (len(seeds), 3)).mean(axis=0)
        return truly(place[None])[0] + luck


def targets(at=(0.7, 0.5, 0.5, 0.5, 0.5), sd=0.1):
    """What would be seen if this place were true, without error."""
    return [Target(name, value, value, sd) for name, value in zip(Lab.figures, truly(np.array([at]))[0], strict=True)]


def exact(targets):
    """Mean and covariance of all five by the same evidence if they were normal, of their scores in 0-1 units."""
    prior = np.eye(5) / 12.0
    noise = np.diag([target.sd**2 for target in targets])
    gain = prior @ WEIGHTS.T @ np.linalg.inv(WEIGHTS @ prior @ WEIGHTS.T + noise)
    middle = np.full(5, 0.5)
    seen = np.array([target.middle for target in targets])
    return middle + gain @ (seen - WEIGHTS @ middle), prior - gain @ WEIGHTS @ prior


BASE = scenarios.FOLDER / "base.yaml"
VALUES = load(BASE).values
