"""What every column is, and what it is called in programs that are strict about names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from analysis.results.loading import Column

Book = Mapping[str, list[Column]]  # the columns of each table
HEADINGS = ("table", "column", "name in SPSS", "name in Stata", "kind", "unit", "meaning", "values")
YES_NO = {0: "no", 1: "yes"}
NO_UNIT = ("", "words", "name", "id", "number", "yes/no", "date")  # of which a label says nothing


class Rules(NamedTuple):
    """What a program takes as a name.

    Attributes:
        longest: letters.
        other: what may not stand in a name, as a regular expression.
        reserved: words that are no names, in small letters, as a regular expression.
    """

    longest: int
    other: str
    reserved: str


SPSS = Rules(64, r"[^A-Za-z0-9_.]+", "all|and|by|eq|ge|gt|le|lt|ne|not|or|to|with")
STATA = Rules(
    32, r"[^A-Za-z0-9_]+", r"_all|_b|byte|_coef|_cons|double|float|if|in|int|long|_n|_pi|_pred|_rc|_skip|str\d+|strl|"
    "using|with|alias",
)  # fmt: skip


def names_for(rules: Rules, names: Iterable[str]) -> list[str]:
    """Names that a program accepts: they begin with a letter, and differ in more than capitals."""
    found: list[str] = []
    used: set[str] = set()
    for name in names:
        plain = re.sub(rules.other, "_", name).strip("._") or "column"
        if not plain[0].isalpha() or re.fullmatch(rules.reserved, plain.lower()):
            plain = f"v_{plain}"
        plain = plain[: rules.longest].rstrip("._")
        one, k = plain, 1
        while one.lower() in used:
            k += 1
            one = f"{plain[: rules.longest - 1 - len(str(k))]}_{k}"
        used.add(one.lower())
        found.append(one)
    return found


def codes(column: Column) -> dict[int, str]:
    """What the numbers mean that stand for a column's words; empty if it has none."""
    return YES_NO if column.kind == "yes/no" else dict(enumerate(column.values, start=1))


def label(column: Column, most: int) -> str:
    """Meaning and unit, in at most ``most`` bytes."""
    words = column.meaning or column.name
    return cut(words if column.unit in NO_UNIT else f"{words} [{column.unit}]", most)


def cut(text: str, most: int) -> str:
    """Text in at most ``most`` bytes, with "..." where it was cut."""
    plain = text.encode()
    return text if len(plain) <= most else plain[: most - 3].decode(errors="ignore") + "..."


def codebook(book: Book) -> list[tuple[str, ...]]:
    """A row for each column, as HEADINGS."""
    rows: list[tuple[str, ...]] = []
    for table, columns in book.items():
        own = [column.name for column in columns]
        for column, in_spss, in_stata in zip(columns, names_for(SPSS, own), names_for(STATA, own), strict=True):
            values = "; ".join(f"{code} = {word}" for code, word in codes(column).items())
            rows.append((table, column.name, in_spss, in_stata, column.kind, column.unit, column.meaning, values))
    return rows
