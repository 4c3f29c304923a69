"""What a result was made with: versions, machine, state of the source."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib import metadata
from pathlib import Path

import sim

PACKAGES = ("sameboat", "numpy", "numba", "llvmlite", "scipy", "pyarrow", "mesa")
GIT_SECONDS = 5


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that a result may depend on ("absent" if not installed)."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[package] = "absent"
    return found


def machine() -> str:
    """Operating system and processor, in one line; no name of the computer."""
    return f"{platform.system()} {platform.release()}, {platform.machine()}"


def git_state() -> tuple[str | None, bool | None]:
    """Commit of the source and whether it was changed since; (None, None) outside a checkout."""
    folder = Path(sim.__file__).resolve().parent
    # An installed copy may lie inside somebody else's checkout: only a tracked file counts.
    if _git(folder, "ls-files", "--error-unmatch", "week.py") is None:
        return None, None
    commit = _git(folder, "rev-parse", "HEAD")
    changed = _git(folder, "status", "--porcelain", "--", str(folder), str(folder.parent / "analysis"))
    return commit, None if changed is None else bool(changed)


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            text=True,
            timeout=GIT_SECONDS,
            check=True,
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"},  # only look, write nothing
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
