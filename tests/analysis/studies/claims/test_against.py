"""The documentation's own list of what would count against the model, answered from runs."""

from __future__ import annotations

import pytest

from analysis.compare.comparison import compare
from analysis.studies.claims import against as module
from analysis.studies.claims.against import HAPPENS, NOT, NOT_LOOKED, UNSURE, against
from analysis.studies.claims.arms import arms_for
from analysis.studies.claims.moves import LOW, OFF, Move
from analysis.studies.claims.rests import TURNED, Shift
from analysis.studies.claims.totals import totals_of
from sim.scenario import load_account
from tests.analysis.studies.claims.conftest import SMALL, some_claim
from tests.builders import ROOT


def answers(runs, shifts=(), towns=4):
    return {one.what: one.answer for one in against(runs, list(shifts), towns)}


def live(changes=SMALL, names=("groupA", "befriending", "judging", "absent"), runs=10, account=None):
    arms = arms_for(dict.fromkeys(names, 104), changes, account=account)
    return compare(arms, range(1, runs + 1), totals=totals_of)


@pytest.fixture(scope="module")
def lived():
    return live()


def test_no_group_at_all_has_no_effect(lived):
    assert answers(lived)["a null intervention has an effect other than zero"] == NOT


def test_a_null_with_an_effect_is_seen(lived):
    """Group A in the place of the null intervention."""
    assert answers({**lived, "absent": lived["groupA"]})["a null intervention has an effect other than zero"] == HAPPENS


def test_company_that_does_as_much_is_seen(lived):
    """Group A in the place of befriending does exactly as much as group A."""
    same = answers({**lived, "befriending": lived["groupA"]})
    assert same["company without shared experience does as much as group A for isolation"] == HAPPENS
    nothing = answers({**lived, **live({**SMALL, "ties.isolation_per_tie": 0.0}, ["befriending"])})
    assert nothing["company without shared experience does as much as group A for isolation"] == NOT


def test_a_group_without_clear_effects_is_said_to_be_one(lived):
    nothing = answers({**lived, "groupA": lived["absent"]})
    assert nothing["company without shared experience does as much as group A for isolation"] == UNSURE


def test_a_judging_group_that_does_no_harm_is_seen(lived):
    harmless = live(names=["judging"], account=load_account("nothing"))
    assert answers({**lived, **harmless})["a group that judges does no harm"] == HAPPENS
    harmful = live(names=["judging"], runs=30, account=load_account("contagion"))
    assert answers({**lived, **harmful})["a group that judges does no harm"] == NOT


def test_what_was_not_lived_is_not_answered():
    assert set(answers({}).values()) == {NOT_LOOKED}


def test_a_result_that_rests_on_one_value_is_named(lived):
    claim, key = some_claim("T1"), module.effect("groupA", "isolation")(lived)
    one = Shift(
        claim, Move("ties.growth_per_hour", LOW, 0.1, 0.2), "holds", "fails", TURNED, key, key.estimate, key.estimate
    )
    what = "a result rests on one value of one assumed parameter"
    assert answers(lived, [one])[what] == HAPPENS
    switch = Shift(
        claim, Move("mechanisms.ties", OFF, False, True), "holds", "fails", TURNED, key, key.estimate, key.estimate
    )
    assert answers(lived, [switch])[what] == NOT  # that a mechanism carries a claim does not count against it


def test_the_list_is_the_documentations():
    text = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
    listed = " ".join(text.partition("**What would count against the model.**")[2].partition("\n\n")[0].split())
    for words in ("Company without shared experience", "doing as much as group A", "judges", "null intervention",
                  "one value of one assumed parameter"):  # fmt: skip
        assert words in listed


def test_the_report_shows_it_and_red_only_where_it_happens(small_trial):
    page = small_trial.report()
    assert "What would count against the model" in page
    happens = [one for one in small_trial.against if one.answer == HAPPENS]
    assert page.count('<span class="word fails red">happens</span>') == len(happens)
    assert "What would count against the model" in small_trial.summary()


@pytest.mark.parametrize(("of_whole", "answer"), [(1.0, HAPPENS), (0.92, HAPPENS), (0.5, NOT)])
def test_a_tenth_less_is_as_much(lived, monkeypatch, of_whole, answer):
    """The share of group A's effect with an interval of a hundredth on either side."""
    from analysis.compare.estimate import Estimate
    from analysis.studies.claims.declare import Estimand, Reading

    share = Estimate(of_whole, of_whole - 0.01, of_whole + 0.01, 10)
    monkeypatch.setattr(
        module, "effect_share", lambda *arms: Estimand(arms[:2], lambda runs: Reading("share", "share", share))
    )
    assert answers(lived)["company without shared experience does as much as group A for isolation"] == answer
