"""Totals about groups, of groups that are written down here and of lived ones."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.compare.panel import live_panel
from analysis.studies.claims.register import regulars_found, with_regulars
from analysis.studies.claims.totals_of_groups import behind_a_closed_door, found_at_a_random_time, known_in_group
from sim.codes import DOOR_CLOSED, MEMBER, WAYS
from sim.life import Life
from tests.analysis.small import hand_made
from tests.analysis.studies.claims.test_read import planted
from tests.builders import small_values

ROWS = 12 * 13 + 1
DOOR = {"people__residents": 60, "run__lead_in_weeks": 8, "joining__visit_per_year": 3.0, "mechanisms__door": True}
DOOR |= {"joining__door_closes_per_year": 20.0, "joining__door_members": 4, "joining__door_opens": 4}


def group(open_from, open_to, comes, **values):
    """A group open for some weeks, of two members who come to such shares of meetings."""
    people = len(comes)
    status = np.full((ROWS, people), MEMBER)
    panel = hand_made(ROWS, people, values, status=status, regularity=np.tile(comes, (ROWS, 1)))
    panel.weeks["open"][open_from:open_to] = 1
    return panel


def test_a_group_is_found_as_often_as_it_can_be():
    short, long = group(0, 52, [0.45, 0.9]), group(0, 624, [0.45, 0.9, 0.9])
    found = [found_at_a_random_time(one, one) for one in (short, long)]
    assert [one["found"] for one in found] == [13, 156]
    assert [one["found_old"] for one in found] == [0, 53], "every four weeks from year eight to year twelve"
    assert [one["found_2_at_40"] for one in found] == [13, 0]
    assert [one["found_1_at_50"] for one in found] == [13, 0], "who comes to 45 % is no regular at 50 %"
    assert [one["found_2_at_50"] for one in found] == [0, 156]
    assert [one["found_regulars_33"] for one in found] == [26, 468]


def test_before_members_run_it_a_group_is_on_no_list():
    begun = {"group.clinician_started": True, "organising.handover_week": 104}
    assert found_at_a_random_time(*[group(0, 624, [0.9], **begun)] * 2)["found"] == 156 - 25
    assert found_at_a_random_time(*[group(0, 100, [0.9], **begun)] * 2)["found"] == 0


def test_groups_that_live_long_weigh_by_their_time():
    """Eleven short-lived groups with two regulars and one with four that lives twelve times as long."""
    names = {f"found_{k}_at_33": np.zeros(12) for k in (2, 4)} | {"found": np.full(12, 13.0)}
    names["found_2_at_33"][:11], names["found_4_at_33"][11], names["found"][11] = 13, 156, 156
    names["found_regulars_33"] = 2 * names["found_2_at_33"] + 4 * names["found_4_at_33"]
    runs = {"groupA": planted("groupA", np.ones(12), totals=names)}
    assert with_regulars("groupA", 0.33, 4)(runs).estimate.value == pytest.approx(12 / 23), "not one in twelve"
    assert with_regulars("groupA", 0.33, 2, 4)(runs).estimate.value == 1.0
    assert regulars_found("groupA", 0.33)(runs).estimate.value == pytest.approx((11 * 2 + 12 * 4) / 23)


def test_a_lived_group_is_counted_by_its_own_weeks():
    values = small_values("groupA", run__weeks=624, people__residents=40, run__lead_in_weeks=8, run__seed=5)
    life = live_panel(values)
    found = found_at_a_random_time(life, life)
    looks = np.arange(3, 624, 4)
    assert found["found"] == life.weeks["open"][looks].sum() > 0
    open_looks = looks[life.weeks["open"][looks].astype(bool)]
    assert found["found_regulars_33"] == life.weeks["regulars"][open_looks].sum(), "the model's own definition"
    assert found["found_3_at_33"] == (life.weeks["regulars"][open_looks] == 3).sum()


def test_the_door_is_closed_when_the_story_says_so():
    values = small_values("groupA", run__weeks=416, run__seed=3, **DOOR)
    panel, life = live_panel(values), Life(values)
    seen = []
    for _ in range(416):
        life.live(1)
        seen.append(bool(life.world.group[0].door_closed and life.world.group[0].open))
    assert any(event.kind == DOOR_CLOSED for event in life.story), "planted"
    assert list(panel.door_closed) == seen
    assert behind_a_closed_door(panel, panel) == {"hid_8": 1.0, "hidden_weeks_8": float(sum(seen))}
    never = live_panel({**values, "mechanisms.door": False})
    assert behind_a_closed_door(never, never) == {"hid_8": 0.0, "hidden_weeks_8": 0.0}


def test_what_is_known_in_a_group_is_what_its_best_know():
    panel = group(0, 624, [0.9, 0.9, 0.9])
    panel.people["status"][13, 2] = 0  # knows all, but is no member
    panel.tie_years = (1, 8)
    panel.ways = np.zeros((2, 3, WAYS))
    panel.ways[0, 0, :2], panel.ways[0, 1, 1], panel.ways[0, 2] = 0.3, 0.5, 1.0
    twin = group(0, 0, [0.0, 0.0, 0.0])
    twin.tie_years, twin.ways = (1, 8), np.zeros((2, 3, WAYS))
    twin.ways[0, 0, 0] = 0.3
    found = known_in_group(panel, twin)
    assert (found["known_1"], found["known_twin_1"], found["knowing_groups_1"]) == (pytest.approx(0.8), 0.3, 1.0)
    level = group(0, 624, [0.9])
    assert set(known_in_group(level, level).values()) == {0.0}, "coping is a level there"


def test_lived_ways_are_those_of_the_world():
    values = small_values("groupA", run__weeks=60, people__residents=20, mechanisms__ways=True)
    panel, life = live_panel(values), Life(values)
    life.live(52)
    assert panel.tie_years == (1,)
    assert np.array_equal(panel.ways[0], life.world.ways)
    assert panel.ways.any()
    assert live_panel({**values, "mechanisms.ways": False}).ways is None
