"""Claims about a safe space and a different approach: C7, C8, C10 to C12, C14 to C16."""

from __future__ import annotations

import numpy as np

from analysis.compare.estimate import Estimate, bootstrap
from analysis.studies.claims.asked import GAP, of_totals_of
from analysis.studies.claims.before import DATED, MENDED
from analysis.studies.claims.declare import Claim, Estimand, Runs, World, figure_of
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
    share_of_effect,
    slope_of,
    totals,
)
from sim.relations import WEEKS_IN_YEAR

HARDLY_RISES = 1e-9  # of a line, as a share of its height
BREACHES = {"breach 0": 0.0, "breach 0.03": 0.03, "breach 0.1": 0.1}
MORE_TURNS = (
    "late_shares", "late_meetings", "early_shares", "early_meetings",
    "turns taken at a meeting, half a year since coming (weeks 22-28) less weeks 1-4, the same people",
    "for each meeting",
)  # fmt: skip
SAID = "turns about self-harm, for each meeting attended, of all who came"
HEARD = ("groupA", "coin toss")
SAID_EARLY = ("attenders_early", "attenders", f"{SAID}, the first four weeks")
LATER = "half a year since coming (weeks 25-28) less weeks 1-4, who left"
MORE_SAID = ("attenders_carried", "attenders", "attenders_early", "attenders", f"{SAID}, {LATER} as they last did")
NONE_SAID = ("attenders_none", "attenders", "attenders_early", "attenders", f"{SAID}, {LATER} counting as none")
STILL = "still a member after two years, of those who came in the first"
TRUST = "trust in the second year, as it is or last was, of who first came"
GUILT = "guilt for each episode, second year, all who came in the first"
GUILT_SPARED = (
    "year_two_guilt", "year_two", "year_two_twin_guilt", "year_two",
    "guilt, summed over 13 looks of a year: with the group minus without", "sum of 0-1",
)  # fmt: skip
PRESSED = ("stigma", "episodes_per_hard_day", "coping", "distress", "isolation")
WIDER_LIFE = ("shares_wider_life", "shares", "share of turns that were about the rest of life, two years", "share")


def _life_share(groups: np.ndarray, weeks: np.ndarray, base_groups: np.ndarray, base_weeks: np.ndarray) -> np.ndarray:
    """Weeks open within eight years, mean over groups, as a share of the other arm's."""
    return finite((weeks / groups) / (base_weeks / base_groups))


def _years_open(arm: str) -> Estimand:
    columns = (*totals(arm, "groups_8", "open_weeks_8"), *totals("breach 0", "groups_8", "open_weeks_8"))
    return of_totals(f"years open of the first eight: {arm} as a share of breach 0", "share", _life_share, *columns)


def _breached(total: str, count: str, label: str, unit: str = "0-1") -> Estimand:
    """A mean where confidences are often broken less that where none is."""
    return mean_gap("breach 0.1", "breach 0", total, count, label, unit)


def _doubling(*columns: np.ndarray) -> np.ndarray:
    """Where the straight line through closings a week, by breaches a meeting, is twice what it is without any.

    Between 0 and 1: a line that falls, or hardly rises, is not doubled by a breach at every meeting.
    """
    x = np.array(list(BREACHES.values()))
    y = np.stack([columns[2 * k] / columns[2 * k + 1] for k in range(len(x))])
    slope = slope_of(x, y)
    none = y.mean(axis=0) - slope * x.mean()
    rises = slope * x.max() > HARDLY_RISES * np.abs(y).max(axis=0)
    return np.where(np.isnan(slope), np.nan, np.where(rises, np.clip(none / slope, 0.0, 1.0), 1.0))


def _forms(arm: str) -> list[Estimand]:
    """What another way with forms would do."""
    trust = "trust of members of over half a year, second year"
    words = "socials held a year while open"
    asked = of_totals_of((arm, "groupB"), ("open_weeks_8",), f"{words}, first eight years (a year)", GAP)

    def socials(runs: Runs) -> Estimate:
        weeks, held = ([runs[name].total(total) for name in (arm, "groupB")] for total in ("open_weeks_8", "socials_8"))
        return bootstrap(gap, weeks[0] / WEEKS_IN_YEAR, held[0], weeks[1] / WEEKS_IN_YEAR, held[1])

    return [
        mean_gap(arm, "groupB", "old_trust", "old_looks", trust),
        effect_gap(arm, "groupB", "isolation", years=4),
        measure_gap(arm, "groupB", "members", 4),
        measure_gap(arm, "groupB", "open", 8),
        figure_of(f"{words}: {arm} less groupB", "per year", (arm, "groupB"), socials, asked),
    ]


def _guilt_where_pressed() -> Estimand:
    pressed, there = (totals(arm, "year_two_episodes", "year_two_guilt") for arm in ("pressure to stop", "groupA"))
    return of_totals(f"{GUILT}: pressure to stop as a share of groupA", "share", share_of_effect, *pressed, *there)


def guilt_share(arm: str) -> Estimand:
    """Guilt for each episode, as a share of the twins'."""
    columns = totals(arm, "year_two_episodes", "year_two_guilt", "year_two_twin_episodes", "year_two_twin_guilt")
    return of_totals(f"{GUILT}: as a share of the twins', {arm}", "share", share_of_effect, *columns)


CLAIMS = (
    Claim(
        id="C7",
        statement="In the group it is safe to speak.",
        quote="without the fear of being judged",
        speaker="B3",
        kind="emergent",
        contrast="the same people early and half a year later, in group A and where acceptance is a coin toss",
        population="everybody who came, in the first four weeks since and in weeks 25-28, whether still coming or not",
        outcome="turns about self-harm and the feelings behind it, for each meeting attended",
        threshold=(
            "more such turns after half a year in group A, and no more where acceptance is a coin toss; who no longer "
            "comes counts with what she or he did last"
        ),
        dated=MENDED,
        decides=(
            mean_gap_within("groupA", *MORE_SAID, "for each meeting").above(0.0),
            mean_gap_within("coin toss", *MORE_SAID, "for each meeting").at_most(0.0),
        ),
        beside=(
            mean_gap_within("judging", *MORE_SAID, "for each meeting"),
            *(mean(arm, *SAID_EARLY, "for each meeting") for arm in HEARD),
            *(mean_gap_within(arm, *NONE_SAID, "for each meeting") for arm in HEARD),
            *(mean_gap_within(arm, *MORE_TURNS) for arm in HEARD),
        ),
        note=(
            "That acceptance builds trust, and trust loosens tongues, is built in. Whether people come to say more of "
            "what they hide is not: as a group grows there are fewer turns for each, and those who were judged stay "
            "away, so that whoever asks only those who stayed (last figures) asks those who were not."
        ),
        fails_in=World(
            "being accepted builds no trust, and being judged takes all of it",
            {"meeting.trust_accepted": 0.0, "meeting.hurt": 1.0},
        ),
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
        needs_mechanisms=("upset or influence",),
        fails_in=World(
            "hearing of mechanics neither upsets nor raises urges",
            {"episodes.mechanics_influence": 0.0, "meeting.mechanics_upset": 0.0},
        ),
        overturn="episodes.mechanics_influence = 0 and meeting.mechanics_upset = 0.",
    ),
    Claim(
        id="C10",
        statement="Confidentiality works for new members and for old ones.",
        quote="works for both sides",
        speaker="B2",
        kind="emergent",
        contrast="group A with a breach at one meeting in ten, against none",
        population="all who had come; all who came in the first year; groups",
        outcome="trust, staying, a group's life",
        threshold=(
            "with breaches less trust among those who came within half a year and among those who came before, whoever "
            "left counting with the trust that was there last; and fewer who stay"
        ),
        dated=MENDED,
        decides=(
            _breached("carried_new_trust", "carried_new_looks", f"{TRUST} up to half a year ago").below(0.0),
            _breached("carried_old_trust", "carried_old_looks", f"{TRUST} longer ago").below(0.0),
            _breached("first_year_still", "first_year_comers", STILL, "share").below(0.0),
        ),
        beside=(
            _breached("new_trust", "new_looks", "trust of members of up to half a year, second year"),
            _breached("old_trust", "old_looks", "trust of members of longer standing, second year"),
            _years_open("breach 0.03"),
            _years_open("breach 0.1"),
            of_totals(
                "breaches a meeting that double the rate of closing (1: not even one at each)",
                "probability",
                _doubling,
                *(column for arm in BREACHES for column in totals(arm, "closed_8", "open_weeks_8")),
            ),
        ),
        weeks=416,
        note=(
            "That a breach costs trust, and that low trust makes people leave, are rules; how many leave, and "
            "whether groups end, is not. Trust of those who are still members, beside, leaves out whoever left over a "
            "breach."
        ),
        needs_mechanisms=("breaches",),
        fails_in=World("a broken confidence hurts nobody", {"meeting.breach_hurt": 0.0, "outside.horrified": 0.0}),
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
        threshold="more stigma where people are labelled",
        dated=MENDED,
        decides=(effect_gap("labelling", "groupA", "stigma").above(0.0),),
        beside=(
            effect_share("labelling", "groupA", "stigma"),
            effect("groupA", "stigma"),
            effect("labelling", "stigma"),
        ),
        note=(
            "That labels hurt is a rule; how much is reported and not judged: the share of group A's effect that is "
            "left, below zero where the group does harm."
        ),
        needs_mechanisms=("judging",),
        fails_in=World("labels hurt nobody", {"meeting.label": 0.0}),
        overturn="Labels that hurt nobody (meeting.label = 0).",
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
        beside=(*_forms("no monitoring"), *_forms("forms filled in")),
        weeks=416,
        note="Forms cost trust, resisting them risks the money; socials held show whether there was any.",
        overturn="Nothing to overturn.",
    ),
    Claim(
        id="C14",
        statement="Nobody is pressed to stop, and there is less guilt.",
        quote="you get support",
        speaker="A1",
        kind="built in",
        contrast=(
            "group A against twins, and against the same group where whoever tells of an episode is pressed to stop"
        ),
        population="all who came in the first year, in the second",
        outcome="guilt for each episode",
        threshold="less guilt for each episode than the twins have, and more where people are pressed to stop",
        dated=MENDED,
        decides=(
            guilt_share("groupA").below(1.0),
            _guilt_where_pressed().above(1.0),
        ),
        beside=(
            guilt_share("support unfelt"),
            mean_gap_within("groupA", *GUILT_SPARED),
            *(effect_gap("pressure to stop", "groupA", outcome) for outcome in PRESSED),
        ),
        note=(
            "\"It doesn't make me feel so guilty when I've done it\" (A1) is said of an episode, so guilt is divided "
            "by episodes: a group that spares episodes would lessen guilt without a word. Both signs are rules "
            "(support eases guilt, pressure adds to it), so this is no finding. Accounts in which guilt is no state "
            "of its own, such as the first model, cannot be asked. Managing a bit better (B3) is shown beside."
        ),
        needs_mechanisms=("guilt", "comfort", "judging"),
        fails_in=World(
            "support eases no guilt, and judgement adds none",
            {"episodes.guilt_eased": 0.0, "meeting.guilt_judged": 0.0},
            "full",
        ),
        overturn="Episodes hardly ever told of (meeting.tell_episode), or pressure that adds no guilt.",
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
        fails_in=World("most talk is about the rest of life", {"group.wider_life": 0.7}),
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
        fails_in=World("hours together make no ties", {"ties.growth_per_hour": 0.0}),
        overturn="ties.growth_per_hour = 0.",
    ),
)
