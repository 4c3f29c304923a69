"""What a study file may say, as Pydantic models: its validation and its JSON schema."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from analysis.studies.study.measures import MEASURES
from analysis.studies.sweep.schema import FIXED, Value
from sim.parameters import PARAMETERS
from sim.scenario import ShortName, Text

EVERY = 4  # weeks between two looks at everybody
MOST_TOWNS, MOST_EACH, LONGEST_WEEKS = 5000, 500, 1040
WHO = {
    "residents": "people who live in the area and whom the group would take, whether they come or not",
    "newcomers": "people who come for the first time in the weeks named, as they were before coming",
    "members": "who is a member in the week named",
    "regulars": "who comes regularly in the week named",
    "groups": "groups on a register, which lists those that are open",
}
HOW = {
    "none": "one group of people, before and after",
    "individual": "each person by lot",
    "cluster": "each town by lot",
    "waiting list": "by lot, to come now or to wait; all may come in the end",
    "stepped wedge": "towns by lot begin one after the other, until all have a group",
    "matched comparison": "no lot: people who come, and people like them who do not",
}
BY = {
    "difference": "difference of means (Welch's t test; before and after: paired t test; towns: t test of their means)",
    "ancova": "linear model with the answer before (statsmodels OLS; towns: standard errors by town)",
    "mixed model": "linear mixed model with towns as random intercepts (statsmodels MixedLM)",
    "survival": "Kaplan and Meier's curve (statsmodels)",
    "attendance": "of groups: people at a meeting, in the year that each is watched",
    "one visit": "of groups: share of first visits that stayed the only one, in the year that each is watched",
    "reason": "of groups that ended: share that ended for one reason",
    "hazard": "of groups open at one age (`from_years`): share ended by another (`years`)",
    "new people": "of groups: new people in a year, of those open a year later less those that end in it",
    "correlation": "Pearson's correlation, with another measure or with the same one later",
    "none later": "of people with some of what is counted at the beginning, share with none at the follow-up",
    "average": "mean of an answer, of people without a group",
    "top tenth": "share of all that is counted that comes from the tenth of people with most, without a group",
    "drift": "mean change from the beginning to the follow-up, of people without a group (paired t test)",
    "carry-over": "how far a week is like the same person's week before (a diary): lag-1 correlation within people",
    "within person": "weeks with and without a contact of the same person (a diary)",
}
OF_GROUPS = ("survival", "attendance", "one visit", "reason", "hazard", "new people")
OF_PEOPLE = ("correlation", "none later", "average", "top tenth", "drift")  # readings of people, not effects of a group
ONCE = ("average", "top tenth")  # that need no follow-up
COUNTED = ("none later", "top tenth")  # only of what is counted
OF_DIARIES = ("within person", "carry-over")
SHARES = (
    "correlation",
    "none later",
    "average",
    "top tenth",
    "carry-over",
    *OF_GROUPS,
)  # not effects: no difference between arms, no standard deviations
REASONS = ("attendance", "leadership", "no longer needed", "problems between members", "logistics")
ABOUT = {
    "taking part": "those who took part",
    "approached": "everybody who was or might have been approached",
    "came": "everybody who ever came by then",
}
_literal: Any = Literal  # its words come from elsewhere, which a type checker cannot follow
_Who: Any = _literal[tuple(WHO)]
_How: Any = _literal[tuple(HOW)]
_By: Any = _literal[tuple(BY)]
_About: Any = _literal[tuple(ABOUT)]
_Reason: Any = _literal[REASONS]
MeasureName: Any = _literal[tuple(MEASURES)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Part = Annotated[float, Field(gt=0, lt=1, allow_inf_nan=False)]
Slope = Annotated[float, Field(ge=-5, le=5, allow_inf_nan=False)]
Minutes = Annotated[float, Field(ge=0, le=600, allow_inf_nan=False)]
Week = Annotated[int, Field(ge=0, le=LONGEST_WEEKS)]
FollowUp = Annotated[int, Field(ge=EVERY, le=LONGEST_WEEKS)]


_Part = TypeVar("_Part", bound=BaseModel)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", protected_namespaces=(), strict=True)


class Depends(_Strict):
    """How a chance depends on how somebody is."""

    measure: MeasureName = Field(description="on which measure, as it is and not as it is told")
    log_odds_per_sd: Slope = Field(description="by how much its log odds grow with each standard deviation")


class People(_Strict):
    """Who is approached, when, and who agrees."""

    who: _Who = Field(description="; ".join(f"{name}: {said}" for name, said in WHO.items()))
    weeks: Annotated[list[Week], Field(min_length=1, max_length=2)] = Field(
        [0], description="when, in weeks since the opening: one week; of newcomers the first and the last; of groups "
        "how old they are as the register begins, if they are still open, from and to"
    )  # fmt: skip
    towns: Annotated[int, Field(ge=1, le=MOST_TOWNS)] = Field(description="how many towns, with a group each")
    per_town: Annotated[int, Field(ge=1, le=MOST_EACH)] = Field(
        MOST_EACH, description="how many people of each, at most"
    )
    consent: Share = Field(1.0, description="share of those approached who agree to take part")
    consent_depends: Depends | None = Field(None, description="how that depends on how somebody is")


class Allocation(_Strict):
    """Who gets what."""

    how: _How = Field("none", description="; ".join(f"{name}: {said}" for name, said in HOW.items()))
    to_group: Part = Field(0.5, description="share that gets the group at once")
    instead: Text = Field(
        "nothing", description="what the others get: nothing, or a scenario file relative to this one"
    )
    of_towns: bool = Field(False, description="of a waiting list: by lot whole towns, instead of people")
    wait_weeks: FollowUp = Field(24, description="of a waiting list: how long the others wait")
    steps: Annotated[int, Field(ge=2, le=12)] = Field(4, description="of a stepped wedge: how many sequences of towns")
    step_weeks: FollowUp = Field(12, description="of a stepped wedge: weeks between two steps")
    contamination: Share = Field(0.0, description="share of the others who have the group as well")
    match_on: list[MeasureName] = Field([], description="of a matched comparison: on which measures, as told before")


class Instrument(_Strict):
    """How a measure is asked for."""

    reliability: Annotated[float, Field(gt=0, le=1)] = Field(
        1.0, description="test-retest reliability: share of the variance between people that is not error"
    )
    floor: float | None = Field(None, description="the lowest answer that can be given")
    ceiling: float | None = Field(None, description="the highest answer that can be given")
    recall_weeks: FollowUp = Field(EVERY, description="of what is counted: over how many weeks people look back")
    recalled: Annotated[float, Field(gt=0, le=1)] = Field(
        1.0, description="of what is counted: share that is remembered"
    )
    minutes: Minutes = Field(5.0, description="that it takes to answer")


class Telling(_Strict):
    """How people tell it, in standard deviations between people."""

    kindly: Slope = Field(0.0, description="by how much people who have come to the group say that they are better")
    left_out: Share = Field(
        0.0, description="share of what is counted that people who have come to the group leave out"
    )
    before_worse: Slope = Field(0.0, description="by how much they say that things were worse before, looking back")
    remembered: bool = Field(False, description="whether how it was before coming is only asked afterwards")


class DropOut(_Strict):
    """Who is lost at each follow-up."""

    rate: Share = Field(0.0, description="share that is lost at each follow-up, of those who are left")
    depends: Depends | None = Field(None, description="how that depends on how somebody is at that time")
    only_members: bool = Field(False, description="only people who still are members are asked")


class Diary(_Strict):
    """A diary that is kept for some weeks."""

    weeks: Annotated[int, Field(ge=2, le=26)] = Field(4, description="for how many weeks")
    minutes_a_day: Minutes = Field(3.0, description="that it takes each day")
    filled_in: Share = Field(1.0, description="share of weeks that are filled in")


class Analysis(_Strict):
    """What is estimated, how, and for whom it is said to hold."""

    model_config = ConfigDict(extra="forbid", protected_namespaces=(), strict=True, populate_by_name=True)

    outcome: MeasureName = Field("isolation", description="the primary outcome")
    week: Week | None = Field(None, description="at which follow-up; without it the last")
    by: _By = Field("difference", description="; ".join(f"{name}: {said}" for name, said in BY.items()))
    with_: Annotated[MeasureName | None, Field(alias="with")] = Field(
        None, description="of a correlation: with which measure at the same time; without it with itself, later"
    )
    about: _About = Field(
        "approached", description="whom it is read as being about: "
        + "; ".join(f"{name}: {said}" for name, said in ABOUT.items())
    )  # fmt: skip
    years: Annotated[float, Field(gt=0, le=20)] = Field(
        3.0, description="of a register or a hazard: share of groups ended by then"
    )
    from_years: Annotated[float, Field(ge=0, le=19)] = Field(
        0.0, description="of a hazard: age from which on, in years; groups that ended before are left out"
    )
    reason: _Reason = Field("attendance", description="of groups that ended: for which reason, by `by: reason`")
    corrected: bool = Field(
        False, description="of a register: whether it is allowed for that only open groups are seen"
    )


def _blank(part: type[_Part]) -> Callable[[], _Part]:
    """A part of a study of which nothing is said: all as by default."""
    return lambda: part.model_validate({})


Instruments = dict[MeasureName, Instrument]


class StudyFile(_Strict):
    """A Sameboat study: whom it asks what and when, and what it makes of it."""

    study: ShortName = Field(description="short name, also of the results folder")
    title: Text = Field("", description="one line for figures")
    question: Text = Field("", description="what this study is for")
    source: Text = Field(description="which study it is like, and how far that was seen; or: assumption")
    outside: Text = Field(
        "", description="the outside figure that it found, of those that `patterns` holds people against"
    )
    base: Text = Field(description="scenario file that towns with a group live, relative to this one")
    account: Text = Field("", description="account of how a group works; without it that of the scenario")
    set: dict[str, Value] = Field({}, description="parameters changed in every town, by dotted name")
    people: People
    allocation: Allocation = Field(default_factory=_blank(Allocation))
    instruments: Instruments = Field({}, description="what is asked, by measure: " + ", ".join(MEASURES))
    follow_ups: list[FollowUp] = Field([], description="weeks after the beginning of the study, in order")
    telling: Telling = Field(default_factory=_blank(Telling))
    drop_out: DropOut = Field(default_factory=_blank(DropOut))
    diary: Diary | None = Field(None, description="a diary that is kept at the beginning")
    interview_minutes: Minutes = Field(0.0, description="of an interview at the last follow-up")
    analysis: Analysis = Field(default_factory=_blank(Analysis))


def schema() -> dict[str, Any]:
    """The JSON schema of a study file, for editors."""
    made = StudyFile.model_json_schema()
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["properties"]["set"]["propertyNames"] = {"enum": [name for name in PARAMETERS if name not in FIXED]}
    return made
