"""Totals about those who came, whether or not they stayed, against the life itself."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.compare.panel import live_panel
from analysis.studies.claims import totals_of_members as members
from analysis.studies.claims.totals import totals_of
from sim.life import Life
from tests.builders import small_values

TOWN = {
    "people__residents": 60,
    "run__lead_in_weeks": 8,
    "joining__visit_per_year": 3.0,
    "run__seed": 5,
    "mechanisms__guilt": True,
    "mechanisms__alike": True,
}
WEEKS = 104


def values_of(**changes):
    return small_values("groupA", run__weeks=WEEKS, **(TOWN | changes))


@pytest.fixture(scope="module")
def worlds():
    """A life and its twin, each looked at every four weeks."""
    return tuple(live_panel(values_of(group__exists=there)) for there in (True, False))


@pytest.fixture(scope="module")
def weekly():
    """The same life, everybody kept every week: row w is after w weeks."""
    life = Life(values_of(), history_every=1)
    life.live()
    return life


def test_turns_about_self_harm_of_all_who_came_and_of_who_left_as_they_last_were(worlds, weekly):
    found = members.of_self_harm(*worlds)
    met, said, came = (weekly.history[n] for n in ("meetings", "shares_self_harm", "first_joined_week"))
    early, carried, none, left = [], [], [], 0
    for i in np.flatnonzero(came[-1] >= 0):
        base = (int(came[-1, i]) - 8) // 4 * 4
        if base + 28 > WEEKS:
            continue
        rates = []
        for start in range(base, base + 28, 4):
            seen = int(met[start + 4, i]) - (int(met[start, i]) if start else 0)
            rates.append(np.nan if seen == 0 else (said[start + 4, i] - (said[start, i] if start else 0)) / seen)
        if np.isnan(rates[0]):
            continue
        early.append(rates[0])
        carried.append([rate for rate in rates if not np.isnan(rate)][-1])
        none.append(0.0 if np.isnan(rates[-1]) else rates[-1])
        left += np.isnan(rates[-1])
    assert left > 1
    assert found["attenders"] == len(early) > left
    assert found["attenders_early"] == pytest.approx(sum(early))
    assert found["attenders_carried"] == pytest.approx(sum(carried))
    assert found["attenders_none"] == pytest.approx(sum(none))
    assert found["attenders_none"] <= found["attenders_carried"]


def test_trust_of_who_left_stays_as_it_was_just_after_leaving(worlds):
    life, twin = worlds
    found = members.trust_carried(life, twin)
    looks = dict.fromkeys(("new", "old"), 0)
    sums = dict.fromkeys(("new", "old"), 0.0)
    for i in np.flatnonzero(~np.isnan(life.first_came)):
        last = np.nan
        for row in range(27):
            just_left = row > 0 and life.is_member[row - 1, i]
            if life.is_member[row, i] or just_left or (np.isnan(last) and life.first_came[i] < row * 4):
                last = life.people["trust"][row, i]
            if row >= 13 and not np.isnan(last) and life.people["resident"][row, i]:
                who = "new" if row * 4 - life.first_came[i] <= 26 else "old"
                looks[who] += 1
                sums[who] += last
    for who in ("new", "old"):
        assert found[f"carried_{who}_looks"] == looks[who] > 0
        assert found[f"carried_{who}_trust"] == pytest.approx(sums[who])
    still = life.is_member[13:27]
    assert looks["new"] + looks["old"] > still.sum(), "those who left are counted too"


def test_guilt_and_episodes_of_the_second_year(worlds):
    life, twin = worlds
    found = members.guilt_of_a_year(life, twin)
    who = (life.first_came < 52) & life.people["resident"][26]
    assert found["year_two"] == who.sum() > 0
    for name, world in (("", life), ("twin_", twin)):
        assert found[f"year_two_{name}guilt"] == pytest.approx(world.people["guilt"][14:27, who].sum())
        grown = world.people["episodes"][26, who] - world.people["episodes"][13, who]
        assert found[f"year_two_{name}episodes"] == grown.sum() > 0


def test_ties_to_the_three_who_are_nearest(worlds, weekly):
    life, twin = worlds
    found = members.nearest_ties(life, twin)
    ties = weekly.world.ties
    regular = np.flatnonzero(life.is_regular[26])
    near = {i: np.sort(ties[i])[-3:].mean() for i in regular}
    long_ago = [i for i in regular if 104 - life.first_came[i] > 52]
    assert long_ago
    assert found["longer_regulars_2"] == len(long_ago)
    assert found["longer_nearest_2"] == pytest.approx(sum(near[i] for i in long_ago))
    assert found["newer_regulars_2"] == len(regular) - len(long_ago)
    assert found["longer_regulars_8"] == found["longer_nearest_12"] == 0.0


def test_perceived_difference_a_year_after_coming(worlds):
    life, twin = worlds
    found = totals_of(life, twin)
    total = 0.0
    for i in np.flatnonzero(life.first_came < 53):
        base = int(life.first_came[i]) // 4
        row = base + 13
        if row <= 26 and life.people["resident"][row, i] and life.is_regular[row, i]:
            total += life.people["difference"][row, i] - twin.people["difference"][row, i]
    assert found["regulars_apart_52"] == pytest.approx(total)
    assert total != 0.0
    change = found["regulars_apart_change_52"] - found["regulars_apart_twin_change_52"]
    assert change == pytest.approx(found["regulars_apart_52"])


def test_a_run_too_short_has_nothing_to_count():
    short = live_panel(values_of() | {"run.weeks": 60})
    found = [one(short, short) for one in (members.of_self_harm, members.trust_carried, members.guilt_of_a_year)]
    assert not any(value for one in found for value in one.values())
    assert not any(members.nearest_ties(short, short).values())
