"""``patterns`` in plain words and small tables."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from analysis.studies.patterns.groups import ALL_YEARS
from analysis.studies.patterns.lines import Line
from analysis.studies.patterns.outside import MOST_IN_A_YEAR, NOTHING, TOGETHER
from analysis.words.care import CAUTION
from analysis.words.numbers import fixed, percent
from analysis.words.prose import listed, plural, seeds_said, wrapped
from sim.relations import WEEKS_IN_YEAR

if TYPE_CHECKING:
    from analysis.studies.patterns.study import Patterns

WIDE = 124
MOST_SHOWN = 15
LYING = (
    "A figure is inside where its 95 % interval meets the outside range (easily so if it is wide), below or above "
    "where all of it lies there. "
    "Seen: how far the source was seen by us (text, abstract, reported by others, or an assumption of ours)."
)
QUESTION = "What do people and groups of the model look like beside what was found in real ones?"
NO_TUNING = "It checks the model; nothing is set by it. That a figure lies inside does not make a rule true."
SETTING = (
    "People: residents at the opening, in towns without a group; Pearson's correlations; episodes as log(1 + count). "
    "Groups: the same towns with their group."
)
_three = partial(fixed, decimals=3)
ONE_REASON = "Outside, several answers of one group count (they sum to 225 %); a group of the model has one reason."
NO_ONE_CURVE = f"On survival, {TOGETHER}."


def summary_of(found: Patterns) -> str:
    """The summary that is printed and kept as summary.txt."""
    seen, study = found.seen, found.study
    arm = study.arms[0]
    parts = [
        f"Beside outside evidence: {arm.title}",
        f"{plural(found.finished, 'town')}, {seeds_said(list(study.seeds)[: found.finished])}; each lived with its "
        "group and without.",
        *(wrapped(sentence, WIDE) for sentence in (NO_TUNING, SETTING, LYING)),
        "",
        *_section("In short", [wrapped(sentence, WIDE, "  - ", "    ") for sentence in in_short(found)]),
        *_section("Correlations between people, without a group (all: correlations.csv)",
                  [*matrix(seen.correlations), *_lines([line for line in seen.correlations if line.outside])]),
        *_section("The same people later, without a group: correlation with themselves",
                  _lines(seen.stability, _later, _three)),
        *_section("Starting and stopping", _lines(seen.changes, form=percent)),
        *_section(f"Drift without a group (* moves by more than {MOST_IN_A_YEAR:g} in a year)", _drift(found)),
        *_section("Groups that end, by year of age", _lines(seen.ending, lambda line: f"year {line.keys[0]}", percent)),
        *_section("How long groups last", [*_lines(seen.lasting), _hanging(NO_ONE_CURVE)]),
        *_section("Why groups ended", [*_lines(seen.reasons, form=percent), _hanging(ONE_REASON)]),
        *_section("What goes on in open groups, all years (by year: yearly.csv)",
                  _lines([line for line in seen.yearly if line.keys[1] == ALL_YEARS], lambda line: line.keys[0])),
        *_section("New people", _lines(seen.new_people)),
        wrapped(CAUTION, WIDE), "",
    ]  # fmt: skip
    return "\n".join(parts)


def _section(heading: str, lines: Sequence[str]) -> list[str]:
    return [heading, *(lines or ["  the run is too short"]), ""]


def _hanging(sentence: str) -> str:
    return wrapped(sentence, WIDE, "  ")


def _name(line: Line) -> str:
    return " with ".join(map(str, line.keys)).replace("_", " ")


def _later(line: Line) -> str:
    return f"{line.keys[0]}, {line.keys[1]} weeks".replace("_", " ")


def _lines(
    lines: Sequence[Line], name: Callable[[Line], str] = _name, form: Callable[[float], str] = fixed
) -> list[str]:
    """Lines as a small table: figure, interval, outside figure with its word, how far that was seen."""
    return [f"  {name(line):<52}{figure(line, form):<34}{_outside(line)}" for line in lines]


def _outside(line: Line) -> str:
    if line.outside is None:
        return NOTHING
    word = "" if line.word == NOTHING else f"{line.word}: "
    return f"{word}{line.outside.says} ({line.outside.seen})"


def figure(line: Line, form: Callable[[float], str] = fixed) -> str:
    """A figure with its interval, in words where there is no number."""

    def said(value: float) -> str:
        return "not reached" if math.isinf(value) else form(value)

    e = line.found
    if math.isinf(e.low):
        return said(e.value)
    return f"{said(e.value)} ({said(e.low)} to {said(e.high)})" if e.known else said(e.value)


def matrix(lines: Sequence[Line]) -> list[str]:
    """Correlations as a triangle of numbers, set points left out."""
    found = {line.keys: line.found.value for line in lines}
    names = list(dict.fromkeys(name for pair in found for name in pair if not name.endswith("_set")))[:MOST_SHOWN]
    rows = ["  " + " " * 24 + "".join(f"{k:>7}" for k in range(1, len(names)))]
    for k, name in enumerate(names):
        cells = "".join(f"{fixed(found.get((other, name), math.nan)):>7}" for other in names[:k])
        rows.append(f"  {k + 1:>2} {name.replace('_', ' '):<21}{cells}".rstrip())
    return rows if len(names) > 1 else []


def _drift(found: Patterns) -> list[str]:
    drift = found.seen.drift
    weeks = list(dict.fromkeys(one.week for one in drift))
    if not weeks:
        return []
    rows = ["  " + " " * 22 + "".join(f"{when(week):>14}" for week in weeks)]
    for state in dict.fromkeys(one.state for one in drift):
        mine = [one for one in drift if one.state == state]
        cells = "".join(f"{fixed(one.mean.value, 3) + ('*' if one.moves else ' '):>14}" for one in mine)
        rows.append(f"  {state.replace('_', ' '):<22}{cells}".rstrip())
    return rows


def when(week: int) -> str:
    """A look in words: "beginning", "opening", "2 years"."""
    years = week / WEEKS_IN_YEAR
    return "beginning" if week < 0 else "opening" if week == 0 else plural(round(years), "year")


def in_short(found: Patterns) -> list[str]:
    """What was found, a sentence or two each."""
    return [sentence for sentence in (_alike(found), _later_on(found), _moving(found), *_ends(found)) if sentence]


def _alike(found: Patterns) -> str:
    beside = [line for line in found.seen.correlations if line.outside]
    return "; ".join(
        f"{_name(line)} correlates {figure(line)}, outside {line.outside.says}" for line in beside if line.outside
    ).capitalize() + "." if beside else ""  # fmt: skip


def _later_on(found: Patterns) -> str:
    year = [line for line in found.seen.stability if line.keys[1] == WEEKS_IN_YEAR]
    said = [f"{line.keys[0]} {fixed(line.found.value)} ({line.word})" for line in year]
    return f"After a year without a group, people correlate with themselves: {', '.join(said)}." if year else ""


def _moving(found: Patterns) -> str:
    drift = found.seen.drift
    moved = [(before, one) for before, one in pairwise(drift) if one.moves and one.change]
    if not found.seen.drift:
        return ""
    if not moved:
        return f"No slow state moves by more than {MOST_IN_A_YEAR:g} in a year without a group."
    said = [
        f"{one.state} by {fixed(one.change.found.value, 3)} a year (from {when(before.week)} to {when(one.week)})"
        for before, one in moved
        if one.change
    ]
    return f"Without a group these move by more than {MOST_IN_A_YEAR:g} in a year: {listed(said)}."


def _ends(found: Patterns) -> list[str]:
    said = []
    for line in found.seen.lasting:
        if line.outside:
            shown = figure(line, fixed if line.unit == "years" else percent)
            said.append(f"{line.keys[0]} {shown}, outside {line.outside.says}: {line.word}")
    reasons = [f"{line.keys[0]} {percent(line.found.value)}" for line in found.seen.reasons if line.found.value > 0]
    why = f"Groups that ended: {', '.join(reasons)}. {ONE_REASON}" if reasons else "No group ended."
    return [f"Of groups: {'; '.join(said)}.", why]
