"""Everyone who could ever join: who they are does not depend on how long or with whom they live."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.draws import key_of_seed
from sim.life import Life
from sim.population import FIRST_NEWCOMER_ID, make_traits
from tests.builders import same_bits, small_values

MANY = {"people__residents": 2000, "run__weeks": 1, "run__lead_in_weeks": 0}


def traits_of(seed=1, **changes):
    return make_traits(small_values("base", **changes), key_of_seed(seed))


def test_the_same_seed_makes_the_same_people():
    assert same_bits(traits_of(), traits_of())
    assert not same_bits(traits_of(), traits_of(seed=2))


def test_residents_are_here_when_the_lead_in_ends_and_newcomers_come_later():
    traits = traits_of(run__lead_in_weeks=10, run__weeks=200, people__mean_stay_years=2.0)
    resident = traits.id < FIRST_NEWCOMER_ID
    assert resident.sum() == 24
    assert list(traits.id[:24]) == list(range(24))
    assert (traits.arrives_week[resident] == 10).all()
    assert (traits.arrives_week[~resident] >= 10).all()
    assert (np.diff(traits.arrives_week[~resident]) >= 0).all()
    assert list(traits.id[~resident]) == list(range(FIRST_NEWCOMER_ID, FIRST_NEWCOMER_ID + (~resident).sum()))
    assert (traits.departs_week > traits.arrives_week).all()


def test_as_many_come_as_go():
    # 2,000 residents with a mean stay of 2 years (104 weeks): 19.2 leave a week. Over 52 weeks about
    # 1,000 come; the number living here stays within 5 standard deviations (of at most 45) of 2,000.
    traits = traits_of(people__residents=2000, people__mean_stay_years=2.0, run__weeks=60, run__lead_in_weeks=0)
    for week in (5, 20, 52):
        here = ((traits.arrives_week <= week) & (week < traits.departs_week)).sum()
        assert abs(here - 2000) < 225


@pytest.mark.parametrize(
    ("trait", "name"),
    [("isolation_set", "isolation"), ("stigma_set", "stigma"), ("understanding_set", "understanding"),
     ("coping_set", "coping"), ("baseline_distress", "distress"), ("outside_support", "support"),
     ("responsiveness", "responsiveness"), ("position", "position"), ("barrier", "barrier"),
     ("hard_day_threshold", "threshold")],
)  # fmt: skip
def test_traits_follow_their_beta_distributions(trait, name):
    # Kolmogorov-Smirnov on 2,000 people, a fixed seed, a false alarm in 1 of 10,000 seeds.
    values = small_values("base", **MANY)
    shapes = values[f"people.{name}_a"], values[f"people.{name}_b"]
    assert stats.kstest(traits_of(**MANY)[trait], stats.beta(*shapes).cdf).pvalue > 1e-4


def test_propensity_follows_its_gamma_distribution():
    values = small_values("base", **MANY)
    shape, mean = values["people.episode_rate_shape"], values["people.episode_rate_mean"]
    rates = traits_of(**MANY).episode_rate
    assert stats.kstest(rates, stats.gamma(shape, scale=mean / shape).cdf).pvalue > 1e-4


def test_traits_are_drawn_independently_of_each_other():
    # 45 rank correlations over 2,000 people: each beyond 0.1 with probability below 1e-5.
    traits = traits_of(**MANY)
    names = ("isolation_set", "stigma_set", "understanding_set", "coping_set", "baseline_distress", "outside_support",
             "responsiveness", "position", "barrier", "episode_rate")  # fmt: skip
    correlations = stats.spearmanr(np.column_stack([traits[name] for name in names])).statistic
    assert np.abs(correlations - np.eye(len(names))).max() < 0.1


@pytest.mark.parametrize(("share", "trait"), [("people__women", "woman"), ("people__service_users", "service_user")])
def test_shares_are_as_stated(share, trait):
    # 2,000 people at 0.3: 600 expected, standard deviation 20.5; 500-700 holds but once in a million seeds.
    assert 500 < traits_of(**MANY, **{share: 0.3})[trait].sum() < 700
    assert not traits_of(**MANY, **{share: 0.0})[trait].any()
    assert traits_of(**MANY, **{share: 1.0})[trait].all()


@pytest.mark.parametrize("in_teens", [0.0, 0.5, 1.0])
def test_self_harm_began_in_the_teens_or_later_and_never_after_today(in_teens):
    traits = traits_of(**MANY, people__onset_in_teens=in_teens)
    assert (traits.onset_age <= traits.age).all()
    assert (traits.onset_age >= 11.0).all()
    teens = (traits.onset_age < 19.0) | ((traits.age < 20.0) & (traits.onset_age == traits.age))
    if in_teens in (0.0, 1.0):
        assert (traits.onset_age[traits.age > 20.0] < 19.0).all() == bool(in_teens)
    else:
        assert 850 < teens.sum() < 1200


def test_lives_begin_at_their_set_points_with_ordinary_luck():
    life = Life(small_values("base", **MANY))
    people, traits = life.world.people, life.traits
    assert (people.understanding == traits.understanding_set).all()
    assert (people.coping == traits.coping_set).all()
    assert (people.stigma == traits.stigma_set).all()
    assert (people.trust == life.values["meeting.trust_start"]).all()
    # 2,000 standard normals: false alarms in 1 of 10,000 seeds
    assert stats.kstest(people.stressor, "norm").pvalue > 1e-4
    assert stats.kstest(people.circumstances, "norm").pvalue > 1e-4
    assert abs(stats.spearmanr(people.stressor, people.circumstances).statistic) < 0.1
