"""What the points of a sweep are a sample of, in words."""

from __future__ import annotations

from analysis.studies.sensitivity.study import space_of
from analysis.studies.sweep.factor import Factor
from sim.parameters import PARAMETERS

LOW, HIGH = PARAMETERS["group.acceptance"].plausible
DECLARED = Factor("group.acceptance", low=LOW, high=HIGH).described()
GIVEN = Factor("meeting.accept", low=0.0, high=1.0).described()


def test_only_ranges_that_are_declared_plausible_are_called_so():
    assert space_of([DECLARED]) == "the plausible space that was sampled"
    assert space_of([GIVEN]) == "the space that the sweep file gives"
    assert space_of([DECLARED, GIVEN]) == "the space that the sweep file gives, part of which is declared plausible"
    bent = Factor("group.acceptance", low=LOW, high=HIGH, log=True).described()
    assert space_of([bent]) == "the space that the sweep file gives"
