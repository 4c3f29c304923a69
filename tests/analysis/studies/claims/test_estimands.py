"""What claims ask: every attribute of every estimand is said, and what is said is what is read."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from analysis.compare.comparison import Paired
from analysis.compare.estimate import mean_of
from analysis.compare.outcomes import POPULATIONS
from analysis.compare.panel import EVERY
from analysis.studies.claims import read
from analysis.studies.claims.asked import IN_OWN_SD, IN_SD, NAMES, NOT_SAID, OTHERWISE
from analysis.studies.claims.declare import Estimand
from analysis.studies.claims.estimands import BESIDE, estimands_said, estimands_table, rows_of, together
from analysis.studies.claims.index import CLAIMS
from sim.relations import WEEKS_IN_YEAR
from tests.analysis.report.reading import Page
from tests.analysis.studies.claims.conftest import some_claim

EVERY_ONE = [(claim.id, estimand) for claim in CLAIMS.values() for estimand in claim.every]
OF_PEOPLE = re.compile(r"(regulars of|all who ever came to) (.+) who still live in the area, year (\d+)")
EITHER = "either, each its own"


def test_every_attribute_of_every_estimand_is_said():
    for claim, estimand in EVERY_ONE:
        for name in NAMES:
            words = getattr(estimand.asked, name)
            assert words.strip() and words not in (NOT_SAID, OTHERWISE.leaving), (claim, name, estimand.asked)


def test_no_contrast_of_two_arms_is_of_the_regulars_of_each():
    among_regulars = 0
    for claim, estimand in EVERY_ONE:
        if "regulars of" in estimand.asked.population and len(estimand.arms) > 1:
            assert EITHER not in estimand.asked.population, claim
            assert estimand.under in estimand.arms
            assert f"regulars of {estimand.under} " in estimand.asked.population
            assert "on the same people" in estimand.asked.contrast
            among_regulars += 1
    assert among_regulars > 20


def poisoned(paired: Paired, keep: tuple[int, int] | None, under: str, spare: bool) -> Paired:
    """An arm in which all sums but those of a population and time are NaN; or, to spare the others, without those."""
    parts = []
    for part in paired.parts:
        blocks = {"": part.sums, **part.strata}
        for name, block in blocks.items():
            new = block.copy() if spare else np.full_like(block, np.nan)
            if keep is not None and name == under:
                new[keep] = 0.0 if spare else block[keep]
            blocks[name] = new
        said = np.zeros(len(part.people["id"]), bool)
        if keep is not None and under == "":
            population, horizon = keep
            said = part.people["horizon"] == horizon
            if list(POPULATIONS)[population] == "regulars":
                said = said & part.people["regular"]
        hurt = said if spare else ~said
        people = {name: np.where(hurt, np.nan, values) if "_" in name and name != "since_weeks" else values
                  for name, values in part.people.items()}  # fmt: skip
        sums = blocks.pop("")
        parts.append(part._replace(sums=sums, strata=blocks, people=people))
    return Paired(paired.arm, paired.rows, paired.seeds, parts, paired.totals)


def test_effects_are_read_off_the_people_that_are_said_and_no_others(small_trial):
    """With every other number taken away the figure is the same; with those of the people said it is gone."""
    known = 0
    for claim, estimand in EVERY_ONE:
        said = OF_PEOPLE.fullmatch(estimand.asked.population)
        if said is None or len(estimand.arms) > 2:
            continue
        population = "regulars" if said[1].startswith("regulars") else "joined"
        only, without = {}, {}
        for name in estimand.arms:
            paired = small_trial.runs[name]
            horizon = paired.rows.index(int(said[3]) * WEEKS_IN_YEAR // EVERY)
            by_itself = said[2] in (EITHER, name)
            assert by_itself or said[2] == estimand.under
            keep = (list(POPULATIONS).index(population), horizon)
            only[name] = poisoned(paired, keep, "" if by_itself else said[2], spare=False)
            without[name] = poisoned(paired, keep, "" if by_itself else said[2], spare=True)
        whole = estimand(small_trial.runs).estimate
        same = estimand(only).estimate
        three = [(one.value, one.low, one.high) for one in (same, whole)]
        assert np.array_equal(*three, equal_nan=True), (claim, estimand.asked)
        if not np.isnan(whole.value):
            known += 1
            gone = estimand(without).estimate
            assert np.isnan(gone.value) or gone.value == 0.0 != whole.value or not gone.known, (claim, estimand.asked)
    assert known > 60


def test_the_yardstick_that_is_said_is_that_of_the_figure(small_trial):
    seen = {IN_SD: 0, IN_OWN_SD: 0, "": 0}
    for claim, estimand in EVERY_ONE:
        unit = estimand(small_trial.runs).unit
        said = next((words for words in (IN_OWN_SD, IN_SD) if estimand.asked.summary.endswith(words)), "")
        assert {read.SD: IN_SD, read.OWN_SD: IN_OWN_SD}.get(unit, "") == said, claim
        seen[said] += 1
    assert min(seen.values()) > 0


def test_c17_is_shown_by_both_yardsticks_and_decided_by_that_of_the_eligible():
    c17 = CLAIMS["C17"]
    assert c17.decides[0].asked.summary.endswith(IN_SD)
    assert any(estimand.asked.summary.endswith(IN_OWN_SD) for estimand in c17.beside)


def test_bounds_leave_what_is_asked_as_it_is():
    plain = read.effect("groupA", "isolation", "regulars", standard=True)
    assert plain.at_most(-0.2).asked == plain.asked
    assert plain.at_most(-0.2).wanted == "at most -0.2"


@pytest.mark.parametrize(
    ("estimand", "name", "words"),
    [
        (read.effect("groupA", "episodes"), "time", "the year up to year 2, from first coming at the earliest"),
        (read.effect("groupA", "isolation", years=4), "time", "year 4"),
        (read.effect("groupA", "isolation", "regulars"), "leaving", "who has left by then is no regular"),
        (read.effect("groupA", "isolation"), "leaving", "who has left by then counts on"),
        (read.measure("groupA", "open"), "closing", "part of the measure"),
        (read.measure("groupA", "members"), "closing", "a group that has closed is not counted"),
        (read.mean("absent", "later_stigma", "later", "stigma"), "depends", "no"),
        (read.mean("groupA", "isolation_52", "year_on", "isolation"), "contrast", "groupA against the same town"),
        (read.mean("groupA", "twin_contacts", "later", "contacts"), "contrast", "none: the twins of groupA"),
        (read.mean_gap("groupA", "hidden", "isolation_52", "year_on", "x"), "depends", "yes: each arm has its own"),
        (read.twin_change("groupA", "isolation", "joined"), "contrast", "now against before coming, of the twins"),
    ],
)
def test_what_is_said_of(estimand, name, words):
    assert getattr(estimand.asked, name).startswith(words)


def test_an_estimand_of_ones_own_says_nothing_unless_it_is_told():
    own = Estimand(("groupA",), lambda runs: read.effect("groupA", "isolation").read(runs))
    assert {getattr(own.asked, name) for name in NAMES} == {NOT_SAID}
    claim = some_claim("OWN", decides=(own.below(0.0),))
    assert NOT_SAID in estimands_said([claim], 100)
    assert estimands_table([claim]).to_pylist()[0]["population"] == NOT_SAID
    of_totals = read.of_totals("turns", "times", mean_of, ("groupA", "shares_wider_life"), ("groupA", "shares"))
    assert of_totals.asked.population == "turns taken at meetings in two years, by anybody"


def test_the_table_has_a_row_for_each_estimand_and_together_loses_no_outcome(small_trial):
    rows = small_trial.tables["estimands"].to_pylist()
    assert [row["claim"] for row in rows] == [claim for claim, _ in EVERY_ONE]
    assert [row["population"] for row in rows] == [estimand.asked.population for _, estimand in EVERY_ONE]
    for claim in CLAIMS.values():
        own = list(rows_of([claim]))
        fewer = together(own)
        assert len(fewer) <= len(own)
        for row in own:
            assert any(one.role == row.role and row.asked.outcome in one.asked.outcome
                       and replace(one.asked, outcome="", time="") == replace(row.asked, outcome="", time="")
                       and (row.wanted in one.asked.outcome or row.wanted == one.wanted) for one in fewer)  # fmt: skip


def test_the_report_says_what_decides(small_trial):
    words = Page(small_trial.report()).words
    for row in rows_of([CLAIMS["C17"], CLAIMS["C26"]]):
        if row.role != BESIDE:
            assert row.who in words and row.events in words and row.asked.contrast in words
