"""A whole trial, small: every world once, the same figures however claims are put together."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from scipy import stats

from analysis.compare.comparison import Paired, compare, worlds_of
from analysis.compare.estimate import Estimate
from analysis.compare.tails import Draws
from analysis.studies.claims.arms import MAIN, PLANS
from analysis.studies.claims.declare import FAILS, HOLDS, NOT_TESTABLE, Estimand, Reading
from analysis.studies.claims.index import CLAIMS, claims_of
from analysis.studies.claims.study import ClaimsStudy, p_of, verdicts_on
from sim.compiler import source_digest
from tests.analysis.studies.claims.conftest import RUNS, SMALL, some_claim

WORDS = {
    "built in": {"verified as built in", "not verified", "undetermined"},
    "explored": {"explored"},
    "other": {"holds", "fails", "true without a group as well", "undetermined"},
}


def same(one, other):
    """Whether two lists of readings are the same figures (the last bits of a sum may differ with its length)."""
    assert [(r.label, r.unit, r.outcome, r.decides) for r in one] == [
        (r.label, r.unit, r.outcome, r.decides) for r in other
    ]
    for a, b in zip(one, other, strict=True):
        for x, y in ((a.estimate, b.estimate), (a.life_change, b.life_change), (a.twin_change, b.twin_change)):
            if x is None:
                assert y is None
                continue
            got, wanted = ([e.value, e.low, e.high] for e in (x, y))
            assert got == pytest.approx(wanted, rel=1e-9, abs=1e-12, nan_ok=True), a.label
    return True


def test_every_claim_gets_one_of_its_words(small_trial):
    assert [verdict.claim.id for verdict in small_trial.verdicts] == list(CLAIMS)
    for verdict in small_trial.verdicts:
        asked = verdict.word != NOT_TESTABLE
        assert asked or verdict.claim.needs_mechanisms, verdict.claim.id
        assert not asked or verdict.word in WORDS.get(verdict.claim.kind, WORDS["other"]), verdict.claim.id
        assert verdict.readings, verdict.claim.id
        assert verdict.sentence
        assert verdict.runs == RUNS
        assert any(reading.decides and reading.wanted for reading in verdict.readings) == (
            verdict.claim.kind != "explored" and asked
        )
        assert (verdict.p_holm >= verdict.p) or math.isnan(verdict.p)


def test_what_does_not_decide_has_a_bound_only_where_it_is_about_the_twins(small_trial):
    for verdict in small_trial.verdicts:
        for reading in verdict.readings:
            if not reading.decides and reading.wanted:
                assert reading.label.startswith("without a group:"), reading.label


def test_claims_about_members_show_three_figures(small_trial):
    for verdict in small_trial.verdicts:
        if verdict.claim.id in ("C17", "C22", "C23", "C25", "C26", "C27"):
            assert any(r.life_change is not None and r.twin_change is not None for r in verdict.readings), (
                verdict.claim.id
            )


def test_coping_distress_and_isolation_stand_beside_every_count_of_episodes(small_trial):
    for verdict in small_trial.verdicts:
        said = " ".join(reading.label for reading in verdict.readings)
        key = verdict.key.label
        if "episode" in key and verdict.claim.kind != "explored":
            assert all(word in said for word in ("coping", "distress", "isolation")), verdict.claim.id


def test_the_record_says_all_that_is_needed(small_trial):
    record = small_trial.study.record(small_trial.finished)
    assert record.kind == "claims"
    assert set(record.arms) == set(PLANS)
    assert record.arms["coin toss"].values["group.acceptance"] == 0.5
    assert record.source_digest == source_digest()
    assert record.settings == {"claims": list(CLAIMS), "changed_in_every_arm": SMALL}
    assert (record.first_seed, record.runs, record.finished_runs) == (1, RUNS, RUNS)


def test_each_world_is_lived_once_and_only_as_long_as_needed():
    study = ClaimsStudy.of(claims_of(["C17"]), 5)
    assert [claim.id for claim in study.claims] == ["C17"]
    assert {arm.name: arm.values["run.weeks"] for arm in study.arms} == dict.fromkeys(CLAIMS["C17"].needs, 104)
    assert len(worlds_of(study.arms)) == len(study.arms) + 1, "all of them share one world without a group"
    whole = ClaimsStudy.of(None, 5)
    weeks = {arm.name: arm.values["run.weeks"] for arm in whole.arms}
    assert all(weeks[name] == 624 for name in MAIN)
    assert all(weeks[name] >= claim.weeks for claim in CLAIMS.values() for name in claim.needs)
    assert weeks["coin toss"] == 104
    worlds = worlds_of(whole.arms)
    assert len(worlds) < len(whole.arms) + 12
    assert len({json.dumps(world.values, sort_keys=True) for world in worlds.values()}) == len(worlds)


def test_progress_counts_every_life():
    told = []
    study = ClaimsStudy.of(claims_of(["C2"]), 3, 1, SMALL)
    study.live(progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (3 * len(worlds_of(study.arms)),) * 2
    assert [done for done, _ in told] == list(range(1, len(told) + 1))


@pytest.mark.parametrize("name", ["C17", "C26", "C7", "C33"])
def test_a_claim_alone_has_the_figures_it_has_among_all(small_trial, name):
    """In the whole trial its arms were lived for 12 years, here for two."""
    (alone,) = ClaimsStudy.of(claims_of([name]), RUNS, 1, SMALL).live().verdicts
    among = next(verdict for verdict in small_trial.verdicts if verdict.claim.id == name)
    assert same(alone.readings, among.readings)
    assert alone.word == among.word


def test_threads_change_nothing():
    study = ClaimsStudy.of(claims_of(["C19"]), 3, 7, SMALL)
    one, two = (study.live(threads).verdicts[0] for threads in (1, 2))
    assert same(one.readings, two.readings)


def test_the_pairs_are_those_of_a_comparison():
    """What a trial keeps of each arm is what ``compare`` keeps, and totals besides."""
    study = ClaimsStudy.of(claims_of(["C17"]), 3, 1, SMALL)
    mine, theirs = study.live().runs, compare(study.arms, range(1, 4))
    for name, lived in mine.items():
        assert theirs[name].totals == []
        assert np.array_equal(lived.sums, theirs[name].sums)
        assert len(lived.totals) == 3


def test_stopped_between_runs_it_rests_on_what_was_finished():
    def stop_later(done, total):
        if done == total - 2:
            raise KeyboardInterrupt

    trial = ClaimsStudy.of(claims_of(["C17"]), 6, 1, SMALL).live(1, stop_later)
    assert trial.finished == 5
    assert all(paired.seeds == [1, 2, 3, 4, 5] and len(paired.totals) == 5 for paired in trial.runs.values())
    assert "5 of 6 runs" in trial.summary()

    def stop_now(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ClaimsStudy.of(claims_of(["C17"]), 3, 1, SMALL).live(1, stop_now)


def test_what_not_every_arm_has_is_left_out(small_trial):
    """Stopped while a seed was being put away: one arm has it, another not yet."""
    short, long = (
        Paired(paired.arm, paired.rows, list(paired.seeds), list(paired.parts), list(paired.totals))
        for paired in (small_trial.runs["groupA"], small_trial.runs["groupB"])
    )
    short.seeds.pop(), short.parts.pop(), short.totals.pop()
    long.cut(short.runs)
    assert short.seeds == long.seeds == [1, 2, 3]
    assert short.runs == long.runs == len(long.totals) == len(long.sums) == 3


def test_p_values_are_of_the_draws_that_the_interval_is_made_of():
    def reading(value, error, decides=True, **bounds):
        drawn = value + error * stats.norm.ppf((np.arange(1999) + 0.5) / 1999)
        ends = value - 1.959964 * error, value + 1.959964 * error
        return Reading("a figure", "0-1", Estimate(value, *ends, 10, Draws(drawn)), decides=decides, **bounds)

    two_errors = pytest.approx(0.02275, abs=5e-4)  # one-sided
    assert p_of([reading(0.2, 0.1, low=0.0)]) == two_errors
    assert p_of([reading(0.2, 0.1, high=0.4)]) == two_errors
    assert p_of([reading(0.2, 0.1, low=0.0, high=0.25)]) == pytest.approx(0.3085, abs=1e-3), "the nearer bound"
    assert p_of([reading(0.2, 0.1, low=0.0), reading(0.1, 0.1, low=0.0)]) == pytest.approx(0.15866, abs=5e-4)
    assert p_of([reading(0.2, 0.1, low=0.0), reading(9.0, 0.1, False, low=0.0)]) == two_errors
    for value, p in ((0.0, 1.0), (0.1, 0.0), (-0.1, 1.0)):  # no spread at all
        assert p_of([Reading("a figure", "0-1", Estimate(value, value, value, 10), low=0.0, strict=True)]) == p
    assert math.isnan(p_of([Reading("a figure", "0-1", Estimate(0.2, 0.1, 0.3, 10), low=0.0)])), "no draws, no p"
    assert math.isnan(p_of([]))


def test_a_verdict_and_its_p_never_part(small_trial):
    """What holds has p below 0.025, what fails above 0.975, whatever the shape of the draws: both ends are theirs."""
    seen = 0
    for verdict in small_trial.verdicts:
        for r in verdict.readings:
            e = r.estimate
            if not (r.wanted and e.tails and r.decides and e.low < e.high):
                continue
            p, seen = p_of([r]), seen + 1
            near = 0.003  # an end lies between two of some two thousand draws
            if r.outcome == HOLDS:
                assert p <= 0.025 + near, r.label
            elif r.outcome == FAILS:
                assert p >= 0.975 - near, r.label
            else:
                assert p >= 0.025 - near, r.label
    assert seen > 10


def planted(name, value, kind="emergent"):
    """A claim whose figure is planted, to hold or to be false on purpose."""
    e = Estimate(value, value - 0.05, value + 0.05, 10, Draws(value + np.linspace(-0.05, 0.05, 1999)))
    figure = Estimand(("groupA",), lambda runs: Reading("a planted figure", "0-1", e)).at_least(0.0)
    return some_claim(name, kind, decides=(figure,))


def test_a_claim_that_is_false_on_purpose_fails_and_the_others_do_not(small_trial):
    verdicts = verdicts_on([planted("C98", 0.1), planted("C99", -0.1)], small_trial.runs)
    assert [verdict.word for verdict in verdicts] == [HOLDS, FAILS]
    assert verdicts[0].p < 0.001
    assert verdicts[1].p > 0.99
    assert verdicts[0].p_holm == pytest.approx(2 * verdicts[0].p)


def test_built_in_and_explored_are_not_counted_among_what_is_read_together(small_trial):
    alone = verdicts_on([planted("C98", 0.1)], small_trial.runs)[0]
    among = verdicts_on(
        [planted("C98", 0.1), planted("C99", 0.1, "built in"), planted("C97", 0.1, "explored")], small_trial.runs
    )
    assert among[0].p_holm == alone.p_holm == alone.p
    assert math.isnan(among[1].p) and math.isnan(among[2].p)


def test_a_claim_cannot_read_an_arm_that_it_does_not_name(small_trial):
    sly = some_claim("C98", decides=(Estimand(("groupA",), lambda runs: runs["groupB"]),))
    with pytest.raises(KeyError, match="groupB"):
        verdicts_on([sly], small_trial.runs)
