"""Claims about life before a group, and the world outside: C1 to C6, and C13."""

from __future__ import annotations

import numpy as np

from analysis.compare.estimate import mean_of
from analysis.studies.claims.declare import Claim, Estimand, World
from analysis.studies.claims.read import (
    finite,
    mean,
    mean_gap,
    mean_gap_within,
    of_totals,
    share_of_effect,
    slope_of,
    totals,
)

DATED = "2026-11-23"
MENDED = "2026-11-28"  # thresholds set anew, before the new figures were looked at
ACCEPTANCE = {"outside 0.1": 0.1, "outside 0.3": 0.3, "absent": 0.45, "outside 0.6": 0.6, "outside 0.9": 0.9}
CONTACTS = "contacts with others who share it, two years"
LATER_STIGMA = ("later_stigma", "later", "stigma after two years, all residents")
ISOLATION_RISE = ("stayed_isolation_rise", "stayed", "change of isolation over two years, all residents")
TOLD = ("stayed_told", "stayed", "told somebody outside, in two years", "times")
UNDERSTOOD = ("opening_understanding", "opening", "understanding at the start, all residents")
TWINS_RISE = ("twins_isolation_rise", "seen_a_year_on")
ABOVE_ALL = (
    "comers_isolation", "comers", "opening_isolation", "opening", "isolation before coming, less that of all residents"
)  # fmt: skip
LONELIER = ("comers_isolation_above", "comers", "isolation just before coming, above others who might have come")


def _turning_point(*columns: np.ndarray) -> np.ndarray:
    """Where the straight line through the differences at each acceptance crosses zero."""
    means = [mean_of(columns[k + 1], columns[k]) for k in range(0, len(columns), 2)]
    x = np.array(list(ACCEPTANCE.values()))
    y = np.stack([mean - means[-1] for mean in means[:-1]])
    return finite(x.mean() - y.mean(axis=0) / slope_of(x, y))


def _contacts(total: str, world: str) -> Estimand:
    return mean("groupA", total, "later", f"{world}: {CONTACTS}", "for each resident")


def stigma_left(arm: str) -> Estimand:
    """Stigma in a world without a group as a share of today's."""
    total, count, label = LATER_STIGMA
    columns = (*totals(arm, count, total), *totals("absent", count, total))
    return of_totals(f"{label}: {arm} as a share of absent", "share", share_of_effect, *columns)


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
        decides=(mean("absent", *ISOLATION_RISE).between(-0.05, 0.05),),
        beside=(
            mean("absent", "stayed_told_nobody", "stayed", "told nobody outside in two years", "share"),
            mean("absent", *TOLD),
        ),
        note=(
            "Set points and a year of lead-in make this nearly certain; the loop of shame, silence and isolation is"
            " shown beside."
        ),
        fails_in=World(
            "people tell somebody every week, horror does nothing, acceptance lasts, and with support outside "
            "nobody is alone",
            {
                "outside.tell_per_year": 52.0,
                "outside.accepted": 0.5,
                "outside.horrified": 0.0,
                "life.stigma_half_life_weeks": 5000.0,
                "ties.isolation_per_support": 1.0,
                "life.isolation_half_life_weeks": 60.0,
            },
        ),
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
        fails_in=World("hardly anybody is isolated to begin with", {"people.isolation_a": 2.0}),
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
            _contacts("twin_contacts", "without the group").between(0.0, 0.0),
            _contacts("contacts", "with the group").above(0.0),
        ),
        note="Checks that the twin is what it says: a world in which nobody finds the others.",
        fails_in=World(
            "members neither write, ring nor help each other",
            {
                "contact.texts_per_week": 0.0,
                "contact.calls_tried": 0,
                "meeting.help_prob": 0.0,
                "contact.between_meetings": False,
            },
        ),
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
        fails_in=World("being met with horror does nothing", {"outside.horrified": 0.0}),
        overturn="Horror that adds less to shame, or acceptance that takes away more.",
    ),
    Claim(
        id="C5",
        statement="There is more awareness now, and stigma persists.",
        quote="more widely spoken about",
        speaker="A4",
        kind="emergent",
        contrast=(
            "the world without a group where awareness is as great as is plausible (people tell others three times as "
            "often, outsiders accept in 0.6 of cases instead of 0.45), against the world without a group as it is"
        ),
        population="all residents, after two years",
        outcome="times of telling; stigma",
        threshold=(
            "self-harm is more widely spoken about, and there is less stigma for it; but three quarters of today's or "
            "more remain, and 0.5 or more on the scale from 0 to 1, so that it is still strongly felt"
        ),
        dated=MENDED,
        decides=(
            mean_gap("awareness", "absent", *LATER_STIGMA).below(0.0),
            stigma_left("awareness").at_least(0.75),
            mean("awareness", *LATER_STIGMA).at_least(0.5),
            mean_gap("awareness", "absent", *TOLD).above(0.0),
        ),
        beside=(
            mean("absent", *LATER_STIGMA),
            mean_gap("awareness and attitudes", "absent", *LATER_STIGMA),
            stigma_left("awareness and attitudes"),
        ),
        note=(
            "Public attitudes are left as they are in what decides: they set what stigma comes back to, and "
            "to lower them is to lower stigma by definition (beside, at seven tenths). What is tried is whether more "
            "telling and better listening would do away with it. Telling more also means being met with horror."
        ),
        fails_in=World(
            "it makes no difference how outsiders receive what they are told",
            {"outside.accepted": 0.0, "outside.horrified": 0.0},
        ),
        overturn="Outsiders whose acceptance takes away much more shame (outside.accepted).",
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
        decides=(mean("absent", *UNDERSTOOD).at_most(0.4),),
        beside=(mean("groupA", "comers_understanding", "comers", "understanding just before coming"),),
        note="A starting state.",
        fails_in=World("most people know well why they do it", {"people.understanding_a": 8.0}),
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
        decides=(mean("groupA", *LONELIER).above(0.0), mean_gap("groupA", "joining at random", *LONELIER).above(0.0)),
        beside=(
            mean("groupA", *TWINS_RISE, "change of the twins' isolation, without a group, over the year after coming"),
            mean("joining at random", *TWINS_RISE, "the same"),
            mean_gap_within("groupA", *ABOVE_ALL),
        ),
        note=(
            "People come when things are worse than usual. Their twins' isolation falls afterwards without any "
            "group: this is why before-and-after figures flatter a group."
        ),
        fails_in=World("people join at random", {"joining.need_power": 0.0}),
        overturn="joining.need_power = 0, joining at random.",
    ),
)
