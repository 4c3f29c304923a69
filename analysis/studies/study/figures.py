"""Figures of ``study``: published against true, the bias step by step, power, what tells accounts apart."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, NullLocator

from analysis.figures.palette import ARMS, BLUE, GREEN, GREY, INK, MARKERS, ORANGE, PALE, VERMILLION
from analysis.figures.style import Drawing, margins, new_page, say
from analysis.studies.study.plan import SIZES
from analysis.studies.study.schema import SHARES
from analysis.studies.study.tables import UNITS, cause_of, label_of, mean_of, sd_of, unit_of
from analysis.studies.study.words import form_of
from analysis.words.numbers import count, percent, signed
from analysis.words.prose import capital

if TYPE_CHECKING:
    from analysis.studies.study.plan import Planned
    from analysis.studies.study.study import Done, Studied

ABOUT = "All of this follows from assumptions about what groups do. It is no evidence about groups."
LONGEST_LINE, MOST_SHOWN, MOST_TOLD = 165, 60, 14
WIDTH = 12.5
SPREAD = "In standard deviations between people as the study begins."
LABEL = {"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.85}


def draw_study(found: Studied) -> Iterator[tuple[str, Drawing]]:
    """Every figure with its name."""
    mode = found.study.mode
    if mode == "tell":
        yield "apart", draw_apart(found)
    else:
        yield "published", draw_published(found.done)
        yield "readings", draw_readings(found.done)
        yield "bias", draw_bias(found.done)
    if mode == "power":
        yield "power", draw_power(found.done)


def _note(text: str) -> str:
    return "\n".join(textwrap.wrap(f"{text} {ABOUT}", LONGEST_LINE))


def _panels(
    done: Sequence[Done], title: str, below: str, height: float, note: str, left: float = 0.75, top: float = 1.05
) -> tuple[Figure, list[tuple[Axes, Done]]]:
    """A page with a panel for each line."""
    many = min(len(done), 6)
    alone = "" if many > 1 else f" {capital(done[0].line.name)}."  # several say it above each panel
    page = new_page(title, f"{below}{alone}".strip(), WIDTH, height, _note(note))
    axes = page.subplots(1, many, squeeze=False, sharex=True)[0]
    margins(page, top=top + 0.2 * (many > 1), bottom=1.15, left=left, wspace=0.12 if many > 1 else 0.0)
    return page, list(zip(axes, done, strict=False))


def _of(one: Done) -> str:
    found = one.repeated
    t, m = found.primary
    return f"{capital(label_of(found.measures[m]))} at week {found.times[t]}, {unit_said(one)}"


def unit_said(one: Done) -> str:
    """What the primary reading is measured in."""
    by = one.line.said.analysis.by
    return UNITS.get(by) or unit_of(one.repeated.measures[one.repeated.primary[1]])


def has_spread(one: Done) -> bool:
    """Whether estimates can be put in standard deviations between people; shares and correlations cannot."""
    return one.line.said.analysis.by not in SHARES and bool((one.repeated.spread > 0).all())


def draw_published(done: Sequence[Done]) -> Drawing:
    """The first repetitions' estimates with their intervals, and what was true."""
    title = "What would be published, and what was true"
    page, panels = _panels(
        done, title, f"{_of(done[0])}. Each line is one repetition of the study, the lowest estimate below.", 6.2,
        f"Lines: estimates with 95 % intervals of {min(MOST_SHOWN, done[0].repeated.repetitions)} repetitions; "
        "orange where the interval leaves out what is true of all it is read as being about.",
    )  # fmt: skip
    words = []
    for axes, one in panels:
        found = one.repeated
        t, m = found.primary
        rows = found.published[:MOST_SHOWN, t, m]
        rows = rows[~np.isnan(rows[:, 0])]
        rows = rows[np.argsort(rows[:, 0])]
        about, same = float(found.about[t, m]), mean_of(found.same[:, t, m])
        if not len(rows):
            say(axes, "nobody to ask")
        for k, (value, low, high, _) in enumerate(rows):
            colour = ORANGE if (low > about or high < about) else GREY
            axes.hlines(k, low, high, color=colour, linewidth=1.2)
            axes.plot(value, k, "o", color=colour, markersize=3)
        axes.axvline(0, color=PALE, linewidth=1.0, zorder=0)
        axes.axvline(about, color=BLUE, linewidth=2.4)
        axes.axvline(same, color=GREEN, linewidth=1.6, linestyle=(0, (4, 3)))
        axes.set_yticks([])
        axes.grid(axis="x")
        axes.set_title(one.line.account if len(done) > 1 else "")
        axes.set_xlabel("published estimate")
        words.append(f"{one.line.name}: published {signed(mean_of(found.published[:, t, m, 0]), 3)} on "
                     f"average, true {signed(about, 3)}")  # fmt: skip
    handles = [
        Line2D([], [], color=BLUE, linewidth=2.4, label="true of all it is read as being about"),
        Line2D([], [], color=GREEN, linewidth=1.6, linestyle=(0, (4, 3)), label="true of those who took part"),
        Line2D([], [], color=ORANGE, marker="o", markersize=3, label="interval leaves out what is true of all"),
        Line2D([], [], color=GREY, marker="o", markersize=3, label="interval holds it"),
    ]
    page.legend(handles=handles, loc="upper left", ncols=4, bbox_to_anchor=(0.008, 1 - 0.58 / 6.2))
    return Drawing(page, f"{title}. {'; '.join(words)}.")


def draw_readings(done: Sequence[Done]) -> Drawing:
    """Every outcome at every follow-up, published beside true, in standard deviations between people."""
    first = done[0].repeated
    rows = [(t, m) for m in range(len(first.measures)) for t in range(len(first.times))]
    height = 2.6 + 0.36 * len(rows)
    title = "Every outcome, published beside true"
    page, panels = _panels(
        done, title, SPREAD if has_spread(done[0]) else "", height,
        "Marks: means over repetitions; thin lines: where 95 % of estimates lie.", left=2.6,
    )  # fmt: skip
    labels = [f"{label_of(first.measures[m])}, week {first.times[t]}" for t, m in rows]
    words = []
    for k, (axes, one) in enumerate(panels):
        found = one.repeated
        places = np.arange(len(rows))[::-1]
        for place, (t, m) in zip(places, rows, strict=True):
            spread = found.spread[m] if has_spread(one) else 1.0
            values = found.published[:, t, m, 0] / spread
            values = values[~np.isnan(values)]
            if not len(values):
                continue
            low, high = np.quantile(values, [0.025, 0.975])
            axes.hlines(place + 0.13, low, high, color=VERMILLION, linewidth=1.1)
            axes.plot(values.mean(), place + 0.13, "o", color=VERMILLION, markersize=5)
            axes.plot(mean_of(found.same[:, t, m]) / spread, place - 0.08, "s", color=GREEN, markersize=5)
            axes.plot(found.about[t, m] / spread, place - 0.24, "D", color=BLUE, markersize=4.5)
        axes.axvline(0, color=INK, linewidth=0.8)
        axes.set_yticks(places, labels if k == 0 else [""] * len(rows))
        axes.set_ylim(-0.6, len(rows) - 0.4)
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x")
        axes.grid(axis="y", visible=False)
        axes.set_title(one.line.account if len(done) > 1 else "")
        axes.set_xlabel("standard deviations" if has_spread(one) else unit_said(one))
        axes.locator_params(axis="x", nbins=6)
        words.append(f"{one.line.name}, {len(rows)} readings")
    handles = [
        Line2D([], [], color=VERMILLION, marker="o", markersize=5, label="published"),
        Line2D([], [], color=GREEN, marker="s", linestyle="", markersize=5, label="true of those who took part"),
        Line2D([], [], color=BLUE, marker="D", linestyle="", markersize=4.5, label="true of all it is read as about"),
    ]
    page.legend(handles=handles, loc="upper left", ncols=3, bbox_to_anchor=(0.008, 1 - 0.58 / height))
    return Drawing(page, f"{title}. {'; '.join(words)}.")


def draw_bias(done: Sequence[Done]) -> Drawing:
    """From what is true to what would be published, a bar for each cause."""
    first = done[0]
    none = [
        k
        for k in range(len(first.repeated.steps))
        if all(not np.nan_to_num(d.repeated.biases[:, k]).any() for d in done)
    ]
    steps = [k for k in reversed(range(len(first.repeated.steps))) if k not in none]
    height = 2.6 + 0.5 * (len(steps) + 2)
    title = "From what is true to what would be published"
    page, panels = _panels(
        done, title, f"{_of(first)}; primary reading.", height,
        "Bars: what each cause adds, mean over repetitions, in the order from below upwards in which they are taken "
        "away; grey lines: 95 % interval for the number of repetitions alone.", left=4.3,
        top=0.95 if len(done) > 1 else 0.75,
    )  # fmt: skip
    labels = ["true of all it is read as being about", *(cause_of(first, first.repeated.steps[k]) for k in steps),
              "would publish"]  # fmt: skip
    words = []
    for k, (axes, one) in enumerate(panels):
        words.append(_waterfall(axes, one, steps))
        places = np.arange(len(labels))[::-1]
        axes.set_yticks(
            places, ["\n".join(textwrap.wrap(text, 44)) for text in labels] if k == 0 else [""] * len(places)
        )
        axes.set_title(one.line.account if len(done) > 1 else "")
    axes = panels[0][0]  # all panels have one axis; room for the numbers at the right
    low, high = axes.get_xlim()
    axes.set_xlim(low, high + 0.12 * (high - low))
    return Drawing(page, f"{title}. {'; '.join(words)}.")


def _waterfall(axes: Axes, one: Done, steps: Sequence[int]) -> str:
    found = one.repeated
    place = found.primary
    sizes = np.nan_to_num([mean_of(found.biases[:, k]) for k in steps])
    errors = np.nan_to_num([sd_of(found.biases[:, k]) / np.sqrt(found.repetitions) for k in steps])
    about = float(found.about[place])
    rows = len(steps) + 2
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.barh(rows - 1, about, color=BLUE, height=0.55)
    at = about
    for k, (size, error) in enumerate(zip(sizes, errors, strict=True)):
        y = rows - 2 - k
        axes.barh(y, size, left=at, color=ORANGE if size >= 0 else VERMILLION, height=0.55)
        axes.hlines(y, at + size - 1.96 * error, at + size + 1.96 * error, color=GREY, linewidth=1.2)
        axes.plot([at, at], [y + 0.275, y + 0.725], color=GREY, linewidth=0.7)
        shown = signed(float(size), 3)
        axes.annotate(shown, (max(at, at + size, at + size + 1.96 * error), y), xytext=(4, 0), fontsize=8,
                      textcoords="offset points", va="center", bbox=LABEL)  # fmt: skip
        at += size
    axes.plot([at, at], [0.275, 0.725], color=GREY, linewidth=0.7)
    axes.barh(0, at, color=GREY, height=0.55)
    for y, value in ((rows - 1, about), (0, at)):
        axes.annotate(form_of(one, 3)(float(value)), (max(value, 0.0), y), xytext=(4, 0), textcoords="offset points",
                      fontsize=8, va="center", bbox=LABEL)  # fmt: skip
    axes.grid(axis="x")
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)
    axes.locator_params(axis="x", nbins=6)
    return f"{one.line.name}: true {signed(about, 3)}, published {signed(float(at), 3)}"


def draw_power(done: Sequence[Done]) -> Drawing:
    """Power by size, a line for each account or outcome."""
    title = "How large must it be?"
    several = len(done) > 1 or (done[0].planned is not None and done[0].planned.plainly is not None)
    wanted = done[0].planned.wanted if done[0].planned else 0.8
    of = SIZES[done[0].planned.by] if done[0].planned else "towns"
    said = "the primary reading" if several else "each outcome at the primary follow-up"
    page = new_page(title, f"{_of(done[0])}: {said}." if several else f"{capital(said)}.", WIDTH, 6.0, _note(
        "Power: share of repetitions that report a difference (P below 0.05), whether it is there or not; a bias adds "
        "to it. Lines between marks: the curve on which the size is read off."))  # fmt: skip
    axes = page.subplots()
    margins(page, top=0.85, bottom=1.25, left=0.8, right=3.2)
    words, sizes = [], set()
    curves = []
    for one in done:
        planned, found = one.planned, one.repeated
        if planned is None:
            continue
        t, m = found.primary
        mine = [(one.line.account or one.line.study, (t, m))] if several else [
            (label_of(name), (t, k)) for k, name in enumerate(found.measures)
        ]  # fmt: skip
        curves += [(label, planned, place) for label, place in mine]
    for k, (label, planned, place) in enumerate(curves):
        power = planned.power[(slice(None), *place)]
        sizes |= set(planned.sizes)
        needed = float(planned.needed[place])
        reads = f"{label}: {f'{count(np.ceil(needed))} {of}' if np.isfinite(needed) else 'more than tried'}"
        axes.plot(planned.sizes, power, marker=MARKERS[k % len(MARKERS)], color=ARMS[k % len(ARMS)], markersize=5,
                  linewidth=1.5, label=reads)  # fmt: skip
        words.append(reads)
        if several and planned.plainly is not None:
            plainly = planned.plainly
            sizes |= set(plainly.sizes)
            axes.plot(plainly.sizes, plainly.power[(slice(None), *place)], marker=MARKERS[k % len(MARKERS)],
                      color=ARMS[k % len(ARMS)], markersize=5, linewidth=1.1, linestyle=":", markerfacecolor="white",
                      label=_plainly(planned, place))  # fmt: skip
    axes.axhline(wanted, color=GREY, linewidth=1.0, linestyle="--")
    axes.axhline(0.05, color=GREY, linewidth=0.8, linestyle=":")
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(FixedLocator(sorted(sizes)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticklabels([count(size) for size in sorted(sizes)])
    axes.set_ylim(0, 1.02)
    axes.set_xlabel("towns" if of == "towns" else "people of each town, at most")
    axes.set_ylabel("power")
    page.legend(*axes.get_legend_handles_labels(), loc="upper left", bbox_to_anchor=(1 - 3.1 / WIDTH, 1 - 0.85 / 6.0),
                title=f"For a power of {percent(wanted)}")  # fmt: skip
    return Drawing(page, f"{title} {'; '.join(words)}.")


def _plainly(planned: Planned, place: tuple[int, int]) -> str:
    """How large it must be if nobody told it kindly, in a few words."""
    assert planned.plainly is not None
    needed = float(planned.plainly.needed[place])
    return (
        f"told plainly: {f'{count(np.ceil(needed))} {SIZES[planned.by]}' if np.isfinite(needed) else 'more than tried'}"
    )


def draw_apart(found: Studied) -> Drawing:
    """What each study would publish under two accounts, in standard deviations of an estimate."""
    told = [one for one in found.told if np.isfinite(one.distance)][:MOST_TOLD]
    height = 2.6 + 0.4 * max(len(told), 3)
    one, other = (line.account for line in found.study.lines[:2])
    title = f"What tells {one} and {other} apart"
    page = new_page(title, "Estimates under both accounts, the least of people's time first.", WIDTH, height, _note(
        "Marks: means over repetitions, lines: one standard deviation of an estimate either way, both in standard "
        "deviations of an estimate of the study as planned, with the mean of the two accounts at zero."))  # fmt: skip
    axes = page.subplots()
    margins(page, top=1.05, bottom=1.15, left=3.9, right=2.6)
    labels = []
    for k, each in enumerate(told):
        y = len(told) - 1 - k
        pooled = float(np.sqrt(np.mean(np.square(each.deviations)))) or 1.0
        middle = float(np.mean(each.means))
        for value, deviation, colour, mark, shift in zip(
            each.means, each.deviations, (BLUE, ORANGE), ("o", "s"), (0.12, -0.12), strict=True
        ):
            at = (value - middle) / pooled
            axes.hlines(y + shift, at - deviation / pooled, at + deviation / pooled, color=colour, linewidth=1.2)
            axes.plot(at, y + shift, mark, color=colour, markersize=5)
        hours = f"{count(np.ceil(each.hours))} hours, {count(np.ceil(each.towns))} towns" if np.isfinite(each.hours) \
            else "not apart"  # fmt: skip
        axes.annotate(hours, (1.01, y), xycoords=("axes fraction", "data"), fontsize=8.5, va="center")
        labels.append(f"{each.study}: {label_of(each.measure)}, week {each.week}")
    if not told:
        say(axes, "no study tells them apart")
    axes.axvline(0, color=PALE, linewidth=1.0, zorder=0)
    axes.set_yticks(np.arange(len(told))[::-1], labels)
    axes.set_ylim(-0.6, max(len(told), 1) - 0.4)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    axes.grid(axis="y", visible=False)
    axes.set_xlabel("standard deviations of an estimate")
    handles = [Line2D([], [], color=colour, marker=mark, markersize=5, label=name)
               for colour, mark, name in ((BLUE, "o", one), (ORANGE, "s", other))]  # fmt: skip
    page.legend(handles=handles, loc="upper left", ncols=2, bbox_to_anchor=(0.008, 1 - 0.58 / height))
    return Drawing(page, f"{title}: {'; '.join(labels[:3])}.")
