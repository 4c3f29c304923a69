"""``verify``: whether this machine gives the same bits as those that come with Sameboat."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from importlib.metadata import version
from typing import Any

import click

from analysis.cli.help import Command
from sim.reproduce import kept, made_here, partings

PLAIN = "import json; from sim.reproduce import made_here; print(json.dumps(made_here(short_only=True)))"


@click.command(cls=Command, examples=("verify",))
def command() -> int:
    """Say whether this machine reproduces our results to the last bit; nothing is written.

    A few short lives and the mathematical functions are held against digests that come with Sameboat, with the compiler
    and without. The exit status is 1 if anything differs; then it is said which state parted first, and by which week.
    """
    click.echo(
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, "
        f"Numba {version('numba')}, NumPy {version('numpy')}"
    )
    ours = kept()
    parted = _told("", partings(ours, made_here()))
    parted += _told("without the compiler, ", partings(ours, _made_plainly()))
    if parted:
        click.echo(f"This machine does not reproduce ours: {parted} parted.")
        return 1
    click.echo("This machine reproduces ours: every bit is the same, with the compiler and without.")
    return 0


def _told(how: str, found: dict[str, str]) -> int:
    for name, parting in found.items():
        click.echo(f"  {how}{name}: {parting or 'the same bits'}")
    return sum(bool(parting) for parting in found.values())


def _made_plainly() -> dict[str, Any]:
    """The short cases from a process in which nothing is compiled."""
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run([sys.executable, "-c", PLAIN], env=environment, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found
