"""Changes at a time: a parameter that has another value from some week on, such as a phone line that closes.

Among the values of a life a change stands beside the parameters, as ``group.phone_line@200``: from the start of week
200 since the opening on. So it is checked, recorded, compared and run again as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.parameters import PARAMETERS

AT = "@"
LAST_WEEK = int(PARAMETERS["run.weeks"].high or 0) - 1
EXAMPLE = "- {week: 200, group.phone_line: false}"
_AT_OPENING = "is read only when the group opens"
_OF_WHOM = "decides for the whole run who may come"
_MEASURE = "is how the whole run is measured"
# What cannot change in mid-life, and why: by parameter or by section.
FIXED = {
    "people": "makes people, once, before their lives begin",
    "run": "is the frame of the whole run",
    "own": "belongs to rules of one's own, which are given it once",
    "group.exists": "is what sets a life apart from its twin",
    "group.founders": _AT_OPENING,
    "group.clinician_started": _AT_OPENING,
    "group.women_only": _OF_WHOM,
    "group.service_users_only": _OF_WHOM,
    "meeting.regular_share": _MEASURE,
    "meeting.regularity_half_life_weeks": _MEASURE,
}


def at(name: str, week: int) -> str:
    """How a change of this parameter in this week is called."""
    return f"{name}{AT}{week}"


def parameter_of(name: str) -> str:
    """The parameter itself, be it from the beginning or of a change."""
    return str(name).partition(AT)[0]


def week_of(name: str) -> int | None:
    """The week of a change; None for a parameter from the beginning, or if it is no week."""
    week = str(name).partition(AT)[2]
    return int(week) if week.isascii() and week.isdigit() and len(week) < 5 and str(int(week)) == week else None


def why_fixed(name: str) -> str | None:
    """Why a parameter cannot change in mid-life, in words; None if it can."""
    return FIXED.get(name) or FIXED.get(name.partition(".")[0])


def changes_in(values: Mapping[str, Any]) -> dict[int, dict[str, Any]]:
    """The changes among the values of a life: for each week, in order, the new values by parameter."""
    found: dict[int, dict[str, Any]] = {}
    for name, value in values.items():
        week = week_of(name)
        if week is not None:
            found.setdefault(week, {})[parameter_of(name)] = value
    return {week: found[week] for week in sorted(found)}


def in_force(values: Mapping[str, Any], week: int) -> dict[str, Any]:
    """Every parameter as it is in a week, all changes up to then made."""
    now = {name: value for name, value in values.items() if AT not in name}
    for start, changed in changes_in(values).items():
        now |= changed if start <= week else {}
    return now
