"""What each rule reads, writes and draws, found in its code. Documents and tests use this; no week needs it.

A function counts what it does itself and what the functions do that it calls. A state that only
enters its own new value (``me.stigma = toward(me.stigma, ...)``) is written, not read.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from sim.declare import PURPOSES
from sim.parameters import PARAMETERS
from sim.plan import PLAN
from sim.state import GROUP, PEOPLE, TRAITS

SIM = Path(__file__).resolve().parents[1] / "sim"
RECORDS = ("people", "traits", "group", "params")
ARRAYS = ("ties", "hours", "circle")
STORY = "story"
# Functions outside the plan that write states, and the words for them.
OTHERS = (
    ("population", "_begin_lives", "beginning"), ("observe", "open_week", "start of the week"),
    ("observe", "close_week", "end of the week"), ("observe", "update_regularity", "observation"),
    ("story", "note", "story"),
)  # fmt: skip
_DOTTED = {dotted.replace(".", "_"): dotted for dotted in PARAMETERS}


@dataclass
class Touched:
    """Names as ``people.stigma``, ``traits.barrier``, ``group.open``, ``params.ties.lapse``, ``ties`` or ``story``."""

    reads: set[str] = field(default_factory=set)
    writes: set[str] = field(default_factory=set)
    draws: set[str] = field(default_factory=set)
    calls: set[str] = field(default_factory=set)

    def add(self, other: Touched) -> None:
        """Also what the other touches."""
        self.reads |= other.reads
        self.writes |= other.writes
        self.draws |= other.draws


class _Visitor(ast.NodeVisitor):
    """Follows names such as ``me = world.people[i]`` through one function."""

    def __init__(self, function: ast.FunctionDef) -> None:
        self.found = Touched()
        self.known = {arg.arg: "people" for arg in function.args.args if arg.arg in ("me", "them")}
        for statement in function.body:
            self.visit(statement)

    def _what(self, node: ast.expr) -> str | None:
        """The record or array that an expression stands for, if any."""
        match node:
            case ast.Name(name):
                return self.known.get(name)
            case ast.Subscript(ast.Attribute(ast.Name("world"), name)) if name in RECORDS:
                return name
            case ast.Attribute(ast.Name("world"), name) if name in ARRAYS:
                return name
            case ast.Subscript(inner) if self._what(inner) in ARRAYS:
                return self._what(inner)
        return None

    def _name(self, node: ast.expr) -> str | None:
        """The full name of a state, parameter or array that an expression reads or writes."""
        what = self._what(node)
        if what in ARRAYS:
            return what
        if isinstance(node, ast.Attribute):
            what = self._what(node.value)
            if what == "params":
                return f"params.{_DOTTED[node.attr]}"
            if what in RECORDS:
                return None if node.attr == "id" else f"{what}.{node.attr}"  # an id is a draw's address, no state
        return None

    def _write(self, target: ast.expr, value: ast.expr) -> None:
        name = self._name(target)
        if isinstance(target, ast.Name):
            what = self._what(value)
            if what:
                self.known[target.id] = what
                if what in RECORDS:
                    return
            self.visit(value)
        elif name:
            self.found.writes.add(name)
            already = name in self.found.reads
            self.visit(value)
            own = name in ARRAYS or any(ast.unparse(node) == ast.unparse(target) for node in ast.walk(value))
            if own and not already:
                self.found.reads.discard(name)
            if isinstance(target, ast.Subscript):
                self.visit(target.slice)
        else:
            self.visit(target)
            self.visit(value)

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                for one, value in zip(target.elts, node.value.elts, strict=True):
                    self._write(one, value)
            else:
                self._write(target, node.value)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        name = self._name(node.target)
        if name and not isinstance(node.target, ast.Name):
            self.found.writes.add(name)
        self.visit(node.value)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        name = self._name(node)
        if name:
            self.found.reads.add(name)
        elif isinstance(node.value, ast.Name) and node.value.id == "purposes":
            self.found.draws.add(node.attr)
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        if node.id in PURPOSES:
            self.found.draws.add(node.id)
        elif self.known.get(node.id) in ARRAYS:
            self.found.reads.add(self.known[node.id])

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name):
            if node.func.id == "note":
                self.found.writes.add(STORY)
            else:
                self.found.calls.add(node.func.id)
        self.generic_visit(node)


def touched_by(function: ast.FunctionDef) -> Touched:
    """What a function touches itself; ``calls`` are the names of functions that it calls."""
    return _Visitor(function).found


@cache
def _functions() -> dict[tuple[str, str], Touched]:
    """Each function of the model's files by (file, name); calls are by (file, name) too, as ``file:name``."""
    found = {}
    for path in [
        *SIM.glob("rules/*.py"),
        *(SIM / f"{name}.py" for name in ("relations", "observe", "population", "story")),
    ]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        home = {
            alias.name: (node.module or "").rpartition(".")[2]
            for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names
        }  # fmt: skip
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                touched = touched_by(node)
                touched.calls = {f"{home.get(name, path.stem)}:{name}" for name in touched.calls}
                found[path.stem, node.name] = touched
    return found


@cache
def of_function(file: str, name: str) -> Touched:
    """What a function of ``sim/rules`` or of another file of the model touches, with all that it calls."""
    whole, waiting, seen = Touched(), [f"{file}:{name}"], set()
    while waiting:
        called = waiting.pop()
        place = tuple(called.split(":"))
        if called in seen or place not in _functions():
            continue
        seen.add(called)
        whole.add(_functions()[place])
        waiting += _functions()[place].calls
    return whole


def of_rule(file: str) -> Touched:
    """What the rule in this file of ``sim/rules`` touches."""
    step = next(step for step in PLAN if step.file == file)
    return of_function(file, step.rule)


def writers(name: str) -> list[str]:
    """Who writes a state (``people.stigma``): rules in the order of the week, then other moments."""
    found = [step.file for step in PLAN if name in of_rule(step.file).writes]
    return found + [words for file, function, words in OTHERS if name in of_function(file, function).writes]


def grouped(names: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Names by kind (people, traits, group, none, parameters), each in the order of its declaration."""
    kinds = (
        ("people", "people.", [field.name for field in PEOPLE]),
        ("traits", "traits.", [field.name for field in TRAITS]),
        ("group", "group.", [field.name for field in GROUP]),
        ("", "", [*ARRAYS, STORY]),
        ("parameters", "params.", list(PARAMETERS)),
    )
    found = [(kind, [name for name in order if start + name in set(names)]) for kind, start, order in kinds]
    return [(kind, some) for kind, some in found if some]
