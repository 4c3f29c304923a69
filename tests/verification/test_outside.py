"""Telling outside, services, hearing of the group: events thinned with known chances."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from sim.state import AWARE, BY_PUBLICITY, BY_REFERRAL, BY_WORD_OF_MOUTH, UNAWARE
from tests.verification.closed_forms import (
    BLUE,
    GREY,
    YEAR,
    close_by,
    dispersion_is,
    fits,
    many_quiet_lives,
    picture,
    quiet_life,
)  # fmt: skip

pytestmark = pytest.mark.slow


def binomial_fits(what, counts, trials, prob, checks):
    cells = np.arange(counts.max() + 1)
    probabilities = stats.binom.pmf(cells, trials, prob)
    probabilities[-1] += stats.binom.sf(cells[-1], trials, prob)
    fits(what, np.bincount(counts), probabilities, checks)


@pytest.mark.parametrize("stigma", [0.0, 0.4, 0.9])
def test_telling_outside_comes_at_a_rate_in_proportion_to_openness(stigma):
    # 1,500 people, five years, stigma that nothing moves; 3 checks, 1e-6 together.
    changes = {"outside.tell_per_year": 6.0, "outside.acceptance": 0.4, "outside.support_weight": 0.5}
    life = quiet_life(
        1500, 5 * YEAR, changes, history_every=0, traits={"stigma_set": stigma, "outside_support": 0.7},
        states={"stigma": stigma},
    )  # fmt: skip
    life.live()
    told, accepted = life.world.people.told_outside, life.world.people.told_accepted
    prob = 1 - math.exp(-6.0 / YEAR * (1 - stigma))
    weeks = 5 * YEAR
    close_by(f"times told in five years at stigma {stigma}", weeks * prob, told.mean(),
             math.sqrt(weeks * prob * (1 - prob) / 1500), 3)  # fmt: skip
    binomial_fits("  a binomial number of weeks", told, weeks, prob, 3)
    taken_well = 0.5 * 0.4 + 0.5 * 0.7
    close_by("  share met with acceptance", taken_well, accepted.sum() / told.sum(),
             math.sqrt(taken_well * (1 - taken_well) / told.sum()), 3)  # fmt: skip


def test_services_are_seen_by_their_users_in_proportion_to_strain():
    # Strain settles at distress 0.4, twice the average of 0.2, by the time counting matters; 2 checks, 1e-6 together.
    user = np.arange(1500) % 2 == 0
    life = quiet_life(
        1500, 2 * YEAR, {"outside.services_per_year": 4.0}, history_every=0, states={"strain": 0.4},
        traits={"service_user": user, "baseline_distress": 0.4},
    )  # fmt: skip
    life.live()
    contacts = life.world.people.services_contacts
    assert contacts[~user].sum() == 0
    prob = 1 - math.exp(-4.0 / YEAR * 0.4 / 0.2)
    close_by("contacts in two years at twice the average strain", 2 * YEAR * prob, contacts[user].mean(),
             math.sqrt(2 * YEAR * prob * (1 - prob) / user.sum()), 2)  # fmt: skip
    binomial_fits("  a binomial number of weeks", contacts[user], 2 * YEAR, prob, 2)


def test_telling_and_services_are_independent_events():
    # Correlation of the two counts over 2,000 people; false alarm 1e-6.
    changes = {"outside.tell_per_year": 12.0, "outside.services_per_year": 12.0}
    life = quiet_life(2000, YEAR, changes, history_every=0, states={"strain": 0.5})
    life.live()
    r = float(np.corrcoef(life.world.people.told_outside, life.world.people.services_contacts)[0, 1])
    close_by("correlation of telling and services", 0.0, r, 1 / math.sqrt(2000))


def test_the_group_is_heard_of_after_an_exponential_time(pictures):
    # 1,496 people who have not heard, publicity alone, nobody comes; 1e-6 for the distribution.
    rate, weeks = 0.8, 3 * YEAR
    changes = {
        "group.exists": True,
        "group.founders": 4,
        "joining.publicity_per_year": rate,
        "organising.unled_weeks": 520,
    }
    life = quiet_life(1500, weeks, changes)
    life.live()
    unaware = (life.history.status == UNAWARE).sum(axis=0)  # weeks until she or he heard, plus one for the start
    others = life.world.people.joined_week < 0
    waited = unaware[others] - 1  # whole weeks before the week of hearing
    seen = np.bincount(np.minimum(waited, weeks), minlength=weeks + 1)
    times = np.arange(weeks)
    probabilities = np.append(np.exp(-rate / YEAR * times) * -math.expm1(-rate / YEAR), math.exp(-rate * weeks / YEAR))
    fits("weeks until hearing of the group", seen, probabilities)
    assert set(life.world.people.heard_of[others & (life.world.people.status == AWARE)]) == {BY_PUBLICITY}

    def draw(axes):
        axes.plot(times, [(waited >= t).mean() for t in times], color=BLUE, label="simulated")
        axes.plot(times, np.exp(-rate / YEAR * times), ":", color=GREY, label="exponential")
        axes.set(xlabel="weeks since the opening", ylabel="share who have not heard of the group", ylim=(0, 1))
        axes.legend(frameon=False)

    picture(pictures, "hearing", "Hearing of the group through publicity", draw)


def test_word_of_mouth_adds_to_publicity_for_each_member_and_takes_its_part():
    # 5 members talk, 0.06 a year each, publicity 0.2: together 0.5 a year. 3 checks, 1e-6 together.
    changes = {
        "group.exists": True, "group.founders": 5, "joining.publicity_per_year": 0.2,
        "joining.word_of_mouth_per_year": 0.06, "organising.unled_weeks": 520,
    }  # fmt: skip

    def keep(life):
        heard_of = life.world.people.heard_of
        return [(heard_of == code).sum() for code in (BY_PUBLICITY, BY_WORD_OF_MOUTH, BY_REFERRAL)]

    found = many_quiet_lives(range(1, 5), keep, 1205, YEAR, changes, history_every=0)
    publicity, mouth, referral = np.sum(found, axis=0)
    heard, others = publicity + mouth, 4 * 1200
    prob = -math.expm1(-0.5)
    close_by("share who heard in a year", prob, heard / others, math.sqrt(prob * (1 - prob) / others), 2)
    close_by("  of these, through a member", 0.6, mouth / heard, math.sqrt(0.6 * 0.4 / heard), 2)
    assert referral == 0


def test_services_refer_a_fixed_share_of_contacts():
    # A person hears with probability q at each contact: survival exp(-weeks ln ...) with thinned weekly chance. 1e-6.
    changes = {
        "group.exists": True, "group.founders": 3, "outside.services_per_year": 6.0, "joining.referral_prob": 0.2,
        "organising.unled_weeks": 520,
    }  # fmt: skip
    traits = {"baseline_distress": 0.2}
    life = quiet_life(1503, 2 * YEAR, changes, traits=traits, states={"strain": 0.2}, history_every=0)
    life.live()
    heard = int((life.world.people.heard_of == BY_REFERRAL).sum())
    weekly = 0.2 * -math.expm1(-6.0 / YEAR)
    prob = 1 - (1 - weekly) ** (2 * YEAR)
    close_by("share referred in two years", prob, heard / 1500, math.sqrt(prob * (1 - prob) / 1500))


def test_counts_of_telling_vary_as_binomial_counts_do():
    # With openness that varies from person to person each count still has its own binomial spread; 1e-6.
    life = quiet_life(
        1500, 4 * YEAR, {"outside.tell_per_year": 4.0}, history_every=0,
        traits={"stigma_set": np.linspace(0, 0.9, 1500)}, states={"stigma": np.linspace(0, 0.9, 1500)},
    )  # fmt: skip
    life.live()
    prob = 1 - np.exp(-4.0 / YEAR * (1 - np.linspace(0, 0.9, 1500)))
    means = 4 * YEAR * prob
    dispersion_is("dispersion of telling, 1 - p", float((1 - prob).mean()), life.world.people.told_outside, means)
