"""Claims about life before a group, and the world outside: C1 to C6, and C13."""

from __future__ import annotations

import numpy as np

from analysis.compare.estimate import mean_of
from analysis.studies.claims.declare import Claim
from analysis.studies.claims.read import (
    effect,
    effect_share,
    finite,
    mean,
    mean_gap,
    mean_gap_within,
    of_totals,
    slope_of,
    totals,
)

DATED = "2026-11-23"
ACCEPTANCE = {"outside 0.1": 0.1, "outside 0.3": 0.3, "absent": 0.45, "outside 0.6": 0.6, "outside 0.9": 0.9}
CONTACTS = "contacts with others who share it, two years"
LATER_STIGMA = ("later_stigma", "later", "stigma after two years, all residents")
LONELIER = ("comers_isolation_above", "comers", "isolation just before coming, above others who might have come")


def _turning_point(*columns: np.ndarray) -> np.ndarray:
    """Where the straight line through the differences at each acceptance crosses zero."""
    means = [mean_of(columns[k + 1], columns[k]) for k in range(0, len(columns), 2)]
    x = np.array(list(ACCEPTANCE.values()))
    y = np.stack([mean - means[-1] for mean in means[:-1]])
    return finite(x.mean() - y.mean(axis=0) / slope_of(x, y))


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
        decides=(
            mean(
                "absent", "stayed_isolation_rise", "stayed", "change of isolation over two years, all residents"
            ).between(-0.05, 0.05),
        ),
        beside=(
            mean("absent", "stayed_told_nobody", "stayed", "told nobody outside in two years", "share"),
            mean("absent", "stayed_told", "stayed", "told somebody outside, in two years", "times"),
        ),
        note=(
            "Set points and a year of lead-in make this nearly certain; the loop of shame, silence and isolation is"
            " shown beside."
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
        decides=(
            mean("absent", "opening_isolation", "opening", "isolation at the start, all residents").between(0.6, 0.7),
        ),
        beside=(
            mean("groupA", "comers_isolation", "comers", "isolation just before coming, all who came within two years"),
        ),
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
        decides=(
            mean("groupA", "twin_contacts", "later", f"without the group: {CONTACTS}", "for each resident").between(
                0.0, 0.0
            ),
            mean("groupA", "contacts", "later", f"with the group: {CONTACTS}", "for each resident").above(0.0),
        ),
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
            "worlds without a group, with outsiders who accept in one case of ten to nine of ten, against one in "
            "which nobody tells"
        ),
        population="all residents",
        outcome="stigma",
        threshold=(
            "stigma is higher than where horror does nothing, and higher than where nobody tells if outsiders "
            "hardly ever accept"
        ),
        dated=DATED,
        decides=(
            mean_gap("absent", "no horror", *LATER_STIGMA).above(0.0),
            mean_gap("outside 0.1", "silent", *LATER_STIGMA).above(0.0),
        ),
        beside=(
            *(mean_gap(arm, "silent", *LATER_STIGMA) for arm in ACCEPTANCE if arm != "outside 0.1"),
            of_totals(
                "outside acceptance at which telling neither adds to shame nor takes any away",
                "probability",
                _turning_point,
                *(column for arm in (*ACCEPTANCE, "silent") for column in totals(arm, "later", "later_stigma")),
            ),
        ),
        note=(
            "Where the line through the sweep crosses zero, telling is neither good nor bad for shame; people's own"
            " support counts for half of how they are met."
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
        decides=(
            effect_share("less public stigma", "groupA", "stigma").below(1.0),
            effect("groupA", "stigma").below(0.0),
            mean_gap("less public stigma", "groupA", *LATER_STIGMA).below(0.0),
        ),
        beside=(mean("less public stigma", *LATER_STIGMA),),
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
        decides=(
            mean("absent", "opening_understanding", "opening", "understanding at the start, all residents").at_most(
                0.4
            ),
        ),
        beside=(mean("groupA", "comers_understanding", "comers", "understanding just before coming"),),
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
            "those who come are lonelier just before than others who might have come, and more so than when joining"
            " is at random"
        ),
        dated=DATED,
        decides=(
            mean("groupA", *LONELIER).above(0.0),
            mean_gap("groupA", "joining at random", *LONELIER).above(0.0),
        ),
        beside=(
            mean(
                "groupA",
                "twins_isolation_rise",
                "seen_a_year_on",
                "change of the twins' isolation, without a group, over the year after coming",
            ),
            mean("joining at random", "twins_isolation_rise", "seen_a_year_on", "the same"),
            mean_gap_within(
                "groupA",
                "comers_isolation",
                "comers",
                "opening_isolation",
                "opening",
                "isolation before coming, less that of all residents",
            ),
        ),
        note=(
            "People come when things are worse than usual. Their twins' isolation falls afterwards without any "
            "group: this is why before-and-after figures flatter a group."
        ),
        rests_on=("joining.need_power", "joining.visit_per_year", "joining.referral_prob"),
        overturn="joining.need_power = 0, joining at random.",
    ),
)
