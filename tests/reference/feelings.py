"""Rules of slow feelings: ups and downs, being known, being alike, counting on the group, guilt, being found out."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from sim.purposes import (
    COPING_AND_DIFFERENCE,
    FOUND_OUT,
    FOUND_OUT_ACCEPTED,
    SHAME_AND_INSIGHT,
    URGE,
)
from tests.reference.beginnings import gain_of, pushed
from tests.reference.draws import normal_quantile, remaining, toward
from tests.reference.functions import power
from tests.reference.people import MEMBER

if TYPE_CHECKING:
    from tests.reference.model import ReferenceModel
    from tests.reference.people import Person


def fluctuate(town: ReferenceModel) -> None:
    """Slow states and the urge go up and down by themselves."""
    given, pair, day = town.given, town.draws.pair, 7 * town.week
    if not given["mechanisms.swings"]:
        return

    def push(name: str, half_life: float) -> float:
        keep = remaining(half_life)
        return given[f"life.{name}_swing"] * sqrt(1 - keep * keep)

    stigma = push("stigma", given["life.stigma_half_life_weeks"])
    understanding = push("understanding", given["life.understanding_half_life_weeks"])
    coping = push("coping", coping_half_life(town))
    difference = push("difference", given["life.difference_half_life_weeks"])
    keep = remaining(given["episodes.urge_half_life_weeks"])
    size = sqrt(1 - keep * keep)
    for me in town.living:
        u, v = pair(me.id, day, SHAME_AND_INSIGHT)
        me.stigma = pushed(me.stigma, stigma * normal_quantile(u))
        me.understanding = pushed(me.understanding, understanding * normal_quantile(v))
        u, v = pair(me.id, day, COPING_AND_DIFFERENCE)
        me.coping = pushed(me.coping, coping * normal_quantile(u))
        if given["mechanisms.alike"]:
            me.difference = pushed(me.difference, difference * normal_quantile(v))
        me.urge = keep * me.urge + size * town.draws.normal(me.id, day, URGE)
        me.urge_gain = gain_of(me.urge, given["episodes.urge_swing"])


def coping_half_life(town: ReferenceModel) -> float:
    """Weeks in which coping returns half way, to its set point or to what ways come to."""
    given = town.given
    return given["life.repertoire_half_life_weeks" if given["mechanisms.ways"] else "life.coping_half_life_weeks"]


def be_known(town: ReferenceModel, day: int) -> None:
    """Known beyond the label; labels talked about."""
    given, group = town.given, town.group
    if not group.met_today:
        return
    strength = given["meeting.strength"]
    for me in group.company:
        if me.spoke and not me.shared:
            peers = strength * given["group.shared_experience"]
            me.stigma = toward(me.stigma, 0.0, peers * given["meeting.known"] * me.responsiveness)
        elif me.spoke and me.supported_day == day:
            fraction = strength * given["meeting.labels_talked"] * me.label_hurt * me.responsiveness
            me.stigma = toward(me.stigma, 0.0, fraction)
            me.label_hurt = toward(me.label_hurt, 0.0, given["meeting.labels_healed"])


def realise(town: ReferenceModel) -> None:
    """Hearing people alike, one is not the only one."""
    given, group = town.given, town.group
    if not (given["mechanisms.alike"] and group.met_today):
        return
    above = given["meeting.alike_above"]
    size = given["meeting.strength"] * given["group.shared_experience"]
    for me in group.company:
        for speaker in group.company:
            if speaker is me or not speaker.shared:
                continue
            alike = me.likeness(speaker)
            if alike >= above:
                fraction = size * given["meeting.alike"] * ((alike - above) / (1 - above) * me.responsiveness)
                me.difference = toward(me.difference, 0.0, fraction)
            else:
                me.difference = toward(me.difference, 1.0, size * given["meeting.unlike"] * (above - alike) / above)


def count_on(town: ReferenceModel, day: int) -> None:
    """Can one count on the group?"""
    given, group = town.given, town.group
    if not given["mechanisms.assurance"]:
        return
    due = group.open and group.due_on(day)
    keep = remaining(given["meeting.assured_half_life_days"])
    for me in group.circle:  # nobody else has anything to lose
        if not (me.status == MEMBER and due):
            me.assured *= keep
        elif group.met_today:
            me.assured = toward(me.assured, 1.0, given["meeting.kept"])
        else:
            let_down(town, me)


def let_down(town: ReferenceModel, me: Person) -> None:
    """Whoever counted on a meeting or a group that is not there."""
    me.distress = toward(me.distress, 1.0, town.given["meeting.let_down"] * me.assured)
    me.assured = toward(me.assured, 0.0, town.given["meeting.broken"])


def feel_guilty(town: ReferenceModel, day: int) -> None:
    """Guilt is eased, or turns into shame."""
    given = town.given
    if not given["mechanisms.guilt"]:
        return
    keep = remaining(given["episodes.guilt_half_life_days"])
    for me in town.living:
        if me.guilt > 0:
            if me.supported_day == day:
                me.guilt = toward(me.guilt, 0.0, given["episodes.guilt_eased"])
            me.stigma = toward(me.stigma, 1.0, given["episodes.shame_from_guilt"] * me.guilt)
            me.guilt *= keep


def discover(town: ReferenceModel) -> None:
    """Somebody outside finds out."""
    prob, day = town.given["outside.found_out_prob"], 7 * town.week
    if not prob > 0:
        return
    for me in town.living:
        if me.episodes_this_week > 0:
            noticed = 1 - power(1 - prob, me.episodes_this_week)
            if town.draws.happens(me.id, day, FOUND_OUT, noticed):
                me.found_out += 1
                received(town, me, FOUND_OUT_ACCEPTED)


def received(town: ReferenceModel, me: Person, purpose: int) -> bool:
    """How somebody outside takes it: with acceptance, or with that horrified look."""
    given, weight = town.given, town.given["outside.support_weight"]
    acceptance = (1 - weight) * given["outside.acceptance"] + weight * me.outside_support
    if town.draws.happens(me.id, 7 * town.week, purpose, acceptance):
        me.stigma = toward(me.stigma, 0.0, given["outside.accepted"])
        return True
    me.stigma = toward(me.stigma, 1.0, given["outside.horrified"])
    me.difference = toward(me.difference, 1.0, given["outside.sets_apart"])
    me.label_hurt = toward(me.label_hurt, 1.0, given["outside.label_hurt"])
    return False
