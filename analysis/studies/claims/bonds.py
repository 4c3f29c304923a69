"""Claims about bonds and the easing of isolation: C9, C17 to C21, C33."""

from __future__ import annotations

from analysis.compare.estimate import bootstrap, mean_of
from analysis.compare.panel import FRIEND
from analysis.studies.claims.before import DATED
from analysis.studies.claims.declare import Claim, Reading, Runs
from analysis.studies.claims.read import (
    effect,
    effect_gap,
    effect_share,
    gap,
    look_gap,
    looked,
    looks,
    measure,
    measure_gap,
    measure_share,
    share_of_effect,
    twin_change,
)

OF_A, BEYOND_COMPANY, SMALL_EFFECT = 0.25, 0.8, -0.2
WITHOUT_CALLS, NET, EARLY = 0.8, -0.05, 0.25


def _shared_experience(runs: Runs) -> list[Reading]:
    return [
        effect_share(runs, "befriending", "groupA", "stigma", high=OF_A),
        effect_share(runs, "befriending", "groupA", "understanding", high=OF_A),
        effect(runs, "groupA", "stigma", high=0.0, strict=True),
        effect(runs, "groupA", "understanding", low=0.0, strict=True),
        effect(runs, "befriending", "stigma", decides=False),
        effect(runs, "befriending", "understanding", decides=False),
        effect_share(runs, "befriending", "groupA", "isolation", decides=False),
    ]


def _isolation(runs: Runs) -> list[Reading]:
    return [
        effect(runs, "groupA", "isolation", "regulars", standard=True, high=SMALL_EFFECT),
        effect_share(runs, "befriending", "groupA", "isolation", "regulars", high=BEYOND_COMPANY),
        effect(runs, "groupA", "isolation", "joined", standard=True, decides=False),
        effect(runs, "befriending", "isolation", "regulars", standard=True, decides=False),
        effect(runs, "judging", "isolation", "regulars", standard=True, decides=False),
        effect(runs, "groupB", "isolation", "regulars", standard=True, decides=False),
        effect(runs, "groupA", "isolation", "regulars", decides=False),
    ]


def _isolation_falls_anyway(runs: Runs) -> list[Reading]:
    return [twin_change(runs, "groupA", "isolation", "regulars", high=SMALL_EFFECT)]


def _friendship(runs: Runs) -> list[Reading]:
    return [
        measure(runs, "groupA", "regular_tie", low=FRIEND),
        *(measure(runs, arm, "regular_tie", decides=False) for arm in ("groupB", "befriending", "judging")),
        measure(runs, "groupA", "tie_mean", decides=False),
        measure(runs, "groupA", "regular_tie", 1, decides=False),
    ]


def _between_meetings(runs: Runs) -> list[Reading]:
    return [
        measure_share(runs, "no contact", "groupA", "regular_tie", high=WITHOUT_CALLS),
        effect_gap(runs, "no contact", "groupA", "days_ended_hard", low=0.0, strict=True),
        effect_share(runs, "no contact", "groupA", "ties", decides=False),
        effect_gap(runs, "no contact", "groupA", "hard_days", decides=False),
        effect_gap(runs, "no contact", "groupA", "isolation", "regulars", standard=True, decides=False),
        effect(runs, "groupA", "days_ended_hard", decides=False),
    ]


def _safety_net(runs: Runs) -> list[Reading]:
    return [
        effect_gap(runs, "groupA", "irregular", "days_ended_hard", "regulars", standard=True, high=NET),
        effect_gap(runs, "groupA", "irregular", "distress", "regulars", standard=True, decides=False),
        effect_gap(runs, "groupA", "irregular", "days_ended_hard", standard=True, decides=False),
        measure_gap(runs, "groupA", "irregular", "regular_tie", decides=False),
        measure_gap(runs, "groupA", "irregular", "open", decides=False),
        measure_gap(runs, "groupA", "irregular", "attendance", decides=False),
    ]


def _phone_line(runs: Runs) -> list[Reading]:
    return [
        effect_gap(runs, "groupB", "no line", "days_ended_hard", decides=False),
        effect_gap(runs, "groupB", "no line", "distress", decides=False),
        effect_gap(runs, "groupB", "no line", "episodes", decides=False),
        look_gap(
            runs,
            "groupB",
            "no line",
            "calls_taken",
            "member_weeks",
            "calls taken, for each member and week",
            "a week",
            decides=False,
        ),
        effect_gap(runs, "groupB", "no line", "understanding", decides=False),
    ]


def _gradually(runs: Runs) -> list[Reading]:
    four, year, people, four_all, year_all, everybody = looks(
        runs,
        "groupA",
        "regulars_isolation_4",
        "regulars_isolation_52",
        "regulars_year_on",
        "isolation_4",
        "isolation_52",
        "year_on",
    )
    change_four, change_year = looks(runs, "groupA", "regulars_change_4", "regulars_change_52")
    twins_four, twins_year = looks(runs, "groupA", "regulars_twin_change_4", "regulars_twin_change_52")
    words = "effect on isolation four weeks after coming, as a share of that after a year"
    return [
        Reading(
            f"{words}, regulars a year on, groupA",
            "share",
            bootstrap(share_of_effect, people, four, people, year),
            high=EARLY,
        ),
        looked(
            runs,
            "groupA",
            "regulars_isolation_52",
            "regulars_year_on",
            "isolation a year after coming, regulars: life less twin",
            "0-1",
            high=0.0,
            strict=True,
        ),
        Reading(
            f"{words}, all who came, groupA",
            "share",
            bootstrap(share_of_effect, everybody, four_all, everybody, year_all),
            decides=False,
        ),
        Reading(
            "change since before after four weeks, as a share of that after a year, the same regulars, groupA",
            "share",
            bootstrap(share_of_effect, people, change_four, people, change_year),
            decides=False,
        ),
        Reading(
            "the same share of their twins, without a group",
            "share",
            bootstrap(share_of_effect, people, twins_four, people, twins_year),
            decides=False,
        ),
        Reading(
            "isolation a year after coming, less that before, the same regulars, groupA",
            "0-1",
            bootstrap(gap, people, change_year, people, twins_year),
            life_change=bootstrap(mean_of, change_year, people),
            twin_change=bootstrap(mean_of, twins_year, people),
            decides=False,
        ),
    ]


CLAIMS = (
    Claim(
        id="C9",
        statement="Who shares the experience understands more deeply.",
        quote="really understand the feelings",
        speaker="A3",
        kind="built in",
        contrast="befriending, the same hours of company without shared experience, against group A",
        population="all who ever came, year 2",
        outcome="stigma, understanding",
        threshold="befriending has at most 25 % of group A's effects on stigma and on understanding",
        dated=DATED,
        needs=("befriending", "groupA"),
        read=_shared_experience,
        note=(
            "Likeness is built in as what makes listening tell. Company does much for isolation, see the last "
            "figure and C17."
        ),
        rests_on=("group.shared_experience", "people.position_a", "people.position_b", "ties.likeness_weight"),
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
            "standardised effect at most -0.2, and befriending has at most 0.8 of it (group A is at least 25 % "
            "beyond befriending)"
        ),
        dated=DATED,
        needs=("groupA", "befriending", "judging", "groupB"),
        read=_isolation,
        true_without=_isolation_falls_anyway,
        note=(
            'No arrow leads from a meeting to isolation: it must come by ties, hour by hour. B4 says it as "same boat".'
            " The paper names no population; on all who ever came the threshold is missed, see beside."
        ),
        rests_on=(
            "ties.isolation_per_tie",
            "ties.likeness_weight",
            "ties.growth_per_hour",
            "life.isolation_half_life_weeks",
        ),
        overturn="ties.isolation_per_tie = 0: then nothing is left of it.",
    ),
    Claim(
        id="C18",
        statement="Bonds become friendship.",
        quote="sort of friends",
        speaker="B3",
        kind="emergent",
        contrast="group A",
        population="regulars, year 2",
        outcome="mean tie of two regulars",
        threshold="0.5 or more, which takes 90 hours together (Hall 2019)",
        dated=DATED,
        needs=("groupA", "groupB", "befriending", "judging"),
        read=_friendship,
        note='Over groups that have two regulars or more at that time. B1: "always on the phone".',
        rests_on=("ties.growth_per_hour", "ties.half_life_weeks", "contact.texts_per_week", "contact.text_hours"),
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
        needs=("no contact", "groupA"),
        read=_between_meetings,
        note=(
            "The channel is built in, and that calls spare days that end hard is a rule; how much of friendship "
            "hangs on it "
            "is not."
        ),
        rests_on=("contact.between_meetings", "contact.calls_tried", "contact.relief", "contact.texts_per_week"),
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
        threshold="the standardised effect of group A is lower by 0.05 or more",
        dated=DATED,
        needs=("groupA", "irregular"),
        read=_safety_net,
        note=(
            "The two differ only in when people meet. If reassurance comes from knowing that there will be a "
            "meeting, the model does not have it (docs/odd.md, appendix F)."
        ),
        rests_on=("group.regular", "group.meeting_days"),
        overturn="A rule for reassurance, for which there is no evidence of a size.",
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
        needs=("groupB", "no line"),
        read=_phone_line,
        note="A line answers when no peer does; whoever holds it carries the weight.",
        rests_on=("group.phone_line", "contact.line_use", "contact.line_answered", "meeting.burden"),
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
        outcome="isolation",
        threshold="the effect by week 4 is at most 25 % of that after a year, which is a fall",
        dated=DATED,
        needs=("groupA",),
        read=_gradually,
        note=(
            "Four weeks is the first look at least four weeks after coming, so somewhat later: the test is the "
            "harder for it. The claim speaks of a change; the effect is tried, as the greater part of the change is "
            "the "
            "twins' too, and theirs is as gradual."
        ),
        rests_on=("ties.growth_per_hour", "life.isolation_half_life_weeks"),
        overturn="A much shorter half-life of isolation.",
    ),
)
