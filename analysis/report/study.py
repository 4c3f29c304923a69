"""The report of any study: what was asked, in short, sections of sentences, figures and tables, what was assumed.

A study's own ``report.py`` says only which sentences, figures and tables belong together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from analysis.compare.arms import Arm
from analysis.figures.style import style
from analysis.report.page import parameter_facts, render, study_facts
from analysis.report.svg import embedded
from analysis.studies.frame import Findings
from analysis.words.numbers import DASH, count, figures, setting
from analysis.words.prose import capital

OPEN_ROWS, MOST_ROWS = 12, 150  # a longer table is folded, and one longer still only linked to
NO_UNITS = ("words", "name", "number")  # which say nothing to a reader
LONG = 24  # characters of words that need room in a column
ENDS = ("_low", "_high")  # of the intervals of a column, shown in its cells


@dataclass(frozen=True)
class Section:
    """A part of a report.

    Attributes:
        heading: of it; what is linked to is made of it.
        sentences: a paragraph each.
        figures: captions by the name of a figure, or by what its name begins with up to "-".
        tables: names of tables.
    """

    heading: str
    sentences: Sequence[str] = ()
    figures: Mapping[str, str] = field(default_factory=dict)
    tables: Sequence[str] = ()


def study_report(
    found: Findings, title: str, subtitle: str, in_short: Sequence[str], sections: Sequence[Section],
    asked: Sequence[str] = (), lived: str = "", arms: Sequence[Arm] | None = None,
) -> str:  # fmt: skip
    """The report of a study, as the text of an HTML file.

    Args:
        found: what it found.
        title: heading of the page.
        subtitle: the line below it.
        in_short: sentences on what was found.
        sections: the parts, in order; every figure must be in one of them.
        asked: what was asked, beside the arms.
        lived: which runs and seeds, where it is not the same seeds in every arm.
        arms: those whose parameters are shown, if not all.

    Raises:
        ValueError: if a figure is in no section.
    """
    with style():
        drawings = dict(found.figures())
        shown = [_shown(section, found, drawings) for section in sections]
    left = {name for name in drawings if not any(_stem(name) in section.figures for section in sections)}
    if left:
        raise ValueError(f"figures in no section of the report: {', '.join(sorted(left))}")
    arms = list(found.study.arms if arms is None else arms)
    facts = study_facts(found)
    return render(
        "study.html",
        title,
        subtitle=subtitle,
        asked=asked,
        in_short=[_one_line(sentence) for sentence in in_short],
        sections=shown,
        arms=arms,
        parameters=parameter_facts(arms) if arms else None,
        study=facts | ({"lived": lived} if lived else {}),
    )


def _shown(section: Section, found: Findings, drawings: Mapping[str, Any]) -> dict[str, Any]:
    """A section as the template wants it."""
    return {
        "id": "-".join(word for word in section.heading.lower().split() if word.isalnum()),
        "heading": section.heading,
        "sentences": [_one_line(sentence) for sentence in section.sentences],
        "figures": [
            embedded(drawing, section.figures[_stem(name)], name)
            for name, drawing in drawings.items() if _stem(name) in section.figures
        ],
        "tables": [_table(name, found) for name in section.tables if name in found.tables],
    }  # fmt: skip


def _stem(name: str) -> str:
    return name.partition("-")[0]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _table(name: str, found: Findings) -> dict[str, Any]:
    """A table as headings, rows of words, and what its columns mean; no rows if there are too many."""
    table = found.tables[name]
    names = table.column_names
    columns = [name for name in names if not (name.endswith(ENDS) and name.rpartition("_")[0] in names)]
    fields = {field.name: field for field in table.schema}
    rows = table.to_pylist() if table.num_rows <= MOST_ROWS else []
    cells = [[_cell(row, column) for column in columns] for row in rows]
    return {
        "title": capital(name.replace("_", " ")),
        "file": f"{name}.{'parquet' if name in found.study.large else 'csv'}",
        "rows": cells,
        "count": count(table.num_rows),
        "open": table.num_rows <= OPEN_ROWS,
        "brackets": _brackets(fields),
        "columns": [
            {"name": capital(column.replace("_", " ")), "unit": _unit(fields[column]),
             "meaning": capital(_said(fields[column], "meaning")), "number": _is_number(fields[column]),
             "long": any(len(row[k]) > LONG for row in cells)}
            for k, column in enumerate(columns)
        ],
    }  # fmt: skip


def _brackets(fields: Mapping[str, pa.Field]) -> str:
    """What stands in brackets in the cells, if any do: 95 % intervals, unless the table says something else."""
    ends = [[fields[name + end] for end in ENDS] for name in fields if all(name + end in fields for end in ENDS)]
    if not ends:
        return ""
    others = [pair for pair in ends if not any("95 %" in _said(one, "meaning") for one in pair)]
    if not others or len(others) < len(ends):
        return "In brackets: 95 % intervals."
    low, high = (_said(one, "meaning") for one in others[0])
    return f"In brackets: {low}, and {high}."


def _unit(column: pa.Field) -> str:
    unit = _said(column, "unit")
    return "" if unit in NO_UNITS else unit


def _said(column: pa.Field, what: str) -> str:
    return column.metadata[what.encode()].decode()


def _is_number(column: pa.Field) -> bool:
    return pa.types.is_floating(column.type) or pa.types.is_integer(column.type)


def _cell(row: Mapping[str, Any], column: str) -> str:
    """A value, with the ends of its interval where the table has them."""
    low, high = (row.get(f"{column}{end}") for end in ENDS)
    if low is None or high is None:
        return _value(row[column])
    return f"{_value(row[column])} ({_value(low)} to {_value(high)})"


def _value(value: Any) -> str:
    if value is None or value != value:  # noqa: PLR0124 - NaN is what is not itself
        return DASH
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        shown = "infinite" if value in (float("inf"), float("-inf")) else figures(value, 3)
        return shown.rstrip("0").rstrip(".") if "." in shown and "e" not in shown else shown
    return setting(value) if isinstance(value, bool) else count(value)
