import pytest

from sim.rules.feel_guilty import feel_guilty
from tests.builders import SOME_DAY, town, what_changed

GUILT = {
    "mechanisms.guilt": True, "episodes.guilt_eased": 0.5, "episodes.shame_from_guilt": 0.1,
    "episodes.guilt_half_life_days": 1.0,
}  # fmt: skip


def guilty(guilt=0.8, parameters=None, supported_day=-1):
    world = town(2, GUILT | (parameters or {}))
    world.people[0].guilt, world.people[0].supported_day = guilt, supported_day
    return world


def test_guilt_turns_into_shame_and_fades():
    world = guilty()
    assert what_changed(world, feel_guilty, SOME_DAY) == {"stigma", "guilt"}
    assert list(world.people.stigma) == pytest.approx([0.54, 0.5])  # 0.5 to 1 by 0.1 * 0.8
    assert list(world.people.guilt) == pytest.approx([0.4, 0.0])  # half is left after a half-life of a day


def test_support_on_the_day_eases_it_first():
    world = guilty(supported_day=SOME_DAY)
    feel_guilty(world, SOME_DAY)
    assert world.people[0].stigma == pytest.approx(0.52)  # 0.8 is halved, then 0.5 to 1 by 0.1 * 0.4
    assert world.people[0].guilt == pytest.approx(0.2)


@pytest.mark.parametrize(("supported", "mechanism"), [(SOME_DAY - 1, True), (-1, True), (SOME_DAY, False)])
def test_support_of_another_day_or_without_comfort_eases_nothing(supported, mechanism):
    world = guilty(parameters={"mechanisms.comfort": mechanism}, supported_day=supported)
    feel_guilty(world, SOME_DAY)
    assert world.people[0].guilt == pytest.approx(0.4)


def test_guilt_of_one_episode_comes_to_a_known_amount_of_shame():
    # 1 - S is multiplied by 1 - shame * G each day: G, G/2, G/4, ... over many days.
    world = guilty(0.4, {"episodes.shame_from_guilt": 0.01})
    left = 0.5
    for day in range(40):
        feel_guilty(world, SOME_DAY + day)
        left *= 1.0 - 0.01 * 0.4 / 2**day
    assert 1.0 - world.people[0].stigma == pytest.approx(left)
    assert world.people[0].guilt < 1e-9


def test_a_longer_half_life_keeps_it_longer():
    world = guilty(0.8, {"episodes.guilt_half_life_days": 7.0})
    for day in range(7):
        feel_guilty(world, SOME_DAY + day)
    assert world.people[0].guilt == pytest.approx(0.4)


@pytest.mark.parametrize("why", ["no guilt", "not living", "switched off"])
def test_nothing_happens(why):
    world = guilty(0.0 if why == "no guilt" else 0.8, {"mechanisms.guilt": why != "switched off"})
    world.people[0].living = why != "not living"
    assert what_changed(world, feel_guilty, SOME_DAY) == set()


def test_at_full_size_shame_stays_at_all_there_is():
    world = guilty(1.0, {"episodes.shame_from_guilt": 1.0})
    feel_guilty(world, SOME_DAY)
    assert world.people[0].stigma == 1.0
