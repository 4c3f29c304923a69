"""Break-even: roots that are known, a difference that rises with kappa, and words where there is no root."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.interpolate import PchipInterpolator

from analysis.compare.comparison import compare
from analysis.compare.estimate import ends_of
from analysis.compare.outcomes import OUTCOME_NAMES, POPULATIONS
from analysis.compare.paired import SUMS
from analysis.compare.panel import live_panel
from analysis.studies.breakeven.published import PUBLISHED, relative_rise
from analysis.studies.breakeven.search import (
    BESIDE,
    CLOSE_ENOUGH,
    HIGHEST,
    KAPPA,
    LOWEST,
    MOST_VALUES,
    NEITHER,
    NEVER,
    NODES,
    READINGS,
    RELIEF,
    ROOT,
    WORSE,
    Towns,
    break_even,
    break_even_curves,
    check_over,
    live_slim,
    read,
    roots_between,
    roots_drawn,
    values_over,
)
from analysis.studies.breakeven.words import sentence, without_effect
from sim.life import Life
from sim.parameters import PARAMETERS
from sim.problem import Problem
from sim.scenario import load_account
from tests.analysis.studies.overturn.conftest import small_arm

# Many who come have an episode to tell of, and hear of one.
TELLING = {"meeting__tell_episode": 1.0, "people__episode_rate_mean": 3.0, "people__residents": 30}
SEEDS = range(1, 9)


def towns_of(**changes):
    arm = small_arm(**{**TELLING, **changes})
    return Towns(arm, SEEDS, live_slim(arm, arm.twin.values, SEEDS), live_slim)


@pytest.fixture(scope="module")
def towns():
    return towns_of()


def test_the_difference_rises_with_kappa_on_the_same_seeds(towns):
    values = [towns.value(kappa, "mean") for kappa in NODES]
    assert values == sorted(values)
    assert values[0] < 0 < values[-1]


def test_at_the_root_the_difference_is_zero(towns):
    for reading in READINGS:
        found = break_even(towns, reading)
        assert found.word == ROOT
        assert LOWEST < found.kappa < HIGHEST
        below, above = (towns.value(found.kappa + step, reading) for step in (-2 * CLOSE_ENOUGH, 2 * CLOSE_ENOUGH))
        assert below <= 0 <= above
        assert found.low <= found.kappa <= found.high
        assert found.people == towns.at(LOWEST)[:, 0].sum()


def test_at_the_scenarios_own_kappa_it_is_what_a_comparison_finds(towns):
    arm = towns.arm
    paired = compare([arm], SEEDS, horizon_years=(1,))[arm.name]
    place = list(POPULATIONS).index("joined"), 0
    sums = paired.sums[:, place[0], place[1]]
    mine = towns.at(arm.values[KAPPA])
    episodes = sums[:, OUTCOME_NAMES.index("episodes")]
    for k, name in enumerate(("people", "difference", "lost", "gained")):
        assert mine[:, k] == pytest.approx(episodes[:, SUMS.index(name)]), name
    distress = sums[:, OUTCOME_NAMES.index("distress"), SUMS.index("difference")]
    assert mine[:, 4 + BESIDE.index("distress")] == pytest.approx(distress)


def test_kappa_does_not_touch_lives_without_a_group():
    arm = small_arm(**TELLING)
    twins = [Life({**arm.twin.values, KAPPA: kappa, RELIEF: r, "run.seed": 4}) for kappa, r in ((0.0, 0.0), (5.0, 0.5))]
    for twin in twins:
        twin.live()
    assert twins[0].digest() == twins[1].digest()


def test_each_kappa_is_lived_once():
    lived = []

    def live(arm, values, seeds):
        lived.append(values[KAPPA])
        return live_slim(arm, values, seeds)

    arm = small_arm(**TELLING)
    towns = Towns(arm, [1, 2, 3], live_slim(arm, arm.twin.values, [1, 2, 3]), live)
    for reading in READINGS:
        break_even(towns, reading)
    assert len(lived) == len(set(lived))
    assert lived[0] == arm.values[KAPPA]


def test_a_group_in_which_nobody_tells_has_no_break_even():
    # Nobody hears of an episode, so no kappa can undo what the group does.
    for reading in READINGS:
        found = break_even(towns_of(meeting__tell_episode=0.0), reading)
        assert (found.word, found.kappa, found.high) == (NEVER, np.inf, np.inf)
        assert "5" in found.word


def test_a_group_that_does_harm_by_itself_is_worse_at_any_strength_of_influence():
    # Judged, upset and burdened without any relief: more distress, so more episodes, with kappa 0.
    harm = {
        "group__acceptance": 0.0, "meeting__judge": 1.0, "meeting__strength": 1.0, "meeting__burden": 1.0,
        "meeting__heard": 0.0, "meeting__normalise": 0.0, "meeting__hurt": 0.0, "contact__relief": 0.0,
        "ties__isolation_per_tie": 0.0, "meeting__help_prob": 1.0, "meeting__cope": 0.0,
        "life__distress_from_stigma": 5.0,
    }  # fmt: skip
    found = break_even(towns_of(**harm), "mean")
    assert found.without_influence > 0
    assert (found.word, found.kappa) == (WORSE, LOWEST)


def test_a_root_is_found_between_points_and_outside_is_named():
    k = np.array(NODES)
    curves = np.array([2.0 * k - 1.5, k**2 - 1.0, k + 0.1, k - 5.1, k - 5.0, k])
    assert roots_between(k, curves) == pytest.approx([0.75, 1.0, 0.0, np.inf, 5.0, 0.0])


def test_roots_are_those_that_scipy_finds_in_the_same_interpolation():
    k, rng = np.array(NODES), np.random.default_rng(0)
    curves = np.cumsum(rng.uniform(0, 1, (50, len(k))), axis=1) - rng.uniform(1, 2, (50, 1))
    for root, curve in zip(roots_between(k, curves), curves, strict=True):
        if curve[0] < 0 <= curve[-1]:
            assert root == pytest.approx(PchipInterpolator(k, curve).solve(0.0, extrapolate=False)[0], abs=1e-9)


@pytest.mark.parametrize("runs", [40, 160])
def test_the_interval_covers_a_planted_root_at_the_nominal_rate(runs):
    # Per run: 10 people whose differences are slope * (kappa - 1) and noise. 200 worlds; at 95 % coverage fewer than
    # 177 hits come about once in 10,000 times (binomial), with an allowance for percentiles of 40 runs: 174.
    rng = np.random.default_rng(runs)
    hits = 0
    for _ in range(200):
        slope, noise = 10 * rng.uniform(0.5, 1.5, runs), rng.normal(0, 4, runs)
        lived = {
            kappa: np.stack([np.full(runs, 10.0), slope * (kappa - 1) + noise, np.zeros(runs), np.zeros(runs)], axis=1)
            for kappa in NODES
        }
        low, high = ends_of(roots_drawn(lived, "mean", resamples=199))
        hits += low <= 1.0 <= high
    assert hits >= 174
    assert hits < 200  # an interval that always covers says nothing


def test_a_reading_of_sums():
    sums = np.array([[10.0, -5.0, 2.0, 4.0, 9.0, 9.0, 9.0]])
    assert read(sums, "mean") == pytest.approx([-0.5])
    assert read(sums, "balance") == pytest.approx([-0.2])


def test_curves_have_a_point_for_every_arm_value_and_reading():
    told = []
    arms = [small_arm(run__weeks=24), small_arm("groupB", run__weeks=24)]
    curves = break_even_curves(arms, [0.0], [1, 2, 3], progress=lambda done, total: told.append((done, total)))
    found = {(p.arm, p.at, p.reading) for p in curves.points}
    own = arms[0].values[RELIEF]
    assert found == {(arm.name, at, r) for arm in arms for at in (0.0, own) for r in READINGS}
    assert told[-1][0] == curves.lives
    assert all(done <= total for done, total in told)
    assert {one.kappa for one in curves.lived} >= set(NODES)
    assert {one.at for one in curves.lived} == {0.0, own}


def test_the_more_a_call_relieves_the_more_influence_it_takes_to_undo_it():
    arm = small_arm(**TELLING, contact__calls_tried=5)
    curves = break_even_curves([arm], [-0.3, 0.0], SEEDS)
    at = {p.at: p for p in curves.points if p.reading == "mean"}
    own = arm.values[RELIEF]
    assert at[-0.3].without_influence > at[0.0].without_influence > at[own].without_influence
    assert at[-0.3].kappa < at[own].kappa
    said = sentence(arm, list(at.values()))
    assert f"at {RELIEF} {own:g} as it is" in said
    assert f"Over {RELIEF} it goes" in said
    assert without_effect(arm, RELIEF) == []


def test_any_other_size_can_be_named_and_a_twin_is_lived_for_each_value_that_it_depends_on():
    name = "life.distress_from_isolation"
    arm = small_arm(**TELLING)
    twins, curves = [], break_even_curves([arm], [0.0], [1, 2, 3], over=name)
    assert curves.over == name
    for at in (0.0, arm.values[name]):
        one = arm.with_values("", "", {name: at})
        twins.append(one.twin.life_digest)
        expected = Towns(one, [1, 2, 3], live_slim(one, one.twin.values, [1, 2, 3]), live_slim).value(0.0, "mean")
        found = next(p for p in curves.points if p.at == at and p.reading == "mean")
        assert found.without_influence == pytest.approx(expected)
    assert twins[0] != twins[1]


def test_a_whole_number_stays_one():
    curves = break_even_curves([small_arm(run__weeks=24)], [0.0], [1, 2, 3], over="contact.calls_tried")
    assert {p.at for p in curves.points} == {0.0, float(small_arm().values["contact.calls_tried"])}


def test_where_the_calls_mechanism_is_off_its_size_moves_nothing_and_is_lived_once():
    told = []
    arm = small_arm(**TELLING, mechanisms__calls=False)
    one = break_even_curves([arm], [0.0], [1, 2, 3])
    two = break_even_curves([arm], [-0.2, 0.0], [1, 2, 3], progress=lambda done, total: told.append(done))
    assert one.lives == two.lives == told[-1]
    values = {(p.reading, p.kappa, p.low, p.high, p.word) for p in two.points}
    assert len(values) == len(READINGS)
    assert any("`calls` is off" in said for said in without_effect(arm, RELIEF))


def test_a_group_that_does_nothing_makes_no_difference_at_any_influence():
    told = load_account("nothing")
    arm = small_arm()
    arm = replace(arm, values={**arm.values, **{name: told.values[name] for name in told.origins}})
    curves = break_even_curves([arm], [0.0], [1, 2, 3])
    assert {p.word for p in curves.points} == {NEITHER}
    assert all(np.isnan(p.kappa) for p in curves.points)
    assert NEITHER in sentence(arm, curves.points)


def test_values_go_over_the_plausible_range_with_its_ends():
    low, high = PARAMETERS[RELIEF].plausible
    values = values_over(RELIEF)
    assert (values[0], values[-1], len(values)) == (low, high, MOST_VALUES)
    assert 0.0 in values, "no relief at all is among them"
    assert all(value == int(value) for value in values_over("contact.calls_tried"))


@pytest.mark.parametrize(
    ("name", "at", "expected"),
    [
        ("contact.releif", (), "did you mean contact.relief"),
        (KAPPA, (), "is what is searched for"),
        ("group.phone_line", (), "is no size"),
        ("run.seed", (), "is no size"),
        (RELIEF, (2.0,), "2"),
    ],
)
def test_what_cannot_be_found_over_is_refused(name, at, expected):
    with pytest.raises(Problem, match=expected):
        check_over(name, at)


def test_a_slim_panel_says_the_same_as_a_whole_one():
    values = {**small_arm().values, "run.seed": 2}
    whole, slim = live_panel(values), live_slim(small_arm(), values, [2])[0]
    assert np.array_equal(whole.people["episodes"], slim.people["episodes"])
    assert slim.rows == whole.rows
    assert np.array_equal(slim.first_came, whole.first_came, equal_nan=True)


def test_what_is_published_is_converted_as_it_says():
    assert relative_rise(1.0) == 0.0
    adolescents = PUBLISHED[0]
    assert adolescents.kappa == pytest.approx(1.03)
    assert adolescents.kappa_ends == pytest.approx((0.05, 2.90))
    assert [p.kappa_ends for p in PUBLISHED[1:]] == [None, None]
