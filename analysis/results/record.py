"""record.json: what was asked, with what it was made, and what came out. One form for every kind of result."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from analysis.results import provenance
from analysis.words.care import CARE
from sim.compiler import source_digest
from sim.problem import Problem

FORMAT: Literal["sameboat"] = "sameboat"
VERSION: Literal[2] = 2
RECORD_FILE, EARLIER_SWEEP = "record.json", "sweep.json"
CHUNKS = "chunks"  # the folder that only a sweep has
LARGEST_RECORD_BYTES = 16_000_000
SHA256 = r"^[0-9a-f]{64}$"
SEED, WEEKS = "run.seed", "run.weeks"
# What kinds of result were called in records of version 1.
EARLIER_KINDS = {
    "run": "run", "comparison": "compare", "trial of claims": "claims", "study of interviews": "interviews",
    "overturn": "overturn", "breakeven": "breakeven",
}  # fmt: skip


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)  # "1" and yes are no numbers


class ParameterRecord(_Strict):
    """A parameter as used, and where it came from."""

    value: bool | int | float | list[int] = Field(union_mode="smart")
    origin: str = "default"


class RulesRecord(_Strict):
    """A file of rules of one's own. It is named here, and never run because it is named here."""

    path: str
    sha256: str = Field(pattern=SHA256)


class AccountRecord(_Strict):
    """The account of how a group works under which an arm was lived; its values are among the arm's."""

    name: str
    title: str = ""
    overruled: list[str] = []


class ArmRecord(_Strict):
    """One condition that was lived."""

    title: str = ""
    question: str = ""
    account: AccountRecord | None = None
    rules: list[RulesRecord] = []
    parameters: dict[str, ParameterRecord]

    @property
    def values(self) -> dict[str, Any]:
        """Every parameter by dotted name."""
        return {name: parameter.value for name, parameter in self.parameters.items()}

    @property
    def origins(self) -> dict[str, str]:
        """Where each parameter that is not the default came from."""
        return {name: p.origin for name, p in self.parameters.items() if p.origin != "default"}


class GitRecord(_Strict):
    """The state of the source, where it is known."""

    commit: str | None = None
    dirty: bool | None = None


class Record(_Strict):
    """All that is needed to make a result again, and to know whether the same came out.

    Attributes:
        kind: the command that made it, such as "run" or "compare".
        arms: what was lived, by name; the seed among the parameters is that of the scenario file.
        first_seed, runs: seeds of the lives: first_seed, first_seed + 1, ..., unless the settings list ``seeds``.
        seeds: all of them, where those of a sweep do not follow each other.
        finished_runs: fewer than ``runs`` if it was stopped; 0 of a sweep, whose record is written when it begins.
        settings: what else decides the result, by name.
        digest, states: of the life, where there is only one: of all that changed, and of each state; of a sweep the
            digest of its design and the code.
        files: names of all files of the result, but for the record itself; None if it does not say.
    """

    format: Literal["sameboat"] = FORMAT
    format_version: Literal[2] = VERSION
    kind: str = Field(pattern=r"^[a-z]+$")
    care: str = CARE
    arms: dict[str, ArmRecord]
    first_seed: int = Field(ge=0)
    runs: int = Field(ge=0)
    seeds: list[int] | None = None
    finished_runs: int = Field(ge=0)
    settings: dict[str, Any] = {}
    digest: str | None = Field(None, pattern=SHA256)
    states: dict[str, str] = {}
    source_digest: str = Field(pattern=SHA256)
    started: str
    seconds: float
    versions: dict[str, str]
    platform: str
    git: GitRecord
    files: list[str] | None = None

    def request(self) -> dict[str, Any]:
        """What was asked: two records with the same request have the same tables, if neither was stopped."""
        settings = dict(self.settings)
        if isinstance(settings.get("plausible"), dict):  # how many draws were finished is no part of what was asked
            settings["plausible"] = {key: said for key, said in settings["plausible"].items() if key != "finished"}
        return {
            "kind": self.kind,
            "first_seed": self.first_seed,
            "runs": self.runs,
            "seeds": self.seeds,
            "settings": settings,
            "arms": {
                name: {key: value for key, value in arm.values.items() if key != SEED}
                for name, arm in self.arms.items()
            },
            "rules": {name: [rules.sha256 for rules in arm.rules] for name, arm in self.arms.items()},
            "source_digest": self.source_digest,
        }

    @property
    def finished_draws(self) -> int | None:
        """Draws of plausible space that were finished, if it was stopped before all were."""
        said = self.settings.get("plausible")
        found: int | None = said.get("finished") if isinstance(said, dict) else None
        return found

    def as_json(self) -> str:
        """The text of record.json."""
        text = json.dumps(self.model_dump(), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
        return text.encode("utf-8", "replace").decode()  # a file's name may hold what no text can


def new_record(kind: str, settings: Mapping[str, Any], started: datetime, **more: Any) -> Record:
    """A record of something made now, by this version on this machine.

    Args:
        kind: the command.
        settings: what was asked, by name.
        started: when it began.
        **more: other fields of ``Record``.
    """
    commit, dirty = provenance.git_state()
    nothing: dict[str, Any] = {"arms": {}, "first_seed": 0, "runs": 0, "finished_runs": 0}
    return Record(
        kind=kind,
        settings=_plain(settings),
        source_digest=source_digest(),
        started=started.isoformat(timespec="seconds"),
        seconds=round((datetime.now(UTC) - started).total_seconds(), 3),
        versions=provenance.versions(),
        platform=provenance.machine(),
        git=GitRecord(commit=commit, dirty=dirty),
        **(nothing | more),
    )


def _plain(value: Any) -> Any:
    """Settings as JSON has them, so that what is read back is equal."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def read_record(folder: Path) -> Record:
    """The record of a results folder, checked.

    Args:
        folder: a results folder of any kind.

    Raises:
        Problem: if there is no record, or it is broken or not ours.
    """
    path = folder / RECORD_FILE
    if not path.is_file():
        found = "no such folder" if not folder.exists() else f"it holds no {RECORD_FILE}"
        if (folder / EARLIER_SWEEP).is_file():
            raise Problem(f"{folder}: a sweep of an earlier version of Sameboat, which can be loaded and exported only")
        raise Problem(f"{folder}: not a results folder ({found}); expected one such as results/groupA")
    try:
        if path.stat().st_size > LARGEST_RECORD_BYTES:
            raise Problem(f"{path}: too large for a record of ours; is it another program's file?")
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Problem(f"{path}: cannot be read ({error.strerror})") from None
    except (ValueError, RecursionError):
        raise Problem(f"{path}: not valid JSON; it may have been cut short or edited. {mend(folder)}") from None
    if not isinstance(content, dict) or not str(content.get("format")).startswith(FORMAT):
        raise Problem(f'{path}: not a record of ours: found no `"format": "{FORMAT}"`')
    try:
        if content.get("format_version") == 1:
            content = _from_version_1(content)
        if content.get("format_version") != VERSION:
            found = _short(repr(content.get("format_version")))
            raise Problem(f"{path}: format_version {found}; this version of Sameboat reads 1 and {VERSION}")
        return Record.model_validate(content)
    except (KeyError, TypeError, AttributeError):
        raise Problem(f"{path}: lacks what a record of version 1 says; it was cut short or edited") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = _short(".".join(map(str, first["loc"]))) or "record"
        raise Problem(f"{path}: {where}: {first['msg'].lower()}. {mend(folder)}") from None


def mend(folder: Path) -> str:
    """What to do about a record that is broken; all else of a sweep knows what it is of without it."""
    if (folder / CHUNKS).is_dir():
        return "Delete that file, and give the same sweep command: it writes it anew, and every chunk is kept"
    return "Make it again"


def _from_version_1(old: Mapping[str, Any]) -> dict[str, Any]:
    """A record as written before there was one form for all, in today's form."""
    kind = str(old["format"]).removeprefix(f"{FORMAT} ")
    same = ("care", "source_digest", "started", "seconds", "versions", "platform", "git")
    new = {"format": FORMAT, "format_version": VERSION, "kind": EARLIER_KINDS.get(kind, kind)}
    new |= {name: old[name] for name in same}
    if kind == "run":
        arm = {name: old[name] for name in ("title", "question", "parameters")}
        if old["weeks"] != old["parameters"][WEEKS]["value"] or old["seed"] != old["parameters"][SEED]["value"]:
            raise TypeError
        return new | {"arms": {old["name"]: arm}, "first_seed": old["seed"], "runs": 1, "finished_runs": 1,
                      "digest": old["digest"]}  # fmt: skip
    arms = {
        name: {"title": old["titles"][name], "parameters": {key: {"value": one} for key, one in values.items()}}
        for name, values in old["arms"].items()
    }
    return new | {"arms": arms, **{name: old[name] for name in ("first_seed", "runs", "finished_runs", "settings")}}


def printable(text: str) -> str:
    """Text on one line, with "?" for what cannot be printed (nor stand in an SVG)."""
    return "".join(letter if letter.isprintable() else "?" for letter in " ".join(text.split()))


def _short(text: str, most: int = 120) -> str:
    """Text that a file brought along, not too long to read."""
    plain = printable(text)
    return plain if len(plain) <= most else plain[: most - 3] + "..."
