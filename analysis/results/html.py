"""Results as a notebook shows them: each table with its columns, their units and meanings."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from sim.problem import Problem

if TYPE_CHECKING:
    from analysis.results.loading import Results

LEFT = ' style="text-align: left"'


def as_html(results: Results) -> str:
    """All tables, folded; everything that comes from files is escaped."""
    return f"<p>Results in <code>{escape(str(results.folder))}</code></p>" + "".join(
        f"<details><summary><b>{escape(name)}</b>: {_size(results, name)}</summary>{_columns(results, name)}</details>"
        for name in results
    )


def _size(results: Results, name: str) -> str:
    try:
        count = len(results.schema(name))
    except Problem:
        return "cannot be read"
    return f"{results.size(name)}, {count} column{'' if count == 1 else 's'}"


def _columns(results: Results, name: str) -> str:
    from analysis.results.loading import said  # noqa: PLC0415  (it imports this module)

    try:
        schema = results.schema(name)
    except Problem as problem:
        return f"<p>{escape(str(problem))}</p>"
    rows = "".join(
        "<tr>" + "".join(f"<td{LEFT}>{escape(cell)}</td>" for cell in (field.name, *said(field))) + "</tr>"
        for field in schema
    )
    heads = "".join(f"<th{LEFT}>{word}</th>" for word in ("column", "unit", "meaning"))
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
