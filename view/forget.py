"""Memory of lives that nobody looks at any more goes back to the machine.

A model of Mesa's refers to itself, so that Python finds only now and then that it is gone; and what Python frees, the
C library keeps for later. Over many Resets and tabs that comes to hundreds of megabytes.
"""

from __future__ import annotations

import ctypes
import gc
import sys
import threading

SECONDS_LATER = 5.0


def give_back() -> None:
    """Free what is gone, and hand it back where the C library can (on Linux)."""
    gc.collect()
    if sys.platform.startswith("linux"):
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def give_back_soon() -> threading.Thread:
    """The same a little later, when whoever asks for it is gone too; the thread that waits for it."""
    later = threading.Timer(SECONDS_LATER, give_back)
    later.daemon = True
    later.start()
    return later
