import pytest

from sim.purposes import HELP, WAY_ADVISED
from sim.rules.help import help_others
from tests.builders import SOME_DAY, meeting_of, what_changed

SIZES = {"meeting.strength": 0.5, "meeting.helper": 0.4, "meeting.burden": 0.02, "meeting.help_prob": 0.5}


def one_speaks(parameters=None, people=2, **traits):
    """The first person at a meeting has shared; the others might help."""
    world = meeting_of(people, SIZES | (parameters or {}), **traits)
    world.people[0].shared = True
    return world


def test_helping_teaches_the_helper_and_weighs(luck):
    luck.let(HELP)
    world = one_speaks(position=[0.3, 0.5], responsiveness=[1.0, 0.5])
    assert what_changed(world, help_others, SOME_DAY) == {"understanding", "distress", "help_given"}
    helper = world.people[1]
    assert helper.understanding == pytest.approx(0.54)  # 0.5 to 1 by 0.5 * 0.4 * 0.8 * 0.5 = 0.08
    assert helper.distress == pytest.approx(0.51)
    assert (helper.help_given, world.people[0].help_given) == (1, 0)


def test_trust_makes_it_likelier_and_distress_less_likely(luck):
    world = one_speaks(people=3)
    world.people.trust, world.people.distress = [0.5, 0.8, 1.0], [0.5, 0.25, 1.0]
    help_others(world, SOME_DAY)
    assert luck.chances_of(HELP) == {1: pytest.approx(0.3), 2: 0.0}  # 0.5 * 0.8 * 0.75


def test_where_likeness_does_not_count_helping_only_weighs(luck):
    luck.let(HELP)
    world = one_speaks({"group.shared_experience": 0.0})
    assert what_changed(world, help_others, SOME_DAY) == {"distress", "help_given"}


def test_the_burden_can_be_switched_off_and_grows_with_its_size(luck):
    luck.let(HELP)
    distress = []
    for burden in (0.0, 0.02, 0.2, 1.0):
        world = one_speaks({"meeting.burden": burden})
        help_others(world, SOME_DAY)
        distress.append(world.people[1].distress)
    assert distress == pytest.approx([0.5, 0.51, 0.6, 1.0])


def test_a_burdened_helper_is_less_ready_for_the_next(luck):
    luck.let(HELP)
    world = one_speaks(people=3)
    world.people[1].shared = True
    help_others(world, SOME_DAY)
    chances = [prob for _, person, _, prob in luck.asked if person == 2]
    assert chances == pytest.approx([0.125, 0.5 * 0.5 * 0.49])


def test_nobody_helps_oneself_the_silent_or_from_afar(luck):
    luck.let(HELP)
    world = one_speaks(people=3)
    world.people[2].present = False
    help_others(world, SOME_DAY)
    assert [(person, partner) for _, person, partner, _ in luck.asked] == [(1, 0)]


def test_without_a_meeting_nobody_helps(luck):
    luck.let(HELP)
    world = one_speaks()
    world.group[0].met_today = False
    assert what_changed(world, help_others, SOME_DAY) == set()


# Advice.

ADVICE = SIZES | {"mechanisms.advice": True, "meeting.advice": 0.4, "meeting.copy_poor_coping": 0.5}


def advised(parameters=None, mine=0.9, theirs=0.4, **traits):
    """The second of two people at a meeting may advise the first, who has shared."""
    world = one_speaks(ADVICE | (parameters or {}), **({"position": [0.3, 0.5], "responsiveness": [0.5, 1.0]} | traits))
    world.people.coping = [theirs, mine]
    return world


def test_advice_passes_on_how_the_helper_copes(luck):
    luck.let(HELP)
    world = advised()
    assert what_changed(world, help_others, SOME_DAY) == {"understanding", "distress", "help_given", "coping"}
    # by 0.5 * 0.4 * likeness 0.8 * responsiveness 0.5 = 0.08 of the way from 0.4 to 0.9
    assert list(world.people.coping) == pytest.approx([0.44, 0.9])


def test_there_is_bad_advice(luck):
    luck.let(HELP)
    world = advised(mine=0.4, theirs=0.9)
    help_others(world, SOME_DAY)
    assert list(world.people.coping) == pytest.approx([0.88, 0.4])  # half of the pull, 0.04 of the way


def test_advice_passes_on_one_of_the_ways_that_the_helper_knows(luck):
    luck.let(HELP)
    world = advised({"mechanisms.ways": True})
    world.ways[1, 3], world.ways[0, 3] = 0.9, 0.4
    changed = what_changed(world, help_others, SOME_DAY)
    assert changed == {"understanding", "distress", "help_given", "ways", "ways_heard"}
    assert world.ways[0, 3] == pytest.approx(0.425)  # by 0.5 * 0.4 * trust 0.5 * responsiveness 0.5 = 0.05
    assert list(world.people.ways_heard) == [1, 0]


@pytest.mark.parametrize(("u", "way"), [(0.0, 2), (0.24, 2), (0.26, 5)])
def test_which_way_is_advised_goes_by_what_the_helper_is_good_at(luck, u, way):
    luck.let(HELP)
    luck.draw(WAY_ADVISED, u)
    world = advised({"mechanisms.ways": True}, position=0.5)
    world.ways[1, 2], world.ways[1, 5] = 0.2, 0.6
    help_others(world, SOME_DAY)
    assert list(world.ways[0].nonzero()[0]) == [way]


@pytest.mark.parametrize("ways", [True, False])
@pytest.mark.parametrize("why", ["switched off", "no peers", "nothing to tell"])
def test_no_advice_comes_of_it(luck, ways, why):
    luck.let(HELP)
    changes = {"mechanisms.ways": ways, "mechanisms.advice": why != "switched off"}
    world = advised(changes | {"group.shared_experience": float(why != "no peers")})
    if why == "nothing to tell":
        world.people.coping = 0.4
    elif ways:
        world.ways[1, 3] = 0.9
    help_others(world, SOME_DAY)
    assert not world.ways[0].any()
    assert list(world.people.coping) == ([0.4, 0.4] if why == "nothing to tell" else [0.4, 0.9])


def test_who_does_not_help_advises_nobody(luck):
    luck.forbid(HELP)
    assert what_changed(advised(), help_others, SOME_DAY) == set()
