"""Many lives at once."""

from __future__ import annotations

import pytest

from sim.ensemble import available_cores, run_many
from sim.life import Life
from sim.scenario import ScenarioError
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


@pytest.mark.parametrize("threads", [1, 2])
def test_a_bad_life_is_named_by_its_seed_and_values_and_those_before_it_are_kept(threads):
    many = lives(6)
    many[4] |= {"group.acceptance": 7.0}
    kept = []
    with pytest.raises(ScenarioError) as caught:
        kept.extend(run_many(many, lambda life: life.values["run.seed"], threads=threads))
    assert "life 5 (run.seed 4, group.acceptance 7.0): group.acceptance: found 7.0, expected a number" in str(
        caught.value
    )
    results = run_many(many, lambda life: life.values["run.seed"], threads=threads)
    assert [next(results) for _ in range(4)] == [0, 1, 2, 3]


@pytest.mark.parametrize("threads", [1, 2])
def test_in_place_of_a_bad_life_something_else_may_stand_and_the_rest_goes_on(threads):
    many = lives(6)
    many[2] |= {"people.residents": -5}
    many[4] = "no life at all"
    said = run_many(
        many, lambda life: life.values["run.seed"], threads=threads, instead=lambda values, error: str(error)
    )
    kept = list(said)
    assert [kept[k] for k in (0, 1, 3, 5)] == [0, 1, 3, 5]
    assert "found -5" in kept[2]
    assert "found str, expected parameters by name" in kept[4]


def test_another_error_says_in_which_life_it_was():
    def keep(life):
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no") as caught:
        list(run_many(lives(1), keep, threads=1))
    assert caught.value.__notes__ == ["in life 1 (run.seed 0)"]


def test_no_lives_give_no_results():
    assert list(run_many([], Life.digest, threads=2)) == []


def test_there_is_at_least_one_core():
    assert available_cores() >= 1
