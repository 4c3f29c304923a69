import pytest

from sim.rules.befriend import befriend
from tests.builders import SOME_WEEK, befriend_pair, group_of, what_changed

TIES = {"ties.growth_per_hour": 0.008, "ties.half_life_weeks": 26.0, "ties.lapse": 0.01}


def together(hours, tie=0.0, parameters=None):
    world = group_of(2, TIES | (parameters or {}))
    befriend_pair(world, 0, 1, tie)
    world.hours[0, 1] = world.hours[1, 0] = hours
    befriend(world, SOME_WEEK)
    return world


@pytest.mark.parametrize(("hours", "tie"), [(50, 0.33), (90, 0.51), (200, 0.80)])
def test_hours_of_hall_2019_make_casual_friends_friends_and_close_friends(hours, tie):
    assert together(float(hours)).ties[0, 1] == pytest.approx(tie, abs=0.006)


def test_hours_spent_week_by_week_add_up_to_the_same():
    world = group_of(2, TIES)
    for week in range(25):
        world.hours[0, 1] = world.hours[1, 0] = 2.0
        befriend(world, week)
    assert world.ties[0, 1] == pytest.approx(together(50.0).ties[0, 1])


def test_an_hour_moves_an_existing_tie_by_its_share_of_the_rest():
    assert together(1.0, 0.5, {"ties.growth_per_hour": 0.1}).ties[0, 1] == pytest.approx(0.55)
    assert together(2.0, 0.5, {"ties.growth_per_hour": 0.1}).ties[0, 1] == pytest.approx(0.595)


def test_a_tie_fades_by_half_in_its_half_life_without_contact():
    assert together(0.0, 0.8, {"ties.half_life_weeks": 1.0}).ties[0, 1] == pytest.approx(0.4)
    assert together(0.0, 0.8, {"ties.half_life_weeks": 2.0}).ties[0, 1] == pytest.approx(0.5656854249492381)


def test_a_tie_does_not_fade_in_a_week_with_contact():
    assert together(0.1, 0.8, {"ties.growth_per_hour": 0.0}).ties[0, 1] == 0.8


def test_a_tie_that_has_faded_almost_away_is_over():
    assert together(0.0, 0.019, {"ties.half_life_weeks": 1.0}).ties[0, 1] == 0.0
    assert together(0.0, 0.021, {"ties.half_life_weeks": 1.0}).ties[0, 1] == pytest.approx(0.0105)


def test_a_tie_that_is_only_beginning_is_not_over():
    assert together(1.0).ties[0, 1] == pytest.approx(0.008)  # one hour, still below the lapse


def test_full_growth_makes_a_full_tie():
    assert together(0.5, 0.0, {"ties.growth_per_hour": 1.0}).ties[0, 1] == 1.0


def test_ties_are_mutual_and_hours_begin_anew():
    world = together(50.0)
    assert world.ties[0, 1] == world.ties[1, 0]
    assert not world.hours.any()
    assert not world.ties.diagonal().any()


def test_it_touches_ties_and_hours_of_those_who_ever_came_and_nothing_else():
    world = group_of(2, TIES, outsiders=1)
    world.hours[0, 1] = world.hours[1, 0] = 5.0
    assert what_changed(world, befriend, SOME_WEEK) == {"ties", "hours"}
    assert not world.ties[2].any()


def test_longer_hours_faster_growth_and_longer_half_lives_never_mean_less():
    by_hours = [together(float(h), 0.2).ties[0, 1] for h in (1, 2, 5, 20, 100)]
    by_growth = [together(2.0, 0.2, {"ties.growth_per_hour": g}).ties[0, 1] for g in (0.0, 0.01, 0.1, 0.5, 1.0)]
    by_half_life = [together(0.0, 0.5, {"ties.half_life_weeks": h}).ties[0, 1] for h in (0.5, 2.0, 10.0, 100.0)]
    for ties in (by_hours, by_growth, by_half_life):
        assert ties == sorted(ties)
        assert ties[0] < ties[-1]
