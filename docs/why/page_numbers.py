"""The blocks of numbers of a page in this folder, renewed between their two comments, and its pictures."""

from __future__ import annotations

import re
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analysis.figures.style import DOTS_PER_INCH


def renewed(text: str, made: dict[str, str], page: Path) -> str:
    """The page with its blocks made anew.

    Args:
        text: of the page; each block stands between ``<!-- numbers: name -->`` and ``<!-- end: name -->``.
        made: the blocks, by name.
        page: its file, for messages.

    Raises:
        ValueError: if a block's two comments are not there exactly once.
    """
    for name, block in made.items():
        begin, end = f"<!-- numbers: {name} -->", f"<!-- end: {name} -->"
        if text.count(begin) != 1 or text.count(end) != 1 or text.index(begin) > text.index(end):
            raise ValueError(f"{page}: expected one {begin!r} with one {end!r} after it; put the two comments back")
        pattern = re.escape(begin) + ".*?" + re.escape(end)
        text = re.sub(pattern, lambda _, new=f"{begin}\n\n{block}\n\n{end}": new, text, flags=re.DOTALL)
    return text


def save(figure: Figure, path: Path) -> None:
    """Write a PNG, the same bytes for the same figure."""
    FigureCanvasAgg(figure)
    figure.savefig(path, dpi=DOTS_PER_INCH, metadata={"Software": None})
