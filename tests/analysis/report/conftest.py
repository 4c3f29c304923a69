"""Pages that several tests look at, each made once; nobody changes them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.compare.comparison import compare
from analysis.compare.effects import all_tables
from analysis.studies.compare.study import CompareStudy, Comparison
from tests.analysis.report.reading import Page
from tests.analysis.small import RUNS, arm

EVIL = '<script>alert(1)</script>&" onload=\'x\' id="y" \\1 \\g<0> $x$ {{ 7*7 }} {% raw %}'


def page_of(found, runs, settings=None):
    study = CompareStudy([p.arm for p in found.values()], 1, runs, settings or {"precision": 0.05})
    return Page(Comparison(study, all_tables(found), runs, found).report())


@pytest.fixture(scope="session")
def whole(compared, compared_tables):
    """The report of three arms over two years."""
    study = CompareStudy([p.arm for p in compared.values()], 1, RUNS, {"precision": 0.05})
    return Page(Comparison(study, compared_tables, RUNS, compared).report())


@pytest.fixture(scope="session")
def wicked():
    """The report of one arm over thirty weeks, with what should be escaped in its name, its title and its question."""
    one = replace(arm(run__weeks=30), name=EVIL, title=EVIL, question=EVIL)
    return page_of(compare([one], range(1, 4)), 3)


@pytest.fixture(scope="session")
def without_groups():
    """The report of two arms in neither of which there is a group."""
    return page_of(
        compare([arm("absent"), replace(arm("absent", outside__acceptance=0.9), name="kinder")], range(1, 4)), 3
    )


@pytest.fixture(params=["whole", "wicked", "without_groups"])
def page(request):
    """Each of these pages."""
    return request.getfixturevalue(request.param)
