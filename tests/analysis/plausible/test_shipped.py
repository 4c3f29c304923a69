"""The plausible spaces that come with Sameboat: of this evidence, of these priors, one for every account."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pytest
from scipy import stats

from analysis.plausible.priors import Priors
from analysis.plausible.space import FOLDER, load_space, spaces_shipped
from analysis.studies.calibrate.study import evidence_used, rounded, targets_of
from sim.scenario import account_names, load_account

LARGEST = 1_500_000  # bytes of a file, so that all together stay small beside the rest


def test_every_account_has_one():
    assert spaces_shipped() == sorted(account_names())
    assert all((FOLDER / f"{name}.parquet").stat().st_size < LARGEST for name in account_names())


@pytest.mark.parametrize("account", account_names())
def test_it_was_made_from_the_evidence_and_priors_of_this_version(account):
    space = load_space(account)
    assert space.record["evidence"] == [asdict(target) for target in targets_of(evidence_used())]
    priors = Priors.of(load_account(account).values)
    assert list(space.names) == priors.names
    for k, prior in enumerate(priors.parts):
        low, high = rounded(np.array([prior.low, prior.high]))
        assert low - 0.01 * abs(low) <= space.values[:, k].min(), prior.name
        assert space.values[:, k].max() <= high + 0.01 * abs(high), prior.name
    assert space.rows >= 1000


def test_what_the_evidence_says_nothing_of_has_kept_its_prior():
    # No figure is measured in a clinician's group: the evidence cannot have moved what only such a group has.
    priors, space = Priors.of(load_account("full").values), load_space("full")
    for name in ("clinician.knock", "clinician.held_back", "practitioners.venue_factor"):
        prior = priors.parts[priors.names.index(name)]
        places = (space.values[:, list(space.names).index(name)] - prior.low) / (prior.high - prior.low)
        if prior.law == "uniform":
            assert stats.kstest(places, "uniform").statistic < 0.05, name
