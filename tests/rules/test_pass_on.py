import numpy as np
import pytest

from sim.codes import WAYS
from sim.purposes import WAY_TOLD
from sim.rules.pass_on import pass_on
from tests.builders import SOME_DAY, meeting_of, what_changed

SIZES = {"mechanisms.ways": True, "meeting.strength": 0.5, "meeting.pass_on": 0.4}


def one_speaks(parameters=None, people=2, skill=0.9, **traits):
    """The first person at a meeting has shared, and knows the fourth way of coping, no other."""
    world = meeting_of(people, SIZES | (parameters or {}), **traits)
    world.people[0].shared = True
    world.ways[0, 3] = skill
    return world


def test_listeners_take_something_over_of_the_way_that_is_spoken_of():
    world = one_speaks(responsiveness=[1.0, 0.5])
    world.ways[1, 3] = 0.4
    assert what_changed(world, pass_on, SOME_DAY) == {"ways", "ways_heard"}
    assert world.ways[1, 3] == pytest.approx(0.425)  # 0.4 to 0.9 by 0.5 * 0.4 * trust 0.5 * responsiveness 0.5 = 0.05
    assert world.ways[1].sum() == pytest.approx(0.425)
    assert world.ways[0, 3] == 0.9
    assert list(world.people.ways_heard) == [0, 1]


@pytest.mark.parametrize(("trust", "skill"), [(0.0, 0.0), (0.5, 0.09), (1.0, 0.18)])
def test_more_is_taken_over_from_those_whom_one_trusts(trust, skill):
    world = one_speaks()
    world.people.trust = trust
    pass_on(world, SOME_DAY)
    assert world.ways[1, 3] == pytest.approx(skill)


@pytest.mark.parametrize("mine", [0.9, 1.0])
def test_who_is_as_skilled_takes_nothing_over(mine):
    world = one_speaks()
    world.ways[1, 3] = mine
    assert what_changed(world, pass_on, SOME_DAY) == set()


@pytest.mark.parametrize(("u", "way"), [(0.0, 2), (0.24, 2), (0.26, 5), (0.99, 5)])
def test_which_way_is_spoken_of_goes_by_skill_and_by_how_well_it_suits(luck, u, way):
    # Places of the third and the sixth way: 0.3125 and 0.6875, as far from 0.5 in both directions.
    luck.draw(WAY_TOLD, u)
    world = one_speaks(skill=0.0)
    world.ways[0, 2], world.ways[0, 5] = 0.2, 0.6
    pass_on(world, SOME_DAY)
    assert list(np.flatnonzero(world.ways[1])) == [way]


def test_all_who_are_present_hear_the_same_way_and_the_absent_nothing():
    world = one_speaks(people=4)
    world.people[3].present = False
    pass_on(world, SOME_DAY)
    assert list(world.people.ways_heard) == [0, 1, 1, 0]
    assert world.ways[1, 3] == world.ways[2, 3] > 0.0
    assert not world.ways[3].any()


def test_what_was_taken_over_can_be_passed_on_again_when_its_bringer_has_left():
    world = one_speaks(people=3)
    world.people[2].present = False
    pass_on(world, SOME_DAY)
    world.people.present, world.people.shared = [False, True, True], [False, True, False]
    pass_on(world, SOME_DAY + 7)
    assert 0.0 < world.ways[2, 3] < world.ways[1, 3] < world.ways[0, 3]


@pytest.mark.parametrize(
    "why", ["no meeting", "switched off", "no peers", "nothing to tell", "nobody shared", "size 0"]
)
def test_nothing_is_passed_on(why):
    world = one_speaks({"mechanisms.ways": why != "switched off", "group.shared_experience": float(why != "no peers")})
    world.group[0].met_today = why != "no meeting"
    world.people[0].shared = why != "nobody shared"
    if why == "nothing to tell":
        world.ways[:] = 0.0
    if why == "size 0":
        world.params.meeting_pass_on = 0.0
    assert "ways" not in what_changed(world, pass_on, SOME_DAY)


def test_at_full_size_one_ends_where_the_speaker_is_and_not_beyond():
    world = one_speaks({"meeting.strength": 1.0, "meeting.pass_on": 1.0})
    world.people.trust = 1.0
    for _ in range(3):
        pass_on(world, SOME_DAY)
    assert world.ways[1, 3] == world.ways[0, 3] == 0.9
    assert world.ways.shape == (2, WAYS)


@pytest.mark.parametrize("way", [0, WAYS - 1])
def test_the_first_and_the_last_way_are_passed_on_too(way):
    world = one_speaks(skill=0.0)
    world.ways[0, way] = 0.9
    pass_on(world, SOME_DAY)
    assert list(np.flatnonzero(world.ways[1])) == [way]
