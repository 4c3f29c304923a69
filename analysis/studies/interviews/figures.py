"""Figures of a study of interviews: how often all is reported, what is, what that hangs on, and whom one could ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.figures.palette import ALSO_WITHOUT, BLUE, GREY, INK, ORANGE, VERMILLION
from analysis.figures.style import Drawing, margins, new_page, rows_down
from analysis.studies.interviews.gap import OUTCOMES, POPULATIONS, Gap
from analysis.studies.interviews.hold import SIZE_WORDS, SIZES, Interviews
from analysis.studies.interviews.statements import SETS, STATEMENTS
from analysis.studies.interviews.tables import Answers
from analysis.studies.interviews.verdict import WHATS, accounts_of, ceiling
from analysis.studies.interviews.words import chance_words, kinds, kinds_of, row_words, share_words, shown_account
from analysis.words.numbers import fixed, signed
from analysis.words.prose import capital

if TYPE_CHECKING:
    from analysis.studies.interviews.study import Held

LOOKS = {"exactly four": (BLUE, "o"), "four or more": (ORANGE, "D")}
LUMINANCE = (0.2126, 0.7152, 0.0722)
LEAST = 1e-4  # of the axis of chances; what is less stands at its end
ABOUT_THE_MODEL = "This is about a model in which somebody decided what groups do. It is no evidence about groups."


def draw_all(found: Held) -> Iterator[tuple[str, Drawing]]:
    """Every figure with its name."""
    held, answers = found.held, found.answers
    yield "fit", draw_fit(held, answers, found.study.settings["assumed"])
    yield "heard", draw_heard(held, answers)
    yield "sensitivity", draw_sensitivity(held, answers)
    yield "survivorship", draw_gap(held, answers)


def draw_fit(held: Sequence[Interviews], found: Answers, assumed: Mapping[str, float]) -> Drawing:
    """How often a study would report all, and how many statements, under each account."""
    names, title = accounts_of(held), "How often would this study have reported all that the paper does?"
    note = (
        "A study takes one group of each kind that lasted and asks four regulars of each. Lines: 95 % intervals; at "
        f"the left edge: below {100 * LEAST:g} %. Dashed: were every statement true\nof everybody, as noise in "
        "telling and coding leaves it. Right: of a hundred studies, how many would report just so many of "
        f"{len(STATEMENTS)} statements; framed: all, as in the paper.\n{ABOUT_THE_MODEL}"
    )
    height = 2.75 + 0.42 * len(names)
    page = new_page(title, kinds(held), 13.5, height, note)
    left, *right = page.subplots(1, 3, sharey=True, gridspec_kw={"width_ratios": [1.0, 1.15, 1.15]})
    for step, size in enumerate(SIZES):
        colour, mark = LOOKS[size]
        for place, name in enumerate(names):
            share = found.fit(name, size).share
            if not share.of:
                continue
            y = place + (step - 0.5) * 0.3
            ends = np.clip([share.low, share.high], LEAST, 1)
            left.plot(ends, [y, y], color=colour, linewidth=1.3, solid_capstyle="butt")
            left.plot(max(share.value, LEAST), y, mark, color=colour, markersize=5, clip_on=False, zorder=4)
    left.axvline(ceiling(len(kinds_of(held)), assumed), color=INK, linewidth=0.9, linestyle=(0, (4, 3)))
    left.set_xscale("log")
    left.set_xlim(LEAST, 1)
    left.set_xticks([1e-4, 1e-3, 1e-2, 0.1, 1.0], ["0.01 %", "0.1 %", "1 %", "10 %", "100 %"])
    left.minorticks_off()
    left.set_xlabel("of studies that would report all statements")
    left.set_yticks(range(len(names)), names)
    left.set_ylim(len(names) - 0.5, -0.5)
    rows_down(left)
    for axes, size in zip(right, SIZES, strict=True):
        rows = np.array([found.number(name, size).exactly for name in names])
        _cells(axes, rows)
        look: dict[str, Any] = {"fill": False, "edgecolor": INK, "linewidth": 1.2, "clip_on": False, "zorder": 5}
        axes.add_patch(mpl.patches.Rectangle((len(STATEMENTS) - 0.5, -0.5), 1, len(names), **look))
        axes.set_xticks(range(len(STATEMENTS) + 1))
        axes.set_xlabel("statements that a study would report")
        axes.set_title(
            _two_rows(SIZE_WORDS[size]), fontsize=9, color=LOOKS[size][0] if size == SIZES[0] else ALSO_WITHOUT
        )
    handles = [
        Line2D([], [], color=colour, marker=mark, markersize=5, linewidth=1.3, label=SIZE_WORDS[size])
        for size, (colour, mark) in LOOKS.items()
    ]
    page.legend(handles=handles, loc="upper left", ncols=2, bbox_to_anchor=(0.012, 1 - 0.60 / height), borderaxespad=0)
    margins(page, top=1.35, bottom=1.25, left=1.15, wspace=0.06)
    said = "; ".join(
        f"{name}, {size} regulars: {share_words(found.fit(name, size).share)}" for name in names for size in SIZES
    )
    return Drawing(page, f"{title} {said}.")


def _two_rows(words: str) -> str:
    return capital(words).replace(" of groups", "\nof groups")


def _cells(axes: Axes, grid: np.ndarray, of: int = 100) -> None:
    """Shares written in cells, as so many of a hundred or of all; a dash where there is nobody to ask."""
    shades = mpl.colormaps["Blues"]
    for (row, column), share in np.ndenumerate(grid):
        known = not np.isnan(share)
        colour = shades(0.85 * share) if known else mpl.colors.to_rgba("#ECECEC")
        axes.add_patch(
            mpl.patches.Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=colour, edgecolor="white", linewidth=1)
        )
        ink = INK if np.dot(colour[:3], LUMINANCE) > 0.5 else "white"
        words = _shown(of * share, of < 100) if known else "\u2013"
        axes.text(column, row, words, ha="center", va="center", fontsize=7.5, color=ink)
    axes.set_xlim(-0.5, grid.shape[1] - 0.5)
    axes.set_ylim(grid.shape[0] - 0.5, -0.5)
    axes.grid(False)
    axes.tick_params(length=0)


def _shown(value: float, decimal: bool) -> str:
    return "0" if value < 0.05 else fixed(value, 1 if decimal or value < 0.95 else 0)


def draw_heard(held: Sequence[Interviews], found: Answers) -> Drawing:
    """How often each statement is reported, under every account."""
    names, rows = accounts_of(held), [*WHATS[len(SETS) :], *SETS]
    title = "Which of the paper's statements would a study report, under which account?"
    note = (
        "Of a hundred studies, how many would report each. In brackets the claim and how many must say it, of eight: "
        "all; most, five; many, four; some, one. Last rows: all statements of a set at once.\n"
        f"A statement that an account has a rule for is no finding there. {ABOUT_THE_MODEL}"
    )
    return _two_grids(
        held, title, note, rows=[row_words(what) for what in rows],
        grids=[[[found.fit(name, size, what).share.value for name in names] for what in rows] for size in SIZES],
        line=len(STATEMENTS),
    )  # fmt: skip


def draw_sensitivity(held: Sequence[Interviews], found: Answers) -> Drawing:
    """How many statements would be reported under other assumptions, under every account."""
    names = accounts_of(held)
    by = {(v.account, v.size, v.setting): v.mean / len(STATEMENTS) for v in found.varied}
    rows = list(dict.fromkeys(v.setting for v in found.varied))
    title = "What it hangs on: how many statements a study would report, under other assumptions"
    note = (
        f"Of the paper's {len(STATEMENTS)} statements, how many a study would report, mean. Each assumption about "
        f"telling and coding at both ends of its plausible range, all else as asked.\n{ABOUT_THE_MODEL}"
    )
    grids = [[[by[name, size, row] for name in names] for row in rows] for size in SIZES]
    return _two_grids(held, title, note, rows=rows, grids=grids, line=4, of=len(STATEMENTS))


def _two_grids(
    held: Sequence[Interviews],
    title: str,
    note: str,
    *,
    rows: Sequence[str],
    grids: Sequence[list[list[float]]],
    line: int,
    of: int = 100,
) -> Drawing:
    """Shares by row and account, written as so many of all, for both ways of choosing groups, with a line between."""
    names, height = accounts_of(held), 2.35 + 0.29 * len(rows)
    page = new_page(title, kinds(held), 13.5, height, note)
    panels = page.subplots(1, len(SIZES), sharey=True)
    for axes, size, grid in zip(panels, SIZES, grids, strict=True):
        _cells(axes, np.array(grid, float), of)
        axes.axhline(line - 0.5, color=INK, linewidth=1.2)
        axes.set_xticks(range(len(names)), names, rotation=35, ha="right", rotation_mode="anchor")
        axes.set_title(_two_rows(SIZE_WORDS[size]), fontsize=9)
    panels[0].set_yticks(range(len(rows)), rows)
    margins(page, top=1.15, bottom=1.3, left=3.15, wspace=0.05)
    told = "; ".join(
        f"{row}, {size} regulars: " + ", ".join(f"{n} {chance_words(v)}" for n, v in zip(names, values, strict=True))
        for size, grid in zip(SIZES, grids, strict=True)
        for row, values in zip(rows, grid, strict=True)
    )
    return Drawing(page, f"{title}. {told}.")


def draw_gap(held: Sequence[Interviews], found: Answers) -> Drawing:
    """Before and after, the twins' change and the difference, by whom one asks; under one account."""
    account = shown_account(held)
    shown = [one for one in held if one.account == account]
    title = "Whom one asks: regulars of groups that lasted, all who came, everyone eligible"
    note = (
        "In standard deviations of everyone eligible before coming; lines: 95 % intervals over towns. "
        "Only the difference is caused by the group; the rest of a change happens without it too\n(people come when "
        f'things are bad). Fewer episodes are not "success".\n{ABOUT_THE_MODEL}'
    )
    height = 2.5 + 2.9 * len(shown)
    page = new_page(title, f"Under the account `{account}`; {kinds(held)}", 11.5, height, note)
    panels = page.subplots(len(shown), len(OUTCOMES), sharex=True, sharey=True, squeeze=False)
    looks = (("change", VERMILLION, "s"), ("twin_change", GREY, "^"), ("difference", BLUE, "o"))
    for row, one in zip(panels, shown, strict=True):
        gaps = {(gap.population, gap.outcome): gap for gap in found.gaps[one.kind, one.account]}
        for axes, outcome in zip(row, OUTCOMES, strict=True):
            _gap_panel(axes, [gaps[name, outcome] for name in POPULATIONS], looks)
            if one is shown[0]:
                axes.set_title(outcome.capitalize())
        row[0].set_yticks(range(len(POPULATIONS)), [_two_lines(words) for words in POPULATIONS.values()])
        row[0].set_ylim(len(POPULATIONS) - 0.45, -0.55)
        row[0].text(-1.42, 1.02, capital(one.kind), transform=row[0].transAxes, weight="bold", fontsize=10)
    for axes in panels[-1]:
        axes.set_xlabel("SD")
        axes.locator_params(axis="x", nbins=5)
    words = ("change since before coming", "the twins' change over the same time", "difference: caused by the group")
    handles = [
        Line2D([], [], color=colour, marker=mark, linewidth=1.1, markersize=5, label=said)
        for (_, colour, mark), said in zip(looks, words, strict=True)
    ]
    page.legend(handles=handles, loc="upper left", ncols=3, bbox_to_anchor=(0.012, 1 - 0.62 / height), borderaxespad=0)
    margins(page, top=1.3, bottom=1.2, left=2.15, wspace=0.1, hspace=0.2)
    return Drawing(page, f"{title}. {_gap_in_words(shown, found)}")


def _gap_panel(axes: Axes, rows: Sequence[Gap], looks: Sequence[tuple[str, str, str]]) -> None:
    axes.axvline(0, color=INK, linewidth=0.7)
    for k, gap in enumerate(rows):
        for step, (name, colour, mark) in enumerate(looks):
            e = getattr(gap, name)
            y = k + (step - 1) * 0.22
            if e.known:
                axes.plot([e.low, e.high], [y, y], color=colour, linewidth=1.2)
            axes.plot(e.value, y, mark, color=colour, markersize=4.5)
    axes.grid(True, axis="x")
    axes.grid(False, axis="y")


def _two_lines(words: str) -> str:
    first, _, rest = words.partition(": ")
    if rest:
        return f"{first}: {rest.replace(' of groups', chr(10) + 'of groups')}"
    return words.replace(" of groups", "\nof groups").replace(", to any", ",\nto any").replace(" whom a", "\nwhom a")


def _gap_in_words(held: Sequence[Interviews], found: Answers) -> str:
    words = []
    for one in held:
        for gap in found.gaps[one.kind, one.account]:
            if gap.outcome == "isolation":
                words.append(
                    f"{one.kind}, isolation, {POPULATIONS[gap.population]}: "
                    f"change {signed(gap.change.value)}, twins {signed(gap.twin_change.value)}, "
                    f"difference {signed(gap.difference.value)}"
                )
    return "; ".join(words) + "."
