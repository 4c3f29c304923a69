"""The table of outside evidence, ``scenarios/evidence.yaml``: its schema, and how it is read."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from analysis.studies.files import FileReader
from scenarios import FOLDER
from sim.mistakes import first_mistake
from sim.scenario import Text
from sim.yaml_lines import read_yaml

FILE = FOLDER / "evidence.yaml"
STUDIES = FOLDER / "studies"
KEY = "evidence"
TEXT, ABSTRACT, REPORTED, ASSUMPTION = "text", "abstract", "reported", "assumption"
SEEN = {
    TEXT: "read in the source's text",
    ABSTRACT: "read in the source's abstract",
    REPORTED: "reported by others; not checked in the source",
    ASSUMPTION: "our assumption",
}
CALIBRATE, HELD_OUT, BESIDE = "calibrate", "held out", "beside"
USE = {
    CALIBRATE: "what parameters may be is judged by it",
    HELD_OUT: "foretold when all is done, and never fitted",
    BESIDE: "only shown beside the model",
}
PUBLISHED, IN_SD = "published", "sd"
_literal: Any = Literal  # its words come from elsewhere, which a type checker cannot follow
_Seen: Any = _literal[tuple(SEEN)]
_Use: Any = _literal[tuple(USE)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Size = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Evidence(BaseModel):
    """An outside figure, what it rests on, and what it may be used for."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    figure: Text = Field(description="what it is a figure of; unique in the table")
    says: Text = Field(description="the figure in words, as the source has it")
    low: Number | None = Field(None, description="lower end, on the scale of its study; left out where open")
    high: Number | None = Field(None, description="upper end; the same as low for one number; left out where open")
    sd: Size = Field(0.0, description="standard error of the outside figure itself")
    sd_from: Text = Field("", description="how that was got: from an interval, from how many people, or: assumption")
    discrepancy: Size = Field(
        0.0, description="by how much the model may be wrong about it, as a standard deviation: a judgement"
    )
    why: Text = Field("", description="why so much: how the people, the instrument or the groups differ")
    source: Text = Field(description="citation; or none: assumption")
    seen: _Seen = Field(description="; ".join(f"{name}: {said}" for name, said in SEEN.items()))
    note: Text = Field("", description="in whom and how it was measured, and what makes it unlike ours")
    study: Text = Field("", description="the virtual study that measures it, a file of scenarios/studies")
    scale: Literal["published", "sd"] = Field(
        "published",
        description="the scale of low and high: as the study publishes it, or in standard deviations between people",
    )
    use: _Use = Field(description="; ".join(f"{name}: {said}" for name, said in USE.items()))

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends, infinite where open."""
        return (-math.inf if self.low is None else self.low), (math.inf if self.high is None else self.high)

    @property
    def kind(self) -> str:
        """Of figure: about, between, at least, at most; empty where there is no number."""
        if self.low is None or self.high is None:
            return "at least" if self.low is not None else "at most" if self.high is not None else ""
        return "about" if self.low == self.high else "between"

    @property
    def uncertainty(self) -> float:
        """Standard deviation of its own error and of the discrepancy together."""
        return math.hypot(self.sd, self.discrepancy)


class EvidenceFile(BaseModel):
    """A table of outside evidence."""

    model_config = ConfigDict(extra="forbid", strict=True)

    evidence: Annotated[list[Evidence], Field(min_length=1)] = Field(description="the figures")


class _Table(BaseModel):
    """The same, with nothing said of each figure."""

    model_config = ConfigDict(extra="forbid", strict=True)

    evidence: Annotated[list[dict[str, Any]], Field(min_length=1)]


def schema() -> dict[str, Any]:
    """The JSON schema of the table, for editors."""
    made = EvidenceFile.model_json_schema()
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return made


@cache
def evidence() -> tuple[Evidence, ...]:
    """Every figure of the table that comes with Sameboat."""
    return tuple(read_evidence(FILE))


def read_evidence(path: Path) -> list[Evidence]:
    """A table of outside evidence, checked from end to end.

    Args:
        path: the file.

    Raises:
        Problem: one line that says what is wrong, where, and how to mend it.
    """
    content, lines = read_yaml(path, "expected a table of evidence such as scenarios/evidence.yaml")
    reader = FileReader(path, lines)
    figures = reader.validated(
        content, _Table, KEY, "a table of evidence", lambda keys: [KEY], lambda keys: None
    ).evidence
    found: list[Evidence] = []
    for k, said in enumerate(figures):  # each by itself, so that what is wrong is said with its own line
        try:
            found.append(one := Evidence.model_validate(said))
        except ValidationError as error:
            keys, what = first_mistake(error, said, lambda keys: list(Evidence.model_fields), _expected)
            raise reader.wrong((KEY, k, *keys), what) from None
        for where, what in _mistakes(one, {other.figure for other in found[:k]}, path.parent / STUDIES.name):
            raise reader.wrong((KEY, k, where), what)
    return found


def _mistakes(one: Evidence, before: set[str], studies: Path) -> list[tuple[str, str]]:
    low, high = one.ends
    used = one.use == CALIBRATE
    known = one.low is not None or one.high is not None
    tried = [
        (one.figure in before, "figure", f"found {one.figure!r} twice; give each figure a name of its own"),
        (low > high, "low", f"found {low:g}, expected no more than high, {high:g}"),
        (used and not known, "low", "a figure that is calibrated by has low, high or both"),
        (used and not one.uncertainty, "sd", "a figure that is calibrated by has sd, discrepancy or both above 0"),
        (one.sd > 0 and not one.sd_from, "sd_from", "say how sd was got: from what, or: assumption"),
        (used and not one.why, "why", "say why the model may be wrong by so much"),
        (one.use != BESIDE and not one.study, "study", "name the file of the virtual study that measures it"),
        (bool(one.study) and not (studies / one.study).is_file(), "study",
         f"there is no file {one.study!r} in {studies}"),
    ]  # fmt: skip
    return [(where, what) for wrong, where, what in tried if wrong]


def _expected(keys: tuple[Any, ...]) -> str | None:
    """What some places accept, in words."""
    choices = {"seen": SEEN, "use": USE, "scale": {PUBLISHED: "", IN_SD: ""}}
    return f"one of {', '.join(choices[keys[-1]])}" if keys and keys[-1] in choices else None
