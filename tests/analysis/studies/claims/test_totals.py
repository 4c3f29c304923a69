"""What claims are read from beyond outcomes, against the life itself."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.compare.panel import live_panel
from analysis.studies.claims.meanings import TOTALS
from analysis.studies.claims.totals import totals_of
from sim.life import Life
from sim.state import MEMBER
from tests.builders import small_values

LEAD_IN = 8
TOWN = {"people__residents": 40, "run__lead_in_weeks": LEAD_IN, "joining__visit_per_year": 3.0, "run__seed": 5}


def values_of(weeks, **changes):
    return small_values("groupA", run__weeks=weeks, **(TOWN | changes))


def totals_in(weeks, **changes):
    values = values_of(weeks, **changes)
    return totals_of(live_panel(values), live_panel({**values, "group.exists": False}))


@pytest.fixture(scope="module")
def short():
    return totals_in(104)


@pytest.fixture(scope="module")
def week_by_week():
    """The same two years with everybody kept every week: row w is after w weeks."""
    life, twin = (Life(values_of(104, group__exists=there), history_every=1) for there in (True, False))
    life.live()
    twin.live()
    return life, twin


@pytest.mark.parametrize("seed", [5, 6])
def test_a_longer_run_gives_the_same_figures(seed):
    changes = {"run__seed": seed}
    two, eight, twelve = (totals_in(weeks, **changes) for weeks in (104, 416, 624))
    only_later = ("open_2", "open_3", "led_3", "first_hand", "joining", "old_weeks", "old_regulars")
    only_later += ("found", "hid", "known_8", "known_twin_8", "knowing_groups_8")
    only_later += tuple(f"{what}_{years}" for what in ("open_weeks", "closed", "groups", "socials") for years in (4, 8))
    only_later += ("meetings_4", "organisers_4")
    for name, value in two.items():
        if not name.startswith(only_later) or name.startswith("founders"):
            assert value == pytest.approx(twelve[name], rel=1e-12), name
    for name, value in eight.items():
        if not name.startswith(("old_", "found")) or name.startswith("founders"):
            assert value == pytest.approx(twelve[name], rel=1e-12), name
    assert twelve["open_weeks_8"] > twelve["open_weeks_4"] > 0


def test_a_run_too_short_has_nothing_to_count():
    found = totals_in(60)
    for name in (
        "stayed",
        "later",
        "comers",
        "early_meetings",
        "shares",
        "first_year_comers",
        "helpers",
        "open_2",
        "groups_4",
    ):
        assert found[name] == 0, name
    assert found["opening"] == 40


def test_who_comes_and_how_lonely(short, week_by_week):
    life, _ = week_by_week
    people = life.history
    came = people.first_joined_week[-1]
    comers = [i for i in range(len(came)) if came[i] >= 0]
    assert short["comers"] == len(comers) > 8
    # The last look, every four weeks, before the week of coming.
    before = [people.isolation[(came[i] - LEAD_IN) // 4 * 4, i] for i in comers]
    assert short["comers_isolation"] == pytest.approx(sum(before))
    founders = [i for i in comers if came[i] == LEAD_IN]
    women = life.traits.woman & (life.traits.arrives_week <= LEAD_IN) & (life.traits.departs_week > LEAD_IN)
    above = [people.isolation[0, i] - people.isolation[0, women].mean() for i in founders]
    assert short["founders"] == len(founders) == 5
    assert short["founders_isolation_above"] == pytest.approx(sum(above))


def test_turns_taken_early_and_late_are_those_of_the_same_people(short, week_by_week):
    life, _ = week_by_week
    people, early, late = life.history, [0, 0], [0, 0]
    for i in np.flatnonzero(people.first_joined_week[-1] >= 0):
        start = (people.first_joined_week[-1, i] - LEAD_IN) // 4 * 4
        if start + 28 > 104:
            continue
        met = [people.meetings[start + end, i] - people.meetings[start + end - 4, i] for end in (4, 28)]
        spoke = [people.shares[start + end, i] - people.shares[start + end - 4, i] for end in (4, 28)]
        if min(met) > 0:
            early, late = [early[0] + spoke[0], early[1] + met[0]], [late[0] + spoke[1], late[1] + met[1]]
    assert early[1] > 0
    assert [short["early_shares"], short["early_meetings"]] == early
    assert [short["late_shares"], short["late_meetings"]] == late


def test_who_stays(short, week_by_week):
    life, _ = week_by_week
    people = life.history
    first_year = (people.first_joined_week[-1] >= 0) & (people.first_joined_week[-1] < LEAD_IN + 52)
    assert short["first_year_comers"] == first_year.sum()
    assert short["first_year_still"] == (first_year & (people.status[104] == MEMBER)).sum()
    looks = [people.status[week] == MEMBER for week in range(52, 105, 4)]
    assert short["new_looks"] + short["old_looks"] == sum(member.sum() for member in looks)
    trust = sum(people.trust[week][people.status[week] == MEMBER].sum() for week in range(52, 105, 4))
    assert short["new_trust"] + short["old_trust"] == pytest.approx(trust)


def test_four_weeks_and_a_year_after_coming(short, week_by_week):
    life, twin = week_by_week
    people, without = life.history, twin.history
    four = year = seen = 0
    for i in np.flatnonzero(people.first_joined_week[-1] >= 0):
        came = people.first_joined_week[-1, i] - LEAD_IN
        base = came // 4 * 4
        if base + 52 > 104 or not people.resident[base + 52, i]:
            continue
        first = next(week for week in range(0, 105, 4) if week >= came + 4)
        seen += 1
        four += people.isolation[first, i] - without.isolation[first, i]
        year += people.isolation[base + 52, i] - without.isolation[base + 52, i]
    assert short["year_on"] == seen > 0
    assert short["isolation_4"] == pytest.approx(four)
    assert short["isolation_52"] == pytest.approx(year)
    assert 0 <= short["largest_gain"] <= short["gainers"] <= short["regulars_year_on"] <= seen


def test_help_and_what_is_gained(short, week_by_week):
    life, twin = week_by_week
    end, without = life.history[104], twin.history[104]
    came = (end.first_joined_week >= 0) & end.resident
    x = (end.help_given + end.calls_taken)[came].astype(float)
    y = (end.understanding - without.understanding)[came]
    assert short["helpers"] == came.sum()
    assert short["help_gained"] == pytest.approx((x * y).sum())
    assert short["help_squared"] == pytest.approx((x * x).sum())


def test_nobody_is_in_touch_without_a_group(short, week_by_week):
    life, _ = week_by_week
    end = life.history[104]
    assert short["twin_contacts"] == 0
    assert short["contacts"] == (end.calls_answered + end.line_answered + end.texts + end.help_given).sum() > 0


def test_absent_comes_to_nothing():
    found = totals_in(208, group__exists=False)
    for name in (
        "comers",
        "contacts",
        "shares",
        "new_looks",
        "year_on",
        "helpers",
        "open_2",
        "open_weeks_4",
        "meetings_4",
    ):
        assert found[name] == 0, name
    assert found["stayed"] > 0


def test_every_total_has_a_unit_and_a_meaning_of_its_own(short):
    assert list(short) == list(TOTALS)
    assert all(unit and meaning for unit, meaning in TOTALS.values())
    assert len({meaning for _, meaning in TOTALS.values()}) == len(TOTALS)
