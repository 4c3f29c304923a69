"""Claims about life before a group, and the world outside: C1 to C6, and C13."""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.compare.estimate import bootstrap, mean_of
from analysis.studies.claims.declare import Claim, Reading, Runs
from analysis.studies.claims.read import effect, effect_share, finite, gap, look_gap, looked, looks, within_gap

DATED = "2026-11-23"
STEADY, LONELY, UNSURE = 0.05, (0.6, 0.7), 0.4
ACCEPTANCE = {"outside 0.1": 0.1, "outside 0.3": 0.3, "absent": 0.45, "outside 0.6": 0.6, "outside 0.9": 0.9}


def _hidden(runs: Runs) -> list[Reading]:
    rise = looked(
        runs,
        "absent",
        "stayed_isolation_rise",
        "stayed",
        "change of isolation over two years, all residents",
        "0-1",
        low=-STEADY,
        high=STEADY,
    )
    nobody = looked(
        runs, "absent", "stayed_told_nobody", "stayed", "told nobody outside in two years", "share", decides=False
    )
    told = looked(
        runs, "absent", "stayed_told", "stayed", "told somebody outside, in two years", "times", decides=False
    )
    return [rise, nobody, told]


def _alone(runs: Runs) -> list[Reading]:
    low, high = LONELY
    return [
        looked(
            runs,
            "absent",
            "opening_isolation",
            "opening",
            "isolation at the start, all residents",
            "0-1",
            low=low,
            high=high,
        ),
        looked(
            runs,
            "groupA",
            "comers_isolation",
            "comers",
            "isolation just before coming, all who came within two years",
            "0-1",
            decides=False,
        ),
    ]


def _no_support(runs: Runs) -> list[Reading]:
    words, unit = "contacts with others who share it, two years", "for each resident"
    return [
        looked(runs, "groupA", "twin_contacts", "later", f"without the group: {words}", unit, low=0.0, high=0.0),
        looked(runs, "groupA", "contacts", "later", f"with the group: {words}", unit, low=0.0, strict=True),
    ]


def _horror(runs: Runs) -> list[Reading]:
    def against(arm: str, base: str, **bounds: Any) -> Reading:
        return look_gap(
            runs, arm, base, "later_stigma", "later", "stigma after two years, all residents", "0-1", **bounds
        )

    readings = [
        against("absent", "no horror", low=0.0, strict=True),
        against("outside 0.1", "silent", low=0.0, strict=True),
        *(against(arm, "silent", decides=False) for arm in ACCEPTANCE if arm != "outside 0.1"),
    ]
    columns = [column for arm in (*ACCEPTANCE, "silent") for column in looks(runs, arm, "later", "later_stigma")]
    even = bootstrap(_turning_point, *columns)
    return [
        *readings,
        Reading(
            "outside acceptance at which telling neither adds to shame nor takes any away",
            "probability",
            even,
            decides=False,
        ),
    ]


def _turning_point(*columns: np.ndarray) -> np.ndarray:
    """Where the straight line through the differences at each acceptance crosses zero."""
    means = [mean_of(columns[k + 1], columns[k]) for k in range(0, len(columns), 2)]
    x = np.array(list(ACCEPTANCE.values()))
    y = np.stack([mean - means[-1] for mean in means[:-1]])
    middle = x - x.mean()
    slope = np.tensordot(middle, y, axes=(0, 0)) / (middle**2).sum()
    return finite(x.mean() - y.mean(axis=0) / slope)


def _milder_times(runs: Runs) -> list[Reading]:
    columns = [
        *looks(runs, "less public stigma", "later", "later_stigma"),
        *looks(runs, "groupA", "later", "later_stigma"),
    ]
    lower = Reading(
        "stigma after two years, all residents: less public stigma less groupA",
        "0-1",
        bootstrap(gap, *columns),
        high=0.0,
        strict=True,
    )
    return [
        effect_share(runs, "less public stigma", "groupA", "stigma", high=1.0, strict=True),
        effect(runs, "groupA", "stigma", high=0.0, strict=True),
        lower,
        looked(
            runs,
            "less public stigma",
            "later_stigma",
            "later",
            "stigma after two years, all residents",
            "0-1",
            decides=False,
        ),
    ]


def _did_not_know(runs: Runs) -> list[Reading]:
    return [
        looked(
            runs,
            "absent",
            "opening_understanding",
            "opening",
            "understanding at the start, all residents",
            "0-1",
            high=UNSURE,
        ),
        looked(
            runs, "groupA", "comers_understanding", "comers", "understanding just before coming", "0-1", decides=False
        ),
    ]


def _looking_for_others(runs: Runs) -> list[Reading]:
    words = "isolation just before coming, above others who might have come"
    return [
        looked(runs, "groupA", "comers_isolation_above", "comers", words, "0-1", low=0.0, strict=True),
        look_gap(
            runs, "groupA", "joining at random", "comers_isolation_above", "comers", words, "0-1", low=0.0, strict=True
        ),
        looked(
            runs,
            "groupA",
            "twins_isolation_rise",
            "seen_a_year_on",
            "change of the twins' isolation, without a group, over the year after coming",
            "0-1",
            decides=False,
        ),
        looked(runs, "joining at random", "twins_isolation_rise", "seen_a_year_on", "the same", "0-1", decides=False),
        within_gap(
            runs,
            "groupA",
            "comers_isolation",
            "comers",
            "opening_isolation",
            "opening",
            "isolation before coming, less that of all residents",
            "0-1",
            decides=False,
        ),
    ]


CLAIMS = (
    Claim(
        id="C1",
        statement="They had hidden it for years, and hiding it did not end by itself.",
        quote="kept very close to your chest",
        speaker="A4",
        kind="built in",
        contrast="the world without a group, over two years",
        population="all residents",
        outcome="isolation",
        threshold="mean isolation changes by at most 0.05 over 104 weeks",
        dated=DATED,
        needs=("absent",),
        read=_hidden,
        note=(
            "Set points and a year of lead-in make this nearly certain; the loop of shame, silence and "
            "isolation is shown beside."
        ),
        rests_on=("outside.tell_per_year", "people.stigma_a", "people.stigma_b", "ties.isolation_per_support"),
        overturn="Outsiders who accept far more often, or support outside that counts for more.",
    ),
    Claim(
        id="C2",
        statement="Before joining they felt alone with it.",
        quote="very alone with it",
        speaker="A4",
        kind="built in",
        contrast="at the opening",
        population="all residents",
        outcome="isolation",
        threshold="mean isolation at the start between 0.6 and 0.7",
        dated=DATED,
        needs=("absent", "groupA"),
        read=_alone,
        note="A starting state. Those who come are lonelier than the rest, see C13.",
        rests_on=("people.isolation_a", "people.isolation_b"),
        overturn="Other set points of isolation.",
    ),
    Claim(
        id="C3",
        statement="Without such a group there was no support of this kind.",
        quote="suffer in silence",
        speaker="B4",
        kind="built in",
        contrast="group A against the twin",
        population="all residents",
        outcome="contacts with others who share the experience",
        threshold="exactly none in the world without a group, some in the world with it",
        dated=DATED,
        needs=("groupA",),
        read=_no_support,
        note="Checks that the twin is what it says: a world in which nobody finds the others.",
        rests_on=("group.exists", "outside.services_acceptance"),
        overturn="Nothing: this is how the twin is defined.",
    ),
    Claim(
        id="C4",
        statement="Horrified reactions feed shame.",
        quote="reinforces to me that I'm weird",
        speaker="B3",
        kind="built in",
        contrast=(
            "worlds without a group, with outsiders who accept in one case of ten to nine of ten, against one "
            "in which nobody tells"
        ),
        population="all residents",
        outcome="stigma",
        threshold=(
            "stigma is higher than where horror does nothing, and higher than where nobody tells if outsiders "
            "hardly ever accept"
        ),
        dated=DATED,
        needs=("absent", "silent", "no horror", "outside 0.1", "outside 0.3", "outside 0.6", "outside 0.9"),
        read=_horror,
        note=(
            "Where the line through the sweep crosses zero, telling is neither good nor bad for shame; people's "
            "own support counts for half of how they are met."
        ),
        rests_on=("outside.acceptance", "outside.horrified", "outside.accepted"),
        overturn="Horror that adds less to shame, or acceptance that takes away more.",
    ),
    Claim(
        id="C5",
        statement="There is more awareness now, and stigma persists.",
        quote="more widely spoken about",
        speaker="A4",
        kind="built in",
        contrast="group A where public attitudes set stigma at seven tenths of today's, against group A",
        population="all who ever came, year 2",
        outcome="stigma",
        threshold="the group's effect on stigma is smaller where public attitudes are milder",
        dated=DATED,
        needs=("less public stigma", "groupA"),
        read=_milder_times,
        note="The less shame there is, the less a group can take away; that some is left is set by the set points.",
        rests_on=("outside.public_stigma",),
        overturn="A group whose effect did not depend on how much shame there is.",
    ),
    Claim(
        id="C6",
        statement="Before joining they did not know why they did it.",
        quote="I didn't understand why I did it",
        speaker="A2",
        kind="built in",
        contrast="at the opening",
        population="all residents",
        outcome="understanding",
        threshold="mean understanding at the start at most 0.4",
        dated=DATED,
        needs=("absent", "groupA"),
        read=_did_not_know,
        note="A starting state.",
        rests_on=("people.understanding_a", "people.understanding_b"),
        overturn="Other start values of understanding.",
    ),
    Claim(
        id="C13",
        statement="Services did not meet the need; they looked for others like themselves.",
        quote="anybody else out there",
        speaker="A4",
        kind="built in",
        contrast="group A against the same group joined at random",
        population="all who came within two years",
        outcome="isolation just before coming",
        threshold=(
            "those who come are lonelier just before than others who might have come, and more so than when "
            "joining is at random"
        ),
        dated=DATED,
        needs=("groupA", "joining at random"),
        read=_looking_for_others,
        note=(
            "People come when things are worse than usual. Their twins' isolation falls afterwards without any "
            "group: this is why before-and-after figures flatter a group."
        ),
        rests_on=("joining.need_power", "joining.visit_per_year", "joining.referral_prob"),
        overturn="joining.need_power = 0, joining at random.",
    ),
)
