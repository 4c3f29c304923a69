"""The figure of ``foretell``: each held-out figure by each account, and as it was found outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.figures.palette import AGAINST, BLUE, GREY, ORANGE, PALE
from analysis.figures.style import Drawing, margins, new_page
from analysis.studies.foretell.study import ALLOWED, BEYOND, ends_of, held_out, word_of
from analysis.words.numbers import fixed
from analysis.words.prose import plural

if TYPE_CHECKING:
    from analysis.studies.foretell.study import Foretold

WIDE = 1.645  # of a normal distribution, 90 %


def draw_foretold(found: Foretold) -> Drawing:
    """A panel a figure, a line an account."""
    figures, names = held_out(), list(found.found)
    title = "Held-out figures: foretold by the plausible space, and found outside"
    width = max(3.6 * len(figures) + 1.2, 9.5)
    below = "Lines: middle 90 % of draws; band: the outside figure, give or take 90 % of what it may be off."
    note = (
        f"{plural(found.finished, 'draw')} of each account's plausible space, in "
        f"{plural(found.study.settings['towns'], 'town')} each. None of these was fitted. Orange: only within what the "
        "model may be off."
    )
    page = new_page(title, below, width, 2.0 + 0.3 * len(names), note)
    panels = page.subplots(1, len(figures), squeeze=False, sharey=True)[0]
    margins(page, top=1.0, bottom=0.8, left=1.2, right=0.3, wspace=0.12)
    told = []
    for k, (axes, one) in enumerate(zip(panels, figures, strict=True)):
        rows = [ends_of(values[:, k]) for values in found.found.values()]
        least, most = one.ends
        off = WIDE * one.uncertainty
        edge = [end for row in rows for end in row if np.isfinite(end)] or [0.0]
        low = least - off if np.isfinite(least) else min(edge)
        high = most + off if np.isfinite(most) else max(edge)
        axes.axvspan(low, high, color=PALE, alpha=0.5)
        if np.isfinite(least):
            axes.axvspan(least, most if np.isfinite(most) else high, color=PALE)
        if least == most:
            axes.axvline(least, color=GREY)
        for y, (values, (low, middle, high)) in enumerate(zip(found.found.values(), rows, strict=True)):
            colour = {BEYOND: AGAINST, ALLOWED: ORANGE}.get(word_of(one, values[:, k]), BLUE)
            axes.hlines(y, low, high, color=colour, linewidth=2.0)
            axes.plot(middle, y, "o", color=colour, markersize=4.5)
        axes.set_title(one.figure, fontsize=9)
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.set_yticks(range(len(names)), names)
        axes.grid(axis="x")
        axes.grid(visible=False, axis="y")
        told.append(
            f"{one.figure}: {', '.join(f'{name} {fixed(row[1])}' for name, row in zip(names, rows, strict=True))}"
        )
    return Drawing(page, f"{title}. {'; '.join(told)}.")
