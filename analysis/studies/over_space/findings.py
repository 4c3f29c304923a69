"""What a study says all over plausible space: tables, words, a figure, and a part of its report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import pyarrow as pa
from markupsafe import Markup

from analysis.plausible.plan import Plausible
from analysis.plausible.spread import Spread

if TYPE_CHECKING:
    from analysis.figures.style import Drawing


@dataclass
class OverSpace:
    """Figures of a study over plausible space.

    Attributes:
        plausible: what was lived; ``finished`` draws of it.
        spreads: a figure each.
        runs: how many the centre rests on.
        caption: what stands below its figure.
    """

    caption: ClassVar[str] = "The centre with its 95 % interval beside what plausible space holds."

    plausible: Plausible
    spreads: Sequence[Spread]
    runs: int

    def whole(self, account: str) -> bool:
        """Whether the draws are all that the account's space holds."""
        plan = self.plausible.plans[account]
        return plan.whole and self.plausible.draws == plan.draws

    def tables(self) -> dict[str, pa.Table]:
        """All tables by name."""
        from analysis.studies.over_space import tables  # noqa: PLC0415 - it looks at what was found

        return {
            "plausible": tables.figures_table(self),
            "plausible_draws": tables.draws_table(self),
            "plausible_points": tables.points_table(self),
        }

    def summary(self) -> str:
        """In plain words and a small table."""
        from analysis.studies.over_space.words import space_summary  # noqa: PLC0415 - as above

        return space_summary(self)

    def in_short(self) -> list[str]:
        """A sentence or two each."""
        from analysis.studies.over_space.words import in_short  # noqa: PLC0415 - as above

        return in_short(self)

    def figures(self) -> Iterator[tuple[str, Drawing]]:
        """One panel for each unit."""
        from analysis.studies.over_space.figures import draw_spreads  # noqa: PLC0415 - Matplotlib is slow to import

        if self.spreads:
            yield "plausible", draw_spreads(self)

    def caption_of(self, name: str) -> str:
        """What stands below one of its figures."""
        return self.caption

    def section(self) -> Markup:
        """The part of the report."""
        from analysis.studies.over_space.section import section_of  # noqa: PLC0415 - Matplotlib is slow to import

        return section_of(self)

    def shown(self) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
        """Headings and rows of the table that is shown."""
        from analysis.studies.over_space.words import HEADINGS, rows_of  # noqa: PLC0415 - as above

        return HEADINGS, rows_of(self)

    def shown_too(self) -> Sequence[tuple[str, Sequence[str], Sequence[Sequence[str]]]]:
        """Other tables that are shown: title, headings and rows of each."""
        return []
