"""What a researcher does with runs: tables, results folders, figures, commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.results.loading import Results


def load(path: str | Path, verify: bool = True) -> Results:
    """The tables of any results folder; see ``analysis.results.loading.load``."""
    from analysis.results.loading import load as read  # noqa: PLC0415  (``import analysis`` stays light)

    return read(path, verify)
