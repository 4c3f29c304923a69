"""A scenario to and from text: a change typed on the command line, and a file that says every parameter."""

from __future__ import annotations

from typing import Any

from sim import changes, own_rules
from sim.own_rules import RULES, digests_in
from sim.scenario import Scenario, ScenarioError
from sim.yaml_lines import YamlError, as_text, read_value


def parse_setting(text: str) -> tuple[str, Any]:
    """``section.name=value`` from the command line, the value read as in a file.

    Raises:
        ScenarioError: if it has another form.
    """
    name, equals, value = text.partition("=")
    if not equals:
        raise ScenarioError(
            f"--set {text[:80]}: found no '=', expected section.name=value, such as group.phone_line=false"
        )
    try:
        return name.strip(), read_value(value)
    except YamlError as problem:
        raise ScenarioError(f"--set {name[:80]}: {problem}; quote the value if it is text") from None


def as_yaml(scenario: Scenario) -> str:
    """A scenario file that says every parameter, so that it needs no parent."""
    content: dict[str, Any] = {"name": scenario.name, "title": scenario.title, "question": scenario.question}
    files = own_rules.files_of(digests_in(scenario.values))
    if files:
        content[RULES] = [str(file.path.absolute()) for file in files]
    for name, value in changes.in_force(scenario.values, -1).items():
        if name == RULES:
            continue
        section, key = name.split(".")
        content.setdefault(section, {})[key] = value
    later = changes.changes_in(scenario.values)
    if later:
        content["changes"] = [{"week": week, **changed} for week, changed in later.items()]
    return as_text(content)
