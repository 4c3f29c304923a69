"""One run in a few plain sentences."""

from __future__ import annotations

import numpy as np

from analysis.studies.run.arrays import Arrays, array
from analysis.studies.run.study import Run
from analysis.words.care import NOBODY, SUPPORT
from analysis.words.numbers import fixed, percent, span
from analysis.words.prose import plural, wrapped
from sim.relations import WEEKS_IN_YEAR
from sim.state import CLOSED, EVENT_NAMES, LEFT, LEFT_NAMES, ONE_VISIT_ONLY

WIDTH = 92
ONE_STORY = (
    "One run is one story. It has no twin here, a run of the same people without the group, so nothing in it is an "
    "effect of the group; people tend to join when things are bad, and would often have felt better later anyway."
)


def summarise(run: Run) -> str:
    """About a dozen lines on one run.

    Args:
        run: a finished run.

    Returns:
        Text, wrapped, ending with a line break.
    """
    frame = Arrays(run)
    head = f"{run.heading} (seed {run.seed}, {span(run.weeks)})"
    parts = [
        _life_of_group(frame),
        _who_came(frame),
        _at_end(frame),
        _states(frame),
        _hard_days(frame),
        _episodes(frame),
    ]
    paragraphs = [head, *(part for part in parts if part), ONE_STORY, f"{NOBODY} {SUPPORT}"]
    return "\n".join(wrapped(p, WIDTH, "" if p is head else "- ", "  ") for p in paragraphs) + "\n"


def _life_of_group(frame: Arrays) -> str:
    if not frame.had_group:
        return "There was no group in this world."
    if frame.closed_week is None:
        return f"The group was still meeting after {span(frame.weeks)}."
    story = frame.run.tables["story"]
    reasons = array(story, "reason")[array(story, "event") == EVENT_NAMES[CLOSED]]
    reason = reasons[-1] if len(reasons) else "for no known reason"
    return f"The group lived for {span(max(frame.closed_week, 1))} and closed ({reason})."


def _who_came(frame: Arrays) -> str:
    came = len(frame.came)
    if not came:
        return "Nobody ever came." if frame.had_group else ""
    founders = frame.week[frame.is_member].min() == 0 if frame.is_member.any() else False
    story = frame.run.tables["story"]
    left = array(story, "event") == EVENT_NAMES[LEFT]
    people, reasons = array(story, "person")[left], array(story, "reason")[left]
    members = set(frame.ids[np.unique(frame.person[frame.is_member])].tolist())
    once = {int(who) for who in people[reasons == LEFT_NAMES[ONE_VISIT_ONLY]]} - members
    counted = ", those who founded it included" if founders else ""
    return f"{plural(came, 'person', 'people')} ever came{counted}; {len(once) or 'none'} of them came only once."


def _at_end(frame: Arrays) -> str:
    if not frame.had_group:
        return ""
    members, regulars, ties = frame.of_weeks("members"), frame.of_weeks("regulars"), frame.of_weeks("tie_mean")
    tied = np.flatnonzero(~np.isnan(ties))
    went_on = frame.closed_week is None
    words = (
        f"At the end there {'was' if members[-1] == 1 else 'were'} {plural(int(members[-1]), 'member')}, "
        f"{int(regulars[-1])} of them regulars"
        if went_on
        else f"At its largest it had {plural(int(members.max()), 'member')}"
    )
    if len(tied):
        when = "now" if went_on and tied[-1] == frame.weeks - 1 else "when it last had two members"
        scale = "0.33 casual friend, 0.51 friend, 0.80 close friend"
        words += f"; two members' mean tie {when} was {fixed(ties[tied[-1]])} ({scale})"
    return words + "."


def _last_week_with_members(frame: Arrays) -> int | None:
    some = np.flatnonzero(frame.of_weeks("members") > 0)
    return int(some[-1]) if len(some) else None


def _states(frame: Arrays) -> str:
    def means(whom: str, week: int) -> str:
        names = ("isolation", "stigma", "understanding", "coping")
        return ", ".join(f"{name} {fixed(frame.of_weeks(f'{whom}_{name}')[week])}" for name in names)

    week = _last_week_with_members(frame)
    if week is None:
        return f"States of all residents at the end, on average: {means('residents', -1)}."
    when = "now" if week == frame.weeks - 1 else f"in week {week}, the last with members"
    return (
        f"States {when}, on average (0 to 1): members {means('members', week)}; "
        f"all residents {means('residents', week)}. "
        "Who is a member changes all the time, so this is no before and after."
    )


def _over_time(frame: Arrays, whom: str, name: str) -> tuple[float, float]:
    """Sum over people and weeks, and person-years."""
    people = frame.of_weeks(whom).astype(float)
    return float(np.nansum(frame.of_weeks(f"{whom}_{name}") * people)), float(people.sum()) / WEEKS_IN_YEAR


def _groups(frame: Arrays) -> list[tuple[str, str]]:
    members = [("members", "members")] if frame.is_member.any() else []
    return [*members, ("residents", "all residents")]


def _hard_days(frame: Arrays) -> str:
    words = []
    for whom, name in _groups(frame):
        days, years = _over_time(frame, whom, "hard_days")
        through, _ = _over_time(frame, whom, "hard_days_through")
        share = f", {percent(through / days)} of them got through without an episode" if days else ""
        words.append(f"{name} {fixed(days / years, 0)} a year each{share}")
    return f"Hard days over the whole time: {'; '.join(words)}."


def _episodes(frame: Arrays) -> str:
    words = []
    for whom, name in _groups(frame):
        count, years = _over_time(frame, whom, "episodes")
        beside = ", ".join(
            f"{state} {fixed(_over_time(frame, whom, state)[0] / (years * WEEKS_IN_YEAR))}"
            for state in ("coping", "distress", "isolation")
        )
        words.append(f"{name} {fixed(count / years, 1)} a year each, with {beside}")
    return (
        f"Episodes, beside coping, distress and isolation over the same time: {'; '.join(words)}. "
        "A few people have most of the episodes, and few or none is not the same as being well."
    )
