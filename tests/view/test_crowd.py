"""Many lives behind the one: the same numbers as an ensemble, honest bands, and an end when it is asked for."""

import numpy as np
import pytest

from sim.ensemble import run_many
from sim.state import MEMBER
from tests.view.towns import choices_of, lived
from view.many import LOOK_EVERY, come_to, sums_of
from view.snapshot import MEASURES, WITH, WITHOUT

SCENARIO = choices_of("groupA", joining__publicity_per_year=1.0).scenario


@pytest.fixture(scope="module")
def found():
    pairs = [sums_of(SCENARIO.values, seed) for seed in range(1, 31)]
    return np.array([sums for sums, _ in pairs]), np.array([members for _, members in pairs])


def test_sums_are_those_of_an_ensemble_of_pairs(found):
    values = {**SCENARIO.values, "run.seed": 7}
    life, twin = run_many([values, {**values, "group.exists": False}], lambda one: one, history_every=1)
    member = life.history[40].status == MEMBER
    for which, one in ((WITH, life), (WITHOUT, twin)):
        for m, name in enumerate(MEASURES):
            assert found[0][6, which, 40, m] == one.history[40][name][member].sum()


def test_sums_are_those_of_the_life_that_is_shown(found):
    lives = lived("groupA", 80, joining__publicity_per_year=1.0, run__seed=1)
    assert np.array_equal(lives.snapshot.members, found[1][0])
    np.testing.assert_allclose(lives.snapshot.sums, found[0][0], rtol=1e-12)


def test_bands_are_quantiles_over_the_lives_that_have_members(found):
    sums, members = found
    many = come_to(sums, members)
    week = 26
    some = members[:, week] > 0
    assert some.sum() >= 20
    own = sums[some, WITH, week, 0] / members[some, week]
    np.testing.assert_allclose(many.bands["isolation"][WITH, :, week], np.quantile(own, [0.1, 0.5, 0.9]))
    gap = own - sums[some, WITHOUT, week, 0] / members[some, week]
    look = many.gaps["isolation"]
    assert look.value[week // LOOK_EVERY] == pytest.approx(gap.mean())
    assert look.low[week // LOOK_EVERY] < gap.mean() < look.high[week // LOOK_EVERY]


def test_a_band_of_few_lives_is_not_drawn(found):
    sums, members = found
    many = come_to(sums[:15], members[:15])
    assert all(np.isnan(band).all() for band in many.bands.values())


@pytest.fixture
def crowd():
    return pytest.importorskip("view.crowd", reason="the page needs the extra view", exc_type=ImportError).Crowd()


def test_it_is_lived_in_the_background_and_can_be_stopped(crowd):
    crowd.start(SCENARIO, 20).join()
    assert crowd.many.value.lives == 20
    assert crowd.done.value is None
    thread = crowd.start(SCENARIO, 10_000)
    crowd.stop()
    thread.join(60)
    assert not thread.is_alive()
    assert crowd.many.value is None


def test_what_cannot_be_lived_is_said(crowd, capsys, monkeypatch):
    def broken(values, seed):
        raise ValueError("no such town")

    monkeypatch.setattr("view.crowd.sums_of", broken)
    crowd.start(SCENARIO, 5).join()
    assert "no such town" in crowd.problem.value
    assert "Traceback" in capsys.readouterr().err
