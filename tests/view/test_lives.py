"""The two lives behind the page: exact twins, kept weeks, and the same numbers as a run."""

import gc
import weakref

import numpy as np
import pytest

from analysis.studies.run.study import live_scenario
from sim.ensemble import run_many
from sim.life import Life
from sim.state import MEMBER
from tests.view.towns import choices_of, group_b, lived
from view.lives import TwinLives
from view.numbers import EVERYONE, MEMBERS_NOW, changes, contacts, rate_per_year, who
from view.places import INSIDE
from view.snapshot import MEASURES, WITH, WITHOUT


def test_both_lives_are_those_of_an_ensemble_with_the_same_seed():
    lives = lived("groupA", 80, run__seed=4)
    values = lives.config.values
    one, other = run_many([values, {**values, "group.exists": False}], keep=lambda life: (life.digest(), life.weeks))
    assert lives.group.digest() == one[0]
    assert lives.twin.digest() == other[0]
    assert lives.config.name == "groupA"


def test_means_of_members_are_those_of_the_table_of_weeks():
    lives = group_b()
    table = lives.group.weeks[: lives.shown]
    names = {"distress_this_week": "distress", "hard_days_this_week": "hard_days",
             "hard_days_through_this_week": "hard_days_through", "episodes_this_week": "episodes"}  # fmt: skip
    for name in MEASURES:
        np.testing.assert_allclose(
            lives.snapshot.means(WITH, name)[1:], table[f"members_{names.get(name, name)}"], rtol=1e-12
        )
    assert lives.snapshot.members[1:].tolist() == table["members"].tolist()


def test_until_somebody_comes_the_two_lives_are_the_same():
    lives = lived("groupA", 50, group__founders=1, group__women_only=True)
    for row in range(len(lives.group.traits)):
        came = int(lives.snapshot.now()["first_joined_week"][row])
        until = lives.shown if came < 0 else came - lives.group.lead_in
        for name in ("isolation", "stigma", "understanding", "coping", "distress_this_week", "episodes_this_week"):
            own, twin = (lives.snapshot.path(life, name, row)[: until + 1] for life in (WITH, WITHOUT))
            assert (own == twin).all()


def test_the_twin_never_has_a_member():
    assert not (group_b().snapshot.people[WITHOUT]["status"] == MEMBER).any()


def test_going_back_shows_what_was_and_lives_nothing_again():
    lives = lived(weeks=40)
    seen, digest = lives.snapshot.now().copy(), lives.group.digest()
    lives.go_to(12)
    assert lives.shown == 12
    assert len(lives.snapshot.means(WITH, "isolation")) == 13
    assert lives.group.digest() == digest
    for _ in range(28):
        lives.step()
    assert lives.shown == lives.lived == 40
    assert (lives.snapshot.now() == seen).all()
    assert lives.group.digest() == digest
    lives.step()
    assert lives.lived == 41


@pytest.mark.parametrize(("asked", "shown"), [(-3, 0), (0, 0), (7, 7), (500, 20)])
def test_only_weeks_already_seen_can_be_shown(asked, shown):
    lives = lived(weeks=20)
    lives.go_to(asked)
    assert lives.shown == shown


def test_it_stops_at_the_last_week():
    lives = lived(weeks=80)
    assert not lives.running
    lives.step()
    assert lives.shown == lives.lived == 80
    lives.go_to(3)
    assert lives.running


def every_week(lives):
    """A snapshot of each week lived, from before the opening on."""
    for week in range(lives.lived + 1):
        lives.go_to(week)
        yield lives.snapshot


@pytest.mark.parametrize("name", ["groupA", "groupB"])
def test_texts_are_those_that_were_sent(name):
    lives = lived(name, 60, contact__texts_per_week=4.0)
    texts = np.zeros(len(lives.group.traits), dtype=int)
    for snapshot in every_week(lives):
        np.add.at(texts, snapshot.pairs["one"], snapshot.pairs["texts"])
        np.add.at(texts, snapshot.pairs["other"], snapshot.pairs["texts"])
    assert texts.tolist() == lives.group.world.people.texts.tolist()
    assert texts.sum() > 0


def test_hours_are_those_spent_together():
    # No texts, calls or socials: two people who were at the one meeting spent its two hours together.
    lives = lived("groupA", 40, contact__between_meetings=False, meeting__attend_floor=0.95)
    together = [pair for snapshot in every_week(lives) for pair in snapshot.pairs if pair["hours"] > 0]
    assert len(together) > 20
    assert {float(pair["hours"]) for pair in together} == {2.0}


def test_keeping_contacts_changes_no_bit_of_a_life():
    values = choices_of("groupB", run__weeks=40).scenario.values
    one, other = Life(values), Life(values, keep_contacts=True)
    one.live()
    other.live()
    assert one.digest() == other.digest()


def test_ties_are_kept_as_they_were():
    lives = lived("groupB", 30)
    last = lives.snapshot.pairs
    assert np.array_equal(last["tie"], lives.group.world.ties[last["one"], last["other"]])
    assert (last["tie"] > 0).sum() == np.count_nonzero(np.tril(lives.group.world.ties))


def test_the_story_is_told_up_to_the_week_shown():
    lives = group_b()
    lives.go_to(5)
    assert all(event.week - lives.group.lead_in < 5 for event in lives.snapshot.story)
    lives.go_to(80)
    assert len(lives.snapshot.story) == len(lives.group.story)


def test_people_keep_their_place_for_as_long_as_they_stay_on_a_ring():
    before = None
    for now in every_week(group_b()):
        if before is not None:
            stayed = before.ring == now.ring
            assert (before.place[stayed] == now.place[stayed]).all()
        inside = now.place[now.ring == INSIDE].tolist()
        assert len({tuple(place) for place in inside}) == len(inside)
        before = now


def test_change_is_that_of_the_tables_of_a_run():
    lives = lived("groupB", 80, run__seed=3)
    people = live_scenario(lives.config).tables["people"].to_pandas() if _has_pandas() else None
    if people is None:
        pytest.skip("pandas is not installed (it comes with the extra view)")
    last = people[people.week == 79].set_index("id")
    rows = who(lives.snapshot, MEMBERS_NOW)
    ids = lives.group.traits.id[rows]
    change = next(line for line in changes(lives.snapshot, MEMBERS_NOW) if line.name == "isolation")
    before = [people[(people.id == i) & (people.week == w - 1)].isolation.iloc[0] for i, w in zip(
        ids, lives.snapshot.now()["first_joined_week"][rows] - lives.group.lead_in, strict=True)]  # fmt: skip
    assert change.people == len(ids)
    assert change.own == pytest.approx(np.mean(last.loc[ids].isolation.to_numpy() - np.array(before)), abs=1e-12)


def _has_pandas():
    try:
        import pandas  # noqa: F401
    except ImportError:
        return False
    return True


def test_the_difference_is_the_change_less_the_twins_change():
    lines = changes(group_b().snapshot, EVERYONE)
    assert [line.name for line in lines][-1] == "episodes_this_week"
    for line in lines:
        assert line.difference == pytest.approx(line.own - line.twin, abs=1e-12)
        assert 0 <= line.lower <= line.people


def test_rates_are_sums_over_thirteen_weeks():
    lives = group_b()
    members, episodes = (
        lives.snapshot.members.astype(float),
        lives.snapshot.sums[WITH, :, MEASURES.index("episodes_this_week")],
    )
    expected = episodes[-13:].sum() / (members[-13:].sum() / 52)
    assert rate_per_year(lives.snapshot, WITH, "episodes_this_week")[-1] == pytest.approx(expected)


def test_contacts_are_counted_from_the_totals():
    lives = lived(weeks=20)
    assert contacts(lives.snapshot).max() > 0
    outsiders = lives.snapshot.now()["first_joined_week"] < 0
    assert (contacts(lives.snapshot)[outsiders] == 0).all()


def test_a_scenario_without_a_group_has_two_equal_lives():
    lives = lived("absent", 20)
    assert (lives.snapshot.people[WITH] == lives.snapshot.people[WITHOUT]).all()
    assert changes(lives.snapshot) == []


def test_a_hundred_resets_leave_no_model_behind():
    choices = choices_of("groupA")
    gone = []
    for _ in range(100):
        lives = TwinLives(choices=choices)
        lives.step()
        gone.append(weakref.ref(lives))
        del lives
    gc.collect()
    assert sum(ref() is not None for ref in gone) == 0


def test_lives_are_lived_as_life_lives_them():
    lives = lived(weeks=10)
    life = Life(lives.config.values)
    life.live(10)
    assert (life.weeks[:10] == lives.group.weeks[:10]).all() or np.array_equal(
        life.weeks[:10]["members"], lives.group.weeks[:10]["members"]
    )
    assert life.digest() == lives.group.digest()
