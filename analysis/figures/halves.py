"""Two halves of a job at once, where a second core can be had without starting Python again.

Drawing takes longer than all the rest of a run. On Linux a forked copy of the process draws every
second figure; elsewhere, or if that copy fails in any way, this process draws them all.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import warnings
from collections.abc import Callable, Sequence

from sim.ensemble import available_cores

LONGEST_WAIT_SECONDS = 120.0
PAUSE_SECONDS = 0.005


def do_all(names: Sequence[str], do: Callable[[str], None]) -> None:
    """Call ``do`` for every name, half of them in a copy of this process.

    Args:
        names: what is to be done.
        do: does one; it must change nothing but files.

    Raises:
        Exception: whatever ``do`` raises.
    """
    child = _fork() if available_cores() > 1 and len(names) > 1 else None
    if child == 0:
        _be_the_child(names[1::2], do)
    if child is None:
        for name in names:
            do(name)
        return
    status = None  # of the copy; None while it runs
    try:
        for name in names[::2]:
            do(name)
        status = _status_of(child)
    finally:
        if status is None:
            _end(child)
    if status != 0:
        for name in names[1::2]:
            do(name)


def _fork() -> int | None:
    """Like ``os.fork``; None where that is not safe or not possible."""
    if sys.platform != "linux":
        return None
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        with warnings.catch_warnings():
            # Python warns of threads that might hold a lock; ours are idle, and a copy that hangs is ended.
            warnings.simplefilter("ignore", DeprecationWarning)
            return os.fork()
    except OSError:
        return None


def _be_the_child(names: Sequence[str], do: Callable[[str], None]) -> None:
    """Do the names and leave at once, without the parent's cleaning up."""
    status = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        for name in names:
            do(name)
        status = 0
    finally:
        os._exit(status)


def _status_of(child: int) -> int | None:
    """Wait for the copy; None if it takes far too long."""
    until = time.monotonic() + LONGEST_WAIT_SECONDS
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status
        time.sleep(PAUSE_SECONDS)
    return None


def _end(child: int) -> None:
    """End the copy and wait until it is gone, so that it writes nothing any more."""
    try:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    except (ProcessLookupError, ChildProcessError):
        return
