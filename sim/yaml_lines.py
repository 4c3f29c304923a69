"""Safe YAML with line numbers: plain data, and the line on which each key stands.

Scalars are read as YAML 1.2's core schema has them, everywhere: in files, after ``--set``, on the page and in tables.
So ``010`` is ten, ``yes``, ``on`` and ``1:44`` are text, and ``1e-3`` is a number. Keys are always text. Tags, aliases
and keys that stand twice are refused.
"""

from __future__ import annotations

import math
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from sim.problem import Problem

LARGEST_FILE = 100_000  # bytes; a scenario is a page
DEEPEST_NESTING = 10  # a scenario has three levels
MOST_DIGITS = 1000
SCENARIO = "expected a scenario file such as scenarios/groupA.yaml"


class YamlError(Problem):
    """A file or a value that cannot be read as YAML; the message is one line with the place."""


class Lines:
    """Where each key of a mapping (and of the mappings in it) stands, counted from 1."""

    def __init__(self) -> None:
        self._lines: dict[tuple[Any, ...], int] = {}

    def put(self, path: tuple[Any, ...], line: int) -> None:
        """Remember the line of a key, by the path of keys that leads to it."""
        self._lines[path] = line

    def of(self, *path: Any) -> int:
        """The line of a key; of its nearest remembered parent if it has none; else 1."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path[:-1]
        return 1


def read_yaml(path: Path, mend: str = SCENARIO) -> tuple[Any, Lines]:
    """Read a file as safe YAML.

    Args:
        path: the file.
        mend: what to say after what is wrong with the file as a whole.

    Raises:
        YamlError: if it cannot be read.
    """
    text = read_text(path, mend)
    lines = Lines()
    try:
        return _read(text, lines), lines
    except _NotRead as problem:
        raise YamlError(f"{path}:{problem.line}: {problem}") from None


def read_value(text: str) -> Any:
    """One value, read just as in a file: a number, true or false, text, or a list such as ``[1, 3]``.

    Raises:
        YamlError: if it is not YAML.
    """
    try:
        return _read(text, Lines())
    except _NotRead as problem:
        raise YamlError(str(problem)) from None


def read_text(path: Path, mend: str, largest: int = LARGEST_FILE) -> str:
    """The text of an ordinary file, UTF-8, of at most ``largest`` bytes.

    Raises:
        YamlError: if there is none, or it is a folder, a pipe or a device, too large, or not text.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise YamlError(f"{path}: is a folder; {mend}")
        if not stat.S_ISREG(mode):
            raise YamlError(f"{path}: is a pipe or a device; {mend}")
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise YamlError(f"{path}: no such file; {mend}") from None
    except OSError as error:
        raise YamlError(f"{path}: cannot be read ({error.strerror}); {mend}") from None
    except ValueError:
        raise YamlError(f"{path}: is no name that a file can have; {mend}") from None
    if len(content) > largest:
        raise YamlError(f"{path}: larger than {largest} bytes; {mend}")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise YamlError(f"{path}: is not UTF-8 text; {mend}") from None


def is_ordinary_file(path: Path) -> bool:
    """Whether a file is there that can be read: no folder, pipe or device, and a name that a file can have."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def beside(path: Path, name: str) -> Path:
    """The file that another one names: relative to that one; ``~`` is the user's home."""
    try:
        return path.parent / Path(name).expanduser()
    except RuntimeError:  # nobody's home
        return path.parent / name


class _NotRead(Exception):  # noqa: N818
    """What is wrong, and on which line."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line


class _Loader(yaml.SafeLoader):
    """YAML's scanner and parser with the scalars of the core schema; refuses aliases, tags and deep nesting."""

    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012  (PyYAML wants it so)
    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            raise _NotRead(line, "YAML aliases (*name) are not read here; write the values out")
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")[:40]
            raise _NotRead(line, f"YAML tags ({tag!r}) are not read here; write the plain value, without a tag")
        if self.depth > DEEPEST_NESTING:
            raise _NotRead(line, f"nested deeper than {DEEPEST_NESTING} levels; expected sections and parameters")
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _whole(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise ValueError(f"a number of {len(text)} digits")
    return int(text[2:], {"0o": 8, "0x": 16}[text[:2]]) if text[:2] in ("0o", "0x") else int(text)


def _fraction(text: str) -> float:
    word = text.lower()
    return math.nan if word == ".nan" else float(word.replace(".inf", "inf"))


# The core schema: https://yaml.org/spec/1.2.2/#103-core-schema
_CORE: tuple[tuple[str, str, str, Callable[[str], Any]], ...] = (
    ("null", r"~|null|Null|NULL|", "~nN", lambda text: None),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF", lambda text: text.lower() == "true"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789", _whole),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        "-+.0123456789",
        _fraction,
    ),
)


class _Dumper(yaml.SafeDumper):
    """Quotes what any YAML, of 1.1 or of 1.2, would read as something other than text."""


_MADE = {f"tag:yaml.org,2002:{name}": make for name, _, _, make in _CORE}
for _name, _pattern, _first, _ in _CORE:
    for _either in (_Loader, _Dumper):
        _either.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(rf"^(?:{_pattern})\Z"), ["", *_first])


def as_text(content: Any) -> str:
    """Plain data as YAML that reads back as the same."""
    return yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True)


def _read(text: str, lines: Lines) -> Any:
    """The content of a text; notes where keys stand.

    Raises:
        _NotRead: if it is not YAML as read here.
    """
    try:
        node = yaml.compose(text, Loader=_Loader)
        return None if node is None else _content(node, (), lines)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _NotRead(line, f"is not valid YAML: {error.problem}; check the indentation and the colons") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _NotRead(1, f"is not valid YAML: {str(error)[:120]}") from None


def _content(node: yaml.Node, above: tuple[str, ...], lines: Lines) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_content(item, above, lines) for item in node.value]
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        try:
            return _MADE.get(node.tag, str)(node.value)
        except ValueError as error:
            raise _NotRead(line, f"{error}; expected fewer") from None
    content: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise _NotRead(line, "a key is not plain text; expected `name: value`")
        if key.value in content:
            raise _NotRead(line, f"the key {key.value[:60]!r} stands twice; keep one")
        lines.put((*above, key.value), line)
        content[key.value] = _content(value, (*above, key.value), lines)
    return content
