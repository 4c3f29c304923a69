"""Claims about learning from others, no longer hiding, and managing better: C22 to C26."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from analysis.compare.estimate import Estimate, bootstrap, mean_of
from analysis.studies.claims.before import DATED
from analysis.studies.claims.declare import Claim, Reading, Runs
from analysis.studies.claims.read import (
    effect,
    effect_gap,
    effect_share,
    finite,
    gap,
    looked,
    looks,
    people,
    people_columns,
    twin_change,
    when,
    within_gap,
)

MOST = 0.5
FALL = 0.8  # of what it was before: a fall of 20 % or more
Columns = dict[str, np.ndarray]
Share = Callable[[Columns], tuple[np.ndarray, np.ndarray]]


def _listening(runs: Runs) -> list[Reading]:
    return [
        effect_gap(runs, "groupA", "no learning", "understanding", low=0.0, strict=True),
        effect_share(runs, "no learning", "groupA", "understanding", decides=False),
        effect(runs, "groupA", "understanding", "regulars", standard=True, decides=False),
        looked(
            runs,
            "groupA",
            "largest_gain",
            "gainers",
            "largest gain of four weeks as a share of the first year's, regulars (even: 0.08)",
            "share",
            decides=False,
        ),
    ]


def _ways_of_coping(runs: Runs) -> list[Reading]:
    def coping(name: str, words: str) -> Reading:
        own, change, twins, count = looks(
            runs, "groupA", f"{name}_coping", f"{name}_change", f"{name}_twin_change", name
        )
        return Reading(
            f"coping a year after coming, {words}, groupA: life less twin",
            "0-1",
            bootstrap(mean_of, own, count),
            life_change=bootstrap(mean_of, change, count),
            twin_change=bootstrap(mean_of, twins, count),
            decides=False,
        )

    each = [
        column
        for name in ("first_hand", "joining")
        for column in looks(runs, "groupA", f"{name}_meetings", f"{name}_coping")
    ]
    return [
        within_gap(
            runs,
            "groupA",
            "first_hand_coping",
            "first_hand",
            "joining_coping",
            "joining",
            "effect on coping a year after coming, founders less those who joined a group of two years or more",
            "0-1",
            high=0.0,
            strict=True,
        ),
        effect(runs, "groupA", "coping", "regulars", low=0.0, strict=True),
        coping("first_hand", "founders who are regulars"),
        coping("joining", "regulars who joined later"),
        Reading(
            "effect on coping for each meeting attended: founders less those who joined later, groupA",
            "a meeting",
            bootstrap(gap, *each),
            decides=False,
        ),
        effect_gap(runs, "groupA", "no copying", "coping", "regulars", decides=False),
    ]


def _coping_rises_anyway(runs: Runs) -> list[Reading]:
    return [twin_change(runs, "groupA", "coping", "regulars", low=0.0, strict=True)]


def _helping(runs: Runs) -> list[Reading]:
    def slope(arm: str, **bounds: Any) -> Reading:
        columns = looks(runs, arm, "helpers", "help", "help_squared", "gained", "help_gained")
        estimate = bootstrap(_slope, *columns)
        return Reading(
            f"understanding gained for each time of helping, all who ever came, year 2, {arm}",
            "a time",
            estimate,
            **bounds,
        )

    names = ("helpers", "help", "help_squared", "gained", "help_gained", "met", "met_squared", "met_help", "met_gained")
    same = bootstrap(_slope_beside_meetings, *looks(runs, "groupA", *names))
    return [
        effect_gap(runs, "groupA", "no mirror", "understanding", low=0.0, strict=True),
        slope("groupA", low=0.0, strict=True),
        slope("no mirror", decides=False),
        Reading("the same in groupA, of people with as many meetings attended", "a time", same, decides=False),
        effect_gap(runs, "groupA", "no mirror", "distress", decides=False),
    ]


def _slope(n: np.ndarray, x: np.ndarray, xx: np.ndarray, y: np.ndarray, xy: np.ndarray) -> np.ndarray:
    """Least squares over all people of all runs, from sums."""
    return finite((xy - x * y / n) / (xx - x * x / n))


def _slope_beside_meetings(*columns: np.ndarray) -> np.ndarray:
    """The slope on help given where meetings attended stands beside it in the same regression."""
    n, x, xx, y, xy, z, zz, zx, zy = columns
    sxx, sxy, szz, szx, szy = xx - x * x / n, xy - x * y / n, zz - z * z / n, zx - z * x / n, zy - z * y / n
    return finite((sxy * szz - szy * szx) / (sxx * szz - szx**2))


def _no_longer_hiding(runs: Runs) -> list[Reading]:
    return [
        effect(runs, "groupA", "told_outside", "regulars", low=0.0, strict=True),
        effect(runs, "groupA", "told_outside", "joined", decides=False),
        effect(runs, "groupA", "stigma", "regulars", standard=True, decides=False),
        effect(runs, "groupB", "told_outside", "regulars", decides=False),
        effect(runs, "befriending", "told_outside", "regulars", decides=False),
        effect(runs, "judging", "told_outside", "regulars", decides=False),
    ]


def _telling_grows_anyway(runs: Runs) -> list[Reading]:
    return [twin_change(runs, "groupA", "told_outside", "regulars", low=0.0, strict=True)]


def lessened(columns: Columns) -> tuple[np.ndarray, np.ndarray]:
    """Who had fewer episodes than the twin; as many is not fewer."""
    life, twin = columns["episodes_life"], columns["episodes_twin"]
    return ~np.isnan(life) & ~np.isnan(twin), life < twin


def managed(columns: Columns) -> tuple[np.ndarray, np.ndarray]:
    """Who had fewer episodes for each hard day than the twin; without hard days in either world: not fewer."""
    known = ~np.isnan(columns["episodes_life"]) & ~np.isnan(columns["episodes_twin"])
    return known, columns["episodes_per_hard_day_life"] < columns["episodes_per_hard_day_twin"]


def lessened_at_all(columns: Columns) -> tuple[np.ndarray, np.ndarray]:
    """Of those whose twin had an episode in the year, who had fewer: nobody can have fewer than none."""
    return columns["episodes_twin"] > 0, columns["episodes_life"] < columns["episodes_twin"]


def stopped(columns: Columns) -> tuple[np.ndarray, np.ndarray]:
    """Of those whose twin had an episode in the year, who had none."""
    return columns["episodes_twin"] > 0, columns["episodes_life"] == 0


def fell(world: str, to: float = 1.0) -> Share:
    """Of those seen for long enough before, whose episodes a year are fewer now than before coming."""

    def some(columns: Columns) -> tuple[np.ndarray, np.ndarray]:
        before, now = columns["episodes_before"], columns[f"episodes_{world}"]
        less = (now < before) if to == 1.0 else (now <= to * before) & (before > 0)
        return ~np.isnan(before) & ~np.isnan(now), less

    return some


def _manage_better(runs: Runs) -> list[Reading]:
    def share(arm: str, population: str, words: str, some: Share, **bounds: Any) -> Reading:
        return Reading(
            f"{words}, {when(population, 2)}, {arm}",
            "share of people",
            people(runs, arm, 2, population, some),
            **bounds,
        )

    fewer, better = "fewer episodes than the twin", "fewer episodes for each hard day than the twin"
    readings = [
        _either(runs, "groupA", "regulars", low=MOST, strict=True),
        share("groupA", "regulars", "no episode that year, of those whose twin had one", stopped, high=MOST),
        share("groupA", "regulars", fewer, lessened, decides=False),
        share("groupA", "regulars", better, managed, decides=False),
        share("groupA", "regulars", "more episodes than the twin", _more, decides=False),
        share("groupA", "regulars", f"{fewer}, of those whose twin had one", lessened_at_all, decides=False),
        share("groupA", "joined", fewer, lessened, decides=False),
        share("groupA", "joined", better, managed, decides=False),
        *(share(arm, "regulars", fewer, lessened, decides=False) for arm in ("befriending", "judging", "groupB")),
        share(
            "groupA", "regulars", "fewer episodes than before; of those seen before coming", fell("life"), decides=False
        ),
        share("groupA", "regulars", "the twin: fewer than before; of the same", fell("twin"), decides=False),
        share("groupA", "regulars", "fewer episodes than before by 20 % or more", fell("life", FALL), decides=False),
        share(
            "groupA",
            "regulars",
            "the twin: fewer episodes than before by 20 % or more",
            fell("twin", FALL),
            decides=False,
        ),
    ]
    beside = [
        effect(runs, "groupA", name, "regulars", standard=True, decides=False)
        for name in ("episodes", "episodes_per_hard_day", "coping", "distress", "isolation")
    ]
    return [*readings, *beside]


def _more(columns: Columns) -> tuple[np.ndarray, np.ndarray]:
    counted, _ = lessened(columns)
    return counted, columns["episodes_life"] > columns["episodes_twin"]


def _either(runs: Runs, arm: str, population: str, **bounds: Any) -> Reading:
    """The larger of the two shares of people."""
    counted, fewer = people_columns(runs[arm], 2, population, lessened)
    _, better = people_columns(runs[arm], 2, population, managed)
    label = f"fewer episodes than the twin, or fewer for each hard day (the larger share), {when(population, 2)}, {arm}"
    return Reading(
        label,
        "share of people",
        bootstrap(_larger, counted, fewer, better),
        **bounds,
    )


def _larger(counted: np.ndarray, fewer: np.ndarray, better: np.ndarray) -> np.ndarray:
    larger: np.ndarray = np.maximum(fewer, better) / counted
    return larger


def _most_fall_anyway(runs: Runs) -> list[Reading]:
    estimate: Estimate = people(runs, "groupA", 2, "regulars", fell("twin"))
    label = f"without a group: fewer episodes than before, {when('regulars', 2)}, groupA"
    return [Reading(label, "share of people", estimate, low=MOST, strict=True, decides=False)]


CLAIMS = (
    Claim(
        id="C22",
        statement="Listening to others brings insight.",
        quote="turned a light switch on",
        speaker="A2",
        kind="built in",
        contrast="group A against the same group where listening teaches nothing",
        population="all who ever came, year 2",
        outcome="understanding",
        threshold="less understanding is gained where listening teaches nothing",
        dated=DATED,
        needs=("groupA", "no learning"),
        read=_listening,
        note=(
            "Sudden or gradual? The share of a year's gain that came in its best four weeks is shown; the model "
            "has no sudden insight."
        ),
        rests_on=("meeting.learn", "meeting.strength"),
        overturn="meeting.learn = 0.",
    ),
    Claim(
        id="C23",
        statement="They learn ways of coping from each other.",
        quote="different ways that we've tried to cope",
        speaker="B4",
        kind="emergent",
        contrast=(
            "people who begin a group in which all are new, against people who join one that has met for two years"
        ),
        population="regulars a year after coming",
        outcome="coping",
        threshold="coping rises against twins, and less for those who begin together than for those who join later",
        dated=DATED,
        needs=("groupA", "no copying"),
        read=_ways_of_coping,
        true_without=_coping_rises_anyway,
        weeks=416,
        note=(
            "Founders and later comers are different people in groups of different sizes; each is held against "
            "the own twin. Against twins coping falls very slightly; what is true without a group is that coping "
            "rises, "
            "not that it is learned from others."
        ),
        rests_on=("meeting.cope", "meeting.copy_poor_coping", "people.coping_a", "people.coping_b"),
        overturn="Poor ways of coping copied as readily as good ones (meeting.copy_poor_coping = 1).",
    ),
    Claim(
        id="C24",
        statement="Who helps gains by it.",
        quote="mirror images to yourself",
        speaker="B3",
        kind="built in",
        contrast="group A against the same group where helping teaches nothing",
        population="all who ever came, year 2",
        outcome="understanding",
        threshold="less understanding is gained where helping teaches nothing, and who helps more gains more",
        dated=DATED,
        needs=("groupA", "no mirror"),
        read=_helping,
        note=(
            "The slope alone proves nothing: who helps more also listens more, and it stays positive where "
            "helping teaches nothing."
        ),
        rests_on=("meeting.help_prob", "meeting.helper", "meeting.burden"),
        overturn="meeting.helper = 0.",
    ),
    Claim(
        id="C25",
        statement="They no longer hide it.",
        quote="I accept it within myself now",
        speaker="A4",
        kind="held out",
        contrast="group A against twins",
        population="regulars, year 2",
        outcome="times of telling somebody outside, a year",
        threshold="more often than the twin",
        dated=DATED,
        needs=("groupA", "groupB", "befriending", "judging"),
        read=_no_longer_hiding,
        true_without=_telling_grows_anyway,
        note="Telling follows from less shame; whether outsiders accept is not in the group's hands.",
        rests_on=("outside.tell_per_year", "meeting.accept", "meeting.normalise"),
        overturn="meeting.strength = 0.",
    ),
    Claim(
        id="C26",
        statement="Most lessen their self-harm or manage it better.",
        quote="been able to manage my self-harm",
        speaker="A3",
        kind="emergent",
        contrast="each member against the own twin",
        population="regulars, year 2",
        outcome="episodes a year; episodes for each hard day",
        threshold=(
            "more than half have fewer episodes than their twin, or more than half have fewer for each hard "
            "day; of those whose twin had an episode, at most half have none"
        ),
        dated=DATED,
        needs=("groupA", "groupB", "befriending", "judging"),
        read=_manage_better,
        true_without=_most_fall_anyway,
        note=(
            "As many as the twin counts as not fewer. The authors' own words are a before-and-after impression, "
            "which is why the share of twins whose episodes fell stands beside it. Fewer episodes are not the "
            "whole of it: coping, distress and isolation follow."
        ),
        rests_on=(
            "episodes.coping_protection",
            "episodes.practice",
            "life.distress_from_isolation",
            "life.distress_from_stigma",
        ),
        overturn=(
            "A stronger group (meeting.strength), weaker social influence on urges, or coping that protects more."
        ),
    ),
)
