"""``factorial`` in plain words and small tables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from analysis.compare.estimate import Estimates
from analysis.studies.factorial.effects import surely
from analysis.studies.factorial.lives import GROUP, JOINED, MAIN, READINGS, REGULARS, SAME, STRATA, place_of
from analysis.words.care import CAUTION
from analysis.words.numbers import decimals_for, interval, percent, signed, span
from analysis.words.prose import capital, listed, runs_of, seeds_said, wrapped

if TYPE_CHECKING:
    from analysis.studies.factorial.study import Factored

SHORT = {"stigma": "stigma", "told_outside": "told outside"}  # of labels too long for a table
WORTH_NAMING = 0.1  # of the whole
MOST_PAIRS = 3
DECIMALS, FEWEST_COLUMNS = 3, 5
NAME, WIDTH = 33, 132  # of the first column, and of a line
SAME_WORDS = f"{STRATA[SAME]}, whether they came or not: the same people in every cell"
ABOUT_STRATA = (
    "Who ever came, and who is a regular, depends on the cell: cells differ there because other people come as well as "
    "because people fare differently. Only the third stratum is the same people in every cell; it includes those who "
    "never come, so effects on it are smaller."
)


def summary_of(found: Factored) -> str:
    """The summary that is printed and kept as summary.txt."""
    study = found.study
    parts = [
        study.settings["title"],
        wrapped(f"{compared(found)} {len(found.study.cells)} cells, each of {runs_of(found.finished, study.runs)}, "
                f"{seeds_said(list(study.seeds)[: found.finished])}, looked at after {span(found.weeks)}. All of this "
                "follows from assumptions."),
        "", wrapped(ABOUT_STRATA), "",
        *(_table(found, stratum) for stratum in (JOINED, REGULARS, SAME, GROUP)),
        wrapped(f"* the 95 % interval leaves out zero (all intervals: split.csv). {REST}", indent="  "), "",
        "In short",
        *(wrapped(one, indent="  ", hanging="    ") for one in in_short(found)),
        "", wrapped(CAUTION), "",
    ]  # fmt: skip
    return "\n".join(parts)


REST = (
    "Interactions: what the main effects leave. Shares sum to 100 %; where parts pull in opposite directions, some are "
    "below zero and others above 100 %."
)


def compared(found: Factored) -> str:
    """What the two groups are, in a sentence each."""
    first, last = found.study.arms
    return f"{capital(first.name)} is {first.title}; {last.name} is {last.title}."


def _table(found: Factored, stratum: str) -> str:
    """The last cell minus the first, taken apart: factors down, outcomes across."""
    effects, factors = found.effects, found.study.factors
    first, last = (arm.name for arm in found.study.arms)
    places = [k for k, one in enumerate(READINGS) if one.stratum == stratum]
    paired = "" if stratum == GROUP else ", difference with the group minus without"
    heads = [SHORT.get(READINGS[k].name, READINGS[k].label) for k in places]
    lines = [
        wrapped(f"{capital(SAME_WORDS if stratum == SAME else STRATA[stratum])}{paired}"),
        _row("", [f"{head} " for head in heads]),
        _means(f"mean in {first}", effects.cells[0], places),
        _means(f"mean in {last}", effects.cells[-1], places),
        _effects(f"{last} minus {first}", effects.whole, places),
        *(
            _effects(f"  {factor.name}: {factor.question}", part, places)
            for factor, part in zip(factors, effects.parts, strict=True)
        ),
        _effects("  interactions", effects.rest, places),
    ]
    if np.any(surely(effects.whole)[places]):
        lines += ["  as a share of it"]
        shares = [*zip((factor.name for factor in factors), effects.shares, strict=True)]
        for name, share in (*shares, ("interactions", effects.rest_share)):
            lines.append(_row(f"  {name}", [f"{percent(share.value[k])} " for k in places]))
    return "\n".join([*lines, ""])


def _means(name: str, of: Estimates, places: Sequence[int]) -> str:
    """Means of a cell; of the group itself they are no differences, and have no sign."""
    return _row(name, [f"{(_plain if READINGS[k].stratum == GROUP else _change)(of.value[k])} " for k in places])


def _effects(name: str, of: Estimates, places: Sequence[int]) -> str:
    return _row(name, [f"{_change(of.value[k])}{'*' if surely(of)[k] else ' '}" for k in places])


def _row(name: str, cells: Sequence[str]) -> str:
    shown = name if len(name) <= NAME else f"{name[: NAME - 1].rstrip()}\N{HORIZONTAL ELLIPSIS}"
    wide = (WIDTH - NAME - 2) // max(len(cells), FEWEST_COLUMNS)
    return f"  {shown:<{NAME}}{''.join(f'{cell:>{wide}}' for cell in cells)}".rstrip()


def _change(value: float) -> str:
    return signed(value, DECIMALS)


def _plain(value: float) -> str:
    return signed(value, 2).removeprefix("+")


def in_short(found: Factored) -> list[str]:
    """What was found, a sentence or two for each outcome of the same people, and what the first factor does."""
    lines = [_outcome(found, SAME, name) for name in MAIN]
    lines += [_outcome(found, GROUP, one.name) for one in READINGS if one.stratum == GROUP]
    return [*lines, *_first_factor(found)]


def _outcome(found: Factored, stratum: str, name: str) -> str:
    """How much of a difference each factor explains; or that there may be none to explain."""
    k = place_of(stratum, name)
    effects, factors = found.effects, found.study.factors
    first, last = (arm.name for arm in found.study.arms)
    whom = "the same people in every cell" if stratum == SAME else STRATA[stratum]
    head = f"{capital(READINGS[k].label)}, {READINGS[k].unit} ({whom})"
    if np.isnan(effects.whole.value[k]):
        return f"{head}: in {first} or {last} there is nobody to count."
    said = f"{head}: {last} minus {first} is {_with_interval(effects.whole, k)}"
    if not surely(effects.whole)[k]:
        return f"{said}. It may be zero, so no share is given."
    shares = {f.name: s.value[k] for f, s in zip(factors, effects.shares, strict=True)}
    shares["interactions"] = effects.rest_share.value[k]
    order = sorted(shares, key=lambda one: -abs(shares[one]))
    named = [f"{percent(shares[one])} {one}" for one in order if abs(shares[one]) >= WORTH_NAMING]
    return f"{said}: {listed(named)}.{_pairs(found, k)}"


def _pairs(found: Factored, k: int) -> str:
    """The largest two-way interactions that are surely not zero, and not next to nothing."""
    least = WORTH_NAMING * abs(found.effects.whole.value[k])
    sure = [(effect, of) for effect, of in found.effects.pairs if surely(of)[k] and abs(of.value[k]) >= least]
    sure.sort(key=lambda one: -abs(one[1].value[k]))
    if not sure:
        return ""
    named = [f"{effect.name} {_change(of.value[k])}" for effect, of in sure[:MOST_PAIRS]]
    return f" Two-way interactions: {listed(named)}{' and others' if len(sure) > MOST_PAIRS else ''}."


def _first_factor(found: Factored) -> list[str]:
    """The factor that the file names first, in full: it is what the file is about."""
    factor, part = found.study.factors[0], found.effects.parts[0]
    words = found.effects.split.parts[0].words
    lines = []
    for stratum, whom in ((SAME, "the same people in every cell"), (JOINED, STRATA[JOINED])):
        places = [place_of(stratum, name) for name in MAIN]
        share = found.effects.shares[0].value
        of = [f"{READINGS[k].label} {_with_interval(part, k)}{_of_whole(share[k])}" for k in places]
        lines.append(f"{factor.question} {capital(words)}, {whom}: {'; '.join(of)}.")
    return lines


def _of_whole(share: float) -> str:
    return "" if np.isnan(share) else f", {percent(share)} of the difference"


def _with_interval(of: Estimates, k: int) -> str:
    ends = of.value[k], of.low[k], of.high[k]
    return interval(*ends, partial(signed, decimals=max(DECIMALS, decimals_for(*ends))))
