"""A life that breaks off is named by arm and seed, and the towns before it are kept."""

from __future__ import annotations

import pytest

from analysis.compare.broken import BrokeOff
from analysis.studies.patterns import study as module
from analysis.studies.patterns.study import PatternsStudy
from tests.analysis.studies.overturn.conftest import small_arm


def test_a_life_that_breaks_off_is_named_by_arm_and_seed(monkeypatch):
    arm = small_arm(run__weeks=60, run__lead_in_weeks=4)
    live = module.live_group

    def breaking(arm, seed):
        if seed == 4:
            raise FloatingPointError("out\nof hand")
        return live(arm, seed)

    monkeypatch.setattr(module, "live_group", breaking)
    words = rf"the life of arm '{arm.name}' with seed 4 broke off \(FloatingPointError: out of hand\)"
    with pytest.warns(UserWarning, match=words):
        found = PatternsStudy([arm], 3, 3).live(threads=1)
    assert found.finished == 1
    assert "1 town, seed 3; each lived with its group and without" in found.summary()
    with pytest.raises(BrokeOff, match=words):
        PatternsStudy([arm], 4, 3).live(threads=1)


def test_lack_of_memory_is_not_put_down_to_a_life(monkeypatch):
    def full(arm, seed):
        raise MemoryError

    monkeypatch.setattr(module, "live_group", full)
    with pytest.raises(MemoryError):
        PatternsStudy([small_arm(run__weeks=60, run__lead_in_weeks=4)], 3, 1).live(threads=1)
