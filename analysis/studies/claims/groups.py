"""Claims about groups: how they begin, last, show themselves and are helped. C28 to C32."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.compare.estimate import Estimate, bootstrap, mean_of
from analysis.compare.tails import NoneSeen
from analysis.studies.claims.asked import NO, of_groups, of_totals_of
from analysis.studies.claims.before import DATED, MENDED
from analysis.studies.claims.declare import Claim, Estimand, Reading, Runs, World, figure_of
from analysis.studies.claims.meanings import DECIDING_SHARES, REGULAR_SHARES
from analysis.studies.claims.read import (
    effect_gap,
    group_columns,
    mean,
    mean_gap,
    measure,
    measure_gap,
    none_seen,
    proportion,
)
from analysis.studies.claims.register import FOUR, old_when_found, regulars_found, with_regulars

KINDS = ("groupA", "groupB")
BETWEEN = tuple(share for share in REGULAR_SHARES if share not in DECIDING_SHARES)
A_YEAR_LATER = ("open_3", "open_2", "of groups open at two years, still open a year later")
LED = "of groups begun, open and led by members after three years"
HID = "of groups begun, share that closed the door within eight years"
DOOR_CLOSED = "share of their time, over eight years, for which groups had their door closed"
ORGANISERS = ("organisers_4", "open_weeks_4", "organisers while open")
HELPED = ("venue", "promoted", "guidance", "practitioners")
COMPARED = (
    "isolation", "stigma", "understanding", "coping", "distress", "hard_days", "episodes", "episodes_per_hard_day",
    "told_outside",
)  # fmt: skip


def _founders(name: str, words: str) -> Estimand:
    label = f"founders' {words} at the opening, above others who might have come"
    return mean("groupA", f"founders_{name}_above", "founders", label)


def _share_of_groups(arm: str, having: str, counted: str, label: str) -> Estimand:
    def share(runs: Runs) -> Estimate:
        return proportion(runs[arm].total(counted), runs[arm].total(having))

    asked = of_totals_of((arm,), (counted,), f"{label} (share)", "share of groups")
    return figure_of(f"{label}, {arm}", "share", (arm,), share, asked)


def _open_gap(arm: str, base: str) -> Estimand:
    """As ``measure_gap``; where no town of all differs, one may still do so unseen."""
    plain = measure_gap(arm, base, "open", 4)

    def read(runs: Runs) -> Reading:
        reading = plain.read(runs)
        one, other = (group_columns(runs[name], "open", 4)[1] for name in (arm, base))
        if (one != other).any() or not len(one):
            return reading
        most = none_seen(len(one))
        estimate = Estimate(0.0, -most, most, len(one), tails=NoneSeen(0.0, len(one)))
        return replace(reading, estimate=estimate)

    return replace(plain, read=read)


def _by_publicity(arm: str) -> list[Estimand]:
    """Coming and going, ties and isolation where the group is more or less visible."""
    words = "still a member after two years, of the first year's comers"

    asked = replace(
        of_groups((arm,), "regulars", 4, "mean over groups"), population=f"all groups begun of {arm}",
        fixed="the opening", depends=NO, closing="a group that has closed counts as having none",
    )  # fmt: skip

    def regulars(runs: Runs) -> Estimate:
        _, mine = group_columns(runs[arm], "regulars", 4)
        return bootstrap(mean_of, mine, np.ones_like(mine))

    return [
        mean_gap(arm, "groupA", "first_year_still", "first_year_comers", words, "share"),
        *(measure_gap(arm, "groupA", name, 4) for name in ("open", "regulars", "regular_tie")),
        effect_gap(arm, "groupA", "isolation", "regulars", 4, standard=True),
        figure_of(f"regulars, year 4, closed groups counting as none, {arm}", "people", (arm,), regulars, asked),
    ]


CLAIMS = (
    Claim(
        id="C28",
        statement="Group A grew from a lack of support; group B was begun by a clinician and became member-led.",
        quote="the group evolved into a member-led group",
        speaker="authors",
        kind="emergent",
        contrast=(
            "founders of group A against others who might have come; group B with the handover at two years against "
            "group B whose clinician stays until the post ends"
        ),
        population="founders; all groups begun",
        outcome="outside support; open and led by members after three years; open after four",
        threshold=(
            "group A's founders have less outside support than others, by 0.03 or more (a fifth of its standard "
            "deviation); half of group B's kind or more are open and led by members a year after the handover, groups "
            "that ended before it counting as not; and four years on at most 0.1 fewer of them are open than where the"
            " clinician stays"
        ),
        dated=MENDED,
        decides=(
            _founders("support", "outside support").at_most(-0.03),
            _share_of_groups("groupB", "led_3", "groups_4", LED).at_least(0.5),
            _open_gap("groupB", "no handover").at_least(-0.1),
        ),
        beside=(
            _founders("isolation", "isolation"),
            *(mean_gap("groupB", arm, *A_YEAR_LATER, "share") for arm in ("no handover", "unprepared")),
            _open_gap("groupB", "unprepared"),
        ),
        weeks=208,
        note=(
            "No rule looks at support when a group begins: founders come in need; whether they are people with less "
            "support is to be seen. Their isolation, by which they come, stands beside. A clinician who stays also "
            "keeps a group going, until the post ends."
        ),
        fails_in=World("no member volunteers to organise", {"organising.volunteer_prob": 0.0}),
        overturn="Members who do not volunteer (organising.volunteer_prob).",
    ),
    Claim(
        id="C29",
        statement="Group A met weekly; group B twice weekly, in the evening, with socials.",
        quote="Twice weekly meetings",
        speaker="authors",
        kind="explored",
        contrast="group A against group B, each against its twins",
        population="regulars of group A, and those of group B, each looked at in both; groups",
        outcome="all outcomes",
        threshold="none: the paper claims no outcome; held out",
        dated=DATED,
        beside=(
            *(
                effect_gap("groupA", "groupB", outcome, "regulars", years, standard=True, stratum=whose)
                for years in (2, 8)
                for whose in KINDS
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
        overturn="Nothing to overturn.",
    ),
    Claim(
        id="C30",
        statement="The groups were 12 and 8 years old, with four regulars each.",
        quote="12 years for group A and 8 years for group B",
        speaker="authors",
        kind="held out",
        contrast="groups of both kinds",
        population="all groups begun; groups found at a random time, so in proportion to how long they live",
        outcome="survival; number of regulars",
        threshold=(
            "at least one in ten of each kind survives eight years; of those found at a random time at least one in "
            "ten has exactly four regulars, whether a regular is who comes to 33, 50 or 67 % of meetings"
        ),
        dated=MENDED,
        decides=(
            measure("groupB", "open", 8).at_least(0.1),
            measure("groupA", "open", 8).at_least(0.1),
            *(with_regulars(arm, share, FOUR).at_least(0.1) for arm in KINDS for share in DECIDING_SHARES),
        ),
        beside=(
            measure("groupA", "open", 12),
            measure("groupB", "open", 12),
            *(old_when_found(arm) for arm in KINDS),
            *(with_regulars(arm, share, FOUR) for arm in KINDS for share in BETWEEN),
            *(regulars_found(arm, share) for arm in KINDS for share in DECIDING_SHARES),
            *(with_regulars(arm, share, 3, 4, 5, 6) for arm in KINDS for share in DECIDING_SHARES),
        ),
        weeks=624,
        note=(
            "Says whether such groups are rare exceptions in the model. Whoever looks at a list of groups finds those "
            "that live long the oftener, so each is counted as often as it could have been found: every four weeks of "
            "twelve years in which it is open and led by members. That the paper met survivors only is the subject of "
            "`interviews`."
        ),
        fails_in=World(
            "everybody hears of the group, comes soon and comes again",
            {"joining.publicity_per_year": 3.0, "joining.visit_per_year": 6.0, "leaving.one_visit_only": 0.0},
        ),
        overturn="Other rates of leaving, volunteering and hearing of the group.",
    ),
    Claim(
        id="C31",
        statement="Some groups stay hidden.",
        quote="prefer to remain 'hidden'",
        speaker="authors",
        kind="emergent",
        contrast="group A which may close its door to newcomers, by its own choice, against one that never does",
        population="groups, first eight years",
        outcome="closing the door; people who ever came",
        threshold=(
            "between 0.05 and 0.5 of groups choose to close their door within eight years, and fewer people ever come "
            "than where no group does"
        ),
        dated=MENDED,
        decides=(
            _share_of_groups("may hide", "hid_8", "groups_8", HID).between(0.05, 0.5),
            measure_gap("may hide", "may not hide", "ever_came", 8).below(0.0),
        ),
        beside=(
            mean("may hide", "hidden_weeks_8", "open_weeks_8", DOOR_CLOSED, "share"),
            *(measure_gap("may hide", "may not hide", name, 8) for name in ("open", "regulars", "regular_tie")),
            effect_gap("may hide", "may not hide", "isolation", years=8, standard=True),
            measure_gap("groupA", "hidden", "ever_came", 4),
            measure_gap("publicised", "hidden", "ever_came", 4),
            *_by_publicity("hidden"),
            *_by_publicity("publicised"),
            *_by_publicity("widely publicised"),
        ),
        weeks=416,
        note=(
            "Some is neither hardly any nor most. A group may choose to hide once it has enough members and they are "
            "close. What becomes of it, and of groups that nobody ever hears of or that everybody does, is shown "
            "beside: coming and going, ties and isolation."
        ),
        fails_in=World("nobody wishes to be among themselves", {"joining.door_closes_per_year": 0.0}),
        overturn="No wish to be among oneself (joining.door_closes_per_year = 0), or groups that never grow so large.",
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
            mean_gap("guidance", "groupA", *ORGANISERS, "people").above(0.0),
        ),
        beside=(
            *(measure_gap(arm, "groupA", "open", 4) for arm in HELPED),
            *(measure_gap(arm, "groupA", "regulars", 4) for arm in HELPED),
            *(effect_gap(arm, "groupA", "isolation", years=4, standard=True) for arm in HELPED),
        ),
        weeks=208,
        note="Whether groups last longer for it, and members are less alone, is shown beside.",
        fails_in=World("no group ever loses its room", {"organising.room_loss_per_year": 0.0}),
        overturn="Rooms that are hardly ever lost, organisers who hardly tire.",
    ),
)
