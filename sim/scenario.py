"""Scenario files: read, inherit, validate, explain.

A scenario is a small YAML file: a name, a question, what it extends, and the parameters that differ,
by section. The Pydantic models are made from ``sim.parameters``, so a parameter is declared once.
"""

from __future__ import annotations

import difflib
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from sim.parameters import PARAMETERS, SECTIONS, Parameter, defaults
from sim.parameters.town import arrivals_per_week
from sim.problem import Problem
from sim.yaml_lines import Lines, YamlError, read_yaml

MOST_PEOPLE = 10_000  # each pair has a tie and hours: 1.6 GB
HEADINGS = ("name", "title", "question", "extends")


class ScenarioError(Problem):
    """Something is wrong with a scenario: what, where, found, expected, mend, in one line."""


@dataclass(frozen=True)
class Scenario:
    """A resolved scenario.

    Attributes:
        name, title, question: what it is called and what it asks.
        values: every parameter by dotted name.
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
        checked = {name: check_value(name, value, where=f"{origin} {name}") for name, value in changes.items()}
        check_size({**self.values, **checked}, origin)
        return Scenario(
            self.name,
            self.title,
            self.question,
            {**self.values, **checked},
            {**self.origins, **dict.fromkeys(checked, origin)},
            self.path,
        )


def _field_of(p: Parameter) -> tuple[Any, Any]:
    """The Pydantic field of a parameter, strict about types (a number is no yes, a yes no number)."""
    description = f"{p.meaning} [{p.unit}; default {p.default}; {p.source}]"
    if p.kind is bool:
        return bool, Field(p.default, description=description, strict=True)
    if p.kind is list:
        return list[Literal[0, 1, 2, 3, 4, 5, 6]], Field(p.default, description=description, min_length=1, max_length=7)
    if p.kind is int:
        return int, Field(p.default, ge=p.low, le=p.high, description=description, strict=True)
    return float, Field(p.default, ge=p.low, le=p.high, description=description, allow_inf_nan=False)


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
    name=(
        str,
        Field(description="short name, also of the results folder", pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"),
    ),
    title=(str, Field("", description="one line for figures")),
    question=(str, Field("", description="what this scenario is for")),
    extends=(str | None, Field(None, description="another scenario file, relative to this one")),
    **{name: (model | None, Field(None, description=model.__doc__)) for name, model in SECTION_MODELS.items()},
)


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
        raise ScenarioError(str(problem)) from None
    if not isinstance(content, dict):
        raise ScenarioError(f"{path}:1: found {_shown(content)}, expected a scenario with `name:` and sections; "
                            "see scenarios/base.yaml for an example")  # fmt: skip
    _check_structure(path, content, lines)
    if content.get("extends") is not None:
        parent_path = path.parent / content["extends"]
        where, wanted = f"{path}:{lines.of('extends')}", _shown(content["extends"])
        if "\0" in content["extends"] or not parent_path.is_file():
            mend = f"name one relative to {path.parent}"
            raise ScenarioError(f"{where}: extends {wanted}, but there is no file {_shown(str(parent_path))}; {mend}")
        family = (*_children, path.resolve())
        if parent_path.resolve() in family:
            chain = " -> ".join(child.name for child in (*family, parent_path))
            raise ScenarioError(f"{where}: scenarios extend each other in a circle ({chain}); remove one `extends`")
        parent = load(parent_path, family)
        values, origins = dict(parent.values), dict(parent.origins)
        title, question = parent.title, parent.question
    else:
        values, origins, title, question = defaults(), {}, "", ""
    for section in SECTION_MODELS:
        for key, value in (content.get(section) or {}).items():
            name = f"{section}.{key}"
            values[name] = check_value(name, value, where=f"{path}:{lines.of(section, key)}: {name}")
            origins[name] = str(path)
    check_size(values, str(path))
    return Scenario(
        content["name"], content.get("title") or title, content.get("question") or question, values, origins, path
    )


def _check_structure(path: Path, content: dict[Any, Any], lines: Lines) -> None:
    """Headings and names of sections and parameters; values are checked one by one."""
    allowed = [*HEADINGS, *SECTION_MODELS]
    for key, value in content.items():
        if key not in allowed:
            raise ScenarioError(f"{path}:{lines.of(key)}: unknown key {_shown(key)}{_nearest(str(key), allowed)}")
        if key in HEADINGS and not isinstance(value, str):
            raise ScenarioError(f"{path}:{lines.of(key)}: {key}: found {_shown(value)}, expected text")
        if key in SECTION_MODELS:
            if value is not None and not isinstance(value, dict):
                example = next(iter(SECTION_MODELS[key].model_fields))
                raise ScenarioError(
                    f"{path}:{lines.of(key)}: {key}: found {_shown(value)}, expected parameters, one a line, "
                    f"such as `{example}: ...`"
                )
            known = list(SECTION_MODELS[key].model_fields)
            for inner in value or {}:
                if inner not in known:
                    raise ScenarioError(f"{path}:{lines.of(key, inner)}: unknown parameter {_shown(f'{key}.{inner}')}"
                                        f"{_nearest(str(inner), known, f'{key}.')}")  # fmt: skip
    if "name" not in content:
        raise ScenarioError(f"{path}:1: found no `name:`, expected one, such as `name: {path.stem}`")
    try:
        ScenarioFile.__pydantic_validator__.validate_assignment(ScenarioFile.model_construct(), "name", content["name"])
    except ValidationError:
        raise ScenarioError(
            f"{path}:{lines.of('name')}: name: found {_shown(content['name'])}, expected letters, digits, "
            "'_', '-' and '.', at most 64, beginning with a letter or digit"
        ) from None


def check_value(name: str, value: Any, where: str) -> Any:
    """A parameter's value, of the right type and in range.

    Raises:
        ScenarioError: naming ``where``, what was found, what is expected and the default.
    """
    if name not in PARAMETERS:
        leaf = name.rpartition(".")[2]
        alike = difflib.get_close_matches(leaf, [p.name for p in PARAMETERS.values()], n=1, cutoff=0.8)
        namesakes = [p.dotted for p in PARAMETERS.values() if p.name in alike]  # the same name in another section
        raise ScenarioError(f"{where}: unknown parameter {_shown(name)}{_nearest(name, namesakes or list(PARAMETERS))}")
    p = PARAMETERS[name]
    items = value if isinstance(value, list) else [value]
    acceptable = p.kind is bool or not any(isinstance(item, bool) for item in items)
    if acceptable:
        try:
            made = SECTION_MODELS[p.section].model_validate({p.name: value})
            if p.kind is not float or isinstance(value, int | float):
                return getattr(made, p.name)
        except ValidationError:
            pass
    raise ScenarioError(f"{where}: found {_shown(value)}, expected {expectation(p)} (default {_plain(p.default)})")


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


def parse_setting(text: str) -> tuple[str, Any]:
    """``section.name=value`` from the command line, the value read as YAML.

    Raises:
        ScenarioError: if it has another form.
    """
    name, equals, value = text.partition("=")
    if not equals:
        raise ScenarioError(f"--set {text}: found no '=', expected section.name=value, such as group.phone_line=false")
    try:
        return name.strip(), yaml.safe_load(value)
    except (yaml.YAMLError, ValueError, RecursionError):
        raise ScenarioError(f"--set {name}: the value {_shown(value)} is not YAML; quote it if it is text") from None


def as_yaml(scenario: Scenario) -> str:
    """A scenario file that says every parameter, so that it needs no parent."""
    content: dict[str, Any] = {"name": scenario.name, "title": scenario.title, "question": scenario.question}
    for name, value in scenario.values.items():
        section, key = name.split(".")
        content.setdefault(section, {})[key] = value
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True)


def _nearest(word: str, known: list[str], prefix: str = "") -> str:
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    if close:
        return f"; did you mean {prefix}{close[0]!s}?"
    return f"; expected one of {', '.join(known[:12])}{', ...' if len(known) > 12 else ''}"


def _plain(value: Any) -> str:
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _shown(value: Any) -> str:
    """A value as found, on one line, not too long."""
    text = " ".join((_plain(value) if isinstance(value, bool) else repr(value)).split())
    return text if len(text) <= 60 else text[:57] + "..."


if __name__ == "__main__":  # python -m sim.scenario > scenarios/schema.json
    import json

    print(json.dumps(schema(), indent=2, ensure_ascii=False))
