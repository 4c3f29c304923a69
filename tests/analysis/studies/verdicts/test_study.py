"""Claims by accounts: as each account's own trial has them, told in words, figures and a report."""

from __future__ import annotations

import pytest

from analysis.studies.claims.declare import HOLDS, NOT_TESTABLE
from analysis.studies.claims.index import claims_of
from analysis.studies.claims.study import ClaimsStudy
from analysis.studies.claims.words import LOOKS
from analysis.studies.frame import study_of, write
from analysis.studies.verdicts.study import VerdictsStudy
from analysis.studies.verdicts.words import in_short, summary_of
from sim.scenario import load_account
from tests.analysis.studies.claims.conftest import SMALL

ACCOUNTS = ("nothing", "company")
CLAIMS = ("C17", "C27", "C33", "C12")
RUNS = 5


@pytest.fixture(scope="module")
def study():
    return VerdictsStudy.of(claims_of(CLAIMS), [load_account(name) for name in ACCOUNTS], RUNS, 1, SMALL)


@pytest.fixture(scope="module")
def grid(study):
    return study.live()


def test_each_column_is_the_trial_under_that_account(grid):
    for account in ACCOUNTS:
        alone = ClaimsStudy.of(claims_of(CLAIMS), RUNS, 1, SMALL, account=load_account(account)).live()
        here = {verdict.claim.id: verdict for verdict in grid.verdicts[account]}
        for verdict in alone.verdicts:
            assert here[verdict.claim.id].word == verdict.word
            assert repr(here[verdict.claim.id].readings) == repr(verdict.readings)


def test_the_grid_is_said_in_words_and_in_colours(grid):
    plain, coloured = grid.summary(), grid.said()
    assert "\x1b[" not in plain and "\x1b[" in coloured
    for account in ACCOUNTS:
        assert account in plain
    for claim in CLAIMS:
        assert f"\n{claim}" in plain
    assert all(LOOKS[v.word].short in plain for some in grid.verdicts.values() for v in some)
    assert "nothing else" not in plain


def test_what_holds_where_nothing_works_is_said(grid):
    k = grid.accounts.index("nothing")
    held = [c.id for c, verdicts in grid.rows if verdicts[k].word == HOLDS and c.kind != "built in"]
    said = next(one for one in in_short(grid) if one.startswith("Where nothing works"))
    assert all(name in said for name in held) and ("none of them holds" in said) == (not held)


def test_what_an_account_cannot_be_asked_is_said_so_and_counts_as_neither(grid):
    row = next(verdicts for claim, verdicts in grid.rows if claim.id == "C33")
    assert {v.word for v in row} == {NOT_TESTABLE}
    assert "not testable" in grid.summary() and LOOKS[NOT_TESTABLE].meaning in " ".join(grid.summary().split())
    assert "C33" not in in_short(grid)[0]


def test_tables_have_a_row_for_each_claim_and_account(grid):
    assert grid.tables["grid"].num_rows == len(CLAIMS) * len(ACCOUNTS)
    assert sum(grid.tables["shared"]["accounts"].to_pylist()) == len(CLAIMS) * len(ACCOUNTS)


def test_it_is_written_and_made_again_from_its_record(grid, study, tmp_path):
    from analysis.results.record import read_record

    write(grid, tmp_path / "out")
    assert {"grid.png", "apart.svg", "report.html", "summary.txt", "grid.csv"} <= {
        p.name for p in (tmp_path / "out").iterdir()
    }
    again = study_of(read_record(tmp_path / "out"), tmp_path / "out")
    assert again.settings == study.settings
    assert [arm.values for arm in again.arms] == [arm.values for arm in study.arms]


def test_stopped_between_accounts_it_keeps_those_that_were_reached(study, monkeypatch):
    from analysis.studies.verdicts import study as module

    real, calls = module.compare, []

    def stopping(*arguments, **named):
        calls.append(1)
        if len(calls) > 1:
            raise KeyboardInterrupt
        return real(*arguments, **named)

    monkeypatch.setattr(module, "compare", stopping)
    found = study.live()
    assert found.accounts == ["nothing"] and found.finished < RUNS
    assert "not reached: company" in summary_of(found)


def test_stopped_at_once_there_is_nothing_to_keep(study, monkeypatch):
    from analysis.studies.verdicts import study as module

    def stopping(*arguments, **named):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "compare", stopping)
    with pytest.raises(KeyboardInterrupt):
        study.live()
