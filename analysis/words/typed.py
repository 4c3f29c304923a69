"""The command as the user typed it, for help and messages."""

from __future__ import annotations

import sys
from pathlib import Path


def typed() -> str:
    """What was typed: "python run.py" for whoever runs it in a checkout, "sameboat" for whoever has it installed."""
    return "python run.py" if Path(sys.argv[0]).name == "run.py" else "sameboat"
