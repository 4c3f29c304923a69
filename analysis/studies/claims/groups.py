"""Claims about groups: how they begin, last, show themselves and are helped. C28 to C32."""

from __future__ import annotations

import numpy as np

from analysis.compare.estimate import bootstrap, mean_of
from analysis.studies.claims.before import DATED
from analysis.studies.claims.declare import Claim, Estimand, Reading, Runs
from analysis.studies.claims.read import effect_gap, group_columns, mean, mean_gap, measure, measure_gap, proportion

CORE = (3.0, 6.0)
A_YEAR_LATER = "of groups open at two years, still open a year later"
HELPED = ("venue", "promoted", "guidance", "practitioners")
COMPARED = (
    "isolation", "stigma", "understanding", "coping", "distress", "hard_days", "episodes", "episodes_per_hard_day",
    "told_outside",
)  # fmt: skip


def _on_its_feet(runs: Runs) -> Reading:
    counted, led = (runs["groupB"].total(name) for name in ("open_2", "led_3"))
    return Reading(f"{A_YEAR_LATER} and led by members, groupB", "share", proportion(counted, led))


def _core(arm: str) -> Estimand:
    def read(runs: Runs) -> Reading:
        counted, regulars = group_columns(runs[arm], "regulars", 8)
        some = (counted > 0) & (regulars >= CORE[0]) & (regulars <= CORE[1])
        share = proportion(counted, some.astype(float))
        return Reading(f"of groups open at eight years, those with 3-6 regulars, {arm}", "share", share)

    return Estimand((arm,), read)


def _by_publicity(arm: str) -> list[Estimand]:
    """Coming and going, ties and isolation where the group is more or less visible."""
    words = "still a member after two years, of the first year's comers"

    def regulars(runs: Runs) -> Reading:
        _, mine = group_columns(runs[arm], "regulars", 4)
        each = bootstrap(mean_of, mine, np.ones_like(mine))
        return Reading(f"regulars, year 4, closed groups counting as none, {arm}", "people", each)

    return [
        mean_gap(arm, "groupA", "first_year_still", "first_year_comers", words, "share"),
        *(measure_gap(arm, "groupA", name, 4) for name in ("open", "regulars", "regular_tie")),
        effect_gap(arm, "groupA", "isolation", "regulars", 4, standard=True),
        Estimand((arm,), regulars),
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
        decides=(
            Estimand(("groupB",), _on_its_feet).at_least(0.5),
            mean(
                "groupA",
                "founders_isolation_above",
                "founders",
                "founders' isolation at the opening, above others who might have come",
            ).above(0.0),
        ),
        beside=(
            *(
                mean_gap("groupB", arm, "open_3", "open_2", A_YEAR_LATER, "share")
                for arm in ("no handover", "unprepared")
            ),
            *(measure_gap("groupB", arm, "open", 4) for arm in ("no handover", "unprepared")),
        ),
        weeks=208,
        note=(
            "Survival with and without a handover is shown beside: a clinician who stays also keeps a group going, "
            "until the post ends."
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
        beside=(
            *(
                effect_gap("groupA", "groupB", outcome, "regulars", years, standard=True)
                for years in (2, 8)
                for outcome in COMPARED
            ),
            *(
                measure_gap("groupA", "groupB", name, years)
                for years in (2, 8)
                for name in ("open", "regulars", "attendance", "regular_tie")
            ),
        ),
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
            "at least one in ten of each kind survives eight years, and survivors have 3 to 6 regulars (A: mean of "
            "years 8 to 12; B: at year 8)"
        ),
        dated=DATED,
        decides=(
            measure("groupB", "open", 8).at_least(0.1),
            measure("groupA", "open", 8).at_least(0.1),
            mean(
                "groupA",
                "old_regulars",
                "old_weeks",
                "regulars of groups still open, years 8 to 12, mean over weeks",
                "people",
            ).between(*CORE),
            measure("groupB", "regulars", 8).between(*CORE),
        ),
        beside=(
            measure("groupA", "open", 12),
            measure("groupB", "open", 12),
            measure("groupA", "open", 1),
            measure("groupA", "open", 2),
            _core("groupA"),
            _core("groupB"),
        ),
        weeks=624,
        note=(
            "Says whether such groups are rare exceptions in the model. That the paper met survivors only is the "
            "subject of `interviews`."
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
        decides=(
            measure_gap("publicised", "hidden", "ever_came", 4).above(0.0),
            measure_gap("groupA", "hidden", "ever_came", 4).above(0.0),
        ),
        beside=(
            *_by_publicity("hidden"),
            *_by_publicity("publicised"),
            *_by_publicity("widely publicised"),
        ),
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
        decides=(
            mean_gap("venue", "groupA", "meetings_4", "open_weeks_4", "meetings held while open", "a week").above(0.0),
            measure_gap("promoted", "groupA", "ever_came", 4).above(0.0),
            mean_gap("guidance", "groupA", "organisers_4", "open_weeks_4", "organisers while open", "people").above(
                0.0
            ),
        ),
        beside=(
            *(measure_gap(arm, "groupA", "open", 4) for arm in HELPED),
            *(measure_gap(arm, "groupA", "regulars", 4) for arm in HELPED),
            *(effect_gap(arm, "groupA", "isolation", years=4, standard=True) for arm in HELPED),
        ),
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
