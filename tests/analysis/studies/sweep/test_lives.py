"""One point with one seed, lived."""

from __future__ import annotations

import gc
import tracemalloc

import numpy as np
import pytest

from analysis.compare.outcomes import OUTCOME_NAMES, POPULATIONS
from analysis.compare.paired import pair
from analysis.compare.panel import live_panel
from analysis.studies.sweep import lives as module
from analysis.studies.sweep.lives import Lives
from analysis.studies.sweep.plan import Unit
from analysis.studies.sweep.reading import live_looked
from tests.analysis.studies.sweep.sweeps import make_sweep
from tests.builders import SCENARIOS


def test_a_unit_is_what_pairing_by_hand_gives(sweep):
    kept = Lives(sweep).unit(Unit(3, 5))
    for arm, lived in zip(sweep.arms, kept, strict=True):
        values = {**arm.values, "contact.texts_per_week": 3.0, "episodes.social_influence": 1.0, "run.seed": 5}
        found = pair(live_panel(values), live_panel({**values, "group.exists": False}), [3, 6])
        populations = [list(POPULATIONS).index(name) for name in ("joined", "eligible")]
        outcomes = [OUTCOME_NAMES.index(name) for name in ("isolation", "episodes")]
        assert lived.error == ""
        np.testing.assert_array_equal(lived.sums, found.sums[populations][:, :, outcomes])
        assert lived.closed_week == found.closed_week


def count_lives(monkeypatch):
    lived = []

    def counted(values, *rest):
        lived.append(values)
        return live_looked(values, *rest)

    monkeypatch.setattr(module, "live_looked", counted)
    return lived


def test_equal_worlds_are_lived_once(sweep, monkeypatch):
    lived = count_lives(monkeypatch)
    lives = Lives(sweep)
    for point in range(4):
        lives.unit(Unit(point, 1))
    # Two arms at four points; their twins differ only by social influence.
    assert len(lived) == 2 * 4 + 2 == sweep.lives_per_seed
    assert sum(not values["group.exists"] for values in lived) == 2


def test_twins_are_forgotten_when_they_take_too_much_memory(sweep, monkeypatch):
    monkeypatch.setattr(module, "REMEMBERED_BYTES", 1)
    lives = Lives(sweep)
    first = [lives.unit(Unit(point, 1)) for point in range(4)]
    assert len(lives._twins) <= 1
    assert lives._remembered <= 1
    again = [Lives(sweep).unit(Unit(point, 1)) for point in range(4)]
    for one, other in zip(first, again, strict=True):
        np.testing.assert_array_equal(one[0].sums, other[0].sums)


def test_an_arm_without_a_group_has_no_effect_at_all(tmp_path):
    sweep = make_sweep(tmp_path, arms={"absent": str(SCENARIOS / "absent.yaml")}, populations=["eligible"])
    (lived,) = Lives(sweep).unit(Unit(0, 1))
    assert lived.sums[..., 0].min() > 0
    assert not lived.sums[..., 5].any()


def test_a_run_that_breaks_off_keeps_its_error_and_the_others_go_on(sweep, monkeypatch):
    def broken(values, *rest):
        if values["group.acceptance"] < 0.9 and values["group.exists"]:  # the judging group
            raise ValueError("cannot\nlive like this")
        return live_looked(values, *rest)

    monkeypatch.setattr(module, "live_looked", broken)
    good, bad = Lives(sweep).unit(Unit(0, 1))
    assert (good.error, bad.error) == ("", "ValueError: cannot live like this")


def test_lack_of_memory_stops_the_sweep_for_it_is_the_machines(sweep, monkeypatch):
    def broken(values, *rest):
        raise MemoryError

    monkeypatch.setattr(module, "live_looked", broken)
    with pytest.raises(MemoryError):
        Lives(sweep).unit(Unit(0, 1))


def test_a_twin_that_breaks_off_says_why_in_every_row_and_is_not_remembered(sweep, monkeypatch):
    def broken(values, *rest):
        raise ValueError("cannot live")

    monkeypatch.setattr(module, "live_looked", broken)
    lives = Lives(sweep)
    for point in (0, 1):
        assert [lived.error for lived in lives.unit(Unit(point, 1))] == ["ValueError: cannot live"] * 2
    assert not lives._twins


def test_memory_does_not_grow_with_the_number_of_runs(tmp_path, monkeypatch):
    """A thousand tiny towns hold no more than three hundred, once as many twins are remembered as may be."""
    sweep = make_sweep(
        tmp_path, arms={"groupA": str(SCENARIOS / "groupA.yaml")}, seeds=1000, outcomes=["isolation"], years=[0.25],
        set={"people.residents": 3, "run.lead_in_weeks": 1, "run.weeks": 13},
        vary={"contact.texts_per_week": {"values": [0]}},
    )  # fmt: skip
    monkeypatch.setattr(module, "REMEMBERED_BYTES", 2_000_000)
    lives = Lives(sweep)

    def held_after(first, last):
        for seed in range(first, last):
            lives.unit(Unit(0, seed))
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        few = held_after(1, 301)
        many = held_after(301, 1001)
    finally:
        tracemalloc.stop()
    assert few > 500_000  # else nothing was measured
    assert many < few + 500_000
