"""Which code makes results: a digest of everything that can change a bit of them."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib import metadata
from pathlib import Path

from sim.compiler import source_digest

# Files under analysis/ that decide what stands in a chunk.
MAKES_ROWS = (
    "compare/arms.py", "compare/outcomes.py", "compare/paired.py", "compare/panel.py", "results/arrow.py",
    "results/columns.py", "studies/sweep/plan.py", "studies/sweep/rows.py", "studies/sweep/lives.py",
    "studies/sweep/own.py", "studies/sweep/reading.py", "words/prose.py",
)  # fmt: skip
PACKAGES = ("numpy", "numba", "pyarrow")


@cache
def code_digest() -> str:
    """SHA-256 over the model's sources, what makes rows of lives, and the packages that write bits."""
    here = Path(__file__).resolve().parents[2]
    digest = hashlib.sha256(source_digest().encode())
    for name in MAKES_ROWS:
        digest.update(name.encode())
        digest.update((here / name).read_bytes())
    digest.update(" ".join(versions()).encode())
    return digest.hexdigest()


def versions() -> list[str]:
    """Packages and processor on which the last bits may depend."""
    return [*(f"{name} {metadata.version(name)}" for name in PACKAGES), platform.machine()]
