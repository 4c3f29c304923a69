"""Registers: groups that last are seen oftener; told from which age each was watched, the curve is put right."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.studies.patterns.looks import GroupLife
from analysis.studies.study.register import ended_by, ended_share, repeat_register
from tests.analysis.needs import needs
from tests.analysis.studies.study.planted import study

needs("statsmodels")
LIVED = np.ceil(np.random.default_rng(1).exponential(156 / np.log(2), 20_000)).astype(int)  # half end within 3 years


def life(weeks):
    return GroupLife(int(weeks), 1, {}, np.zeros((0, 4)))


LIVES = [life(weeks) for weeks in LIVED]


def register(**analysis):
    return study(people={"who": "groups", "weeks": [0, 572], "towns": 100}, instruments={}, follow_ups=[],
                 analysis={"by": "survival", "years": 3, "about": "taking part"} | analysis)  # fmt: skip


def made(**analysis):
    said = register(**analysis)
    said = said.model_copy(update={"instruments": {}})
    return repeat_register(said, LIVES, 60)


def test_only_open_groups_seen_makes_groups_live_longer_than_they_do():
    found = made()
    assert found.about[0, 0] == pytest.approx(0.5, abs=0.02)
    assert found.published[:, 0, 0, 0].mean() < 0.2
    biases = dict(zip(found.steps, found.biases.mean(axis=0), strict=True))
    assert biases["length bias"] < -0.3
    assert biases["comparison"] == pytest.approx(0, abs=0.05)
    assert np.all(found.people == 100)


def test_told_from_when_on_each_was_watched_it_is_put_right():
    found = made(corrected=True)
    assert found.published[:, 0, 0, 0].mean() == pytest.approx(0.5, abs=0.05)
    assert found.covered()[0, 0] > 0.8
    assert np.all(found.biases[:, 0] == 0)


def test_watched_from_the_beginning_the_curve_is_the_share_that_ended():
    ended = LIVED <= 156
    found = ended_by(np.minimum(LIVED, 156), ended, None, 156)
    assert found.estimate == pytest.approx(ended.mean())
    assert found.low < ended.mean() < found.high
    assert np.isnan(ended_by(LIVED[:2], ended[:2], None, 156).estimate)


def test_a_group_that_is_still_open_has_not_ended_even_if_the_run_is_no_longer():
    still_open = GroupLife(156, 0, {}, np.zeros((0, 4)))
    assert ended_share(register(), [life(156), still_open]) == 0.5
    assert np.isnan(ended_share(register(), []))
