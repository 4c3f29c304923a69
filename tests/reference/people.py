"""The people and the group: who they are, what they remember, and the acts that several rules share."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import mesa

from sim import purposes as why
from sim.declare import Field
from sim.state import GROUP, PEOPLE
from tests.reference.beginnings import (
    WAYS,
    WEEKS_A_YEAR,
    begin_swings,
    bring_ways,
    distress_around,
    find_balance,
    under_a_burden,
)
from tests.reference.draws import log_odds, logistic, normal_quantile, toward
from tests.reference.functions import beta_quantile, gamma_quantile, log

if TYPE_CHECKING:
    from tests.reference.model import ReferenceModel

UNAWARE, AWARE, MEMBER, FORMER = range(4)
NOT_HEARD, BY_PUBLICITY, BY_REFERRAL, BY_WORD_OF_MOUTH, AS_FOUNDER = range(5)
(
    NOT_LEFT, ONE_VISIT_ONLY, DRIFTED_AWAY, STOPPED_COMING, MOVED_AWAY, GROUP_CLOSED, FELL_OUT, WENT_ALONG,
    NO_LONGER_NEEDED,
) = range(9)  # fmt: skip
NOT_CLOSED, TOO_FEW_CAME, NOBODY_ORGANISES, NO_ROOM, THEY_FELL_OUT, NOT_NEEDED = range(6)
(
    OPENED, FIRST_VISIT, JOINED, LEFT, TOOK_ON, STEPPED_DOWN, HANDED_OVER, CLINICIAN_LEFT, FUNDING_LOST,
    FUNDING_REGAINED, ROOM_LOST, ROOM_FOUND, CONFIDENCE_BROKEN, CLOSED, STAYED_AWAY, DOOR_CLOSED, DOOR_OPENED,
) = range(17)  # fmt: skip

FIRST_NEWCOMER = 1_000_000
NEVER = -1
NOTHING = {"?": False, "i8": 0, "f8": 0.0}


class Person(mesa.Agent):
    """Somebody with lived experience of self-harm who lives, or will live, in the area.

    ``ties`` and ``hours`` hold those people only with whom there are any.
    """

    def __init__(self, model: ReferenceModel, row: int) -> None:
        super().__init__(model)
        self.row = row
        newcomer = row - model.given["people.residents"]
        self.id = row if newcomer < 0 else FIRST_NEWCOMER + newcomer
        self._draw_traits(newcomer)
        self._begin()

    def _draw_traits(self, newcomer: int) -> None:
        given, draws = self.model.given, self.model.draws

        correlated = given["people.correlated"]
        self.burden = normal_quantile(draws.uniform(self.id, 0, why.TRAIT_BURDEN)) if correlated else 0.0

        def u_for(purpose: int, name: str = "") -> float:
            loading = given.get(f"people.burden_{name}", 0.0) if correlated else 0.0
            return under_a_burden(draws.uniform(self.id, 0, purpose), self.burden, name, loading)

        def beta(name: str, purpose: int) -> float:
            shapes = given[f"people.{name}_a"], given[f"people.{name}_b"]
            return beta_quantile(*shapes, u_for(purpose, name))

        stay = given["people.mean_stay_years"] * WEEKS_A_YEAR
        self.arrives_week = given["run.lead_in_weeks"]
        if newcomer >= 0:
            arrivals_per_week = given["people.residents"] / stay
            self.arrives_week += math.floor((newcomer + u_for(why.TRAIT_ARRIVAL)) / arrivals_per_week)
        self.departs_week = self.arrives_week + 1 + math.floor(stay * -log(u_for(why.TRAIT_STAY)))
        self.begins_week = self.arrives_week - given["run.lead_in_weeks"]

        self.woman = u_for(why.TRAIT_WOMAN) < given["people.women"]
        self.service_user = u_for(why.TRAIT_SERVICE_USER, "service") < given["people.service_users"]
        self.inpatient = self.voices = self.recovering = False
        if correlated:
            self.inpatient = self.service_user and u_for(why.TRAIT_INPATIENT, "inpatient") < given["people.inpatient"]
            self.voices = self.service_user and u_for(why.TRAIT_VOICES, "voices") < given["people.voices"]
            self.recovering = u_for(why.TRAIT_RECOVERING, "recovering") < given["people.recovering"]
        self.isolation_set = beta("isolation", why.TRAIT_ISOLATION)
        self.isolation_log_odds = log_odds(self.isolation_set)
        self.stigma_set = beta("stigma", why.TRAIT_STIGMA)
        self.understanding_set = beta("understanding", why.TRAIT_UNDERSTANDING)
        self.coping_set = beta("coping", why.TRAIT_COPING)
        self.baseline_distress = beta("distress", why.TRAIT_DISTRESS)
        self.baseline_log_odds = log_odds(self.baseline_distress)
        self.outside_support = beta("support", why.TRAIT_SUPPORT)
        self.difference_set = beta("difference", why.TRAIT_DIFFERENCE)
        self.responsiveness = beta("responsiveness", why.TRAIT_RESPONSIVENESS)
        self.position = beta("position", why.TRAIT_POSITION)
        self.suitability = [1 - abs(self.position - (k + 0.5) / WAYS) for k in range(WAYS)]  # of each way of coping
        self.barrier = beta("barrier", why.TRAIT_BARRIER)
        self.hard_day_threshold = beta("threshold", why.TRAIT_THRESHOLD)
        shape, mean = given["people.episode_rate_shape"], given["people.episode_rate_mean"]
        self.episode_rate = gamma_quantile(shape, u_for(why.TRAIT_EPISODE_RATE, "rate")) * (mean / shape)

        self.age = 18 + (75 - 18) * beta("age", why.TRAIT_AGE)
        u, teens = u_for(why.TRAIT_ONSET), given["people.onset_in_teens"]
        if u < teens:
            onset = 11 + (19 - 11) * u / max(teens, 1e-9)
        else:
            onset = 20 + (50 - 20) * (u - teens) / max(1 - teens, 1e-9)
        self.onset_age = min(self.age, onset)

        # Whom the group is for, as far as that never changes.
        self.suits = (self.woman or not given["group.women_only"]) and (
            self.service_user or not given["group.service_users_only"]
        )

    def _begin(self) -> None:
        """All states as they are before the first week."""
        model, given, draws = self.model, self.model.given, self.model.draws
        begin_with_nothing(self, PEOPLE)
        self.ties: dict[Person, float] = {}
        self.hours: dict[Person, float] = {}
        self.closest: list[Person] | None = None  # the living people in ties, strongest first; None: to be sorted
        self.place = NEVER  # in the circle

        self.stressor = draws.normal(self.id, 0, why.START_STRESSOR)
        self.circumstances = draws.normal(self.id, 0, why.START_CIRCUMSTANCES)
        self.stigma = self.stigma_set * given["outside.public_stigma"]
        self.understanding = self.understanding_set
        self.coping = self.coping_set
        self.trust = given["meeting.trust_start"]
        self.energy = self.decline = 1.0
        self.ways = [0.0] * WAYS
        self.ways_set = [0.0] * WAYS
        if given["mechanisms.alike"]:
            self.difference = self.difference_set
        if given["mechanisms.ways"]:
            bring_ways(self)
        if given["people.balanced"]:
            find_balance(self)
        if given["mechanisms.swings"]:
            begin_swings(self)
        self.isolation = self.isolation_goal()
        mean = (
            self.baseline_log_odds
            + given["life.distress_from_isolation"] * (self.isolation - model.average_isolation)
            + given["life.distress_from_stigma"] * (self.stigma - model.average_stigma)
            + given["life.distress_from_stressor"] * self.stressor
        )
        self.distress_log_odds = mean + given["life.distress_sd"] * draws.normal(self.id, 0, why.START_DISTRESS)
        self.distress = self.distress_felt = logistic(self.distress_log_odds)
        self.strain = logistic(mean)
        if given["people.balanced"]:
            self.strain = distress_around(mean, given["life.distress_sd"])

    def begin_week(self) -> None:
        """The week's counts begin again."""
        self.distress_this_week = 0.0
        self.hard_days_this_week = self.days_ended_hard_this_week = self.hard_days_through_this_week = 0
        self.episodes_this_week = self.attended_this_week = 0

    def end_week(self) -> None:
        """The week's counts join the totals."""
        self.days_lived += 7
        self.distress_total += 7 * self.distress_this_week
        self.hard_days += self.hard_days_this_week
        self.days_ended_hard += self.days_ended_hard_this_week
        self.hard_days_through += self.hard_days_through_this_week
        self.episodes += self.episodes_this_week

    def forget_totals(self) -> None:
        """What is counted from moving here on."""
        self.distress_total = 0.0
        self.days_lived = self.hard_days = self.days_ended_hard = self.hard_days_through = self.episodes = 0
        self.told_outside = self.told_accepted = self.services_contacts = 0

    def isolation_goal(self) -> float:
        """What circumstances, support outside and ties make of feeling alone with it."""
        given = self.model.given
        usual = self.isolation_log_odds + given["life.circumstances_effect"] * self.circumstances
        if given["mechanisms.alike"]:
            usual += given["life.isolation_from_difference"] * (self.difference - self.difference_set)
        goal = logistic(usual)
        goal *= 1 - given["ties.isolation_per_support"] * self.outside_support * (1 - self.stigma)
        if self.ties:
            weight, per_tie = given["ties.likeness_weight"], given["ties.isolation_per_tie"]
            shared_experience = given["group.shared_experience"]
            for other in sorted(self.ties, key=place_of):
                if other.living:
                    part = 1 - weight + weight * (shared_experience * self.likeness(other))
                    goal *= 1 - per_tie * part * self.ties[other]
        return goal

    def likeness(self, other: Person) -> float:
        """How near two people's experience is."""
        return 1 - abs(self.position - other.position)

    def openness(self) -> float:
        """How little shame hides it; who understands hides less."""
        return 1 - self.stigma * (1 - self.model.given["outside.openness_from_insight"] * self.understanding)

    def repertoire(self) -> float:
        """The coping that all ways come to."""
        left = 1.0
        for suits, skill in zip(self.suitability, self.ways, strict=True):
            left *= 1 - suits * skill
        return 1 - left

    def way_weights(self) -> list[float]:
        """How much speaks for each way of coping."""
        return [suits * skill for suits, skill in zip(self.suitability, self.ways, strict=True)]

    def chosen_way(self, u: float) -> int | None:
        """One way of coping, the likelier the better it suits and is mastered; None if there is none."""
        weights, total, so_far, last = self.way_weights(), 0.0, 0.0, None
        for weight in weights:
            total += weight
        if total <= 0:
            return None
        for k, weight in enumerate(weights):
            if weight > 0:
                so_far += weight
                last = k
                if u * total < so_far:
                    return k
        return last

    @property
    def eligible(self) -> bool:
        """Whether the group is for her or him, this week."""
        return self.resident and self.suits

    def spend_time(self, other: Person, hours: float) -> None:
        """Hours together, this week."""
        self.hours[other] = other.hours[self] = self.hours.get(other, 0.0) + hours


def place_of(person: Person) -> int:
    """Where somebody stands in the order of coming."""
    return person.place


def row_of(person: Person) -> int:
    """Where somebody stands in the order of rows."""
    return person.row


def begin_with_nothing(agent: mesa.Agent, fields: tuple[Field, ...]) -> None:
    """All states at zero, no or never; those that begin otherwise are set after this."""
    for field in fields:
        setattr(agent, field.name, NOTHING[field.dtype] if "-1" not in field.unit else NEVER)


class Group(mesa.Agent):
    """The one group, or none: what it has, who belongs to it, who is there today."""

    def __init__(self, model: ReferenceModel) -> None:
        super().__init__(model)
        begin_with_nothing(self, GROUP)
        self.opening_week = model.given["run.lead_in_weeks"]
        self.line_holder: Person | None = None

        self.circle: list[Person] = []  # who ever came, in the order of coming
        self.circle_by_row: list[Person] = []
        self.members: list[Person] = []  # in order of rows, as the following
        self.visitors: list[Person] = []
        self.company: list[Person] = []  # who is at today's meeting or social
        self.tired: set[Person] = set()  # whose energy has ever fallen

    @property
    def meeting_days(self) -> frozenset[int]:
        """On which weekdays it meets, if it meets regularly."""
        return frozenset(self.model.given["group.meeting_days"])

    @property
    def can_pay(self) -> bool:
        """Whether meals, socials and the phone line can be paid for."""
        return self.funded or not self.model.given["organising.funded"]

    def due_on(self, day: int) -> bool:
        """Whether a meeting of fixed days is due."""
        return self.model.given["group.regular"] and day % 7 in self.meeting_days

    def enter_circle(self, person: Person) -> None:
        """Somebody comes for the first time ever."""
        person.place = len(self.circle)
        person.trust = self.model.given["meeting.trust_start"]
        self.circle.append(person)
        self.circle_by_row.append(person)
        self.circle_by_row.sort(key=row_of)

    def admit(self, person: Person, week: int) -> None:
        """Somebody is a member from now on."""
        if person.joined_week < 0:
            self.enter_circle(person)
            person.first_joined_week = week
        person.status = MEMBER
        person.joined_week = week
        self.members.append(person)
        self.members.sort(key=row_of)

    def end_membership(self, person: Person, week: int, reason: int) -> None:
        """Somebody is no longer a member."""
        person.status = FORMER
        person.expected = False
        person.left_week = week
        person.left_reason = reason
        if person.organiser:
            person.organiser = False
            self.organisers -= 1
            lost = self.model.given["organising.organiser_lost"]
            if reason != GROUP_CLOSED and lost > 0:
                for me in self.members:
                    if me is not person:
                        me.trust = toward(me.trust, 0.0, lost)
        self.members.remove(person)
        self.model.note(LEFT, person, reason)

    def take_on(self, person: Person) -> None:
        """Somebody becomes an organiser."""
        person.organiser = True
        self.organisers += 1
        self.model.note(TOOK_ON, person)
