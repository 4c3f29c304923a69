"""Ties: hours to friendship through real meetings, fading, lapse, and texts in proportion to ties."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.verification.closed_forms import (
    BLUE,
    GREY,
    NEVER_FADES,
    ORANGE,
    close_by,
    exactly,
    picture,
    quiet_life,
)  # fmt: skip

pytestmark = pytest.mark.slow

HALL = {50: 0.33, 90: 0.51, 200: 0.80}  # hours together: casual friend, friend, close friend (Hall 2019)
HOURS_A_MEETING = 2.0
A_GROUP = {
    "group.exists": True, "group.founders": 6, "group.meeting_hours": HOURS_A_MEETING,
    "ties.growth_per_hour": 0.008, "contact.between_meetings": False, "leaving.lapse_days": 3650,
    "organising.low_weeks": 520, "organising.unled_weeks": 520,
}  # fmt: skip


def test_weekly_meetings_give_the_friendships_that_hall_found(pictures):
    # No chance is involved: everybody comes to every meeting.
    life = quiet_life(6, 120, A_GROUP)
    growth = [0.0]
    for week in range(1, 121):
        life.live(1)
        growth.append(float(life.world.ties[1, 0]))
        if (hours := int(week * HOURS_A_MEETING)) in HALL:
            ties = life.world.ties[np.tril_indices(6, -1)]
            exactly(f"each tie after {hours} hours, 1 - 0.992^hours", 1 - 0.992**hours, ties)
            print(f"    Hall 2019: {HALL[hours]:.2f}, simulated {ties[0]:.2f}")
            assert round(float(ties[0]), 2) == HALL[hours]

    def draw(axes):
        axes.plot(np.arange(121) * HOURS_A_MEETING, growth, color=BLUE, label="simulated, weekly meetings of two hours")
        axes.plot(HALL.keys(), HALL.values(), "o", color=ORANGE, label="Hall 2019: casual friend, friend, close friend")
        axes.set(xlabel="hours together", ylabel="tie", ylim=(0, 1))
        axes.legend(frameon=False)

    picture(pictures, "ties_hall", "Hours to friendship", draw)


@pytest.mark.parametrize("half_life", [12.0, 26.0, 104.0])
def test_a_tie_fades_with_its_half_life_and_is_over_below_the_lapse(half_life, pictures):
    life = quiet_life(6, 2000, A_GROUP | {"ties.half_life_weeks": half_life, "ties.lapse": 0.01})
    life.live(45)
    life.world.group.venue = False  # no meetings from now on: nobody spends another hour with anybody
    start = float(life.world.ties[1, 0])
    alive = math.floor(half_life * math.log2(start / 0.01))
    seen = [start]
    for _ in range(alive + 3):
        life.live(1)
        seen.append(float(life.world.ties[1, 0]))
    weeks = np.arange(alive + 4)
    expected = np.where(weeks <= alive, start * 2.0 ** (-weeks / half_life), 0.0)
    exactly(f"a tie that fades with half-life {half_life:g}", expected, seen)
    print(f"    over after week: expected {alive}, simulated {int(np.flatnonzero(np.array(seen) > 0)[-1])}")
    assert life.world.ties.max() == 0.0

    def draw(axes):
        axes.plot(weeks, seen, color=BLUE, linewidth=2.5)
        axes.plot(weeks, start * 2.0 ** (-weeks / half_life), ":", color=GREY)
        axes.set(xlabel="weeks without contact", ylabel="tie")

    picture(pictures, f"ties_fade_{half_life:g}", f"Fading with half-life {half_life:g} weeks", draw)


def test_a_hidden_tie_is_left_alone_by_people_who_never_come():
    life = quiet_life(10, 60, A_GROUP | {"group.founders": 4})
    life.live()
    came = life.world.people.joined_week >= 0
    assert came.sum() == 4
    assert np.count_nonzero(life.world.ties) == 4 * 3
    assert not life.world.ties[~came].any()


def test_texts_come_at_a_rate_in_proportion_to_the_tie():
    # 66 pairs x 100 weeks: totals at three strengths; false alarm 1e-6 for the three together.
    for tie in (0.2, 0.5, 1.0):
        changes = A_GROUP | {
            "group.founders": 12, "group.places": 12, "contact.between_meetings": True, "contact.texts_per_week": 3.0,
            "contact.calls_tried": 0, "contact.text_hours": 0.0, "ties.growth_per_hour": 0.0,
            "ties.half_life_weeks": NEVER_FADES, "group.meeting_hours": 0.0,
        }  # fmt: skip
        life = quiet_life(12, 101, changes)
        life.live(1)
        everybody = ~np.eye(12, dtype=bool)
        life.world.ties[everybody] = tie
        life.live()
        fading = 2.0 ** (-np.arange(100) / NEVER_FADES)
        total, pairs_mean = life.world.people.texts.sum() / 2, 66 * 3.0 * tie * fading.sum()
        close_by(f"texts of 66 pairs at tie {tie}", pairs_mean, float(total), math.sqrt(pairs_mean), 3)


def test_calls_are_tried_with_trust_times_tie_and_answered_with_one_minus_distress():
    # Two people; every day is hard; both ring. False alarm 1e-6 for both checks together.
    changes = A_GROUP | {
        "group.founders": 2, "contact.between_meetings": True, "contact.calls_tried": 1, "contact.call_hours": 0.0,
        "ties.growth_per_hour": 0.0, "ties.half_life_weeks": NEVER_FADES, "group.meeting_hours": 0.0,
        "meeting.trust_start": 0.6, "contact.relief": 0.0, "ties.lapse": 0.0,
    }  # fmt: skip
    life = quiet_life(2, 400, changes, traits={"baseline_distress": 0.7, "hard_day_threshold": 0.6})
    life.live(1)
    life.world.ties[0, 1] = life.world.ties[1, 0] = 0.5
    before = life.world.people.calls_made.sum()
    life.live()
    people = life.world.people
    days = 2 * 7 * 399
    fading = 2.0 ** (-np.arange(399) / NEVER_FADES).mean()
    prob = 0.6 * 0.5 * fading
    calls = float(people.calls_made.sum() - before)
    close_by("calls, days x T w", days * prob, calls, math.sqrt(days * prob * (1 - prob)), 2)
    close_by(
        "share of calls answered, 1 - D", 0.3, people.calls_answered.sum() / calls, math.sqrt(0.3 * 0.7 / calls), 2
    )
    assert people.calls_answered.sum() == people.calls_taken.sum()
