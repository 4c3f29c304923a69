"""Rules of coming and going, and of the group as an organisation."""

from __future__ import annotations

from math import floor, inf
from typing import TYPE_CHECKING

from sim.purposes import (
    CLINICIAN_LEAVES,
    FUNDING_LOST,
    FUNDING_REGAINED,
    HEAR,
    HEAR_HOW,
    LEAVE,
    RETURN,
    STEP_DOWN,
    TRAIT_FOUNDER,
    VENUE_FOUND,
    VENUE_LOST,
    VISIT,
    VOLUNTEER,
)
from tests.reference import people as said
from tests.reference.draws import THE_GROUP, log_odds, logistic, prob_from_rate, remaining, toward
from tests.reference.feelings import let_down
from tests.reference.functions import exp, log, power
from tests.reference.people import (
    AS_FOUNDER,
    AWARE,
    BY_PUBLICITY,
    BY_WORD_OF_MOUTH,
    FORMER,
    MEMBER,
    UNAWARE,
    WEEKS_A_YEAR,
)

if TYPE_CHECKING:
    from tests.reference.model import ReferenceModel
    from tests.reference.people import Person


def found(town: ReferenceModel) -> None:
    """In the opening week the group begins."""
    given, group, week = town.given, town.group, town.week
    if not given["group.exists"] or week != group.opening_week:
        return
    group.open = group.venue = True
    group.clinician = given["group.clinician_started"]
    group.funded = given["organising.funded"]
    town.note(said.OPENED)
    average = town.average_isolation * town.average_strain

    def wait(me: Person) -> float:
        weight = power(me.isolation * me.strain / average, given["joining.need_power"]) * _on_caseload(town, me)
        return -log(town.draws.uniform(me.id, 0, TRAIT_FOUNDER)) / weight if weight > 0 else inf

    waiting = sorted((wait(me), me.row) for me in town.residents if me.eligible)
    for _, row in waiting[: min(given["group.founders"], given["group.places"])]:
        me = town.people[row]
        group.admit(me, week)
        if group.clinician:
            me.trust = toward(me.trust, 1.0, given["clinician.known_before"])
        me.heard_of = AS_FOUNDER
        me.last_attended_day = 7 * week
        if not group.clinician and group.organisers < given["organising.organisers_wanted"]:
            group.take_on(me)


def _on_caseload(town: ReferenceModel, me: Person) -> float:
    """How much likelier somebody is among the clients with whom a clinician begins."""
    likelier = 1.0
    if town.group.clinician:
        if me.inpatient:
            likelier *= 1 + town.given["clinician.inpatients_first"]
        if not me.service_user:
            likelier *= 1 - town.given["clinician.caseload"]
    return likelier


def hear(town: ReferenceModel) -> None:
    """Somebody hears of the group."""
    given, group, happens, day = town.given, town.group, town.draws.happens, 7 * town.week
    if not group.open or group.door_closed:
        return
    publicity = given["joining.publicity_per_year"]
    if given["practitioners.publicity"]:
        publicity += given["practitioners.publicity_per_year"]
    word_of_mouth = given["joining.word_of_mouth_per_year"] * len(group.members)
    rate = publicity + word_of_mouth
    prob = prob_from_rate(rate / WEEKS_A_YEAR)
    for me in town.residents:
        if me.status == UNAWARE and me.suits and happens(me.id, day, HEAR, prob):
            me.status = AWARE
            by_word = happens(me.id, day, HEAR_HOW, word_of_mouth / rate)
            me.heard_of = BY_WORD_OF_MOUTH if by_word else BY_PUBLICITY


def visit(town: ReferenceModel) -> None:
    """Somebody decides to come."""
    given, group, happens, day = town.given, town.group, town.draws.happens, 7 * town.week
    per_week, need_power = given["joining.visit_per_year"] / WEEKS_A_YEAR, given["joining.need_power"]
    places = given["group.places"]
    average = town.average_isolation * town.average_strain
    taken = len(group.members) + len(group.visitors)
    for me in town.living:
        me.need = me.isolation * me.strain / average
        if not group.open or me.visiting or taken >= places or me.status not in (AWARE, FORMER) or not me.eligible:
            continue
        if me.status == AWARE and group.door_closed:
            continue
        rate = per_week * power(me.need, need_power) * (1 - me.barrier)
        if me.status == FORMER:
            rate *= given["joining.former_return"]
        if happens(me.id, day, VISIT, prob_from_rate(rate)):
            me.visiting = True
            group.visitors.append(me)
            taken += 1


def leave(town: ReferenceModel) -> None:
    """Who stays, who leaves."""
    given, group, happens, day = town.given, town.group, town.draws.happens, 7 * town.week
    for me in tuple(group.members):
        if me.expected:
            me.expected = False
            if happens(me.id, day, RETURN, _return_prob(town, me)):
                town.note(said.JOINED, me, me.heard_of)
            else:
                group.end_membership(me, town.week, said.ONE_VISIT_ONLY)
        elif happens(me.id, day, LEAVE, _leave_prob(town, me)):
            group.end_membership(me, town.week, said.DRIFTED_AWAY)
        elif group.meetings_this_week and day + 7 - me.last_attended_day > given["leaving.lapse_days"]:
            group.end_membership(me, town.week, said.STOPPED_COMING)


def _return_prob(town: ReferenceModel, me: Person) -> float:
    """The probability of coming again after the first visit."""
    given = town.given
    score = log_odds(1 - given["leaving.one_visit_only"])
    score += given["leaving.fit_effect"] * (me.fit - given["leaving.average_fit"])
    score += given["leaving.welcome_effect"] * (me.trust - given["meeting.trust_start"])
    score -= given["leaving.crowding"] * max(0, me.crowd - given["leaving.crowd"])
    if me.heard_of == BY_WORD_OF_MOUTH and me.joined_week == me.first_joined_week:
        score += log(given["leaving.companion_odds_ratio"])
    return logistic(score)


def _leave_prob(town: ReferenceModel, me: Person) -> float:
    """The probability of leaving this week."""
    given = town.given
    strongest = max((tie for friend, tie in me.ties.items() if friend.status == MEMBER), default=0.0)
    log_hazard = (
        given["leaving.weak_ties"] * (1 - strongest)
        + given["leaving.low_trust"] * (1 - me.trust)
        + given["leaving.no_need"] / (1 + me.need)
    )
    return prob_from_rate(given["leaving.per_year"] / WEEKS_A_YEAR * exp(log_hazard))


def organise(town: ReferenceModel) -> None:
    """Organisers tire, step down, take over."""
    given, group, happens, day = town.given, town.group, town.draws.happens, 7 * town.week
    if not group.open:
        return
    _tire(town)
    for me in group.members:
        if me.organiser:
            tired = 1 - me.energy
            prob = prob_from_rate(given["organising.step_down_per_year"] / WEEKS_A_YEAR * tired * tired)
            if happens(me.id, day, STEP_DOWN, prob):
                me.organiser = False
                group.organisers -= 1
                town.note(said.STEPPED_DOWN, me)
        elif group.organisers < given["organising.organisers_wanted"] and _may_volunteer(town, me):
            prob = given["organising.volunteer_prob"] * me.trust * me.energy * (1 - me.distress)
            if group.clinician:
                prob *= 1 - given["clinician.reliance"]
            if happens(me.id, day, VOLUNTEER, prob):
                group.take_on(me)

    if group.organisers == 0 and not group.clinician:
        group.weeks_unled += 1
    else:
        group.weeks_unled = 0


def _tire(town: ReferenceModel) -> None:
    """Organising takes energy, time gives it back."""
    given, group = town.given, town.group
    drain = given["organising.drain"] / max(1, group.organisers)
    if given["practitioners.guidance"]:
        drain *= 1 - given["practitioners.guidance_relief"]
    if not group.clinician:
        for me in group.members:
            if me.organiser:
                group.tired.add(me)
                for _ in range(group.meetings_this_week):
                    me.energy = toward(me.energy, 0.0, drain)
    rest = 1 - remaining(given["organising.energy_half_life_weeks"])
    for me in group.tired:
        me.energy = toward(me.energy, 1.0, rest)


def _may_volunteer(town: ReferenceModel, me: Person) -> bool:
    """Whether a member may take on organising."""
    given, group = town.given, town.group
    if me.heard_of != AS_FOUNDER and me.meetings < given["organising.volunteer_meetings"]:
        return False
    if not group.clinician:
        return True
    first = given["organising.handover_week"] - given["organising.preparation_weeks"]
    return given["organising.handover"] and town.week - group.opening_week >= first


def hand_over(town: ReferenceModel) -> None:
    """A clinician hands over or leaves."""
    given, group = town.given, town.group
    if not (group.open and group.clinician):
        return
    if given["organising.handover"] and town.week - group.opening_week >= given["organising.handover_week"]:
        _without_clinician(town, given["clinician.knock"] * (1 - given["clinician.softened"]))
        town.note(said.HANDED_OVER)
    elif _befalls(town, CLINICIAN_LEAVES, given["organising.clinician_leaves_per_year"]):
        _without_clinician(town, given["clinician.knock"])
        town.note(said.CLINICIAN_LEFT)


def _without_clinician(town: ReferenceModel, knock: float) -> None:
    """Members trust the group less without the clinician."""
    town.group.clinician = False
    for me in town.group.members:
        me.trust = toward(me.trust, 0.0, knock)


def _befalls(town: ReferenceModel, purpose: int, per_year: float) -> bool:
    """Whether something happens to the group this week."""
    return town.draws.happens(THE_GROUP, 7 * town.week, purpose, prob_from_rate(per_year / WEEKS_A_YEAR))


def fund(town: ReferenceModel) -> None:
    """Funding and room are lost or found."""
    given, group = town.given, town.group
    if not group.open:
        return
    if given["organising.funded"]:
        if group.funded:
            rate = given["organising.funding_loss_per_year"]
            if given["organising.monitoring"]:
                rate *= 1 + given["organising.resisting_risk"] * given["organising.monitoring_resisted"]
            if _befalls(town, FUNDING_LOST, rate):
                group.funded = False
                town.note(said.FUNDING_LOST)
        elif _befalls(town, FUNDING_REGAINED, given["organising.funding_back_per_year"]):
            group.funded = True
            town.note(said.FUNDING_REGAINED)
    if group.venue:
        if _befalls(town, VENUE_LOST, given["organising.room_loss_per_year"]):
            group.venue = False
            town.note(said.ROOM_LOST)
    else:
        rate = given["organising.room_found_per_year"]
        if given["practitioners.venue"]:
            rate *= given["practitioners.venue_factor"]
        if given["mechanisms.no_room"]:
            group.weeks_roomless += 1
        if _befalls(town, VENUE_FOUND, rate):
            group.venue = True
            group.weeks_roomless = 0
            town.note(said.ROOM_FOUND)


def close(town: ReferenceModel) -> None:
    """Does the group go on?"""
    given, group = town.given, town.group
    if not group.open:
        return
    if group.meetings_this_week:
        group.weeks_low = group.weeks_low + 1 if group.most_present < 2 else 0
    if group.weeks_low >= given["organising.low_weeks"]:
        reason = _why_too_few_came(town)
    elif group.weeks_unled >= given["organising.unled_weeks"]:
        reason = said.NOBODY_ORGANISES
    elif given["mechanisms.no_room"] and group.weeks_roomless >= given["organising.roomless_weeks"]:
        reason = said.NO_ROOM
    else:
        return
    group.open = group.clinician = group.met_today = False
    group.closed_week, group.closed_reason = town.week, reason
    for me in group.visitors:
        me.visiting = False
    group.visitors = []
    for me in group.circle:
        if me.assured > 0:
            let_down(town, me)
    for me in tuple(group.members):
        group.end_membership(me, town.week, said.GROUP_CLOSED)
    town.note(said.CLOSED, reason=reason)


def _why_too_few_came(town: ReferenceModel) -> int:
    """What most of those who lately left it left for."""
    given = town.given
    since = town.week - given["organising.low_weeks"] - floor(given["leaving.lapse_days"] / 7)
    why = [me.left_reason for me in town.group.circle if me.status == FORMER and me.left_week >= since]
    fell_out = why.count(said.FELL_OUT) + why.count(said.WENT_ALONG)
    not_needed = why.count(said.NO_LONGER_NEEDED)
    others = len(why) - fell_out - not_needed - why.count(said.ONE_VISIT_ONLY)
    if fell_out > not_needed + others:
        return said.THEY_FELL_OUT
    return said.NOT_NEEDED if not_needed > fell_out + others else said.TOO_FEW_CAME
