"""The part of a report that says what holds over plausible space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from analysis.figures.style import style
from analysis.report.page import environment
from analysis.report.svg import embedded
from analysis.studies.over_space.words import MEANT, TITLE, heading, off_centre_said
from analysis.words.numbers import with_minus
from analysis.words.prose import capital

if TYPE_CHECKING:
    from analysis.studies.over_space.findings import OverSpace


def section_of(space: OverSpace) -> Markup:
    """Heading, words, figure and table, as HTML."""
    with style():
        drawn = [embedded(drawing, space.caption_of(name), name) for name, drawing in space.figures()]
    said = [" ".join(with_minus(one).split()) for one in (*off_centre_said(space), *space.in_short())]
    plans = [
        {"account": account, "draws": space.plausible.draws, "names": plan.names, "file": plan.file.rpartition("/")[2],
         "sha256": plan.sha256[:16], "made": plan.made, "whole": space.whole(account)}
        for account, plan in space.plausible.plans.items()
    ]  # fmt: skip
    tables = [
        {"title": title, "headings": [capital(one) for one in headings],
         "rows": [[with_minus(cell) for cell in row] for row in rows]}
        for title, headings, rows in (*space.shown_too(), ("In numbers", *space.shown()))
    ]  # fmt: skip
    template = environment().get_template("plausible.html")
    return Markup(
        template.render(
            heading=heading(space),
            said=said,
            drawn=drawn,
            plans=plans,
            meant=MEANT,
            title=TITLE,
            tables=tables,
            files=[f"{name}.csv" for name in space.tables()],
        )
    )
