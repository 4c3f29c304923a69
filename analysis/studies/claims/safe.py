"""Claims about a safe space and a different approach: C7, C8, C10 to C12, C14 to C16."""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.compare.estimate import Estimate, bootstrap
from analysis.studies.claims.before import DATED
from analysis.studies.claims.declare import Claim, Reading, Runs
from analysis.studies.claims.read import (
    effect,
    effect_gap,
    effect_share,
    finite,
    gap,
    look_gap,
    looked,
    looks,
    measure,
    measure_gap,
    measure_share,
    within_gap,
)
from sim.relations import WEEKS_IN_YEAR

BREACHES = {"breach 0": 0.0, "breach 0.03": 0.03, "breach 0.1": 0.1}
STILL_LABELLED = 0.7  # of group A's effect, at most, is left where the group labels
HALF_SHARE = (0.35, 0.45)


def _safe_to_speak(runs: Runs) -> list[Reading]:
    def rise(arm: str, **bounds: Any) -> Reading:
        return within_gap(
            runs,
            arm,
            "late_shares",
            "late_meetings",
            "early_shares",
            "early_meetings",
            "turns taken at a meeting, half a year since coming (weeks 22-28) less weeks 1-4, the same people",
            "for each meeting",
            **bounds,
        )

    return [
        rise("groupA", low=0.0, strict=True),
        rise("coin toss", high=0.0),
        rise("judging", decides=False),
        looked(
            runs,
            "groupA",
            "early_shares",
            "early_meetings",
            "turns taken at a meeting, the first 1-4 weeks",
            "for each meeting",
            decides=False,
        ),
        looked(
            runs,
            "groupA",
            "late_shares",
            "late_meetings",
            "turns taken at a meeting, weeks 25-28",
            "for each meeting",
            decides=False,
        ),
    ]


def _not_mechanics(runs: Runs) -> list[Reading]:
    return [
        effect_gap(runs, "mechanics", "groupA", "episodes", low=0.0, strict=True),
        effect_gap(runs, "mechanics", "groupA", "distress", decides=False),
        effect_gap(runs, "mechanics", "groupA", "coping", decides=False),
        effect_gap(runs, "mechanics", "groupA", "isolation", decides=False),
    ]


def _confidentiality(runs: Runs) -> list[Reading]:
    readings = [
        look_gap(
            runs,
            "breach 0.1",
            "breach 0",
            f"{who}_trust",
            f"{who}_looks",
            f"trust of {words}, second year",
            "0-1",
            high=0.0,
            strict=True,
        )
        for who, words in (("new", "members of up to half a year"), ("old", "members of longer standing"))
    ]
    stay = "still a member after two years, of those who came in the first"
    readings.append(
        look_gap(
            runs,
            "breach 0.1",
            "breach 0",
            "first_year_still",
            "first_year_comers",
            stay,
            "share",
            high=0.0,
            strict=True,
        )
    )
    for arm in ("breach 0.03", "breach 0.1"):
        one, other = (looks(runs, name, "groups_8", "open_weeks_8") for name in (arm, "breach 0"))
        life = bootstrap(_life_share, *one, *other)
        readings.append(
            Reading(f"years open of the first eight: {arm} as a share of breach 0", "share", life, decides=False)
        )
    columns = [column for arm in BREACHES for column in looks(runs, arm, "closed_8", "open_weeks_8")]
    half = bootstrap(_halving, *columns)
    return [
        *readings,
        Reading("breaches a meeting that double the rate of closing", "probability", half, decides=False),
    ]


def _life_share(groups: np.ndarray, weeks: np.ndarray, base_groups: np.ndarray, base_weeks: np.ndarray) -> np.ndarray:
    """Weeks open within eight years, mean over groups, as a share of the other arm's."""
    return finite((weeks / groups) / (base_weeks / base_groups))


def _halving(*columns: np.ndarray) -> np.ndarray:
    """Where the straight line through closings a week, by breaches a meeting, is twice what it is without any."""
    x = np.array(list(BREACHES.values()))
    y = np.stack([columns[2 * k] / columns[2 * k + 1] for k in range(len(x))])
    middle = x - x.mean()
    slope = np.tensordot(middle, y, axes=(0, 0)) / (middle**2).sum()
    none = y.mean(axis=0) - slope * x.mean()
    return finite(none / slope)


def _no_labels(runs: Runs) -> list[Reading]:
    return [
        effect_share(runs, "labelling", "groupA", "stigma", high=STILL_LABELLED),
        effect(runs, "groupA", "stigma", high=0.0, strict=True),
        effect(runs, "labelling", "stigma", decides=False),
    ]


def _monitoring(runs: Runs) -> list[Reading]:
    readings: list[Reading] = []
    for arm in ("no monitoring", "forms filled in"):
        readings += [
            look_gap(
                runs,
                arm,
                "groupB",
                "old_trust",
                "old_looks",
                "trust of members of over half a year, second year",
                "0-1",
                decides=False,
            ),
            effect_gap(runs, arm, "groupB", "isolation", years=4, decides=False),
            measure_gap(runs, arm, "groupB", "members", 4, decides=False),
            measure_gap(runs, arm, "groupB", "open", 8, decides=False),
            Reading(
                f"socials held a year while open: {arm} less groupB",
                "per year",
                _socials(runs, arm, "groupB"),
                decides=False,
            ),
        ]
    return readings


def _socials(runs: Runs, arm: str, base: str) -> Estimate:
    columns: list[np.ndarray] = []
    for name in (arm, base):
        lived = runs[name]
        columns += [lived.look("open_weeks_8") / WEEKS_IN_YEAR, lived.look("socials_8")]
    return bootstrap(gap, *columns)


def _no_pressure(runs: Runs) -> list[Reading]:
    return [
        effect_gap(runs, "pressure to stop", "groupA", "stigma", low=0.0, strict=True),
        effect(runs, "groupA", "stigma", high=0.0, strict=True),
        effect_gap(runs, "support unfelt", "groupA", "stigma", decides=False),
        effect_gap(runs, "pressure to stop", "groupA", "episodes_per_hard_day", decides=False),
        effect_gap(runs, "pressure to stop", "groupA", "coping", decides=False),
        effect_gap(runs, "pressure to stop", "groupA", "distress", decides=False),
    ]


def _wider_life(runs: Runs) -> list[Reading]:
    low, high = HALF_SHARE
    words = "share of turns that were about the rest of life, two years"
    return [
        looked(runs, "groupA", "shares_wider_life", "shares", words, "share", low=low, high=high),
        looked(runs, "self-harm only", "shares_wider_life", "shares", words, "share", low=0.0, high=0.0),
        effect_gap(runs, "self-harm only", "groupA", "stigma", decides=False),
        effect_gap(runs, "self-harm only", "groupA", "understanding", decides=False),
        look_gap(
            runs,
            "self-harm only",
            "groupA",
            "old_trust",
            "old_looks",
            "trust of members of over half a year",
            "0-1",
            decides=False,
        ),
    ]


def _meals(runs: Runs) -> list[Reading]:
    return [
        measure_gap(runs, "three hours", "groupA", "regular_tie", low=0.0, strict=True),
        measure_gap(runs, "a meal", "groupA", "regular_tie", low=0.0, strict=True),
        measure_share(runs, "three hours", "groupA", "regular_tie", decides=False),
        measure_gap(runs, "three hours", "groupA", "attendance", decides=False),
        measure_gap(runs, "a meal", "groupA", "attendance", decides=False),
        effect_gap(runs, "three hours", "groupA", "isolation", decides=False),
        measure(runs, "groupA", "attendance", decides=False),
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
        needs=("groupA", "coin toss", "judging"),
        read=_safe_to_speak,
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
        needs=("mechanics", "groupA"),
        read=_not_mechanics,
        note=(
            "Verifies that leaving mechanics out matters in the model. Whether hearing of episodes as such "
            "raises urges is C27."
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
        needs=("breach 0", "breach 0.03", "breach 0.1"),
        read=_confidentiality,
        weeks=416,
        note=(
            "That a breach costs trust, and that low trust makes people leave, are rules; how many leave, and whether "
            "groups end, is not. Only members are asked for their trust, so those who left over a breach are not."
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
        contrast=(
            "group A that labels as often as services do (0.55 of those who speak of self-harm), against group A"
        ),
        population="all who ever came, year 2",
        outcome="stigma",
        threshold="group A's effect on stigma falls by 30 % or more",
        dated=DATED,
        needs=("labelling", "groupA"),
        read=_no_labels,
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
        needs=("groupB", "no monitoring", "forms filled in"),
        read=_monitoring,
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
        needs=("groupA", "pressure to stop", "support unfelt"),
        read=_no_pressure,
        note=(
            "Both signs are rules (what is accepted lessens shame, pressure adds to it), so this is no finding; how "
            "much "
            "is. Guilt has no state of its own: it adds to stigma. Managing a bit better (B3) is shown beside."
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
        needs=("groupA", "self-harm only"),
        read=_wider_life,
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
        needs=("groupA", "three hours", "a meal"),
        read=_meals,
        note="A longer meeting also gives more turns to speak; a meal only brings time together.",
        rests_on=("group.meal_hours", "group.meeting_hours", "ties.growth_per_hour"),
        overturn="ties.growth_per_hour = 0.",
    ),
)
