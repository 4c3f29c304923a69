"""record.json: what was run, with what, and what came out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.parameters import PARAMETERS
from sim.problem import Problem
from sim.scenario import Scenario, ScenarioError, check_value

FORMAT: Literal["sameboat run"] = "sameboat run"
RECORD_FILE = "record.json"
LARGEST_RECORD_BYTES = 4_000_000
SHA256 = r"^[0-9a-f]{64}$"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)  # "1" and yes are no numbers


class ParameterRecord(_Strict):
    """A parameter as used, and where it came from."""

    value: bool | int | float | list[int] = Field(union_mode="smart")
    origin: str


class GitRecord(_Strict):
    """The state of the source, where it is known."""

    commit: str | None
    dirty: bool | None


class Record(_Strict):
    """All that is needed to run again and to know whether the same came out."""

    format: Literal["sameboat run"]
    format_version: Literal[1]
    care: str
    name: str
    title: str
    question: str
    seed: int
    weeks: int
    digest: str = Field(pattern=SHA256)
    source_digest: str = Field(pattern=SHA256)
    started: str
    seconds: float
    versions: dict[str, str]
    platform: str
    git: GitRecord
    parameters: dict[str, ParameterRecord]

    @property
    def values(self) -> dict[str, Any]:
        """Every parameter by dotted name."""
        return {name: parameter.value for name, parameter in self.parameters.items()}

    def as_json(self) -> str:
        """The text of record.json."""
        text = json.dumps(self.model_dump(), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
        return text.encode("utf-8", "replace").decode()  # a file's name may hold what no text can


def read_record(folder: Path) -> Record:
    """The record of a results folder, checked.

    Args:
        folder: a folder written by ``run``.

    Raises:
        Problem: if there is none, or it is broken or not ours.
    """
    path = folder / RECORD_FILE
    if not path.is_file():
        found = "no such folder" if not folder.exists() else f"it holds no {RECORD_FILE}"
        raise Problem(
            f"{folder}: not a results folder ({found}); expected one written by `run`, such as results/groupA"
        )
    try:
        if path.stat().st_size > LARGEST_RECORD_BYTES:
            raise Problem(f"{path}: too large for a record of ours; is it another program's file?")
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Problem(f"{path}: cannot be read ({error.strerror})") from None
    except (ValueError, RecursionError):
        raise Problem(f"{path}: not valid JSON; it may have been cut short or edited. Run the scenario again") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise Problem(f'{path}: not a record of ours: found no `"format": "{FORMAT}"`')
    if content.get("format_version") != 1:
        found = _short(repr(content.get("format_version")))
        raise Problem(f"{path}: format_version {found}; this version of Sameboat reads 1")
    try:
        return Record.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = _short(".".join(map(str, first["loc"]))) or "record"
        raise Problem(f"{path}: {where}: {first['msg'].lower()}; run the scenario again") from None


def scenario_of(record: Record, path: Path) -> Scenario:
    """The scenario that a record describes, each value checked again.

    Args:
        record: from ``read_record``.
        path: its file, for messages.

    Raises:
        Problem: if it has parameters that this version lacks, lacks some that this version has, or
            holds a value that is not accepted.
    """
    unknown = [name for name in record.parameters if name not in PARAMETERS]
    missing = [name for name in PARAMETERS if name not in record.parameters]
    if unknown or missing:
        which = f"{'unknown' if unknown else 'missing'} here: {_short(', '.join((unknown or missing)[:3]))}"
        raise Problem(
            f"{path}: made by a version of Sameboat with other parameters ({which}); re-run it with that version"
        )
    if (record.seed, record.weeks) != (record.values["run.seed"], record.values["run.weeks"]):
        raise Problem(f"{path}: seed and weeks differ from run.seed and run.weeks; the record was edited")
    try:
        values = {name: check_value(name, value, where=f"{path}: {name}") for name, value in record.values.items()}
    except ScenarioError as error:
        raise Problem(str(error)) from None
    origins = {name: p.origin for name, p in record.parameters.items() if p.origin != "default"}
    return Scenario(record.name, record.title, record.question, values, origins, path)


def printable(text: str) -> str:
    """Text on one line, with "?" for what cannot be printed (nor stand in an SVG)."""
    return "".join(letter if letter.isprintable() else "?" for letter in " ".join(text.split()))


def _short(text: str, most: int = 120) -> str:
    """Text that a file brought along, not too long to read."""
    plain = printable(text)
    return plain if len(plain) <= most else plain[: most - 3] + "..."
