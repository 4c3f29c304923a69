"""``verdicts`` in plain words: the grid for a terminal or a file, what all accounts share, where they part."""

from __future__ import annotations

import io
from itertools import combinations
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from analysis.studies.claims.declare import FAILS, HOLDS, NOT_TESTABLE
from analysis.studies.claims.study import READ_TOGETHER
from analysis.studies.claims.words import LOOKS
from analysis.studies.verdicts.apart import Apart
from analysis.words.care import CAUTION
from analysis.words.numbers import figures, with_minus
from analysis.words.prose import capital, listed, plural, runs_of, seeds_said, wrapped

if TYPE_CHECKING:
    from analysis.studies.verdicts.study import Grid

ACCOUNT, NAME = 12, 5  # columns of the table, in letters
NULL = "nothing"
LEAST_SHARED = 2
MOST_PAIRS = 12


def summary_of(grid: Grid, *, colours: bool = False) -> str:
    """The grid, what accounts agree on, where they part and what would tell them apart.

    Args:
        grid: what was found.
        colours: with the codes of a terminal; else plain.
    """
    study = grid.study
    parts = [_table(grid, colours), "", *_meanings(grid), ""]
    parts += [wrapped(f"{capital(runs_of(grid.finished, study.runs))} of each arm under each account, "
                      f"{seeds_said(list(study.seeds)[: grid.finished])}.")]  # fmt: skip
    left = [name for name in study.settings["accounts"] if name not in grid.verdicts]
    if left:
        parts.append(wrapped(f"Stopped: not reached: {listed(left)}."))
    parts += ["", "In short", *(wrapped(one, indent="  ", hanging="    ") for one in in_short(grid)), ""]
    parts += [
        "What would tell accounts apart",
        *(wrapped(one, indent="  ", hanging="    ") for one in told_apart(grid)),
    ]
    parts += ["", wrapped(CAUTION), ""]
    return with_minus("\n".join(parts))


def _table(grid: Grid, colours: bool) -> str:
    table = Table(box=box.SIMPLE, show_edge=False, pad_edge=False)
    table.add_column("claim", no_wrap=True, width=NAME)
    for account in grid.accounts:
        table.add_column(account, no_wrap=True, width=max(ACCOUNT, len(account)))
    for claim, verdicts in grid.rows:
        looks = [LOOKS[verdict.word] for verdict in verdicts]
        table.add_row(claim.id, *(Text(look.short, style=look.terminal) for look in looks))
    width = NAME + sum(max(ACCOUNT, len(account)) + 4 for account in grid.accounts)
    text = io.StringIO()
    console = Console(width=width, file=text, color_system="standard" if colours else None, force_terminal=colours)
    console.print(table, highlight=False)
    return "\n".join(line.rstrip() for line in text.getvalue().rstrip().splitlines())


def _meanings(grid: Grid) -> list[str]:
    words = {verdict.word for verdicts in grid.verdicts.values() for verdict in verdicts}
    return [f"{look.short}: {look.meaning}" for word, look in LOOKS.items() if word in words]


def in_short(grid: Grid) -> list[str]:
    """What holds under every account, what under none, what even where nothing works, and what parts them."""
    tested = [(claim, verdicts) for claim, verdicts in grid.rows if claim.kind in READ_TOGETHER]
    asked = {c.id: [v.word for v in verdicts if v.word != NOT_TESTABLE] for c, verdicts in tested}
    everywhere = [name for name, some in asked.items() if some and all(word == HOLDS for word in some)]
    nowhere = [name for name, some in asked.items() if some and HOLDS not in some]
    said = []
    if len(grid.accounts) >= LEAST_SHARED:
        said.append(f"Of {plural(len(tested), 'claim')} that could fail, under every account that can be asked hold: "
                    f"{listed(everywhere) or 'none'}; under none: {listed(nowhere) or 'none'}.")  # fmt: skip
    if NULL in grid.verdicts:
        k = grid.accounts.index(NULL)
        also = [c.id for c, verdicts in tested if verdicts[k].word == HOLDS]
        none = f"Where nothing works (account {NULL}) none of them holds."
        some = f"Where nothing works (account {NULL}) hold: {listed(also)}. They speak for no path to how somebody is."
        said.append(some if also else none)
    for claim, verdicts in tested:
        holds, fails = (
            [name for name, verdict in zip(grid.accounts, verdicts, strict=True) if verdict.word == word]
            for word in (HOLDS, FAILS)
        )
        if holds and fails:
            what = f"{claim.id} parts them ({claim.statement.rstrip('.')})"
            said.append(f"{what}: holds under {listed(holds)}; fails under {listed(fails)}.")
    return said


def soonest(grid: Grid) -> list[Apart]:
    """For each two accounts the observation that needs fewest towns."""
    first: dict[tuple[str, str], Apart] = {}
    for one in grid.apart:
        first.setdefault((one.first, one.second), one)
    return list(first.values())


def told_apart(grid: Grid) -> list[str]:
    """A sentence for each two accounts, those hardest to tell apart last."""
    if len(grid.accounts) < LEAST_SHARED:
        return ["Only one account was tried."]
    pairs = sorted(soonest(grid), key=lambda one: one.towns)
    said = [_apart(one) for one in pairs[:MOST_PAIRS]]
    if len(pairs) > MOST_PAIRS:
        said.append("All other pairs: apart.csv.")
    known = {(one.first, one.second) for one in pairs}
    unknown = [f"{a} and {b}" for a, b in combinations(grid.accounts, 2) if (a, b) not in known]
    if unknown:
        said.append(
            f"Nothing looked at differs beyond chance in {plural(grid.finished, 'town')} between {listed(unknown)}."
        )
    return [*said, "Seen without any error of measurement, two years after the opening, in groups of both kinds; "
            "`study` plans with instruments and drop-out."]  # fmt: skip


def _apart(one: Apart) -> str:
    return (
        f"{one.first} or {one.second}: {one.one.label} ({one.one.how}, {one.one.arm}), {figures(one.one.mean, 2)} or "
        f"{figures(one.other.mean, 2)} {one.one.unit}: {plural(int(one.towns), 'town')} under each."
    )
