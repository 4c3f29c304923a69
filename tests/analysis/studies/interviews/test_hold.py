"""Interviews held: planted worlds, lived ones, and the same on any number of threads."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.studies.interviews.hold import Interviews, hold
from analysis.studies.interviews.statements import DEFAULTS, STATEMENTS
from tests.analysis.studies.interviews.planted import EVERYTHING_TRUE, NOTHING_TRUE, planted, small_group, town

SEEDS = {"group A": 1, "group B": 7}
KINDS = ["group A", "group A", "group B", "group B"]


@pytest.mark.parametrize(
    ("regulars", "sizes"), [(4, {"exactly four", "four or more"}), (7, {"four or more"}), (2, set())]
)
def test_groups_count_by_their_regulars(regulars, sizes):
    one = planted("full", EVERYTHING_TRUE, groups=5, regulars=regulars)
    for size in ("exactly four", "four or more"):
        counts = one.true_of(DEFAULTS, size)
        assert counts.shape == (5 if size in sizes else 0, len(STATEMENTS))
        assert (counts == 4).all()


def test_groups_that_closed_are_not_interviewed_and_no_one_is_mixed_up():
    one = planted("full", NOTHING_TRUE, groups=0)
    for k, (told, regulars) in enumerate(
        ((EVERYTHING_TRUE, 4), (NOTHING_TRUE, 0), (NOTHING_TRUE, 6), (EVERYTHING_TRUE, 3))
    ):
        one.towns.append(town(k, told, regulars))
    assert one.chosen("four or more").tolist() == [True, False, True, False]
    assert one.true_of(DEFAULTS, "four or more").sum(axis=1).tolist() == [4 * len(STATEMENTS), 0]
    assert one.true_of(DEFAULTS, "exactly four").tolist() == [[4] * len(STATEMENTS)]


@pytest.fixture(scope="module")
def held():
    arms = [small_group(file, account=account) for file in ("groupA", "groupB") for account in ("nothing", "full")]
    return arms, hold(arms, KINDS, SEEDS, 6, threads=1)


def flat(held: list[Interviews]):
    return [
        (one.arm.name, town.seed, name, column.tolist(), town.gap.tolist())
        for one in held
        for town in one.towns
        for name, column in town.columns.items()
    ]


def test_no_two_kinds_share_a_town_and_all_accounts_do(held):
    seeds = {(one.kind, one.account): [town.seed for town in one.towns] for one in held[1]}
    assert seeds == {
        ("group A", "nothing"): [1, 2, 3, 4, 5, 6], ("group A", "full"): [1, 2, 3, 4, 5, 6],
        ("group B", "nothing"): [7, 8, 9, 10, 11, 12], ("group B", "full"): [7, 8, 9, 10, 11, 12],
    }  # fmt: skip


def test_the_same_on_any_number_of_threads(held):
    arms, one = held
    assert repr(flat(one)) == repr(flat(hold(arms, KINDS, SEEDS, 6, threads=3)))


def test_progress_is_told_in_lives(held):
    told = []
    hold(held[0][:1], KINDS[:1], SEEDS, 2, threads=1, progress=lambda done, total: told.append((done, total)))
    assert told == [(2, 4), (4, 4)]


def test_where_nothing_comes_of_meeting_everybody_is_as_the_twin(held):
    for one in held[1]:
        columns, _ = one.telling(DEFAULTS)
        same = all(
            np.array_equal(columns.columns[f"{name}_now"], columns.columns[f"{name}_twin"], equal_nan=True)
            for name in ("isolation", "stigma", "understanding", "coping", "distress", "episodes")
        )
        assert len(columns.columns["id"]) > 8
        assert same == (one.account == "nothing")


def test_a_town_is_kept_in_little_memory(held):
    for one in held[1]:
        for each in one.towns:
            columns = list(each.columns.values())
            assert sum(c.nbytes for c in columns) + each.gap.nbytes < 4_000
            assert all(c.base is None or c.base.nbytes < 10_000 for c in columns), "holds on to a whole history"
