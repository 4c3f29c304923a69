"""The digest of a life: by state, and the same for ever."""

from __future__ import annotations

import numpy as np
import pytest

import sim.life
from sim.declare import last_day, total
from sim.life import Life
from sim.order import IN_ORDER
from sim.state import EVENTS, GROUP, PEOPLE, WEEKS
from tests.builders import small_values


@pytest.fixture
def life():
    lived = Life(small_values())
    lived.live(4)
    return lived


@pytest.fixture
def with_a_new_state(life, monkeypatch):
    """The same life in a version whose people have two more states."""
    fields = (*PEOPLE, total("pebbles", "picked up"), last_day("pebble_day", "of the last"))
    people = sim.life.records(fields, len(life.traits))
    for field in PEOPLE:
        people[field.name] = life.world.people[field.name]
    monkeypatch.setattr(sim.life, "PEOPLE", fields)

    def widen():
        life.world = life.world._replace(people=people)
        return people

    return widen


def test_a_state_that_nothing_writes_leaves_the_digest_as_it_was(life, with_a_new_state):
    before, states = life.digest(), life.field_digests()
    with_a_new_state()
    assert life.digest() == before
    after = life.field_digests()
    assert set(after) - set(states) == {"people.pebbles", "people.pebble_day"}
    assert {name: after[name] for name in states} == states


def test_a_new_state_counts_once_it_is_written(life, with_a_new_state):
    before = life.digest()
    with_a_new_state().pebbles[3] = 1
    assert life.digest() != before


def test_one_changed_bit_shows_in_its_own_state_only(life):
    before, states = life.digest(), life.field_digests()
    life.world.people.stigma[5] = np.nextafter(life.world.people.stigma[5], 1.0)
    assert life.digest() != before
    after = life.field_digests()
    assert [name for name in states if after[name] != states[name]] == ["people.stigma"]


@pytest.mark.parametrize(
    ("table", "fields"), [("people", PEOPLE), ("group", GROUP), ("weeks", WEEKS), ("events", EVENTS)]
)
def test_states_lie_in_the_order_of_the_digest(table, fields):
    names = [field.name for field in fields]
    assert [name for name in names if name in IN_ORDER[table]] == list(IN_ORDER[table])
