"""``study`` in plain words and small tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from analysis.compare.estimate import Estimate
from analysis.studies.patterns.outside import OUTSIDE, SEEN, word_for
from analysis.studies.study.burden import burden_of
from analysis.studies.study.consistent import towns_by_lot
from analysis.studies.study.plan import SIZES, SURELY, Planned, Told
from analysis.studies.study.schema import ABOUT, BY, HOW, OF_GROUPS, OF_PEOPLE, SHARES, WHO, StudyFile
from analysis.studies.study.tables import UNITS, cause_of, label_of, mean_of, sd_of, unit_of
from analysis.words.care import CAUTION
from analysis.words.numbers import (
    DASH,
    count,
    decimals_for,
    fixed,
    interval,
    number,
    percent,
    probability,
    signed,
    span,
)
from analysis.words.prose import capital, listed, plural, seeds_said, wrapped

if TYPE_CHECKING:
    from analysis.studies.study.study import Done, Studied

NO_ADVICE = (
    "This is no advice to run such a study. Whether people should be asked, and whether anybody should have to wait, "
    "is for people with lived experience and an ethics committee to say."
)
TRUE = "true of them: of those who took part, each against her or his own twin; true of all: of all it is read as about"
MOST_TOLD = 12


def study_summary(found: Studied) -> str:
    """The summary that is printed and kept as summary.txt."""
    mode = found.study.mode
    parts = [title_of(found), ""]
    if mode == "tell":
        parts += [_told_table(found), *(wrapped(one, indent="  ", hanging="    ") for one in in_short(found))]
    else:
        for one in found.done:
            parts += [*_of_line(found, one), ""]
    parts += [wrapped(NO_ADVICE), "", wrapped(CAUTION), ""]
    return "\n".join(parts)


def title_of(found: Studied) -> str:
    """What was asked, on a line."""
    lines = found.study.lines
    if found.study.mode == "tell":
        one, other = (line.account for line in lines[:2])
        return f"Which study tells the accounts {one} and {other} apart?"
    said = lines[0].said
    title = said.title or said.study
    return f"{title}: how large must it be?" if found.study.mode == "power" else title


def done_how(found: Studied, one: Done) -> str:
    """How a study was done, in sentences."""
    said, how = one.line.said, one.line.said.allocation
    weeks = ", week " + " to ".join(map(str, said.people.weeks))
    drawn = f"{capital(HOW[how.how])}. "
    if said.people.who == "groups":
        weeks, drawn = f"; begun at any time in the {span(said.people.weeks[-1])} before", ""
    elif how.how == "matched comparison":
        drawn = "People who come, and people like them who do not; nobody is drawn by lot. "
    elif how.how == "none":
        drawn = "" if said.diary or said.analysis.by in OF_PEOPLE else "Before and after, with nobody beside them. "
    lived = f"{plural(one.lived, 'town')} lived ({seeds_said(list(found.study.seeds)[: one.lived])})"
    return (
        f"{capital(WHO[said.people.who])}{weeks}; {said.people.towns} "
        f"{'groups' if said.people.who == 'groups' else 'towns'}. {drawn}Analysed as {analysed(said)}; read as "
        f"being about {ABOUT[said.analysis.about]}. {lived}, the study done "
        f"{plural(one.repeated.repetitions, 'time')} with towns drawn from these."
    )


def analysed(said: StudyFile) -> str:
    """How a study is analysed, in words."""
    how = said.allocation.how
    if said.analysis.by == "difference":
        if how == "none":
            return "mean change (paired t test)"
        if how == "matched comparison":
            return "difference of changes between those who are matched (paired t test)"
        return f"difference of means ({'t test of the means of towns' if towns_by_lot(said) else 'Welch t test'})"
    if said.analysis.by == "ancova":
        errors = ", errors by town" if towns_by_lot(said) else ""
        return f"linear model with the answer before (statsmodels OLS{errors})"
    return BY[said.analysis.by]


def _of_line(found: Studied, one: Done) -> list[str]:
    """All of one study under one account."""
    head = [f"Under the account {one.line.account}"] if len(found.done) > 1 else []
    parts = [*head, wrapped(done_how(found, one)), "", _readings_table(one), "", _bias_table(one), ""]
    if one.planned is not None:
        parts += [_needed_table(one), ""]
    return [*parts, "In short", *(wrapped(text, indent="  ", hanging="    ") for text in of_line(one))]


def true_said(one: Done) -> str:
    """What is true of whom, in words."""
    by = one.line.said.analysis.by
    if by in OF_GROUPS:
        return "True: of all groups, listed or not"
    return (
        "True: of what people are, without error of instruments" if by in (*OF_PEOPLE, "carry-over") else capital(TRUE)
    )


def form_of(one: Done, decimals: int) -> Callable[[float | None], str]:
    """How an estimate is written: with its sign if it is an effect, without if it is a share or a correlation."""
    by = one.line.said.analysis.by
    return partial(fixed if by in SHARES else signed, decimals=decimals)


def _readings_table(one: Done) -> str:
    """Published beside true, a row for each reading."""
    found = one.repeated
    head = (f"  {'':<32}{'would publish (95 % interval)':>34}{'true of them':>14}{'true of all':>13}{'covers':>9}"
            f"{'power':>8}")  # fmt: skip
    lines = [head]
    for t, week in enumerate(found.times):
        for m, name in enumerate(found.measures):
            value, low, high = (mean_of(found.published[:, t, m, k]) for k in range(3))
            same, about = mean_of(found.same[:, t, m]), float(found.about[t, m])
            places = max(3 if unit_of(name).startswith("0-1") or name == "ended" else 2, decimals_for(about))
            places = min(places, 4)
            form = form_of(one, places)
            mark = "*" if (t, m) == found.primary else " "
            label = f"{label_of(name)}, week {week}"
            shown = interval(value, low, high, form)
            lines.append(f" {mark}{label[:32]:<32}{shown:>34}{form(same):>14}{form(about):>13}"
                         f"{percent(found.covered()[t, m]):>9}{percent(found.power()[t, m]):>8}")  # fmt: skip
    lines.append(wrapped(f"* primary. Means over repetitions. {true_said(one)}. Covers: intervals that hold "
                         "what is true of all. Power: P below 0.05.", indent="  "))  # fmt: skip
    return "\n".join(lines)


def _bias_table(one: Done) -> str:
    """The bias step by step."""
    found = one.repeated
    t, m = found.primary
    published, about = mean_of(found.published[:, t, m, 0]), float(found.about[t, m])
    places = max(3, decimals_for(published - about))
    form, effect = partial(signed, decimals=min(places, 4)), form_of(one, min(places, 4))
    unit = UNITS.get(one.line.said.analysis.by) or unit_of(found.measures[m])
    lines = [f"  {capital(label_of(found.measures[m]))}, {unit}: where published and true part",
             f"  {effect(about):>9}  true of all it is read as being about"]  # fmt: skip
    for k in reversed(range(len(found.steps))):
        size = mean_of(found.biases[:, k])
        lines.append(f"  {form(size):>9}  {cause_of(one, found.steps[k])}")
    return "\n".join([*lines, f"  {effect(published):>9}  would publish"])


def _needed_table(one: Done) -> str:
    """The size, people and hours needed."""
    planned, found = one.planned, one.repeated
    assert planned is not None
    plainly, of = planned.plainly or planned, SIZES[planned.by]
    lines = [f"  For a power of {percent(planned.wanted)}{of:>22}{'people':>10}{'hours':>10}"
             f"{f'{of}, told plainly':>28}"]  # fmt: skip
    for t, week in enumerate(found.times):
        for m, name in enumerate(found.measures):
            size, plain = float(planned.needed[t, m]), float(plainly.needed[t, m])
            if np.isnan(planned.power[:, t, m]).all():
                continue
            shown = [count(np.ceil(each)) for each in (size, planned.people_of(size), planned.hours_of(size))]
            shown = [_over(planned), DASH, DASH] if np.isnan(size) else shown
            without = _over(plainly) if np.isnan(plain) else count(np.ceil(plain))
            label = f"{label_of(name)}, week {week}"[:28]
            lines.append(f"  {label:<29}{shown[0]:>13}{shown[1]:>10}{shown[2]:>10}{without:>28}")
    tried = ", ".join(f"{size} {of} {percent(float(planned.power[(k, *found.primary)]))}"
                      for k, size in enumerate(planned.sizes))  # fmt: skip
    return "\n".join([*lines, wrapped(f"Power of the primary reading: {tried}.", indent="  ")])


def _over(planned: Planned) -> str:
    return f"over {count(planned.sizes[-1])}"


def of_line(one: Done) -> list[str]:
    """What was found of one study, in sentences."""
    found, said = one.repeated, one.line.said
    t, m = found.primary
    label = f"{label_of(found.measures[m])} (week {found.times[t]})"
    places = min(max(3, decimals_for(float(found.about[t, m]))), 4)
    form, bias = form_of(one, places), partial(signed, decimals=places)
    published, about, same = (
        mean_of(found.published[:, t, m, 0]),
        float(found.about[t, m]),
        mean_of(found.same[:, t, m]),
    )
    example = [float(value) for value in found.published[0, t, m]]
    ends = example[0], example[1], example[2]
    p = f", P {probability(example[3])}" if np.isfinite(example[3]) else ""
    sizes = [mean_of(found.biases[:, k]) for k in range(len(found.steps))]
    largest = int(np.nanargmax(np.abs(sizes))) if not np.isnan(sizes).all() else 0
    burden = burden_of(said, found)
    error = sd_of(found.published[:, t, m, 0]) / np.sqrt(found.repetitions)
    lines = [
        f"Of {label} it would publish {form(published)} on average; one such study found "
        f"{interval(*ends, form)}{p}. True of those who took part was {form(same)}, of all it is read as being "
        f"about {form(about)}.",
        _bias_said(published - about, error, bias, f"{cause_of(one, found.steps[largest])} ({bias(sizes[largest])})"),
        f"Of a hundred intervals of 95 %, {fixed(100 * float(found.covered()[t, m]), 0)} hold what is true of all.",
    ]
    if said.outside:
        lines.insert(1, outside_said(one))
    if said.people.who == "groups":
        return [*lines[:-1], f"It lists {number(burden.people, 0)} groups and asks nobody anything."]
    if said.analysis.by not in OF_PEOPLE and not np.isnan(found.power()[t, m]):
        lines.append(f"It reports a difference (P below 0.05) in {percent(float(found.power()[t, m]))} of repetitions.")
    time = f"over {plural(burden.weeks, 'week')}" if burden.weeks else "once"
    lines.append(
        f"It asks {number(burden.people, 0)} people for up to {number(burden.each, 0)} minutes each, together "
        f"{number(burden.hours, 0)} hours, {time}."
    )
    if one.planned is not None:
        lines.append(_needed_said(one))
    return lines


def outside_said(one: Done) -> str:
    """The outside figure beside what the same study would find here, like with like."""
    found, outside = one.repeated, OUTSIDE[one.line.said.outside]
    estimates = found.published[(slice(None), *found.primary, 0)]
    value, spread = mean_of(estimates), sd_of(estimates)
    here = word_for(Estimate(value, value - 2 * spread, value + 2 * spread, found.repetitions), outside)
    seen = SEEN[outside.seen]
    return (f"Outside it was {outside.says} ({outside.source}; {seen}). The same study would find "
            f"{form_of(one, 2)(value)} here: {here}. {capital(outside.note)}.")  # fmt: skip


def _bias_said(bias: float, error: float, form: Callable[[float | None], str], cause: str) -> str:
    """How large the bias is, and what most of it is, unless it may be luck."""
    if not abs(bias) > SURELY * error:
        return f"The bias is {form(bias)}, no more than the luck of the repetitions."
    return f"The bias is {form(bias)}; most of it is {cause}."


def _needed_said(one: Done) -> str:
    planned, found = one.planned, one.repeated
    assert planned is not None
    size, wanted, of = float(planned.needed[found.primary]), percent(planned.wanted), SIZES[planned.by]
    if np.isnan(size):
        return f"No size that was tried, up to {count(planned.sizes[-1])} {of}, has a power of {wanted}."
    people = count(np.ceil(planned.people_of(size)))
    said = f"For a power of {wanted} it takes about {count(np.ceil(size))} {of}, {people} people in all."
    if planned.plainly is None:
        return f"{said} A bias counts towards power as an effect does."
    plain = float(planned.plainly.needed[found.primary])
    without = _over(planned.plainly) if np.isnan(plain) else f"about {count(np.ceil(plain))}"
    return f"{said} A bias counts towards power as an effect does: told plainly, it would take {without} {of}."


def _told_table(found: Studied) -> str:
    """What tells two accounts apart, the least hours first."""
    lines = [f"  {'study':<24}{'outcome':<26}{'week':>5}{'distance':>10}{'towns':>8}{'people':>8}{'hours':>9}"
             f"{'weeks':>7}"]  # fmt: skip
    for one in found.told[:MOST_TOLD]:
        lines.append(
            f"  {one.study[:23]:<24}{label_of(one.measure)[:25]:<26}{one.week:>5}{fixed(one.distance, 2):>10}"
            f"{_whole(one.towns):>8}{_whole(one.people):>8}{_whole(one.hours):>9}{one.weeks:>7}"
        )
    more = len(found.told) - MOST_TOLD
    note = (
        "Distance: between the mean estimates under the two accounts, in standard deviations of an estimate of the "
        "study as planned. Towns, people, hours: that it takes to tell the accounts apart four times in five."
    )
    rest = f"{more} more rows: apart.csv. " if more > 0 else ""
    return "\n".join([*lines, wrapped(f"{rest}{note}", indent="  "), ""])


def _whole(value: float) -> str:
    return count(np.ceil(value)) if np.isfinite(value) else DASH


def in_short(found: Studied) -> list[str]:
    """What was found, in sentences."""
    if found.study.mode != "tell":
        several = len(found.done) > 1
        return [f"{f'{one.line.account}: ' if several else ''}{text}" for one in found.done for text in of_line(one)]
    known = [one for one in found.told if np.isfinite(one.hours)]
    if not known:
        return ["No study that was tried tells the two accounts apart."]
    asking = [one for one in known if one.hours > 0]
    soonest = min(known, key=lambda one: (one.weeks, one.towns))
    lines = []
    if asking:
        least = min(asking, key=lambda one: one.hours)
        lines.append(f"With the least of people's time: {_told_said(least)}")
    lines.append(f"Soonest: {_told_said(soonest)}")
    never = sorted({one.study for one in found.told} - {one.study for one in known})
    if never:
        lines.append(f"Not told apart by {listed(never)}: as far as so many repetitions show, what it reports is the "
                     "same under both.")  # fmt: skip
    return lines


def _told_said(one: Told) -> str:
    return (
        f"{one.study}, {label_of(one.measure)} at week {one.week}: {signed(one.means[0], 3)} under {one.one}, "
        f"{signed(one.means[1], 3)} under {one.other}; {_whole(one.towns)} towns, {_whole(one.people)} people, "
        f"{_whole(one.hours)} hours, {plural(one.weeks, 'week')}."
    )
