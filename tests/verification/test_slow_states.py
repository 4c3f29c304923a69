"""Slow states: exact exponentials back to set points, and repeated events."""

from __future__ import annotations

import numpy as np
import pytest

from tests.verification.closed_forms import BLUE, GREY, NEVER_FADES, YEAR, exactly, picture, quiet_life

pytestmark = pytest.mark.slow

HALF_LIVES = {"isolation": 8.0, "stigma": 52.0, "understanding": 104.0, "coping": 104.0, "trust": 52.0}
WEEKS = 260


@pytest.mark.parametrize("state", HALF_LIVES)
def test_a_slow_state_returns_to_its_set_point_with_its_half_life(state, pictures):
    # No chance is involved: exact up to rounding.
    starts = np.linspace(0.0, 1.0, 40)
    half_life = HALF_LIVES[state]
    which = "meeting.trust_half_life_weeks" if state == "trust" else f"life.{state}_half_life_weeks"
    set_points = np.linspace(0.9, 0.1, 40) if state != "trust" else np.full(40, 0.3)
    traits = {} if state == "trust" else {f"{state}_set": set_points}
    life = quiet_life(40, WEEKS, {which: half_life, "meeting.trust_start": 0.3}, traits=traits,
                      states={state: starts, "joined_week": 0, "first_joined_week": 0})  # fmt: skip
    life.live()
    weeks = np.arange(WEEKS + 1)[:, None]
    expected = set_points + (starts - set_points) * 2.0 ** (-weeks / half_life)
    exactly(f"{state} over {WEEKS} weeks, half-life {half_life:g}", expected, life.history[state])

    def draw(axes):
        axes.plot(life.history[state][:, ::6], color=BLUE, linewidth=2.5, alpha=0.5)
        axes.plot(expected[:, ::6], color=GREY, linewidth=1, linestyle=":")
        axes.set(xlabel="weeks", ylabel=state, ylim=(0, 1))

    picture(pictures, f"returns_{state}", f"{state}: simulated (blue), exponential (dotted)", draw)


def test_a_change_of_public_attitudes_moves_the_goal_of_stigma():
    life = quiet_life(3, WEEKS, {"outside.public_stigma": 0.7}, traits={"stigma_set": 0.8}, states={"stigma": 0.8})
    life.live()
    weeks = np.arange(WEEKS + 1)[:, None]
    exactly("stigma towards 0.7 of its set point", 0.56 + 0.24 * 2.0 ** (-weeks / 52.0), life.history.stigma)


def test_recent_strain_forgets_with_its_half_life_in_days():
    # Distress stays at 0.5 (no shocks), strain begins at 0.1.
    life = quiet_life(2, 30, {"life.strain_half_life_days": 28.0}, states={"strain": 0.1, "distress_log_odds": 0.0})
    life.live()
    days = 7 * np.arange(31)[:, None]
    exactly("strain towards a distress of 0.5", 0.5 - 0.4 * 2.0 ** (-days / 28.0), life.history.strain)


def test_the_rate_of_episodes_declines_by_a_fixed_share_a_year():
    life = quiet_life(2, 10 * YEAR + 1, {"episodes.natural_decline_per_year": 0.05}, history_every=0)
    life.live()
    exactly("natural decline after ten years at 5 %", 0.95**10, life.world.people.decline)


def test_n_contacts_with_services_that_accept_leave_a_known_share_of_stigma():
    changes = {
        "outside.services_per_year": 26.0, "outside.services_acceptance": 1.0, "outside.services_accepted": 0.05,
        "life.stigma_half_life_weeks": NEVER_FADES, "outside.public_stigma": 0.0,
    }  # fmt: skip
    life = quiet_life(200, YEAR, changes, states={"stigma": 0.8})
    life.live()
    n = life.world.people.services_contacts
    assert n.max() - n.min() > 5, "people should differ in how many contacts they had"
    expected = 0.8 * (1 - 0.05) ** n * 2.0 ** (-YEAR / NEVER_FADES)
    exactly("stigma after n accepting contacts, 0.8 (1 - eta)^n", expected, life.world.people.stigma)


def test_n_times_of_being_judged_outside_move_stigma_by_one_minus_a_power():
    changes = {
        "outside.tell_per_year": 40.0, "outside.acceptance": 0.0, "outside.support_weight": 0.0,
        "outside.horrified": 0.03, "life.stigma_half_life_weeks": NEVER_FADES,
    }  # fmt: skip
    life = quiet_life(200, 2 * YEAR, changes, traits={"stigma_set": 1.0}, states={"stigma": 0.2})
    life.live()
    n = life.world.people.told_outside
    expected = 1 - 0.8 * (1 - 0.03) ** n * 2.0 ** (-2 * YEAR / NEVER_FADES)
    exactly("stigma after n horrified looks, 1 - (1 - S)(1 - eta)^n", expected, life.world.people.stigma)


def test_n_hard_days_got_through_turn_understanding_into_coping():
    changes = {"episodes.practice": 0.01, "life.distress_sd": 1.0, "life.coping_half_life_weeks": NEVER_FADES}
    life = quiet_life(100, YEAR, changes, states={"coping": 0.3}, traits={"coping_set": 1.0, "understanding_set": 0.6})
    begin = life.world.people
    begin["understanding"] = 0.6
    life.live()
    n = life.world.people.hard_days_through
    expected = 1 - 0.7 * (1 - 0.01 * 0.6) ** n * 2.0 ** (-YEAR / NEVER_FADES)
    exactly("coping after n hard days, 1 - (1 - C)(1 - practice U)^n", expected, life.world.people.coping)


def test_n_shares_heard_and_n_accepted_move_states_by_one_minus_a_power():
    # A real group: everybody comes; who speaks is chance; each counter says how often it happened.
    changes = {
        "group.exists": True, "group.founders": 8, "meeting.learn": 0.02, "meeting.trust_accepted": 0.03,
        "meeting.turns_per_hour": 2.0, "meeting.trust_start": 1.0, "meeting.trust_half_life_weeks": NEVER_FADES,
        "life.understanding_half_life_weeks": NEVER_FADES, "leaving.lapse_days": 3650,
    }  # fmt: skip
    life = quiet_life(8, YEAR, changes, traits={"understanding_set": 1.0}, states={"understanding": 0.2})
    life.live(1)
    people = life.world.people
    people["trust"] = 0.4
    shared = people.shares.copy()
    life.live()
    kept = 2.0 ** (-YEAR / NEVER_FADES)
    expected = 1 - 0.8 * (1 - 0.02) ** people.shares_heard * kept
    exactly("understanding after n shares heard, 1 - (1 - U)(1 - eta)^n", expected, people.understanding)
    expected = 1 - 0.6 * (1 - 0.03) ** (people.shares - shared) * 2.0 ** (-(YEAR - 1) / NEVER_FADES)
    exactly("trust after n shares accepted, 1 - (1 - T)(1 - eta)^n", expected, people.trust)
    assert people.shares_heard.min() > 100
