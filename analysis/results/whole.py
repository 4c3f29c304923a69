"""A folder that is written whole or not at all, and replaces only what the same command wrote."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.results import folder as results
from analysis.results.folder import LEFT_BY_DESKTOPS
from sim.problem import Problem


def check_folder(folder: Path, marker: str, overwrite: bool) -> None:
    """Whether a folder may be written.

    Args:
        folder: where to.
        marker: a file that this command writes into every folder of its own.
        overwrite: replace a folder of its own.

    Raises:
        Problem: if it holds anything else, or something of its own that may not be replaced.
    """
    for parent in folder.absolute().parents:
        if os.path.lexists(parent):
            if not parent.is_dir():
                raise Problem(f"{folder}: {parent} is not a folder; name another with --out")
            break
    if not os.path.lexists(folder):
        return
    if not folder.is_dir() or folder.is_symlink():
        raise Problem(f"{folder}: is not a folder; name another with --out")
    there = {path.name for path in folder.iterdir()} - LEFT_BY_DESKTOPS
    if there and marker not in there:
        raise Problem(f"{folder}: holds other files ({', '.join(sorted(there)[:3])}); name another folder with --out")
    if there and not overwrite:
        raise Problem(f"{folder}: is there already; name another folder with --out, or replace it with --overwrite")


@contextmanager
def whole_folder(folder: Path, marker: str, overwrite: bool) -> Iterator[Path]:
    """A new folder beside ``folder`` to write into, which takes its place when all went well.

    Args:
        folder: where the files are to be in the end.
        marker: see ``check_folder``.
        overwrite: see ``check_folder``.

    Yields:
        The folder to write into. On any error it is removed again, and what was there before stays.

    Raises:
        Problem: if the folder may not be written, or cannot be.
    """
    check_folder(folder, marker, overwrite)
    with results.whole_folder(folder, lambda: check_folder(folder, marker, overwrite)) as partial:
        yield partial
