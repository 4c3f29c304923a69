"""Morris's elementary effects of a function with known ones, and what is missing."""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np
import pytest

from analysis.studies.sensitivity.indices import Index, Indices, indices, settled
from analysis.studies.sensitivity.response import PointReading, positions_of
from analysis.studies.sensitivity.share import Threshold
from analysis.studies.sensitivity.words import in_short, summary_of
from sim.problem import Problem
from tests.analysis.needs import needs
from tests.analysis.studies.sensitivity.known import analysed, swept

VARY = {"group.acceptance": "plausible", "contact.relief": {"range": [0, 1]}, 
        "group.regular": {"values": [True, False]}, "ties.lapse": "plausible"}  # fmt: skip


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    needs("SALib", "sklearn")

    def function(values, seed):  # over the range: 0.13 * 10 = 1.3; 3 alone and 2 with the group regular; -2 or more
        return 10 * values["group.acceptance"] + 3 * values["contact.relief"] * (1 + values["group.regular"])

    results = swept(
        tmp_path_factory.mktemp("morris"), function, VARY, design={"kind": "morris", "trajectories": 40}, seeds=2
    )
    return analysed(results, PointReading("function", "isolation", "joined", 24), Threshold(12.0, True)), results


def test_elementary_effects_are_those_of_the_function(done):
    each = {index.name: index for index in done[0].found.each}
    assert each["group.acceptance"].total == pytest.approx(1.3)
    assert each["group.acceptance"].main == pytest.approx(1.3)
    assert each["group.acceptance"].spread == pytest.approx(0.0, abs=1e-9)
    assert each["ties.lapse"].total == pytest.approx(0.0, abs=1e-9)
    assert 3.0 < each["contact.relief"].total < 6.0
    assert each["contact.relief"].spread > 1.0  # it acts through another
    assert done[0].ranked[0] == "contact.relief"
    assert done[0].ranked[-1] == "ties.lapse"


def test_the_summary_names_what_matters_and_gives_all_three_figures(done):
    said = summary_of(done[0])
    assert "What matters, by mean size of effect (mu*): contact.relief" in said
    for words in (
        "since before coming",
        "their twins without a group",
        "paired difference",
        "not evidence that groups work",
    ):
        assert words in " ".join(said.split())


@pytest.mark.parametrize(
    ("index", "kind", "is_settled"),
    [
        (Index("a", 0.4, 0.1, 0.5, 0.1, 0.0), "saltelli", True),
        (Index("a", 0.6, 0.1, 0.5, 0.1, 0.0), "saltelli", False),
        (Index("a", 0.4, 0.1, 0.5, 0.3, 0.0), "saltelli", False),
        (Index("a", 0.001, 0.1, 0.001, 0.002, 0.0), "saltelli", True),
        (Index("a", 0.6, 0.1, 0.5, 0.1, 0.0), "morris", True),
        (Index("a", 0.1, 0.1, 0.1, 0.06, 0.0), "morris", False),
    ],
    ids=[
        "told",
        "alone above total",
        "interval as wide as itself",
        "next to nothing",
        "mu above mu*",
        "wide of morris",
    ],
)
def test_an_index_takes_a_place_only_if_it_has_settled(index, kind, is_settled):
    first = Index("first", 0.5, 0.01, 0.6, 0.01, 0.0)
    assert settled(index, Indices(kind, [first, index], [], [], 8, 0)) == is_settled


def test_what_has_not_settled_is_not_ranked(done):
    study_ = done[0]
    wide = [index._replace(total_error=index.total) for index in study_.found.each]
    said = " ".join(in_short(replace(study_, found=study_.found._replace(each=wide))))
    assert "What matters" not in said
    assert "not ranked, but by name: contact.relief" in said
    assert "these have not settled: contact.relief" in said


def test_incomplete_trajectories_are_left_out(done):
    study_, results = done
    values = study_.response.values.copy()
    values[[0, 7, 8]] = np.nan
    found = indices("morris", study_.response.names, positions_of(results, study_.response.names), values)
    assert (found.blocks, found.left_out) == (40, 2)
    values[:] = np.nan
    with pytest.raises(Problem, match="only 0 of 40 parts of the design are complete"):
        indices("morris", study_.response.names, positions_of(results, study_.response.names), values)


def test_a_response_that_never_changes_has_nothing_to_attribute(done):
    study_, results = done
    flat = np.ones_like(study_.response.values)
    found = indices("morris", study_.response.names, positions_of(results, study_.response.names), flat)
    assert {index.total for index in found.each} == {0.0}


def test_without_salib_it_says_how_to_install_it(done, monkeypatch):
    study_, results = done
    monkeypatch.setitem(sys.modules, "SALib.analyze", None)
    with pytest.raises(Problem, match=r"pip install -e '\.\[sensitivity\]'"):
        indices("morris", study_.response.names, positions_of(results, study_.response.names), study_.response.values)
