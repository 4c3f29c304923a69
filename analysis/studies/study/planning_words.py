"""How large a study must be all over plausible space, and what tells accounts apart there, in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.studies.over_space.words import HEADINGS, rows_of, table_said, told
from analysis.studies.study.planning import AS_TOLD, SOURCE, Needs, Quantiles, StudyOverSpace, ToldOverSpace
from analysis.studies.study.tables import label_of
from analysis.words.numbers import DASH, count, percent
from analysis.words.prose import listed, plural

MOST_TOLD = 12
NEEDS = ("study", "of what", "at the centre", "so few there", "median of space", "80 % of space",
         "people at the median", "hours", "never")  # fmt: skip
PLANNED = ("study", "as planned", "people", "reaches it in", "assurance", "size for such an assurance")
APART = ("study", "outcome", "week", "towns at the centre", "towns: median", "towns: 80 % of space", "people",
         "hours", "never", "as planned")  # fmt: skip
LUCK = (
    "Sizes at draws are read off few repetitions in few towns; what so few of them say at the centre shows how far "
    "that may be luck. Draws differ by that luck too, so that the middle of space is a little narrower than it looks."
)


def planning_summary(space: StudyOverSpace) -> str:
    """Everything."""
    base = table_said(HEADINGS, rows_of(space), {"figure": 5, "unit": 2}) if space.spreads else ""
    tables = [f"{title}\n\n{table_said(headings, rows, {'study': 3, 'outcome': 3})}"
              for title, headings, rows in planning_shown(space)]  # fmt: skip
    return told(space, [*tables, base], space.in_short())


def planning_shown(space: StudyOverSpace) -> list[tuple[str, Sequence[str], Sequence[Sequence[str]]]]:
    """Tables with title, headings and rows."""
    found: list[tuple[str, Sequence[str], Sequence[Sequence[str]]]] = []
    if needs := space.needs:
        wanted = percent(needs[0].wanted)
        found.append((f"How large it must be for a power of {wanted}", NEEDS, [_need(one) for one in needs]))
        found.append(
            (f"What the size that is planned comes to, of {wanted}", PLANNED, [_planned(one) for one in needs])
        )
    if apart := space.apart:
        found.append(("What it takes to tell the accounts apart", APART, [_apart(one) for one in apart[:MOST_TOLD]]))
    return found


def _need(one: Needs) -> list[str]:
    return [
        one.name, one.of, whole(one.size.centre), whole(one.size.few), whole(one.size.median), _ends(one.size),
        whole(one.people.median), whole(one.hours.median), percent(one.beyond),
    ]  # fmt: skip


def _planned(one: Needs) -> list[str]:
    reaches, (assurance, low, high) = one.reaches, one.assurance()
    people = float(one.people_at[one.sizes.index(one.own)])
    return [
        one.name, f"{count(one.own)} {one.of}", whole(people),
        f"{percent(reaches.value)} of space ({percent(reaches.low)} to {percent(reaches.high)})",
        f"{percent(assurance)} ({percent(low)} to {percent(high)})",
        f"over {count(one.sizes[-1])}" if np.isnan(one.assured) else whole(one.assured),
    ]  # fmt: skip


def _apart(one: ToldOverSpace) -> list[str]:
    centre, within = one.at_centre, one.within
    return [
        centre.study, label_of(centre.measure), str(centre.week), whole(one.towns.centre), whole(one.towns.median),
        _ends(one.towns), whole(one.people.median), whole(one.hours.median), percent(one.never),
        f"{percent(within.value)} ({percent(within.low)} to {percent(within.high)})",
    ]  # fmt: skip


def whole(value: float) -> str:
    """A size, or that none that was tried is enough."""
    if np.isnan(value):
        return DASH
    return "never" if np.isinf(value) else count(np.ceil(value))


def _ends(some: Quantiles) -> str:
    return f"{whole(some.low)} to {whole(some.high)}"


def planning_said(space: StudyOverSpace) -> list[str]:
    """What it takes, in sentences."""
    said = [sentence for one in space.needs if one.told == AS_TOLD for sentence in _need_said(one)]
    said += [sentence for one in space.needs if one.told != AS_TOLD for sentence in _need_said(one)[1:2]]
    if space.needs:
        said.append(f"Power averaged over what may be true is a study's assurance ({SOURCE}). It counts what is "
                    "reported, bias and all; told plainly it counts what is there.")  # fmt: skip
    if space.apart:
        said += _apart_said(space.apart)
    return [*said, LUCK] if said else []


def _need_said(one: Needs) -> list[str]:
    size, reaches, (assurance, low, high) = one.size, one.reaches, one.assurance()
    wanted, largest = percent(one.wanted), f"{count(one.sizes[-1])} {one.of}"
    if np.isinf(size.median):
        median = (
            f"In half of plausible space and more, no size that was tried, up to {largest}, has a power of {wanted}"
        )
    else:
        median = (f"At the median of plausible space it takes {whole(size.median)} {one.of} for a power of {wanted}, "
                  f"{whole(one.people.median)} people")  # fmt: skip
    spread = f"a tenth of space needs at most {whole(size.low)}"
    if np.isinf(size.low):
        spread = "that is so in nine tenths of it and more"
    elif not np.isinf(size.high):
        spread += f", a tenth more than {whole(size.high)}"
    elif not np.isinf(size.median):
        spread += f", and in {percent(one.beyond)} none that was tried, up to {largest}, is enough"
    reached = (
        f"{one.name}: as planned, with {count(one.own)} {one.of}, it has a power of {wanted} in "
        f"{percent(reaches.value)} of plausible space ({percent(reaches.low)} to {percent(reaches.high)}), and of "
        f"{percent(assurance)} ({percent(low)} to {percent(high)}) averaged over all of it. "
    )
    assured = one.assured
    if np.isnan(assured):
        reached += f"No size that was tried, up to {largest}, comes to {wanted} on average."
    else:
        reached += f"With {whole(assured)} {one.of} it would be {wanted} on average."
    return [f"{one.name}: {median[0].lower()}{median[1:]}; {spread}.", reached]


def _apart_said(some: Sequence[ToldOverSpace]) -> list[str]:
    known = [one for one in some if np.isfinite(one.towns.median)]
    if not known:
        return ["In half of plausible space and more, no study that was tried tells the two accounts apart."]
    asking = [one for one in known if one.hours.median > 0]
    said = []
    if asking:
        said.append(f"With the least of people's time, at the median of plausible space: {_told_said(asking[0])}")
    sure = max(some, key=lambda one: one.within.value)
    said.append(f"Told apart as planned in the largest share of plausible space: {_told_said(sure)}")
    never = sorted({one.at_centre.study for one in some} - {one.at_centre.study for one in known})
    if never:
        said.append(f"Not told apart in half of plausible space or more by {listed(never)}.")
    return said


def _told_said(one: ToldOverSpace) -> str:
    centre, towns = one.at_centre, one.towns
    return (
        f"{centre.study}, {label_of(centre.measure)} at week {centre.week}: {whole(towns.median)} towns (80 % of "
        f"space: {_ends(towns)}), {whole(one.people.median)} people, {whole(one.hours.median)} hours; as planned, with "
        f"{plural(one.own, 'town')}, in {percent(one.within.value)} of space."
    )
