"""Signs that a terminal or a picture's caption cannot hold, replaced by plain ones."""

from __future__ import annotations

import codecs
import sys

PLAIN = {"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{NARROW NO-BREAK SPACE}": " ", "\N{MULTIPLICATION SIGN}": "x"}
HANDLER = "sameboat-plain"


def plain(text: str) -> str:
    """Text in ASCII alone: a plain minus, "?" for what has no plain form."""
    return text.encode("ascii", HANDLER).decode("ascii")


def make_ready() -> None:
    """Let standard output and error take any text, whatever encoding the terminal has."""
    for stream in (sys.stdout, sys.stderr):
        if not hasattr(stream, "reconfigure"):  # replaced, as in tests and notebooks
            continue
        ascii_only = codecs.lookup(stream.encoding).name == "ascii"
        # Click takes ASCII for a mistake and would write UTF-8 to it all the same.
        stream.reconfigure(encoding="latin-1" if ascii_only else stream.encoding, errors=HANDLER)


def _replaced(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(PLAIN.get(letter, "?") for letter in error.object[error.start : error.end]), error.end


codecs.register_error(HANDLER, _replaced)
