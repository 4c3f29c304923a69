"""What is wrong with a value or a file, in words: from Pydantic's list of errors to one line."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable, Iterable
from typing import Any

from pydantic import ValidationError

Keys = tuple[Any, ...]
_EXPECTED = {
    "string_type": "text",
    "string_pattern_mismatch": "a short name of letters, digits, '_', '-' and '.', at most 64, a letter or digit first",
    "too_short": "at least one",
    "finite_number": "a finite number",
}


def first_mistake(
    error: ValidationError,
    content: Any,
    known: Callable[[Keys], Iterable[str]],
    expected: Callable[[Keys], str | None] = lambda keys: None,
) -> tuple[Keys, str]:
    """The first mistake; of the several readings of one value, the one that got furthest.

    Args:
        error: of the model.
        content: what was validated.
        known: the keys allowed at a place of the content.
        expected: what a place accepts, in words; None leaves it to Pydantic.

    Returns:
        The keys that lead to the place, and what is wrong there.
    """

    def rank(e: Any) -> tuple[bool, bool, int]:
        other_form = isinstance(e["input"], dict) and e["type"] in ("string_type", "literal_error")
        return not other_form, e["type"] == "extra_forbidden", len(_keys(e["loc"], content))

    first = max(error.errors(include_url=False), key=rank)
    keys, found, kind = _keys(first["loc"], content), first["input"], first["type"]
    if kind == "extra_forbidden":
        return keys, f"unknown key {shown(keys[-1])}{nearest(keys[-1], known(keys[:-1]))}"
    if kind == "missing":
        return keys, f"found no `{first['loc'][-1]}:`, expected one"
    words = expected(keys)
    if words is not None:  # of the whole value, not of an item of a list
        found = functools.reduce(lambda inner, key: inner[key], keys, content)
    if words is None and kind == "literal_error":
        options = [option.strip("'\"") for option in first["ctx"]["expected"].replace(" or ", ", ").split(", ")]
        return keys, f"found {shown(found)}{nearest(str(found), options)}"
    if words is None and kind == "value_error":
        words = str(first["ctx"]["error"])
    said = first["msg"].removeprefix("Input should be ").removeprefix("Value should have ")
    return keys, f"found {shown(found)}, expected {words or _EXPECTED.get(kind, said)}"


def _keys(loc: tuple[int | str, ...], content: Any) -> Keys:
    """The part of a place in the models that is also a place in the file."""
    keys: list[Any] = []
    for key in loc:
        if isinstance(content, dict) and key in content:
            keys.append(key)
            content = content[key]
    return tuple(keys)


def nearest(word: str, known: Iterable[str], prefix: str = "") -> str:
    """The name that may have been meant; without one near, some that there are."""
    names = list(known)
    close = difflib.get_close_matches(word[:100], names, n=1, cutoff=0.5)
    if close:
        return f"; did you mean {prefix}{close[0]}?"
    return f"; expected one of {', '.join(names[:12])}{', ...' if len(names) > 12 else ''}"


def plain(value: Any) -> str:
    """A value as YAML writes it, more or less."""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def shown(value: Any) -> str:
    """A value as found, on one line, not too long."""
    if value is None:
        return "nothing"
    try:
        text = plain(value) if isinstance(value, bool) else repr(value[:100] if isinstance(value, str) else value)
    except ValueError:  # a number of more digits than Python writes
        text = "a number of thousands of digits"
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "..."
