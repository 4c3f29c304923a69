"""The model: who there is, the order of a week, and what is observed."""

from __future__ import annotations

import math
from typing import Any

import mesa

from tests.reference import contact, coping, feelings, life, meetings, membership, parting
from tests.reference.draws import Draws, remaining, toward
from tests.reference.mechanisms import in_effect
from tests.reference.people import MEMBER, WEEKS_A_YEAR, Group, Person

STORY_FOR_EACH, STORY_BESIDES = 12, 200
MEANS = {
    "isolation": "isolation",
    "stigma": "stigma",
    "understanding": "understanding",
    "coping": "coping",
    "distress": "distress_this_week",
    "episodes": "episodes_this_week",
    "hard_days": "hard_days_this_week",
    "hard_days_through": "hard_days_through_this_week",
}


class ReferenceModel(mesa.Model):
    """One life of one town; a step is a week.

    The lead-in is lived on construction. Mesa's generators are never drawn from.

    Args:
        values: every parameter by dotted name; changes at a time as ``name@week``.

    Attributes:
        week: weeks lived since the start of the lead-in.
        weeks: the table of weeks, one dict a week from the opening on.
        story: (week, kind, row, reason), oldest first.
        said: the parameters as the scenario has them, changes so far made; ``given``: as they are in effect.
    """

    def __init__(self, values: dict[str, Any]) -> None:
        super().__init__(rng=values["run.seed"])
        self.said = dict(values)
        self.given = values = in_effect(values)
        self.draws = Draws(values["run.seed"])
        self.average_isolation = self._average("isolation")
        self.average_stigma = self._average("stigma")
        self.average_strain = self._average("distress")
        self.week = 0
        self.weeks: list[dict[str, Any]] = []
        self.story: list[tuple[int, int, int, int]] = []

        residents = values["people.residents"]
        arrivals_per_week = residents / (values["people.mean_stay_years"] * WEEKS_A_YEAR)
        newcomers = math.ceil(values["run.weeks"] * arrivals_per_week)
        self.people = [Person(self, row) for row in range(residents + newcomers)]
        self.living: list[Person] = []  # this week, in order of rows
        self.residents: list[Person] = []
        self.group = Group(self)
        for _ in range(values["run.lead_in_weeks"]):
            self._live_week()

    def _average(self, name: str) -> float:
        """The mean of the distribution of a set point."""
        a, b = self.given[f"people.{name}_a"], self.given[f"people.{name}_b"]
        return a / (a + b)

    def step(self) -> None:
        """One week from the opening on, and its row of the table."""
        self._take_changes()
        before = self.group.attendances, self.group.socials
        self._live_week()
        self._observe(*before)

    def _take_changes(self) -> None:
        """Parameters that have another value from this week on; what is off stays off."""
        at = f"@{self.week - self.group.opening_week}"
        changed = {name.removesuffix(at): value for name, value in self.said.items() if name.endswith(at)}
        if changed:
            self.said |= changed
            self.given = in_effect(self.said)

    def note(self, kind: int, person: Person | None = None, reason: int = 0) -> None:
        """An entry in the story of the group."""
        if self.group.events < STORY_FOR_EACH * len(self.people) + STORY_BESIDES:
            self.story.append((self.week, kind, -1 if person is None else person.row, reason))
        self.group.events += 1

    def _live_week(self) -> None:
        group = self.group
        group.meetings_this_week = group.most_present = 0
        for me in self.living:
            me.begin_week()

        life.move(self)
        life.recover(self)
        life.stress(self)
        feelings.fluctuate(self)
        membership.found(self)
        life.seek(self)
        membership.hear(self)
        membership.visit(self)

        for day in range(7 * self.week, 7 * self.week + 7):
            self._live_day(day)

        contact.text(self)
        life.tell(self)
        feelings.discover(self)
        contact.befriend(self)
        life.isolate(self)
        life.settle(self)
        membership.leave(self)
        parting.move_on(self)
        parting.follow(self)
        membership.organise(self)
        membership.hand_over(self)
        parting.close_door(self)
        membership.fund(self)
        membership.close(self)

        for me in self.living:
            me.end_week()
        self.week += 1

    def _live_day(self, day: int) -> None:
        life.feel(self, day)
        contact.contact(self, day)
        contact.line(self, day)
        meetings.meet(self, day)
        if self.group.met_today:
            meetings.share(self, day)
            feelings.be_known(self, day)
            meetings.listen(self, day)
            feelings.realise(self)
            coping.pass_on(self, day)
            meetings.help_speakers(self, day)
            parting.quarrel(self, day)
            meetings.breach(self, day)
            meetings.monitor(self)
        meetings.socialise(self, day)
        feelings.count_on(self, day)
        life.episode(self, day)
        life.aftermath(self, day)
        feelings.feel_guilty(self, day)
        coping.practise(self, day)
        life.remember(self)

    def _observe(self, attendances: int, socials: int) -> None:
        """Measures only: nothing here changes a life."""
        group, members = self.group, self.group.members
        self._update_regularity()
        regular = self.given["meeting.regular_share"]
        row: dict[str, Any] = {
            "week": self.week - 1 - group.opening_week,
            "open": group.open,
            "clinician": group.clinician,
            "members": len(members),
            "regulars": sum(1 for me in members if me.resident and me.regularity >= regular),
            "organisers": group.organisers,
            "residents": len(self.residents),
            "meetings": group.meetings_this_week,
            "attendances": group.attendances - attendances,
            "socials": group.socials - socials,
            "tie_mean": self.tie_mean(),
        }
        for whom, people in (("members", members), ("residents", self.residents)):
            share = 1 / len(people) if people else math.nan
            for name, state in MEANS.items():
                total = 0.0
                for me in people:
                    total += getattr(me, state)
                row[f"{whom}_{name}"] = total * share
        self.weeks.append(row)

    def _update_regularity(self) -> None:
        """How much of the group's meetings each member has lately attended."""
        fraction = 1 - remaining(self.given["meeting.regularity_half_life_weeks"])
        held = self.group.meetings_this_week
        for me in self.group.circle:
            if me.status != MEMBER:
                me.regularity = 0.0
            elif held:
                me.regularity = toward(me.regularity, me.attended_this_week / held, fraction)

    def tie_mean(self) -> float:
        """The mean tie of two members."""
        members = [me for me in self.group.circle if me.status == MEMBER]
        pairs = len(members) * (len(members) - 1) // 2
        total = 0.0
        for place, me in enumerate(members):
            for other in members[:place]:
                total += me.ties.get(other, 0.0)
        return total / pairs if pairs else math.nan
