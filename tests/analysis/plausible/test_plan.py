"""Which draws are lived is in the record, and arms keep what they are about."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from pydantic import ValidationError

import analysis.plausible
from analysis.compare.arms import Arm
from analysis.plausible.plan import Plan, Plausible, PlausibleRecord
from analysis.plausible.space import Space
from sim.parameters import defaults
from sim.problem import Problem
from tests.analysis.lives import scenario

RELIEF, INFLUENCE = "contact.relief", "episodes.social_influence"


def plan(draws=6, **more):
    space = Space.of("first", {RELIEF: [0.0, 0.5], INFLUENCE: [0.1, 2.0]}, [1.0, 2.0])
    return Plan.of(space, defaults(), draws, 1, **more)


def test_each_point_is_kept_once_and_comes_as_often_as_it_was_drawn():
    made = plan()
    assert len(made.points) == 2 and made.whole
    assert sorted(made.overrides(k)[RELIEF] for k in range(6)) == [0.0, 0.0, 0.5, 0.5, 0.5, 0.5]
    assert not plan(1).whole


def test_an_arm_takes_what_it_does_not_set_itself():
    made = plan()
    k = next(k for k in range(6) if made.overrides(k)[RELIEF] == 0.5)
    arm = Arm.of(scenario("groupA"))
    moved = made.at(arm, k)
    assert (moved.values[RELIEF], moved.values[INFLUENCE]) == (0.5, 2.0)
    own = arm.with_values("own", "its own influence", {INFLUENCE: 0.0})
    assert made.at(own, k).values[INFLUENCE] == 0.0
    assert made.at(own, k).values[RELIEF] == 0.5
    others = {name for name in arm.values if moved.values[name] != arm.values[name]}
    assert others == {RELIEF, INFLUENCE}


def test_what_the_user_sets_stays():
    assert plan(keep=[RELIEF]).names == [INFLUENCE]
    with pytest.raises(Problem, match="leave --plausible out"):
        plan(keep=[RELIEF, INFLUENCE])


def test_a_record_gives_the_same_plan_again():
    made = Plausible({"first": plan()}, 4)
    again = PlausibleRecord.model_validate(made.told()).plausible
    assert again == made
    told = made.told() | {"finished": 2}
    assert PlausibleRecord.model_validate(told).plausible.draws == 2


@pytest.mark.parametrize(
    "change",
    [{"which": [7]}, {"points": [[0.1]]}, {"names": ["contact.relieve", INFLUENCE]}, {"which": []}, {"seed": -1}],
)
def test_a_record_that_was_edited_badly_is_refused(change):
    with pytest.raises(ValidationError):
        Plan.model_validate(plan().model_dump() | change)


def test_nothing_here_can_see_the_claims_or_any_other_study():
    """Sealed: what a space is made of and drawn from knows nothing of what is then read all over it."""
    for path in Path(analysis.plausible.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            named += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            assert not [name for name in named if name.startswith(("analysis.studies", "analysis.cli"))], path
