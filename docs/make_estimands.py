"""The table of docs/why/estimands.md: what each claim of the paper asks. ``python -m docs.renew`` writes it."""

from __future__ import annotations

from pathlib import Path

from analysis.studies.claims.estimands import BESIDE, DECIDES, INTRODUCTION, rows_of, together
from analysis.studies.claims.index import CLAIMS
from docs.make_tables import table

PAGE = Path(__file__).parent / "why" / "estimands.md"
START, END = "<!-- table: estimands -->", "<!-- end: estimands -->"


def estimands() -> str:
    """What decides, of explored claims all that is shown, in as few rows as say it."""
    rows = [row for row in rows_of([*CLAIMS.values()]) if row.role != BESIDE or row.claim.kind == "explored"]
    heads = ("claim", "outcome", "must be", "when", "of whom", "contrast", "leaving, closing, moving", "summary")
    cells = [
        [
            row.claim.id + (f" ({row.role})" if row.role != DECIDES else ""), row.asked.outcome, row.wanted,
            row.asked.time, row.who, row.asked.contrast, row.events, row.asked.summary,
        ]
        for row in together(rows)
    ]  # fmt: skip
    return f"{INTRODUCTION}\n\n{table(heads, cells)}"


def renewed(text: str) -> str:
    """The page with its table made anew.

    Raises:
        ValueError: if the table's two comments are not there exactly once.
    """
    if text.count(START) != 1 or text.count(END) != 1:
        raise ValueError(f"{PAGE.name}: expected {START} and {END} once each; put them back around the table")
    before, rest = text.split(START)
    _, after = rest.split(END)
    return f"{before}{START}\n\n{estimands()}\n\n{END}{after}"
