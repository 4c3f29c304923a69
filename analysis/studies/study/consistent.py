"""What in a study file goes against something else in it, and what a study needs of the lives that are lived for it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from analysis.studies.patterns.outside import OUTSIDE
from analysis.studies.study.measures import MEASURES
from analysis.studies.study.schema import (
    COUNTED,
    EVERY,
    LONGEST_WEEKS,
    OF_DIARIES,
    OF_GROUPS,
    OF_PEOPLE,
    ONCE,
    StudyFile,
)
from sim.mistakes import nearest, shown
from sim.relations import WEEKS_IN_YEAR

Wrong = tuple[bool, tuple[Any, ...], str]  # whether it is wrong, where, and what
ONE_GROUP = ("none", "matched comparison")


def towns_by_lot(said: StudyFile) -> bool:
    """Whether whole towns are drawn by lot."""
    how = said.allocation
    return how.how in ("cluster", "stepped wedge") or (how.how == "waiting list" and how.of_towns)


def weeks_after(said: StudyFile) -> int:
    """Weeks from the opening to the last time that anybody is asked, in whole looks."""
    last = max([*said.follow_ups, said.diary.weeks if said.diary else 0, EVERY])
    if said.allocation.how == "stepped wedge":
        last = said.allocation.steps * said.allocation.step_weeks
    if said.people.who == "groups":
        last = max(WEEKS_IN_YEAR, math.ceil(said.analysis.years * WEEKS_IN_YEAR) - said.people.weeks[-1])
    return -(-(said.people.weeks[-1] + last) // EVERY) * EVERY


def weeks_before(said: StudyFile) -> int:
    """Weeks before the opening at which somebody is first asked, with the time that they look back on."""
    how = said.allocation
    late = how.steps * how.step_weeks if how.how == "stepped wedge" else 0
    if how.how == "waiting list" and how.of_towns:
        late = how.wait_weeks
    counted = [one.recall_weeks for name, one in said.instruments.items() if MEASURES[name].counted]
    return late + max(counted, default=0)


def mistakes(said: StudyFile) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Where something is wrong, and what."""
    for part in (_of_people, _of_times, _of_instruments, _of_allocation, _of_analysis):
        yield from ((where, what) for wrong, where, what in part(said) if wrong)


def _of_people(said: StudyFile) -> Iterator[Wrong]:
    """Who is asked, and from when on."""
    unknown = bool(said.outside) and said.outside not in OUTSIDE
    yield unknown, ("outside",), f"found {shown(said.outside)}{nearest(said.outside, OUTSIDE)}"
    who, weeks = said.people.who, said.people.weeks
    where = ("people", "weeks")
    several = who in ("newcomers", "groups")
    yield (len(weeks) != 1 + several, where,
           f"found {shown(weeks)}, expected {'the first and the last' if several else 'one'} of {who}")  # fmt: skip
    yield several and weeks[0] >= weeks[-1], where, f"found {shown(weeks)}, expected the first before the last"
    yield not several and weeks[0] % EVERY > 0, where, f"found {weeks[0]}, expected a multiple of {EVERY}"
    yield (weeks_after(said) > LONGEST_WEEKS, where,
           f"the study ends {weeks_after(said)} weeks after the opening, expected by {LONGEST_WEEKS}")  # fmt: skip
    how = said.allocation
    fewest = 2 * how.steps if how.how == "stepped wedge" else 4 if towns_by_lot(said) else 1
    yield (said.people.towns < fewest, ("people", "towns"),
           f"found {said.people.towns}, expected {fewest} or more where towns are drawn by lot")  # fmt: skip


def _of_times(said: StudyFile) -> Iterator[Wrong]:
    """When people are asked."""
    how, times, where = said.allocation, said.follow_ups, ("follow_ups",)
    for k, week in enumerate(times):
        yield (week % EVERY > 0, (*where, k),
               f"found {week}, expected a multiple of {EVERY}: people are looked at every {EVERY} weeks")  # fmt: skip
        yield k > 0 and week <= times[k - 1], (*where, k), f"found {week} after {times[k - 1]}, expected them in order"
    own = said.people.who == "groups" or said.diary is not None or how.how == "stepped wedge"
    by = said.analysis.by
    once = by in ONCE or (by == "correlation" and said.analysis.with_ is not None)
    yield own and bool(times), where, "expected none: a register, a diary and a stepped wedge have their own times"
    yield not own and not once and not times, where, "found none, expected one or more, such as [24, 52]"
    primary = said.analysis.week
    yield (primary is not None and primary not in times, ("analysis", "week"),
           f"found {primary}, expected one of {times}")  # fmt: skip
    late = how.how == "waiting list" and not how.of_towns and max([0, *times]) > how.wait_weeks
    yield (late, where, f"found {max([0, *times])}, and those who wait for {how.wait_weeks} weeks come then; ask by "
           "then, or draw whole towns with `of_towns: true`")  # fmt: skip
    for key in ("wait_weeks", "step_weeks"):
        found = getattr(how, key)
        yield found % EVERY > 0, ("allocation", key), f"found {found}, expected a multiple of {EVERY}"


def _of_instruments(said: StudyFile) -> Iterator[Wrong]:
    """What is asked."""
    register = said.people.who == "groups"
    yield register and bool(said.instruments), ("instruments",), "expected none: a register asks nobody anything"
    for name, one in said.instruments.items():
        ends = one.floor is not None and one.ceiling is not None and one.floor >= one.ceiling
        where = ("instruments", name)
        yield ends, (*where, "floor"), f"found {one.floor}, expected less than the ceiling, {one.ceiling}"
        yield (one.recall_weeks % EVERY > 0, (*where, "recall_weeks"),
               f"found {one.recall_weeks}, expected a multiple of {EVERY}")  # fmt: skip
    remembered = said.telling.remembered and said.allocation.how != "none"
    yield remembered, ("telling", "remembered"), "expected false: in a comparison everybody is asked at the beginning"


def _of_allocation(said: StudyFile) -> Iterator[Wrong]:
    """Who gets what."""
    how, who = said.allocation, said.people.who
    where = ("allocation", "how")
    yield ((who == "groups" or said.diary is not None) and how.how != "none", where,
           f"found {how.how!r}, expected none: nobody is allocated in a register or a diary")  # fmt: skip
    yield (towns_by_lot(said) and who != "residents", ("people", "who"),
           f"found {who!r}, expected residents: where no group has opened nobody has come")  # fmt: skip
    yield (how.how in ("individual", "waiting list") and who in ("members", "regulars"), ("people", "who"),
           f"found {who!r}, expected residents or newcomers: whoever has come can no longer be allocated")  # fmt: skip
    yield (how.how != "matched comparison" and bool(how.match_on), ("allocation", "match_on"),
           f"only for `how: matched comparison`, not {how.how}")  # fmt: skip
    asked = ", ".join(said.instruments)
    for k, name in enumerate(how.match_on):
        yield (name not in said.instruments, ("allocation", "match_on", k),
               f"found {name!r}, expected one of instruments: {asked}")  # fmt: skip


def _of_analysis(said: StudyFile) -> Iterator[Wrong]:
    """What is made of it."""
    how, who, analysis = said.allocation.how, said.people.who, said.analysis
    by, where, asked = analysis.by, ("analysis", "by"), ", ".join(said.instruments)
    yield (who != "groups" and analysis.outcome not in said.instruments, ("analysis", "outcome"),
           f"found {analysis.outcome!r}, expected one of instruments: {asked or 'none is named'}")  # fmt: skip
    yield who == "groups" and by not in OF_GROUPS, where, f"found {by!r}, expected one of {', '.join(OF_GROUPS)}"
    yield who != "groups" and by in OF_GROUPS, where, f"found {by}, which is only for registers (`who: groups`)"
    younger = by == "hazard" and analysis.from_years >= analysis.years
    yield (younger, ("analysis", "from_years"),
           f"found {analysis.from_years:g}, expected less than years, {analysis.years:g}")  # fmt: skip
    counted = analysis.outcome in MEASURES and MEASURES[analysis.outcome].counted
    yield (by in COUNTED and not counted, ("analysis", "outcome"),
           f"found {analysis.outcome!r}, expected something that is counted, such as episodes")  # fmt: skip
    yield ((said.diary is not None) != (by in OF_DIARIES), where,
           f"found {by!r}; a diary is analysed by one of {', '.join(OF_DIARIES)}, and nothing else is")  # fmt: skip
    yield (how == "stepped wedge" and by != "mixed model", where,
           f"found {by!r}, expected mixed model: times and towns of a stepped wedge are in the model")  # fmt: skip
    yield how in ONE_GROUP and by in ("ancova", "mixed model"), where, f"found {by!r}, expected difference: no lot"
    correlated = by == "correlation"
    yield (by in OF_PEOPLE and (how != "none" or who != "residents"), where,
           f"found {by}, expected it of residents of whom nobody is allocated")  # fmt: skip
    yield (not correlated and analysis.with_ is not None, ("analysis", "with"),
           f"only `by: correlation` has it, not {by}")  # fmt: skip
    yield (analysis.with_ is not None and analysis.with_ not in said.instruments, ("analysis", "with"),
           f"found {analysis.with_!r}, expected one of instruments: {asked}")  # fmt: skip
