"""Safe YAML with line numbers: plain data, and the line on which each key stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

LARGEST_FILE = 100_000  # bytes; a scenario is a page
DEEPEST_NESTING = 10  # a scenario has three levels


class YamlError(Exception):
    """A file that cannot be read as YAML; the message is one line with the place."""


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


def read_yaml(path: Path) -> tuple[Any, Lines]:
    """Read a file as safe YAML: no tags that make objects, no keys twice, no aliases.

    Raises:
        YamlError: if it cannot be read.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise YamlError(f"{path}: larger than {LARGEST_FILE} bytes; expected a scenario, which is a page of YAML")
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise YamlError(f"{path}: no such file; expected a scenario file such as scenarios/groupA.yaml") from None
    except IsADirectoryError:
        raise YamlError(f"{path}: is a folder; expected a scenario file such as scenarios/groupA.yaml") from None
    except UnicodeDecodeError:
        raise YamlError(f"{path}: is not UTF-8 text; expected a scenario file in YAML") from None
    except OSError as error:
        raise YamlError(f"{path}: cannot be read ({error.strerror})") from None
    lines = Lines()
    try:
        _look_through(path, text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        if node is not None:
            _note_lines(path, node, (), lines)
        return yaml.safe_load(text), lines
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        message = f"{path}:{line}: is not valid YAML: {error.problem}; check the indentation and the colons"
        raise YamlError(message) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise YamlError(f"{path}:1: is not valid YAML: {' '.join(str(error).split())[:120]}") from None


def _look_through(path: Path, text: str) -> None:
    """Refuse aliases, and nesting so deep that reading it would take for ever.

    Raises:
        YamlError: naming the line.
    """
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST_NESTING:
            raise YamlError(
                f"{path}:{line}: nested deeper than {DEEPEST_NESTING} levels; expected sections and parameters"
            )
        if isinstance(event, yaml.AliasEvent):
            raise YamlError(f"{path}:{line}: YAML aliases (*name) are not read here; write the values out")


def _note_lines(path: Path, node: yaml.Node, above: tuple[Any, ...], lines: Lines) -> None:
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[str] = set()
    plain = yaml.constructor.SafeConstructor()
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise YamlError(f"{path}:{line}: a key is not plain text; expected `name: value`")
        if key.value in seen:
            raise YamlError(f"{path}:{line}: the key {key.value!r} stands twice; keep one")
        seen.add(key.value)
        name = plain.construct_object(key)  # as it will be read: 7 is a number
        lines.put((*above, name), line)
        _note_lines(path, value, (*above, name), lines)
