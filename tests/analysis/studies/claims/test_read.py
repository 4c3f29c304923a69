"""Figures read off runs: planted sums in, known figures out."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.compare.arms import Arm
from analysis.compare.comparison import Paired
from analysis.compare.estimate import bootstrap
from analysis.compare.outcomes import GROUP_MEASURES, OUTCOME_NAMES, OUTCOMES, POPULATIONS
from analysis.compare.paired import SUMS, Pair
from analysis.studies.claims import learning, read, safe
from sim.scenario import load
from tests.builders import SCENARIOS

ROWS = [13, 26]
VALUES = load(SCENARIOS / "groupA.yaml").values


def planted(
    name,
    people,
    *,
    effect=0.0,
    twin_change=0.0,
    outcome="isolation",
    open_=1.0,
    totals=None,
    seeds=None,
    strata=None,
    **values,
):
    """An arm in which each of so many people a run is better off by so much, twins having changed by so much.

    people, effect: float[runs].
    """
    people = np.asarray(people, float)
    effect = np.broadcast_to(effect, people.shape)
    lived = Paired(Arm(name, name, {**VALUES, **values}), ROWS)
    for k, n in enumerate(people):
        sums = np.zeros((len(POPULATIONS), len(ROWS), len(OUTCOMES), len(SUMS)))
        half = n / 2  # people at 0.4 and at 0.6 before
        one = {"people": n, "twin": n * (0.5 + twin_change), "with_before": n, "before": n * 0.5}
        one |= {
            "life": one["twin"] + n * effect[k],
            "difference": n * effect[k],
            "difference_squared": n * effect[k] ** 2,
        }
        one |= {"twin_change": n * twin_change, "life_change": n * (twin_change + effect[k])}
        for world, shift in (("twin", twin_change), ("life", twin_change + effect[k])):
            one[f"{world}_squared"] = half * ((0.4 + shift) ** 2 + (0.6 + shift) ** 2)
        sums[:, :, OUTCOME_NAMES.index(outcome)] = [one.get(column, 0.0) for column in SUMS]
        group = {measure: np.full(len(ROWS), np.nan) for measure in GROUP_MEASURES} | {
            "open": np.full(len(ROWS), open_)
        }
        # Of those eligible half are at 0.3 and half at 0.7: they differ twice as much as those who came.
        yardstick = np.tile([50.0, 25.0, 25 * (0.3**2 + 0.7**2)], (len(OUTCOMES), 1))
        whole = None if strata is None else {name: np.array(sums) * scale for name, scale in strata.items()}
        one = Pair(sums, {}, np.zeros((1, 1, 3)), group, -1, 0, yardstick, whole or {})
        lived.add(k if seeds is None else seeds[k], one)
        lived.totals.append({} if totals is None else {key: float(column[k]) for key, column in totals.items()})
    return lived


RUNS = 12
PEOPLE = np.arange(RUNS) % 4 + 2
SPREAD = np.linspace(-0.01, 0.01, RUNS)


def test_the_three_figures_side_by_side():
    runs = {"arm": planted("arm", PEOPLE, effect=-0.05 + SPREAD, twin_change=-0.03)}
    found = read.effect("arm", "isolation")(runs)
    mean = (PEOPLE * (-0.05 + SPREAD)).sum() / PEOPLE.sum()
    assert found.estimate.value == pytest.approx(mean)
    assert found.estimate.low < mean < found.estimate.high
    assert found.life_change.value == pytest.approx(mean - 0.03)
    assert found.twin_change.value == pytest.approx(-0.03)
    assert found.life_change.value - found.twin_change.value == pytest.approx(found.estimate.value)


def test_standardised_by_how_much_people_differ():
    runs = {"arm": planted("arm", [100] * RUNS, effect=-0.05 + SPREAD, twin_change=-0.03)}
    # By those eligible before joining, and by themselves, who differ half as much.
    for how, spread in ({"standard": True}, 0.2), ({"own": True}, 0.1):
        found = read.effect("arm", "isolation", **how)(runs)
        assert found.estimate.value == pytest.approx(-0.05 / spread, rel=0.01)
        assert found.twin_change.value == pytest.approx(-0.03 / spread, rel=0.01)
        assert found.life_change.value - found.twin_change.value == pytest.approx(found.estimate.value)
    assert (
        read.effect("arm", "isolation", own=True)(runs).unit
        != read.effect("arm", "isolation", standard=True)(runs).unit
    )
    twins = read.twin_change("arm", "isolation", "joined")(runs).estimate.value
    assert twins == pytest.approx(-0.03 / 0.2, rel=0.01)


def test_arms_against_each_other():
    runs = {
        "arm": planted("arm", PEOPLE, effect=-0.02 + SPREAD),
        "base": planted("base", PEOPLE, effect=-0.08 + 2 * SPREAD),
    }
    one, other = (read.effect(name, "isolation")(runs).estimate.value for name in ("arm", "base"))
    assert read.effect_gap("arm", "base", "isolation")(runs).estimate.value == pytest.approx(one - other)
    assert read.effect_share("arm", "base", "isolation")(runs).estimate.value == pytest.approx(one / other)
    assert read.effect_gap("base", "base", "isolation")(runs).estimate == read.Estimate(0.0, 0.0, 0.0, RUNS)
    gap = read.effect_gap("arm", "base", "isolation", standard=True)(runs).estimate.value
    standard = [read.effect(name, "isolation", standard=True)(runs).estimate.value for name in ("arm", "base")]
    assert gap == pytest.approx(standard[0] - standard[1])


def test_regulars_of_two_arms_are_those_of_one_of_them():
    """Of the regulars of base half as many are looked at in arm, with twice the effect that arm's own regulars have."""
    base = planted("base", PEOPLE, effect=-0.08 + SPREAD)
    arm = planted("arm", PEOPLE, effect=-0.02 + SPREAD, strata={"base": 1.0})
    for part in arm.parts:
        part.strata["base"][..., SUMS.index("difference")] *= 2
    runs = {"arm": arm, "base": base}
    one, other = (read.effect(name, "isolation", "regulars")(runs).estimate.value for name in ("arm", "base"))
    assert read.effect_gap("arm", "base", "isolation", "regulars")(runs).estimate.value == pytest.approx(
        2 * one - other
    )
    share = read.effect_share("arm", "base", "isolation", "regulars")
    assert share(runs).estimate.value == pytest.approx(2 * one / other)
    assert "regulars of base" in share(runs).label and share.under == "base"
    assert "on the same people" in share.asked.contrast and share.asked.depends == "yes: on base"
    everybody = read.effect_share("arm", "base", "isolation")
    assert everybody(runs).estimate.value == pytest.approx(one / other)
    assert everybody.asked.depends == "yes: each arm has its own people"
    with pytest.raises(ValueError, match="people who came under arm were not looked at"):
        read.effect_gap("arm", "base", "isolation", "regulars", stratum="arm")(runs)


def test_arms_of_different_towns_are_not_compared():
    runs = {"arm": planted("arm", PEOPLE), "base": planted("base", PEOPLE, seeds=range(1, RUNS + 1))}
    with pytest.raises(ValueError, match="not lived with the same seeds"):
        read.effect_gap("arm", "base", "isolation")(runs)


def test_a_count_that_differs_in_nobody_may_differ_in_somebody_unseen():
    runs = {"arm": planted("arm", PEOPLE, outcome="told_outside")}
    found = read.effect("arm", "told_outside").above(0.0)(runs)
    assert found.estimate.value == 0.0
    assert found.estimate.high == pytest.approx(1 - 0.025 ** (1 / len(PEOPLE)))
    assert found.estimate.low == -found.estimate.high
    assert found.outcome == "undetermined"
    # A state moves in everybody, if in anybody: there nothing is nothing.
    assert read.effect("arm", "isolation").above(0.0)({"arm": planted("arm", PEOPLE)}).outcome == "fails"


def test_all_or_none_is_not_taken_for_certainty():
    ones = np.ones(20)
    everybody, nobody = read.proportion(ones, ones), read.proportion(ones, 0 * ones)
    # The exact interval of 0 out of 20 is 0 to 0.1684 (Clopper and Pearson).
    assert (nobody.value, nobody.low) == (0.0, 0.0)
    assert nobody.high == pytest.approx(0.1684, abs=5e-5)
    assert (everybody.low, everybody.high) == (pytest.approx(1 - 0.1684, abs=5e-5), 1.0)
    some = read.proportion(ones, (np.arange(20) < 5).astype(float))
    assert 0.0 < some.low < 0.25 < some.high < 1.0
    assert read.measure("arm", "open")({"arm": planted("arm", PEOPLE)}).estimate.low < 1.0


def test_the_breach_rate_that_doubles_the_rate_of_closing():
    closings = {0.0: 0.002, 0.03: 0.005, 0.1: 0.012}  # a week: 0.002 + 0.1 times the rate
    columns = [column for rate in closings.values() for column in (rate * np.full(RUNS, 400.0), np.full(RUNS, 400.0))]
    assert bootstrap(safe._doubling, *columns).value == pytest.approx(0.02)
    assert bootstrap(safe._life_share, *columns[4:], *columns[:2]).value == pytest.approx(0.002 / 0.012)
    for weekly in ((0.002, 0.0019, 0.0018), (0.002, 0.002, 0.002), (0.002, 0.002, 0.002 + 1e-17)):
        never = [np.array([value]) for rate in weekly for value in (rate * 400.0, 400.0)]
        assert safe._doubling(*never) == 1.0, "a line that does not rise is doubled by nothing"
    assert np.isnan(safe._doubling(*[np.array([np.nan])] * 6))


def test_slopes_are_those_of_least_squares():
    rng = np.random.default_rng(1)
    x, z = rng.normal(size=(2, 40))
    y = 0.3 * x + 0.5 * z + rng.normal(size=40)
    sums = [np.array([float(v)]) for v in (40, x.sum(), (x * x).sum(), y.sum(), (x * y).sum())]
    more = [np.array([float(v)]) for v in (z.sum(), (z * z).sum(), (z * x).sum(), (z * y).sum())]
    assert learning._slope(*sums) == pytest.approx(np.polyfit(x, y, 1)[0])
    both = np.linalg.lstsq(np.column_stack([x, z, np.ones(40)]), y, rcond=None)[0]
    assert learning._slope_beside_meetings(*sums, *more) == pytest.approx(both[0])
