"""Rules of contact between meetings, and of the ties that come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.purposes import ANSWER, CALL, LINE_ANSWER, LINE_CALL, TEXT, TOLD_ON_PHONE
from tests.reference.draws import poisson_quantile, remaining, toward
from tests.reference.functions import power
from tests.reference.people import MEMBER

if TYPE_CHECKING:
    from tests.reference.model import ReferenceModel
    from tests.reference.people import Person


def contact(town: ReferenceModel, day: int) -> None:
    """On a hard day, peers are rung, the closest first."""
    given, happens = town.given, town.draws.happens
    if not given["contact.between_meetings"]:
        return
    for me in _who_would_ring(town):
        if not me.ties:
            continue
        if me.closest is None:
            living = [friend for friend in me.ties if friend.living]
            me.closest = sorted(living, key=lambda friend: (-me.ties[friend], friend.row))
        for friend in me.closest[: given["contact.calls_tried"]]:
            if happens(me.id, day, CALL, me.trust * me.ties[friend], friend.id):
                me.calls_made += 1
                if happens(me.id, day, ANSWER, 1 - friend.distress, friend.id):
                    me.calls_answered += 1
                    me.spend_time(friend, given["contact.call_hours"])
                    support(town, me, friend, day)
                    break


def _who_would_ring(town: ReferenceModel) -> list[Person]:
    """On a hard day or, with insight, somewhat before it is one."""
    earlier, group = town.given["contact.earlier_with_insight"], town.group
    if not earlier:
        return [me for me in group.circle_by_row if me.living and me.hard_day]
    return [
        me
        for me in group.circle
        if me.living and (me.hard_day or me.distress > me.hard_day_threshold * (1 - earlier * me.understanding))
    ]


def support(town: ReferenceModel, me: Person, helper: Person, day: int) -> None:
    """Somebody is there for me on the telephone."""
    given = town.given
    relief = given["contact.relief"]
    me.distress = toward(me.distress, 0.0, relief) if relief >= 0 else toward(me.distress, 1.0, -relief)
    me.supported_day = day
    gain = given["meeting.strength"] * given["meeting.helper"] * (
        given["group.shared_experience"] * me.likeness(helper)
    )  # fmt: skip
    helper.understanding = toward(helper.understanding, 1.0, gain * helper.responsiveness)
    helper.distress = toward(helper.distress, 1.0, given["meeting.burden"])
    helper.calls_taken += 1
    recent = me.last_episode_day >= 0 and day - me.last_episode_day <= given["meeting.recent_days"]
    if recent and town.draws.happens(me.id, day, TOLD_ON_PHONE, given["meeting.tell_episode"], helper.id):
        helper.heard_episode_day = day
        helper.heard_episodes += 1


def line(town: ReferenceModel, day: int) -> None:
    """The phone line, held by members in turn."""
    given, group, happens = town.given, town.group, town.draws.happens
    if not (given["group.phone_line"] and group.open and group.can_pay):
        return
    if day % 7 == 0:
        group.line_holder = group.members[town.week % len(group.members)] if group.members else None
    holder = group.line_holder
    if holder is None or holder.status != MEMBER:
        return
    for me in group.members:
        if not me.hard_day or me is holder or me.supported_day == day:
            continue
        if happens(me.id, day, LINE_CALL, me.trust * given["contact.line_use"]):
            me.line_calls += 1
            if happens(me.id, day, LINE_ANSWER, given["contact.line_answered"]):
                me.line_answered += 1
                support(town, me, holder, day)


def text(town: ReferenceModel) -> None:
    """Routine texts and calls."""
    given, uniform, day = town.given, town.draws.uniform, 7 * town.week
    if not given["contact.between_meetings"]:
        return
    per_week, hours = given["contact.texts_per_week"], given["contact.text_hours"]
    for me in town.group.circle:
        if not me.living:
            continue
        for friend, tie in me.ties.items():
            if friend.id < me.id and friend.living:
                contacts = poisson_quantile(uniform(friend.id, day, TEXT, me.id), per_week * tie)
                if contacts > 0:
                    me.texts += contacts
                    friend.texts += contacts
                    me.spend_time(friend, contacts * hours)


def befriend(town: ReferenceModel) -> None:
    """Ties grow with hours together, or fade."""
    given, circle = town.given, town.group.circle
    left_an_hour, lapse = 1 - given["ties.growth_per_hour"], given["ties.lapse"]
    keep = remaining(given["ties.half_life_weeks"])
    for me in circle:
        for other, hours in me.hours.items():
            if other.place < me.place and hours > 0:
                new_tie(me, other, toward(me.ties.get(other, 0.0), 1.0, 1 - power(left_an_hour, hours)))
        faded = [other for other in me.ties if other.place < me.place and not me.hours.get(other, 0.0) > 0]
        for other in faded:
            tie = me.ties[other] * keep
            new_tie(me, other, tie if tie >= lapse else 0.0)
    for me in circle:
        me.hours.clear()
        me.closest = None


def new_tie(me: Person, other: Person, tie: float) -> None:
    """The tie of two people from now on, both ways."""
    if tie == 0.0:
        me.ties.pop(other, None)
        other.ties.pop(me, None)
    else:
        me.ties[other] = other.ties[me] = tie
