"""Rules of one's own: a Python file outside the package, named by the user, whose rules act beside the model's.

Such a file reads like one of ``sim/rules`` (see docs/how-to/own-rules.md): a SUMMARY, PARAMETERS called ``own.NAME``,
PEOPLE, and rules: all its functions of ``(world, own, week)``, in their order. They act at the end of each week, before
it is recorded; in the lead-in too, and in a world without a group too, so that twins stay twins.

Among the values of a life stand only the SHA-256 of the files, as ``rules``: whatever carries values carries them too,
other texts are other values, and a file's code is never run because results name it: only ``load_file`` runs it.
"""

from __future__ import annotations

import hashlib
import inspect
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

from sim.compiler import compiled_if_possible
from sim.declare import Field, Parameter, total
from sim.problem import Problem
from sim.state import PEOPLE, World, dtype_of, records
from sim.yaml_lines import YamlError, read_text

RULES, SECTION = "rules", "own"
ARGUMENTS = ["world", "own", "week"]
LARGEST_FILE = 1_000_000  # bytes
_COUNTED = total("", "").unit  # such a state begins anew when its person arrives, as those of the model do
_LEVELS = tuple(field for field in PEOPLE if field.dtype == "f8" and (field.low, field.high) == (0.0, 1.0))
_compiling = Lock()


class OwnRulesError(Problem):
    """Something is wrong with a file of rules, in one line."""


class Own(NamedTuple):
    """What a rule of one's own has beside the world."""

    params: np.recarray  # [1]: its parameters, without "own."
    people: np.recarray  # [n]: its states, zero to begin with ("last" ones -1)


class OwnRule:
    """One rule: compiled if it can be, plain Python if not.

    Attributes:
        name: of the function.
        plain: the function itself.
        how: in words, how it acts: compiled, or in plain Python and why.
    """

    def __init__(self, file: str, function: Callable[..., Any]) -> None:
        self.name, self.plain, self.how = function.__name__, function, "had nothing to do"
        self._file = file
        self._ready: Callable[..., Any] | None = None

    def __call__(self, world: World, own: Own, week: int) -> None:
        """Act on one week.

        Raises:
            OwnRulesError: if it breaks off.
        """
        if self._ready is None:
            with _compiling:
                self._ready, why = compiled_if_possible(self.plain, (world, own, week))
                self.how = f"in plain Python ({why})" if why else "compiled"
        try:
            self._ready(world, own, week)
        except Exception as error:
            where = f"{self._file}{line_in(error, self._file)}: {self.name}"
            raise OwnRulesError(f"{where}: week {week} of a life: {_in_words(error)}") from error


@dataclass(frozen=True)
class RuleFile:
    """A file of rules that has been read.

    Attributes:
        path, sha256: where it was, and the digest of its text.
        text: of the file.
        summary: what its rules do, in a line.
        parameters: by dotted name.
        people: states.
        rules: in the order of the file.
    """

    path: Path
    sha256: str
    text: str
    summary: str
    parameters: dict[str, Parameter]
    people: tuple[Field, ...]
    rules: tuple[OwnRule, ...]

    def __reduce__(self) -> tuple[Any, ...]:
        """To another process, such as a worker of Dask, goes the text that the user has named; there it is run anew."""
        return of_text, (self.path, self.text)


_loaded: dict[str, RuleFile] = {}


def load_file(path: Path, where: str = "") -> RuleFile:
    """Read a file of rules and run its code. Only for a file that the user has named.

    Args:
        path: the file.
        where: what names it, for messages.

    Raises:
        OwnRulesError: if there is none, it cannot be run, or it declares what it must not.
    """
    try:
        text = read_text(path, "expected a Python file with rules; see docs/how-to/own-rules.md", LARGEST_FILE)
    except YamlError as problem:
        raise OwnRulesError(f"{where}{problem}") from None
    return of_text(path, text)


def of_text(path: Path, text: str) -> RuleFile:
    """Rules of a text, checked; runs it.

    Raises:
        OwnRulesError: if it cannot be run, or it declares what it must not.
    """
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    if sha256 not in _loaded or _loaded[sha256].path != path:
        _loaded[sha256] = _read(path, text, sha256)
        _fields_and_parameters.cache_clear()
    return _loaded[sha256]


def run_code(path: Path, text: str, name: str) -> ModuleType:
    """The module of that name that a text makes. Only for the text of a file that the user has named.

    Raises:
        OwnRulesError: if it cannot be run.
    """
    module = ModuleType(name)
    module.__file__ = str(path)
    sys.modules[module.__name__] = module
    try:
        exec(compile(text, str(path), "exec", dont_inherit=True), vars(module))
    except SyntaxError as error:
        raise OwnRulesError(f"{path}:{error.lineno or 1}: {error.msg}; expected Python") from None
    except (Exception, SystemExit) as error:
        raise OwnRulesError(f"{path}{line_in(error, str(path)) or ':1'}: {_in_words(error)}") from error
    return module


def _read(path: Path, text: str, sha256: str) -> RuleFile:
    """What a text declares, checked."""
    module = run_code(path, text, f"sameboat_own_rules_{sha256[:16]}")
    rules = []
    for function in vars(module).values():
        plain = getattr(function, "py_func", function)  # one marked ``@compiled`` too
        ours = inspect.isfunction(plain) and plain.__module__ == module.__name__
        if ours and list(inspect.signature(plain).parameters) == ARGUMENTS:
            rules.append(OwnRule(str(path), plain))
    if not rules:
        raise OwnRulesError(f"{path}: found no rule, expected `def NAME(world, own, week):`")
    parameters, people = (_tuple_of(path, module, *kind) for kind in (("PARAMETERS", Parameter), ("PEOPLE", Field)))
    for p in parameters:
        if p.section != SECTION or not p.name.isidentifier() or p.kind is list:
            raise OwnRulesError(f"{path}: PARAMETERS: found {p.dotted}, expected a number or switch called own.NAME")
        if not p.low <= p.default <= p.high:
            raise OwnRulesError(f"{path}: {p.dotted}: the default {p.default} lies outside {p.low:g} to {p.high:g}")
    _no_name_twice([(path, one.name) for one in parameters])
    _no_name_twice([(path, one.name) for one in people])
    summary = " ".join(str(getattr(module, "SUMMARY", rules[0].name)).split())
    return RuleFile(path, sha256, text, summary, {p.dotted: p for p in parameters}, people, tuple(rules))


def _tuple_of(path: Path, module: ModuleType, name: str, kind: type) -> tuple[Any, ...]:
    declared = getattr(module, name, ())
    if not isinstance(declared, tuple | list) or not all(isinstance(one, kind) for one in declared):
        raise OwnRulesError(f"{path}: {name}: expected a tuple of what sim/declare.py makes, such as (number(...),)")
    return tuple(declared)


def _no_name_twice(named: Iterable[tuple[Path, str]]) -> None:
    seen: dict[str, Path] = {}
    for path, name in named:
        if name in seen:
            raise OwnRulesError(f"{path}: {name} is declared already, in {seen[name]}; give it another name")
        seen[name] = path


def line_in(error: BaseException, path: str) -> str:
    """``:12``, the last line of this file that an error passed through, if any."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == path]
    return f":{lines[-1]}" if lines else ""


def _in_words(error: BaseException) -> str:
    return str(error) if isinstance(error, OwnRulesError) else f"{type(error).__name__}: {error}"


def digests_in(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The SHA-256 of the files of rules of a life, in order; usually none."""
    return tuple(values.get(RULES, ()))


def files_of(digests: Iterable[str]) -> tuple[RuleFile, ...]:
    """The files with these digests, which have been read.

    Raises:
        OwnRulesError: if one has not been read in this process.
    """
    for digest in digests:
        if digest not in _loaded:
            raise OwnRulesError(f"rules with the SHA-256 {str(digest)[:64]} have not been read here; name their file")
    return tuple(_loaded[digest] for digest in digests)


@cache
def _fields_and_parameters(digests: tuple[str, ...]) -> tuple[tuple[Field, ...], dict[str, Parameter]]:
    files = files_of(digests)
    _no_name_twice((file.path, field.name) for file in files for field in file.people)
    _no_name_twice((file.path, name) for file in files for name in file.parameters)
    return tuple(f for file in files for f in file.people), {n: p for f in files for n, p in f.parameters.items()}


def parameters_of(digests: tuple[str, ...]) -> dict[str, Parameter]:
    """The parameters of some files, by dotted name.

    Raises:
        OwnRulesError: if two files declare the same name, or one has not been read.
    """
    return _fields_and_parameters(digests)[1]


def with_files(values: Mapping[str, Any], files: Iterable[RuleFile]) -> dict[str, Any]:
    """Values with some more files of rules, and the defaults of their parameters."""
    digests = tuple(dict.fromkeys((*digests_in(values), *(file.sha256 for file in files))))
    if not digests:
        return dict(values)
    fresh = {name: p.default for name, p in parameters_of(digests).items() if name not in values}
    return {**values, **fresh, RULES: digests}


class OwnRules:
    """The rules of one's own in one life, with their states; usually there are none.

    Args:
        values: of the life, checked.
        people: how many.
        kept: rows of the history.

    Attributes:
        fields: what is remembered of each person.
        own: parameters and states.
        history: recarray[kept, n] of the states, beside ``Life.history``.
        resident: bool[n], who lived in the area in the last week.
    """

    def __init__(self, values: Mapping[str, Any], people: int, kept: int) -> None:
        digests = digests_in(values)
        self.rules = [rule for file in files_of(digests) for rule in file.rules]
        self.fields, parameters = _fields_and_parameters(digests)
        params = np.recarray(1, dtype=np.dtype([(p.name, np.dtype(p.kind)) for p in parameters.values()], align=True))
        params[0] = tuple(values[name] for name in parameters)
        self.own = Own(params, records(self.fields, people))
        self.history = np.recarray((kept, people), dtype=dtype_of(self.fields))
        self.resident = np.zeros(people, bool)

    def act(self, world: World, week: int, call: Callable[..., None] = OwnRule.__call__) -> None:
        """Let every rule act at the end of a week, counted from the start of the lead-in.

        Args:
            world: whose week it is.
            week: which.
            call: instead of calling a rule, called with it, the world, the states and the week.

        Raises:
            OwnRulesError: if a rule breaks off, or leaves a state where it cannot be.
        """
        resident = np.array(world.people.resident)
        for field in self.fields:
            if field.unit == _COUNTED:
                self.own.people[field.name][resident & ~self.resident] = 0
        self.resident = resident
        for rule in self.rules:
            call(rule, world, self.own, week)
        for people, fields in ((world.people, _LEVELS), (self.own.people, self.fields)):
            for field in fields:
                self._check(people[field.name], field, week)

    def _check(self, states: np.ndarray, field: Field, week: int) -> None:
        low, high = -np.inf if field.low is None else field.low, np.inf if field.high is None else field.high
        wrong = ~((states >= low) & (states <= high))
        if wrong.any():
            names = " or ".join(rule.name for rule in self.rules)
            raise OwnRulesError(f"rules of your own ({names}): week {week} of a life: {field.name} is "
                                f"{states[wrong][0]}, expected {low:g} to {high:g}")  # fmt: skip


def said(digests: Iterable[str]) -> list[str]:
    """How each file acted, a line a file: which of its rules are compiled, and which are not, and why."""
    lines = []
    for file in files_of(digests):
        how = ", ".join(f"{rule.name} {rule.how}" for rule in file.rules)
        lines.append(f"rules of {file.path} (SHA-256 {file.sha256[:16]}...): {how}")
    return lines
