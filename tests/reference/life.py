"""Rules of everybody's life, with or without a group."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from sim.purposes import (
    DISTRESS_AND_EPISODES,
    REFERRED,
    SEEK,
    SEEK_ACCEPTED,
    STRESSOR_AND_CIRCUMSTANCES,
    TELL,
    TELL_ACCEPTED,
)
from tests.reference.draws import SMALLEST_SHARE, normal_quantile, poisson_quantile, prob_from_rate, remaining, toward
from tests.reference.feelings import coping_half_life, received
from tests.reference.functions import exp, log, power
from tests.reference.people import AWARE, BY_REFERRAL, MEMBER, MOVED_AWAY, UNAWARE, WEEKS_A_YEAR

if TYPE_CHECKING:
    from tests.reference.model import ReferenceModel


def move(town: ReferenceModel) -> None:
    """People come to live in the area and move away."""
    week, group = town.week, town.group
    for me in town.people:
        was_resident = me.resident
        me.living = me.begins_week <= week < me.departs_week
        me.resident = me.arrives_week <= week < me.departs_week
        if me.resident and not was_resident:
            me.forget_totals()
        elif was_resident and not me.resident:
            if me.visiting:
                me.visiting = False
                group.visitors.remove(me)
            if me.status == MEMBER:
                group.end_membership(me, week, MOVED_AWAY)
            for friend in me.ties:
                friend.closest = None
    town.living = [me for me in town.people if me.living]
    town.residents = [me for me in town.living if me.resident]


def recover(town: ReferenceModel) -> None:
    """Natural decline of the rate of episodes."""
    kept_per_year = 1 - town.given["episodes.natural_decline_per_year"]
    week = town.week
    for me in town.living:
        me.decline = power(kept_per_year, (week - me.begins_week) / WEEKS_A_YEAR)


def stress(town: ReferenceModel) -> None:
    """Strain of life and company in life go up and down."""
    keep = remaining(town.given["life.stressor_half_life_weeks"])
    keep_company = remaining(town.given["life.circumstances_half_life_weeks"])
    size, size_company = sqrt(1 - keep * keep), sqrt(1 - keep_company * keep_company)
    pair, day = town.draws.pair, 7 * town.week
    for me in town.living:
        u1, u2 = pair(me.id, day, STRESSOR_AND_CIRCUMSTANCES)
        me.stressor = keep * me.stressor + size * normal_quantile(u1)
        me.circumstances = keep_company * me.circumstances + size_company * normal_quantile(u2)


def seek(town: ReferenceModel) -> None:
    """Contact with services, which accept or label, and may refer."""
    given, happens, day = town.given, town.draws.happens, 7 * town.week
    per_week = given["outside.services_per_year"] / WEEKS_A_YEAR
    for me in town.living:
        if not me.service_user:
            continue
        rate = per_week * me.strain / town.average_strain
        if me.status == MEMBER and town.group.clinician:
            rate *= 1 + given["clinician.help_seeking"]
        if not happens(me.id, day, SEEK, prob_from_rate(rate)):
            continue
        me.services_contacts += 1
        if happens(me.id, day, SEEK_ACCEPTED, given["outside.services_acceptance"]):
            me.stigma = toward(me.stigma, 0.0, given["outside.services_accepted"])
        else:
            me.stigma = toward(me.stigma, 1.0, given["outside.services_labelled"])
            me.label_hurt = toward(me.label_hurt, 1.0, given["outside.label_hurt"])
        if (
            town.group.open
            and me.status == UNAWARE
            and me.eligible
            and happens(me.id, day, REFERRED, given["joining.referral_prob"])
        ):
            me.status, me.heard_of = AWARE, BY_REFERRAL


def feel(town: ReferenceModel, day: int) -> None:
    """Today's distress; is it a hard day?"""
    given, pair = town.given, town.draws.pair
    carried = given["life.distress_carry_over"]
    size = given["life.distress_sd"] * sqrt(1 - carried * carried)
    from_isolation, average_isolation = given["life.distress_from_isolation"], town.average_isolation
    from_stigma, average_stigma = given["life.distress_from_stigma"], town.average_stigma
    from_stressor, from_guilt = given["life.distress_from_stressor"], given["life.distress_from_guilt"]
    shortens, eases, ahead = given["life.coping_shortens"], given["meeting.assured_eases"], _meeting_ahead(town, day)
    for me in town.living:
        mean = (
            me.baseline_log_odds
            + from_isolation * (me.isolation - average_isolation)
            + from_stigma * (me.stigma - average_stigma)
            + from_stressor * me.stressor
        )
        if given["mechanisms.guilt"]:
            mean += from_guilt * me.guilt
        if ahead:
            mean -= eases * me.assured
        u, me.luck = pair(me.id, day, DISTRESS_AND_EPISODES)
        odds = me.distress_log_odds
        if me.distress != me.distress_felt:
            share = min(max(me.distress, SMALLEST_SHARE), 1 - SMALLEST_SHARE)
            odds = log(share / (1 - share))
        me.shock = normal_quantile(u)
        kept = carried * (1 - shortens * me.coping)
        odds = mean + kept * (odds - mean) + size * me.shock
        distress = 1 / (1 + exp(-odds))
        me.distress_log_odds = odds
        me.distress = me.distress_felt = distress
        me.hard_day = distress > me.hard_day_threshold
        if me.hard_day:
            me.hard_days_this_week += 1


def _meeting_ahead(town: ReferenceModel, day: int) -> bool:
    """Whether there is a meeting in the next days that one can count on."""
    given, group = town.given, town.group
    if not (given["mechanisms.assurance"] and group.open and group.venue):
        return False
    return any(group.due_on(day + ahead) for ahead in range(given["meeting.assured_days"]))


def episode(town: ReferenceModel, day: int) -> None:
    """Episodes of self-harm today."""
    given = town.given
    protection = given["episodes.coping_protection"]
    heard, heard_mechanics = given["episodes.social_influence"], given["episodes.mechanics_influence"]
    since = day - given["episodes.influence_days"]
    for me in town.living:
        influence = 1.0
        if me.heard_episode_day >= 0 and me.heard_episode_day > since:
            influence += heard
        if me.heard_mechanics_day >= 0 and me.heard_mechanics_day > since:
            influence += heard_mechanics
        distress = me.distress
        rate = me.episode_rate * me.decline * (1 + me.urge_gain)
        mean = rate * distress * distress * (1 - protection * me.coping) * influence
        me.episodes_today = 0
        if me.luck > 1 - mean:
            count = poisson_quantile(me.luck, mean)
            if count > 0:
                me.episodes_today = count
                me.episodes_this_week += count
                me.last_episode_day = day


def aftermath(town: ReferenceModel, day: int) -> None:
    """Relief, then guilt unless supported."""
    given = town.given
    for me in town.living:
        if me.episodes_today:
            me.distress = toward(me.distress, 0.0, given["episodes.relief"])
            if given["mechanisms.guilt"]:
                me.guilt = toward(me.guilt, 1.0, given["episodes.guilt_felt"])
                continue
            supported = me.supported_day >= 0 and day - me.supported_day < given["episodes.support_days"]
            if not supported:
                me.stigma = toward(me.stigma, 1.0, given["episodes.guilt"])


def remember(town: ReferenceModel) -> None:
    """How the day ended is remembered."""
    into_strain = 1 - remaining(town.given["life.strain_half_life_days"])
    for me in town.living:
        distress = me.distress
        me.strain += into_strain * (distress - me.strain)
        me.distress_this_week += distress / 7
        if distress > me.hard_day_threshold:
            me.days_ended_hard_this_week += 1


def tell(town: ReferenceModel) -> None:
    """Somebody outside is told."""
    given, happens, day = town.given, town.draws.happens, 7 * town.week
    per_week = given["outside.tell_per_year"] / WEEKS_A_YEAR
    for me in town.living:
        if not happens(me.id, day, TELL, prob_from_rate(per_week * me.openness())):
            continue
        me.told_outside += 1
        if received(town, me, TELL_ACCEPTED):
            me.told_accepted += 1


def isolate(town: ReferenceModel) -> None:
    """Isolation follows ties and life."""
    keep = remaining(town.given["life.isolation_half_life_weeks"])
    for me in town.living:
        goal = me.isolation_goal()
        me.isolation = goal + (me.isolation - goal) * keep


def settle(town: ReferenceModel) -> None:
    """Slow states return toward their set points."""
    given = town.given
    public = given["outside.public_stigma"]
    stigma = 1 - remaining(given["life.stigma_half_life_weeks"])
    understanding = 1 - remaining(given["life.understanding_half_life_weeks"])
    coping = 1 - remaining(coping_half_life(town))
    skill = 1 - remaining(given["life.skill_half_life_weeks"])
    difference = 1 - remaining(given["life.difference_half_life_weeks"])
    label_hurt = 1 - remaining(given["life.label_hurt_half_life_weeks"])
    trust, trust_start = 1 - remaining(given["meeting.trust_half_life_weeks"]), given["meeting.trust_start"]
    for me in town.living:
        me.stigma = toward(me.stigma, me.stigma_set * public, stigma)
        me.understanding = toward(me.understanding, me.understanding_set, understanding)
        goal = me.coping_set
        if given["mechanisms.ways"]:
            me.ways = [toward(now, usual, skill) for now, usual in zip(me.ways, me.ways_set, strict=True)]
            goal = me.repertoire()
        me.coping = toward(me.coping, goal, coping)
        if given["mechanisms.alike"]:
            me.difference = toward(me.difference, me.difference_set, difference)
        me.label_hurt = toward(me.label_hurt, 0.0, label_hurt)
        if me.joined_week >= 0:
            me.trust = toward(me.trust, trust_start, trust)
