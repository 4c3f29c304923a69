"""What can go wrong that the person at the keyboard can mend."""

from __future__ import annotations

import re

MOST_CHARACTERS = 360  # three lines of a wide terminal
LONGEST_WORD = 160  # of a path that long the end says more than the middle
CUT = " ... "


class Problem(Exception):  # noqa: N818  (it is shown to people, and reads better so)
    """Something is wrong, said in one line: what, where, and how to mend it. Exit status 2.

    Args:
        message: what to say. Whatever it quotes, it is made one line of printable text, not too long.
    """

    def __init__(self, message: object = "") -> None:
        super().__init__(one_line(str(message)))


def one_line(text: str) -> str:
    """Printable text of one line and at most ``MOST_CHARACTERS``, whatever a file or an argument contained.

    Line breaks become spaces; what a terminal would obey or cannot show is written as its code. What is too long is
    cut in the middle: the place stands at the beginning, how to mend it at the end.
    """
    flat = re.sub(r"[^\S ]\s*", " ", text)
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in flat).strip()
    words = (_cut(word, LONGEST_WORD, LONGEST_WORD // 2, "...") for word in shown.split(" "))
    return _cut(" ".join(words), MOST_CHARACTERS, MOST_CHARACTERS * 2 // 3, CUT)


def _cut(text: str, most: int, head: int, between: str) -> str:
    """The beginning and the end of a text that is too long."""
    if len(text) <= most:
        return text
    return text[:head] + between + text[len(text) - (most - head - len(between)) :]
