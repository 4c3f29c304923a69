# ruff: noqa: E501 - declarations of columns
"""Tables of ``patterns``: each column with its unit and meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from analysis.compare.estimate import NOTHING, together
from analysis.results.columns import Column, table_of, with_interval
from analysis.studies.patterns import groups, lines, people
from analysis.studies.patterns.lines import Head, Line
from analysis.studies.patterns.looks import GroupLife, Residents

PEOPLE = ("people", "people over all towns, each person once in a town")
YEAR = ("year", "year of age", "year of the group's age, the first being 1")
CORRELATIONS = Head(
    (("one", "name", "one measure, see measures"), ("other", "name", "the other measure, see measures")),
    ("correlation", "-1 to 1", "Pearson's correlation between residents, at the opening, without a group"), PEOPLE,
)  # fmt: skip
STABILITY = Head(
    (("state", "name", "a slow state, or what is counted over as long a time, up to a year; see measures"),
     ("weeks", "weeks", "between the two looks at the same people")),
    ("correlation", "-1 to 1", "Pearson's correlation of the same people's values, without a group"), PEOPLE,
)  # fmt: skip
CHANGES = Head(
    (("what", "words", "whose episodes, in which year"),),
    ("share", "share", "of the people named, without a group"), ("people", "people of whom it is a share"),
)  # fmt: skip
ENDING = Head(
    (YEAR, ("ended", "groups", "groups that ended in this year")),
    ("hazard", "share", "of groups open when the year begins, those that end in it; Wilson's interval"),
    ("groups", "groups open when the year begins"),
)  # fmt: skip
LASTING = Head(
    (("what", "words", "what it is a figure of"),),
    ("figure", "see unit", "years (Kaplan and Meier; infinite: more than half are still open), or a share of groups or of group-years (Wilson's interval)"),
    ("groups", "groups begun; of a hazard, groups open when each of the years begins, summed"),
)  # fmt: skip
REASONS = Head(
    (("reason", "words", "why groups ended; the model gives one reason, outside several answers count"),),
    ("share", "share", "of groups that ended; Wilson's interval"), ("groups", "groups that ended"),
)  # fmt: skip
YEARLY = Head(
    (("what", "words", "what goes on in open groups"), ("year", "words", "year of the group's age, the first being 1, or all years")),
    ("figure", "see unit", "mean over groups, each weighted by what it is divided by"), ("groups", "groups with anything to count"),
)  # fmt: skip
NEW = Head(
    (("what", "words", "what is counted"),),
    ("figure", "people a year", "people who come for the first time, founders left out"), ("group-years", "years of groups; of a difference, those of the rarer kind"),
)  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """All that is read off the towns."""

    correlations: list[Line]
    stability: list[Line]
    changes: list[Line]
    drift: list[people.Drift]
    ending: list[Line]
    survival: groups.Survival
    lasting: list[Line]
    reasons: list[Line]
    yearly: list[Line]
    new_people: list[Line]

    @property
    def lines(self) -> list[Line]:
        """Every line, in order."""
        moved = [one.change for one in self.drift if one.change is not None]
        return [*self.correlations, *self.stability, *self.changes, *moved, *self.ending, *self.lasting, *self.reasons,
                *self.yearly, *self.new_people]  # fmt: skip


def read_off(towns: Sequence[Residents], lives: Sequence[GroupLife]) -> Seen:
    """Read everything off towns without a group, and the groups of the same towns."""
    curve = groups.survival(lives)
    return Seen(
        people.correlations(towns), people.stability(towns), people.starting_and_stopping(towns), people.drift(towns),
        groups.ending(lives), curve, groups.lasting(lives, curve), groups.reasons(lives), groups.yearly(lives),
        groups.new_people(lives),
    )  # fmt: skip


def all_tables(seen: Seen) -> dict[str, pa.Table]:
    """Every table by name."""
    found = {
        "correlations": lines.table(seen.correlations, CORRELATIONS),
        "stability": lines.table(seen.stability, STABILITY),
        "starting_and_stopping": lines.table(seen.changes, CHANGES),
        "drift": _drift(seen.drift),
        "ending": lines.table(seen.ending, ENDING),
        "lasting": lines.table(seen.lasting, LASTING),
        "survival": _survival(seen.survival),
        "reasons": lines.table(seen.reasons, REASONS),
        "yearly": lines.table(seen.yearly, YEARLY),
        "new_people": lines.table(seen.new_people, NEW),
        "measures": table_of([
            Column("measure", "name", "what is correlated or looked at again", list(people.measures())),
            Column("meaning", "words", "what the measure is", list(people.measures().values())),
        ]),
        "outside": lines.outside_table(),
    }  # fmt: skip
    return {name: table for name, table in found.items() if table.num_rows}


def _drift(found: Sequence[people.Drift]) -> pa.Table:
    changes = together([one.change.found if one.change else NOTHING for one in found])
    return table_of([
        Column("state", "name", "a slow state, see measures", [one.state for one in found]),
        Column("week", "week from the opening", "when; the first is the beginning of everybody's life", np.array([one.week for one in found])),
        *with_interval("mean", "0-1", "mean over residents who live there until the last look, without a group", together([one.mean for one in found])),
        *with_interval("change", "a year", "change of the mean since the look before, a year (within less than a year, the whole of it)", changes),
        Column("moves", "yes/no", f"the mean has moved by more than {people.MOST_IN_A_YEAR:g} in a year since the look before", np.array([one.moves for one in found], bool)),
        Column("people", "people", "residents looked at", np.array([one.mean.runs for one in found])),
        Column("outside", "words", "what would be expected", [one.change.outside.says if one.change and one.change.outside else "" for one in found]),
        Column("lies", "words", "where the interval of the change lies: inside (it meets the range), below or above it", [one.change.word if one.change else "" for one in found]),
        Column("source", "words", "where that comes from", [one.change.outside.source if one.change and one.change.outside else "" for one in found]),
        Column("seen", "words", "how far the source was seen", [one.change.outside.seen if one.change and one.change.outside else "" for one in found]),
    ])  # fmt: skip


def _survival(curve: groups.Survival) -> pa.Table:
    return table_of([
        Column("years", "years", "since the opening", np.r_[0.0, curve.years]),
        Column("share", "share", "groups still open (Kaplan and Meier)", np.r_[1.0, curve.share]),
        Column("share_low", "share", "groups still open; lower end of the 95 % interval (log-log)", np.r_[1.0, curve.low]),
        Column("share_high", "share", "groups still open; upper end of the 95 % interval (log-log)", np.r_[1.0, curve.high]),
    ])  # fmt: skip
