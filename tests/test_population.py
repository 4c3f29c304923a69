"""Everyone who could ever join: who they are does not depend on how long or with whom they live."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special, stats

from sim.draws import key_of_seed
from sim.life import Life
from sim.population import FIRST_NEWCOMER_ID, _with_burden, make_traits
from sim.rules.fluctuate import gain_of
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


# People who hang together: one burden underlies set points, propensity, service use and backgrounds.

CROWD = {"people__residents": 20_000, "run__weeks": 1, "run__lead_in_weeks": 0, "people__correlated": True}
LATENT = {
    "isolation": "isolation_set", "stigma": "stigma_set", "difference": "difference_set",
    "understanding": "understanding_set", "coping": "coping_set", "distress": "baseline_distress",
    "support": "outside_support",
}  # fmt: skip
INDEPENDENT = ("responsiveness", "position", "barrier", "hard_day_threshold")
BACKGROUNDS = ("inpatient", "voices", "recovering")


@pytest.fixture(scope="module")
def crowd():
    return traits_of(**CROWD)


def latent_normals(traits, values):
    """The normal numbers that lie under each trait, by name."""
    found = {
        name: special.ndtri(stats.beta(values[f"people.{name}_a"], values[f"people.{name}_b"]).cdf(traits[trait]))
        for name, trait in LATENT.items()
    }
    shape, mean = values["people.episode_rate_shape"], values["people.episode_rate_mean"]
    found["rate"] = special.ndtri(stats.gamma(shape, scale=mean / shape).cdf(traits.episode_rate))
    return found


def test_the_correlation_of_two_is_the_product_of_their_loadings(crowd):
    # 20,000 people: a standard error of at most 0.0071; 0.035 is five of them. Rank correlations of normals are
    # 6 / pi * asin(half of Pearson's).
    values = small_values("base", **CROWD)
    normals = latent_normals(crowd, values)
    names = list(normals)
    loading = {name: values[f"people.burden_{name}"] for name in names}
    seen = np.corrcoef([normals[name] for name in names])
    ranks = stats.spearmanr(np.column_stack([normals[name] for name in names])).statistic
    for a, one in enumerate(names):
        assert np.corrcoef(normals[one], crowd.burden)[0, 1] == pytest.approx(loading[one], abs=0.035), one
        for b, other in enumerate(names[:a]):
            expected = loading[one] * loading[other]
            assert seen[a, b] == pytest.approx(expected, abs=0.035), (one, other)
            assert ranks[a, b] == pytest.approx(6 / np.pi * np.arcsin(expected / 2), abs=0.035), (one, other)


def test_what_does_not_load_on_the_burden_stays_independent(crowd):
    for name in (*INDEPENDENT, "age"):
        assert abs(stats.spearmanr(crowd[name], crowd.burden).statistic) < 0.035, name


def test_marginals_stay_what_they_are_stated_to_be(crowd):
    values = small_values("base", **CROWD)
    for name, trait in LATENT.items():
        shapes = values[f"people.{name}_a"], values[f"people.{name}_b"]
        assert stats.kstest(crowd[trait], stats.beta(*shapes).cdf).pvalue > 1e-4, name
    shape, mean = values["people.episode_rate_shape"], values["people.episode_rate_mean"]
    assert stats.kstest(crowd.episode_rate, stats.gamma(shape, scale=mean / shape).cdf).pvalue > 1e-4
    assert stats.kstest(crowd.burden, "norm").pvalue > 1e-4
    assert abs(crowd.service_user.mean() - values["people.service_users"]) < 0.02
    assert abs(crowd.recovering.mean() - values["people.recovering"]) < 0.02


def test_loadings_of_nothing_are_independence_to_the_last_bit():
    names = [name for name in small_values("base") if name.startswith("people.burden_")]
    nothing = {name.replace(".", "__"): 0.0 for name in names}
    alone, together = (
        traits_of(people__residents=500),
        traits_of(people__residents=500, people__correlated=True, **nothing),
    )
    assert len(names) == 12
    for name in alone.dtype.names:
        if name not in ("burden", *BACKGROUNDS):
            assert alone[name].tobytes() == together[name].tobytes(), name


@pytest.mark.parametrize("loading", [-0.95, -0.3, 0.3, 0.95])
@pytest.mark.parametrize("burden", [-4.0, 0.0, 1.0, 4.0])
def test_more_of_ones_own_luck_is_always_more_of_the_trait(loading, burden):
    own = np.concatenate([[2.0**-53], np.linspace(0.001, 0.999, 999), [1.0 - 2.0**-53]])
    made = _with_burden(own, np.full(len(own), burden), loading)
    assert (np.diff(made) >= 0.0).all()
    assert ((made > 0.0) & (made < 1.0)).all()
    assert made[-1] > made[0]


def test_nobody_changes_when_others_are_added():
    few = traits_of(people__residents=20, people__correlated=True)
    many = traits_of(people__residents=50, people__correlated=True)
    for name in few.dtype.names:
        if name not in ("arrives_week", "departs_week"):
            assert few[name][:20].tobytes() == many[name][:20].tobytes(), name


def test_backgrounds_are_drawn_only_where_people_hang_together(crowd):
    alone = traits_of(**MANY)
    assert not any(alone[name].any() for name in BACKGROUNDS)
    assert not alone.burden.any()
    assert all(crowd[name].any() for name in BACKGROUNDS)
    assert (crowd.inpatient <= crowd.service_user).all()
    assert (crowd.voices <= crowd.service_user).all()
    assert (crowd.recovering & ~crowd.service_user).any()


@pytest.mark.parametrize("background", ["service_user", *BACKGROUNDS])
def test_the_burdened_are_likelier_to_have_each_background(crowd, background):
    among = crowd[crowd.service_user] if background in ("inpatient", "voices") else crowd
    assert among.burden[among[background]].mean() > among.burden[~among[background]].mean() + 0.1


# A first day somewhere in one's own ups and downs.


def test_lives_begin_somewhere_in_their_ups_and_downs():
    on = {"mechanisms__swings": True, "mechanisms__alike": True}
    life = Life(small_values("base", **MANY, **on))
    people, traits = life.world.people, life.traits
    pushed = {}
    for name in ("stigma", "understanding", "coping", "difference"):
        moved = special.logit(people[name]) - special.logit(traits[f"{name}_set"])
        pushed[name] = moved / life.values[f"life.{name}_swing"]
        assert stats.kstest(pushed[name], "norm").pvalue > 1e-4, name
    assert stats.kstest(people.urge, "norm").pvalue > 1e-4
    pushed["urge"] = people.urge
    together = stats.spearmanr(np.column_stack(list(pushed.values()))).statistic
    assert np.abs(together - np.eye(5)).max() < 0.1
    assert list(people.urge_gain) == [gain_of(life.values["episodes.urge_swing"], urge) for urge in people.urge]


def test_without_swings_or_perceived_difference_there_is_none():
    people = Life(small_values("base", **MANY)).world.people
    for name in ("urge", "urge_gain", "difference", "guilt", "label_hurt", "assured"):
        assert not people[name].any(), name
    swinging = Life(small_values("base", **MANY, mechanisms__swings=True)).world.people
    assert not swinging.difference.any()
