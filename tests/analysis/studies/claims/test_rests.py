"""What a verdict rests on is found by moving one thing at a time."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.compare.comparison import compare
from analysis.compare.estimate import Estimate
from analysis.studies.claims import rests, study
from analysis.studies.claims.arms import arms_for
from analysis.studies.claims.declare import FAILS, HOLDS, UNDETERMINED, Reading
from analysis.studies.claims.moves import HIGH, LOW, OFF, ZERO, Move, moves_of
from analysis.studies.claims.read import effect
from analysis.studies.claims.rests import SETTLED, STANDS, TURNED, UNSETTLED, first_of, shifts_of, tried
from analysis.studies.claims.study import ClaimsStudy
from analysis.studies.claims.totals import totals_of
from sim.parameters import PARAMETERS
from sim.scenario import load_account
from tests.analysis.studies.claims.conftest import SMALL, some_claim

LONELIER = some_claim("T1", decides=(effect("groupA", "isolation").below(0.0),))
TIED = (
    Move("mechanisms.ties", OFF, False, True),
    Move("outside.accepted", HIGH, 0.5, PARAMETERS["outside.accepted"].default),
)


@pytest.fixture(scope="module")
def trial():
    return ClaimsStudy.of([LONELIER], 12, 1, SMALL, rests=0)


@pytest.fixture
def lived(trial):
    return compare(trial.arms, trial.seeds, totals=totals_of)


def only(monkeypatch, *moves):
    monkeypatch.setattr(rests, "moves_of", lambda arms: list(moves))


def test_a_claim_about_ties_is_lost_without_ties_alone(lived, monkeypatch):
    only(monkeypatch, *TIED)
    ties, accepted = shifts_of([LONELIER], lived, 8)
    assert ties.before == HOLDS and ties.what in (TURNED, UNSETTLED)
    assert ties.shift.low > 0
    assert abs(ties.expected.value) < abs(ties.reading.estimate.value) / 5  # hardly anything is left of the effect
    assert accepted.what == STANDS


def test_no_move_no_shift(lived, monkeypatch):
    same = PARAMETERS["ties.growth_per_hour"].default
    only(monkeypatch, Move("ties.growth_per_hour", LOW, same, same))
    assert shifts_of([LONELIER], lived, 8) == []


def test_a_shift_is_that_of_the_same_towns(lived, monkeypatch):
    only(monkeypatch, TIED[1])
    (shift,) = shifts_of([LONELIER], lived, 5)
    moved = compare([TIED[1].of(lived["groupA"].arm)], range(1, 6), totals=totals_of)
    few = effect("groupA", "isolation")({"groupA": first_of(lived["groupA"], 5)}).estimate.value
    assert shift.shift.value == pytest.approx(effect("groupA", "isolation")(moved).estimate.value - few)
    assert shift.shift.low <= shift.shift.value <= shift.shift.high


@pytest.mark.parametrize(
    ("before", "after", "shift", "what"),
    [
        (HOLDS, HOLDS, (1.0, 2.0), STANDS),
        (HOLDS, FAILS, (-1.0, 2.0), TURNED),
        (HOLDS, UNDETERMINED, (1.0, 2.0), UNSETTLED),
        (HOLDS, UNDETERMINED, (-1.0, 2.0), STANDS),
        (UNDETERMINED, HOLDS, (1.0, 2.0), SETTLED),
        (UNDETERMINED, HOLDS, (-1.0, 2.0), STANDS),
    ],
)
def test_what_becomes_of_a_verdict(before, after, shift, what):
    assert rests._what(before, after, Estimate(sum(shift) / 2, *shift, 5)) == what


def of(value, half, drawn=None):
    """A figure, the half width of its interval, and its draws."""
    return Reading(
        "x", "y", Estimate(value, value - half, value + half, 9, draws=np.zeros(0) if drawn is None else drawn)
    )


def test_what_is_expected_is_as_uncertain_as_both():
    draws = np.random.default_rng(1).normal(0.5, 0.1, 1999)
    whole, part, now = of(1.0, 0.3), of(0.0, 0.2, draws * 0), of(0.5, 0.2, draws)
    expected, shift = rests._expected(whole, part, now)
    assert (
        shift.value == 0.5 and shift.low == pytest.approx(0.3, abs=0.03) and shift.high == pytest.approx(0.7, abs=0.03)
    )
    assert expected.estimate.value == 1.5
    assert expected.estimate.high - 1.5 == pytest.approx(np.hypot(0.3, 0.2), abs=0.03)


def test_everything_at_work_is_moved_and_nothing_else():
    for name in ("first", "nothing", "full"):
        arms = arms_for({"groupA": 104, "groupB": 104}, account=load_account(name))
        moves = moves_of(arms)
        usual = arms[0].values
        assert {m.name for m in moves if m.to == OFF} == {n for n in usual if n.startswith("mechanisms.") and usual[n]}
        for move in moves:
            assert move.value != usual[move.name]
            if move.to in (LOW, HIGH):
                low, high = PARAMETERS[move.name].plausible
                assert move.value == PARAMETERS[move.name].kind(low if move.to == LOW else high)
            if move.to == ZERO:
                assert move.value == 0
    assert not [
        m for m in moves_of(arms_for({"groupA": 104}, account=load_account("nothing"))) if m.name == "meeting.learn"
    ]


def test_an_arm_keeps_what_it_is_about():
    arms = {arm.name: arm for arm in arms_for({"groupA": 104, "breach 0.1": 104})}
    move = Move("group.breach_prob", ZERO, 0.0, arms["groupA"].values["group.breach_prob"])
    assert move.of(arms["groupA"]).values["group.breach_prob"] == 0.0
    assert move.of(arms["breach 0.1"]) is arms["breach 0.1"]


def test_what_is_explored_or_undecided_is_not_moved():
    assert tried([some_claim("T2"), some_claim("T3", kind="explored", decides=LONELIER.decides)]) == []
    assert tried([some_claim("T4", decides=LONELIER.decides, beside=LONELIER.decides)])[0].beside == ()


def test_a_trial_tells_what_was_found(monkeypatch):
    only(monkeypatch, *TIED)
    monkeypatch.setattr(study, "moves_of", lambda arms: list(TIED))
    told = []
    asked = ClaimsStudy.of(study.claims_of(["C33", "C12"]), 6, 1, SMALL, rests=4)
    found = asked.live(progress=lambda done, total: told.append((done, total)))
    assert {shift.claim.id for shift in found.shifts} == {"C33"}
    assert found.tables["moved"].num_rows == len(found.shifts)
    assert found.tables["rests_on"].num_rows <= found.tables["moved"].num_rows
    assert told[-1][0] == told[-1][1] and all(done <= total for done, total in told)
    page = found.report()
    assert "What the verdicts rest on" in page and "in 4 of the towns" in page
    assert "C33" in found.summary()


def test_without_asking_the_report_says_how_to_ask(small_trial):
    assert "claims --rests 20" in small_trial.report()
    assert "rests_on" not in small_trial.tables
