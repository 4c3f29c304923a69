"""What a life accepts: each parameter's value checked against its declaration, from whatever door it comes.

The Pydantic models are made from ``sim.parameters``, so a parameter is declared once.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any

import numpy as np
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, with_config
from typing_extensions import TypedDict

from sim import changes, own_rules
from sim.mistakes import nearest, plain, shown
from sim.own_rules import RULES, SECTION, digests_in
from sim.parameters import PARAMETERS, Parameter
from sim.parameters.town import arrivals_per_week
from sim.problem import Problem

MOST_PEOPLE = 10_000  # each pair has a tie and hours: 1.6 GB
STRICT = ConfigDict(extra="forbid", validate_default=False)


class ScenarioError(Problem):
    """Something is wrong with a scenario: what, where, found, expected, mend, in one line."""


def kind_and_limits(p: Parameter) -> tuple[Any, dict[str, Any]]:
    """What Pydantic should accept for a parameter: strict about types (a number is no yes, a yes no number)."""
    said = {"description": f"{p.meaning} [{p.unit}; default {p.default}; {p.source}]", "strict": True}
    if p.kind is bool:
        return bool, said
    if p.kind is list:
        return list[Annotated[int, Field(ge=p.low, le=p.high, strict=True)]], {**said, "min_length": 1, "max_length": 7}
    limits = {**said, "ge": p.low, "le": p.high}
    return (int, limits) if p.kind is int else (float, {**limits, "allow_inf_nan": False})


def _dotted_field(p: Parameter) -> Any:
    kind, limits = kind_and_limits(p)
    return Annotated[kind, Field(**limits)]


_TypedDict: Any = TypedDict  # with names that hold a dot, which a type checker does not expect


def parameters_with(rules: tuple[str, ...]) -> dict[str, Parameter]:
    """Every parameter by dotted name, those of rules of one's own (by SHA-256) included."""
    return {**PARAMETERS, **own_rules.parameters_of(rules)} if rules else PARAMETERS


@cache
def _accepted(rules: tuple[str, ...]) -> TypeAdapter[dict[str, Any]]:
    """What Pydantic should accept as values of a life."""
    fields = {name: _dotted_field(p) for name, p in parameters_with(rules).items()}
    return TypeAdapter(with_config(STRICT)(_TypedDict("Values", fields, total=False)))


def check_value(name: str, value: Any, where: str, rules: tuple[str, ...] = ()) -> Any:
    """A parameter's value, of the right type and in range; numbers may be NumPy's.

    Args:
        name: dotted.
        value: as given.
        where: for the message.
        rules: SHA-256 of the rules of one's own that may have declared it.

    Raises:
        ScenarioError: naming ``where``, what was found, what is expected and the default.
    """
    parameter, known = changes.parameter_of(name), parameters_with(rules)
    if parameter not in known:
        leaf = str(name)[:100].rpartition(".")[2]
        alike = difflib.get_close_matches(leaf, [p.name for p in known.values()], n=1, cutoff=0.8)
        namesakes = [p.dotted for p in known.values() if p.name in alike]  # the same name in another section
        meant = nearest(str(name), namesakes or list(known))
        if str(name).startswith(f"{SECTION}."):
            owned = [one for one in known if one.startswith(f"{SECTION}.")]
            meant = nearest(str(name), owned) if owned else "; name the file that declares it, with --rules or `rules:`"
        raise ScenarioError(f"{where}: unknown parameter {shown(name)}{meant}")
    if parameter != name:
        _check_change(name, where)
    try:
        return _accepted(rules).validate_python({parameter: _without_numpy(value)})[parameter]
    except ValidationError:
        raise ScenarioError(f"{where}: found {shown(value)}, expected {in_words_for(known[parameter])}") from None


def _check_change(name: str, where: str) -> None:
    """Whether a parameter can change in mid-life, and in this week.

    Raises:
        ScenarioError: saying why not.
    """
    why, parameter = changes.why_fixed(changes.parameter_of(name)), changes.parameter_of(name)
    if why:
        raise ScenarioError(f"{where}: {parameter} cannot change in mid-life: it {why}; set it from the beginning")
    week = changes.week_of(name)
    if week is None or week > changes.LAST_WEEK:
        raise ScenarioError(f"{where}: found the week {shown(name.partition(changes.AT)[2])}, expected a whole number "
                            f"from 0 to {changes.LAST_WEEK} (weeks since the opening)")  # fmt: skip


def check_values(values: Mapping[str, Any], where: str = "") -> dict[str, Any]:
    """All parameters of a life, checked: the one door through which every life goes.

    Args:
        values: every parameter by dotted name, and changes at a time (``sim.changes``).
        where: put before what is wrong.

    Returns:
        The same, as plain Python numbers. About 0.05 ms for values that need no conversion.

    Raises:
        ScenarioError: if one is missing, unknown, of the wrong type or out of range, or the town too large.
    """
    if not isinstance(values, Mapping):
        raise ScenarioError(f"{where}found {type(values).__name__}, expected parameters by name: Scenario.values")
    rules = digests_in(values)
    known = parameters_with(rules)
    later = {name: value for name, value in values.items() if changes.AT in str(name)}
    if rules or later:
        values = {name: value for name, value in values.items() if name != RULES and name not in later}
    try:
        if any(type(value) not in _PLAIN for value in values.values()):
            raise TypeError  # Pydantic would take NumPy's True for a number
        checked: dict[str, Any] = _accepted(rules).validate_python(values)
    except (ValidationError, TypeError):
        checked = {name: check_value(name, value, f"{where}{name}", rules) for name, value in values.items()}
    if len(checked) < len(known):
        missing = [name for name in known if name not in checked]
        raise ScenarioError(f"{where}found no {', '.join(missing[:3])}, expected every parameter: use Scenario.values")
    check_size(checked, f"{where}people.residents")
    checked |= {name: check_value(name, value, f"{where}{name}", rules) for name, value in later.items()}
    return {**checked, RULES: rules} if rules else checked


_PLAIN = (bool, int, float, list)


def _without_numpy(value: Any) -> Any:
    """A number of NumPy's as Python's, an array or a tuple as a list."""
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    return [_without_numpy(item) for item in value] if isinstance(value, list | tuple) else value


def check_size(values: dict[str, Any], where: str) -> None:
    """Refuse a town whose ties would not fit into memory.

    Raises:
        ScenarioError: naming the three parameters that make it so large.
    """
    people = values["people.residents"] + math.ceil(values["run.weeks"] * arrivals_per_week(values))
    if people > MOST_PEOPLE:
        raise ScenarioError(
            f"{where}: found {people} people over {values['run.weeks']} weeks, expected at most {MOST_PEOPLE}; "
            "lower people.residents or run.weeks, or raise people.mean_stay_years"
        )


def expectation(p: Parameter) -> str:
    """What a parameter accepts, in words."""
    if p.kind is bool:
        return "true or false"
    if p.kind is list:
        return "a list of weekdays from 0 (Monday) to 6 (Sunday), such as [2]"
    number = "a whole number" if p.kind is int else "a number"
    return f"{number} from {p.low:g} to {p.high:g} ({p.unit})"


def in_words_for(p: Parameter) -> str:
    """What a parameter accepts, and its default."""
    return f"{expectation(p)} (default {plain(p.default)})"
