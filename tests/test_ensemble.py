"""Many lives at once."""

from __future__ import annotations

import pytest

from sim.ensemble import available_cores, run_many
from sim.life import Life
from tests.builders import small_values


def lives(many):
    return [small_values(run__seed=seed, run__weeks=5) for seed in range(many)]


@pytest.mark.parametrize("threads", [1, 2])
def test_results_come_in_the_order_given(threads):
    assert list(run_many(lives(20), lambda life: life.values["run.seed"], threads=threads)) == list(range(20))


@pytest.mark.parametrize("threads", [1, 2])
def test_every_life_is_finished_and_has_the_history_asked_for(threads):
    kept = list(run_many(lives(3), lambda life: (life.week, len(life.history)), history_every=5, threads=threads))
    assert kept == [(5, 2)] * 3


def test_lives_may_come_from_a_source_without_end():
    def endless():
        seed = 0
        while True:
            yield small_values(run__seed=seed, run__weeks=1)
            seed += 1

    results = run_many(endless(), lambda life: life.values["run.seed"], threads=2)
    assert [next(results) for _ in range(5)] == [0, 1, 2, 3, 4]
    results.close()


@pytest.mark.parametrize("threads", [1, 2])
def test_what_goes_wrong_in_a_life_is_not_hidden(threads):
    def keep(life: Life):
        if life.values["run.seed"] == 3:
            raise RuntimeError("the third")
        return life.week

    with pytest.raises(RuntimeError, match="the third"):
        list(run_many(lives(6), keep, threads=threads))


def test_no_lives_give_no_results():
    assert list(run_many([], Life.digest, threads=2)) == []


def test_there_is_at_least_one_core():
    assert available_cores() >= 1
