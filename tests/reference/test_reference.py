"""The compiled engine against the model written by hand: everybody's states, ties, group, story, table."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios import files
from sim import draws
from sim.parameters import PARAMETERS
from sim.scenario import account_names, load, load_account
from tests.builders import ROOT
from tests.reference.compare import both, differences, first_difference
from tests.reference.draws import NOBODY, Draws, normal_quantile, poisson_quantile

SCENARIOS = files(ROOT / "scenarios")
EXTREMES = sorted((ROOT / "tests" / "extremes").glob("*.yaml"))
SHORT, THREE_YEARS, TWELVE_YEARS = 60, 156, 624
GROUPS = ("groupA", "groupB", "befriending", "judging", "absent")
ACCOUNTS = [name for name in account_names() if name != "first"]
A_FEW_OF_THEM = [
    ("groupA", "full"), ("groupB", "full"), ("befriending", "full"), ("judging", "contagion"), ("absent", "nothing"),
    ("groupB", "learning"), ("groupA", "safe-space"), ("groupA", "same-boat"), ("groupB", "safety-net"),
    ("groupA", "company"),
]  # fmt: skip
RIVALS = {
    "insight all at once": {"meeting.insight_at_once": True},
    "coping copied and advised": {"mechanisms.ways": False, "mechanisms.copying": True},
    "calls that weigh": {"contact.relief": -0.2},
}
FROM_THE_PLAUSIBLE, FROM_THE_WHOLE_RANGE = 40, 10

# Where the whole range would only make a run long, or a town enormous.
SANE = {
    "people.residents": (2, 60),
    "people.mean_stay_years": (0.5, 30),
    "contact.texts_per_week": (0, 20),
    "organising.handover_week": (0, 150),
    "organising.preparation_weeks": (0, 60),
    "organising.low_weeks": (1, 60),
    "organising.unled_weeks": (1, 60),
    "organising.volunteer_meetings": (0, 60),
    "leaving.lapse_days": (7, 700),
    "run.lead_in_weeks": (0, 30),
}
HALF_LIFE_SPAN = 1000


def assert_the_same(values, weeks):
    reference, engine = both(values, weeks)
    if any(differences(reference, engine)):
        pytest.fail(first_difference(values, weeks))


def under(group, account):
    return load(ROOT / "scenarios" / f"{group}.yaml").with_account(load_account(account))


def drawn(rng, p, low, high):
    if p.kind is int:
        return int(rng.integers(int(low), int(high), endpoint=True))
    if "half_life" in p.name:  # as likely short as long
        low, high = max(low, 0.1), min(high, HALF_LIFE_SPAN)
        return float(np.exp(rng.uniform(np.log(low), np.log(high))))
    return float(rng.uniform(low, high))


def random_values(number, whole_range):
    """A scenario nobody would write: everything that may vary does."""
    rng = np.random.default_rng([20180301, number])
    values = load(rng.choice(SCENARIOS)).values
    changes = {"run.seed": int(rng.integers(2**63 - 1)), "run.lead_in_weeks": int(rng.choice([0, 13, 52]))}
    for name, p in PARAMETERS.items():
        if p.section == "run" and not (whole_range and name in SANE):
            continue
        if p.kind is bool:
            changes[name] = bool(rng.random() < (0.9 if name == "group.exists" else 0.5))
        elif p.kind is list:
            changes[name] = [int(day) for day in rng.integers(0, 7, size=rng.integers(1, 4))]
        elif whole_range and rng.random() < 0.5:
            changes[name] = drawn(rng, p, *SANE.get(name, (p.low, p.high)))
        elif p.plausible is not None:
            changes[name] = drawn(rng, p, *p.plausible)
    changes["people.residents"] = min(changes["people.residents"], 120)
    weeks = int(rng.integers(104, 208))
    return {**values, **changes, "run.weeks": weeks}, weeks


@pytest.mark.parametrize("seed", [1, 20180301])
@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_year_of_every_scenario(path, seed):
    assert_the_same(load(path).with_values({"run.seed": seed}).values, SHORT)


@pytest.mark.parametrize("path", EXTREMES, ids=lambda path: path.stem)
def test_every_extreme_to_its_end(path):
    values = load(path).values
    assert_the_same(values, values["run.weeks"])


@pytest.mark.parametrize(("group", "account"), A_FEW_OF_THEM)
def test_a_year_under_an_account(group, account):
    assert_the_same(under(group, account).values, SHORT)


@pytest.mark.parametrize("rival", RIVALS)
def test_a_year_of_a_rival(rival):
    assert_the_same(under("groupA", "full").with_values(RIVALS[rival]).values, SHORT)


@pytest.mark.slow
@pytest.mark.parametrize("account", ACCOUNTS)
@pytest.mark.parametrize("group", GROUPS)
def test_three_years_under_every_account(group, account):
    assert_the_same(under(group, account).with_values({"run.seed": 2}).values, THREE_YEARS)


@pytest.mark.slow
@pytest.mark.parametrize("rival", RIVALS)
@pytest.mark.parametrize("group", ["groupA", "groupB"])
def test_three_years_of_every_rival(group, rival):
    assert_the_same(under(group, "full").with_values(RIVALS[rival]).values, THREE_YEARS)


@pytest.mark.slow
def test_twelve_years_under_the_full_account():
    assert_the_same(under("groupB", "full").values, TWELVE_YEARS)


def test_parameters_and_mechanisms_that_change_at_a_time():
    # What is off stays off, whatever its sizes become; what is switched on begins with nothing.
    often = {"group.meeting_days": [1, 4], "organising.room_loss_per_year": 3}
    values = under("groupA", "safety-net").with_values(often).values
    changes = {
        "meeting.alike@10": 0.9, "mechanisms.alike@30": True, "mechanisms.ways@20": True, "meeting.pass_on@25": 0.8,
        "mechanisms.guilt@15": True, "mechanisms.assurance@40": False, "mechanisms.friction@35": False,
        "mechanisms.swings@45": False, "group.meeting_days@12": [0, 3, 6], "group.regular@50": False,
        "leaving.friction_prob@5": 0.1, "mechanisms.acceptance@8": True, "life.stigma_swing@48": 2.0,
    }  # fmt: skip
    assert_the_same({**values, **changes}, SHORT)


@pytest.mark.parametrize("number", range(2))
def test_a_year_of_a_random_scenario(number):
    values, _ = random_values(number, whole_range=False)
    assert_the_same({**values, "people.residents": 40}, SHORT)


def test_moving_away_and_closing_while_somebody_means_to_come():
    # Without a room nobody can come who has decided to; and the group ends for want of organisers.
    values = load(ROOT / "scenarios" / "base.yaml").with_values({
        "people.residents": 60, "people.mean_stay_years": 1, "joining.publicity_per_year": 52,
        "joining.visit_per_year": 20, "organising.room_loss_per_year": 52, "organising.room_found_per_year": 0,
        "organising.step_down_per_year": 52, "organising.drain": 1, "organising.volunteer_prob": 0,
        "organising.unled_weeks": 20, "run.lead_in_weeks": 4,
    }).values  # fmt: skip
    reference, _ = both(values, SHORT)
    assert reference.group.closed_week >= 0
    assert any(me.visiting for me in both(values, 15)[0].people if me.resident)
    assert_the_same(values, SHORT)


@pytest.mark.parametrize(("seed", "reason"), [(26, 1), (37, 4), (43, 1), (62, 1), (65, 5), (353, 5)])
def test_why_a_group_ended_where_it_is_a_near_thing(seed, reason):
    # Seeds in which another way to count who left for what, or since when, would give another reason.
    values = under("base", "nothing").with_values({
        "people.residents": 20, "group.founders": 10, "group.places": 12, "group.meeting_days": [1, 4],
        "leaving.friction_prob": 0.03, "leaving.drives_out": 1.0, "leaving.split": 0.6, "leaving.follow": 0.3,
        "leaving.moving_on_per_year": 6.0, "leaving.low_strain": 2.0, "leaving.one_visit_only": 0.7,
        "leaving.per_year": 0.5, "leaving.lapse_days": 42, "ties.growth_per_hour": 0.1, "organising.low_weeks": 5,
        "organising.unled_weeks": 520, "joining.publicity_per_year": 3.0, "joining.visit_per_year": 8.0,
        "joining.former_return": 0.0, "run.lead_in_weeks": 2, "run.weeks": SHORT, "run.seed": seed,
    }).values  # fmt: skip
    assert both(values, 40)[0].group.closed_reason == reason
    assert_the_same(values, 40)


@pytest.mark.slow
@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_twelve_years_of_every_scenario(path):
    assert_the_same(load(path).with_values({"run.weeks": TWELVE_YEARS}).values, TWELVE_YEARS)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(FROM_THE_PLAUSIBLE))
def test_any_plausible_parameters(number):
    assert_the_same(*random_values(number, whole_range=False))


@pytest.mark.slow
@pytest.mark.parametrize("number", range(FROM_THE_PLAUSIBLE, FROM_THE_PLAUSIBLE + FROM_THE_WHOLE_RANGE))
def test_any_acceptable_parameters(number):
    assert_the_same(*random_values(number, whole_range=True))


def test_every_parameter_of_the_document_makes_a_difference_to_the_random_scenarios():
    # A parameter that never varied would not be compared.
    seen = {}
    for number in range(FROM_THE_PLAUSIBLE + FROM_THE_WHOLE_RANGE):
        values, _ = random_values(number, whole_range=number >= FROM_THE_PLAUSIBLE)
        for name, value in values.items():
            seen.setdefault(name, set()).add(str(value))
    assert [name for name, found in seen.items() if len(found) < 2] == []


def test_the_known_answer_of_philox():
    assert Draws(0).words(0, 0, 0, 0) == (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)


def test_draws_and_quantiles_are_those_of_the_engine():
    rng = np.random.default_rng(1)
    for seed in (0, 1, 2**32 - 1, 2**63 - 1, *rng.integers(2**63 - 1, size=20).tolist()):
        ours, key = Draws(seed), draws.key_of_seed(seed)
        for person, partner, day, purpose in rng.integers(0, [1 << 32, 1 << 21, 40000, 150], size=(20, 4)).tolist():
            assert ours.uniform(person, day, purpose, partner) == draws.uniform(key, person, partner, day, purpose)
            assert ours.pair(person, day, purpose) == draws.uniform_pair(key, person, NOBODY, day, purpose)
    for u in [2.0**-53, 1e-14, 1e-11, 1e-6, 1 - 1e-6, 1 - 1e-11, 1 - 2.0**-53, *rng.uniform(size=500).tolist()]:
        assert normal_quantile(u) == draws.normal_quantile(u)
        for mean in (1e-9, 0.3, 2.0, 40.0, 499.0, 501.0, 700.5, 3000.0):
            assert poisson_quantile(u, mean) == draws.poisson_quantile(u, mean)


def test_quantiles_at_known_places():
    assert normal_quantile(0.5) == 0.0
    assert normal_quantile(0.975) == pytest.approx(1.959964, abs=1e-6)
    assert poisson_quantile(0.5, 0.0) == 0
    assert [poisson_quantile(u, 2.0) for u in (0.1, 0.14, 0.5, 0.99)] == [0, 1, 2, 6]


def test_a_difference_is_found_and_told(monkeypatch):
    from tests.reference import life

    def settle_differently(town, settle=life.settle):
        settle(town)
        if town.week == 54:
            town.people[3].trust += 1e-9

    monkeypatch.setattr(life, "settle", settle_differently)
    told = first_difference(load(ROOT / "scenarios" / "absent.yaml").with_values({"people.residents": 5}).values, 4)
    assert told.startswith("1 differences after week 2 (0 is the opening), 1 of them beyond rounding:")
    assert "trust of row 3" in told
