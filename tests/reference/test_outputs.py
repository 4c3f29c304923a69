"""The output tables of a run against those made, from appendix H of ``docs/odd.md`` alone, of the reference."""

from __future__ import annotations

import math

import pytest

from analysis.studies.run.study import live_scenario
from sim.scenario import load
from sim.state import CLOSED_NAMES, EVENT_NAMES, HEARD_NAMES, LEFT_NAMES, STATUS_NAMES, TRAITS
from tests.builders import ROOT
from tests.reference.compare import same
from tests.reference.model import ReferenceModel
from tests.reference.people import CLOSED, FIRST_VISIT, JOINED, LEFT

STATES = (
    "isolation", "stigma", "understanding", "coping", "trust", "stressor", "circumstances", "strain", "organiser",
    "regularity",
)  # fmt: skip
OF_THE_WEEK = (
    "distress_this_week", "hard_days_this_week", "hard_days_through_this_week", "episodes_this_week",
    "attended_this_week",
)  # fmt: skip
RISES = (
    "calls_made", "calls_answered", "calls_taken", "line_calls", "line_answered", "texts", "socials", "shares",
    "shares_self_harm", "shares_heard", "help_given", "told_outside", "told_accepted", "services_contacts",
)  # fmt: skip
TIES_AFTER = (26, 52, 104, 208, 416, 624)
REASONS = {FIRST_VISIT: HEARD_NAMES, JOINED: HEARD_NAMES, LEFT: LEFT_NAMES, CLOSED: CLOSED_NAMES}


ONLY_WITH = {  # columns of the second model, and their switches
    "difference": "mechanisms.alike", "guilt": "mechanisms.guilt", "assured": "mechanisms.assurance",
    "label_hurt": "mechanisms.labels", "urge": "mechanisms.swings", "found_out": "mechanisms.found_out",
    "ways_heard": "mechanisms.ways", "difference_set": "mechanisms.alike",
    **dict.fromkeys(("burden", "inpatient", "voices", "recovering"), "people.correlated"),
}  # fmt: skip
MORE_STATES = ("difference", "guilt", "assured", "label_hurt", "urge")
MORE_RISES = ("found_out", "ways_heard")


def in_play(values, name):
    """Whether a column's switch is on, at the beginning or later."""
    switch = ONLY_WITH.get(name)
    return switch is None or any(value for said, value in values.items() if said.partition("@")[0] == switch)


def tables_of_the_reference(values):
    """Rows of each of the five tables."""
    lead_in, weeks = values["run.lead_in_weeks"], values["run.weeks"]
    town = ReferenceModel(values)
    ties, before = [], {}
    at_once = [me for me in town.people if me.arrives_week <= lead_in < me.departs_week]
    people = [baseline(me, lead_in) for me in at_once]
    for week in range(weeks):
        town.step()
        for me in town.residents:
            people.append(row_of(me, week, before.get(me, {})))
            before[me] = {name: getattr(me, name) for name in rises_of(values)}
        if week + 1 in TIES_AFTER or week + 1 == weeks:
            pairs = [(me.row, other.row, tie) for me in town.people for other, tie in me.ties.items()]
            ties += [
                {"week": week, "person": town.people[i].id, "other": town.people[j].id, "tie": tie}
                for i, j, tie in sorted(pairs)
                if i < j
            ]
    return {
        "weeks": [{name: null_if_nan(value) for name, value in row.items()} for row in town.weeks],
        "people": people,
        "traits": [trait_row(me, lead_in) for me in town.people],
        "story": story_of(town, lead_in),
        "ties": ties,
    }


def null_if_nan(value):
    return None if isinstance(value, float) and math.isnan(value) else value


def row_of(me, week, before):
    row = {"id": me.id, "week": week, "status": STATUS_NAMES[me.status]}
    values = me.model.said
    more = [name for name in MORE_STATES if in_play(values, name)]
    row |= {name: getattr(me, name) for name in (*STATES, *OF_THE_WEEK)}
    rises = {f"{name}_this_week": getattr(me, name) - before.get(name, 0) for name in rises_of(values)}
    return row | {name: getattr(me, name) for name in more} | rises


def rises_of(values):
    return (*RISES, *(name for name in MORE_RISES if in_play(values, name)))


def baseline(me, lead_in):
    row = row_of(me, -1, {})
    unknown = [f"{name}_this_week" for name in rises_of(me.model.said)] + ([] if lead_in else list(OF_THE_WEEK))
    return row | dict.fromkeys(unknown)


def trait_row(me, lead_in):
    row = {field.name: getattr(me, field.name) for field in TRAITS if in_play(me.model.said, field.name)}
    return row | {name: row[name] - lead_in for name in ("arrives_week", "departs_week")}


def story_of(town, lead_in):
    rows, left = [], set()
    for week, kind, row, reason in town.story:
        again = kind == FIRST_VISIT and row in left
        rows.append(
            {
                "week": week - lead_in,
                "person": None if row < 0 else town.people[row].id,
                "event": "came again after having left" if again else EVENT_NAMES[kind],
                "reason": REASONS[kind][reason] if kind in REASONS else None,
            }
        )
        if kind == LEFT:
            left.add(row)
    return rows


@pytest.mark.parametrize("name", ["no-lead-in", "irregular", "story", "unled", "storms", "quarrels", "door"])
def test_output_tables_are_as_the_document_says(name):
    scenario = load(ROOT / "tests" / "extremes" / f"{name}.yaml")
    run = live_scenario(scenario)
    for table, expected in tables_of_the_reference(scenario.values).items():
        found = run.tables[table].to_pylist()
        assert len(found) == len(expected), table
        for row, (ours, theirs) in enumerate(zip(expected, found, strict=True)):
            assert list(ours) == list(theirs), table
            differ = {name: (ours[name], theirs[name]) for name in ours if not same(ours[name], theirs[name])}
            assert not differ, f"row {row} of {table}"
        assert not any(isinstance(value, float) and math.isnan(value) for row in found for value in row.values())
