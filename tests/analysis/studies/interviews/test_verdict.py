"""What interviews amount to, of planted worlds: nothing, all, and half of each."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.studies.interviews.hold import SIZES
from analysis.studies.interviews.statements import ASSUMPTIONS, DEFAULTS, NO_NOISE, SETS, STATEMENT_IDS, STATEMENTS
from analysis.studies.interviews.tables import find
from analysis.studies.interviews.verdict import ALL, TOGETHER, WHATS, ceiling, fits, numbers, ratios, sensitivity
from analysis.studies.interviews.worlds import REFERENCE
from tests.analysis.studies.interviews.planted import EVERYTHING_TRUE, NOTHING_TRUE, planted, town

CLEAR = DEFAULTS | NO_NOISE


def by(found, **wanted):
    rows = [row for row in found if all(getattr(row, name) == value for name, value in wanted.items())]
    assert len(rows) == 1
    return rows[0]


@pytest.fixture(scope="module")
def opposite():
    """Everything is true under one account, and nothing where nothing comes of meeting."""
    return [
        planted(account, told, groups, kind=kind)
        for kind, groups in (("group A", 20), ("group B", 30))
        for account, told in ((REFERENCE, NOTHING_TRUE), ("full", EVERYTHING_TRUE))
    ]


def test_planted_worlds_are_heard_as_planted(opposite):
    found = list(fits(opposite, CLEAR))
    assert len(found) == 2 * len(SIZES) * 3 * len(WHATS)
    for group, groups in (("group A", (20,)), ("group B", (30,)), (TOGETHER, (20, 30))):
        for what in WHATS:
            heard = by(found, account="full", group=group, what=what, size="exactly four")
            silent = by(found, account=REFERENCE, group=group, what=what, size="exactly four")
            assert (heard.share.value, silent.share.value) == (1.0, 0.0)
            assert heard.groups == groups
            if what in STATEMENT_IDS:
                assert (heard.voices, silent.voices) == (1.0, 0.0)
    odds = list(ratios(found))
    assert {one.account for one in odds} == {"full"}
    whole = by(odds, group=TOGETHER, what=ALL, size="exactly four").ratio
    assert whole.kind == "at least"
    assert whole.low > 3


def test_with_noise_no_account_does_better_than_the_ceiling_or_worse_than_the_floor(opposite):
    found = list(fits(opposite, DEFAULTS))
    best = by(found, account="full", group=TOGETHER, what=ALL, size="exactly four").share
    assert best.value == pytest.approx(ceiling(2, DEFAULTS))
    assert best.high == pytest.approx(ceiling(2, DEFAULTS))
    assert 0 < by(found, account=REFERENCE, group=TOGETHER, what=ALL, size="exactly four").share.value < 1e-6
    assert ceiling(2, CLEAR) == 1.0
    assert ceiling(2, DEFAULTS) < 0.2, "all of eight is much to ask where one in twenty says nothing"


def test_a_study_is_a_pair_and_eight_people_are_counted_together():
    """In half of A's groups all is true and in half nothing; of B all: no group of A may spoil what half can say."""
    a = planted("full", EVERYTHING_TRUE, groups=0)
    a.towns += [town(k, EVERYTHING_TRUE if k % 2 else NOTHING_TRUE) for k in range(10)]
    held = [a, planted("full", EVERYTHING_TRUE, 6, kind="group B")]
    found = {
        fit.what: fit.share.value for fit in fits(held, CLEAR) if (fit.group, fit.size) == (TOGETHER, "exactly four")
    }
    for statement in STATEMENTS:
        enough = statement.wording in ("many", "some")  # four of eight
        assert found[statement.id] == (1.0 if enough else 0.5), statement.id
    assert found[ALL] == 0.5


def test_numbers_of_statements_are_the_whole_distribution(opposite):
    for one in numbers(opposite, DEFAULTS):
        assert one.exactly.sum() == pytest.approx(1.0)
        assert one.at_least[0].value == pytest.approx(1.0)
        values = [share.value for share in one.at_least]
        assert values == sorted(values, reverse=True)
        assert one.mean == pytest.approx(sum(values[1:]))
    clear = {one.account: one for one in numbers(opposite, CLEAR)}
    assert clear["full"].exactly[-1] == 1.0
    assert clear[REFERENCE].exactly[0] == 1.0


def test_every_assumption_is_moved_to_both_ends_and_noise_to_none_and_most(opposite):
    found = list(sensitivity(opposite, DEFAULTS))
    assert len(found) == (4 + 2 * len(ASSUMPTIONS)) * 2 * len(SIZES)
    full = {v.setting: v for v in found if (v.account, v.size) == ("full", "exactly four")}
    assert full["no noise in telling or coding"].share.value == 1.0
    shares = [full[name].share.value for name in ("most noise in telling and coding", "as asked", "silence 0")]
    assert shares == sorted(shares)
    assert full["as asked"].mean < full["no noise in telling or coding"].mean == len(STATEMENTS)
    assert full["half must say each thing"].half
    assert all((v.ratio is None) == (v.account == REFERENCE) for v in found)
    for a in ASSUMPTIONS:
        assert {full[f"{a.name} {end:g}"].assumed[a.name] for end in a.plausible} == set(a.plausible)


def test_optimism_makes_a_world_in_which_nothing_happened_sound_like_one_in_which_all_did():
    """Where all that is told is optimism, and ties are close, interviews about change tell nothing."""
    tied = NOTHING_TRUE | {"mean_tie": 0.9, "told_outside": (0.0, 1.0)}
    held = [planted(REFERENCE, tied), planted("full", EVERYTHING_TRUE)]
    for optimism, share in ((0.0, 0.0), (0.3, 1.0)):
        found = list(fits(held, CLEAR | {"optimism": optimism}))
        assert by(found, account=REFERENCE, what="change", size="exactly four").share.value == share


def test_where_no_group_lasted_nothing_is_known_and_nothing_breaks():
    held = [planted(REFERENCE, NOTHING_TRUE, regulars=0), planted("full", EVERYTHING_TRUE, regulars=6)]
    found = find(held, DEFAULTS)
    assert found.whole == "group A"
    assert found.fit(REFERENCE, "exactly four").share.of == 0
    assert found.ratio("full", "four or more").kind == "unknown"
    assert np.isnan(found.number(REFERENCE, "four or more").mean)
    assert all(np.isnan(v.mean) for v in found.varied if v.account == REFERENCE)
    assert set(SETS) < set(WHATS)
