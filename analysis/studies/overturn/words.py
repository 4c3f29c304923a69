"""``overturn`` in plain words and small tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from analysis.compare.estimate import Estimates
from analysis.compare.outcomes import OUTCOME, POPULATIONS
from analysis.studies.overturn.ablation import MAIN
from analysis.studies.overturn.mechanisms import ALL_ON, MECHANISMS, NONE_ON
from analysis.studies.overturn.reporting import Needed
from analysis.studies.overturn.rivals import Three, unit_of
from analysis.words.care import CAUTION
from analysis.words.numbers import DASH, count, fixed, interval, percent, signed, span
from analysis.words.prose import capital, listed, plural, seeds_said, wrapped

if TYPE_CHECKING:
    from analysis.studies.overturn.study import Overturned

SHOWN_RIVALS = ("isolation", "coping", "distress", "episodes")  # a count of episodes never stands alone
WORTH_NAMING = 0.1  # of the whole effect
LEAST_EFFECT = 0.005  # standard deviations; below it every part is rounding
_change = partial(signed, decimals=3)


def summary_of(found: Overturned) -> str:
    """The summary that is printed and kept as summary.txt."""
    arm, study = found.lived.arm, found.study
    seeds = seeds_said(list(study.seeds)[: found.finished])
    parts = [
        f"What would overturn it: {arm.title}",
        f"{plural(found.finished, 'run')}, {seeds}, looked at after {span(found.weeks)}. All of this follows from "
        "assumptions.",
        "",
        _effects(found, "joined"), _effects(found, "regulars"), _alone(found), wrapped(fixed_people(found)) + "\n",
        _rivals(found), _reporting(found), wrapped(CAUTION), "",
    ]  # fmt: skip
    return "\n".join(parts)


def in_short(found: Overturned) -> list[str]:
    """What was found, a sentence or two each."""
    return [capital(sentence) for sentence in [*_hangs_on(found), _plausible_optimism(found)]]


def _effects(found: Overturned, population: str) -> str:
    """The exact split, as a table: mechanisms down, outcomes across."""
    p = list(POPULATIONS).index(population)
    people = int(found.lived.sums.people[:, p, 0].sum())
    total, split = found.parts.total, found.parts.readings["shapley"]
    head = f"  {'':<26}" + "".join(f"{OUTCOME[name].label.replace('internalised ', ''):>15}" for name in MAIN)
    whom = f"{POPULATIONS[population]} ({people} people)"
    lines = [f"What the effect is made of: {whom}, standardised, parts sum to the whole", head]
    for m, mechanism in enumerate(MECHANISMS):
        marks = ["*" if _stands_out(split, p, o, m) else " " for o in range(len(MAIN))]
        values = "".join(f"{_change(split.value[p, o, m]):>14}{marks[o]}" for o in range(len(MAIN)))
        lines.append(f"  {mechanism.label:<26}{values}")
    lines.append(f"  {'everything':<26}" + "".join(f"{_change(total.value[p, o]):>14} " for o in range(len(MAIN))))
    ends = [f"{signed(total.low[p, o], 2)} to {signed(total.high[p, o], 2)}" for o in range(len(MAIN))]
    lines.append(f"  {'  95 % interval':<26}" + "".join(f"{end:>15}" for end in ends))
    lines.append(f"  * {LEAST_EFFECT:g} or more, and its interval leaves out zero (all intervals: shares.csv)\n")
    return "\n".join(lines)


def _stands_out(split: Estimates, p: int, o: int, m: int) -> bool:
    sure = split.low[p, o, m] > 0 or split.high[p, o, m] < 0
    return bool(sure and abs(split.value[p, o, m]) >= LEAST_EFFECT)


def _alone(found: Overturned) -> str:
    """What it hangs on, under a heading."""
    head = wrapped(
        "What it hangs on (all who ever came; counter-mechanisms pull the other way, so the others' parts may "
        "sum to more than 100 %)"
    )
    return "\n".join([head, *(wrapped(capital(one), indent="  ") for one in _hangs_on(found)), ""])


def _hangs_on(found: Overturned) -> list[str]:
    """For each outcome the mechanism that matters most, and what is left without it."""
    p = list(POPULATIONS).index("joined")
    r, total = found.parts.readings, found.parts.total
    said = []
    for o, name in enumerate(MAIN):
        whole = total.value[p, o]
        if np.isnan(whole):
            said.append(f"{OUTCOME[name].label}: nobody to count.")
            continue
        if abs(whole) < LEAST_EFFECT or total.low[p, o] <= 0 <= total.high[p, o]:
            said.append(f"{OUTCOME[name].label}: hardly any effect to take apart ({_change(whole)}).")
            continue
        m = int(np.argmax(r["lost_without"].value[p, o] * np.sign(whole)))
        named = [
            f"{percent(found.parts.share.value[p, o, k])} {MECHANISMS[k].label}"
            for k in np.argsort(-found.parts.share.value[p, o])
            if abs(found.parts.share.value[p, o, k]) >= WORTH_NAMING
        ]
        said.append(
            f"{OUTCOME[name].label} {_change(whole)}: {listed(named)}. It hangs most on {MECHANISMS[m].label}: without "
            f"it {_figure(r['off_alone'], p, o, m)} is left; with it alone there would be "
            f"{_figure(r['on_alone'], p, o, m)}."
        )
    return said


def _figure(found: Estimates, p: int, o: int, m: int) -> str:
    return interval(found.value[p, o, m], found.low[p, o, m], found.high[p, o, m], _change)


def fixed_people(found: Overturned) -> str:
    """What measuring the same people in every world hides."""
    sums = found.lived.sums
    came, too = sums.came.sum(axis=0), sums.came_too.sum(axis=0)
    if not came[ALL_ON]:
        return "Nobody ever came."
    least = int(np.argmin(too))
    with np.errstate(divide="ignore", invalid="ignore"):
        own = (sums.own_difference.sum(axis=0) / sums.own_people.sum(axis=0))[MAIN.index("isolation")]
        same = (sums.difference.sum(axis=0) / sums.people.sum(axis=0)[..., None])[list(POPULATIONS).index("joined"), 0]
    apart = int(np.nanargmax(np.abs(own - same)))
    on = [m.label for k, m in enumerate(MECHANISMS) if apart >> k & 1]
    none, fewest = (percent(too[world] / came[ALL_ON], 1) for world in (NONE_ON, least))
    return (
        f"The people measured are those who came with everything at work, in every world the same. With nothing at "
        f"work {none} of them came as well; in no world fewer than {fewest}. Measured on those who came in each world "
        f"itself, the difference in isolation is nowhere further off than with {', '.join(on) or 'nothing'} at work: "
        f"{signed(own[apart], 4)} instead of {signed(same[apart], 4)}."
    )


def _rivals(found: Overturned) -> str:
    lines = []
    for rival in found.rivals:
        rows = [one for one in found.three if one.rival == rival.name and one.outcome in SHOWN_RIVALS]
        lines += [rival.title, wrapped(rival.question, indent="  ")]
        head = f"{'people':>8}{'before-after':>14}{'the twin':>10}{'difference':>12}  {'95 % interval':<20}"
        lines += ["  Those who came and were seen before they came", f"  {'':<27}{head}"]
        for outcome in SHOWN_RIVALS:
            lines.append(f"  {capital(outcome)}, {unit_of(outcome)}")
            lines += [_three(one) for one in rows if one.outcome == outcome]
        lines.append("  All who ever came, seen before or not: paired difference, standardised")
        lines.append(f"  {'':<27}{'people':>8}" + "".join(f"{capital(outcome):>23}" for outcome in SHOWN_RIVALS))
        lines += [_of_all([one for one in rows if one.arm == arm]) for arm in rival.arms]
        lines.append("")
    return "\n".join(lines)


def _named(one: Three) -> str:
    return f"    {one.arm.replace('joining grows with need to the power', 'power of need'):<25}"


def _three(one: Three) -> str:
    d = one.difference
    ends = DASH if np.isnan(d[1]) else f"{_change(d[1])} to {_change(d[2])}"
    return (
        f"{_named(one)}{count(one.people):>8}{_change(one.change[0]):>14}{_change(one.twin_change[0]):>10}"
        f"{_change(d[0]):>12}  {ends}"
    )


def _of_all(of_arm: Sequence[Three]) -> str:
    """One arm: how many came, and the standardised difference of each outcome."""
    sizes = (one.standardised for one in of_arm)
    cells = "".join(f"{interval(value, low, high, signed):>23}" for value, low, high in sizes)
    return f"{_named(of_arm[0])}{count(max(one.people_all for one in of_arm)):>8}{cells}"


def _reporting(found: Overturned) -> str:
    by = {(one.world, one.statement.name): one for one in found.needed_by_default}
    assumed = found.study.assumed
    plausible = assumed["optimism"].plausible
    lines = [
        "Is it only how people speak of it?",
        wrapped(
            "Reported improvement = true improvement + optimism x mean tie to the other regulars. How large must "
            "optimism be for most regulars to report it, where everything works and where every effect is off? "
            "Assumed: up to "
            f"{plausible[1]:g} is plausible; told is what has moved by {assumed['noticing'].default:g} or more "
            f"(episodes: by {percent(assumed['lessened'].default)}).",
            indent="  ",
        ),
        f"  {'':<18}{'report it without optimism':>38}{'optimism needed for most to report it':>52}",
        f"  {'':<18}{'everything on':>20}{'every effect off':>18}{'everything on':>26}{'every effect off':>30}",
    ]  # fmt: skip
    for statement in dict.fromkeys(one.statement for one in found.needed_by_default):
        on, off = by["everything", statement.name], by["nothing", statement.name]
        lines.append(f"  {statement.words:<18}{_share(on):>20}{_share(off):>18}{_needed(on):>26}{_needed(off):>30}")
    return "\n".join([*lines, wrapped(_plausible_optimism(found), indent="  "), ""])


def _plausible_optimism(found: Overturned) -> str:
    within = [
        one.statement.words for one in found.needed_by_default
        if one.world == "nothing" and one.needed[0] <= found.study.assumed["optimism"].plausible[1]
    ]  # fmt: skip
    off = "With every effect off,"
    if not within:
        return f"{off} no plausible optimism would be enough for most regulars to report any improvement."
    return f"{off} plausible optimism would be enough for most regulars to report: {listed(within)}."


def _share(one: Needed) -> str:
    return DASH if np.isnan(one.truly[0]) else f"{percent(one.truly[0])} of {one.people}"


def _needed(one: Needed) -> str:
    value, low, high = ("none enough" if math.isinf(value) else fixed(value) for value in one.needed)
    return f"{value} ({low} to {high})"
