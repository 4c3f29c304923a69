"""Figures of a study of interviews: what is heard, whom one could ask, and what the ratio hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LogNorm
from matplotlib.lines import Line2D

from analysis.figures.palette import BLUE, GREY, INK, ORANGE, SKY, VERMILLION
from analysis.figures.style import Drawing, margins, new_page
from analysis.studies.interviews.gap import OUTCOMES, POPULATIONS, Gap
from analysis.studies.interviews.hold import Interviews
from analysis.studies.interviews.likelihood import Ratio
from analysis.studies.interviews.statements import SETS, STATEMENTS
from analysis.studies.interviews.tables import Answers
from analysis.studies.interviews.verdict import NOTICING, OPTIMISM, TOGETHER, VariedRatio
from analysis.studies.interviews.words import kinds
from analysis.studies.interviews.worlds import WORLD_TITLES
from analysis.words.numbers import figures, setting, signed
from analysis.words.prose import capital

LOOKS = {"on": (BLUE, "o"), "company": (SKY, "s"), "off": (ORANGE, "D"), "twins": (GREY, "^")}
LUMINANCE = (0.2126, 0.7152, 0.0722)
ABOUT_THE_MODEL = "This is about a model in which somebody decided what groups do. It is no evidence about groups."


def draw_all(held: Sequence[Interviews], found: Answers) -> Iterator[tuple[str, Drawing]]:
    """Every figure with its name."""
    yield "heard", draw_heard(held, found)
    yield "survivorship", draw_gap(held, found)
    yield "sensitivity", draw_sensitivity(held, found)


def draw_heard(held: Sequence[Interviews], found: Answers) -> Drawing:
    """How often each statement is heard, in every world, with exact intervals."""
    title = "How often would the paper's statements be heard?"
    note = (
        "Lines: exact 95 % intervals. A statement is heard in a group if as many of the four interviewed say it as "
        "stands in brackets. Of life in the group, twins cannot be asked.\nBuilt in: the model has a rule for it, "
        f"so that hearing it is no finding. {ABOUT_THE_MODEL}"
    )
    needed = {"all": "all 4", "most": "3 of 4", "many": "2 of 4", "some": "1 of 4"}
    rows = [
        (s.id, f"{s.words} [{needed[s.wording]}]{', built in' if s.kind == 'built in' else ''}") for s in STATEMENTS
    ]
    rows += [(name, capital(words)) for name, words in SETS.items()]
    height = 2.0 + 0.42 * len(rows)
    page = new_page(title, kinds(held), 11, height, note)
    panels = np.atleast_1d(page.subplots(1, len(held), sharey=True, sharex=True))
    places = np.array([k + (0.5 if k >= len(STATEMENTS) else 0.0) for k in range(len(rows))])
    for axes, one in zip(panels, held, strict=True):
        for step, (world, (colour, mark)) in enumerate(LOOKS.items()):
            for place, (what, _) in zip(places, rows, strict=True):
                share = found.share(one.arm.name, world, what).share
                if share is None or not share.of:
                    continue
                low, high = share.interval
                y = place + (step - 1.5) * 0.19
                axes.plot([low, high], [y, y], color=colour, linewidth=1.1, alpha=0.8, solid_capstyle="butt")
                axes.plot(share.value, y, mark, color=colour, markersize=4.5)
        asked = ", ".join(f"{WORLD_TITLES[w]} {int(one.chosen(w).sum())}" for w in ("on", "company", "off"))
        axes.text(0, 1.035, capital(one.arm.name), transform=axes.transAxes, fontsize=10, weight="bold", va="bottom")
        axes.text(0, 1.008, f"groups: {asked}", transform=axes.transAxes, fontsize=8, color=GREY, va="bottom")
        axes.axhline(len(STATEMENTS) - 0.25, color=GREY, linewidth=0.8)
        axes.set_xlim(-0.02, 1.02)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1.0], ["0 %", "25 %", "50 %", "75 %", "100 %"])
        axes.grid(True, axis="x")
        axes.grid(False, axis="y")
        axes.set_xlabel("of groups that lasted, with four regulars or more")
    panels[0].set_yticks(places, [words for _, words in rows])
    panels[0].set_ylim(places[-1] + 0.6, -0.6)
    handles = [
        Line2D([], [], color=colour, marker=mark, markersize=5, linewidth=1.1, label=WORLD_TITLES[world])
        for world, (colour, mark) in LOOKS.items()
    ]
    page.legend(handles=handles, loc="upper left", ncols=4, bbox_to_anchor=(0.012, 1 - 0.60 / height), borderaxespad=0)
    margins(page, top=1.42, bottom=1.05, left=3.3, wspace=0.1)
    return Drawing(page, f"{title} {_in_words(held, found)}")


def _in_words(held: Sequence[Interviews], found: Answers) -> str:
    words = []
    for one in held:
        for what in SETS:
            said = [
                f"{WORLD_TITLES[w]} {share.heard} of {share.of}"
                for w in LOOKS
                if (share := found.share(one.arm.name, w, what).share) is not None
            ]
            words.append(f"{one.arm.name}, {SETS[what]}: {', '.join(said)}")
    return "; ".join(words) + "."


def draw_gap(held: Sequence[Interviews], found: Answers) -> Drawing:
    """Before and after, the twins' change and the difference, by whom one asks."""
    title = "Whom one asks: regulars of groups that lasted, all who came, everyone eligible"
    note = (
        "In standard deviations of everyone eligible; lines: 95 % intervals over towns, all effects on. "
        "Only the difference is caused by the group; the rest of a change happens without it too\n(people come when "
        f'things are bad). Fewer episodes are not "success".\n{ABOUT_THE_MODEL}'
    )
    height = 2.5 + 2.9 * len(held)
    page = new_page(title, kinds(held), 11.5, height, note)
    panels = page.subplots(len(held), len(OUTCOMES), sharex=True, sharey=True, squeeze=False)
    looks = (("change", VERMILLION, "s"), ("twin_change", GREY, "^"), ("difference", BLUE, "o"))
    for row, one in zip(panels, held, strict=True):
        gaps = {(gap.population, gap.outcome): gap for gap in found.gaps[one.arm.name]}
        for axes, outcome in zip(row, OUTCOMES, strict=True):
            _gap_panel(axes, [gaps[name, outcome] for name in POPULATIONS], looks)
            if one is held[0]:
                axes.set_title(outcome.capitalize())
        row[0].set_yticks(range(len(POPULATIONS)), [_two_lines(words) for words in POPULATIONS.values()])
        row[0].set_ylim(len(POPULATIONS) - 0.45, -0.55)
        row[0].text(-1.42, 1.02, capital(one.arm.name), transform=row[0].transAxes, weight="bold", fontsize=10)
    for axes in panels[-1]:
        axes.set_xlabel("SD")
    words = ("change since before coming", "the twins' change over the same time", "difference: caused by the group")
    handles = [
        Line2D([], [], color=colour, marker=mark, linewidth=1.1, markersize=5, label=said)
        for (_, colour, mark), said in zip(looks, words, strict=True)
    ]
    page.legend(handles=handles, loc="upper left", ncols=3, bbox_to_anchor=(0.012, 1 - 0.62 / height), borderaxespad=0)
    margins(page, top=1.3, bottom=1.2, left=2.15, wspace=0.1, hspace=0.2)
    return Drawing(page, f"{title}. {_gap_in_words(held, found)}")


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
        for gap in found.gaps[one.arm.name]:
            if gap.outcome == "isolation":
                words.append(
                    f"{one.arm.name}, isolation, {POPULATIONS[gap.population]}: "
                    f"change {signed(gap.change.value)}, twins {signed(gap.twin_change.value)}, "
                    f"difference {signed(gap.difference.value)}"
                )
    return "; ".join(words) + "."


def draw_sensitivity(held: Sequence[Interviews], found: Answers) -> Drawing:
    """The whole design's likelihood ratio over noticing and optimism, for each set and wording."""
    title = "What the likelihood ratio of the whole study design hangs on"
    note = (
        "How many times as likely the statements are, heard in both groups, with all effects on as with every effect "
        'off; below each, its 95 % interval. "At least": never heard with\neffects off; "at most": never heard with '
        f"effects on. Near 1 the design cannot tell. {ABOUT_THE_MODEL}"
    )
    below = (
        f"{kinds(held)}. The darker, the further from telling nothing; grey: only a bound, or heard in neither world"
    )
    page = new_page(title, below, 12.5, 9.2, note)
    panels = page.subplots(2, len(SETS), sharex=True, sharey=True, squeeze=False)
    for row, half in zip(panels, (False, True), strict=True):
        for axes, (what, words) in zip(row, SETS.items(), strict=True):
            grid = [v for v in found.varied if (v.varied, v.half, v.what) == ("noticing and optimism", half, what)]
            _ratio_panel(axes, grid)
            axes.set_title(capital(words) if not half else "")
        asked = "said by half of those asked" if half else "said by as many as the paper's wording asks"
        row[0].set_ylabel(f"{asked}\n\noptimism in the telling, at a tie of 1")
    for axes in panels[-1]:
        axes.set_xlabel("change that is noticed (scale 0 to 1)")
    margins(page, top=1.0, bottom=1.05, left=0.95, wspace=0.05, hspace=0.09)
    ratio = found.ratio(TOGETHER if len(held) > 1 else held[0].arm.name, "everything").ratio
    return Drawing(page, f"{title}. As asked, all statements: {ratio.words()}.")


def _ratio_panel(axes: Axes, grid: Sequence[VariedRatio]) -> None:
    shades, norm = mpl.colormaps["Blues"], LogNorm(0.8, 300)
    for v in grid:
        x, y = NOTICING.index(v.assumed["noticing"]), OPTIMISM.index(v.assumed["optimism"])
        first, second, shade = _cell(v.ratio)
        colour = "#F2F2F2" if shade is None else shades(float(np.clip(norm(shade), 0, 1)))
        axes.add_patch(
            mpl.patches.Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=colour, edgecolor="white", linewidth=2)
        )
        ink = INK if shade is None or np.dot(colour[:3], LUMINANCE) > 0.5 else "white"
        bound = second.startswith("at ")  # stands above the number, as it is read
        axes.text(
            x, y + (-0.16 if bound else 0.1), first, ha="center", va="center", color=ink, fontsize=9, weight="bold"
        )
        axes.text(
            x, y + (0.16 if bound else -0.22 if first else 0), second, ha="center", va="center", color=ink, fontsize=7
        )
    axes.set_xlim(-0.5, len(NOTICING) - 0.5)
    axes.set_ylim(-0.5, len(OPTIMISM) - 0.5)
    axes.set_xticks(range(len(NOTICING)), [setting(n) for n in NOTICING])
    axes.set_yticks(range(len(OPTIMISM)), [setting(o) for o in OPTIMISM])
    axes.grid(False)
    axes.tick_params(length=0)


def _cell(ratio: Ratio) -> tuple[str, str, float | None]:
    """What stands in a cell, and the ratio that colours it; a bound has no colour, for it tells little."""
    if ratio.kind == "unknown":
        return "", "in neither", None
    if ratio.kind in ("at least", "at most"):
        return figures(ratio.low if ratio.kind == "at least" else ratio.high), ratio.kind, None
    return figures(ratio.value), f"{figures(ratio.low)} to {figures(ratio.high)}", ratio.value
