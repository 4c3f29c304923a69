"""What is kept of one life for comparisons: the same as was lived, no more and no less."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.compare.panel import EVERY, FRIEND, FROM_WEEKS, OTHERS, STATES, TOTALS, live_panel
from sim.life import Life
from sim.state import MEMBER
from tests.analysis.small import arm

SEED = 3


@pytest.fixture(scope="module")
def values():
    return {**arm("groupB").values, "run.seed": SEED}


@pytest.fixture(scope="module")
def panel(values):
    return live_panel(values)


@pytest.fixture(scope="module")
def life(values):
    """The same life, lived in one go."""
    life = Life(values, history_every=EVERY)
    life.live()
    return life


def test_everybody_every_four_weeks_is_as_they_were_lived(panel, life):
    assert panel.rows == len(life.history) == 112 // EVERY + 1
    assert set(panel.people) == {*STATES, *TOTALS, *OTHERS}
    for name in panel.people:
        assert np.array_equal(panel.people[name][1:], life.history[name][1:]), name
    for name in (*STATES, *OTHERS):
        assert np.array_equal(panel.people[name][0], life.history[name][0]), name


def test_looking_at_ties_on_the_way_changes_nothing(panel, values):
    assert panel.tie_years == (1, 2)
    without = live_panel(values, tie_years=())
    assert without.tie_years == ()
    assert all(panel.people[name].tobytes() == without.people[name].tobytes() for name in panel.people)


def test_counting_begins_at_the_opening(panel, life):
    assert life.history["days_lived"][0].max() == 8 * 7, "counted in the lead-in"
    for name in TOTALS:
        assert (panel.people[name][0] == 0).all(), name
        grown, stayed = (
            np.diff(panel.people[name], axis=0),
            panel.people["resident"][:-1] & panel.people["resident"][1:],
        )
        assert (grown[stayed] >= 0).all(), name  # of newcomers it begins anew when they come to live here
    here = panel.people["resident"][1:].all(axis=0)
    assert here.sum() > 3
    assert (panel.people["days_lived"][:, here] == 28 * np.arange(panel.rows)[:, None]).all()


def test_the_group_each_week_is_as_it_was_lived(panel, life):
    assert set(panel.weeks) == set(FROM_WEEKS)
    for name in FROM_WEEKS:
        assert panel.weeks[name].tobytes() == np.ascontiguousarray(life.weeks[name]).tobytes()
    for name, value in panel.group.items():
        assert value == life.world.group[0][name]


@pytest.mark.parametrize("year", [1, 2])
def test_ties_are_added_up_at_the_end_of_a_year(panel, values, year):
    life = Life(values)
    life.live(52 * year)
    people, ties = life.world.people, life.world.ties
    k = panel.tie_years.index(year)
    regular = [i for i in range(len(people)) if people[i].status == MEMBER
               and people[i].regularity >= values["meeting.regular_share"]]  # fmt: skip
    pairs = [ties[i, j] for i in regular for j in regular if i != j]
    assert len(pairs) > 2
    assert panel.regular_tie[k] == pytest.approx(np.mean(pairs), rel=1e-12)
    for i in range(len(people)):
        assert panel.tie_sum[k, i] == pytest.approx(sum(ties[i]), rel=1e-12)
        assert panel.friends[k, i] == sum(tie >= FRIEND for tie in ties[i])
    assert panel.tie_sum[k].max() > 0


def test_with_fewer_than_two_regulars_they_have_no_mean_tie(values):
    alone = live_panel({**values, "group.exists": False})
    assert np.isnan(alone.regular_tie).all()
    assert (alone.tie_sum == 0).all()


def test_first_coming_is_counted_from_the_opening(panel, life):
    came, week = panel.first_came, life.world.people.first_joined_week
    assert np.array_equal(np.isnan(came), week < 0)
    assert (came[week >= 0] == week[week >= 0] - 8).all()
    assert np.sort(came)[:2].tolist() == [0, 0], "founders come as it opens"
    assert np.nanmax(came) > 4
    row = -(-int(np.nanmax(came)) // EVERY)
    last = int(np.nanargmax(came))
    assert panel.people["first_joined_week"][row - 1, last] < 0, "not known before it happens"


@pytest.mark.parametrize(
    ("women_only", "service_users_only"), [(False, False), (True, False), (False, True), (True, True)]
)
def test_the_eligible_are_those_whom_the_group_would_take(values, women_only, service_users_only):
    asked = {"group.women_only": women_only, "group.service_users_only": service_users_only, "run.weeks": 1}
    panel = live_panel(values | asked)
    for i in range(len(panel.traits)):
        wanted = (panel.traits[i].woman or not women_only) and (panel.traits[i].service_user or not service_users_only)
        assert panel.eligible[i] == wanted
    assert panel.eligible.all() == (not women_only and not service_users_only)


def test_regulars_are_members_who_come_often_enough(panel, values):
    assert np.array_equal(panel.is_member, panel.people["status"] == MEMBER)
    enough = panel.people["regularity"] >= values["meeting.regular_share"]
    assert np.array_equal(panel.is_regular, panel.is_member & enough)
    assert panel.is_regular.any()
    assert (panel.is_member & ~panel.is_regular).any()


def test_the_closing_is_counted_from_the_opening(values):
    closing = {"people.barrier_a": 100.0, "people.barrier_b": 0.1, "organising.low_weeks": 5}
    panel, life = live_panel(values | closing), Life(values | closing)
    life.live()
    assert 0 < panel.closed_week == life.world.group[0].closed_week - 8
    assert panel.weeks["open"][panel.closed_week - 1] == 1
    assert panel.weeks["open"][panel.closed_week] == 0
    assert panel.closed_reason == life.world.group[0].closed_reason > 0


def test_a_group_that_goes_on_has_no_closing(panel):
    assert panel.weeks["open"].all()
    assert (panel.closed_week, panel.closed_reason) == (-1, 0)
