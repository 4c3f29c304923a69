"""One run: a scenario lived from beginning to end, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import pyarrow as pa

from analysis.compare.arms import Arm
from analysis.results.record import printable
from analysis.studies.frame import Findings, Progress, Study
from analysis.studies.run.contacts import Contacts
from analysis.studies.run.spaced import every_so_many
from analysis.studies.run.tables import (
    TABLES,
    people_table,
    story_table,
    tie_weeks,
    ties_table,
    traits_table,
    weeks_table,
)
from sim.life import Life
from sim.mistakes import shown
from sim.problem import Problem
from sim.relations import WEEKS_IN_YEAR
from sim.scenario import Scenario

if TYPE_CHECKING:
    from analysis.figures.style import Drawing


class RunStudy(Study):
    """One arm, lived once; settings: ``every`` so many weeks a row of people, ``contacts`` if that table is wanted."""

    kind: ClassVar[str] = "run"
    most_arms: ClassVar[int] = 1
    large: ClassVar[frozenset[str]] = frozenset({*TABLES, "contacts"})
    progress_of: ClassVar[str] = "week"

    @classmethod
    def of(cls, scenario: Scenario, every: int = 1, contacts: bool = False) -> RunStudy:
        """The run of a scenario; its seed and number of weeks are parameters like all others.

        Args:
            scenario: what is lived.
            every: a row of the table of people stands for so many weeks.
            contacts: whether to make a table of who was in touch with whom.
        """
        asked = ({"every": every} if every != 1 else {}) | ({"contacts": True} if contacts else {})
        return cls([Arm.of(scenario)], scenario.values["run.seed"], 1, asked)

    def live(self, threads: int | None = None, progress: Progress | None = None) -> Run:
        """Live it to its end.

        Args:
            threads: makes no difference to one life.
            progress: called with (weeks lived, weeks in all), about once a year.

        Returns:
            The run. The same scenario and source give the same tables, bit for bit.
        """
        every, with_contacts = self._asked()
        values = {**self.arms[0].values, "run.seed": self.first_seed}
        life = Life(values, history_every=1, keep_contacts=with_contacts)
        contacts = Contacts(life) if with_contacts else None
        tell = progress or (lambda done, total: None)
        tell(0, life.total_weeks)
        keep = tie_weeks(life.total_weeks)
        years = range(WEEKS_IN_YEAR, life.total_weeks, WEEKS_IN_YEAR)
        kept = []
        # In pieces, because ties and contacts are not in the history: they are copied at the chosen weeks.
        for stop in sorted({*keep, *years}):
            while life.week < stop:
                life.live(1 if contacts else stop - life.week)
                if contacts:
                    contacts.take()
            if stop in keep:
                kept.append((stop, life.world.ties.copy()))
            tell(life.week, life.total_weeks)
        people = people_table(life)
        tables = {
            "weeks": weeks_table(life),
            "people": people if every == 1 else every_so_many(people, every),
            "traits": traits_table(life),
            "story": story_table(life),
            "ties": ties_table(life, kept),
        }
        if contacts is not None:
            tables["contacts"] = contacts.table()
        return Run(self, tables, people, life.digest(), life.field_digests())

    def _asked(self) -> tuple[int, bool]:
        """The settings, which may come from a record that somebody edited.

        Raises:
            Problem: if one is not what it should be.
        """
        every, contacts = self.settings.get("every", 1), self.settings.get("contacts", False)
        if type(every) is not int or every < 1:
            raise Problem(f"run: every: found {shown(every)}, expected a whole number of weeks, 1 or more")
        if type(contacts) is not bool:
            raise Problem(f"run: contacts: found {shown(contacts)}, expected true or false")
        return every, contacts


STUDY = RunStudy


@dataclass(frozen=True)
class Run(Findings):
    """A finished run.

    Attributes:
        study: what was run.
        tables: weeks, people, traits, story, ties (see ``analysis.studies.run.tables``), and contacts if asked for.
        people: the table of people with a row a week, whatever is written: figures and summary look at every week.
        digest, states: of all that changed, and of each state; see ``sim.life.Life.digest``.
    """

    study: RunStudy
    tables: dict[str, pa.Table]
    people: pa.Table
    digest: str
    states: dict[str, str]
    finished: int = 1

    @property
    def values(self) -> dict[str, Any]:
        """Every parameter by dotted name."""
        return self.study.arms[0].values

    @property
    def seed(self) -> int:
        """The seed that was lived."""
        return self.study.first_seed

    @property
    def weeks(self) -> int:
        """Weeks since the opening."""
        return int(self.values["run.weeks"])

    @property
    def heading(self) -> str:
        """The scenario's title, or its name if it has none, on one line."""
        arm = self.study.arms[0]
        return printable(arm.title) or arm.name

    def summary(self) -> str:
        """About a dozen lines on the run."""
        from analysis.studies.run.summary import summarise  # noqa: PLC0415 - it looks at a run

        return summarise(self)

    def figures(self) -> Iterator[tuple[str, Drawing]]:
        """States, lifelines, network, episodes."""
        from analysis.studies.run.figures import DRAWERS  # noqa: PLC0415 - Matplotlib is slow to import
        from analysis.studies.run.frame import Frame  # noqa: PLC0415

        frame = Frame(self)
        for name, draw in DRAWERS.items():
            yield name, draw(frame)


def live_scenario(scenario: Scenario, progress: Progress | None = None) -> Run:
    """Live one scenario to its end; see ``RunStudy.live``."""
    return RunStudy.of(scenario).live(progress=progress)
