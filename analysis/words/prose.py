"""Small helpers for sentences."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

WIDTH = 108


def wrapped(text: str, width: int = WIDTH, indent: str = "", hanging: str | None = None) -> str:
    """Text in lines of at most ``width`` characters.

    Args:
        text: what to wrap.
        width: of the lines.
        indent: before the first line.
        hanging: before the others, if that is not ``indent``.
    """
    return textwrap.fill(text, width, initial_indent=indent, subsequent_indent=indent if hanging is None else hanging)


def capital(text: str) -> str:
    """With a capital first letter, the others as they are."""
    return text[:1].upper() + text[1:]


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words in a row: "a", "a and b", "a, b and c"."""
    *first, final = words or ("",)
    return f"{', '.join(first)} {last} {final}" if first else final


def plural(count: int, one: str, many: str | None = None) -> str:
    """So many of something: "1 person", "3 people", "2 weeks"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def seeds_said(seeds: Sequence[int]) -> str:
    """Which seeds, in order: "seed 7", "seeds 1 to 20", "seeds 3, 7 and 11", "no seeds"."""
    if not seeds:
        return "no seeds"
    if len(seeds) > 1 and list(seeds) == list(range(seeds[0], seeds[0] + len(seeds))):
        return f"seeds {seeds[0]} to {seeds[-1]}"
    return f"{'seed' if len(seeds) == 1 else 'seeds'} {listed(map(str, seeds))}"


def runs_of(finished: int, asked: int) -> str:
    """How many runs something rests on: "100 runs", "60 of 100 runs"."""
    return f"{finished} of {asked} runs" if finished < asked else plural(asked, "run")
