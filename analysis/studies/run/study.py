"""One run: a scenario lived from beginning to end, as tables."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import pyarrow as pa

from analysis.compare.arms import Arm
from analysis.results.record import printable
from analysis.studies.frame import Findings, Progress, Study
from analysis.studies.run.contacts import Contacts
from analysis.studies.run.saving import CHECKPOINT_FILE, Begun, Saving, Ties, kept_with
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
from sim import checkpoint
from sim.life import Life
from sim.mistakes import shown
from sim.problem import Problem
from sim.relations import WEEKS_IN_YEAR
from sim.scenario import Scenario

if TYPE_CHECKING:
    from analysis.figures.style import Drawing


class RunStudy(Study):
    """One arm, lived once; settings: ``every`` so many weeks a row of people, ``contacts`` if that table is wanted.

    The same tables come out whether it is lived in one go or goes on from a checkpoint; the settings name that, and the
    week in which it is saved, for the record alone. Made again from its record, it is lived from its beginning.

    Attributes:
        begun: what it goes on from, if anything.
        saving: when it is to be saved, if at all.
    """

    begun: Begun | None = None
    saving: Saving | None = None

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

    @classmethod
    def going_on(cls, begun: Begun, every: int = 1) -> RunStudy:
        """The run that goes on from a checkpoint; contacts are kept if they were."""
        study = cls.of(begun.scenario, every, begun.has_contacts)
        study.settings["from"], study.begun = begun.named, begun
        return study

    def save_at(self, saving: Saving) -> None:
        """Save it in mid-life."""
        self.settings["save_at"], self.saving = saving.week, saving

    def live(self, threads: int | None = None, progress: Progress | None = None) -> Run:
        """Live it to its end.

        Args:
            threads: makes no difference to one life.
            progress: called with (weeks lived, weeks in all), about once a year.

        Returns:
            The run. The same scenario and source give the same tables, bit for bit.
        """
        every, with_contacts = self._asked()
        life = self._life(with_contacts)
        contacts = Contacts(life, self.begun.contacts() if self.begun else ()) if with_contacts else None
        tell = progress or (lambda done, total: None)
        tell(life.week, life.total_weeks)
        keep = tie_weeks(life.total_weeks)
        years = range(WEEKS_IN_YEAR, life.total_weeks, WEEKS_IN_YEAR)
        kept = [one for one in (self.begun.ties() if self.begun else []) if one[0] in keep and one[0] < life.week]
        saved = b""
        # In pieces, because ties and contacts are not in the history: they are copied at the chosen weeks.
        for stop in sorted({*keep, *years, *([self.saving.week] if self.saving else [])}):
            while life.week < stop:
                life.live(1 if contacts else stop - life.week)
                if contacts:
                    contacts.take()
            if stop in keep and stop == life.week:
                kept.append((stop, life.world.ties.copy()))
            if self.saving and stop == self.saving.week:
                saved = self._save(life, self.saving, kept, contacts)
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
        return Run(self, tables, people, life.digest(), life.field_digests(), checkpoint=saved)

    def _life(self, with_contacts: bool) -> Life:
        """The life, at its opening or where it was saved."""
        if self.begun:
            return self.begun.life()
        values = {**self.arms[0].values, "run.seed": self.first_seed}
        return Life(values, history_every=1, keep_contacts=with_contacts)

    def _save(self, life: Life, saving: Saving, ties: Ties, contacts: Contacts | None) -> bytes:
        """Save it in a file of its own, or give what is to be written with the results."""
        more = kept_with(self.arms[0], ties, contacts.columns() if contacts else None)
        if saving.path:
            checkpoint.save(life, saving.path, **more)
            return b""
        made = io.BytesIO()
        checkpoint.write(life, made, **more)
        return made.getvalue()

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
        checkpoint: content of the file to be written with the results, if it was saved for them.
    """

    study: RunStudy
    tables: dict[str, pa.Table]
    people: pa.Table
    digest: str
    states: dict[str, str]
    finished: int = 1
    checkpoint: bytes = b""

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

    def report(self) -> None:
        """There is none."""

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The checkpoint, if one was asked for."""
        if self.checkpoint:
            yield CHECKPOINT_FILE, self.checkpoint

    def figures(self) -> Iterator[tuple[str, Drawing]]:
        """States, lifelines, network, episodes."""
        from analysis.studies.run.arrays import Arrays  # noqa: PLC0415
        from analysis.studies.run.figures import DRAWERS  # noqa: PLC0415 - Matplotlib is slow to import

        frame = Arrays(self)
        for name, draw in DRAWERS.items():
            yield name, draw(frame)


def live_scenario(scenario: Scenario, progress: Progress | None = None) -> Run:
    """Live one scenario to its end; see ``RunStudy.live``."""
    return RunStudy.of(scenario).live(progress=progress)
