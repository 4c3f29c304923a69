"""The blocks of numbers of a page in this folder, renewed between their two comments."""

from __future__ import annotations

import re
from pathlib import Path


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
