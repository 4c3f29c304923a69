"""A person's week told: the same week, to the last bit, and the draws that made it."""

import itertools

import numpy as np
import pytest

from sim import draws, trace
from sim.life import Life
from sim.scenario import load
from sim.state import MEMBER

VALUES = load("scenarios/groupA.yaml").with_values({"run.weeks": 60}).values


@pytest.fixture(scope="module")
def member():
    life = Life(VALUES)
    life.live(20)
    return int(life.traits.id[life.world.people.status == MEMBER][0])


def test_a_watched_week_is_the_compiled_week_to_the_last_bit(member):
    watched, plain = Life(VALUES), Life(VALUES)
    watched.live(20)
    trace.watch_week(watched, member)
    plain.live(21)
    assert watched.digest() == plain.digest()
    watched.live(5)
    plain.live(5)
    assert watched.digest() == plain.digest()


def test_the_draws_are_as_they_were_afterwards(member):
    before = {name: getattr(draws, name) for name in ("happens", "count", "uniform_pair", "poisson_quantile")}
    life = Life(VALUES)
    life.live(3)
    trace.watch_week(life, member)
    assert all(getattr(draws, name) is function for name, function in before.items())


def test_the_telling_has_each_days_distress_and_the_meeting(member):
    told = trace.tell(VALUES, member, 20)
    for weekday in trace.WEEKDAYS:
        assert weekday in told
    assert told.count("feel: today's distress") == 7
    assert "attend:" in told and "probability" in told
    assert "isolation" in told and "->" in told


def test_told_changes_add_up_to_the_compiled_change(member):
    life = Life(VALUES)
    life.live(20)
    row = int(np.flatnonzero(life.traits.id == member)[0])
    before = float(life.world.people.stigma[row])
    entries = trace.watch_week(life, member)
    stigma = [change.split() for entry in entries for change in entry.changes if change.startswith("stigma ")]
    assert float(stigma[0][1]) == pytest.approx(before, abs=1e-5)
    for earlier, later in itertools.pairwise(stigma):
        assert earlier[3] == later[1]
    assert float(stigma[-1][3]) == pytest.approx(float(life.world.people.stigma[row]), abs=1e-5)


def test_a_call_is_told_from_both_sides():
    life = Life(VALUES)
    for _ in range(60):
        before = life.world.people.calls_taken.copy()
        probe = Life(VALUES)
        probe.live(life.week)
        life.live(1)
        helped = np.flatnonzero(life.world.people.calls_taken > before)
        if len(helped):
            entries = trace.watch_week(probe, int(life.traits.id[helped[0]]))
            told = [text for entry in entries if entry.rule == "contact" for text in entry.draws]
            assert any(text.startswith("answer (by") and text.endswith("yes") for text in told)
            return
    pytest.fail("nobody was rung in 60 weeks")


@pytest.mark.parametrize(("person", "week"), [(10_000, 3), (0, 60), (0, -1)])
def test_nobody_and_never_are_said_plainly(person, week):
    with pytest.raises(ValueError, match="expected"):
        trace.tell(VALUES, person, week)
