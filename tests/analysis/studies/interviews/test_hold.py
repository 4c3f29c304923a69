"""Interviews held: planted worlds, worlds without effects, and the same on any number of threads."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.studies.interviews.gap import gaps
from analysis.studies.interviews.hold import NOT_ASKED, Interviews, Town, all_heard, hold
from analysis.studies.interviews.statements import DEFAULTS, SETS, STATEMENT_IDS, STATEMENTS
from analysis.studies.interviews.verdict import TOGETHER, ratios, sensitivity, shares
from analysis.studies.interviews.worlds import ALL_OFF
from tests.analysis.studies.interviews.planted import EVERYTHING_TRUE, NOTHING_TRUE, planted, seen, small_group


def by(found, **wanted):
    rows = [row for row in found if all(getattr(row, name) == value for name, value in wanted.items())]
    assert len(rows) == 1
    return rows[0]


@pytest.fixture(scope="module")
def opposite():
    """Everything is true with the effects on, and nothing with them off."""
    return [planted(EVERYTHING_TRUE, NOTHING_TRUE), planted(EVERYTHING_TRUE, NOTHING_TRUE, 30, name="group B")]


def test_planted_worlds_are_heard_as_planted(opposite):
    found = list(shares(opposite, DEFAULTS))
    for what in (*SETS, *STATEMENT_IDS):
        assert by(found, group="group A", world="on", what=what, size="four or more").share.value == 1.0
        assert by(found, group="group A", world="off", what=what, size="four or more").share.value == 0.0
    odds = list(ratios(opposite, DEFAULTS))
    one = by(odds, group="group A", what="everything", above="on", below="off").ratio
    both = by(odds, group=TOGETHER, what="everything", above="on", below="off").ratio
    assert one.kind == both.kind == "at least"
    assert both.low > one.low > 3
    assert by(odds, group=TOGETHER, what="everything", above="company", below="off").ratio.kind == "unknown"


def test_worlds_that_are_the_same_have_a_ratio_of_exactly_one():
    same = [planted(EVERYTHING_TRUE, EVERYTHING_TRUE)]
    for odds in ratios(same, DEFAULTS):
        if odds.below != "twins":
            assert (odds.ratio.value, odds.ratio.low, odds.ratio.high) == (1.0, 1.0, 1.0)


def test_twins_are_asked_of_change_only(opposite):
    answers = opposite[0].answers("twins", DEFAULTS)
    about_group = np.array([s.about == "group" for s in STATEMENTS])
    assert (answers[:, about_group] == NOT_ASKED).all()
    assert (answers[:, ~about_group] == 0).all()
    found = list(shares(opposite, DEFAULTS))
    assert by(found, group="group A", world="twins", what="everything", size="four or more").share is None
    assert by(found, group="group A", world="twins", what="change", size="four or more").share.of == 20
    assert not [o for o in ratios(opposite, DEFAULTS) if o.below == "twins" and o.what in ("everything", "friends")]


@pytest.mark.parametrize(("regulars", "size"), [(4, "exactly four"), (7, "four or more"), (2, "fewer than four")])
def test_groups_count_by_their_regulars(regulars, size):
    one = planted(EVERYTHING_TRUE, NOTHING_TRUE, regulars=regulars)
    assert (one.answers("on", DEFAULTS, size) == 1).all()
    assert (one.answers("on", DEFAULTS, "fewer than four") == 1).all() == (regulars < 4)
    assert (one.answers("on", DEFAULTS) == 1).all() == (regulars >= 4)


def test_groups_that_closed_are_not_interviewed_and_each_world_has_its_own_survivors():
    lasted = planted(EVERYTHING_TRUE, EVERYTHING_TRUE, groups=6)
    towns = [
        Town(k, town.worlds | ({"off": seen(NOTHING_TRUE, 0)} if k < 4 else {"on": seen(NOTHING_TRUE, 0)}), town.gap)
        for k, town in enumerate(lasted.towns)
    ]
    one = Interviews(lasted.arm, towns)
    assert all_heard(one.answers("on", DEFAULTS), "everything").tolist() == [1, 1, 1, 1, -1, -1]
    assert all_heard(one.answers("off", DEFAULTS), "everything").tolist() == [-1, -1, -1, -1, 1, 1]
    odds = by(ratios([one], DEFAULTS), what="everything", above="on", below="off")
    assert odds.ratio.value == 1.0
    assert odds.ratio.low < 1 < odds.ratio.high, "four groups and two are too few to be sure"


def test_a_whole_set_is_heard_where_all_of_it_is():
    answers = np.ones((3, len(STATEMENTS)), np.int8)
    answers[1, STATEMENT_IDS.index("shame")] = 0
    answers[2] = NOT_ASKED
    assert all_heard(answers, "everything").tolist() == [1, 0, -1]
    assert all_heard(answers, "not built in").tolist() == [1, 1, -1]


def test_optimism_takes_the_ratio_to_one(opposite):
    """Where all that is told is optimism, and ties are the same, interviews tell nothing."""
    untrue = NOTHING_TRUE | {name: EVERYTHING_TRUE[name] for name in ("judged", "strongest_tie", "contacts", "helped")}
    tied = untrue | {"mean_tie": 0.9, "told_outside": (0.0, 1.0)}
    one = [planted(EVERYTHING_TRUE, tied)]
    for v in sensitivity(one, DEFAULTS):
        if v.what == "everything" and v.varied == "noticing and optimism":
            off = v.heard["group A", "off"].value
            enough = 0.9 * v.assumed["optimism"] >= max(v.assumed["noticing"], v.assumed["lessened"])
            assert off == float(enough)
            assert v.ratio.value == (1.0 if enough else float("inf"))


def test_the_grid_holds_every_assumption_at_both_ends(opposite):
    found = list(sensitivity(opposite, DEFAULTS))
    assert len(found) == (16 + 2 * 4) * 2 * len(SETS)
    assert {v.varied for v in found} == {"noticing and optimism", "lessened", "friend", "contacts", "judged"}


@pytest.fixture(scope="module")
def held():
    arms = [small_group("groupA"), small_group("groupB")]
    return arms, hold(arms, 1, 6, threads=1)


def flat(held):
    return [
        (one.arm.name, town.seed, world, name, column.tolist())
        for one in held
        for town in one.towns
        for world, group in town.worlds.items()
        for name, column in group.columns.items()
    ]


def test_no_two_kinds_share_a_town(held):
    seeds = [[town.seed for town in one.towns] for one in held[1]]
    assert seeds == [[1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]]


def test_the_same_on_any_number_of_threads(held):
    arms, one = held
    again = hold(arms, 1, 6, threads=3)
    assert repr(flat(one)) == repr(flat(again))
    assert all(
        np.array_equal(a.gap, b.gap)
        for x, y in zip(one, again, strict=True)
        for a, b in zip(x.towns, y.towns, strict=True)
    )


def test_progress_is_told_in_lives(held):
    told = []
    hold(held[0][:1], 1, 2, threads=1, progress=lambda done, total: told.append((done, total)))
    assert told == [(4, 8), (8, 8)]


def test_a_town_is_kept_in_little_memory(held):
    for one in held[1]:
        for town in one.towns:
            columns = [c for group in town.worlds.values() for c in group.columns.values()]
            assert sum(c.nbytes for c in columns) + town.gap.nbytes < 12_000
            assert all(c.base is None or c.base.nbytes < 10_000 for c in columns), "holds on to a whole history"


def test_with_effects_at_zero_on_and_off_are_the_same_world_and_every_ratio_is_one():
    nothing = {name.replace(".", "__"): value for name, (value, _) in ALL_OFF.items()}
    arms = [small_group("groupA", **nothing), small_group("groupB", **nothing)]
    held = hold(arms, 1, 5)
    assert sum(one.chosen("on").sum() for one in held) >= 3
    # All that could be noticed is: so that something is heard in every group.
    heard = 0
    for odds in ratios(held, DEFAULTS):
        if (odds.above, odds.below) == ("on", "off"):
            heard += odds.ratio.kind == "estimate"
            assert odds.ratio.kind == "unknown" or (odds.ratio.value, odds.ratio.low, odds.ratio.high) == (
                1.0,
                1.0,
                1.0,
            )
    assert heard > 3
    for one in held:
        for gap in gaps([town.gap for town in one.towns]):
            assert gap.people == 0 or gap.difference.value == 0.0
