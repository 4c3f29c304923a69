"""Claims about a safe space and a different approach: C7, C8, C10 to C12, C14 to C16."""

from __future__ import annotations

import numpy as np

from analysis.compare.estimate import bootstrap
from analysis.studies.claims.asked import GAP, of_totals_of
from analysis.studies.claims.before import DATED
from analysis.studies.claims.declare import Claim, Estimand, Reading, Runs
from analysis.studies.claims.read import (
    effect,
    effect_gap,
    effect_share,
    finite,
    gap,
    mean,
    mean_gap,
    mean_gap_within,
    measure,
    measure_gap,
    measure_share,
    of_totals,
    slope_of,
    totals,
)
from sim.relations import WEEKS_IN_YEAR

BREACHES = {"breach 0": 0.0, "breach 0.03": 0.03, "breach 0.1": 0.1}
MORE_TURNS = (
    "late_shares",
    "late_meetings",
    "early_shares",
    "early_meetings",
    "turns taken at a meeting, half a year since coming (weeks 22-28) less weeks 1-4, the same people",
    "for each meeting",
)
WIDER_LIFE = ("shares_wider_life", "shares", "share of turns that were about the rest of life, two years", "share")


def _life_share(groups: np.ndarray, weeks: np.ndarray, base_groups: np.ndarray, base_weeks: np.ndarray) -> np.ndarray:
    """Weeks open within eight years, mean over groups, as a share of the other arm's."""
    return finite((weeks / groups) / (base_weeks / base_groups))


def _doubling(*columns: np.ndarray) -> np.ndarray:
    """Where the straight line through closings a week, by breaches a meeting, is twice what it is without any."""
    x = np.array(list(BREACHES.values()))
    y = np.stack([columns[2 * k] / columns[2 * k + 1] for k in range(len(x))])
    slope = slope_of(x, y)
    none = y.mean(axis=0) - slope * x.mean()
    return finite(none / slope)


def _forms(arm: str) -> list[Estimand]:
    """What another way with forms would do."""
    trust = "trust of members of over half a year, second year"
    words = "socials held a year while open"
    asked = of_totals_of((arm, "groupB"), ("open_weeks_8",), f"{words}, first eight years (a year)", GAP)

    def socials(runs: Runs) -> Reading:
        columns = [
            column
            for lived in (runs[arm], runs["groupB"])
            for column in (lived.total("open_weeks_8") / WEEKS_IN_YEAR, lived.total("socials_8"))
        ]
        return Reading(f"{words}: {arm} less groupB", "per year", bootstrap(gap, *columns))

    return [
        mean_gap(arm, "groupB", "old_trust", "old_looks", trust),
        effect_gap(arm, "groupB", "isolation", years=4),
        measure_gap(arm, "groupB", "members", 4),
        measure_gap(arm, "groupB", "open", 8),
        Estimand((arm, "groupB"), socials, asked=asked),
    ]


CLAIMS = (
    Claim(
        id="C7",
        statement="In the group it is safe to speak.",
        quote="without the fear of being judged",
        speaker="B3",
        kind="emergent",
        contrast="the same people early and half a year later, in group A and where acceptance is a coin toss",
        population="those who came to meetings in weeks 1-4 and in weeks 25-28 since coming",
        outcome="turns taken at a meeting",
        threshold="more turns after half a year in group A, and no more where acceptance is a coin toss",
        dated=DATED,
        decides=(
            mean_gap_within("groupA", *MORE_TURNS).above(0.0),
            mean_gap_within("coin toss", *MORE_TURNS).at_most(0.0),
        ),
        beside=(
            mean_gap_within("judging", *MORE_TURNS),
            mean(
                "groupA",
                "early_shares",
                "early_meetings",
                "turns taken at a meeting, the first 1-4 weeks",
                "for each meeting",
            ),
            mean("groupA", "late_shares", "late_meetings", "turns taken at a meeting, weeks 25-28", "for each meeting"),
        ),
        note=(
            "That acceptance builds trust, and trust loosens tongues, is built in. Whether people speak more is "
            "not: as a group grows, there are fewer turns for each, and those who were judged stay away."
        ),
        rests_on=("group.acceptance", "meeting.trust_accepted", "meeting.share_floor", "meeting.hurt"),
        overturn="A group so large that turns run out, or acceptance that builds little trust.",
    ),
    Claim(
        id="C8",
        statement="Talk is about feelings, not mechanics.",
        quote="We don't talk about the mechanics",
        speaker="B4",
        kind="built in",
        contrast="group A where all such talk is of how, not why, against group A",
        population="all who ever came, year 2",
        outcome="episodes a year",
        threshold="more episodes where mechanics are spoken of",
        dated=DATED,
        decides=(effect_gap("mechanics", "groupA", "episodes").above(0.0),),
        beside=(*(effect_gap("mechanics", "groupA", outcome) for outcome in ("distress", "coping", "isolation")),),
        note=(
            "Verifies that leaving mechanics out matters in the model. Whether hearing of episodes as such raises "
            "urges is C27."
        ),
        rests_on=("group.mechanics", "meeting.mechanics_upset", "episodes.mechanics_influence"),
        overturn="episodes.mechanics_influence = 0 and meeting.mechanics_upset = 0.",
    ),
    Claim(
        id="C10",
        statement="Confidentiality works for new members and for old ones.",
        quote="works for both sides",
        speaker="B2",
        kind="emergent",
        contrast="group A with a breach at one meeting in ten, against none",
        population="members; all who came in the first year; groups",
        outcome="trust, staying, a group's life",
        threshold="with breaches less trust among new and among older members, and fewer who stay",
        dated=DATED,
        decides=(
            mean_gap(
                "breach 0.1", "breach 0", "new_trust", "new_looks", "trust of members of up to half a year, second year"
            ).below(0.0),
            mean_gap(
                "breach 0.1", "breach 0", "old_trust", "old_looks", "trust of members of longer standing, second year"
            ).below(0.0),
            mean_gap(
                "breach 0.1",
                "breach 0",
                "first_year_still",
                "first_year_comers",
                "still a member after two years, of those who came in the first",
                "share",
            ).below(0.0),
        ),
        beside=(
            *(
                of_totals(
                    f"years open of the first eight: {arm} as a share of breach 0",
                    "share",
                    _life_share,
                    *totals(arm, "groups_8", "open_weeks_8"),
                    *totals("breach 0", "groups_8", "open_weeks_8"),
                )
                for arm in ("breach 0.03", "breach 0.1")
            ),
            of_totals(
                "breaches a meeting that double the rate of closing",
                "probability",
                _doubling,
                *(column for arm in BREACHES for column in totals(arm, "closed_8", "open_weeks_8")),
            ),
        ),
        weeks=416,
        note=(
            "That a breach costs trust, and that low trust makes people leave, are rules; how many leave, and "
            "whether groups end, is not. Only members are asked for their trust, so those who left over a breach "
            "are not."
        ),
        rests_on=("group.breach_prob", "meeting.breach_hurt", "leaving.low_trust"),
        overturn="People who stay whatever they think of the group (leaving.low_trust = 0).",
    ),
    Claim(
        id="C11",
        statement="Labels are rejected, unlike in services.",
        quote="we don't give people labels here",
        speaker="A3",
        kind="built in",
        contrast="group A that labels as often as services do (0.55 of those who speak of self-harm), against group A",
        population="all who ever came, year 2",
        outcome="stigma",
        threshold="group A's effect on stigma falls by 30 % or more",
        dated=DATED,
        decides=(
            effect_share("labelling", "groupA", "stigma").at_most(0.7),
            effect("groupA", "stigma").below(0.0),
        ),
        beside=(effect("labelling", "stigma"),),
        note="The share that is left of the effect; below zero, the group does harm.",
        rests_on=("group.labelling", "meeting.label", "outside.services_labelled"),
        overturn="Labels that hurt less than acceptance helps.",
    ),
    Claim(
        id="C12",
        statement="Monitoring was resisted.",
        quote="not be a true representation",
        speaker="B4",
        kind="explored",
        contrast="group B without monitoring forms, and with all of them filled in, against group B",
        population="members; groups",
        outcome="trust, isolation, members, survival, money",
        threshold="none: the paper claims no outcome",
        dated=DATED,
        beside=(
            *_forms("no monitoring"),
            *_forms("forms filled in"),
        ),
        weeks=416,
        note="Forms cost trust, resisting them risks the money; socials held show whether there was any.",
        rests_on=(
            "organising.monitoring",
            "organising.monitoring_resisted",
            "organising.monitoring_hurt",
            "organising.resisting_risk",
        ),
        overturn="Nothing to overturn.",
    ),
    Claim(
        id="C14",
        statement="Nobody is pressed to stop, and there is less guilt.",
        quote="you get support",
        speaker="A1",
        kind="built in",
        contrast="group A against the same group where whoever tells of an episode is pressed to stop",
        population="all who ever came, year 2",
        outcome="stigma (which guilt adds to)",
        threshold="group A takes away stigma, and more of it than where people are pressed to stop",
        dated=DATED,
        decides=(
            effect_gap("pressure to stop", "groupA", "stigma").above(0.0),
            effect("groupA", "stigma").below(0.0),
        ),
        beside=(
            effect_gap("support unfelt", "groupA", "stigma"),
            *(
                effect_gap("pressure to stop", "groupA", outcome)
                for outcome in ("episodes_per_hard_day", "coping", "distress")
            ),
        ),
        note=(
            "Both signs are rules (what is accepted lessens shame, pressure adds to it), so this is no finding; how"
            " much is. Guilt has no state of its own: it adds to stigma. Managing a bit better (B3) is shown "
            "beside."
        ),
        rests_on=("group.pressure_to_stop", "episodes.guilt", "episodes.support_days", "meeting.judge"),
        overturn="Episodes hardly ever told of (meeting.tell_episode), or pressure that hurts less.",
    ),
    Claim(
        id="C15",
        statement="There is more to people than self-harm, and more is spoken of.",
        quote="self-harm is one part of it",
        speaker="A3",
        kind="built in",
        contrast="group A, and where nothing else is spoken of",
        population="turns taken at meetings in two years",
        outcome="share about the rest of life",
        threshold="between 0.35 and 0.45 in group A, none where nothing else is spoken of",
        dated=DATED,
        decides=(
            mean("groupA", *WIDER_LIFE).between(0.35, 0.45),
            mean("self-harm only", *WIDER_LIFE).between(0.0, 0.0),
        ),
        beside=(
            effect_gap("self-harm only", "groupA", "stigma"),
            effect_gap("self-harm only", "groupA", "understanding"),
            mean_gap("self-harm only", "groupA", "old_trust", "old_looks", "trust of members of over half a year"),
        ),
        note="The share is set by the scenario; what leaving it out would do is shown beside.",
        rests_on=("group.wider_life", "meeting.trust_accepted"),
        overturn="Another group.wider_life.",
    ),
    Claim(
        id="C16",
        statement="Meals and laughter are part of sharing.",
        quote="have a meal together",
        speaker="B4",
        kind="built in",
        contrast="group A with meetings of three hours, or with a meal of an hour, against two hours",
        population="regulars, year 2",
        outcome="mean tie, attendance",
        threshold="closer ties with the longer meeting, and with the meal",
        dated=DATED,
        decides=(
            measure_gap("three hours", "groupA", "regular_tie").above(0.0),
            measure_gap("a meal", "groupA", "regular_tie").above(0.0),
        ),
        beside=(
            measure_share("three hours", "groupA", "regular_tie"),
            measure_gap("three hours", "groupA", "attendance"),
            measure_gap("a meal", "groupA", "attendance"),
            effect_gap("three hours", "groupA", "isolation"),
            measure("groupA", "attendance"),
        ),
        note="A longer meeting also gives more turns to speak; a meal only brings time together.",
        rests_on=("group.meal_hours", "group.meeting_hours", "ties.growth_per_hour"),
        overturn="ties.growth_per_hour = 0.",
    ),
)
