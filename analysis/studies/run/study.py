"""One run: a scenario lived from beginning to end, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import pyarrow as pa

from analysis.compare.arms import Arm
from analysis.results.record import printable
from analysis.studies.frame import Findings, Progress, Study
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
from sim.relations import WEEKS_IN_YEAR
from sim.scenario import Scenario

if TYPE_CHECKING:
    from analysis.figures.style import Drawing


class RunStudy(Study):
    """One arm, lived once."""

    kind: ClassVar[str] = "run"
    most_arms: ClassVar[int] = 1
    large: ClassVar[frozenset[str]] = frozenset(TABLES)
    progress_of: ClassVar[str] = "week"

    @classmethod
    def of(cls, scenario: Scenario) -> RunStudy:
        """The run of a scenario; its seed and number of weeks are parameters like all others."""
        arm = Arm(scenario.name, scenario.title, scenario.values, scenario.question, scenario.origins)
        return cls([arm], scenario.values["run.seed"], 1)

    def live(self, threads: int | None = None, progress: Progress | None = None) -> Run:
        """Live it to its end.

        Args:
            threads: makes no difference to one life.
            progress: called with (weeks lived, weeks in all), about once a year.

        Returns:
            The run. The same scenario and source give the same tables, bit for bit.
        """
        life = Life({**self.arms[0].values, "run.seed": self.first_seed}, history_every=1)
        tell = progress or (lambda done, total: None)
        tell(0, life.total_weeks)
        keep = tie_weeks(life.total_weeks)
        years = range(WEEKS_IN_YEAR, life.total_weeks, WEEKS_IN_YEAR)
        kept = []
        # In pieces, because ties are not in the history: they are copied at the chosen weeks.
        for stop in sorted({*keep, *years}):
            life.live(stop - life.week)
            if stop in keep:
                kept.append((stop, life.world.ties.copy()))
            tell(life.week, life.total_weeks)
        tables = {
            "weeks": weeks_table(life),
            "people": people_table(life),
            "traits": traits_table(life),
            "story": story_table(life),
            "ties": ties_table(life, kept),
        }
        return Run(self, tables, life.digest(), life.field_digests())


STUDY = RunStudy


@dataclass(frozen=True)
class Run(Findings):
    """A finished run.

    Attributes:
        study: what was run.
        tables: weeks, people, traits, story, ties (see ``analysis.studies.run.tables``).
        digest, states: of all that changed, and of each state; see ``sim.life.Life.digest``.
    """

    study: RunStudy
    tables: dict[str, pa.Table]
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
