"""Arms on the same people with the same lives: exactly zero, lived once, the same on any threads, interruptible."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.compare import comparison
from analysis.compare.broken import BrokeOff
from analysis.compare.comparison import Paired, compare, live_panels, worlds_of
from analysis.compare.outcomes import GROUP_MEASURES, OUTCOME_NAMES, POPULATIONS
from analysis.compare.paired import COURSE, SUMS, YARDSTICK, pair
from analysis.compare.panel import live_panel
from tests.analysis.small import RUNS, arm, life_and_twin

SHORT = {"run__weeks": 52}


def same(one, other):
    """Whether two comparisons of an arm agree to the last bit."""
    assert one.seeds == other.seeds
    assert one.rows == other.rows
    assert one.sums.tobytes() == other.sums.tobytes()
    assert one.course.tobytes() == other.course.tobytes()
    for name, column in one.people.items():
        assert column.tobytes() == other.people[name].tobytes(), name
    for measure in GROUP_MEASURES:
        assert one.group(measure).tobytes() == other.group(measure).tobytes(), measure
    assert (one.closed_week == other.closed_week).all()
    assert (one.closed_reason == other.closed_reason).all()
    return True


# No group against no group.


def test_no_group_against_no_group_is_exactly_zero_for_every_outcome_population_and_time(compared):
    absent = compared["absent"]
    sums = dict(zip(SUMS, np.moveaxis(absent.sums, -1, 0), strict=True))
    for name in ("difference", "difference_squared", "gained", "lost"):
        assert not sums[name].any(), name
    assert np.array_equal(sums["life"], sums["twin"])
    assert np.array_equal(sums["life_change"], sums["twin_change"])
    assert (sums["people"][:, 0] > 5).all(), "everyone eligible, at all times, of all outcomes"
    assert len(absent.people["id"]) == 0


def test_of_arms_that_do_have_a_group_it_is_not_zero(compared):
    for name in ("groupA", "groupB"):
        differing = compared[name].sums[..., SUMS.index("difference_squared")].sum(axis=0) > 0
        seldom = OUTCOME_NAMES.index("told_outside")  # a few times in all of a small town's life
        assert np.delete(differing, seldom, axis=-1).all(), name


# What is lived.


def test_a_comparison_is_each_arm_paired_with_its_twin(compared):
    for name in ("groupA", "groupB", "absent"):
        paired = compared[name]
        assert paired.seeds == list(range(1, RUNS + 1))
        assert paired.runs == RUNS
        assert paired.horizon_weeks == [52, 104]
        for seed in (1, 4):
            alone = pair(*life_and_twin(arm(name), seed), paired.rows)
            assert np.array_equal(paired.sums[seed - 1], alone.sums)
            assert paired.closed_week[seed - 1] == alone.closed_week


def test_equal_worlds_are_lived_once(monkeypatch):
    told, lived = [], []

    def counting(values, **more):
        lived.append((values["run.seed"], values["group.exists"], values["group.women_only"]))
        return live_panel(values, **more)

    monkeypatch.setattr(comparison, "live_panel", counting)
    arms = [arm(**SHORT), arm("groupB", **SHORT), arm("absent", **SHORT)]
    compare(arms, [3, 4], progress=lambda done, total: told.append((done, total)))
    assert len(lived) == len(set(lived)) == 2 * 3
    assert told == [(k, 6) for k in range(1, 7)]


def test_panels_come_seed_by_seed_by_digest():
    arms = [arm(**SHORT), arm("absent", **SHORT)]
    found = list(live_panels(arms, iter([5, 6])))
    assert [seed for seed, _ in found] == [5, 6]
    for seed, panels in found:
        assert list(panels) == list(worlds_of(arms)) == [arms[0].life_digest, arms[1].life_digest]
        assert {panel.values["run.seed"] for panel in panels.values()} == {seed}


def breaking(seed):
    """Lives, but for one: that of group B with a seed."""

    def live(values, **more):
        if values["run.seed"] == seed and not values["group.women_only"] and values["group.exists"]:
            raise FloatingPointError("out\nof hand")
        return live_panel(values, **more)

    return live


@pytest.mark.parametrize("threads", [1, 3])
def test_of_a_life_that_breaks_off_seed_and_arm_are_named_and_what_was_finished_is_kept(monkeypatch, threads):
    arms = [arm(**SHORT), arm("groupB", **SHORT)]
    whole = compare(arms, [3, 4])
    monkeypatch.setattr(comparison, "live_panel", breaking(5))
    words = r"the life of arm 'groupB' with seed 5 broke off \(FloatingPointError: out of hand\)"
    with pytest.warns(UserWarning, match=words):
        found = compare(arms, [3, 4, 5, 6], threads=threads)
    assert all(same(found[name], whole[name]) for name in whole)
    with pytest.raises(BrokeOff, match=words):
        compare(arms, [5, 6], threads=threads)


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_any_number_of_threads_gives_the_same(compared, threads):
    again = compare([arm(), arm("groupB"), arm("absent")], range(1, RUNS + 1), threads=threads)
    assert all(same(compared[name], again[name]) for name in compared)


def test_neither_the_order_of_arms_nor_their_company_matters_to_an_arm(compared):
    """The world without a group is lived once for all; whom a group would take is each arm's own affair."""
    turned = compare([arm("absent"), arm("groupB"), arm()], range(1, RUNS + 1))
    assert list(turned) == ["absent", "groupB", "groupA"]
    b_first = compare([arm("groupB"), arm("absent")], range(1, RUNS + 1))
    alone = compare([arm("absent")], range(1, RUNS + 1))
    assert all(same(compared[name], turned[name]) for name in compared)
    assert all(same(compared[name], b_first[name]) for name in b_first)
    assert same(compared["absent"], alone["absent"])


# What is asked of it.


def test_of_one_reading_the_sums_are_by_name(compared):
    paired = compared["groupB"]
    for p, population in enumerate(POPULATIONS):
        for h, week in enumerate((52, 104)):
            for o in (0, 7, 12):
                found = paired.of(OUTCOME_NAMES[o], population, week)
                assert list(found) == [*SUMS, *YARDSTICK]
                assert all(np.array_equal(found[name], paired.sums[:, p, h, o, k]) for k, name in enumerate(SUMS))


def test_rows_of_people_carry_their_run(compared):
    people = compared["groupA"].people
    assert sorted(set(people["seed"])) == list(range(1, RUNS + 1))
    for k, part in enumerate(compared["groupA"].parts):
        assert np.array_equal(people["id"][people["seed"] == k + 1], part.people["id"])
    assert {len(column) for column in people.values()} == {len(people["seed"])}


def test_sums_are_those_of_the_people_listed(compared):
    for name in ("groupA", "groupB"):
        paired = compared[name]
        people = paired.people
        for outcome in OUTCOME_NAMES:
            difference = people[f"{outcome}_life"] - people[f"{outcome}_twin"]
            for h, week in enumerate((52, 104)):
                here = people["horizon"] == h
                for population, who in (("joined", here), ("regulars", here & people["regular"].astype(bool))):
                    sums = paired.of(outcome, population, week)
                    assert sums["people"].sum() == (~np.isnan(difference[who])).sum()
                    assert sums["difference"].sum() == pytest.approx(np.nansum(difference[who]), abs=1e-9)


def test_shapes(compared):
    paired = compared["groupA"]
    assert paired.sums.shape == (RUNS, 3, 2, 13, len(SUMS))
    assert paired.course.shape[:2] == (RUNS, len(COURSE))
    assert all(paired.group(measure).shape == (RUNS, 2) for measure in GROUP_MEASURES)
    assert paired.closed_week.shape == paired.closed_reason.shape == (RUNS,)


def test_a_run_added_later_is_seen():
    paired = Paired(arm(**SHORT), [13])
    one, other = (pair(*life_and_twin(arm(**SHORT), seed), [13]) for seed in (1, 2))
    paired.add(1, one)
    assert len(paired.sums) == 1
    paired.add(2, other)
    assert np.array_equal(paired.sums[1], other.sums)
    paired.cut(1)
    assert paired.seeds == [1]
    assert len(paired.sums) == 1


def test_times_asked_for_and_runs_shorter_than_all_of_them():
    found = compare([arm(run__weeks=30)], [1])["groupA"]
    assert found.horizon_weeks == [28]
    found = compare([arm(run__weeks=30)], [1], horizon_years=(0.25, 0.5))["groupA"]
    assert found.horizon_weeks == [12, 24]


# Stopped.


def stopping(after):
    def progress(done, total):
        if done == after:
            raise KeyboardInterrupt

    return progress


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize(("after", "kept"), [(3, 1), (4, 1), (5, 2), (6, 2)])
def test_stopped_it_keeps_the_runs_that_were_finished(threads, after, kept):
    arms = [arm(**SHORT), arm("absent", **SHORT)]
    whole = compare(arms, [7, 8, 9])
    found = compare(arms, [7, 8, 9], threads=threads, progress=stopping(after))
    for name in found:
        assert found[name].seeds == [7, 8, 9][:kept]
        assert np.array_equal(found[name].sums, whole[name].sums[:kept])


@pytest.mark.parametrize("after", [1, 2])
def test_stopped_before_the_first_run_is_finished_there_is_nothing(after):
    with pytest.raises(KeyboardInterrupt):
        compare([arm(**SHORT), arm("absent", **SHORT)], [7, 8, 9], progress=stopping(after))


def test_stopped_between_two_arms_of_a_run_every_arm_has_the_same_runs(monkeypatch):
    real, added = Paired.add, []

    def add(self, seed, one, totals):
        if len(added) == 3:
            raise KeyboardInterrupt
        added.append(seed)
        real(self, seed, one, totals)

    monkeypatch.setattr(Paired, "add", add)
    found = compare([arm(**SHORT), arm("absent", **SHORT)], [7, 8, 9])
    assert added == [7, 7, 8]
    assert [(p.seeds, len(p.sums)) for p in found.values()] == [([7], 1)] * 2


def test_an_error_on_a_thread_is_not_lost(monkeypatch):
    def broken(values, **more):
        raise MemoryError

    monkeypatch.setattr(comparison, "live_panel", broken)
    with pytest.raises(MemoryError):
        compare([arm(**SHORT)], [1, 2], threads=2)
