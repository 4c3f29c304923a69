"""Claims about groups: how they begin, last, show themselves and are helped. C28 to C32."""

from __future__ import annotations

import numpy as np

from analysis.compare.estimate import bootstrap, mean_of
from analysis.studies.claims.before import DATED
from analysis.studies.claims.declare import Claim, Reading, Runs
from analysis.studies.claims.read import (
    effect_gap,
    group_columns,
    look_gap,
    looked,
    looks,
    measure,
    measure_gap,
    proportion,
)

ON_ITS_FEET, RARE, CORE = 0.5, 0.1, (3.0, 6.0)
COMPARED = (
    "isolation",
    "stigma",
    "understanding",
    "coping",
    "distress",
    "hard_days",
    "episodes",
    "episodes_per_hard_day",
    "told_outside",
)


def _beginnings(runs: Runs) -> list[Reading]:
    after = "of groups open at two years, still open a year later"
    return [
        Reading(
            f"{after} and led by members, groupB",
            "share",
            proportion(*looks(runs, "groupB", "open_2", "led_3")),
            low=ON_ITS_FEET,
        ),
        looked(
            runs,
            "groupA",
            "founders_isolation_above",
            "founders",
            "founders' isolation at the opening, above others who might have come",
            "0-1",
            low=0.0,
            strict=True,
        ),
        look_gap(runs, "groupB", "no handover", "open_3", "open_2", after, "share", decides=False),
        look_gap(runs, "groupB", "unprepared", "open_3", "open_2", after, "share", decides=False),
        measure_gap(runs, "groupB", "no handover", "open", 4, decides=False),
        measure_gap(runs, "groupB", "unprepared", "open", 4, decides=False),
    ]


def _two_kinds(runs: Runs) -> list[Reading]:
    people = [
        effect_gap(runs, "groupA", "groupB", name, "regulars", years, standard=True, decides=False)
        for years in (2, 8)
        for name in COMPARED
    ]
    groups = [
        measure_gap(runs, "groupA", "groupB", name, years, decides=False)
        for years in (2, 8)
        for name in ("open", "regulars", "attendance", "regular_tie")
    ]
    return [*people, *groups]


def _old_groups(runs: Runs) -> list[Reading]:
    low, high = CORE

    def core(arm: str) -> Reading:
        regulars = runs[arm].group("regulars")[:, runs[arm].rows.index(8 * 13)]
        is_open = ~np.isnan(regulars)
        some = is_open & (regulars >= low) & (regulars <= high)
        return Reading(
            f"of groups open at eight years, those with 3-6 regulars, {arm}",
            "share",
            proportion(is_open.astype(float), some.astype(float)),
            decides=False,
        )

    return [
        measure(runs, "groupB", "open", 8, low=RARE),
        measure(runs, "groupA", "open", 8, low=RARE),
        looked(
            runs,
            "groupA",
            "old_regulars",
            "old_weeks",
            "regulars of groups still open, years 8 to 12, mean over weeks",
            "people",
            low=low,
            high=high,
        ),
        measure(runs, "groupB", "regulars", 8, low=low, high=high),
        measure(runs, "groupA", "open", 12, decides=False),
        measure(runs, "groupB", "open", 12, decides=False),
        measure(runs, "groupA", "open", 1, decides=False),
        measure(runs, "groupA", "open", 2, decides=False),
        core("groupA"),
        core("groupB"),
    ]


def _hidden_groups(runs: Runs) -> list[Reading]:
    sweep = ("hidden", "publicised", "widely publicised")
    readings = [
        measure_gap(runs, "publicised", "hidden", "ever_came", 4, low=0.0, strict=True),
        measure_gap(runs, "groupA", "hidden", "ever_came", 4, low=0.0, strict=True),
    ]
    for arm in sweep:
        readings += [
            look_gap(
                runs,
                arm,
                "groupA",
                "first_year_still",
                "first_year_comers",
                "still a member after two years, of the first year's comers",
                "share",
                decides=False,
            ),
            measure_gap(runs, arm, "groupA", "open", 4, decides=False),
            measure_gap(runs, arm, "groupA", "regulars", 4, decides=False),
            measure_gap(runs, arm, "groupA", "regular_tie", 4, decides=False),
            effect_gap(runs, arm, "groupA", "isolation", "regulars", 4, standard=True, decides=False),
            _regular_years(runs, arm),
        ]
    return readings


def _regular_years(runs: Runs, arm: str) -> Reading:
    """Regulars of all groups, closed ones counting as none."""
    _, mine = group_columns(runs[arm], "regulars", 4)
    return Reading(
        f"regulars, year 4, closed groups counting as none, {arm}",
        "people",
        bootstrap(mean_of, mine, np.ones_like(mine)),
        decides=False,
    )


def _practitioners(runs: Runs) -> list[Reading]:
    helped = ("venue", "promoted", "guidance", "practitioners")
    return [
        look_gap(
            runs,
            "venue",
            "groupA",
            "meetings_4",
            "open_weeks_4",
            "meetings held while open",
            "a week",
            low=0.0,
            strict=True,
        ),
        measure_gap(runs, "promoted", "groupA", "ever_came", 4, low=0.0, strict=True),
        look_gap(
            runs,
            "guidance",
            "groupA",
            "organisers_4",
            "open_weeks_4",
            "organisers while open",
            "people",
            low=0.0,
            strict=True,
        ),
        *(measure_gap(runs, arm, "groupA", "open", 4, decides=False) for arm in helped),
        *(measure_gap(runs, arm, "groupA", "regulars", 4, decides=False) for arm in helped),
        *(effect_gap(runs, arm, "groupA", "isolation", "joined", 4, standard=True, decides=False) for arm in helped),
    ]


CLAIMS = (
    Claim(
        id="C28",
        statement="Group A grew from a lack of support; group B was begun by a clinician and became member-led.",
        quote="the group evolved into a member-led group",
        speaker="authors",
        kind="built in",
        contrast=(
            "group B with the handover at two years, without one, and with one that nobody was prepared for; "
            "founders of group A against others"
        ),
        population="groups open at two years; founders",
        outcome="still open a year later and led by members; isolation",
        threshold=(
            "more than half of group B's kind are open and led by members a year after the handover; group A's "
            "founders are lonelier than others"
        ),
        dated=DATED,
        needs=("groupB", "no handover", "unprepared", "groupA"),
        read=_beginnings,
        weeks=208,
        note=(
            "Survival with and without a handover is shown beside: a clinician who stays also keeps a group "
            "going, until the post ends."
        ),
        rests_on=(
            "group.clinician_started",
            "organising.handover",
            "organising.handover_week",
            "organising.clinician_leaves_per_year",
        ),
        overturn="Members who do not volunteer (organising.volunteer_prob).",
    ),
    Claim(
        id="C29",
        statement="Group A met weekly; group B twice weekly, in the evening, with socials.",
        quote="Twice weekly meetings",
        speaker="authors",
        kind="explored",
        contrast="group A against group B, each against its twins",
        population="regulars; groups",
        outcome="all outcomes",
        threshold="none: the paper claims no outcome; held out",
        dated=DATED,
        needs=("groupA", "groupB"),
        read=_two_kinds,
        weeks=624,
        note=(
            "The two also differ in who may come, how they began and were funded; this is a difference between "
            "kinds of groups, not of any one feature. Never used to choose a value."
        ),
        rests_on=("group.meeting_days", "group.meeting_hours", "group.socials_per_year"),
        overturn="Nothing to overturn.",
    ),
    Claim(
        id="C30",
        statement="The groups were 12 and 8 years old, with four regulars each.",
        quote="12 years for group A and 8 years for group B",
        speaker="authors",
        kind="held out",
        contrast="groups of both kinds",
        population="groups; those still open",
        outcome="survival; regulars",
        threshold=(
            "at least one in ten of each kind survives eight years, and survivors have 3 to 6 regulars (A: mean "
            "of years 8 to 12; B: at year 8)"
        ),
        dated=DATED,
        needs=("groupA", "groupB"),
        read=_old_groups,
        weeks=624,
        note=(
            "Says whether such groups are rare exceptions in the model. That the paper met survivors only is the "
            "subject "
            "of `interviews`."
        ),
        rests_on=(
            "leaving.per_year",
            "leaving.one_visit_only",
            "organising.low_weeks",
            "organising.unled_weeks",
            "meeting.regular_share",
        ),
        overturn="Other rates of leaving, volunteering and hearing of the group.",
    ),
    Claim(
        id="C31",
        statement="Some groups stay hidden.",
        quote="prefer to remain 'hidden'",
        speaker="authors",
        kind="built in",
        contrast="group A hidden, publicised and widely publicised",
        population="groups, year 4",
        outcome="people who ever came",
        threshold="fewer come to a hidden group",
        dated=DATED,
        needs=("hidden", "publicised", "widely publicised", "groupA"),
        read=_hidden_groups,
        weeks=208,
        note="Is there an optimum? Coming and going, ties and isolation by how visible a group is are shown beside.",
        rests_on=("joining.publicity_per_year", "joining.word_of_mouth_per_year"),
        overturn="joining.word_of_mouth_per_year so high that publicity does not matter.",
    ),
    Claim(
        id="C32",
        statement="Practitioners can help with a venue, publicity and guidance.",
        quote="suitable meeting venues",
        speaker="authors",
        kind="built in",
        contrast="group A with each of the three, and with all",
        population="groups, first four years",
        outcome="meetings held; people who came; organisers",
        threshold="more meetings with a venue, more people with publicity, more organisers with guidance",
        dated=DATED,
        needs=("groupA", "venue", "promoted", "guidance", "practitioners"),
        read=_practitioners,
        weeks=208,
        note="Whether groups last longer for it, and members are less alone, is shown beside.",
        rests_on=(
            "practitioners.venue",
            "practitioners.publicity",
            "practitioners.guidance",
            "practitioners.guidance_relief",
        ),
        overturn="Rooms that are hardly ever lost, organisers who hardly tire.",
    ),
)
