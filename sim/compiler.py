"""How the rules are compiled: two decorators, one cache that can never be stale.

Every rule is ordinary Python that Numba turns into machine code. With the compiler switched off
(``NUMBA_DISABLE_JIT=1``) the same lines run as plain Python and give the same numbers.

Numba keeps compiled code on disk between processes, but it looks only at the file of the function
it was asked for: editing one rule would leave the compiled week that calls it out of date. The
cache folder is therefore named after the content of every source file under ``sim/``.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba
from numba.core.registry import CPUDispatcher

Function = TypeVar("Function", bound=Callable[..., Any])

SOURCE_FOLDER = Path(__file__).parent
CACHES_KEPT = 4
IN_USE_SECONDS = 3600.0  # whoever began with a cache has read or written it by then
OUR_NAME = re.compile("[0-9a-f]{16}")
MARKER = "sameboat-cache.txt"  # only a folder that holds it is ever deleted
_settings: Any = numba.config
_njit: Any = numba.njit


def source_digest() -> str:
    """SHA-256 of every Python file under ``sim/``, with names, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for path in sorted(SOURCE_FOLDER.rglob("*.py")):
        digest.update(path.relative_to(SOURCE_FOLDER).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _homes() -> list[Path]:
    """Where the cache may be, best first: where the user chose, the user's cache, the temporary folder."""
    chosen = os.environ.get("SAMEBOAT_CACHE_DIR") or os.environ.get("NUMBA_CACHE_DIR")
    homes = [Path(chosen)] if chosen else []
    user = os.getuid() if hasattr(os, "getuid") else "user"
    with contextlib.suppress(RuntimeError):  # a user without HOME and without an entry in the list of users
        homes += [] if chosen else [Path.home() / ".cache" / "sameboat"]
    with contextlib.suppress(OSError):  # not even a temporary folder
        homes.append(Path(tempfile.gettempdir()) / f"sameboat-cache-{user}")
    return homes


def _cache_folder(homes: list[Path]) -> Path | None:
    """This source's own folder in the first of these that is ours to write to; None if none is."""
    for home in homes:
        try:
            folder = home / source_digest()[:16]
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if hasattr(os, "getuid") and not home.stat().st_uid == folder.stat().st_uid == os.getuid():
                continue  # compiled code is loaded from here: never from somebody else's folder
            (folder / MARKER).write_text(
                "Compiled code of Sameboat. It may be deleted at any time.\n", encoding="utf-8"
            )
            os.utime(folder)
        except (OSError, ValueError):
            continue
        return folder
    return None


def drop_old_caches(home: Path) -> None:
    """Delete what earlier sources have left in a folder; nothing else, and nothing that may be in use.

    A folder is ours if it has our kind of name and holds the marker that we put there. Of these the newest few stay,
    and whatever was begun with during the last hour. Others may do the same at the same time.
    """
    ours = []
    with contextlib.suppress(OSError):
        for path in home.iterdir():
            with contextlib.suppress(OSError):  # somebody else has just deleted it
                if OUR_NAME.fullmatch(path.name) and not path.is_symlink() and (path / MARKER).is_file():
                    ours.append((path.stat().st_mtime, path))
    for used, path in sorted(ours, reverse=True)[CACHES_KEPT:]:
        if time.time() - used > IN_USE_SECONDS:
            shutil.rmtree(path, ignore_errors=True)


def _choose_cache_folder() -> None:
    """Point Numba at this source's own cache folder; without one, everything is compiled anew each time."""
    folder = _cache_folder(_homes())
    _settings.CACHE_DIR = str(folder) if folder else ""
    if folder:
        drop_old_caches(folder.parent)


if not _settings.DISABLE_JIT:
    _choose_cache_folder()


_OPTIONS = {
    "nogil": True,  # many lives at once, on threads
    "error_model": "numpy",
    "fastmath": False,  # reordered sums would differ from plain Python in the last bits
    "no_cfunc_wrapper": True,
    "_nrt": False,  # rules allocate nothing; without reference counts they compile and run faster
}


class _PlainWhenCalledFromPython(CPUDispatcher):
    """A compiled function that other compiled functions call, and that Python runs as plain Python.

    So a rule can be stepped through, traced and tested line by line, and gives the same numbers.
    """

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.py_func(*args, **kwargs)


def compiled(function: Function) -> Function:
    """A rule or a helper: machine code inside an entry point, plain Python when called from Python."""
    if _settings.DISABLE_JIT:
        return function
    dispatcher = _njit(no_cpython_wrapper=True, **_OPTIONS)(function)
    dispatcher.__class__ = _PlainWhenCalledFromPython
    return dispatcher


def compiled_in_place(function: Function) -> Function:
    """As ``compiled``, but written out in each caller: for the innermost loops, and for what has one caller."""
    if _settings.DISABLE_JIT:
        return function
    dispatcher = _njit(no_cpython_wrapper=True, inline="always", **_OPTIONS)(function)
    dispatcher.__class__ = _PlainWhenCalledFromPython
    return dispatcher


def entry_point(function: Function) -> Function:
    """A function that Python calls to run compiled code; kept on disk with all that it calls."""
    return _njit(cache=bool(_settings.CACHE_DIR), **_OPTIONS)(function)


def compiled_if_possible(function: Function, arguments: tuple[Any, ...]) -> tuple[Function, str]:
    """A function from outside the package as machine code, or as it is if Numba cannot compile it.

    Args:
        function: plain Python; called from Python only.
        arguments: what it will be called with.

    Returns:
        The function to call, and why it is plain Python; empty if it is compiled. It is not kept on disk.
    """
    if _settings.DISABLE_JIT:
        return function, "the compiler is switched off"
    options = {name: value for name, value in _OPTIONS.items() if name in ("nogil", "error_model", "fastmath")}
    try:
        dispatcher = _njit(**options)(function)
        dispatcher.compile(tuple(map(numba.typeof, arguments)))
    except Exception as error:  # whatever Numba makes of code that it was not meant for
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        why = next((line for line in lines if not line.startswith("Failed in")), type(error).__name__)
        return function, why[:120]
    return dispatcher, ""


def compiled_already() -> bool:
    """Whether the compiled week is on disk, so that a life begins at once."""
    if _settings.DISABLE_JIT or not _settings.CACHE_DIR:  # without a cache, it never is
        return bool(_settings.DISABLE_JIT)
    return any(Path(_settings.CACHE_DIR).rglob("week.live-*.nbc"))
