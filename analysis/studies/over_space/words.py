"""What a study says over plausible space, in plain words and a small table."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from rich import box
from rich.console import Console
from rich.table import Table

from analysis.compare.estimate import Estimate
from analysis.plausible.centre import AT_CENTRE
from analysis.plausible.space import ENDING
from analysis.plausible.spread import Spread
from analysis.studies.over_space.flips import flips_said, moves_said
from analysis.words.numbers import DASH, decimals_for, interval, number, percent, with_minus
from analysis.words.prose import listed, plural, wrapped

if TYPE_CHECKING:
    from analysis.studies.over_space.findings import OverSpace

TITLE = "All over plausible space"
WIDTH = 150
ONLY_LUCK = "no more than luck"
MOST_TOLD = 6  # figures of which is said where they turn
MEANT = (
    "A plausible space is what outside evidence leaves standing of an account's parameters. It is about the model and "
    "that evidence; a share of it is no probability that groups help."
)


def heading(space: OverSpace) -> str:
    """What was lived."""
    plausible = space.plausible
    accounts = listed(plausible.plans)
    towns = plural(plausible.towns, "town")
    return (f"{plural(plausible.draws, 'draw')} under {accounts}, each in the same {towns}; "
            f"beside it the centre, {plural(space.runs, 'run')}.")  # fmt: skip


def off_centre_said(space: OverSpace) -> list[str]:
    """Where what is called the centre is not the centre of the space, as it should be."""
    said = []
    for account, plan in space.plausible.plans.items():
        off = plan.off_centre
        if off:
            where = listed(off) if len(off) <= MOST_TOLD else plural(len(off), "parameter")
            shipped = Path(plan.file).name == f"{account}{ENDING}"
            there = f" (--account {account}{AT_CENTRE} lives it there)" if shipped else ""
            said.append(f"The centre here is the account {account} as it stands, which is not at the centre of its "
                        f"space in {where}{there}.")  # fmt: skip
    return said


def space_summary(space: OverSpace) -> str:
    """Everything."""
    table = table_said(HEADINGS, rows_of(space), {"figure": 5, "unit": 2})
    shown = table if space.spreads else "Nothing that decides could be read at every draw."
    return told(space, [shown], in_short(space))


def told(space: OverSpace, blocks: Sequence[str], sentences: Sequence[str]) -> str:
    """What was lived, some blocks and sentences, and what all of it means."""
    first = "\n".join(wrapped(one) for one in (f"{TITLE}: {heading(space)}", *off_centre_said(space)))
    said = "\n".join(wrapped(one, indent="  ", hanging="    ") for one in sentences)
    return with_minus("\n\n".join(filter(None, (first, *blocks, said, wrapped(MEANT)))) + "\n")


def in_short(space: OverSpace) -> list[str]:
    """Where figures turn, and what they go with."""
    turned: list[tuple[float, str]] = []
    moved: list[tuple[float, str]] = []
    for one in space.spreads:
        columns = space.plausible.plans[one.figure.account].columns(space.plausible.draws)
        name = _named(one, space)
        if one.figure.turns is not None:
            beyond = (one.true > one.figure.turns)[one.known]
            at = f"{one.figure.turns:g}"
            some = {key: column[one.known] for key, column in columns.items()}
            if where := flips_said(some, ~beyond, (f"is at most {at}", f"is above {at}")):
                turned.append((-min(beyond.mean(), 1 - beyond.mean()), f"{name}: {where}"))
        if with_what := moves_said(columns, one.true):
            moved.append((one.luck, f"{name}: {with_what}"))
    said = [text for _, text in sorted(turned)[:MOST_TOLD]]
    said += [text for _, text in sorted(moved)[: max(MOST_TOLD - len(said), 2)]]
    drawn_from_luck = [_named(one, space) for one in space.spreads if one.luck >= 1.0 and len(one.true) > 1]
    if drawn_from_luck:
        shown = drawn_from_luck[:MOST_TOLD]
        more = f" and {plural(len(drawn_from_luck) - len(shown), 'other')}" if len(drawn_from_luck) > len(shown) else ""
        said.append(f"Draws differ by no more than the luck of so few towns in: {'; '.join(shown)}{more}. More "
                    "towns to a draw (--plausible-towns) might tell.")  # fmt: skip
    return said


def _named(one: Spread, space: OverSpace) -> str:
    return f"{one.figure.account}, {one.figure.label}" if len(space.plausible.plans) > 1 else one.figure.label


HEADINGS = ("figure", "unit", "at the centre", "median of space", "90 % of space", "share of space")


def rows_of(space: OverSpace) -> list[tuple[str, ...]]:
    """A row a figure, below HEADINGS."""
    rows: list[tuple[str, ...]] = []
    for one in space.spreads:
        e, figure = one.figure.estimate, one.figure
        low, high = one.ends
        shown = decimals_for(one.median, low, high)
        share = DASH
        if figure.turns is not None:
            a = one.above(figure.turns, space.whole(figure.account))
            share = f"above {figure.turns:g}: {percent(a.value)} ({percent(a.low)} to {percent(a.high)})"
        ends = ONLY_LUCK if one.luck >= 1.0 else f"{size(low, shown)} to {size(high, shown)}"
        rows.append((_named(one, space), figure.unit, _centre(e), size(one.median, shown), ends, share))
    return rows


def table_said(headings: Sequence[str], rows: Sequence[Sequence[str]], ratios: Mapping[str, int]) -> str:
    """A table as text.

    Args:
        headings: of the columns.
        rows: their cells.
        ratios: by heading, which columns may be broken, and how wide they are against each other.
    """
    table = Table(box=box.SIMPLE, show_edge=False, pad_edge=False)
    for heading in headings:
        table.add_column(heading, ratio=ratios.get(heading), no_wrap=heading not in ratios)
    for row in rows:
        table.add_row(*row)
    text = io.StringIO()
    Console(width=WIDTH, file=text, color_system=None).print(table, markup=False, highlight=False)
    return "\n".join(line.rstrip() for line in text.getvalue().rstrip().splitlines())


def _centre(estimate: Estimate) -> str:
    if estimate.known and np.isinf(estimate.high):
        shown = decimals_for(estimate.value, estimate.low)
        return f"{size(estimate.value, shown)} ({size(estimate.low, shown)} to no end)"
    return interval(estimate.value, estimate.low, estimate.high)


def size(value: float, decimals: int) -> str:
    """A number, or that it has no end."""
    return "no end" if np.isinf(value) else number(value, decimals)
