"""Live a sweep again from its folder alone, and compare byte for byte; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow.parquet as pq

from analysis.compare.outcomes import OUTCOME_NAMES, POPULATIONS
from analysis.compare.panel import EVERY
from analysis.results.arrow import to_numpy
from analysis.results.chunks import Look, look
from analysis.results.columns import differences
from analysis.results.folder import POINTS
from analysis.results.record import RECORD_FILE, printable
from analysis.studies.frame import arms_of
from analysis.studies.sweep.factor import Factor
from analysis.studies.sweep.lives import Lived, Lives
from analysis.studies.sweep.own import outcomes_again
from analysis.studies.sweep.plan import Chunk, Sweep, rules_of, shared_rules
from analysis.studies.sweep.rows import files_of, tables
from sim.checks import parameters_with
from sim.ensemble import in_order
from sim.own_rules import RuleFile
from sim.problem import Problem


class Again(NamedTuple):
    """What came of living a sweep again.

    Attributes:
        lived, there: how many chunks were lived again, and how many are there.
        differ: chunk, table and columns that are not the same, a line each.
        missing: in words, what is not there or not whole; empty if all is.
    """

    lived: int
    there: int
    differ: list[str]
    missing: str


def live_again(
    folder: Path,
    few: int | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    given: Sequence[RuleFile] = (),
    outcomes: Path | None = None,
) -> Again:
    """Live the chunks of a sweep again.

    Args:
        folder: of the sweep.
        few: only so many chunks, at even distances among those that are there.
        threads: as for ``sim.ensemble.in_order``.
        progress: called with (runs lived, runs in all).
        given: files of rules of one's own that the user named.
        outcomes: file of outcomes of one's own that the user named.

    Raises:
        Problem: if there is nothing to compare with, or this version cannot live such a sweep.
    """
    found = look(folder)
    if not found.whole or POINTS in found.damaged:
        raise Problem(f"{found.missing}; there is nothing to compare with")
    sweep = sweep_of(found, given, outcomes)
    places = {int(place.name.partition("-")[0]): place for place in found.whole}
    which = np.linspace(0, len(places) - 1, min(few or len(places), len(places))).round().astype(int)
    chosen = [sweep.chunks[sorted(places)[k]] for k in which]
    units = (unit for chunk in chosen for unit in sweep.units_of(chunk))
    lived = iter(in_order(Lives(sweep).unit, units, threads=threads))
    done, total = 0, sum(chunk.stop - chunk.start for chunk in chosen) * len(sweep.arms)
    differ = [f"{name}: {why}" for name, why in found.damaged.items()]
    for chunk in chosen:
        again = []
        for _ in range(chunk.start, chunk.stop):
            again.append(next(lived))
            done += len(sweep.arms)
            if progress is not None:
                progress(done, total)
        differ += _differing(sweep, chunk, again, places[chunk.number])
    return Again(len(chosen), len(places), differ, found.missing)


def sweep_of(found: Look, given: Sequence[RuleFile] = (), outcomes: Path | None = None) -> Sweep:
    """The sweep in a folder: arms and seeds of its record, points of its table of points.

    Raises:
        Problem: if this version has other parameters or outcomes, or cuts such a sweep into other chunks.
    """
    record, settings, path = found.record, found.settings, found.folder / RECORD_FILE
    design, table = settings.design, pq.read_table(found.folder / POINTS)
    arms = arms_of(record, found.folder, given)
    rules = shared_rules(arms)
    names = [str(factor.get("name")) for factor in design.factors]
    for known, used in ((parameters_with(rules), names), (table.column_names, names), (OUTCOME_NAMES, design.outcomes),
                        (POPULATIONS, design.populations)):  # fmt: skip
        unknown = [name for name in used if name not in known]
        if unknown:
            raise Problem(f"{path}: {printable(unknown[0])[:100]}: unknown here; re-run it with the version that made "
                          "it")  # fmt: skip
    factors = tuple(Factor(name, rules=rules) for name in names)
    points = zip(*(_values(one, to_numpy(table.column(one.name)).tolist()) for one in factors), strict=True)
    own = outcomes_again(settings.outcomes_file, design.own_outcomes, outcomes, found.folder)
    sweep = Sweep(
        settings.name, settings.title, settings.question, tuple(arms), factors,
        design.kind, list(points), None,
        tuple(record.seeds) if record.seeds else range(record.first_seed, record.first_seed + record.runs),
        tuple(week // EVERY for week in design.weeks_looked), tuple(design.outcomes), tuple(design.populations),
        tuple(design.keep), own=own, rules=rules_of(arms),
    )  # fmt: skip
    if len(sweep.chunks) != found.chunks or sweep.tables != settings.tables:
        raise Problem(f"{path}: made by a version that cut its chunks otherwise; re-run it with that version")
    return sweep


def _values(factor: Factor, values: list[Any]) -> list[Any]:
    """The values of a parameter at all points; weekdays were written as text."""
    if factor.parameter.kind is not list:
        return values
    return [[int(day) for day in text.split(",") if day] for text in values]


def _differing(sweep: Sweep, chunk: Chunk, again: list[list[Lived]], place: Path) -> list[str]:
    """What is not as it was written, a line for each table."""
    units, said = sweep.units_of(chunk), []
    for name, content in files_of(sweep, units, again).items():
        path = place / f"{name}.parquet"
        if path.read_bytes() != content:
            what = differences(name, pq.read_table(path), tables(sweep, units, again)[name])
            said += [f"chunk {place.name}: {line}" for line in what or [f"{name}: the same values in other bytes"]]
    return said
