"""Outcomes on panels made by hand, so that each figure can be worked out in the head."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.compare.outcomes import GROUP_MEASURES, OUTCOME, OUTCOMES, POPULATIONS, before_row, first_look, members_of
from analysis.compare.panel import STATES, TOTALS
from sim.state import FORMER, MEMBER
from tests.analysis.small import hand_made

ROWS = 30


def growing(*per_row):
    """What has been counted by each row, of people for whom it grows by so much each."""
    return np.arange(ROWS)[:, None] * np.array(per_row, float)


# What is declared.


def test_every_outcome_says_what_it_is():
    assert len({o.name for o in OUTCOMES}) == len({o.label for o in OUTCOMES}) == len(OUTCOMES) == 13
    for o in OUTCOMES:
        assert o.unit
        assert o.better in (-1, 0, 1)
        assert bool(o.state) != bool(o.top)
        assert o.state in (*STATES, "ties", "")
        assert {*o.top, o.bottom} <= set(TOTALS)
    assert not {"", None} & {*POPULATIONS.values(), *(word for words in GROUP_MEASURES.values() for word in words)}


def test_coping_distress_and_isolation_stand_beside_every_count_of_episodes():
    assert {"episodes", "episodes_per_hard_day", "coping", "distress", "isolation", "hard_days"} <= set(OUTCOME)
    assert OUTCOME["contacts"].better == OUTCOME["told_outside"].better == OUTCOME["ties"].better == 0


# Values.


def test_a_state_is_what_it_is_on_that_day():
    panel = hand_made(ROWS, isolation=growing(0.01, 0.02))
    assert OUTCOME["isolation"].at(panel, 7) == pytest.approx([0.07, 0.14])


def test_what_is_counted_is_counted_over_a_year_and_given_per_its_unit():
    panel = hand_made(ROWS, 3, episodes=growing(2, 0, 1), hard_days=growing(4, 7, 0), distress_total=growing(14, 7, 0))
    assert OUTCOME["episodes"].at(panel, 20) == pytest.approx([26, 0, 13]), "thirteen rows a year"
    assert OUTCOME["hard_days"].at(panel, 20) == pytest.approx([1, 1.75, 0]), "a week"
    assert OUTCOME["distress"].at(panel, 20) == pytest.approx([0.5, 0.25, 0]), "mean of the days"
    assert OUTCOME["episodes_per_hard_day"].at(panel, 20) == pytest.approx([0.5, 0, np.nan], nan_ok=True)


def test_only_the_year_up_to_then_counts():
    episodes = np.zeros((ROWS, 2))
    episodes[7:, 0] = 100  # just before the year that ends at row 20
    episodes[8:, 1] = 100  # in it
    panel = hand_made(ROWS, episodes=episodes)
    assert OUTCOME["episodes"].at(panel, 20) == pytest.approx([0, 100])
    assert OUTCOME["episodes"].at(panel, 7) == pytest.approx([100 * 13 / 7, 0]), "a rate, of so much as there was"


def test_several_things_are_counted_together():
    panel = hand_made(ROWS, calls_answered=growing(4, 0), line_answered=growing(2, 0), texts=growing(2, 1))
    assert OUTCOME["contacts"].at(panel, 13) == pytest.approx([2.0, 0.25])


def test_since_a_time_of_ones_own():
    episodes = np.zeros((ROWS, 2))
    episodes[11:] = 6
    panel = hand_made(ROWS, episodes=episodes)
    found = OUTCOME["episodes"].at(panel, 14, np.array([8, 12]))
    assert found == pytest.approx([6 * 13 / 6, 0])


@pytest.mark.parametrize(("start", "known"), [(9, True), (11, True), (12, False), (14, False), (25, False)])
def test_a_window_too_short_or_yet_to_come_says_nothing(start, known):
    panel = hand_made(ROWS, episodes=growing(1, 1))
    found = OUTCOME["episodes"].at(panel, 14, np.full(2, start), shortest=3)
    assert (~np.isnan(found) == known).all()


def test_who_did_not_live_here_has_no_rate():
    panel = hand_made(ROWS, days_lived=growing(28, 0), episodes=growing(1, 0))
    assert OUTCOME["episodes"].at(panel, 13) == pytest.approx([13, np.nan], nan_ok=True)


def test_ties_are_known_at_the_years_that_were_kept():
    panel = hand_made(ROWS)
    panel.tie_years, panel.tie_sum = (1, 2), np.array([[0.5, 0.0], [0.75, 0.25]])
    assert OUTCOME["ties"].at(panel, 13).tolist() == [0.5, 0.0]
    assert OUTCOME["ties"].at(panel, 26).tolist() == [0.75, 0.25]
    assert np.isnan([OUTCOME["ties"].at(panel, row) for row in (12, 14, 0, 29)]).all()


# Before, and who.


@pytest.mark.parametrize(("week", "row"), [(0, 0), (1, 0), (3, 0), (4, 1), (7, 1), (8, 2), (51, 12)])
def test_before_is_the_last_look_before_coming(week, row):
    came = np.full((ROWS, 2), -1)
    came[row + 1 :, 0] = 8 + week
    panel = hand_made(ROWS, values={"run.lead_in_weeks": 8}, first_joined_week=came)
    assert before_row(panel).tolist() == [row, 0]


def test_before_of_who_never_came_is_the_first_look():
    panel = hand_made(ROWS, 4, values={"run.lead_in_weeks": 8})
    panel.traits.arrives_week = [8, 9, 12, 8 + 400]
    panel.people["resident"][:] = [[row >= first for first in (1, 1, 2, ROWS)] for row in range(ROWS)]
    assert first_look(panel).tolist() == before_row(panel).tolist() == [0, 1, 2, 0]


def test_what_was_counted_before_moving_here_is_left_out_even_of_who_came_in_those_very_weeks():
    """Everybody lives before moving here, and is counted anew on arrival: here in the third week of row 5."""
    came, days = np.full((ROWS, 2), -1), 28.0 * np.arange(ROWS)[:, None] * np.ones(2)
    came[5:, 0], resident = 19, np.ones((ROWS, 2), bool)
    resident[:5, 0], days[:5, 0] = False, 200 + 28 * np.arange(5)
    days[5:, 0] = 14 + 28 * np.arange(ROWS - 5)
    panel = hand_made(ROWS, days_lived=days, first_joined_week=came, resident=resident, episodes=days / 7)
    panel.traits.arrives_week = [18, 0]
    assert before_row(panel).tolist() == [4, 0]
    assert OUTCOME["episodes"].at(panel, 13, before_row(panel)) == pytest.approx([52, 52])
    assert OUTCOME["episodes"].at(panel, 13) == pytest.approx([52, 52])


def test_who_comes_only_later_has_not_come_yet():
    came = np.full((ROWS, 2), -1)
    came[12:, 0] = 45
    panel = hand_made(ROWS, first_joined_week=came)
    assert before_row(panel).tolist() == [11, 0]
    assert before_row(panel, 12).tolist() == [11, 0]
    assert before_row(panel, 11).tolist() == [0, 0]


def test_populations():
    status, came = np.zeros((ROWS, 6)), np.full((ROWS, 6), -1)
    status[:, :3], status[:, 3], came[5:, :4] = MEMBER, FORMER, 20
    regularity, resident = np.full((ROWS, 6), 0.5), np.ones((ROWS, 6), bool)
    regularity[:, 1] = 0.1
    resident[10:, 2] = False
    panel = hand_made(ROWS, 6, values={"group.women_only": True, "meeting.regular_share": 0.33},
                      status=status, first_joined_week=came, regularity=regularity, resident=resident)  # fmt: skip
    panel.traits.woman[5] = False
    who = {name: np.flatnonzero(members_of(name, panel, 9)).tolist() for name in POPULATIONS}
    assert who == {"eligible": [0, 1, 2, 3, 4], "joined": [0, 1, 2, 3], "regulars": [0, 2]}
    who = {name: np.flatnonzero(members_of(name, panel, 10)).tolist() for name in POPULATIONS}
    assert who == {"eligible": [0, 1, 3, 4], "joined": [0, 1, 3], "regulars": [0]}, "who has moved away is not counted"
    assert members_of("joined", panel, 4).sum() == 0
