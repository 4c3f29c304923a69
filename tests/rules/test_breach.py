import pytest

from sim.purposes import BREACH, BREACH_WHOSE
from sim.rules.breach import breach
from sim.state import BREACHED
from tests.builders import SOME_DAY, meeting_of, story, what_changed

SIZES = {"group.breach_prob": 1.0, "meeting.breach_hurt": 0.4, "outside.horrified": 0.1}


def a_leaky_meeting(parameters=None, shared=(True, True, False)):
    world = meeting_of(3, SIZES | (parameters or {}), outsiders=1)
    world.people.shared[:3] = shared
    return world


def test_everybody_present_trusts_the_group_less_and_one_is_met_with_dismay(luck):
    luck.draw(BREACH_WHOSE, 0.6)  # the second of two
    world = a_leaky_meeting()
    assert what_changed(world, breach, SOME_DAY) == {"trust", "stigma", "group.breaches"}
    assert list(world.people.trust) == pytest.approx([0.3, 0.3, 0.3, 0.5])  # 0.5 moved to 0 by 0.4
    assert list(world.people.stigma) == pytest.approx([0.5, 0.55, 0.5, 0.5])  # 0.5 moved to 1 by 0.1
    assert world.group[0].breaches == 1
    assert story(world) == [(BREACHED, 1, 0)]


@pytest.mark.parametrize(("u", "whose"), [(0.01, 0), (0.49, 0), (0.51, 2), (0.99, 2), (1.0 - 2.0**-53, 2)])
def test_whose_words_they_were_is_equally_likely_for_all_who_shared(luck, u, whose):
    luck.draw(BREACH_WHOSE, u)
    world = a_leaky_meeting(shared=(True, False, True))
    breach(world, SOME_DAY)
    assert [i for i in range(3) if world.people[i].stigma > 0.5] == [whose]


def test_it_happens_with_its_probability(luck):
    world = a_leaky_meeting({"group.breach_prob": 0.08})
    breach(world, SOME_DAY)
    assert luck.chance_of(BREACH) == 0.08


def test_no_confidence_is_broken_where_none_was_shared():
    assert what_changed(a_leaky_meeting(shared=(False, False, False)), breach, SOME_DAY) == set()


def test_a_tight_group_or_a_day_without_meeting_has_no_breach():
    assert what_changed(a_leaky_meeting({"group.breach_prob": 0.0}), breach, SOME_DAY) == set()
    world = a_leaky_meeting()
    world.group[0].met_today = False
    assert what_changed(world, breach, SOME_DAY) == set()


def test_breaches_come_as_often_as_stated():
    # 1,000 meetings at 0.1: 100 expected, standard deviation 9.5; 60-140 holds with probability
    # above 0.9999 whatever the seed.
    world = a_leaky_meeting({"group.breach_prob": 0.1})
    for day in range(1000):
        breach(world, day)
    assert 60 <= world.group[0].breaches <= 140
