import pytest

from sim.rules.monitor import monitor
from tests.builders import SOME_WEEK, meeting_of, what_changed

DUE = 7 * 23 + 2  # a Wednesday at the end of a fourth week since week 0
FORMS = {
    "organising.monitoring": True, "organising.funded": True, "organising.monitoring_every_weeks": 4,
    "organising.monitoring_hurt": 0.2, "organising.monitoring_resisted": 0.0,
}  # fmt: skip


def test_a_form_costs_those_present_some_trust():
    world = meeting_of(3, FORMS)
    world.people[2].present = False
    assert what_changed(world, monitor, DUE) == {"trust"}
    assert list(world.people.trust) == pytest.approx([0.4, 0.4, 0.5])


@pytest.mark.parametrize(("resisted", "trust"), [(0.0, 0.4), (0.5, 0.45), (0.8, 0.48), (1.0, 0.5)])
def test_a_form_resisted_costs_less(resisted, trust):
    world = meeting_of(2, FORMS | {"organising.monitoring_resisted": resisted})
    monitor(world, DUE)
    assert world.people[0].trust == pytest.approx(trust)


def test_forms_are_due_every_so_many_weeks_after_opening():
    due = []
    for week in range(SOME_WEEK, SOME_WEEK + 9):
        world = meeting_of(1, FORMS)
        world.group[0].opening_week = SOME_WEEK
        monitor(world, 7 * week + 3)
        if world.people[0].trust < 0.5:
            due.append(week - SOME_WEEK)
    assert due == [3, 7]  # at the end of every four weeks, not on the first day


def test_one_form_a_week_is_enough():
    world = meeting_of(2, FORMS)
    world.group[0].meetings_this_week = 2
    assert what_changed(world, monitor, DUE) == set()


@pytest.mark.parametrize("why", ["not monitored", "no funder now", "no meeting"])
def test_there_is_no_form(why):
    world = meeting_of(2, FORMS | {"organising.monitoring": why != "not monitored"})
    world.group[0].funded = why != "no funder now"
    world.group[0].met_today = why != "no meeting"
    assert what_changed(world, monitor, DUE) == set()
