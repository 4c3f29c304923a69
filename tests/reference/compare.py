"""The compiled engine and the reference side by side: where do they differ, and since when?"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from typing import Any, NamedTuple

from docs.reads_writes import writers
from sim.life import Life
from sim.state import GROUP, PEOPLE, TRAITS, WEEKS
from tests.reference.model import ReferenceModel
from tests.reference.people import Group


class Difference(NamedTuple):
    """One quantity on which the two disagree."""

    what: str
    reference: Any
    engine: Any
    written_by: str = ""

    def __str__(self) -> str:
        by = f" (written by {self.written_by})" if self.written_by else ""
        return f"{self.what}{by}: reference {self.reference!r}, engine {self.engine!r}"


def same(a: Any, b: Any) -> bool:
    """The same to the last bit; one not-a-number is as good as another."""
    if isinstance(a, float) and isinstance(b, float):
        return (math.isnan(a) and math.isnan(b)) or struct.pack("d", a) == struct.pack("d", b)
    return type(a) is type(b) and a == b


def near(a: Any, b: Any) -> bool:
    """The same but for rounding."""
    return same(a, b) or (isinstance(a, float) and math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-12))


def _by(state: str) -> str:
    return ", ".join(writers(state))


def differences(reference: ReferenceModel, engine: Life) -> Iterator[Difference]:
    """All that differs at this moment, in the people, ties, group, story and weekly table."""
    rows = range(len(reference.people))
    if len(engine.traits) != len(rows):
        yield Difference("number of people", len(rows), len(engine.traits))
        return
    for what, fields, records in (("traits", TRAITS, engine.traits), ("people", PEOPLE, engine.world.people)):
        for field in fields:
            theirs = records[field.name].tolist()
            for row in rows:
                ours = getattr(reference.people[row], field.name)
                if not same(ours, theirs[row]):
                    yield Difference(f"{field.name} of row {row}", ours, theirs[row], _by(f"{what}.{field.name}"))
    for field in GROUP:
        ours, theirs = _of_group(reference.group, field.name), engine.world.group[0][field.name].item()
        if not same(ours, theirs):
            yield Difference(f"the group's {field.name}", ours, theirs, _by(f"group.{field.name}"))
    yield from _ties(reference, engine)
    yield from _ways(reference, engine)
    yield from _story(reference, engine)
    yield from _table(reference, engine)


def _of_group(group: Group, name: str) -> Any:
    if name == "circle":
        return len(group.circle)
    if name == "line_holder":
        return -1 if group.line_holder is None else group.line_holder.row
    return getattr(group, name)


def _ties(reference: ReferenceModel, engine: Life) -> Iterator[Difference]:
    for name, matrix in (("ties", engine.world.ties), ("hours", engine.world.hours)):
        ours = {(me.row, other.row): value for me in reference.people for other, value in getattr(me, name).items()}
        theirs = {(int(i), int(j)): float(matrix[i, j]) for i, j in zip(*matrix.nonzero(), strict=True)}
        for pair in sorted(ours.keys() | theirs.keys()):
            a, b = ours.get(pair, 0.0), theirs.get(pair, 0.0)
            if not same(a, b):
                yield Difference(f"{name} of rows {pair}", a, b, "befriend")
    came = [me.row for me in reference.group.circle]
    theirs = engine.world.circle[: len(came)].tolist()
    if came != theirs:
        yield Difference("order of the circle", came, theirs, "visit")


def _ways(reference: ReferenceModel, engine: Life) -> Iterator[Difference]:
    for name, matrix in (("ways", engine.world.ways), ("ways_set", engine.world.ways_set)):
        for me, theirs in zip(reference.people, matrix.tolist(), strict=True):
            for k, (a, b) in enumerate(zip(getattr(me, name), theirs, strict=True)):
                if not same(a, b):
                    yield Difference(f"{name} of row {me.row}, way {k}", a, b, "pass_on, help, practise, settle")


def _story(reference: ReferenceModel, engine: Life) -> Iterator[Difference]:
    theirs = [tuple(entry.item()) for entry in engine.story]
    for place in range(max(len(theirs), len(reference.story))):
        a, b = (story[place] if place < len(story) else None for story in (reference.story, theirs))
        if a != b:
            yield Difference(f"entry {place} of the story (week, kind, row, reason)", a, b)


def _table(reference: ReferenceModel, engine: Life) -> Iterator[Difference]:
    if len(reference.weeks) != engine.week:
        yield Difference("weeks lived", len(reference.weeks), engine.week)
    for field in WEEKS:
        theirs = engine.weeks[field.name][: engine.week].tolist()
        for ours, value in zip(reference.weeks, theirs, strict=False):
            if not same(ours[field.name], value):
                yield Difference(
                    f"{field.name} in week {ours['week']} of the table", ours[field.name], value, "observe"
                )


def both(values: dict[str, Any], weeks: int) -> tuple[ReferenceModel, Life]:
    """Reference and engine after so many weeks."""
    reference, engine = ReferenceModel(values), Life(values)
    for _ in range(weeks):
        reference.step()
    engine.live(weeks)
    return reference, engine


def first_difference(values: dict[str, Any], weeks: int) -> str:
    """In words: the first week after which the two differ, and in what; empty if they never do.

    Both are stepped week by week. Without a lead-in, week 0 shows the start itself.
    """
    reference, engine = ReferenceModel(values), Life(values)
    for week in range(weeks + 1):
        found = [*differences(reference, engine)]
        if found:
            when = "before the opening" if week == 0 else f"after week {week - 1} (0 is the opening)"
            many = sum(not near(d.reference, d.engine) for d in found)
            heading = f"{len(found)} differences {when}, {many} of them beyond rounding:"
            return "\n  ".join([heading, *map(str, found[:20])])
        if week < weeks:
            reference.step()
            engine.live(1)
    return ""
