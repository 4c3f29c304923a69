"""The tables of docs/why/evidence.md: every outside figure. ``python -m docs.renew`` writes them."""

from __future__ import annotations

from pathlib import Path

from analysis.evidence.table import CALIBRATE, HELD_OUT, SEEN, USE, Evidence, evidence
from docs.make_tables import table

PAGE = Path(__file__).parent / "why" / "evidence.md"
START, END = "<!-- table: evidence -->", "<!-- end: evidence -->"
HEADINGS = {CALIBRATE: "Used to calibrate", HELD_OUT: "Held out"}


def figures() -> str:
    """A table for each use, with what the use is."""
    parts = []
    for use, said in USE.items():
        some = [one for one in evidence() if one.use == use]
        rows = [[one.figure, one.says, _range(one), _may_be_off(one), _source(one), _study(one)] for one in some]
        heads = (
            "figure",
            "as the source has it",
            "on the study's scale",
            "may be off by",
            "source, how far seen",
            "virtual study",
        )
        parts.append(f"### {HEADINGS.get(use, 'Only shown')}\n\n{said[0].upper()}{said[1:]}.\n\n{table(heads, rows)}")
    return "\n\n".join(parts)


def _range(one: Evidence) -> str:
    """The figure in numbers."""
    scale = " standard deviations" if one.scale == "sd" else ""
    numbers = {
        "about": f"{one.low:g}" if one.low is not None else "",
        "between": f"{one.low} and {one.high}",
        "at least": f"{one.low}",
        "at most": f"{one.high}",
    }
    return f"{one.kind} {numbers[one.kind]}{scale}" if one.kind else "no number"


def _may_be_off(one: Evidence) -> str:
    """Its own error and the discrepancy, each with where it comes from."""
    parts = []
    if one.sd:
        parts.append(f"itself {one.sd:g} ({one.sd_from})")
    if one.discrepancy:
        parts.append(
            f"the model {one.discrepancy:g} (a judgement: {one.why})" if one.why else f"the model {one.discrepancy:g}"
        )
    return "; ".join(parts) or "-"


def _source(one: Evidence) -> str:
    note = f" {one.note[0].upper()}{one.note[1:]}." if one.note else ""
    return f"{one.source} ({SEEN[one.seen]}).{note}"


def _study(one: Evidence) -> str:
    return f"[{one.study.removesuffix('.yaml')}](../../scenarios/studies/{one.study})" if one.study else "none"


def renewed(text: str) -> str:
    """The page with its tables made anew.

    Raises:
        ValueError: if the two comments are not there exactly once.
    """
    if text.count(START) != 1 or text.count(END) != 1:
        raise ValueError(f"{PAGE.name}: expected {START} and {END} once each; put them back around the tables")
    before, rest = text.split(START)
    _, after = rest.split(END)
    return f"{before}{START}\n\n{figures()}\n\n{END}{after}"
