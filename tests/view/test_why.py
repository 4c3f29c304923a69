"""A person's week in words: each sentence follows from a draw or a change, and from nothing else."""

import numpy as np
import pytest

from sim.codes import ONE_VISIT_ONLY
from sim.life import Life
from sim.relations import DAYS_IN_WEEK
from sim.state import FIRST_VISIT, LEFT
from sim.trace import WEEKDAYS
from tests.view.towns import choices_of
from view.snapshot import known_as
from view.why import week_told

VALUES = choices_of("groupB", run__seed=3, joining__publicity_per_year=3.0).scenario.values
WEEK = 30


@pytest.fixture(scope="module")
def life():
    """After the week that is told."""
    found = Life(VALUES)
    found.live(WEEK + 1)
    return found


def told(life, row, week=WEEK):
    return " ".join(week_told(VALUES, int(life.traits.id[row]), week))


def test_who_came_and_with_how_many_is_said_of_all_who_did(life):
    people = life.world.people
    came = np.flatnonzero(people.attended_this_week > 0)
    assert len(came) > 2
    last = int(people.last_attended_day.max())
    for row in came:
        text = told(life, row)
        assert text.count(" came to the meeting") + text.count(" came as a visitor") == people.attended_this_week[row]
        if people.last_attended_day[row] == last:
            others = int((people.last_attended_day == last).sum()) - 1
            part = text.split(f"On {WEEKDAYS[last % DAYS_IN_WEEK]} ")[1]
            company = (
                f"{others} other {'person was' if others == 1 else 'people were'}" if others else "nobody else was"
            )
            assert f"{company} there" in part


def test_hard_days_and_episodes_are_counted_as_they_were(life):
    people = life.world.people
    for row in np.flatnonzero(people.living)[:25]:
        text = told(life, row)
        assert text.count("the day was hard") == people.hard_days_this_week[row]
        assert ("episode" in text) == (people.episodes_this_week[row] > 0)


def test_calls_that_were_answered_are_said_on_both_sides(life):
    before = Life(VALUES)
    before.live(WEEK)
    gained = life.world.people.calls_answered - before.world.people.calls_answered
    rows = np.flatnonzero(gained > 0)
    assert len(rows)
    for row in rows:
        assert told(life, row).count("was answered, which eased the day") == gained[row]


LEAVING = ("is no longer a member", "does not stay")  # of a member, and of who came once


@pytest.mark.parametrize(("kind", "words"), [(FIRST_VISIT, ("decided to come",) * 2), (LEFT, LEAVING)])
def test_events_of_the_story_are_in_the_week_of_the_person(life, kind, words):
    events = [e for e in life.story if e.kind == kind and e.week - life.lead_in > 0]
    assert events
    for event in events[:5]:
        assert words[int(event.reason == ONE_VISIT_ONLY)] in told(life, int(event.row), int(event.week) - life.lead_in)


def test_the_twin_has_no_group():
    text = " ".join(week_told({**VALUES, "group.exists": False}, 3, WEEK))
    assert "there is no group" in text
    assert "meeting" not in text


def test_who_does_not_live_here_has_no_week():
    late = int(Life(VALUES).traits.id[np.argmax(Life(VALUES).traits.arrives_week)])
    assert week_told(VALUES, late, 0) == [
        f"Person {known_as(late)} does not live here in week 0: not yet, or no longer."
    ]
    with pytest.raises(ValueError, match="nobody has the id 777777"):
        week_told(VALUES, 777777, 3)
