"""Every entrance to a life has the same check: what a scenario file could not say is never lived."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from analysis.compare.arms import arms_of
from sim.checks import check_values
from sim.ensemble import run_many
from sim.life import Life
from sim.model import PeerSupportModel
from sim.scenario import ScenarioError, load
from tests.builders import SCENARIOS

GROUP_A = load(SCENARIOS / "groupA.yaml")
NOT_ACCEPTED = {
    "a misspelt name": ("people.wimen", 0.5, "unknown parameter 'people.wimen'; did you mean people.women?"),
    "not a number": ("people.women", math.nan, "found nan"),
    "a number as text": ("people.women", "0.2", "found '0.2'"),
    "beyond a proportion": ("group.acceptance", 7.0, "found 7.0, expected a number from 0 to 1"),
    "less than nobody": ("people.residents", -5, "found -5, expected a whole number from 2"),
    "a part of a week": ("run.weeks", 10.7, "found 10.7, expected a whole number"),
    "NumPy's fraction": ("run.weeks", np.float64(10.5), "expected a whole number"),
    "a flag": ("people.women", True, "found true"),
    "NumPy's flag": ("people.women", np.True_, "expected a number"),
    "NumPy's flag for a day": ("group.meeting_days", [np.True_], "expected a list of weekdays"),
    "a name that is none": (7, 1, "unknown parameter 7"),
    "a huge number": ("run.seed", 10**5000, "expected a whole number"),
}
ENTRANCES = {
    "with_values": lambda name, value: GROUP_A.with_values({name: value}),
    "check_values": lambda name, value: check_values({**GROUP_A.values, name: value}),
    "Life": lambda name, value: Life({**GROUP_A.values, name: value}),
    "run_many": lambda name, value: list(run_many([{**GROUP_A.values, name: value}], Life.digest, threads=1)),
    "PeerSupportModel": lambda name, value: PeerSupportModel(GROUP_A, settings={name: value}),
    "Arm": lambda name, value: arms_of([GROUP_A])[0].with_values("other", "", {name: value}),
}


@pytest.mark.parametrize("entrance", ENTRANCES)
@pytest.mark.parametrize("what", NOT_ACCEPTED)
def test_no_entrance_lets_anything_through(entrance, what):
    name, value, said = NOT_ACCEPTED[what]
    with pytest.raises(ScenarioError, match=re.escape(said)) as caught:
        ENTRANCES[entrance](name, value)
    assert str(caught.value).isprintable()


def test_numpys_numbers_are_welcome_and_become_plain():
    numbers = {
        "run.seed": np.uint64(2**63 - 1), "run.weeks": np.int32(5), "people.women": np.float32(0.5), "ties.lapse": 1,
        "group.exists": np.bool_(False), "group.meeting_days": np.array([1, 3]),
    }  # fmt: skip
    checked = check_values({**GROUP_A.values, **numbers})
    plain = {name: checked[name] for name in numbers}
    assert plain == {"run.seed": 2**63 - 1, "run.weeks": 5, "people.women": 0.5, "ties.lapse": 1.0,
                     "group.exists": False, "group.meeting_days": [1, 3]}  # fmt: skip
    assert [type(value) for value in plain.values()] == [int, int, float, float, bool, list]


def test_what_is_missing_is_named():
    values = dict(GROUP_A.values)
    del values["people.women"]
    with pytest.raises(ScenarioError, match=r"found no people\.women, expected every parameter"):
        Life(values)
    with pytest.raises(ScenarioError, match="found Scenario, expected parameters by name"):
        Life(GROUP_A)


def test_a_life_does_not_go_back_nor_by_parts_of_weeks():
    life = Life({**GROUP_A.values, "run.weeks": 5})
    for wrong, error in ((-1, ValueError), (1.5, TypeError), ("1", TypeError)):
        with pytest.raises(error):
            life.live(wrong)
    assert life.week == 0
