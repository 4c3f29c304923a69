"""One run: a scenario lived from beginning to end, as a record and tables."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
from numba.core import config

from analysis.results import provenance
from analysis.results.record import CARE, FORMAT, GitRecord, ParameterRecord, Record, printable
from analysis.run.tables import people_table, story_table, tie_weeks, ties_table, traits_table, weeks_table
from sim.compiler import source_digest
from sim.life import Life
from sim.relations import WEEKS_IN_YEAR
from sim.scenario import Scenario


@dataclass(frozen=True)
class Run:
    """A finished run, fresh or read back.

    Attributes:
        record: what was run, with what, and the digest of what came out.
        tables: Arrow tables by name: weeks, people, traits, story, ties (see ``analysis.run.tables``).
    """

    record: Record
    tables: dict[str, pa.Table]

    @property
    def values(self) -> dict[str, Any]:
        """Every parameter by dotted name."""
        return self.record.values

    @property
    def heading(self) -> str:
        """The scenario's title, or its name if it has none, on one line."""
        return printable(self.record.title) or self.record.name


def live_scenario(scenario: Scenario, progress: Callable[[int, int], None] | None = None) -> Run:
    """Live one scenario to its end.

    Args:
        scenario: what to run; its seed and number of weeks are parameters like all others.
        progress: called with (weeks lived, weeks in all), about once a year.

    Returns:
        The run. The same scenario and source give the same tables, bit for bit.
    """
    started, clock = datetime.now(UTC), time.perf_counter()
    tell = progress or (lambda done, total: None)
    life = Life(scenario.values, history_every=1)
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
    commit, dirty = provenance.git_state()
    record = Record(
        format=FORMAT,
        format_version=1,
        care=CARE,
        name=scenario.name,
        title=scenario.title,
        question=scenario.question,
        seed=scenario.values["run.seed"],
        weeks=scenario.values["run.weeks"],
        digest=life.digest(),
        source_digest=source_digest(),
        started=started.isoformat(timespec="seconds"),
        seconds=round(time.perf_counter() - clock, 3),
        versions=provenance.versions(),
        platform=provenance.machine(),
        git=GitRecord(commit=commit, dirty=dirty),
        parameters={
            name: ParameterRecord(value=value, origin=scenario.origins.get(name, "default"))
            for name, value in scenario.values.items()
        },
    )
    return Run(record, tables)


def compiled_already() -> bool:
    """Whether the compiled week is on disk, so that a run starts at once."""
    settings: Any = config
    if settings.DISABLE_JIT or not settings.CACHE_DIR:  # without a cache, it never is
        return bool(settings.DISABLE_JIT)
    return any(Path(settings.CACHE_DIR).rglob("week.live-*.nbc"))
