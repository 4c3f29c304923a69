"""Rules of meetings and socials."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from sim.purposes import (
    ATTEND,
    BREACH,
    BREACH_WHOSE,
    HELP,
    INSIGHT,
    MEETING_HELD,
    SHARE,
    SHARE_ACCEPTED,
    SHARE_EPISODE,
    SHARE_LABELLED,
    SHARE_MECHANICS,
    SHARE_PRESSED,
    SHARE_SUBJECT,
    SOCIAL_ATTEND,
    SOCIAL_HELD,
)
from tests.reference.coping import advise
from tests.reference.draws import THE_GROUP, toward
from tests.reference.functions import power
from tests.reference.people import CONFIDENCE_BROKEN, FIRST_VISIT, WEEKS_A_YEAR, row_of

if TYPE_CHECKING:
    from tests.reference.model import ReferenceModel
    from tests.reference.people import Person


def meet(town: ReferenceModel, day: int) -> None:
    """On a meeting day, who comes."""
    given, group = town.given, town.group
    for me in group.company:
        me.present = me.spoke = me.shared = me.told_episode = me.told_mechanics = False
    group.company = []
    group.present = 0
    group.met_today = group.open and group.venue and _due(town, day)
    if not group.met_today:
        return
    for me in sorted(group.members + group.visitors, key=row_of):
        if me.visiting:
            group.admit(me, town.week)
            me.visiting = False
            me.present = me.expected = True
            town.note(FIRST_VISIT, me, me.heard_of)
        elif not me.expected:
            me.present = town.draws.happens(me.id, day, ATTEND, _readiness(town, me))
        if me.present:
            me.last_attended_day = day
            me.meetings += 1
            me.attended_this_week += 1
            group.company.append(me)
    group.visitors = []
    group.present = len(group.company)
    group.meetings += 1
    group.meetings_this_week += 1
    group.attendances += group.present
    group.most_present = max(group.most_present, group.present)
    for me in group.company:
        if me.expected:
            me.fit = _fit(me, group.company)
            me.crowd = len(group.company) - 1 if given["leaving.crowding"] > 0 else 0
    _keep_company(town, given["group.meeting_hours"] + (given["group.meal_hours"] if group.can_pay else 0.0))


def _due(town: ReferenceModel, day: int) -> bool:
    """Whether a meeting is due today."""
    if town.given["group.regular"]:
        return town.group.due_on(day)
    return town.draws.happens(THE_GROUP, day, MEETING_HELD, len(town.group.meeting_days) / 7)


def _readiness(town: ReferenceModel, me: Person) -> float:
    """The probability that a member comes, to a meeting or a social."""
    given = town.given
    floor_ = given["meeting.attend_floor"]
    ready = floor_ + (1 - floor_) * me.trust
    return (1 - me.barrier) * ready * (1 - given["meeting.attend_distress"] * me.distress)


def _fit(me: Person, company: list[Person]) -> float:
    """Mean likeness to all others who are there."""
    total = 0.0  # not sum(), which from Python 3.12 on carries more digits
    for other in company:
        if other is not me:
            total += me.likeness(other)
    return total / (len(company) - 1) if len(company) > 1 else 0.0


def _keep_company(town: ReferenceModel, hours: float) -> None:
    """Each two of those present spend hours together, the fewer the more have to share in them."""
    company, shared_out = town.group.company, town.given["meeting.shared_out"]
    if shared_out > 0 and len(company) > 2:
        hours = hours / power(len(company) - 1, shared_out)
    for place, me in enumerate(company):
        for other in company[:place]:
            me.spend_time(other, hours)


def share(town: ReferenceModel, day: int) -> None:
    """Who shares; accepted or judged."""
    given, group, happens = town.given, town.group, town.draws.happens
    if not (group.met_today and group.present >= 2):
        return
    base, strength = given["meeting.share_floor"], given["meeting.strength"]
    turns = min(1.0, given["meeting.turns_per_hour"] * given["group.meeting_hours"] / group.present)
    acceptance, mechanics, labelling, ready = _norms(town)
    for me in group.company:
        if not happens(me.id, day, SHARE, (base + (1 - base) * me.trust * (1 - me.stigma / 2)) * turns * ready):
            continue
        me.spoke = True
        me.shares += 1
        if happens(me.id, day, SHARE_SUBJECT, given["group.wider_life"]):
            me.trust = toward(me.trust, 1.0, given["meeting.trust_accepted"])
            continue
        me.shared = True
        me.shares_self_harm += 1
        recent = me.last_episode_day >= 0 and day - me.last_episode_day <= given["meeting.recent_days"]
        me.told_episode = recent and happens(me.id, day, SHARE_EPISODE, given["meeting.tell_episode"])
        me.told_mechanics = happens(me.id, day, SHARE_MECHANICS, mechanics)
        accepted = happens(me.id, day, SHARE_ACCEPTED, acceptance)
        pressed = me.told_episode and happens(me.id, day, SHARE_PRESSED, given["group.pressure_to_stop"])
        if accepted and not pressed:
            me.stigma = toward(me.stigma, 0.0, strength * given["meeting.accept"] * me.responsiveness)
            me.trust = toward(me.trust, 1.0, given["meeting.trust_accepted"])
            me.distress = toward(me.distress, 0.0, given["meeting.heard"])
            me.supported_day = day
        else:
            me.shares_judged += 1
            me.stigma = toward(me.stigma, 1.0, strength * given["meeting.judge"])
            me.trust = toward(me.trust, 0.0, given["meeting.hurt"])
            if me.told_episode:
                me.guilt = toward(me.guilt, 1.0, given["meeting.guilt_judged"])
        if happens(me.id, day, SHARE_LABELLED, labelling):
            me.stigma = toward(me.stigma, 1.0, strength * given["meeting.label"])
            me.label_hurt = toward(me.label_hurt, 1.0, given["outside.label_hurt"])


def _norms(town: ReferenceModel) -> tuple[float, float, float, float]:
    """Acceptance, mechanics, labelling, and how ready people are to speak; a clinician changes them."""
    given = town.given
    acceptance, mechanics, labelling = given["group.acceptance"], given["group.mechanics"], given["group.labelling"]
    if not town.group.clinician:
        return acceptance, mechanics, labelling, 1.0
    return (
        acceptance + (1 - acceptance) * given["clinician.judging_less"],
        mechanics * (1 - given["clinician.mechanics_less"]),
        labelling + (1 - labelling) * given["clinician.labelling"],
        1 - given["clinician.held_back"],
    )


def listen(town: ReferenceModel, day: int) -> None:
    """What listeners take from each share about self-harm."""
    given, group = town.given, town.group
    if not group.met_today:
        return
    speakers = [me for me in group.company if me.shared]
    strength, shared_experience = given["meeting.strength"], given["group.shared_experience"]
    for me in group.company:
        for speaker in speakers:
            if speaker is me:
                continue
            gain = strength * (shared_experience * me.likeness(speaker)) * me.responsiveness
            me.shares_heard += 1
            before = me.understanding
            _learn(town, me, speaker, gain, day)
            me.distress = toward(me.distress, 1.0, given["meeting.insight_hurts"] * (me.understanding - before))
            me.stigma = toward(me.stigma, 0.0, given["meeting.normalise"] * gain)
            pull = given["meeting.cope"] * gain * me.trust
            if not speaker.coping > me.coping:
                pull *= given["meeting.copy_poor_coping"]
            me.coping = toward(me.coping, speaker.coping, pull)
            if speaker.told_episode:
                me.heard_episode_day = day
                me.heard_episodes += 1
            if speaker.told_mechanics:
                me.heard_mechanics_day = day
                me.distress = toward(me.distress, 1.0, given["meeting.mechanics_upset"])


def _learn(town: ReferenceModel, me: Person, speaker: Person, gain: float, day: int) -> None:
    """Insight comes by degrees, or seldom and all at once."""
    given = town.given
    learned, jump = given["meeting.learn"] * gain, given["meeting.insight_jump"]
    if not given["meeting.insight_at_once"]:
        me.understanding = toward(me.understanding, 1.0, learned)
    elif jump > 0 and town.draws.happens(me.id, day, INSIGHT, min(1.0, learned / jump), speaker.id):
        me.understanding = toward(me.understanding, 1.0, jump)


def help_speakers(town: ReferenceModel, day: int) -> None:
    """Who helps, and what it does to the helper."""
    given, group, happens = town.given, town.group, town.draws.happens
    if not group.met_today:
        return
    strength, shared_experience = given["meeting.strength"], given["group.shared_experience"]
    for speaker in group.company:
        if not speaker.shared:
            continue
        for me in group.company:
            if me is speaker:
                continue
            prob = given["meeting.help_prob"] * me.trust * (1 - me.distress)
            if happens(me.id, day, HELP, prob, speaker.id):
                gain = strength * given["meeting.helper"] * (shared_experience * me.likeness(speaker))
                me.understanding = toward(me.understanding, 1.0, gain * me.responsiveness)
                me.distress = toward(me.distress, 1.0, given["meeting.burden"])
                me.help_given += 1
                if given["meeting.advice"] > 0:
                    advise(town, me, speaker, day)


def breach(town: ReferenceModel, day: int) -> None:
    """A confidence may be broken."""
    given, group = town.given, town.group
    speakers = [me for me in group.company if me.shared] if group.met_today else []
    if not speakers or not town.draws.happens(THE_GROUP, day, BREACH, given["group.breach_prob"]):
        return
    group.breaches += 1
    whose = speakers[floor(len(speakers) * town.draws.uniform(THE_GROUP, day, BREACH_WHOSE))]
    for me in group.company:
        me.trust = toward(me.trust, 0.0, given["meeting.breach_hurt"])
    whose.stigma = toward(whose.stigma, 1.0, given["outside.horrified"])
    town.note(CONFIDENCE_BROKEN, whose)


def monitor(town: ReferenceModel) -> None:
    """A funder's form may be due."""
    given, group = town.given, town.group
    if not (group.met_today and group.funded and given["organising.monitoring"]):
        return
    due = (town.week - group.opening_week + 1) % given["organising.monitoring_every_weeks"] == 0
    if due and group.meetings_this_week == 1:
        hurt = given["organising.monitoring_hurt"] * (1 - given["organising.monitoring_resisted"])
        for me in group.company:
            me.trust = toward(me.trust, 0.0, hurt)


def socialise(town: ReferenceModel, day: int) -> None:
    """Meals out, laughter."""
    given, group, happens = town.given, town.group, town.draws.happens
    if not (group.open and group.can_pay) or group.met_today or day % 7 != given["group.social_day"]:
        return
    if not happens(THE_GROUP, day, SOCIAL_HELD, given["group.socials_per_year"] / WEEKS_A_YEAR):
        return
    group.socials += 1
    for me in group.members:
        me.present = happens(me.id, day, SOCIAL_ATTEND, _readiness(town, me))
        if me.present:
            me.socials += 1
            group.company.append(me)
    _keep_company(town, given["group.social_hours"])
