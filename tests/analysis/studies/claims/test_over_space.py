"""Claims over plausible space: planted effects come out in the share that they have, and are named."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.figures.style import style
from analysis.plausible.plan import PLAUSIBLE, Plan, Plausible
from analysis.plausible.space import Space
from analysis.plausible.spread import share_over
from analysis.studies.claims import index
from analysis.studies.claims.declare import (
    FAILS,
    HOLDS,
    NOT_VERIFIED,
    UNDETERMINED,
    VERIFIED,
    WITHOUT_TOO,
    Estimand,
    Reading,
    word_of,
)
from analysis.studies.claims.over_space import CODE, CODES, FAILED, HELD, TWINS_TOO, ClaimShare, codes_of
from analysis.studies.claims.read import effect
from analysis.studies.claims.study import ClaimsStudy
from analysis.studies.over_space.lived import lived
from sim.parameters import PARAMETERS, defaults
from tests.analysis.needs import needs
from tests.analysis.studies.claims.conftest import SMALL, some_claim

RELIEF = "contact.relief"
DECOYS = ("organising.monitoring_resisted", "meeting.learn", "outside.accepted", "outside.horrified")
# With relief at 0 the effect on distress is -0.002 in these towns, with 0.5 it is -0.010.
EASED = some_claim("T1", decides=(effect("groupA", "distress").at_most(-0.004),))
LESS = some_claim("T2", decides=(effect("groupA", "isolation").below(0.0),))
MORE = some_claim("T3", kind="built in", decides=(effect("groupA", "isolation").above(0.01),))


@pytest.fixture(autouse=True)
def known(monkeypatch):
    for claim in (EASED, LESS, MORE):
        monkeypatch.setitem(index.CLAIMS, claim.id, claim)


def tried(space, draws, claims=(EASED, LESS, MORE), runs=12, towns=5):
    study = ClaimsStudy.of(claims, runs, 1, SMALL)
    usual = {**defaults(), RELIEF: study.arms[0].values[RELIEF]}
    study.settings[PLAUSIBLE] = Plausible({"first": Plan.of(space, usual, draws, 1)}, towns).told()
    return lived(study)


def by_claim(trial):
    return {one.claim.id: one for one in trial.over.claims}


def test_a_space_of_one_point_gives_the_verdict_at_the_centre():
    at_the_centre = Space.of("first", {RELIEF: [PARAMETERS[RELIEF].default]}, [1.0])
    trial = tried(at_the_centre, 8)
    assert [verdict.word for verdict in trial.verdicts][1:] == [HOLDS, NOT_VERIFIED]
    for verdict in trial.verdicts:
        one = by_claim(trial)[verdict.claim.id]
        assert {share.value for share in one.shares.values()} == {0.0, 1.0}
        assert one.own == {verdict.word: 1.0}
        if verdict.word != UNDETERMINED:
            assert one.shares[CODE[verdict.word]].value == 1.0
    assert by_claim(trial)["T2"].holds[:3] == (1.0, 1.0, 1.0)
    assert by_claim(trial)["T3"].holds[:3] == (0.0, 0.0, 0.0)


def test_a_planted_difference_has_the_share_of_its_weight_and_is_named():
    needs("sklearn")
    chance, rows = np.random.default_rng(2), 60
    relief = np.where(np.arange(rows) < rows / 2, 0.0, 0.5)
    weights = np.where(relief == 0.0, 0.3, 0.7)
    decoys = {name: chance.uniform(*PARAMETERS[name].plausible, rows) for name in DECOYS}
    trial = tried(Space.of("first", {**decoys, RELIEF: relief}, weights), 40)
    found = by_claim(trial)
    assert found["T1"].holds.value == pytest.approx(0.7, abs=0.08)
    assert found["T1"].holds.low < 0.7 < found["T1"].holds.high
    assert found["T1"].holds.low > 0.4
    assert found["T2"].holds.value == 1.0
    where = next(one for one in trial.over.in_short() if one.startswith("T1"))
    assert RELIEF in where
    assert not [name for name in DECOYS if name in where.partition("Over plausible space")[0]]
    row = next(row for row in trial.tables["plausible_claims"].to_pylist() if row["claim"] == "T1")
    assert row["holds"] == found["T1"].holds.value and RELIEF in row["flips"]
    assert row["holds"] + row["without"] + row["fails"] + row["unread"] == pytest.approx(1.0)
    assert "T1" in trial.over.summary()


def test_of_two_points_that_are_all_the_space_holds_the_share_is_that_of_the_draws():
    space = Space.of("first", {RELIEF: [0.0, 0.5]}, [0.25, 0.75])
    trial = tried(space, 20)
    assert by_claim(trial)["T1"].holds.value == pytest.approx(0.75)
    assert trial.over.whole("first")
    with style():
        ((name, drawing),) = trial.over.figures()
    assert name == "plausible" and "T1 first: holds in 75 %" in drawing.description


@pytest.mark.parametrize(
    ("word", "alike", "turned"),
    [(HOLDS, 0.25, True), (FAILS, 0.15, True), (WITHOUT_TOO, 0.6, False), (VERIFIED, 0.25, True)],
)
def test_a_verdict_is_turned_where_most_of_space_has_another(word, alike, turned):
    codes = np.repeat([HELD, TWINS_TOO, FAILED], [5, 12, 3])
    again = np.tile(codes, (10, 1))
    shares = {code: share_over(codes == code, again == code, True) for code in CODES}
    one = ClaimShare("first", EASED, word, codes, shares, {}, None)
    assert (one.as_at_centre.value, one.turned, one.divided) == (pytest.approx(alike), turned, True)


def test_only_what_is_needed_is_lived_at_a_draw():
    study = ClaimsStudy.of(None, 4, 1, SMALL)
    small = study.on_towns(3)
    assert small.lean and small.runs == 3
    assert {claim.kind for claim in small.claims} == {"built in", "emergent", "rival", "held out"}
    assert {arm.name for arm in small.arms} < {arm.name for arm in study.arms}
    weeks = {arm.name: arm.values["run.weeks"] for arm in study.arms}
    assert all(arm.values["run.weeks"] <= weeks[arm.name] for arm in small.arms)
    assert sum(arm.values["run.weeks"] for arm in small.arms) < sum(weeks.values()) / 1.5


def reading(value, low=None, high=None, strict=False):
    from analysis.compare.estimate import Estimate

    return Reading("", "", Estimate(value, value, value, 1), low, high, strict=strict)


@pytest.mark.parametrize("kind", ["emergent", "built in"])
def test_many_draws_are_judged_as_one_would_be(kind):
    none = Estimand((), lambda runs: reading(0.0))
    claim = some_claim("T4", kind, decides=(none.at_least(0.0), none.above(0.0)), true_without=(none.at_most(1.0),))
    values = [-1.0, 0.0, 0.5, 2.0, float("nan")]
    cases = [(a, b, c) for a in values for b in values for c in values]
    codes = codes_of(claim, [np.array([case[k] for case in cases]) for k in (0, 1)], [np.array([c for *_, c in cases])])
    for (a, b, c), code in zip(cases, codes, strict=True):
        word = word_of(claim, [reading(a, 0.0), reading(b, 0.0, strict=True)], [reading(c, high=1.0)])
        assert CODE[word] == code, (a, b, c, word)
    assert {HELD} < set(codes.tolist())
    assert {HOLDS, VERIFIED, FAILS, NOT_VERIFIED, WITHOUT_TOO, UNDETERMINED} == set(CODE)
