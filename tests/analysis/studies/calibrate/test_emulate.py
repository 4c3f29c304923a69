"""Emulators find what a figure comes to, and know how far they miss."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.studies.calibrate.emulate import Emulators, learn, noise_of

RNG = np.random.default_rng(5)
PLACES = RNG.random((900, 40))


def curved(places):
    x = 2 * places - 1
    return 0.5 + 0.4 * x[:, 3] - 0.3 * x[:, 7] ** 2 + 0.2 * x[:, 3] * x[:, 7]


def test_lines_curves_and_products_among_many_idle_parameters_are_found():
    seen = curved(PLACES) + RNG.normal(0, 0.1, len(PLACES))
    one = learn(PLACES, seen, 0.01)
    fresh = np.random.default_rng(6).random((2000, 40))
    missed = one.mean(fresh) - curved(fresh)
    assert np.sqrt((missed**2).mean()) < 0.04
    assert one.explained > 0.95
    assert one.residual == pytest.approx(0.01, rel=0.25)


def test_what_it_cannot_learn_it_says_and_counts_as_its_own_error():
    wild = np.sign(np.sin(60 * PLACES[:, 0])) + RNG.normal(0, 0.1, len(PLACES))
    one = learn(PLACES, wild, 0.01)
    assert one.explained < 0.2
    assert one.own > 0.8


def test_a_figure_that_nothing_moves_has_its_mean_everywhere():
    one = learn(PLACES, RNG.normal(3.0, 0.2, len(PLACES)), 0.04)
    assert one.mean(PLACES[:5]) == pytest.approx(3.0, abs=0.1)
    assert one.own < 0.01
    same = learn(PLACES, np.full(len(PLACES), 2.5), 0.0)
    assert same.mean(PLACES[:3]).tolist() == [2.5] * 3


def test_places_where_a_figure_could_not_be_measured_are_left_out():
    seen = curved(PLACES)
    seen[::3] = np.nan
    assert learn(PLACES, seen, 0.0).places == 600


def test_one_wild_place_does_not_bend_all():
    seen = curved(PLACES) + RNG.normal(0, 0.05, len(PLACES))
    seen[10] = 400.0
    one = learn(PLACES, seen, 0.0025)
    assert np.abs(one.mean(PLACES) - curved(PLACES)).max() < 0.3


def test_together_and_among_fewer_parameters_they_say_the_same():
    parts = [learn(PLACES, curved(PLACES) + RNG.normal(0, 0.1, 900), 0.01) for _ in range(3)]
    parts.append(learn(PLACES, np.ones(900), 0.0))
    together = Emulators(parts)
    each = np.stack([one.mean(PLACES) for one in parts], axis=1)
    np.testing.assert_allclose(together.means(PLACES), each, atol=1e-12)
    few = np.union1d(together.parameters, [0])
    np.testing.assert_allclose(together.among(few).means(PLACES[:, few]), each, atol=1e-12)


def test_noise_is_what_differs_when_a_place_is_lived_twice():
    true = RNG.random((4000, 2))
    one, other = (true + RNG.normal(0, [0.1, 0.4], true.shape) for _ in range(2))
    one[:7, 0] = np.nan
    np.testing.assert_allclose(noise_of(one, other), [0.01, 0.16], rtol=0.08)
