"""Small factorials, written as files, as a user would."""

from __future__ import annotations

import yaml

from analysis.studies.factorial.factorialfile import read_factorial
from analysis.studies.factorial.study import FactorialStudy
from tests.builders import SCENARIOS

SMALL = {
    "people.residents": 24, "run.lead_in_weeks": 8, "joining.visit_per_year": 3.0, "joining.publicity_per_year": 2.0,
}  # fmt: skip
FACTORS = {
    "rhythm": {"question": "How often?", "levels": {
        "weekly": {"group.meeting_days": [2]}, "twice": {"group.meeting_days": [1, 3]}}},
    "line": {"question": "A line?", "levels": {
        "none": {"group.phone_line": False}, "24 h": {"group.phone_line": True}}},
    "who": {"question": "Who?", "levels": {
        "women": {"group.women_only": True, "group.service_users_only": False},
        "users": {"group.women_only": False, "group.service_users_only": True}}},
}  # fmt: skip


def factor(question="What?", **levels):
    """A factor as a file has it; ``levels`` as label={parameter: value}."""
    return {"question": question, "levels": levels}


def write_factorial(folder, factors=None, **more):
    """A factorial file on group A made small; the path."""
    said = {
        "factorial": "small", "title": "A small one", "base": str(SCENARIOS / "groupA.yaml"), "first": "group A",
        "last": "group B", "set": SMALL, "factors": FACTORS if factors is None else factors,
    }  # fmt: skip
    path = folder / "small.yaml"
    path.write_text(yaml.safe_dump(said | more, sort_keys=False), encoding="utf-8")
    return path


def small_study(folder, factors=None, runs=4, years=1, **more):
    """The study of such a file."""
    return FactorialStudy.of(read_factorial(write_factorial(folder, factors, **more)), years, 1, runs)
