"""What is kept of a study on its way: towns, lives of groups and repetitions, some at a time, for whoever is stopped.

What is read again is the same to the last bit as what was made, and a study done in parts comes out as one done at
once: every town and every repetition has luck of its own.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

from analysis.compare.broken import BrokeOff
from analysis.studies.kept import Kept, flat, nested
from analysis.studies.patterns.looks import GroupLife
from analysis.studies.study.repeat import Repeated
from analysis.studies.study.towns import Town, World

TOWNS, REPETITIONS = 20, 20  # in a chunk
OF_REPETITIONS = ("published", "same", "rungs", "people", "answering", "asked")  # of Repeated, a row for each
ALIKE = ("times", "measures", "about", "spread", "primary", "steps")
One = TypeVar("One", Town, GroupLife)
Do = Callable[..., Repeated]


def in_chunks(
    live: Callable[[Sequence[int]], list[One]], seeds: Sequence[int], read: Callable[[dict[str, Any]], One],
    kept: Kept | None, name: str, step: Callable[[], None] | None = None,
) -> list[One]:  # fmt: skip
    """Live towns or groups, or read those that are kept.

    Args:
        live: lives those with these seeds, fewer of them if it is stopped.
        seeds: all.
        read: one from what ``flat`` made of it.
        kept: where they are kept; None keeps nothing.
        name: of what is lived.
        step: called after each that is read.

    Returns:
        All of them; as many as there are if it is stopped and there are any.
    """
    if kept is None:
        return live(seeds)
    found: list[One] = []
    for start in range(0, len(seeds), TOWNS):
        some = seeds[start : start + TOWNS]
        path = kept.path("towns", start, [name, list(some)])
        there = kept.read_arrays(path)
        if there is not None:
            found += [read(one) for one in nested(there).values()]
            for _ in some if step is not None else ():
                step()  # type: ignore[misc]  # it is there
            continue
        try:
            lived = live(some)
        except (KeyboardInterrupt, BrokeOff) as stopped:
            if not found:
                raise
            if isinstance(stopped, BrokeOff):
                warnings.warn(str(stopped), stacklevel=2)
            break
        found += lived
        if len(lived) < len(some):
            break
        kept.write_arrays(path, flat(dict(enumerate(lived))))
    return found


def town_of(kept: Mapping[str, Any]) -> Town:
    """A town that was kept."""
    worlds = {name: World(**one) for name, one in kept["worlds"].items()}
    numbers = {name: int(kept[name]) for name in ("seed", "every", "first")}
    return Town(**numbers, eligible=kept["eligible"], there=kept["there"], worlds=worlds)


def group_of(kept: Mapping[str, Any]) -> GroupLife:
    """The life of a group that was kept."""
    return GroupLife(int(kept["weeks"]), int(kept["reason"]), kept["yearly"], kept["ties"])


def kept_repetitions(do: Do, kept: Kept | None, name: str) -> Do:
    """A study whose repetitions are kept.

    Args:
        do: does it; see ``repeat.repeat``.
        kept: where repetitions are kept; None keeps nothing.
        name: of the study, as it is told, in these towns.
    """
    if kept is None:
        return do

    def done(
        repetitions: int,
        *,
        size: tuple[int, int] | None = None,
        progress: Callable[[], None] | None = None,
        **more: Any,
    ) -> Repeated:
        parts = []
        for first in range(0, repetitions, REPETITIONS):
            many = min(REPETITIONS, repetitions - first)
            path = kept.path("repetitions", first, [name, many, size, more])
            there = kept.read_arrays(path)
            if there is not None:
                parts.append(_repeated(there))
                for _ in range(many) if progress is not None else ():
                    progress()  # type: ignore[misc]  # it is there
                continue
            parts.append(do(many, first=first, size=size, progress=progress, **more))
            kept.write_arrays(path, flat(parts[-1]))
        return together(parts)

    return done


def _repeated(kept: Mapping[str, np.ndarray]) -> Repeated:
    """Repetitions that were kept."""
    whole: dict[str, Any] = {name: tuple(kept[name].tolist()) for name in ("times", "measures", "primary", "steps")}
    return Repeated(**{**kept, **whole})


def together(parts: Sequence[Repeated]) -> Repeated:
    """Repetitions of one study, done in parts."""
    if len(parts) == 1:
        return parts[0]
    joined: dict[str, Any] = {name: np.concatenate([getattr(part, name) for part in parts]) for name in OF_REPETITIONS}
    whole = {name: getattr(parts[0], name) for name in ALIKE}
    return Repeated(**joined, **whole)
