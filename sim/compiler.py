"""How the rules are compiled: two decorators, one cache that can never be stale.

Every rule is ordinary Python that Numba turns into machine code. With the compiler switched off
(``NUMBA_DISABLE_JIT=1``) the same lines run as plain Python and give the same numbers.

Numba keeps compiled code on disk between processes, but it looks only at the file of the function
it was asked for: editing one rule would leave the compiled week that calls it out of date. The
cache folder is therefore named after the content of every source file under ``sim/``.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba
from numba.core.registry import CPUDispatcher

Function = TypeVar("Function", bound=Callable[..., Any])

SOURCE_FOLDER = Path(__file__).parent
CACHES_KEPT = 4
_settings: Any = numba.config
_njit: Any = numba.njit


def source_digest() -> str:
    """SHA-256 of every Python file under ``sim/``, with names, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for path in sorted(SOURCE_FOLDER.rglob("*.py")):
        digest.update(path.relative_to(SOURCE_FOLDER).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _writable_cache_home() -> Path:
    """The first of: what the user chose, the user's cache folder, the temporary folder."""
    chosen = os.environ.get("SAMEBOAT_CACHE_DIR")
    homes = [Path(chosen)] if chosen else [Path.home() / ".cache" / "sameboat"]
    user = os.getuid() if hasattr(os, "getuid") else "user"
    homes.append(Path(tempfile.gettempdir()) / f"sameboat-cache-{user}")
    for home in homes:
        try:
            home.mkdir(parents=True, exist_ok=True, mode=0o700)
            if hasattr(os, "getuid") and home.stat().st_uid != os.getuid():
                continue  # compiled code is loaded from here: never from somebody else's folder
            with tempfile.TemporaryFile(dir=home):
                return home
        except OSError:
            continue
    return Path(tempfile.mkdtemp(prefix="sameboat-cache-"))


def _choose_cache_folder() -> None:
    """Point Numba at this source's own cache folder and drop all but the newest few others."""
    home = _writable_cache_home()
    folder = home / source_digest()[:16]
    folder.mkdir(exist_ok=True)
    os.utime(folder)
    newest_first = sorted((p for p in home.iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in newest_first[CACHES_KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
    _settings.CACHE_DIR = str(folder)


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
    return _njit(cache=True, **_OPTIONS)(function)


def compiled_already() -> bool:
    """Whether the compiled week is on disk, so that a life begins at once."""
    return bool(_settings.DISABLE_JIT) or any(Path(_settings.CACHE_DIR).rglob("week.live-*.nbc"))
