"""Claims about bonds and the easing of isolation: C9, C17 to C21, C33."""

from __future__ import annotations

from analysis.compare.panel import FRIEND
from analysis.studies.claims.before import DATED, MENDED
from analysis.studies.claims.declare import Claim, Estimand, World
from analysis.studies.claims.read import (
    effect,
    effect_gap,
    effect_share,
    mean,
    mean_gap,
    mean_gap_within,
    measure,
    measure_gap,
    measure_share,
    of_totals,
    share_of_effect,
    totals,
    twin_change,
    with_changes,
)

CALLS = "calls taken, for each member and week"
SHARE_OF_YEAR = "effect on perceived difference four weeks after coming, as a share of that after a year"
ISOLATION_SHARE = "effect on isolation four weeks after coming, as a share of that after a year"
YEAR_ON = "regulars a year on, groupA"
NEAREST = "mean tie of regulars to the three who are nearest"
LONGER_LESS_NEWER = (
    "longer_nearest_2", "longer_regulars_2", "newer_nearest_2", "newer_regulars_2",
    f"{NEAREST}, year 2: who first came over a year ago less who came since",
)  # fmt: skip
STANDING = {"newer": "who first came within the year", "longer": "who first came over a year ago"}


def _by_week_four(label: str, people: str, name: str) -> Estimand:
    """What had come about four weeks after coming, as a share of what had after a year."""
    return of_totals(label, "share", share_of_effect, *totals("groupA", people, f"{name}_4", people, f"{name}_52"))


def _a_year_on(words: str, total: str, changes: str) -> Estimand:
    """What a year has done to who are regulars then, with the change since before and the twins' beside it."""
    label = f"{words} a year after coming, regulars: with the group minus without"
    done = mean("groupA", total, "regulars_year_on", label)
    return with_changes(done, "groupA", f"{changes}_change_52", f"{changes}_twin_change_52", "regulars_year_on")


def _nearest(arm: str, standing: str, year: int) -> Estimand:
    """Ties to the nearest few, of regulars of a group of that age."""
    total, count = f"{standing}_nearest_{year}", f"{standing}_regulars_{year}"
    return mean(arm, total, count, f"{NEAREST}, year {year}, of those {STANDING[standing]}")


def _less_hard_than_irregular(whose: str) -> Estimand:
    return effect_gap("groupA", "irregular", "days_ended_hard", "regulars", standard=True, stratum=whose)


def _met_as_often() -> Estimand:
    """Meetings attended by all who came to befriending, as a share of those in group A."""
    columns = (("yoked", "helpers"), ("yoked", "met"))
    theirs = [("befriending, yoked", name) for _, name in columns]
    label = "meetings attended in two years by each who came: befriending, yoked, as a share of yoked"
    return of_totals(label, "share", share_of_effect, *theirs, *columns)


CLAIMS = (
    Claim(
        id="C9",
        statement="Who shares the experience understands more deeply.",
        quote="really understand the feelings",
        speaker="A3",
        kind="built in",
        contrast=(
            "befriending, company without shared experience, against group A, both with coming and going left to luck "
            "alone, so that people spend the same hours at meetings"
        ),
        population="all who ever came, year 2",
        outcome="stigma, understanding",
        threshold=(
            "befriending has at most 25 % of group A's effects on stigma and on understanding; meetings attended are "
            "as many, within a tenth"
        ),
        dated=MENDED,
        decides=(
            effect_share("befriending, yoked", "yoked", "stigma").at_most(0.25),
            effect_share("befriending, yoked", "yoked", "understanding").at_most(0.25),
            effect("yoked", "stigma").below(0.0),
            effect("yoked", "understanding").above(0.0),
            _met_as_often().between(0.9, 1.1),
        ),
        beside=(
            *(effect("befriending, yoked", outcome) for outcome in ("stigma", "understanding")),
            effect_share("befriending, yoked", "yoked", "isolation"),
            effect_share("befriending, yoked", "yoked", "contacts"),
            *(effect_share("befriending", "groupA", outcome) for outcome in ("stigma", "understanding")),
        ),
        note=(
            "Likeness is built in as what makes listening tell. In befriending as it is people come less and leave "
            "sooner, so its share (last figures) mixes what is said there with how often it is heard. Contacts between "
            "meetings follow ties and are not held equal. Company does much for isolation, see C17."
        ),
        needs_mechanisms=("acceptance or normalising or known or labels or comfort", "insight or helping"),
        fails_in=World(
            "nobody learns from or is put at ease by anybody",
            {"meeting.learn": 0.0, "meeting.helper": 0.0, "meeting.normalise": 0.0, "meeting.accept": 0.0},
        ),
        overturn="meeting.learn, meeting.normalise and meeting.accept at zero: then neither arm does anything.",
    ),
    Claim(
        id="C17",
        statement="Isolation falls.",
        quote="not on your own",
        speaker="A1",
        kind="emergent",
        contrast="group A against twins, and against befriending",
        population="regulars, year 2",
        outcome="isolation",
        threshold=(
            "effect at most -0.2 standard deviations of everybody eligible, before joining; and befriending has at "
            "most 0.8 of it (group A is at least 25 % beyond befriending)"
        ),
        dated=MENDED,
        decides=(
            effect("groupA", "isolation", "regulars", standard=True).at_most(-0.2),
            effect_share("befriending", "groupA", "isolation", "regulars").at_most(0.8),
        ),
        beside=(
            effect("groupA", "isolation", "regulars", own=True),
            effect_share("befriending", "groupA", "isolation", "regulars", stratum="befriending"),
            effect_share("befriending", "groupA", "isolation"),
            effect("groupA", "isolation", standard=True),
            *(effect(arm, "isolation", "regulars", standard=True) for arm in ("befriending", "judging", "groupB")),
            effect("groupA", "isolation", "regulars"),
        ),
        true_without=(twin_change("groupA", "isolation", "regulars").at_most(-0.2),),
        note=(
            'No arrow leads from a meeting to isolation: it must come by ties, hour by hour. B4 says it as "same '
            'boat". Regulars are more alike than those whom the group would take, so by their own standard deviation '
            "(beside) the same effect looks larger; nobody else would be measured by it. The paper names no "
            "population: of all who ever came see beside."
        ),
        fails_in=World("ties take away no isolation", {"ties.isolation_per_tie": 0.0}),
        overturn="ties.isolation_per_tie = 0: then nothing is left of it.",
    ),
    Claim(
        id="C18",
        statement="Bonds become friendship.",
        quote="sort of friends",
        speaker="B3",
        kind="emergent",
        contrast="group A and group B at the ages at which they were met; longer against shorter standing",
        population="regulars: group A in years 2 and 12, group B in year 8, by how long ago they first came",
        outcome="mean tie to the three who are nearest, as many as the others of four regulars",
        threshold=(
            "0.5 or more, which takes 90 hours together (Hall 2019), among regulars who first came over a year ago, at "
            "the groups' own ages and after two years; and closer than among those who came since"
        ),
        dated=MENDED,
        decides=(
            _nearest("groupA", "longer", 2).at_least(FRIEND),
            _nearest("groupA", "longer", 12).at_least(FRIEND),
            _nearest("groupB", "longer", 8).at_least(FRIEND),
            mean_gap_within("groupA", *LONGER_LESS_NEWER).above(0.0),
        ),
        beside=(
            *(_nearest(arm, "newer", year) for arm, year in (("groupA", 2), ("groupA", 12), ("groupB", 8))),
            *(_nearest(arm, "longer", 2) for arm in ("groupB", "befriending", "judging")),
            *(measure(arm, "regular_tie") for arm in ("groupA", "groupB", "befriending", "judging")),
            measure("groupA", "tie_mean"),
        ),
        weeks=624,
        note=(
            "Over people, of groups that still meet. A friend is somebody in particular: the mean tie of any two "
            "regulars, beside, falls as a group grows, though nobody's friends are the less close for it. "
            'B1: "always on the phone".'
        ),
        fails_in=World("hours together make no ties", {"ties.growth_per_hour": 0.0}),
        overturn="No contact between meetings (C19), or hours that count for less.",
    ),
    Claim(
        id="C19",
        statement="Texting and ringing between meetings matters.",
        quote="welcome to ring each other",
        speaker="B3",
        kind="emergent",
        contrast="group A without contact between meetings, against group A",
        population="regulars; all who ever came, year 2",
        outcome="mean tie of two regulars; days that ended hard",
        threshold="ties lower by 20 % or more, and more days that end hard",
        dated=DATED,
        decides=(
            measure_share("no contact", "groupA", "regular_tie").at_most(0.8),
            effect_gap("no contact", "groupA", "days_ended_hard").above(0.0),
        ),
        beside=(
            effect_share("no contact", "groupA", "ties"),
            effect_gap("no contact", "groupA", "hard_days"),
            effect_gap("no contact", "groupA", "isolation", "regulars", standard=True),
            effect("groupA", "days_ended_hard"),
        ),
        note=(
            "The channel is built in, and that calls spare days that end hard is a rule; how much of friendship "
            "hangs on it is not."
        ),
        fails_in=World(
            "texts and calls are made and do nothing",
            {"contact.texts_per_week": 0.0, "contact.call_hours": 0.0, "contact.relief": 0.0, "meeting.burden": 0.0},
        ),
        overturn="Fewer or shorter texts; calls that bring no relief.",
    ),
    Claim(
        id="C20",
        statement="Regular meetings are a safety net.",
        quote="like a safety net",
        speaker="A2",
        kind="emergent",
        contrast="group A against as many meetings on days nobody can foresee",
        population="regulars, year 2",
        outcome="days that ended hard",
        threshold=(
            "the standardised effect of group A is lower by 0.05 or more, on its regulars and on those of the other, "
            "each looked at in both"
        ),
        dated=DATED,
        decides=(
            _less_hard_than_irregular("groupA").at_most(-0.05),
            _less_hard_than_irregular("irregular").at_most(-0.05),
        ),
        beside=(
            effect_gap("groupA", "irregular", "distress", "regulars", standard=True, stratum="groupA"),
            effect_gap("groupA", "irregular", "days_ended_hard", standard=True),
            *(measure_gap("groupA", "irregular", name) for name in ("regular_tie", "open", "attendance")),
        ),
        note=(
            "The two differ only in when people meet. Reassurance comes from knowing that there will be a meeting, "
            "which is a mechanism (assurance) that some accounts have; where it is off no rule could show it. That "
            "both strata must show it was added on 2026-11-28, figures of the first model seen: there the first alone "
            "is undetermined."
        ),
        needs_mechanisms=("assurance",),
        fails_in=World("counting on a meeting eases no day", {"meeting.assured_eases": 0.0}, "safety-net"),
        overturn="Meetings that are often cancelled, or that ease the days before them less (meeting.assured_eases).",
    ),
    Claim(
        id="C21",
        statement="There was a 24-hour line.",
        quote="24-hour crisis support mobile telephone line",
        speaker="authors",
        kind="explored",
        contrast="group B against group B without the line",
        population="all who ever came, year 2",
        outcome="days that ended hard, load on those who answer",
        threshold="none: the paper claims no outcome",
        dated=DATED,
        beside=(
            *(effect_gap("groupB", "no line", outcome) for outcome in ("days_ended_hard", "distress", "episodes")),
            mean_gap("groupB", "no line", "calls_taken", "member_weeks", CALLS, "a week"),
            effect_gap("groupB", "no line", "understanding"),
        ),
        note="A line answers when no peer does; whoever holds it carries the weight.",
        overturn="Nothing to overturn.",
    ),
    Claim(
        id="C33",
        statement="They gradually realised that they were not alone.",
        quote="gradually realised they were not alone with their self-harm",
        speaker="authors",
        kind="held out",
        contrast="group A against twins, four weeks and a year after coming",
        population="regulars a year after coming",
        outcome="perceived difference: feeling the only one who does this",
        threshold="the effect by week 4 is at most 25 % of that after a year, which is a fall",
        dated=MENDED,
        decides=(
            _by_week_four(f"{SHARE_OF_YEAR}, {YEAR_ON}", "regulars_year_on", "regulars_apart").at_most(0.25),
            _a_year_on("perceived difference", "regulars_apart_52", "regulars_apart").below(0.0),
        ),
        beside=(
            _by_week_four(f"{SHARE_OF_YEAR}, all who came, groupA", "year_on", "apart"),
            _by_week_four(f"{ISOLATION_SHARE}, {YEAR_ON}", "regulars_year_on", "regulars_isolation"),
            _a_year_on("isolation", "regulars_isolation_52", "regulars"),
        ),
        note=(
            "To realise that one is not the only one is a state of its own, and not being less lonely (beside): "
            "\"you're not on your own ... you're not going mad\" (A1). Accounts without this state, such as the first "
            "model, cannot be asked. Four weeks is the first look at least four weeks after coming, so somewhat later: "
            "the test is the harder for it."
        ),
        needs_mechanisms=("alike",),
        fails_in=World("hearing people alike tells nobody anything", {"meeting.alike": 0.0}, "same-boat"),
        overturn="Realising at once, as by a first visit that tells all there is to tell (meeting.alike).",
    ),
)
