"""What a study can ask about, and how each answer is worked out from a life."""

from __future__ import annotations

from typing import NamedTuple

from analysis.compare.outcomes import DAYS_IN_YEAR, OUTCOME
from sim.relations import DAYS_IN_WEEK


class Measure(NamedTuple):
    """One thing that people can be asked about.

    Attributes:
        label, unit: for tables and figures.
        better: -1 where less is meant to be better, 1 where more is, 0 where neither.
        state: the state that is looked at on the day; empty for what is counted.
        top: for what is counted, the total that grows; per: by what it is multiplied for each day lived.
    """

    label: str
    unit: str
    better: int
    state: str = ""
    top: str = ""
    per: float = 1.0

    @property
    def counted(self) -> bool:
        """Whether it is counted over a time that people are asked to look back on."""
        return not self.state


def _of(name: str) -> Measure:
    """A measure that comparisons have too."""
    known = OUTCOME[name]
    unit = known.unit.removesuffix(", mean of the year")
    return Measure(known.label, unit, known.better, known.state, "".join(known.top), known.per)


MEASURES: dict[str, Measure] = {
    **{name: _of(name) for name in ("isolation", "stigma", "understanding", "coping", "distress", "hard_days",
                                    "episodes", "told_outside")},
    "difference": Measure("perceived difference", "0-1", -1, "difference"),
    "assured": Measure("anticipated support", "0-1", 1, "assured"),
    "guilt": Measure("guilt", "0-1", -1, "guilt"),
    "services": Measure("contacts with services", "a year", 0, top="services_contacts", per=DAYS_IN_YEAR),
    "hard_days_through": Measure("hard days got through", "a week", 1, top="hard_days_through", per=DAYS_IN_WEEK),
}  # fmt: skip
# What is remembered of a life for any study, beside what it asks about.
TOTALS = ("days_lived", *dict.fromkeys(m.top for m in MEASURES.values() if m.counted))
STATES = tuple(m.state for m in MEASURES.values() if m.state)
