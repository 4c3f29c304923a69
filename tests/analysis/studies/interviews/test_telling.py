"""Noise in telling and coding: exact chances, held against interviews that are drawn one by one."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.studies.interviews.statements import DEFAULTS, NO_NOISE, STATEMENT_IDS, STATEMENTS
from analysis.studies.interviews.telling import chances_of_a_code, chances_of_hearing, how_many, over_pairs

NOISY = DEFAULTS | {"silence": 0.1, "kindness": 0.15, "coding": 0.7}
NEEDED = {"all": 8, "most": 5, "many": 4, "some": 1}


def test_without_noise_what_is_true_is_coded_and_nothing_else():
    assert chances_of_a_code(DEFAULTS | NO_NOISE) == (1.0, 0.0)


def test_a_coder_who_sees_nothing_tosses_a_coin():
    assert chances_of_a_code(DEFAULTS | {"coding": 0.0}) == (0.5, 0.5)


def test_two_coders_agree_with_the_kappa_that_is_assumed():
    if_true, if_not = chances_of_a_code(NO_NOISE | {"coding": 0.7})
    both_yes = (if_true**2 + if_not**2) / 2
    both_no = ((1 - if_true) ** 2 + (1 - if_not) ** 2) / 2
    agreed, by_chance = both_yes + both_no, 0.5
    assert (agreed - by_chance) / (1 - by_chance) == pytest.approx(0.7)


def test_without_noise_a_statement_is_heard_from_as_many_as_the_wording_asks():
    found = chances_of_hearing(8, DEFAULTS | NO_NOISE)
    for row, statement in zip(found, STATEMENTS, strict=True):
        assert row.tolist() == [float(true >= NEEDED[statement.wording]) for true in range(9)]
    half = chances_of_hearing(8, DEFAULTS | NO_NOISE, half=True)
    assert (half == (np.arange(9) >= 4)).all()


def test_chances_are_those_of_interviews_drawn_one_by_one():
    """Four standard errors of 40,000 studies; 99 figures, of a fixed seed."""
    rng, studies = np.random.default_rng(3), 40_000
    found = chances_of_hearing(8, NOISY)
    sees = np.sqrt(NOISY["coding"])
    for true in range(9):
        says = np.arange(8) < true
        told = np.where(
            says, rng.random((studies, 8)) >= NOISY["silence"], rng.random((studies, 8)) < NOISY["kindness"]
        )
        coin = rng.random((studies, 8)) < 0.5
        coded = np.where(rng.random((studies, 8)) < sees, told, coin).sum(axis=1)
        for k, statement in enumerate(STATEMENTS):
            heard = (coded >= NEEDED[statement.wording]).mean()
            error = np.sqrt(max(found[k, true] * (1 - found[k, true]), 1e-6) / studies)
            assert abs(heard - found[k, true]) < 4 * error


def test_the_more_it_is_true_of_the_likelier_it_is_heard():
    found = chances_of_hearing(8, NOISY)
    assert (np.diff(found, axis=1) >= 0).all()
    assert ((found >= 0) & (found <= 1)).all()


def test_every_pair_of_groups_is_a_study_that_could_have_been_made(monkeypatch):
    rng = np.random.default_rng(1)
    counts = [rng.integers(0, 5, (7, len(STATEMENTS))), rng.integers(0, 5, (3, len(STATEMENTS)))]
    chances = chances_of_hearing(8, NOISY)
    whole = np.concatenate(list(over_pairs(counts, chances)))
    assert whole.shape == (7, 3, len(STATEMENTS))
    assert whole[5, 2, 1] == chances[1, counts[0][5, 1] + counts[1][2, 1]]
    monkeypatch.setattr("analysis.studies.interviews.telling.MOST_AT_ONCE", 1)
    parts = list(over_pairs(counts, chances))
    assert len(parts) == 7
    assert np.array_equal(np.concatenate(parts), whole)


def test_of_one_kind_a_study_is_one_group():
    counts = [np.full((2, len(STATEMENTS)), 4)]
    (found,) = over_pairs(counts, chances_of_hearing(4, DEFAULTS | NO_NOISE))
    assert found.shape == (2, 1, len(STATEMENTS))
    assert (found == 1).all()


def test_how_many_is_the_sum_of_independent_chances():
    chance = np.random.default_rng(2).random((3, 2, len(STATEMENT_IDS)))
    found = how_many(chance)
    assert found.sum(axis=-1) == pytest.approx(np.ones((3, 2)))
    assert found @ np.arange(len(STATEMENT_IDS) + 1) == pytest.approx(chance.sum(axis=-1))
    assert found[..., -1] == pytest.approx(chance.prod(axis=-1))
    assert found[..., 0] == pytest.approx((1 - chance).prod(axis=-1))
