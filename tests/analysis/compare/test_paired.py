"""A life against its twin: before, change, difference, and sums over people, worked out a second time by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from analysis.compare.estimate import spread_before
from analysis.compare.outcomes import OUTCOME_NAMES, POPULATIONS, before_row
from analysis.compare.paired import (
    COURSE,
    COURSE_FROM,
    COURSE_TO,
    SUMS,
    before_values,
    horizon_rows,
    pair,
    sums_under,
    yardstick_of,
)
from analysis.compare.panel import STATES, TOTALS, live_panel
from tests.analysis import slowly
from tests.analysis.small import LIVELY, arm, life_and_twin, same_people

ROWS = (6, 13, 26)
# Settings with which a group meets, tells, trusts and befriends, but nothing of it acts on anybody.
NOTHING_ACTS = {
    "meeting__strength": 0.0, "meeting__heard": 0.0, "meeting__burden": 0.0, "meeting__mechanics_upset": 0.0,
    "ties__isolation_per_tie": 0.0, "contact__relief": 0.0, "episodes__social_influence": 0.0,
    "episodes__mechanics_influence": 0.0, "episodes__guilt": 0.0, "group__breach_prob": 0.0,
}  # fmt: skip
# Guilt, because support after an episode keeps it away; a broken confidence, because it meets horror outside.
# What happens between members is no effect on how they are: they meet, ring each other, and ties grow.
TOUCHED_ANYWAY = {"contacts", "ties"}


@pytest.fixture(scope="module", params=[("groupA", 1), ("groupB", 2), ("groupB", 4)], ids=str)
def both(request):
    name, seed = request.param
    return life_and_twin(arm(name), seed)


def sums_of(found, name):
    return found.sums[..., SUMS.index(name)]


# No group against no group.


def test_a_twin_lived_twice_is_the_same_and_differs_by_exactly_nothing():
    one, other = (live_panel({**arm("absent").values, "run.seed": 1}) for _ in range(2))
    assert one is not other
    assert same_people(one, other) == []
    found = pair(one, other, ROWS)
    for name in ("difference", "difference_squared", "gained", "lost"):
        assert (sums_of(found, name) == 0.0).all(), name
    for one_of, twins in (("life", "twin"), ("life_squared", "twin_squared"), ("life_change", "twin_change")):
        assert np.array_equal(sums_of(found, one_of), sums_of(found, twins))
    assert (sums_of(found, "people")[0, 1:] > 9).all()
    assert len(found.people["id"]) == 0
    assert (found.course == 0).all()


@pytest.mark.parametrize("name", ["groupA", "groupB"])
def test_a_group_of_which_nothing_acts_on_people_has_an_effect_of_exactly_nothing(name):
    life, twin = life_and_twin(arm(name, **NOTHING_ACTS))
    found = pair(life, twin, ROWS)
    for o, outcome in enumerate(OUTCOME_NAMES):
        difference = sums_of(found, "difference_squared")[1:, 1:, o]
        if outcome in TOUCHED_ANYWAY:
            assert (difference[0] > 0).all(), outcome
        else:
            assert (difference == 0.0).all(), outcome
            assert (sums_of(found, "gained")[:, :, o] == 0).all()
            assert (sums_of(found, "people")[1, 1:, o] > 0).all(), "of nobody it would say nothing"
    assert life.people["shares"].sum() > 0
    assert life.people["meetings"].sum() > 0


@pytest.mark.parametrize(
    ("back", "touched"),
    [("meeting__strength", "stigma"), ("meeting__heard", "distress"), ("meeting__burden", "distress"),
     ("ties__isolation_per_tie", "isolation"), ("contact__relief", "distress"),
     ("episodes__social_influence", "episodes"), ("episodes__guilt", "stigma"), ("group__breach_prob", "stigma")],
)  # fmt: skip
def test_each_mechanism_alone_is_seen_where_it_acts(back, touched):
    changes = {name: value for name, value in NOTHING_ACTS.items() if name != back}
    strong = {"episodes__social_influence": 5.0, "group__breach_prob": 0.2}
    more = {back: strong[back]} if back in strong else {}
    life, twin = life_and_twin(arm("groupB", **changes, **more, meeting__help_prob=1.0))
    found = pair(life, twin, ROWS)
    assert (sums_of(found, "difference_squared")[1, 2, OUTCOME_NAMES.index(touched)]) > 0


# Before is before both worlds part.


def test_before_is_the_same_in_both_worlds_for_everybody(both):
    life, twin = both
    base, who = before_row(life), np.arange(len(life.traits))
    for name in (*STATES, *TOTALS):
        mine, theirs = life.people[name][base, who], twin.people[name][base, who]
        assert mine.tobytes() == theirs.tobytes(), name
    assert np.array_equal(before_values(life, base), before_values(twin, base), equal_nan=True)


def test_until_they_come_both_worlds_are_one(both):
    life, twin = both
    later = 0
    for person in range(len(life.traits)):
        end = before_row(life)[person] + 1 if not math.isnan(life.first_came[person]) else life.rows
        later += end < life.rows
        for name in set(life.people) - {"status"}:  # hearing of the group is known to be no effect
            assert life.people[name][:end, person].tobytes() == twin.people[name][:end, person].tobytes(), name
    assert later > 5
    assert "isolation" in same_people(life, twin)


def test_change_less_change_of_the_twin_is_the_difference_person_by_person(both):
    people = pair(*both, ROWS).people
    assert len(people["id"]) > 10
    for name in OUTCOME_NAMES:
        before, life, twin = (people[f"{name}_{what}"] for what in ("before", "life", "twin"))
        known = ~np.isnan(before) & ~np.isnan(life)
        if name != "ties":
            assert known.any(), name
        assert (life - before - (twin - before))[known] == pytest.approx((life - twin)[known], rel=1e-12, abs=1e-12)


def test_sums_of_changes_differ_by_the_sum_of_differences(both):
    found = pair(*both, ROWS)
    everybody_known = sums_of(found, "with_before") == sums_of(found, "people")
    assert everybody_known.sum() > 30
    gap = sums_of(found, "life_change") - sums_of(found, "twin_change") - sums_of(found, "difference")
    assert gap[everybody_known] == pytest.approx(0.0, abs=1e-9)


# Once more, slowly.


def test_sums_are_those_of_a_second_reckoning_in_plain_python(both):
    found = pair(*both, ROWS)
    for p, population in enumerate(POPULATIONS):
        for h, row in enumerate(ROWS):
            for o, outcome in enumerate(OUTCOME_NAMES):
                wanted = slowly.sums(*both, row, population, outcome)
                assert set(wanted) == set(SUMS)
                got = dict(zip(SUMS, found.sums[p, h, o], strict=True))
                assert got == pytest.approx(wanted, rel=1e-9, abs=1e-9), (population, row, outcome)
    assert (found.sums[:2, 1:, :, 0].min(axis=(0, 1)) > 0).all(), "every outcome is there for somebody"


def test_rows_of_people_are_those_of_a_second_reckoning(both):
    life, twin = both
    people = pair(life, twin, ROWS).people
    wanted = [
        {"horizon": h, "id": life.traits[i].id, "regular": i in slowly.who(life, row, "regulars"),
         "since_weeks": row * 4 - slowly.came(life, i)}
        | {f"isolation_{what}": slowly.value(world, "isolation", i, 0, at) for what, world, at in
           (("before", life, slowly.base(life, i, row)), ("life", life, row), ("twin", twin, row))}
        for h, row in enumerate(ROWS) for i in slowly.who(life, row, "joined")
    ]  # fmt: skip
    assert len(people["id"]) == len(wanted) > 10
    for name in wanted[0]:
        assert people[name].tolist() == [row[name] for row in wanted], name


def test_courses_are_those_of_a_second_reckoning(both):
    life, twin = both
    found = pair(life, twin, ROWS).course
    assert found.shape == (len(COURSE), COURSE_TO - COURSE_FROM + 1, 3)
    for k, name in enumerate(COURSE):
        for step in range(COURSE_FROM, COURSE_TO + 1):
            wanted = slowly.course(life, twin, name, step)
            assert found[k, step - COURSE_FROM] == pytest.approx(wanted, abs=1e-9), (name, step)
    assert found[0, -COURSE_FROM, 0] > 0
    before = found[:, : -COURSE_FROM + 1]
    assert np.array_equal(before[:, :, 1], before[:, :, 2]), "one world until they come"


def test_measures_of_the_group_are_those_of_a_second_reckoning(both):
    life, _ = both
    found = pair(*both, ROWS).group
    for h, row in enumerate(ROWS):
        if not life.weeks["open"][row * 4 - 1]:
            continue  # see the next test
        last, year = row * 4 - 1, range(max(0, row * 4 - 52), row * 4)
        assert found["open"][h] == life.weeks["open"][last] == 1
        for name in ("members", "regulars", "tie_mean"):
            assert found[name][h] == life.weeks[name][last]
        came = sum(int(life.weeks["attendances"][week]) for week in year)
        assert found["attendance"][h] == came / sum(int(life.weeks["meetings"][week]) for week in year)
        assert found["ever_came"][h] == sum(life.people["first_joined_week"][row] >= 0)
    assert found["open"][:2].all()
    assert found["regular_tie"] == pytest.approx([np.nan, *life.regular_tie], nan_ok=True)


def test_of_a_closed_group_only_its_past_is_told():
    life, twin = life_and_twin(arm(people__barrier_a=100.0, people__barrier_b=0.1, organising__low_weeks=5))
    found = pair(life, twin, ROWS)
    assert (found.closed_week, found.closed_reason) == (life.closed_week, life.closed_reason)
    assert 0 < found.closed_week < 24
    assert found.group["open"].tolist() == [0, 0, 0]
    for name in ("members", "regulars", "attendance", "tie_mean"):
        assert np.isnan(found.group[name]).all(), name
    assert (found.group["ever_came"] > 0).all()


# Times.


def test_what_was_seen_at_a_time_does_not_depend_on_what_comes_later():
    """Whoever comes only later has not come yet: at one year it does not matter whether a run goes on for another."""
    for name, seed in (("groupA", 1), ("groupB", 4)):
        short, long = (life_and_twin(arm(name, run__weeks=weeks), seed) for weeks in (52, 112))
        assert (long[0].first_came > 52).any()
        one, other = (pair(*panels, [13]) for panels in (short, long))
        # Newcomers of the second year stand at the end, which may round a sum otherwise.
        assert one.sums == pytest.approx(other.sums, rel=1e-12, abs=1e-12)
        for column, values in one.people.items():
            assert values == pytest.approx(other.people[column], rel=1e-12, abs=1e-12, nan_ok=True), column


@pytest.mark.parametrize(
    ("weeks", "total", "rows"),
    [
        ((52, 104), 624, [13, 26]),
        ((52, 104), 104, [13, 26]),
        ((52, 104), 60, [13]),
        ((52, 104), 30, [7]),
        ((52,), 3, [0]),
    ],
)
def test_looks_are_at_the_times_asked_for_or_at_the_end(weeks, total, rows):
    assert horizon_rows(weeks, total) == rows


# Gains and losses are about what is meant to be better.


def test_less_isolation_more_coping_and_neither_more_nor_less_contact_is_a_gain(both):
    life, twin = both
    come = ~np.isnan(life.first_came)
    less = {name: twin.people[name] - 0.01 * come for name in ("isolation", "coping")}
    more = {"texts": twin.people["texts"] + 5.0 * come * np.arange(life.rows)[:, None]}
    better = replace(twin, people={**twin.people, **less, **more})
    # Who came is known from the life, so the twin stands in for the life in all else.
    shown = replace(better, people={**better.people, **{n: life.people[n] for n in ("first_joined_week", "status")}})
    found = pair(shown, twin, [26])
    people = sums_of(found, "people")[1, 0]
    for name, gained, lost in (("isolation", 1, 0), ("coping", 0, 1), ("contacts", 0, 0), ("stigma", 0, 0)):
        o = OUTCOME_NAMES.index(name)
        assert sums_of(found, "gained")[1, 0, o] == gained * people[o], name
        assert sums_of(found, "lost")[1, 0, o] == lost * people[o], name
    assert sums_of(found, "difference")[1, 0, OUTCOME_NAMES.index("contacts")] > 0


def test_small_arms_are_lively_enough_to_test_with():
    life, _ = life_and_twin(arm("groupB"), 4)
    assert LIVELY["people__residents"] < len(life.traits), "some move here"
    assert (life.traits.departs_week < 120).any(), "some move away"
    assert ((life.first_came > 0) & (life.first_came < 52)).any()


# How much people differ before anybody has joined, and people of one arm in another.


def test_the_yardstick_is_of_everyone_eligible_before_anybody_joined():
    life, twin = life_and_twin(arm("groupB"), 3)
    found = dict(zip(OUTCOME_NAMES, yardstick_of(twin), strict=True))
    lead_in = life.values["run.lead_in_weeks"]
    isolation, episodes = [], []
    for k, person in enumerate(life.traits):
        taken = person.service_user if life.values["group.service_users_only"] else True
        if taken and person.arrives_week <= lead_in < person.departs_week:
            isolation.append(life.people["isolation"][0][k])  # of the life: until then both worlds are one
            if twin.people["resident"][13][k]:
                episodes.append(twin.people["episodes"][13][k] * 364 / twin.people["days_lived"][13][k])
    assert len(isolation) > 5 and sum(episodes) > 0
    for name, values in (("isolation", isolation), ("episodes", episodes)):
        assert found[name] == pytest.approx([len(values), sum(values), sum(x * x for x in values)])
    assert not found["ties"].any()
    assert spread_before(*found["isolation"]) == pytest.approx(np.std(isolation, ddof=1))


def test_people_of_one_arm_are_looked_at_in_another():
    """Regulars of group A where nobody may ring between meetings, by hand: in both arms against the same twin."""
    here, there = arm("groupA"), arm("groupA", contact__between_meetings=False)
    rows, checked = [13, 26], 0
    for seed in range(1, 5):
        life, twin = life_and_twin(here, seed)
        other = live_panel({**there.values, "run.seed": seed})
        found = sums_under(other, twin, life, rows)
        assert np.allclose(sums_under(life, twin, life, rows), pair(life, twin, rows).sums), "of its own people"
        for h, row in enumerate(rows):
            who = np.flatnonzero(life.is_regular[row] & life.people["resident"][row] & life.eligible)
            gain = (other.people["isolation"][row] - twin.people["isolation"][row])[who]
            block = dict(zip(SUMS, found[list(POPULATIONS).index("regulars"), h, 0], strict=True))
            assert (block["people"], block["difference"]) == pytest.approx((len(who), gain.sum()))
            checked += len(who)
    assert checked > 5
    short = live_panel({**here.values, "run.seed": 1, "run.weeks": 52})
    assert not sums_under(*life_and_twin(here, 1), short, [26]).any(), "one that was not lived so long has nobody"


def test_people_of_one_arm_who_never_came_to_the_other_count_there_as_they_are():
    here = arm("groupA")
    life = live_panel({**here.values, "run.seed": 1})
    alone = live_panel({**here.twin.values, "run.seed": 1})
    found = sums_under(alone, alone, life, [26])
    joined = dict(zip(SUMS, found[list(POPULATIONS).index("joined"), 0, 0], strict=True))
    assert joined["people"] > 0 and joined["difference_squared"] == 0.0
