"""What a sweep file may say, as Pydantic models: its validation and its JSON schema."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from analysis.compare.outcomes import OUTCOME_NAMES, POPULATIONS
from analysis.studies.sweep.design import MOST_POINTS, Kind
from analysis.studies.sweep.factor import STEPS
from sim.own_rules import SECTION
from sim.parameters import PARAMETERS
from sim.scenario import ShortName, Text

FIXED = ("run.seed", "run.weeks", "run.lead_in_weeks")  # the same for every point
VARIABLE = tuple(name for name in PARAMETERS if name not in FIXED)
KEEP = ("endpoints", "weeks", "people")
ONE_LINE = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]{1,64}$"  # what can be printed on a line
OWN_PARAMETER = rf"^{SECTION}\.[A-Za-z_][A-Za-z0-9_]*$"
LARGEST_SEED = 2**62
Value = bool | int | float | list[int]
_Years = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
_literal: Any = Literal  # its words come from elsewhere, which a type checker cannot follow
_Name: Any = _literal[OUTCOME_NAMES]
_Population: Any = _literal[tuple(POPULATIONS)]
_Keep: Any = _literal[KEEP]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", protected_namespaces=(), strict=True)


class ArmEntry(_Strict):
    """An arm: a scenario, with some parameters changed."""

    scenario: Text = Field(description="scenario file, relative to this one")
    title: Text = Field("", description="one line for tables and figures")
    set: dict[str, Value] = Field({}, description="parameters changed in this arm, by dotted name")


Number = Annotated[float, Field(allow_inf_nan=False)]
Above0 = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class Normal(_Strict):
    """A normal distribution, cut at the ends of the range."""

    mean: Number
    sd: Above0


class Lognormal(_Strict):
    """A lognormal distribution, cut at the ends of the range."""

    median: Above0
    log_sd: Above0 = Field(description="standard deviation of the natural logarithm")


class Beta(_Strict):
    """A beta distribution over the range."""

    a: Above0
    b: Above0


class Triangular(_Strict):
    """A triangular distribution over the range."""

    mode: Number


LAWS = ("normal", "lognormal", "beta", "triangular")


class Varied(_Strict):
    """A range or a list of values, or another parameter with which this one moves."""

    values: list[Value] | None = Field(None, min_length=1, description="the values taken")
    range: list[int | float] | None = Field(None, min_length=2, max_length=2, description="lowest and highest value")
    steps: int = Field(STEPS, ge=2, le=1000, description="how many values of the range a grid takes")
    scale: Literal["linear", "log"] = Field("linear", description="how the range is gone through")
    normal: Normal | None = None
    lognormal: Lognormal | None = None
    beta: Beta | None = None
    triangular: Triangular | None = None
    moves_with: Text | None = Field(
        None, description="a parameter that is varied: this one takes its values, or its place in an own range"
    )


class DesignEntry(_Strict):
    """Which points are lived."""

    kind: Kind = Field(description="how points are chosen")
    points: int = Field(64, ge=1, le=MOST_POINTS, description="points; for saltelli base points (a power of two)")
    trajectories: int = Field(20, ge=2, le=10_000, description="trajectories of a morris design")
    seed: int = Field(1, ge=0, le=2**31 - 1, description="of the design; the lives have seeds of their own")
    file: Text | None = Field(None, description="CSV file of a table, relative to this file")


class Seeds(_Strict):
    """Seeds of the lives: the same for every point and arm, so that contrasts stay paired."""

    count: int = Field(20, ge=1, le=10_000_000, description="how many; one after the other")
    first: int = Field(1, ge=0, le=LARGEST_SEED, description="the first")


class SweepFile(_Strict):
    """A Sameboat sweep."""

    sweep: ShortName = Field(description="short name, also of the results folder")
    title: Text = Field("", description="one line for figures")
    question: Text = Field("", description="what this sweep is for")
    arms: dict[Annotated[str, Field(pattern=ONE_LINE)], Text | ArmEntry] = Field(
        min_length=1, description="arms by name: each a scenario file, or a scenario with parameters changed"
    )
    account: Text | None = Field(
        None, description="an account of how a group works, by name or as a file, in place of the scenarios'"
    )
    set: dict[str, Value] = Field({}, description="parameters changed in every arm, by dotted name")
    vary: dict[str, Varied | Literal["plausible"]] = Field(
        {}, description="what is varied, by dotted name; plausible: the declared plausible range"
    )
    design: Kind | DesignEntry = Field("grid", description="which points are lived")
    seeds: int | Seeds | list[Annotated[int, Field(ge=0, le=LARGEST_SEED)]] = Field(
        Seeds.model_validate({}), description="how many seeds, or first and count, or a list of them"
    )
    weeks: int | None = Field(None, ge=1, le=5200, description="length of each run, instead of the scenarios'")
    years: list[_Years] = Field(
        [1, 2, 4, 8, 12], min_length=1, max_length=50, description="when to look, in years since the opening"
    )
    outcomes: list[_Name] = Field(list(OUTCOME_NAMES), min_length=1, description="what is compared with the twin")
    own_outcomes: Text | None = Field(
        None, description="a Python file with outcomes of your own, relative to this one; its code is run"
    )
    populations: list[_Population] = Field(["joined", "regulars"], min_length=1, description="of whom")
    keep: list[_Keep] = Field(
        ["endpoints"], description="what is written: endpoints always; weeks and people take much room"
    )


def named(names: Iterable[str]) -> dict[str, Any]:
    """These names, or those of parameters of rules of one's own, as a JSON schema has it."""
    return {"anyOf": [{"enum": list(names)}, {"pattern": OWN_PARAMETER}]}


def schema() -> dict[str, Any]:
    """The JSON schema of a sweep file, for editors."""
    made = SweepFile.model_json_schema()
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["properties"]["vary"]["propertyNames"] = named(VARIABLE)
    names = named(PARAMETERS)
    made["properties"]["set"]["propertyNames"] = names
    made["$defs"]["ArmEntry"]["properties"]["set"]["propertyNames"] = names
    return made
