"""What a study asks of those who take part: minutes of questionnaires, diaries and interviews."""

from __future__ import annotations

from typing import NamedTuple

from analysis.studies.study.repeat import Repeated
from analysis.studies.study.schema import StudyFile
from sim.relations import DAYS_IN_WEEK, WEEKS_IN_YEAR

MINUTES_IN_HOUR = 60


class Burden(NamedTuple):
    """What is asked, on average over the repetitions.

    Attributes:
        people: who take part.
        each: minutes that a person gives who is there to the end.
        hours: that all give together, with those who are lost on the way.
        weeks: from the first time anybody is asked to the last.
    """

    people: float
    each: float
    hours: float
    weeks: int


def burden_of(said: StudyFile, repeated: Repeated) -> Burden:
    """What a study asks of people."""
    people = float(repeated.people.mean())
    if said.people.who == "groups":
        return Burden(people, 0.0, 0.0, WEEKS_IN_YEAR)
    once = sum(one.minutes for one in said.instruments.values())
    if said.diary is not None:
        week = said.diary.minutes_a_day * DAYS_IN_WEEK
        total = float(repeated.asked.mean()) * week + people * said.interview_minutes
        return Burden(people, said.diary.weeks * week + said.interview_minutes, total / MINUTES_IN_HOUR,
                      said.diary.weeks)  # fmt: skip
    how = said.allocation
    times = how.steps + 2 if how.how == "stepped wedge" else 1 + len(said.follow_ups)
    weeks = (how.steps + 1) * how.step_weeks if how.how == "stepped wedge" else max([0, *said.follow_ups])
    if said.telling.remembered:
        times = 1
        total = float(repeated.answering.mean()) * (once + said.interview_minutes)
    else:
        total = float(repeated.asked.mean()) * once + float(repeated.answering.mean()) * said.interview_minutes
    return Burden(people, times * once + said.interview_minutes, total / MINUTES_IN_HOUR, weeks)
