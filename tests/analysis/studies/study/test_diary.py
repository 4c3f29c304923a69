"""Diaries: weeks with a contact against weeks without, of the same person."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.studies.study import diary
from tests.analysis.studies.study.planted import study

SAID = study(people={"who": "members", "weeks": [52]}, follow_ups=[], diary={"weeks": 4},
             instruments={"distress": {}}, analysis={"by": "within person", "outcome": "distress",
                                                     "about": "taking part"})  # fmt: skip


def planted(effect, n=40, seed=1):
    """Members who call in weeks that are hard, and to whom a call does something: entries of one town."""
    rng = np.random.default_rng(seed)
    hard = rng.random((4, n)) < 0.5
    contact = hard ^ (rng.random((4, n)) < 0.2)
    twin = 0.3 + 0.3 * hard + 0.05 * rng.standard_normal((4, n))
    return (twin + effect * contact)[None], twin[None], contact


def test_it_reports_that_contact_goes_with_distress_though_it_eases_it(monkeypatch):
    monkeypatch.setattr(diary, "_entries", lambda said, town: planted(-0.1, seed=town))
    found = diary.repeat_diary(SAID, range(30), 40)
    assert found.published[:, 0, 0, 0].mean() > 0.05
    assert found.about[0, 0] == pytest.approx(-0.1)
    assert found.same[:, 0, 0] == pytest.approx(-0.1)
    biases = dict(zip(found.steps, found.biases.mean(axis=0), strict=True))
    assert biases["which weeks"] > 0.15
    assert found.biases.sum(axis=1) == pytest.approx(found.rungs[:, 0] - found.rungs[:, -1])


def test_nothing_is_said_of_somebody_who_always_calls_or_never():
    values, contact = np.arange(8.0).reshape(1, 4, 2), np.array([[True, True]] * 4)
    contact[0, 1] = False
    apart = diary._apart(values, contact)
    assert np.isnan(apart[0, 0])
    assert apart[0, 1] == pytest.approx(np.mean([3, 5, 7]) - 1)


def test_weeks_that_are_not_filled_in_do_not_count():
    values, contact = np.arange(4.0).reshape(1, 4, 1), np.array([[True], [False], [True], [False]])
    filled = np.array([[True], [True], [False], [True]])
    assert diary._apart(values, contact, filled)[0, 0] == pytest.approx(0 - 2)
