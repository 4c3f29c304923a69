"""Sameboat's command line, called as a person would, for the tests of it."""

from __future__ import annotations

import contextlib
import io
import signal

import pytest

from analysis.cli.main import main
from tests.builders import SCENARIOS

GROUP_A = str(SCENARIOS / "groupA.yaml")
ABSENT = str(SCENARIOS / "absent.yaml")
SETTINGS = ("--set", "people.residents=12", "--set", "run.lead_in_weeks=4")
SMALL = ("--weeks", "30", *SETTINGS)


class Said:
    """What a command printed, and its exit status."""

    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    @property
    def problem(self):
        """The one line on standard error of a command that was given something wrong."""
        assert self.status == 2, (self.status, self.err)
        assert self.err.count("\n") == 1, self.err
        assert self.err.startswith("Error: ")
        assert "Traceback" not in self.err
        assert len(self.err) < 800
        return self.err.removeprefix("Error: ").rstrip("\n")


def sameboat(*arguments):
    """Run the command line in this process."""
    out, err, before = io.StringIO(), io.StringIO(), signal.getsignal(signal.SIGTERM)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
    finally:
        signal.signal(signal.SIGTERM, before)
    return Said(left.value.code, out.getvalue(), err.getvalue())
