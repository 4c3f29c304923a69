"""Everything that is remembered, declared once: name, type, unit, range, meaning and who writes it.

The world is a handful of NumPy structured arrays. Rules read and write them
(``world.people[i].isolation``); Mesa agents, tables and figures are views of them.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple, cast

import numpy as np


class Field(NamedTuple):
    """One remembered quantity."""

    name: str
    dtype: str
    unit: str
    low: float | None
    high: float | None
    meaning: str
    written_by: str


def _share(name: str, meaning: str, written_by: str) -> Field:
    return Field(name, "f8", "proportion", 0.0, 1.0, meaning, written_by)


def _flag(name: str, meaning: str, written_by: str) -> Field:
    return Field(name, "?", "yes/no", 0.0, 1.0, meaning, written_by)


def _total(name: str, meaning: str, written_by: str) -> Field:
    return Field(name, "i8", "count since arriving (residents: since the opening)", 0.0, None, meaning, written_by)


def _week(name: str, meaning: str, written_by: str) -> Field:
    return Field(name, "i8", "week (-1: never)", -1.0, None, meaning, written_by)


def _day(name: str, meaning: str, written_by: str) -> Field:
    return Field(name, "i8", "day (-1: never)", -1.0, None, meaning, written_by)


# Codes are NumPy integers: a plain one would make the compiler write a version of each rule per code.

# Where somebody stands with the group.
UNAWARE, AWARE, MEMBER, FORMER = np.arange(4)
STATUS_NAMES = ("has not heard of the group", "knows of the group", "member", "former member")

# How somebody came to hear of the group.
NOT_HEARD, BY_PUBLICITY, BY_REFERRAL, BY_WORD_OF_MOUTH, AS_FOUNDER = np.arange(5)
HEARD_NAMES = ("not heard", "publicity", "referral by services", "word of mouth", "founder or client")

# Why somebody is no longer a member.
NOT_LEFT, ONE_VISIT_ONLY, DRIFTED_AWAY, STOPPED_COMING, MOVED_AWAY, GROUP_CLOSED = np.arange(6)
LEFT_NAMES = ("not left", "one visit only", "drifted away", "stopped coming", "moved away", "group closed")

# Why the group ended.
NOT_CLOSED, TOO_FEW_CAME, NO_ORGANISER = np.arange(3)
CLOSED_NAMES = ("not closed", "too few came", "nobody to organise it")

# The group's story.
(OPENED, FIRST_VISIT, JOINED, LEFT, ORGANISER_ON, ORGANISER_OFF, HANDED_OVER, CLINICIAN_LEFT, FUNDING_GONE, FUNDING_BACK,
 VENUE_GONE, VENUE_BACK, BREACHED, CLOSED) = np.arange(14)  # fmt: skip
EVENT_NAMES = (
    "the group opened", "came for the first time", "came back and is a member", "is no longer a member",
    "took on organising", "stepped down from organising", "the clinician handed over to the members",
    "the clinician left", "the funding was lost", "the funding was regained", "the room was lost",
    "a new room was found", "a confidence was broken", "the group closed",
)  # fmt: skip

TRAITS = (
    Field("id", "i8", "number", 0.0, None, "who this is, in every world with this seed", "population"),
    Field("baseline_log_odds", "f8", "log odds", None, None, "the same as log odds", "population"),
    _share("hard_day_threshold", "distress above which a day is a hard day", "population"),
    Field("episode_rate", "f8", "per day at distress 1", 0.0, None, "propensity to self-harm", "population"),
    Field("arrives_week", "i8", "week", 0.0, None, "first week of living in the area", "population"),
    Field("departs_week", "i8", "week", 0.0, None, "week of moving out of the area", "population"),
    Field("age", "f8", "years", 18.0, 75.0, "age on arriving (descriptive: no rule reads it)", "population"),
    Field("onset_age", "f8", "years", 8.0, 75.0, "age when self-harm began (descriptive)", "population"),
    _flag("woman", "a woman (group A is open to women only)", "population"),
    _flag("service_user", "in touch with mental health services", "population"),
    _share("isolation_set", "isolation in ordinary circumstances, with nobody who shares the experience", "population"),
    _share("stigma_set", "internalised shame that she or he returns to", "population"),
    _share("understanding_set", "understanding of own triggers and reasons, to begin with", "population"),
    _share("coping_set", "other ways of getting through distress, to begin with", "population"),
    _share("baseline_distress", "distress on an ordinary day in ordinary circumstances", "population"),
    _share("outside_support", "support to be had from family and friends", "population"),
    _share("responsiveness", "how much is taken from what a group offers", "population"),
    _share("position", "place on the scale of experience; the nearer two people, the more alike", "population"),
    _share("barrier", "what stands in the way of coming on a given day", "population"),
)

PEOPLE = (
    # What every day needs comes first: it then lies together in memory.
    _flag("living", "this person's life is being simulated this week", "move"),
    _flag("resident", "lives in the area this week and could attend", "move"),
    _flag("hard_day", "today distress is above the personal threshold", "feel"),
    _flag("present", "is at today's meeting or social", "meet, socialise"),
    _flag("organiser", "organises the group", "organise"),
    _flag("visiting", "means to come for the first time or anew", "visit, meet, move, close"),
    _flag("expected", "came for the first time or anew, and has not yet decided to return", "meet, leave"),
    _flag("shared", "spoke at today's meeting about self-harm and the feelings behind it", "share"),
    _flag("spoke", "spoke at today's meeting, about anything", "share"),
    _flag("told_episode", "spoke today of a recent episode", "share"),
    _flag("told_mechanics", "spoke today of how, not why", "share"),
    Field(
        "status",
        "i8",
        "0-3",
        0.0,
        3.0,
        "stands with the group as: " + ", ".join(STATUS_NAMES),
        "seek, hear, meet, found, leave",
    ),
    _share("isolation", "feeling alone with it", "isolate"),
    _share("stigma", "internalised shame", "seek, share, listen, breach, aftermath, tell, settle"),
    Field("stressor", "f8", "standard deviations", None, None, "slow strain of life", "stress"),
    _share("distress", "today's", "feel, contact, line, share, listen, help, aftermath"),
    Field("distress_log_odds", "f8", "log odds", None, None, "of today's distress, before any event moved it", "feel"),
    _share("distress_felt", "today's distress, before any event moved it", "feel"),
    _share("strain", "distress of recent weeks, averaged", "remember"),
    Field("shock", "f8", "standard deviations", None, None, "today's shock to distress", "feel"),
    _share("luck", "today's uniform draw for episodes, made with that for distress", "feel"),
    Field("distress_this_week", "f8", "proportion", 0.0, 1.0 + 1e-9, "of days' ends, mean of the week", "remember"),
    Field("hard_days_this_week", "i8", "count", 0.0, 7.0, "hard days of the week", "feel"),
    _share("coping", "other ways of getting through distress", "listen, practise, settle"),
    _share("decline", "what natural decline has left of the episode rate", "recover"),
    Field("episodes_today", "i8", "count", 0.0, None, "episodes of today", "episode"),
    _day("heard_episode_day", "last day of hearing of somebody's recent episode", "listen, contact, line"),
    _day("heard_mechanics_day", "last day of hearing of mechanics", "listen"),
    _week("joined_week", "of coming, the last time anew", "meet, found"),
    _week("first_joined_week", "of coming for the very first time, or of the founding", "meet, found"),
    _day("supported_day", "last day of being supported by somebody from the group", "contact, line, share"),
    _share("understanding", "of one's own triggers and reasons", "contact, line, listen, help, settle"),
    _share("trust", "in the group", "meet, found, share, breach, monitor, settle"),
    Field("circumstances", "f8", "standard deviations", None, None, "slow ups and downs of company in life", "stress"),
    Field("need", "f8", "1 = average", 0.0, None, "isolation times strain, against the average person", "visit"),
    _share("fit", "mean similarity to those present at the latest first visit", "meet"),
    _share("energy", "for organising", "organise"),
    Field("days_ended_hard_this_week", "i8", "count", 0.0, 7.0, "days that ended above the threshold", "remember"),
    Field("hard_days_through_this_week", "i8", "count", 0.0, 7.0, "of these, without an episode", "practise"),
    Field("episodes_this_week", "i8", "count", 0.0, None, "episodes of the week", "episode"),
    Field("attended_this_week", "i8", "count", 0.0, 7.0, "meetings attended this week", "meet"),
    _share(
        "regularity",
        "share of recent meetings attended, averaged over the half-life meeting.regularity_half_life_weeks",
        "observe",
    ),
    Field("heard_of", "i8", "0-4", 0.0, 4.0, "came to hear through: " + ", ".join(HEARD_NAMES), "seek, hear, found"),
    Field("left_reason", "i8", "0-5", 0.0, 5.0, "no longer a member because: " + ", ".join(LEFT_NAMES), "leave"),
    _week("left_week", "when membership ended last", "leave"),
    _day("last_attended_day", "last meeting attended", "meet, found"),
    _day("last_episode_day", "last day with an episode", "episode"),
    Field("distress_total", "f8", "sum of days", 0.0, None, "distress summed over days since week 0", "close_week"),
    _total("days_lived", "days simulated", "close_week"),
    _total("hard_days", "days above the threshold", "close_week"),
    _total("days_ended_hard", "days that ended above the threshold", "close_week"),
    _total("hard_days_through", "hard days got through without an episode", "close_week"),
    _total("episodes", "episodes of self-harm", "close_week"),
    _total("calls_made", "calls to a peer on hard days", "contact"),
    _total("calls_answered", "calls answered by a peer", "contact"),
    _total("calls_taken", "calls of others answered, phone line included", "contact, line"),
    _total("line_calls", "calls to the phone line", "line"),
    _total("line_answered", "calls answered on the phone line", "line"),
    _total("texts", "routine contacts with peers", "text"),
    _total("meetings", "meetings attended", "meet"),
    _total("socials", "socials attended", "socialise"),
    _total("shares", "times spoken at meetings", "share"),
    _total("shares_self_harm", "of these, about self-harm and the feelings behind it", "share"),
    _total("shares_judged", "of these, judged", "share"),
    _total("shares_heard", "shares about self-harm heard", "listen"),
    _total("help_given", "times of helping another at a meeting", "help"),
    _total("told_outside", "times of telling somebody outside", "tell"),
    _total("told_accepted", "of these, met with acceptance", "tell"),
    _total("services_contacts", "contacts with services", "seek"),
    _total("heard_episodes", "times of hearing of a recent episode", "listen, contact, line"),
)

GROUP = (
    _flag("open", "the group exists and meets", "found, close"),
    _flag("clinician", "a clinician leads it", "found, hand_over, close"),
    _flag("funded", "has its funding", "found, fund"),
    _flag("venue", "has a room", "found, fund"),
    _flag("met_today", "a meeting takes place today", "meet"),
    Field("present", "i8", "people", 0.0, None, "at today's meeting", "meet"),
    Field("opening_week", "i8", "week", 0.0, None, "first week, counted from the start of the lead-in", "life"),
    _week("closed_week", "of closing", "close"),
    Field("closed_reason", "i8", "0-2", 0.0, 2.0, "ended because: " + ", ".join(CLOSED_NAMES), "close"),
    Field("organisers", "i8", "people", 0.0, None, "who organise it", "organise, leave"),
    Field("weeks_unled", "i8", "weeks", 0.0, None, "in a row without organiser or clinician", "organise"),
    Field(
        "weeks_low", "i8", "weeks", 0.0, None, "with a meeting, in a row, in which fewer than two attended any", "close"
    ),
    Field("most_present", "i8", "people", 0.0, None, "at the best attended meeting of this week", "meet"),
    Field("circle", "i8", "people", 0.0, None, "who have ever come", "meet, found"),
    Field("line_holder", "i8", "row (-1: nobody)", -1.0, None, "who holds the phone this week", "line"),
    Field("meetings_this_week", "i8", "meetings", 0.0, None, "held this week", "meet"),
    _total("meetings", "meetings held", "meet"),
    _total("socials", "socials held", "socialise"),
    _total("attendances", "people at meetings, summed", "meet"),
    _total("breaches", "confidences broken", "breach"),
    _total("events", "entries in the story", "story"),
)

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
    Field("week", "i8", "week", 0.0, None, "0 is the week in which the group opens", "observe"),
    _flag("open", "the group exists at the end of the week", "observe"),
    _flag("clinician", "a clinician leads it", "observe"),
    Field("members", "i8", "people", 0.0, None, "members at the end of the week", "observe"),
    Field(
        "regulars", "i8", "people", 0.0, None, "members whose regularity is at least meeting.regular_share", "observe"
    ),
    Field("organisers", "i8", "people", 0.0, None, "organisers at the end of the week", "observe"),
    Field("residents", "i8", "people", 0.0, None, "people living in the area", "observe"),
    Field("meetings", "i8", "count", 0.0, None, "meetings held this week", "observe"),
    Field("attendances", "i8", "count", 0.0, None, "people at these meetings, summed", "observe"),
    Field("socials", "i8", "count", 0.0, None, "socials held this week", "observe"),
    Field("tie_mean", "f8", "proportion", 0.0, 1.0, "mean tie of two members (NaN with fewer than two)", "observe"),
    *(
        Field(f"{whom}_{name}", "f8", unit, 0.0, None, f"{meaning}, mean of {words} (NaN without any)", "observe")
        for whom, words in (("members", "members"), ("residents", "all people living in the area"))
        for name, unit, meaning in _MEANS
    ),
)

CONTACTS = (
    Field("hours", "f8", "hours", 0.0, None, "spent together this week, before they were turned into ties", "befriend"),
    Field("texts", "i8", "count", 0.0, None, "routine contacts of this week", "text"),
)

EVENTS = (
    Field("week", "i8", "week", 0.0, None, "when", "story"),
    Field("kind", "i8", "0-13", 0.0, 13.0, "what: " + "; ".join(EVENT_NAMES), "story"),
    Field("row", "i8", "row (-1: the group)", -1.0, None, "whom it concerns", "story"),
    Field("reason", "i8", "code", 0.0, None, "why, for leaving and closing; how heard of, for coming", "story"),
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
    contacts: np.recarray  # [n, n], or [0, 0] if not kept: what two people did this week; the later to come first
    circle: np.ndarray  # int64[n]: rows of those who ever came, in the order of coming
    events: np.recarray  # [m]: the group's story
    places: np.ndarray  # int64[3, n]: scratch of the rule that runs (rows, ids, places of numbers)
    numbers: np.ndarray  # float64[3, n]: scratch of the rule that runs
