"""Scenario files: read, inherit, validate, explain.

A scenario is a small YAML file: a name, a question, what it extends, and the parameters that differ,
by section. The Pydantic models are made from ``sim.parameters``, so a parameter is declared once.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    create_model,
    with_config,
)
from typing_extensions import TypedDict

from sim import changes, own_rules
from sim.mistakes import first_mistake, nearest, plain, shown
from sim.own_rules import RULES, SECTION, RuleFile, digests_in
from sim.parameters import PARAMETERS, SECTIONS, Parameter, defaults
from sim.parameters.town import arrivals_per_week
from sim.problem import Problem
from sim.yaml_lines import YamlError, beside, is_ordinary_file, read_yaml

MOST_PEOPLE = 10_000  # each pair has a tie and hours: 1.6 GB
MOST_ANCESTORS = 20
# Names that Windows keeps for devices, with any ending.
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{k}" for port in ("com", "lpt") for k in range(10))}


class ScenarioError(Problem):
    """Something is wrong with a scenario: what, where, found, expected, mend, in one line."""


@dataclass(frozen=True)
class Scenario:
    """A resolved scenario.

    Attributes:
        name, title, question: what it is called and what it asks.
        values: every parameter by dotted name, and changes at a time (``sim.changes``); with rules of one's own also
            ``rules``, the SHA-256 of their files.
        origins: for each parameter that is not the default, the file (or ``--set``) it came from.
        path: the file read.
    """

    name: str
    title: str
    question: str
    values: dict[str, Any]
    origins: dict[str, str]
    path: Path | None = None

    def with_values(self, changes: dict[str, Any], origin: str = "--set") -> Scenario:
        """The same scenario with some parameters changed, after validation.

        Raises:
            ScenarioError: if a name is unknown or a value is not accepted.
        """
        rules = digests_in(self.values)
        checked = {name: check_value(name, value, f"{origin} {name}", rules) for name, value in changes.items()}
        check_size({**self.values, **checked}, origin)
        origins = {**self.origins, **dict.fromkeys(checked, origin)}
        return replace(self, values={**self.values, **checked}, origins=origins)

    def with_rules(self, files: Iterable[RuleFile]) -> Scenario:
        """The same scenario with rules of one's own (see ``sim.own_rules``); their parameters at their defaults."""
        return replace(self, values=own_rules.with_files(self.values, files))


def _for_every_system(name: str) -> str:
    """A name that can be a folder on every system.

    Raises:
        ValueError: saying what is expected instead.
    """
    if name.endswith(".") or name.split(".", maxsplit=1)[0].lower() in RESERVED:
        raise ValueError("a name that Windows has no other use for, and that does not end with '.'")
    return name


ShortName = Annotated[
    str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$", strict=True), AfterValidator(_for_every_system)
]
Text = Annotated[str, Field(strict=True)]


def _kind_and_limits(p: Parameter) -> tuple[Any, dict[str, Any]]:
    """What Pydantic should accept for a parameter: strict about types (a number is no yes, a yes no number)."""
    said = {"description": f"{p.meaning} [{p.unit}; default {p.default}; {p.source}]", "strict": True}
    if p.kind is bool:
        return bool, said
    if p.kind is list:
        return list[Annotated[int, Field(ge=p.low, le=p.high, strict=True)]], {**said, "min_length": 1, "max_length": 7}
    limits = {**said, "ge": p.low, "le": p.high}
    return (int, limits) if p.kind is int else (float, {**limits, "allow_inf_nan": False})


def _field_of(p: Parameter) -> tuple[Any, Any]:
    kind, limits = _kind_and_limits(p)
    return kind, Field(p.default, **limits)


def _dotted_field(p: Parameter) -> Any:
    kind, limits = _kind_and_limits(p)
    return Annotated[kind, Field(**limits)]


_create_model: Any = create_model  # its overloads cannot tell that all fields here are pairs
_STRICT = ConfigDict(extra="forbid", validate_default=False)
SECTION_MODELS: dict[str, type[BaseModel]] = {
    section.name: _create_model(
        section.name.capitalize(),
        __config__=_STRICT,
        __doc__=section.meaning,
        **{p.name: _field_of(p) for p in section.parameters},
    )
    for section in SECTIONS
}
ScenarioFile: type[BaseModel] = _create_model(
    "ScenarioFile",
    __config__=_STRICT,
    __doc__="A Sameboat scenario.",
    name=(ShortName, Field(description="short name, also of the results folder")),
    title=(Text, Field("", description="one line for figures")),
    question=(Text, Field("", description="what this scenario is for")),
    extends=(Text, Field(None, description="another scenario file, relative to this one")),
    rules=(
        Text | list[Text] | None,
        Field(None, description="Python files with rules of one's own"),
    ),
    own=(dict[Text, Any] | None, Field(None, description="parameters of these rules")),
    **{name: (model | None, Field(None, description=model.__doc__)) for name, model in SECTION_MODELS.items()},
    changes=(
        list[dict[str, Any]] | None,
        Field(None, description=f"parameters that have another value from some week on: {changes.EXAMPLE}"),
    ),
)


_TypedDict: Any = TypedDict  # with names that hold a dot, which a type checker does not expect


def parameters_with(rules: tuple[str, ...]) -> dict[str, Parameter]:
    """Every parameter by dotted name, those of rules of one's own (by SHA-256) included."""
    return {**PARAMETERS, **own_rules.parameters_of(rules)} if rules else PARAMETERS


@cache
def _accepted(rules: tuple[str, ...]) -> TypeAdapter[dict[str, Any]]:
    """What Pydantic should accept as values of a life."""
    fields = {name: _dotted_field(p) for name, p in parameters_with(rules).items()}
    return TypeAdapter(with_config(_STRICT)(_TypedDict("Values", fields, total=False)))


def schema() -> dict[str, Any]:
    """The JSON schema of a scenario file, for editors."""
    made = ScenarioFile.model_json_schema()
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return made


def load(path: str | Path, _children: tuple[Path, ...] = ()) -> Scenario:
    """Read and validate a scenario file and everything it extends.

    Raises:
        ScenarioError: one line that says what is wrong, where, and how to mend it.
    """
    path = Path(path)
    try:
        content, lines = read_yaml(path)
    except YamlError as problem:
        raise ScenarioError(problem) from None
    if not isinstance(content, dict):
        raise ScenarioError(f"{path}:1: found {shown(content)}, expected a scenario with `name:` and sections; "
                            "see scenarios/base.yaml for an example")  # fmt: skip
    try:
        said = ScenarioFile.model_validate(content)
    except ValidationError as error:
        keys, what = first_mistake(error, content, _known, _expected)
        place = ".".join(map(str, keys))
        raise ScenarioError(f"{path}:{lines.of(*keys)}: {place}{': ' if place else ''}{what}") from None
    values, origins, title, question = defaults(), {}, "", ""
    if "extends" in content:
        parent = _parent(path, content["extends"], f"{path}:{lines.of('extends')}", (*_children, path.resolve()))
        values, origins, title, question = dict(parent.values), dict(parent.origins), parent.title, parent.question
    for section in SECTION_MODELS:
        for key in content.get(section) or {}:
            values[f"{section}.{key}"] = getattr(getattr(said, section), key)
            origins[f"{section}.{key}"] = str(path)
    named = content.get(RULES) or []
    where = f"{path}:{lines.of('rules')}: rules: "
    files = [own_rules.load_file(beside(path, name), where) for name in ([named] if isinstance(named, str) else named)]
    values = own_rules.with_files(values, files)
    for key, value in (content.get(SECTION) or {}).items():
        name = f"{SECTION}.{key}"
        values[name] = check_value(name, value, f"{path}:{lines.of(SECTION, key)}: {name}", digests_in(values))
        origins[name] = str(path)
    if "changes" in content:  # the whole list takes the place of that of the scenario extended
        values, origins = ({k: v for k, v in one.items() if changes.AT not in k} for one in (values, origins))
        found = _changes_of(content["changes"] or [], f"{path}:{lines.of('changes')}: changes")
        values, origins = values | found, origins | dict.fromkeys(found, str(path))
    check_size(values, str(path))
    return Scenario(
        content["name"], content.get("title") or title, content.get("question") or question, values, origins, path
    )


def _changes_of(said: list[dict[str, Any]], where: str) -> dict[str, Any]:
    """The changes of a scenario file, by parameter and week."""
    found: dict[str, Any] = {}
    for one in said:
        if "week" not in one or len(one) < 2:
            raise ScenarioError(f"{where}: found {shown(one)}, expected a week and parameters: `{changes.EXAMPLE}`")
        week = one["week"]
        if type(week) is not int:
            raise ScenarioError(f"{where}: week: found {shown(week)}, expected a whole number")
        for name in one.keys() - {"week"}:
            key = changes.at(name, week)
            if key in found:
                raise ScenarioError(f"{where}: {shown(name)} changes twice in week {week}; remove one")
            found[key] = check_value(key, one[name], f"{where}: week {week}: {name[:80]}")
    return dict(sorted(found.items(), key=lambda one: (changes.week_of(one[0]), one[0])))


def _parent(path: Path, name: str, where: str, family: tuple[Path, ...]) -> Scenario:
    """The scenario that another one extends."""
    parent_path = beside(path, name)
    if not is_ordinary_file(parent_path):
        raise ScenarioError(f"{where}: extends {shown(name)}, but there is no file {str(parent_path)!r}; "
                            f"name one relative to {path.parent}")  # fmt: skip
    if parent_path.resolve() in family:
        chain = " -> ".join(child.name for child in (*family, parent_path))
        raise ScenarioError(f"{where}: scenarios extend each other in a circle ({chain}); remove one `extends`")
    if len(family) > MOST_ANCESTORS:
        raise ScenarioError(f"{where}: found more than {MOST_ANCESTORS} scenarios that extend each other; use fewer")
    return load(parent_path, family)


def _known(keys: tuple[Any, ...]) -> list[str]:
    """What may stand in a scenario file, or in one of its sections."""
    return list((SECTION_MODELS[keys[0]] if keys else ScenarioFile).model_fields)


def _expected(keys: tuple[Any, ...]) -> str | None:
    """What is accepted at a place of a scenario file, in words; None: as Pydantic says."""
    if keys and keys[0] == RULES:
        return "the name of a Python file, or a list of such names"
    if keys == (SECTION,):
        return "parameters of rules of one's own, one a line"
    if len(keys) >= 2:
        p = PARAMETERS[f"{keys[0]}.{keys[1]}"]
        return _words_for(p)
    if keys == ("changes",):
        return f"a list of changes, one a line, such as `{changes.EXAMPLE}`"
    if keys and keys[0] in SECTION_MODELS:
        return f"parameters, one a line, such as `{next(iter(SECTION_MODELS[keys[0]].model_fields))}: ...`"
    return None


def _words_for(p: Parameter) -> str:
    return f"{expectation(p)} (default {plain(p.default)})"


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
        raise ScenarioError(f"{where}: found {shown(value)}, expected {_words_for(known[parameter])}") from None


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


if __name__ == "__main__":  # python -m sim.scenario > scenarios/schema.json
    import json

    print(json.dumps(schema(), indent=2, ensure_ascii=False))
