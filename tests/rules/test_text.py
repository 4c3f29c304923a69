import pytest

from sim.draws import poisson_quantile
from sim.purposes import TEXT
from sim.rules.text import text
from sim.state import FORMER
from tests.builders import SOME_WEEK, befriend_pair, group_of, what_changed

TEXTS = {"contact.texts_per_week": 3.0, "contact.text_hours": 0.2}


def two_friends(parameters=None, tie=0.5, people=2):
    world = group_of(people, TEXTS | (parameters or {}))
    befriend_pair(world, 0, 1, tie)
    return world


def test_friends_are_in_touch_and_it_counts_as_a_little_time_together(luck):
    luck.draw(TEXT, 0.9)
    world = two_friends()
    assert what_changed(world, text, SOME_WEEK) == {"texts", "hours"}
    assert poisson_quantile(0.9, 1.5) == 3  # of a mean of 3 * 0.5
    assert list(world.people.texts) == [3, 3]
    assert world.hours[0, 1] == world.hours[1, 0] == pytest.approx(0.6)
    assert world.contacts[1, 0].texts == 3


def test_a_week_without_a_word_adds_nothing(luck):
    luck.draw(TEXT, 0.2)  # below exp(-1.5) = 0.223
    assert what_changed(two_friends(), text, SOME_WEEK) == set()


def test_the_closer_the_more(luck):
    luck.draw(TEXT, 0.9)
    counts = []
    for tie in (0.0, 0.1, 0.5, 1.0):
        world = two_friends(tie=tie)
        text(world, SOME_WEEK)
        counts.append(int(world.people[0].texts))
    assert counts == [0, 1, 3, 5]


def test_it_is_the_same_luck_whoever_came_first():
    worlds = two_friends(), two_friends()
    worlds[1].circle[:2] = [1, 0]
    for week in range(20):
        for world in worlds:
            text(world, week)
    assert worlds[0].people[0].texts == worlds[1].people[0].texts > 0


def test_also_with_those_who_have_left_and_after_the_group_has_closed(luck):
    luck.draw(TEXT, 0.9)
    world = two_friends()
    world.people.status, world.group[0].open = FORMER, False
    text(world, SOME_WEEK)
    assert list(world.people.texts) == [3, 3]


def test_only_where_there_is_a_tie(luck):
    luck.draw(TEXT, 0.9)
    world = two_friends(people=3)
    text(world, SOME_WEEK)
    assert list(world.people.texts) == [3, 3, 0]


@pytest.mark.parametrize("why", ["no contact between meetings", "one has gone", "no texts"])
def test_nobody_is_in_touch(luck, why):
    luck.draw(TEXT, 0.9)
    switches = {"contact.between_meetings": why != "no contact between meetings"}
    world = two_friends(switches | {"contact.texts_per_week": 0.0 if why == "no texts" else 3.0})
    world.people[1].living = why != "one has gone"
    assert what_changed(world, text, SOME_WEEK) == set()
