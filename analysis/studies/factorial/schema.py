"""What a factorial file may say, as Pydantic models: its validation and its JSON schema."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from analysis.studies.sweep.schema import FIXED, ONE_LINE, Value, named
from sim.parameters import PARAMETERS
from sim.scenario import ShortName, Text

# What may not differ between cells: who lives there and for how long, and that there is a group.
NOT_A_LEVEL = (*FIXED, "group.exists", *(name for name, p in PARAMETERS.items() if p.section == "people"))
FactorName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,23}$", strict=True)]
Line = Annotated[str, Field(pattern=ONE_LINE, strict=True)]
Level = Annotated[dict[str, Value], Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", protected_namespaces=(), strict=True)


class FactorEntry(_Strict):
    """One way in which the two groups differ."""

    question: Line = Field(description="the factor as a question in plain words, such as: Who began it?")
    levels: dict[Line, Level] = Field(
        min_length=2, description="levels by label, the first one first: the parameters that each sets, by dotted name"
    )


Factors = Annotated[dict[FactorName, FactorEntry], Field(min_length=2)]


class FactorialFile(_Strict):
    """A Sameboat factorial: every combination of the levels of some factors."""

    factorial: ShortName = Field(description="short name, also of the results folder")
    title: Text = Field("", description="one line for figures")
    question: Text = Field("", description="what this factorial is for")
    base: Text = Field(description="scenario file that every cell starts from, relative to this one")
    first: Line = Field("all first levels", description="what the cell with every first level is called")
    last: Line = Field("all last levels", description="what the cell with every last level is called")
    set: dict[str, Value] = Field({}, description="parameters changed in every cell, by dotted name")
    factors: Factors = Field(description="factors by name, at least two")


def schema() -> dict[str, Any]:
    """The JSON schema of a factorial file, for editors."""
    made = FactorialFile.model_json_schema()
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["properties"]["set"]["propertyNames"] = named(PARAMETERS)
    (level,) = made["$defs"]["FactorEntry"]["properties"]["levels"]["patternProperties"].values()
    level["propertyNames"] = named(name for name in PARAMETERS if name not in NOT_A_LEVEL)
    return made
