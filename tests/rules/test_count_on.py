import pytest

from sim.rules.count_on import count_on, let_down
from sim.state import AWARE, FORMER
from tests.builders import SOME_DAY, group_of, what_changed

NET = {
    "mechanisms.assurance": True, "mechanisms.let_down": True, "group.meeting_days": [2], "meeting.kept": 0.2,
    "meeting.broken": 0.5, "meeting.let_down": 0.4, "meeting.assured_half_life_days": 1.0,
}  # fmt: skip


def due(kept=True, parameters=None, members=2, outsiders=1):
    """A day on which a meeting is due, at which it takes place or not; all count on the group by half."""
    world = group_of(members, NET | (parameters or {}), outsiders)
    world.group[0].met_today = kept
    world.people.assured[:members] = 0.5
    return world


def test_a_meeting_that_is_kept_adds_to_it_whether_one_goes_or_not():
    world = due()
    world.people[0].present = True
    assert what_changed(world, count_on, SOME_DAY) == {"assured"}
    assert list(world.people.assured) == pytest.approx([0.6, 0.6, 0.0])  # 0.5 to 1 by a fifth; outsiders have none


def test_a_meeting_that_is_not_kept_lets_down_and_takes_it_away():
    world = due(kept=False)
    world.people[1].assured = 0.25
    assert what_changed(world, count_on, SOME_DAY) == {"assured", "distress"}
    assert list(world.people.distress) == pytest.approx([0.6, 0.55, 0.5])  # 0.5 to 1 by 0.4 * 0.5, by 0.4 * 0.25
    assert list(world.people.assured) == pytest.approx([0.25, 0.125, 0.0])


def test_who_does_not_count_on_it_is_not_let_down():
    world = due(kept=False)
    world.people.assured = 0.0
    assert what_changed(world, count_on, SOME_DAY) == set()


@pytest.mark.parametrize("why", ["another day", "irregular days", "closed", "former member"])
@pytest.mark.parametrize("kept", [True, False])
def test_otherwise_it_fades(why, kept):
    world = due(kept, {"group.regular": why != "irregular days"})
    world.group[0].open = why != "closed"
    if why == "former member":
        world.people.status[:2] = FORMER
    assert what_changed(world, count_on, SOME_DAY + (why == "another day")) == {"assured"}
    assert list(world.people.assured) == pytest.approx([0.25, 0.25, 0.0])  # half of it in a half-life of a day


def test_it_halves_in_its_half_life():
    world = due(parameters={"meeting.assured_half_life_days": 5.0})
    for day in range(SOME_DAY + 1, SOME_DAY + 6):
        count_on(world, day)
    assert world.people[0].assured == pytest.approx(0.25)


def test_ten_kept_meetings_make_most_of_the_way_and_one_broken_undoes_half():
    world = due(parameters={"meeting.assured_half_life_days": 1000.0})
    world.people.assured = 0.0
    for _ in range(10):
        count_on(world, SOME_DAY)
    assert world.people[0].assured == pytest.approx(1.0 - 0.8**10)
    let_down(world, 0)
    assert world.people[0].assured == pytest.approx((1.0 - 0.8**10) / 2)


@pytest.mark.parametrize("kept", [True, False])
def test_off_means_off(kept):
    assert what_changed(due(kept, {"mechanisms.assurance": False}), count_on, SOME_DAY) == set()


def test_a_net_that_breaks_harms_nobody_where_that_is_switched_off():
    world = due(kept=False, parameters={"mechanisms.let_down": False})
    assert what_changed(world, count_on, SOME_DAY) == set()


def test_who_has_only_heard_of_the_group_does_not_count_on_it():
    world = due()
    world.people[2].status = AWARE
    count_on(world, SOME_DAY)
    assert world.people[2].assured == 0.0


def test_at_full_size_all_stays_between_none_and_all():
    full = {"meeting.kept": 1.0, "meeting.broken": 1.0, "meeting.let_down": 1.0}
    world = due(parameters=full)
    count_on(world, SOME_DAY)
    assert world.people[0].assured == 1.0
    world.group[0].met_today = False
    count_on(world, SOME_DAY)
    assert (world.people[0].assured, world.people[0].distress) == (0.0, 1.0)
