import pytest

from sim.rules.realise import realise
from tests.builders import SOME_DAY, meeting_of, what_changed

SIZES = {
    "mechanisms.alike": True, "meeting.strength": 0.5, "meeting.alike": 0.4, "meeting.unlike": 0.4,
    "meeting.alike_above": 0.5,
}  # fmt: skip


def one_speaks(parameters=None, people=2, **traits):
    """The first person at a meeting has shared; the others listen, half convinced to be the only ones."""
    world = meeting_of(people, SIZES | (parameters or {}), **traits)
    world.people[0].shared = True
    world.people.difference = 0.5
    return world


@pytest.mark.parametrize(
    ("position", "difference"),
    [(0.0, 0.4), (0.25, 0.45), (0.5, 0.5), (0.75, 0.55), (1.0, 0.6)],  # a fifth of the way, half of it, none
)
def test_people_alike_lessen_the_difference_and_people_unlike_add_to_it(position, difference):
    world = one_speaks(position=[0.0, position])
    realise(world, SOME_DAY)
    assert list(world.people.difference) == pytest.approx([0.5, difference])


def test_nothing_else_changes():
    for position in (0.1, 0.9):
        assert what_changed(one_speaks(position=[0.0, position]), realise, SOME_DAY) == {"difference"}


@pytest.mark.parametrize(("above", "difference"), [(0.2, 0.5 * (1 - 0.2 * 0.75)), (0.9, 0.5 * (1 + 0.2 / 9))])
def test_where_likeness_begins_to_help_is_a_parameter(above, difference):
    world = one_speaks({"meeting.alike_above": above}, position=[0.5, 0.7])  # a likeness of 0.8
    realise(world, SOME_DAY)
    assert world.people[1].difference == pytest.approx(difference)


def test_responsiveness_decides_what_is_gained_and_softens_no_harm():
    world = one_speaks(position=[0.0, 0.0], responsiveness=[1.0, 0.5])
    realise(world, SOME_DAY)
    assert world.people[1].difference == pytest.approx(0.45)
    world = one_speaks(position=[0.0, 1.0], responsiveness=[1.0, 0.0])
    realise(world, SOME_DAY)
    assert world.people[1].difference == pytest.approx(0.6)


def test_each_share_is_heard_in_turn_but_not_ones_own():
    world = one_speaks(people=4, position=0.5)
    world.people[1].shared = True
    world.people[3].present = False
    realise(world, SOME_DAY)
    assert list(world.people.difference) == pytest.approx([0.4, 0.4, 0.32, 0.5])


@pytest.mark.parametrize("position", [0.0, 1.0])
def test_where_people_do_not_meet_as_peers_nothing_is_realised(position):
    world = one_speaks({"group.shared_experience": 0.0}, position=[0.0, position])
    assert what_changed(world, realise, SOME_DAY) == set()


@pytest.mark.parametrize("why", ["no meeting", "switched off", "nobody shared", "the speaker has gone"])
def test_nothing_happens(why):
    world = one_speaks({"mechanisms.alike": why != "switched off"})
    world.group[0].met_today = why != "no meeting"
    world.people[0].shared = why != "nobody shared"
    world.people[0].present = why != "the speaker has gone"
    assert what_changed(world, realise, SOME_DAY) == set()


@pytest.mark.parametrize(("position", "end"), [(0.0, 0.0), (1.0, 1.0)])
def test_at_full_size_it_ends_at_none_or_all_and_not_beyond(position, end):
    world = one_speaks({"meeting.strength": 1.0, "meeting.alike": 1.0, "meeting.unlike": 1.0}, position=[0.0, position])
    for _ in range(3):
        realise(world, SOME_DAY)
    assert world.people[1].difference == end
