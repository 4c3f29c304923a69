"""Everything that is remembered: name, type, unit, range and meaning.

The world is a handful of NumPy structured arrays. Rules read and write them
(``world.people[i].isolation``); Mesa agents, tables and figures are views of them. What one rule
alone writes is declared in that rule's file; here stands what several write, and what none does.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple, cast

import numpy as np

from sim.codes import *  # noqa: F403
from sim.codes import EVENT_NAMES, HEARD_NAMES, STATUS_NAMES
from sim.declare import Field, flag, last_day, last_week, level, total
from sim.order import HOT, IN_ORDER
from sim.plan import declared

TRAITS = (
    Field("id", "i8", "number", 0.0, None, "who this is, in every world with this seed"),
    Field("baseline_log_odds", "f8", "log odds", None, None, "the same as log odds"),
    level("hard_day_threshold", "distress above which a day is a hard day"),
    Field("episode_rate", "f8", "per day at distress 1", 0.0, None, "propensity to self-harm"),
    Field("arrives_week", "i8", "week", 0.0, None, "first week of living in the area"),
    Field("departs_week", "i8", "week", 0.0, None, "first week no longer in the area"),
    Field("age", "f8", "years", 18.0, 75.0, "age on arriving (descriptive: no rule reads it)"),
    Field("onset_age", "f8", "years", 11.0, 50.0, "age when self-harm began (descriptive)"),
    flag("woman", "a woman (group A is open to women only)"),
    flag("service_user", "in touch with mental health services"),
    level("isolation_set", "isolation in ordinary circumstances, with nobody who shares the experience"),
    level("stigma_set", "internalised shame that she or he returns to"),
    level("understanding_set", "understanding of own triggers and reasons, to begin with"),
    level("coping_set", "other ways of getting through distress, to begin with"),
    level("baseline_distress", "distress on an ordinary day in ordinary circumstances"),
    level("outside_support", "support to be had from family and friends"),
    level("responsiveness", "how much is taken from what a group offers"),
    level("position", "place on the scale of experience; the nearer two people, the more alike"),
    level("barrier", "what stands in the way of coming on a given day"),
    level("difference_set", "perceived difference that she or he returns to"),
    Field(
        "burden", "f8", "standard deviations", None, None, "what underlies set points; 0 where people.correlated is off"
    ),
    flag("inpatient", "has been an inpatient at some time; no where people.correlated is off"),
    flag("voices", "hears voices (descriptive); no where people.correlated is off"),
    flag("recovering", "in recovery from alcohol or drugs (descriptive); no where people.correlated is off"),
)

_PEOPLE = (
    flag("present", "is at today's meeting or social"),
    flag("organiser", "organises the group"),
    flag("visiting", "means to come for the first time or anew"),
    flag("expected", "came for the first time or anew, and has not yet decided to return"),
    Field(
        "status",
        "i8",
        "0-3",
        0.0,
        3.0,
        "stands with the group as: " + ", ".join(STATUS_NAMES),
    ),
    level("stigma", "internalised shame"),
    level("distress", "today's"),
    level("coping", "other ways of getting through distress"),
    last_day("heard_episode_day", "last day of hearing of somebody's recent episode"),
    last_week("joined_week", "of coming, the last time anew"),
    last_week("first_joined_week", "of coming for the very first time, or of the founding"),
    last_day("supported_day", "last day of being supported by somebody from the group"),
    level("understanding", "of one's own triggers and reasons"),
    level("trust", "in the group"),
    Field("urge_gain", "f8", "share", -1.0, None, "what the urge adds to the rate of episodes; 0 without swings"),
    level("label_hurt", "hurt of having been labelled; 0 where mechanisms.labels is off"),
    level(
        "regularity",
        "share of recent meetings attended, averaged over the half-life meeting.regularity_half_life_weeks",
    ),
    Field("heard_of", "i8", "0-4", 0.0, 4.0, "came to hear through: " + ", ".join(HEARD_NAMES)),
    last_day("last_attended_day", "last meeting attended"),
    Field(
        "distress_total",
        "f8",
        "distress times days",
        0.0,
        None,
        "distress at days' ends, summed over days lived since arriving (residents: since the opening)",
    ),
    total("days_lived", "days simulated"),
    total("hard_days", "days above the threshold"),
    total("days_ended_hard", "days that ended above the threshold"),
    total("hard_days_through", "hard days got through without an episode"),
    total("episodes", "episodes of self-harm"),
    total("heard_episodes", "times of hearing of a recent episode"),
)

_GROUP = (
    flag("open", "the group exists and meets"),
    flag("clinician", "a clinician leads it"),
    flag("funded", "has its funding"),
    flag("venue", "has a room"),
    Field("opening_week", "i8", "week", 0.0, None, "first week, counted from the start of the lead-in"),
    Field("organisers", "i8", "people", 0.0, None, "who organise it"),
    total("events", "entries in the story", since="the opening"),
)


def _in_order(table: str, shared: tuple[Field, ...], owned: tuple[Field, ...]) -> tuple[Field, ...]:
    """Shared states and those of single rules, in the order of ``sim.order``; states not named there come last."""
    named = [*HOT, *IN_ORDER[table]]
    fields = [*shared, *owned]
    return tuple(sorted(fields, key=lambda f: named.index(f.name) if f.name in named else len(named)))


PEOPLE = _in_order("people", _PEOPLE, declared("PEOPLE"))
GROUP = _in_order("group", _GROUP, declared("GROUP"))

_MEANS = (
    ("isolation", "proportion", "isolation"),
    ("stigma", "proportion", "stigma"),
    ("understanding", "proportion", "understanding"),
    ("coping", "proportion", "coping"),
    ("distress", "proportion", "distress, mean of the week"),
    ("episodes", "per person", "episodes of the week"),
    ("hard_days", "per person", "hard days of the week"),
    ("hard_days_through", "per person", "hard days got through this week"),
)

WEEKS = (
    Field("week", "i8", "week", 0.0, None, "0 is the week in which the group opens"),
    flag("open", "the group exists at the end of the week"),
    flag("clinician", "a clinician leads it"),
    Field("members", "i8", "people", 0.0, None, "members at the end of the week"),
    Field("regulars", "i8", "people", 0.0, None, "members whose regularity is at least meeting.regular_share"),
    Field("organisers", "i8", "people", 0.0, None, "organisers at the end of the week"),
    Field("residents", "i8", "people", 0.0, None, "people living in the area"),
    Field("meetings", "i8", "count", 0.0, None, "meetings held this week"),
    Field("attendances", "i8", "count", 0.0, None, "people at these meetings, summed"),
    Field("socials", "i8", "count", 0.0, None, "socials held this week"),
    Field("tie_mean", "f8", "proportion", 0.0, 1.0, "mean tie of two members (NaN with fewer than two)"),
    *(
        Field(f"{whom}_{name}", "f8", unit, 0.0, None, f"{meaning}, mean of {words} (NaN without any)")
        for whom, words in (("members", "members"), ("residents", "all people living in the area"))
        for name, unit, meaning in _MEANS
    ),
)

CONTACTS = (
    Field("hours", "f8", "hours", 0.0, None, "spent together this week, before they were turned into ties"),
    Field("texts", "i8", "count", 0.0, None, "routine contacts of this week"),
    Field("calls", "i8", "count", 0.0, None, "calls in need answered this week; the one who rang comes first"),
)

EVENTS = (
    Field("week", "i8", "week", 0.0, None, "when"),
    Field("kind", "i8", "0-16", 0.0, 16.0, "what: " + "; ".join(EVENT_NAMES)),
    Field("row", "i8", "row (-1: the group)", -1.0, None, "whom it concerns"),
    Field("reason", "i8", "code", 0.0, None, "why, for leaving and closing; how heard of, for coming"),
)


@cache
def dtype_of(fields: tuple[Field, ...]) -> np.dtype:
    """The NumPy structured type of a declaration."""
    return np.dtype([(field.name, field.dtype) for field in fields], align=True)


def records(fields: tuple[Field, ...], size: int) -> np.recarray:
    """An array of ``size`` records, all zero, with "never" (-1) where the unit says so."""
    return cast(np.recarray, np.repeat(_blank(fields), size))


@cache
def _blank(fields: tuple[Field, ...]) -> np.recarray:
    """One record of which nothing is known yet."""
    blank = np.recarray(1, dtype=dtype_of(fields))
    blank[0] = tuple(-1 if "-1" in field.unit else 0 for field in fields)
    return blank


class World(NamedTuple):
    """One life of one town: all that a rule may read or write.

    n is the number of people who ever live in the area (residents and newcomers).
    """

    key: np.ndarray  # uint64[2]: the seed, as Philox wants it
    params: np.recarray  # [1]: every parameter, see sim.parameters
    traits: np.recarray  # [n]: fixed for life
    people: np.recarray  # [n]: what changes
    group: np.recarray  # [1]: the group
    ties: np.ndarray  # float64[n, n]: w_ij in [0, 1], symmetric
    hours: np.ndarray  # float64[n, n]: hours together this week, symmetric
    contacts: (
        np.recarray
    )  # [n, n], or [0, 0] if not kept: what two people did this week; hours, texts: the later to come first
    circle: np.ndarray  # int64[n]: rows of those who ever came, in the order of coming
    events: np.recarray  # [m]: the group's story
    places: np.ndarray  # int64[5, n]: scratch of the rule that runs; its rows are named in sim.codes
    ways: np.ndarray  # float64[n, K]: skill in each way of coping, see sim/repertoire.py
    ways_set: np.ndarray  # float64[n, K]: what each skill returns to: the ways that she or he came with
    numbers: np.ndarray  # float64[3, n]: scratch of the rule that runs; its rows are named in sim.codes
