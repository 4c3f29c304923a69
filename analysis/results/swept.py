"""What the record of a sweep says beside what every record says; and sweeps of earlier versions, which had another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from analysis.results.folder import SWEEP
from analysis.results.record import (
    EARLIER_SWEEP,
    RECORD_FILE,
    ArmRecord,
    GitRecord,
    ParameterRecord,
    Record,
    mend,
    printable,
    read_record,
)
from sim.problem import Problem

EARLIER_FORMAT = "sameboat sweep"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Design(_Strict):
    """What is varied, and what is looked at.

    Attributes:
        kind: of design, such as "latin".
        factors: what is varied, as ``analysis.studies.sweep.factor.Factor.described``.
        points: digest of the values of all points.
        point_count: how many points.
        weeks_looked: when is looked, since the opening.
        outcomes, populations: what is compared, of whom.
        keep: what is written beside the endpoints.
        own_outcomes: SHA-256 of the file of outcomes of one's own; empty if there was none.
    """

    kind: str
    factors: list[dict[str, Any]]
    points: str
    point_count: int
    weeks_looked: list[int]
    outcomes: list[str]
    populations: list[str]
    keep: list[str]
    own_outcomes: str = ""


class Settings(_Strict):
    """The settings in the record of a sweep.

    Attributes:
        name, title, question: of the sweep.
        design: what is varied, and what is looked at.
        tables: names of the tables of each chunk.
        points_sha256: of the table of points.
        chunks: names of all chunks, in order; only their number in sweeps without checksums.
        outcomes_file: name of the file of outcomes of one's own. It is named here, and never run because it is.
    """

    name: str
    title: str
    question: str
    design: Design
    tables: list[str]
    points_sha256: str = ""
    chunks: list[str] | int
    outcomes_file: str = ""


class Swept(NamedTuple):
    """The record of a sweep, and its settings, checked."""

    record: Record
    settings: Settings


def read_swept(folder: Path) -> Swept:
    """The record of a sweep's folder, of this version or an earlier one.

    Raises:
        Problem: if there is none, or it is broken, or of something else.
    """
    if not (folder / RECORD_FILE).is_file() and (folder / EARLIER_SWEEP).is_file():
        return _of_earlier(folder / EARLIER_SWEEP)
    if not (folder / RECORD_FILE).is_file():
        found = "no such folder" if not folder.exists() else f"it holds no {RECORD_FILE}"
        raise Problem(f"{folder}: not the folder of a sweep ({found}); expected one written by `sweep`")
    record = read_record(folder)
    if record.kind != SWEEP:
        raise Problem(f"{folder}: not the folder of a sweep but of `{record.kind}`; expected one written by `sweep`")
    try:
        return Swept(record, Settings.model_validate(record.settings))
    except ValidationError as error:
        first = error.errors()[0]
        where = printable(".".join(map(str, first["loc"])))[:120]
        raise Problem(f"{folder / RECORD_FILE}: settings.{where}: {first['msg'].lower()}. {mend(folder)}") from None


def _of_earlier(path: Path) -> Swept:
    """What sweep.json said, which sweeps had until all results had the same record."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        if said["format"] != EARLIER_FORMAT or said["format_version"] not in (1, 2):
            raise ValueError
        design = dict(said["design"])
        arms, seeds = design.pop("arms"), design.pop("seeds")
        listed = seeds if isinstance(seeds, list) else None
        settings = {name: said[name] for name in ("name", "title", "question", "tables", "chunks")}
        settings |= {"design": design, "points_sha256": said.get("points_sha256", "")}
        record = Record(
            kind=SWEEP, settings=settings, digest=said["digest"], source_digest=said["code"],
            arms={name: ArmRecord(title=said["arms"][name],
                                  parameters={p: ParameterRecord(value=v) for p, v in arm["values"].items()})
                  for name, arm in arms.items()},
            first_seed=listed[0] if listed else seeds["first"], runs=len(listed) if listed else seeds["count"],
            seeds=listed, finished_runs=0, started="", seconds=0.0, platform="", git=GitRecord(),
            versions=dict(one.rsplit(" ", 1) for one in said["versions"] if " " in one),
        )  # fmt: skip
        return Swept(record, Settings.model_validate(settings))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Problem(f"{path}: cannot be read; it may have been cut short or edited") from None
