"""Figures person by person, of people who are written down here."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.compare.outcomes import members_of
from analysis.compare.paired import pair
from analysis.compare.panel import live_panel
from analysis.studies.claims import persons, read
from tests.analysis.studies.claims.test_read import planted
from tests.builders import small_values

NAN = np.nan
LESSENED = persons.better(persons.less_self_harm)
# Five people; the fourth is no regular. Nobody is like the twin in all but the last.
COLUMNS = {
    "regular": np.array([True, True, True, False, True]),
    "horizon": np.array([1, 1, 1, 1, 1]),
    "episodes_before": np.array([4.0, 1.0, NAN, 2.0, 0.0]),
    "episodes_life": np.array([1.0, 2.0, 0.0, 0.0, 0.0]),
    "episodes_twin": np.array([2.0, 2.0, 3.0, 1.0, 0.0]),
    "coping_life": np.array([0.50, 0.30, 0.30, 0.5, 0.4]),
    "coping_twin": np.array([0.40, 0.33, 0.40, 0.5, 0.4]),
    "hard_days_life": np.array([2.0, 2.0, 2.0, 0.0, 0.0]),
    "hard_days_twin": np.array([2.0, 1.0, 1.0, 1.0, 0.0]),
    "got_through_life": np.array([0.9, 0.75, 0.9, NAN, NAN]),
    "got_through_twin": np.array([0.9, 0.75, 0.9, 0.5, NAN]),
    "stigma_life": np.array([0.5, 0.5, 0.5, 0.5, 0.5]),
    "stigma_twin": np.array([0.6, 0.5, 0.5, 0.5, 0.5]),
    "understanding_life": np.array([0.5, 1.0, 0.5, 0.5, 0.5]),
    "understanding_twin": np.array([0.5, 0.0, 0.5, 0.5, 0.5]),
    "guilt_life": np.zeros(5),
    "guilt_twin": np.zeros(5),
}


@pytest.fixture
def lived():
    arm = planted("groupA", [0, 0, 0])
    arm.parts = [part._replace(people=COLUMNS) for part in arm.parts]
    return arm


def share(lived, some, population="regulars"):
    counted, having = read.people_columns(lived, 2, population, some)
    return having.sum() / counted.sum()


def test_shares_of_people_are_counted_person_by_person(lived):
    assert share(lived, LESSENED) == pytest.approx(2 / 4), "as many as the twin is not fewer"
    assert share(lived, persons.worse(persons.less_self_harm)) == 0.0, "and not more"
    assert share(lived, LESSENED, "joined") == pytest.approx(3 / 5)
    assert share(lived, persons.lessened_at_all) == pytest.approx(2 / 3), "nobody can have fewer than none"
    assert share(lived, persons.without_episode) == pytest.approx(1 / 3), "of those whose twin had an episode"
    assert share(lived, persons.fell("life")) == pytest.approx(1 / 3), "of those seen before"
    assert share(lived, persons.fell("twin")) == pytest.approx(1 / 3)
    assert share(lived, persons.fell("twin", 0.5), "joined") == pytest.approx(2 / 4)
    assert read.people_columns(lived, 1, "joined", LESSENED)[0].sum() == 0


def test_managing_weighs_its_signs_and_ties_are_ties(lived):
    # Coping better; days lost more (coping within a tie); both worse; days lost fewer, none hard; all alike.
    assert list(persons.better_managed(COLUMNS)) == [1, -1, -1, 1, 0]
    assert list(persons.less_self_harm(COLUMNS)) == [1, 0, 1, 1, 0]
    assert list(persons.better(persons.on_balance)(COLUMNS)[1]) == [True, False, False, True, False]
    worse = persons.worse(persons.on_balance)(COLUMNS)[1]
    assert list(worse) == [False, True, False, False, False], "better and worse is a tie"
    assert share(lived, persons.better(persons.better_managed)) == pytest.approx(1 / 4)
    assert share(lived, persons.worse(persons.better_managed)) == pytest.approx(2 / 4)


def test_guilt_is_a_sign_where_it_is_a_state():
    guilt = {"guilt_life": np.array([0.0, 0.0, 0.0, 0.5, 0.3]), "guilt_twin": np.array([0.0, 0.1, 0.03, 0.1, 0.1])}
    assert list(persons.better_managed(COLUMNS | guilt)) == [1, 0, -1, 0, -1]


def test_more_hard_days_do_not_make_somebody_manage_better():
    """The same days lost among more hard ones: a share of hard days would call that better."""
    one = {name: column[:1].copy() for name, column in COLUMNS.items()}
    one |= {"coping_life": np.array([0.4]), "hard_days_life": np.array([4.0]), "got_through_life": np.array([0.95])}
    assert list(persons.better_managed(one)) == [0]


def test_a_group_that_only_shuffles_luck_makes_no_majority():
    """Episodes, hard days and coping drawn anew in each world: asking for either of two signs would mislead."""
    luck = np.random.default_rng(4)
    n = 20_000
    worlds = {}
    for world in ("life", "twin"):
        worlds[f"episodes_{world}"] = luck.poisson(2.0, n).astype(float)
        worlds[f"hard_days_{world}"] = luck.poisson(20.0, n) / 52
        worlds[f"got_through_{world}"] = luck.uniform(0.8, 1.0, n)
        worlds[f"coping_{world}"] = luck.normal(0.4, 0.1, n)
        worlds[f"guilt_{world}"] = luck.uniform(0.0, 0.3, n)
    better, worse = (some(persons.on_balance)(worlds)[1].mean() for some in (persons.better, persons.worse))
    either = ((persons.less_self_harm(worlds) > 0) | (persons.better_managed(worlds) > 0)).mean()
    assert either > 0.55, "what asking for the one or the other would have found"
    assert better < 0.5
    assert better == pytest.approx(worse, abs=0.02)


def test_asked_and_unasked(lived):
    found = persons.open_when_asked("groupA")({"groupA": lived})
    assert found.estimate.value == pytest.approx(0.1 / 4), "only the first of four is less ashamed"
    lived.arm.values.update({"mechanisms.openness": True, "outside.openness_from_insight": 0.4})
    gains = [0.6 * 0.8 - 0.5 * 0.8, 0.5 - 0.5 * 0.6]
    assert persons.open_when_asked("groupA")({"groupA": lived}).estimate.value == pytest.approx(sum(gains) / 4)
    told = planted("groupA", [2, 3, 4, 5], effect=0.25, outcome="told_outside")
    assert persons.told_unasked("groupA", "joined")({"groupA": told}).estimate.value == pytest.approx(0.75 / 0.5)
    nobody = planted("groupA", [2, 3, 4, 5], effect=0.1, twin_change=-0.5, outcome="told_outside")
    assert not persons.told_unasked("groupA", "joined")({"groupA": nobody}).estimate.known, "a multiple of nothing"


def test_who_tells_as_often_as_the_twin_in_every_town_may_do_otherwise_in_one_unseen():
    told = planted("groupA", [2, 3, 4, 5] * 5, outcome="told_outside")
    found = persons.told_unasked("groupA", "joined")({"groupA": told}).estimate
    most = 2.0 * (1 - 0.025 ** (1 / 20))  # one time more a person and year, where twins tell every other year
    assert (found.value, found.high) == (1.0, pytest.approx(1 + most))
    assert found.tails.p_above(found.high) == pytest.approx(0.025)


def test_guilt_comes_from_the_life_where_it_is_a_state():
    values = small_values("groupA", run__weeks=52, people__residents=40, run__seed=5, mechanisms__guilt=True)
    life, twin = (live_panel({**values, "group.exists": there}) for there in (True, False))
    found = pair(life, twin, [13]).people
    came = members_of("joined", life, 13)
    assert np.array_equal(found["guilt_life"], life.people["guilt"][13, came])
    assert np.array_equal(found["guilt_twin"], twin.people["guilt"][13, came])
    assert found["guilt_twin"].max() > 0.0
    level = live_panel({**values, "mechanisms.guilt": False})
    assert pair(level, level, [13]).people["guilt_life"].max() == 0.0
