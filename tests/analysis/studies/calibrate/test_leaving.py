"""What each figure decides, against what weighing the prior without it gives; drawn and told."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from analysis.studies.calibrate.leaving import leave_each, shares_without
from analysis.studies.calibrate.likelihood import Target
from analysis.studies.calibrate.posterior import posterior_of
from analysis.studies.calibrate.words import _accounts_without
from tests.analysis.studies.calibrate import toy
from tests.analysis.studies.calibrate.test_posterior import EMULATORS, PRIORS, by_lot


def _weighed(targets):
    """Mean, standard deviation and mean likelihood by weighing places of the prior; None for a figure not known."""
    open_ = [one or Target("open", 0.0, 0.0, 1e6) for one in targets]
    places, weights = by_lot(open_)
    mean = np.average(places, axis=0, weights=weights)
    return mean, np.sqrt(np.average((places - mean) ** 2, axis=0, weights=weights)), float(np.log(weights.mean()))


@pytest.mark.parametrize(("sd", "anew"), [(0.3, False), (0.02, True)])
def test_it_is_what_weighing_the_prior_without_the_figure_gives(sd, anew):
    """Figures b and c ask different things of the same parameters; reweighted where wide, drawn anew where narrow."""
    targets = toy.targets(at=(0.9, 0.5, 0.2, 0.5, 0.5), sd=sd)
    posterior = posterior_of(PRIORS, EMULATORS, targets, many=3000, seed=2)
    with_all, spread, _ = _weighed(targets)
    left = leave_each(PRIORS, EMULATORS, targets, posterior, [1, 8])
    assert [one.figure for one in left] == ["a", "b", "c"]
    assert any(one.anew for one in left) == anew
    for k, one in enumerate(left):
        mean, wide, log = _weighed([None if j == k else target for j, target in enumerate(targets)])
        off = 0.08 if one.anew else 0.03  # three hundred draws, one after the other
        np.testing.assert_allclose(one.shifts * spread, mean - with_all, atol=off)
        np.testing.assert_allclose(one.wider * spread, wide, atol=off)
        assert one.log_evidence == pytest.approx(log, abs=0.25)


def test_a_figure_that_says_nothing_decides_nothing():
    targets = [*toy.targets()[:2], Target("c", -9.0, 9.0, 0.1)]
    posterior = posterior_of(PRIORS, EMULATORS, targets, many=1000, seed=2)
    nothing = leave_each(PRIORS, EMULATORS, targets, posterior, 1)[2]
    np.testing.assert_allclose(nothing.shifts, 0.0, atol=1e-9)
    np.testing.assert_allclose(nothing.wider, 1.0)
    assert nothing.log_evidence == pytest.approx(posterior.log_evidence)
    assert nothing.worth == pytest.approx(1000)


def test_shares_of_accounts_sum_to_one_without_each_figure():
    logs = np.array([[-14.0, -900.0], [-14.0, -900.0 + np.log(3)]])
    shares = shares_without(logs)
    np.testing.assert_allclose(shares, [[0.5, 0.25], [0.5, 0.75]])


def test_which_account_would_be_the_likeliest_is_said_so_that_no_account_can_be_misread():
    one, other = (_account(name, whole, without) for name, whole, without in
                  (("nothing", -1.0, (-1.0, -1.0)), ("full", -3.0, (-3.0, 0.0))))  # fmt: skip
    said = _accounts_without([one, other])
    assert said == "The likeliest account is nothing, and would be full without b; the first one's share goes from " \
                   "27 % to 88 %."  # fmt: skip
    assert _accounts_without([other, one]) == said
    stays = _accounts_without([one, _account("full", -3.0, (-3.0, -3.0))])
    assert stays.startswith("Whichever figure is left out, the account nothing foretold the others best; its share")


def _account(name, whole, without):
    left = [SimpleNamespace(figure=figure, log_evidence=log) for figure, log in zip("ab", without, strict=True)]
    return SimpleNamespace(account=name, log_evidence=np.array([whole]), leaving=left)
