"""Claims about learning from others, no longer hiding, and managing better: C22 to C26."""

from __future__ import annotations

import numpy as np

from analysis.compare.estimate import bootstrap, mean_of
from analysis.studies.claims.before import DATED
from analysis.studies.claims.declare import Claim, Estimand, Reading, Runs
from analysis.studies.claims.read import (
    Chosen,
    Columns,
    effect,
    effect_gap,
    effect_share,
    finite,
    gap,
    mean,
    mean_gap_within,
    of_totals,
    people_columns,
    share_of_people,
    totals,
    twin_change,
    when,
    with_changes,
)

FALL = 0.8  # of what it was before: a fall of 20 % or more
HELP = ("helpers", "help", "help_squared", "gained", "help_gained")
FEWER, BETTER = "fewer episodes than the twin", "fewer episodes for each hard day than the twin"


def _coping(name: str, words: str) -> Estimand:
    label = f"coping a year after coming, {words}, groupA: life less twin"
    effect_on_them = of_totals(label, "0-1", mean_of, *totals("groupA", f"{name}_coping", name))
    return with_changes(effect_on_them, "groupA", f"{name}_change", f"{name}_twin_change", name)


def _slope_on_help(arm: str) -> Estimand:
    label = f"understanding gained for each time of helping, all who ever came, year 2, {arm}"
    return of_totals(label, "a time", _slope, *totals(arm, *HELP))


def _slope(n: np.ndarray, x: np.ndarray, xx: np.ndarray, y: np.ndarray, xy: np.ndarray) -> np.ndarray:
    """Least squares over all people of all runs, from sums."""
    return finite((xy - x * y / n) / (xx - x * x / n))


def _slope_beside_meetings(*columns: np.ndarray) -> np.ndarray:
    """The slope on help given where meetings attended stands beside it in the same regression."""
    n, x, xx, y, xy, z, zz, zx, zy = columns
    sxx, sxy, szz, szx, szy = xx - x * x / n, xy - x * y / n, zz - z * z / n, zx - z * x / n, zy - z * y / n
    return finite((sxy * szz - szy * szx) / (sxx * szz - szx**2))


def lessened(columns: Columns) -> tuple[np.ndarray, np.ndarray]:
    """Who had fewer episodes than the twin; as many is not fewer."""
    life, twin = columns["episodes_life"], columns["episodes_twin"]
    return ~np.isnan(life) & ~np.isnan(twin), life < twin


def _more(columns: Columns) -> tuple[np.ndarray, np.ndarray]:
    counted, _ = lessened(columns)
    return counted, columns["episodes_life"] > columns["episodes_twin"]


def managed(columns: Columns) -> tuple[np.ndarray, np.ndarray]:
    """Who had fewer episodes for each hard day than the twin; without hard days in either world: not fewer."""
    known = ~np.isnan(columns["episodes_life"]) & ~np.isnan(columns["episodes_twin"])
    return known, columns["episodes_per_hard_day_life"] < columns["episodes_per_hard_day_twin"]


def lessened_at_all(columns: Columns) -> tuple[np.ndarray, np.ndarray]:
    """Of those whose twin had an episode in the year, who had fewer: nobody can have fewer than none."""
    return columns["episodes_twin"] > 0, columns["episodes_life"] < columns["episodes_twin"]


def without_episode(columns: Columns) -> tuple[np.ndarray, np.ndarray]:
    """Of those whose twin had an episode in the year, who had none."""
    return columns["episodes_twin"] > 0, columns["episodes_life"] == 0


def fell(world: str, to: float = 1.0) -> Chosen:
    """Of those seen for long enough before, whose episodes a year are fewer now than before coming."""

    def chosen(columns: Columns) -> tuple[np.ndarray, np.ndarray]:
        before, now = columns["episodes_before"], columns[f"episodes_{world}"]
        less = (now < before) if to == 1.0 else (now <= to * before) & (before > 0)
        return ~np.isnan(before) & ~np.isnan(now), less

    return chosen


def _either(runs: Runs) -> Reading:
    """The larger of the two shares of people."""
    counted, fewer = people_columns(runs["groupA"], 2, "regulars", lessened)
    _, better = people_columns(runs["groupA"], 2, "regulars", managed)
    words = "fewer episodes than the twin, or fewer for each hard day (the larger share)"
    larger = bootstrap(_larger, counted, fewer, better)
    return Reading(f"{words}, {when('regulars', 2)}, groupA", "share of people", larger)


def _larger(counted: np.ndarray, fewer: np.ndarray, better: np.ndarray) -> np.ndarray:
    larger: np.ndarray = np.maximum(fewer, better) / counted
    return larger


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
        decides=(effect_gap("groupA", "no learning", "understanding").above(0.0),),
        beside=(
            effect_share("no learning", "groupA", "understanding"),
            effect("groupA", "understanding", "regulars", standard=True),
            mean(
                "groupA",
                "largest_gain",
                "gainers",
                "largest gain of four weeks as a share of the first year's, regulars (even: 0.08)",
                "share",
            ),
        ),
        note=(
            "Sudden or gradual? The share of a year's gain that came in its best four weeks is shown; the model has"
            " no sudden insight."
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
        decides=(
            mean_gap_within(
                "groupA",
                "first_hand_coping",
                "first_hand",
                "joining_coping",
                "joining",
                "effect on coping a year after coming, founders less those who joined a group of two years or more",
            ).below(0.0),
            effect("groupA", "coping", "regulars").above(0.0),
        ),
        beside=(
            _coping("first_hand", "founders who are regulars"),
            _coping("joining", "regulars who joined later"),
            of_totals(
                "effect on coping for each meeting attended: founders less those who joined later, groupA",
                "a meeting",
                gap,
                *totals("groupA", "first_hand_meetings", "first_hand_coping", "joining_meetings", "joining_coping"),
            ),
            effect_gap("groupA", "no copying", "coping", "regulars"),
        ),
        true_without=(twin_change("groupA", "coping", "regulars").above(0.0),),
        weeks=416,
        note=(
            "Founders and later comers are different people in groups of different sizes; each is held against the "
            "own twin. Against twins coping falls very slightly; what is true without a group is that coping rises,"
            " not that it is learned from others."
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
        decides=(
            effect_gap("groupA", "no mirror", "understanding").above(0.0),
            _slope_on_help("groupA").above(0.0),
        ),
        beside=(
            _slope_on_help("no mirror"),
            of_totals(
                "the same in groupA, of people with as many meetings attended",
                "a time",
                _slope_beside_meetings,
                *totals("groupA", *HELP, "met", "met_squared", "met_help", "met_gained"),
            ),
            effect_gap("groupA", "no mirror", "distress"),
        ),
        note=(
            "The slope alone proves nothing: who helps more also listens more, and it stays positive where helping "
            "teaches nothing."
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
        decides=(effect("groupA", "told_outside", "regulars").above(0.0),),
        beside=(
            effect("groupA", "told_outside"),
            effect("groupA", "stigma", "regulars", standard=True),
            *(effect(arm, "told_outside", "regulars") for arm in ("groupB", "befriending", "judging")),
        ),
        true_without=(twin_change("groupA", "told_outside", "regulars").above(0.0),),
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
            "more than half have fewer episodes than their twin, or more than half have fewer for each hard day; of"
            " those whose twin had an episode, at most half have none"
        ),
        dated=DATED,
        decides=(
            Estimand(("groupA",), _either).above(0.5),
            share_of_people("no episode that year, of those whose twin had one", without_episode).at_most(0.5),
        ),
        beside=(
            share_of_people(FEWER, lessened),
            share_of_people(BETTER, managed),
            share_of_people("more episodes than the twin", _more),
            share_of_people(f"{FEWER}, of those whose twin had one", lessened_at_all),
            share_of_people(FEWER, lessened, population="joined"),
            share_of_people(BETTER, managed, population="joined"),
            *(share_of_people(FEWER, lessened, arm) for arm in ("befriending", "judging", "groupB")),
            share_of_people("fewer episodes than before; of those seen before coming", fell("life")),
            share_of_people("the twin: fewer than before; of the same", fell("twin")),
            share_of_people("fewer episodes than before by 20 % or more", fell("life", FALL)),
            share_of_people("the twin: fewer episodes than before by 20 % or more", fell("twin", FALL)),
            *(
                effect("groupA", outcome, "regulars", standard=True)
                for outcome in ("episodes", "episodes_per_hard_day", "coping", "distress", "isolation")
            ),
        ),
        true_without=(share_of_people("without a group: fewer episodes than before", fell("twin")).above(0.5),),
        note=(
            "As many as the twin counts as not fewer. The authors' own words are a before-and-after impression, "
            "which is why the share of twins whose episodes fell stands beside it. Fewer episodes are not the whole"
            " of it: coping, distress and isolation follow."
        ),
        rests_on=(
            "episodes.coping_protection",
            "episodes.practice",
            "life.distress_from_isolation",
            "life.distress_from_stigma",
        ),
        overturn="A stronger group (meeting.strength), weaker social influence on urges, or coping that protects more.",
    ),
)
