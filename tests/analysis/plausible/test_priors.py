"""Priors: every parameter has one or is a condition, by rules and not by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

import scenarios
from analysis.plausible.priors import CONDITIONS, LINKED, Prior, Priors, prior_of
from sim.parameters import PARAMETERS
from sim.scenario import account_names, load, load_account

BASE = load(scenarios.FOLDER / "base.yaml")


def priors_under(account):
    return Priors.of(BASE.with_account(load_account(account)).values)


def test_every_number_with_a_plausible_range_is_believed_or_is_a_condition():
    full = set(priors_under("full").names)
    for name, p in PARAMETERS.items():
        if p.plausible is None or p.source.startswith(("condition", "choice")) or name in CONDITIONS:
            assert name not in full or p.unit == "shape"
        elif name not in ("meeting.cope",):  # of a mechanism that is off under this account
            assert name in full


def test_conditions_are_what_scenarios_differ_in():
    said = {}
    for path in scenarios.files():
        scenario = load(path)
        for name in scenario.origins:
            said.setdefault(name, set()).add(repr(scenario.values[name]))
    for name, values in said.items():
        p = PARAMETERS[name]
        differs = len(values | {repr(p.default)}) > 1
        if differs and p.plausible is not None and not p.source.startswith("condition"):
            assert name in CONDITIONS, f"{name} is {values} in scenarios"


@pytest.mark.parametrize("account", account_names())
def test_a_draw_is_accepted_by_the_model(account):
    priors = priors_under(account)
    values = priors.values(priors.draw(200, 1))
    for row in values:
        for name, value in priors.settings(row).items():
            assert PARAMETERS[name].low <= value <= PARAMETERS[name].high
            assert type(value) is PARAMETERS[name].kind


def test_the_sizes_of_a_mechanism_that_is_off_are_not_believed_anything_of():
    assert "contact.relief" not in priors_under("learning").names
    assert "contact.relief" in priors_under("company").names


@pytest.mark.parametrize(
    ("prior", "law"),
    [
        (Prior("a", "uniform", -0.2, 0.5, 0.3, ""), stats.uniform(-0.2, 0.7)),
        (Prior("a", "log-uniform", 13.0, 52.0, 26.0, ""), stats.loguniform(13.0, 52.0)),
        (Prior("a", "pert", 0.2, 0.8, 0.3, ""), stats.beta(1 + 4 / 6, 1 + 20 / 6, 0.2, 0.6)),
    ],
)
def test_a_law_is_what_it_is_called(prior, law):
    places = np.linspace(0.01, 0.99, 50)
    np.testing.assert_allclose(prior.at(places), law.ppf(places), rtol=1e-9)


def test_a_whole_number_takes_each_value_as_often():
    found = np.bincount(Prior("a", "whole", 2, 5, 3, "").at((np.arange(4000) + 0.5) / 4000).astype(int))
    assert found.tolist() == [0, 0, 1000, 1000, 1000, 1000]


def test_a_range_that_holds_zero_is_uniform_and_a_time_is_log_uniform():
    assert prior_of(PARAMETERS["contact.relief"], 0.3).law == "uniform"
    assert prior_of(PARAMETERS["ties.half_life_weeks"], 26.0).law == "log-uniform"
    assert prior_of(PARAMETERS["meeting.tell_episode"], 0.5).law == "pert"
    assert prior_of(PARAMETERS["people.residents"], 80) is None


def test_linked_parameters_go_together_and_each_keeps_its_own_law():
    priors = priors_under("full")
    places = priors.draw(20_000, 3, spread=False)
    link = next(one for one in LINKED if one.one == "people.isolation_a")
    one, other = (places[:, priors.names.index(name)] for name in (link.one, link.other))
    scores = stats.norm.ppf([one, other])
    assert np.corrcoef(scores)[0, 1] == pytest.approx(link.correlation, abs=0.01)
    assert stats.kstest(one, "uniform").pvalue > 1e-4
    assert stats.kstest(other, "uniform").pvalue > 1e-4
    assert np.linalg.eigvalsh(priors.correlations).min() > 0


def test_a_hypercube_fills_every_range():
    places = priors_under("nothing").draw(50, 5)
    unlinked = places[:, priors_under("nothing").names.index("people.mean_stay_years")]
    assert sorted(np.floor(unlinked * 50).astype(int)) == list(range(50))
