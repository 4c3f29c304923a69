"""The panels of the page, one file each: functions that draw what a panel shows, as text.

A panel draws from a ``view.snapshot.Snapshot`` alone, so that it can be tested without a browser, and so that it is
of one week whatever is lived meanwhile. To add one: a file here, and a line in ``view.app.Panels``, where it is drawn
by ``drawn``: an error in it stays inside it.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from view.snapshot import Snapshot
from view.svg import words

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
LONGEST_ERROR = 160


def drawn(
    draw: Callable[Concatenate[Snapshot, Arguments], str], snapshot: Snapshot,
    *args: Arguments.args, **options: Arguments.kwargs,
) -> str:  # fmt: skip
    """What a panel draws, as HTML; if it cannot, that in words. See ``attempted``."""
    picture, problem = attempted(draw, snapshot, *args, **options)
    return problem if picture is None else picture


def attempted(
    work: Callable[Concatenate[Snapshot, Arguments], Result], snapshot: Snapshot,
    *args: Arguments.args, **options: Arguments.kwargs,
) -> tuple[Result | None, str]:  # fmt: skip
    """Work for a panel that harms nothing else if it fails: whoever started the page sees the error in the terminal.

    Args:
        work: a function of a panel.
        snapshot: what is shown, its first argument.
        args: its others.
        options: its others, by name.

    Returns:
        What it gives, and nothing; or None, and in words, as HTML, what went wrong in which week.
    """
    try:
        return work(snapshot, *args, **options), ""
    except Exception as error:
        traceback.print_exc()
        when = f"for week {snapshot.shown - 1}" if snapshot.shown else "before the opening"
        return None, answer(f"This part could not be drawn {when} ({said(error)}). The rest of the page goes on, and "
                            "this part is drawn again with the next week.")  # fmt: skip


def said(error: BaseException) -> str:
    """An error on one line, not too long."""
    text = " ".join(f"{type(error).__name__}: {error}".split()).rstrip(": ")
    return text if len(text) <= LONGEST_ERROR else text[: LONGEST_ERROR - 4] + " ..."


def answer(problem: Any) -> str:
    """What is wrong, as HTML, in the place where it is wrong."""
    return f'<p class="sb-wrong" role="alert">{words(problem)}</p>' if problem else ""
