"""Claims about learning from others, no longer hiding, and managing better: C22 to C26."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.compare.estimate import bootstrap, mean_of
from analysis.studies.claims import persons
from analysis.studies.claims.asked import GAP, of_totals_of
from analysis.studies.claims.before import DATED, MENDED
from analysis.studies.claims.declare import Claim, Estimand, Reading, Runs, World
from analysis.studies.claims.meanings import NEW_YEAR, OLD_YEAR
from analysis.studies.claims.persons import FALL, MATTERS, better, fell, open_when_asked, told_unasked, worse
from analysis.studies.claims.read import (
    effect,
    effect_gap,
    effect_share,
    finite,
    gap,
    mean,
    of_totals,
    share_of_people,
    totals,
    twin_change,
    with_changes,
)
from sim.codes import WAYS
from sim.parameters.mechanisms import in_effect

HELP = ("helpers", "help", "help_squared", "gained", "help_gained")
KNOWN = "ways of coping known in the group, with the group minus without"
LARGEST = "largest gain of four weeks as a share of the first year's, regulars (even: 0.08)"
TIMES = f"years {NEW_YEAR} and {OLD_YEAR}"
FEWER, BETTER = "fewer episodes than the twin", "manages better than the twin"
OTHERS = ("befriending", "judging", "groupB")
NEVER_ALONE = ("episodes", "coping", "distress", "isolation")
ON_BALANCE = "better than the twin in episodes and managing taken together"


def _coping(name: str, words: str) -> Estimand:
    label = f"coping a year after coming, {words}, groupA: with the group minus without"
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


def _known_in_old_groups() -> Estimand:
    """Whether more is known in old groups than in new ones, by what an account holds coping to be."""
    names = [f"{name}_{year}" for year in (OLD_YEAR, NEW_YEAR) for name in ("knowing_groups", "known", "known_twin")]
    levels = totals("groupA", "joining", "joining_coping", "first_hand", "first_hand_coping")

    def read(runs: Runs) -> Reading:
        if in_effect(runs["groupA"].arm.values)["mechanisms.ways"]:
            label = f"{KNOWN}: groups of {OLD_YEAR} years less the same groups at {NEW_YEAR} year, groupA"
            columns = [runs["groupA"].total(name) for name in names]
            return Reading(label, f"ways, of {WAYS}", bootstrap(_known_gap, *columns))
        label = "coping of regulars a year after coming: joining a group of two years or more less founding one, groupA"
        return Reading(label, "0-1", bootstrap(gap, *(runs[arm].total(name) for arm, name in levels)))

    outcome = (
        f"{KNOWN} (of {WAYS}); where coping is a level, coping a year after coming, with the group minus without (0-1)"
    )
    against = (
        f"the same groups at {OLD_YEAR} years against {NEW_YEAR} year (where coping is a level: regulars who joined a "
        "group of two years or more against those who founded one), each against the same people without a group"
    )
    year_old = f"knowing_groups_{OLD_YEAR}", f"knowing_groups_{NEW_YEAR}"
    asked = of_totals_of(("groupA",), year_old, outcome, GAP, contrast=against)
    return Estimand(("groupA",), read, asked=replace(asked, fixed=TIMES, time=TIMES))


def _known_gap(*columns: np.ndarray) -> np.ndarray:
    old, known_old, twin_old, new, known_new, twin_new = columns
    return (known_old - twin_old) / old - (known_new - twin_new) / new


def _known(year: int) -> Estimand:
    columns = (f"knowing_groups_{year}", f"known_twin_{year}", f"knowing_groups_{year}", f"known_{year}")
    label = f"{KNOWN}, year {year} (accounts in which coping is ways), groupA"
    unit, read = f"ways, of {WAYS}", totals("groupA", *columns)
    return of_totals(label, unit, lambda count, twin, _, life: (life - twin) / count, *read)


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
            mean("groupA", "largest_gain", "gainers", LARGEST, "share"),
        ),
        note=(
            "Sudden or gradual? The share of a year's gain that came in its best four weeks is shown; the model has"
            " no sudden insight."
        ),
        needs_mechanisms=("insight",),
        fails_in=World("listening teaches nothing", {"meeting.learn": 0.0}),
        overturn="meeting.learn = 0.",
    ),
    Claim(
        id="C23",
        statement="They learn ways of coping from each other.",
        quote="different ways that we've tried to cope",
        speaker="B4",
        kind="emergent",
        contrast=("group A against the same group where no ways of coping are taken over; new groups against old ones"),
        population="regulars and all who ever came, year 2; groups of one year and of eight",
        outcome="coping; ways of coping known in the group",
        threshold=(
            "regulars cope better than their twins; coping is higher than where nothing is taken over; and more is "
            "known in old groups than in new ones, each less what the same people would know without (where coping is a"
            " level: who joins an old group gains more than who founds one)"
        ),
        dated=MENDED,
        decides=(
            effect_gap("groupA", "no copying", "coping").above(0.0),
            _known_in_old_groups().above(0.0),
            effect("groupA", "coping", "regulars").above(0.0),
        ),
        beside=(
            effect("no copying", "coping", "regulars"),
            _known(NEW_YEAR),
            _known(OLD_YEAR),
            _coping("first_hand", "founders who are regulars"),
            _coping("joining", "regulars who joined later"),
            of_totals(
                "effect on coping for each meeting attended: founders less those who joined later, groupA",
                "a meeting",
                gap,
                *totals("groupA", "first_hand_meetings", "first_hand_coping", "joining_meetings", "joining_coping"),
            ),
        ),
        true_without=(twin_change("groupA", "coping", "regulars").above(0.0),),
        weeks=416,
        note=(
            "Of each way what is known in a group is the skill of the member best at it, so it rises above what its "
            "people would know anyway only where knowledge outlives those who brought it. What is true without a group "
            "is that coping rises, not that it is learned from others."
        ),
        fails_in=World(
            "no ways of coping are taken over", {"meeting.cope": 0.0, "meeting.pass_on": 0.0, "meeting.advice": 0.0}
        ),
        overturn="Nothing taken over (meeting.cope = 0, meeting.pass_on = 0, meeting.advice = 0).",
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
        decides=(effect_gap("groupA", "no mirror", "understanding").above(0.0), _slope_on_help("groupA").above(0.0)),
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
        needs_mechanisms=("helping",),
        fails_in=World("helping teaches nothing", {"meeting.helper": 0.0}),
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
        outcome="chance of answering openly when asked; times of telling somebody outside unasked",
        threshold=(
            "the chance of answering openly when asked is higher than the twin's by 0.05 or more, and somebody is told "
            "unasked at least 1.2 times as often"
        ),
        dated=MENDED,
        decides=(open_when_asked("groupA").at_least(0.05), told_unasked("groupA").at_least(1.2)),
        beside=(
            open_when_asked("groupA", "joined"),
            told_unasked("groupA", "joined"),
            effect("groupA", "told_outside", "regulars"),
            effect("groupA", "told_outside"),
            effect("groupA", "stigma", "regulars", standard=True),
            *(of(arm) for of in (open_when_asked, told_unasked) for arm in ("groupB", "befriending", "judging")),
        ),
        true_without=(twin_change("groupA", "told_outside", "regulars").above(0.0),),
        note=(
            'Asked and unasked are two things: "If somebody asks me something about self-harm I\'m very open with it" '
            "(A4). Both follow from less shame, by the same law; whether outsiders accept is not in the group's hands. "
            "The sizes: one time of being asked in twenty answered otherwise; a fifth more."
        ),
        fails_in=World("nothing said at a meeting has any weight", {"meeting.strength": 0.0}),
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
        outcome="episodes a year; managing: coping, hard days not got through, and guilt where there is such a state",
        threshold=(
            "episodes are fewer on average; more than half do better than their twin in episodes and managing taken "
            "together, ties being ties; of those whose twin had an episode, at most half have none"
        ),
        dated=MENDED,
        decides=(
            effect("groupA", "episodes", "regulars").below(0.0),
            share_of_people(ON_BALANCE, better(persons.on_balance)).above(0.5),
            share_of_people("no episode that year, of those whose twin had one", persons.without_episode).at_most(0.5),
        ),
        beside=(
            share_of_people("worse than the twin in the two taken together", worse(persons.on_balance)),
            share_of_people(FEWER, better(persons.less_self_harm)),
            share_of_people("more episodes than the twin", worse(persons.less_self_harm)),
            share_of_people(BETTER, better(persons.better_managed)),
            share_of_people("manages worse than the twin", worse(persons.better_managed)),
            share_of_people("with the group: fewer episodes than before, of those seen before", fell("life")),
            share_of_people("the twin: fewer episodes than before, of the same", fell("twin")),
            share_of_people("with the group: fewer episodes than before by 20 % or more", fell("life", FALL)),
            share_of_people("the twin: fewer episodes than before by 20 % or more", fell("twin", FALL)),
            share_of_people(f"{FEWER}, of those whose twin had one", persons.lessened_at_all),
            *(share_of_people(ON_BALANCE, better(persons.on_balance), arm) for arm in OTHERS),
            share_of_people(ON_BALANCE, better(persons.on_balance), population="joined"),
            *(effect("groupA", outcome, "regulars", standard=True) for outcome in NEVER_ALONE),
        ),
        true_without=(share_of_people("without a group: fewer episodes than before", fell("twin")).above(0.5),),
        note=(
            f"As many episodes as the twin, or a difference in coping below {MATTERS:g}, is a tie: neither better nor "
            "worse. Where a group only shuffles luck, as many are better as worse, so never more than half. Who would "
            "be better than the own twin nobody but the model can see; the shares with fewer episodes than before, "
            "with the group and without, are what two studies would see. The authors' own words are such a "
            "before-and-after impression. Fewer episodes are not all: coping, distress and isolation follow."
        ),
        fails_in=World("hearing of an episode raises urges strongly", {"episodes.social_influence": 5.0}),
        overturn="A stronger group (meeting.strength), weaker social influence on urges, or coping that protects more.",
    ),
)
