"""Every parameter, declared once: value, unit, range, meaning, source, plausible range.

What one rule alone reads is declared in that rule's file; here stand the sections, and what several
rules read or none does. Within a section the latter come first, then the rules' in the order of the week.

Scenario files, ``--set``, the JSON schema, the parameter table of docs/odd.md and the record that
the rules read (``world.params[0]``) are all made from these declarations.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.declare import Parameter, Section
from sim.parameters.bonds import contact, ties
from sim.parameters.life import episodes, life
from sim.parameters.mechanisms import in_effect, mechanisms
from sim.parameters.meeting import group, meeting
from sim.parameters.membership import clinician, joining, leaving, organising, practitioners, run
from sim.parameters.town import outside, people
from sim.plan import declared

_SHARED = (
    people, outside, life, episodes, group, meeting, ties, contact, joining, leaving, organising, clinician, practitioners, mechanisms,
    run,
)  # fmt: skip
_OWNED: tuple[Parameter, ...] = declared("PARAMETERS")
SECTIONS = tuple(
    Section(shared.name, shared.meaning, *shared.parameters, *(p for p in _OWNED if p.section == shared.name))
    for shared in _SHARED
)
PARAMETERS: dict[str, Parameter] = {p.dotted: p for section in SECTIONS for p in section.parameters}

# In a rule a parameter is written section_name: world.params[0].meeting_accept. The seed is left
# out: it is the key of the draws, and no rule may read it.
_IN_RULES = [p for p in PARAMETERS.values() if p.dotted != "run.seed"]
_DTYPES = {bool: "?", int: "i8", float: "f8", list: "i8"}


def in_rules(name: str) -> str:
    """What a parameter is called in a rule."""
    return name.replace(".", "_")


PARAMS_DTYPE = np.dtype([(in_rules(p.dotted), _DTYPES[p.kind]) for p in _IN_RULES], align=True)


def defaults() -> dict[str, Any]:
    """The default of every parameter, by dotted name."""
    return {name: (list(p.default) if p.kind is list else p.default) for name, p in PARAMETERS.items()}


def packed(values: dict[str, Any]) -> np.recarray:
    """One record of all parameters, as the rules read it.

    Weekdays become the bits of a number; what belongs to a mechanism that is off is 0.
    """
    values = in_effect(values)
    record = np.recarray(1, dtype=PARAMS_DTYPE)
    record[0] = tuple(_bits(values[p.dotted]) if p.kind is list else values[p.dotted] for p in _IN_RULES)
    return record


def _bits(days: list[int]) -> int:
    """A set of weekdays as the bits of a number."""
    return sum(1 << day for day in set(days))


__all__ = ["PARAMETERS", "PARAMS_DTYPE", "SECTIONS", "Parameter", "Section", "defaults", "in_rules", "packed"]
