"""What is left standing, against what is left exactly; recovery; two methods; each figure by the others."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.studies.calibrate.account import learned
from analysis.studies.calibrate.checks import foretold, pulls, recover, told
from analysis.studies.calibrate.emulate import Emulators, learn
from analysis.studies.calibrate.forest import forest_quantiles
from analysis.studies.calibrate.likelihood import Target
from analysis.studies.calibrate.posterior import kept_of, posterior_of
from tests.analysis.studies.calibrate import toy

PRIORS = toy.priors()
PLACES = PRIORS.draw(400, 1)
EMULATORS = Emulators([learn(PLACES, toy.truly(PLACES)[:, k], 0.0) for k in range(3)])


def by_lot(targets, many=200_000):
    """The same by weighing places drawn from the prior: slow, and right by construction."""
    places = np.random.default_rng(9).random((many, 5))
    away = (toy.truly(places) - [target.middle for target in targets]) / [target.sd for target in targets]
    weights = np.exp(-0.5 * (away**2).sum(axis=1))
    return places, weights


def test_draws_are_those_that_weighing_the_prior_gives():
    targets = toy.targets()
    left = posterior_of(PRIORS, EMULATORS, targets, many=4000, seed=2)
    places, weights = by_lot(targets)
    mean = np.average(places, axis=0, weights=weights)
    sd = np.sqrt(np.average((places - mean) ** 2, axis=0, weights=weights))
    np.testing.assert_allclose(left.places.mean(axis=0), mean, atol=0.02)
    np.testing.assert_allclose(left.places.std(axis=0), sd, atol=0.02)
    assert left.log_evidence == pytest.approx(np.log(weights.mean()), abs=0.15)
    assert left.degrees[-1] == 1.0


def test_without_evidence_the_prior_is_left():
    nothing = [Target(one.name, -9.0, 9.0, 0.1) for one in toy.targets()]
    left = posterior_of(PRIORS, EMULATORS, nothing, many=4000, seed=3)
    np.testing.assert_allclose(left.places.mean(axis=0), 0.5, atol=0.02)
    assert left.log_evidence == pytest.approx(0.0, abs=1e-6)
    assert np.abs(told(left, PRIORS)).max() < 0.03


def test_what_no_figure_reads_keeps_its_prior_and_what_is_told_is_told():
    left = posterior_of(PRIORS, EMULATORS, toy.targets(sd=0.02), many=3000, seed=4)
    assert told(left, PRIORS)[4] == pytest.approx(0.0, abs=0.04)  # growth of ties: no figure knows of it
    assert told(left, PRIORS)[0] > 0.5


def test_history_matching_keeps_what_no_figure_rules_out():
    targets = toy.targets()
    kept = kept_of(PRIORS, EMULATORS, targets, 5)
    places = np.random.default_rng(7).random((100_000, 5))
    away = np.abs(toy.truly(places) - [target.middle for target in targets]) / 0.1
    assert kept.together == pytest.approx((away <= 3).all(axis=1).mean(), abs=0.02)
    np.testing.assert_allclose(kept.each, (away <= 3).mean(axis=0), atol=0.02)


def test_known_values_are_recovered_at_the_nominal_rate():
    # 60 places told by 3 figures from lives of 4 towns; 2 of 3 told parameters: 120 ranks, somewhat dependent.
    lab = toy.Lab()
    seen = np.stack([lab.measure(dict(zip(toy.NAMES, place, strict=True)), [k, k + 9000])
                     for k, place in enumerate(PLACES)])  # fmt: skip
    emulators = learned(PLACES, seen, np.full(3, toy.LUCK**2 / 2))
    known = PRIORS.draw(60, 77, spread=False)
    figures = np.stack([lab.measure(dict(zip(toy.NAMES, place, strict=True)), [5000 + k, 70_000 + k])
                        for k, place in enumerate(known)])  # fmt: skip
    found = recover(PRIORS, emulators, toy.targets(), known, figures, [0, 2, 3])
    assert found.parameters == ("contact.relief", "joining.need_power", "group.meeting_hours")
    assert 0.35 <= found.covered_in_all(0.5) <= 0.65
    assert 0.8 <= found.covered_in_all(0.9) <= 0.97
    assert found.uneven().min() > 1e-4


def test_a_calibration_that_is_too_sure_is_found_out():
    known = PRIORS.draw(60, 78, spread=False)
    figures = toy.truly(known) + np.random.default_rng(8).normal(0, 0.5, (60, 3))  # more luck than it is told of
    found = recover(PRIORS, EMULATORS, toy.targets(sd=0.05), known, figures, [0, 2])
    assert found.covered_in_all(0.9) < 0.7


def test_two_methods_agree_on_what_is_told():
    lab = toy.Lab()
    places = PRIORS.draw(1500, 11)
    seen = np.stack([lab.measure(dict(zip(toy.NAMES, place, strict=True)), [k] * 20) for k, place in enumerate(places)])
    targets = toy.targets()
    emulated = posterior_of(PRIORS, EMULATORS, targets, many=3000, seed=6).places
    forest = forest_quantiles(places, toy.truly(places) + (seen - toy.truly(places)) * 0.1, targets, [0, 2], 1)
    for row, k in enumerate((0, 2)):
        np.testing.assert_allclose(forest[row], np.quantile(emulated[:, k], (0.05, 0.5, 0.95)), atol=0.1)


def test_a_figure_that_contradicts_the_others_is_seen():
    targets = toy.targets(sd=0.1)
    odd = [*targets[:2], Target("c", 0.95, 0.95, 0.1)]  # the first two lead one to expect 0.6
    left = posterior_of(PRIORS, EMULATORS, odd, many=4000, seed=12)
    one = foretold(left, odd, EMULATORS.own)[2]
    assert one.rank > 0.9
    assert one.middle < 0.9
    pull = pulls(PRIORS, EMULATORS, [Target("a", 1.1, 1.1, 0.05), targets[1], Target("c", 0.1, 0.1, 0.05)])
    assert pull[0, 2] < -1.0 < pull[0, 1]
