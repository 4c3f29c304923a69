"""Rules of falling out, moving on, going along, and of the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.purposes import CLOSE_DOOR, DRIVEN_OUT, FALL_OUT, FOLLOW, MOVE_ON
from tests.reference import people as said
from tests.reference.contact import new_tie
from tests.reference.draws import THE_GROUP, prob_from_rate, toward
from tests.reference.people import FORMER, MEMBER, WEEKS_A_YEAR

if TYPE_CHECKING:
    from tests.reference.model import ReferenceModel
    from tests.reference.people import Person


def quarrel(town: ReferenceModel, day: int) -> None:
    """Two people may fall out."""
    prob, group = town.given["leaving.friction_prob"], town.group
    if not (prob > 0 and group.met_today):
        return
    for place, me in enumerate(group.company):
        for other in group.company[:place]:
            low, high = min(me.id, other.id), max(me.id, other.id)
            if town.draws.happens(low, day, FALL_OUT, prob * (1 - me.likeness(other)), high):
                group.quarrels += 1
                _fall_out(town, me, other)
                if town.draws.happens(low, day, DRIVEN_OUT, town.given["leaving.drives_out"], high):
                    leaver = other if other.trust < me.trust else me
                    if leaver.status == MEMBER:
                        town.note(said.STAYED_AWAY, leaver)
                        group.end_membership(leaver, town.week, said.FELL_OUT)


def _fall_out(town: ReferenceModel, me: Person, other: Person) -> None:
    given = town.given
    new_tie(me, other, toward(me.ties.get(other, 0.0), 0.0, given["leaving.friction_tie"]))
    me.closest = other.closest = None
    me.trust = toward(me.trust, 0.0, given["leaving.friction_hurt"])
    other.trust = toward(other.trust, 0.0, given["leaving.friction_hurt"])


def move_on(town: ReferenceModel) -> None:
    """Somebody no longer needs the group."""
    given, group = town.given, town.group
    per_year = given["leaving.moving_on_per_year"]
    if not per_year > 0:
        return
    low, prob = given["leaving.low_strain"] * town.average_strain, prob_from_rate(per_year / WEEKS_A_YEAR)
    for me in tuple(group.members):
        if not me.expected and me.strain < low and town.draws.happens(me.id, 7 * town.week, MOVE_ON, prob):
            group.end_membership(me, town.week, said.NO_LONGER_NEEDED)


def follow(town: ReferenceModel) -> None:
    """Friends may leave together."""
    given, group, week = town.given, town.group, town.week
    drawn_along = {
        said.FELL_OUT: given["leaving.split"],
        said.DRIFTED_AWAY: given["leaving.follow"],
        said.NO_LONGER_NEEDED: given["leaving.follow"],
    }
    if not (given["leaving.follow"] > 0 or given["leaving.split"] > 0):
        return
    for gone in group.circle:
        if gone.status != FORMER or gone.left_week != week or gone.left_reason not in drawn_along:
            continue
        size = drawn_along[gone.left_reason]
        for me in group.circle:
            tie = me.ties.get(gone, 0.0)
            if me.status == MEMBER and tie > 0 and town.draws.happens(me.id, 7 * week, FOLLOW, size * tie, gone.id):
                group.end_membership(me, week, said.WENT_ALONG)


def close_door(town: ReferenceModel) -> None:
    """The group may close its door, or open it."""
    given, group = town.given, town.group
    per_year, members = given["joining.door_closes_per_year"], len(group.members)
    if not (group.open and per_year > 0):
        return
    if group.door_closed:
        if members < given["joining.door_opens"]:
            group.door_closed = False
            town.note(said.DOOR_OPENED)
    elif members >= given["joining.door_members"] and members > 1:
        prob = prob_from_rate(per_year / WEEKS_A_YEAR * town.tie_mean())
        if town.draws.happens(THE_GROUP, 7 * town.week, CLOSE_DOOR, prob):
            group.door_closed = True
            town.note(said.DOOR_CLOSED)
