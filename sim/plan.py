"""The plan of a week, read from ``live_week`` in sim/week.py: which rules there are, in which order, and when.

Parameters, states and purposes are gathered from the files of these rules.
"""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

MORNING, DAILY, EVENING = "start of the week", "each day", "end of the week"


class Step(NamedTuple):
    """One rule in the plan of a week."""

    rule: str
    when: str
    summary: str
    file: str  # of sim/rules, without its ending


def read_plan(source: str) -> list[tuple[str, str, str]]:
    """The rules that ``live_week`` calls in this source: name, when, and file of sim/rules; in order."""
    tree = ast.parse(source)
    files = {
        alias.name: node.module.removeprefix("sim.rules.")
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("sim.rules.")
        for alias in node.names
    }
    week = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "live_week")
    plan, when = [], MORNING
    for statement in week.body:
        if isinstance(statement, ast.For):
            when = DAILY
        elif when == DAILY:
            when = EVENING
        for line in statement.body if isinstance(statement, ast.For) else [statement]:
            if (
                isinstance(line, ast.Expr)
                and isinstance(line.value, ast.Call)
                and isinstance(line.value.func, ast.Name)
            ):
                name = line.value.func.id
                if name in files:
                    plan.append((name, when, files[name]))
    return plan


_READ = read_plan(Path(__file__).with_name("week.py").read_text(encoding="utf-8"))
RULES: tuple[ModuleType, ...] = tuple(import_module(f"sim.rules.{file}") for _, _, file in _READ)
PLAN = tuple(Step(rule, when, module.SUMMARY, file) for (rule, when, file), module in zip(_READ, RULES, strict=True))


def declared(name: str) -> tuple[Any, ...]:
    """What the rules declare under this name (PARAMETERS, PEOPLE or GROUP), in the order of the week."""
    return tuple(one for module in RULES for one in getattr(module, name, ()))
