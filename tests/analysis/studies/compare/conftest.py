"""Pages that several tests look at, each made once; nobody changes them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.compare.comparison import compare
from tests.analysis.report.reading import EVIL, Page
from tests.analysis.small import arm, comparison_of


@pytest.fixture(scope="session")
def whole(compared, compared_tables):
    """The report of three arms over two years."""
    return Page(comparison_of(compared, compared_tables).report())


@pytest.fixture(scope="session")
def wicked():
    """The report of one arm over thirty weeks, with what should be escaped in its name, its title and its question."""
    one = replace(arm(run__weeks=30), name=EVIL, title=EVIL, question=EVIL)
    return Page(comparison_of(compare([one], range(1, 4))).report())


@pytest.fixture(scope="session")
def without_groups():
    """The report of two arms in neither of which there is a group."""
    kinder = replace(arm("absent", outside__acceptance=0.9), name="kinder")
    return Page(comparison_of(compare([arm("absent"), kinder], range(1, 4))).report())


@pytest.fixture(params=["whole", "wicked", "without_groups"])
def page(request):
    """Each of these pages."""
    return request.getfixturevalue(request.param)
