"""Why something happened to the group: an entry of its story in sentences, with the numbers of its week.

The weeks up to it are lived once more, the week itself in plain Python by ``sim.trace.watch_week``; what a sentence
says comes from a state before or after it, from a draw, or from the table of weeks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.words.numbers import fixed
from analysis.words.prose import capital, listed, plural
from sim import codes
from sim.life import Life
from sim.relations import DAYS_IN_WEEK, WEEKS_IN_YEAR
from sim.state import FORMER, HEARD_NAMES, LEFT_NAMES, MEMBER
from sim.trace import Entry, watch_week
from view.snapshot import known_as
from view.why import Person, in_words, person_of

_DRAW = re.compile(r"(?:the group: )?(?P<name>[a-z][a-z ]*?)(?: \(.*\))?: [\d.]+ < probability (?P<prob>[\d.]+): yes$")
LOOKED_BACK = 13  # weeks of attendance and of leaving that are told of when a group ends
MOST_NAMED = 6


@dataclass(frozen=True)
class Event:
    """An entry of the story, and all that its sentences may use.

    Attributes:
        life: after its week.
        week: counted from the opening.
        row: whom it concerns; -1 for the group.
        reason: its code.
        people, group: everybody, and the group, as its week began.
        chances: probability of each draw that came true in that week, of the group or of the person, by name.
        entries: what happened to the person in that week, of ``sim.trace.watch_week``.
    """

    life: Life
    week: int
    row: int
    reason: int
    people: np.recarray
    group: Any
    chances: dict[str, float]
    entries: list[Entry]

    @property
    def values(self) -> dict[str, Any]:
        """The parameters."""
        return self.life.values

    @property
    def me(self) -> Any:
        """The person as the week began."""
        return self.people[self.row]

    @property
    def name(self) -> str:
        """The person's name in a sentence."""
        return f"person {known_as(self.life.traits.id[self.row])}"

    @property
    def who(self) -> Person:
        """How the person is spoken of."""
        return person_of(self.life.traits[self.row])

    def chance(self, draw: str, said: str = "The chance of that, in that week, was") -> str:
        """How likely it was, and that it came about; nothing if there was no such draw."""
        prob = self.chances.get(draw)
        return "" if prob is None else f"{said} {per_cent(prob)}, and it came about."


def per_cent(share: float) -> str:
    """A probability for people."""
    return "less than 0.1 %" if share < 0.001 else f"{100 * share:.{1 if share < 0.1 else 0}f} %"


def group_told(values: dict[str, Any], week: int, kind: int, row: int = -1, reason: int = 0) -> list[str]:
    """Why an entry of the story came about, each sentence or few a paragraph.

    Args:
        values: parameters, as ``Scenario.values``.
        week: counted from the opening, from 0.
        kind: of the entry, of ``sim.codes``.
        row: whom it concerns; -1 for the group.
        reason: its code.
    """
    return told(event_of(values, week, row, reason), kind)


def event_of(values: dict[str, Any], week: int, row: int = -1, reason: int = 0) -> Event:
    """The week of an entry, lived and watched once; from it ``told`` and ``own_week`` say all they have to say.

    Args:
        values: parameters, as ``Scenario.values``.
        week: counted from the opening, from 0.
        row: whom it concerns; -1 for the group.
        reason: its code.
    """
    life = Life(values)
    life.live(week)
    people, group = life.world.people.copy(), life.world.group[0].copy()
    entries = watch_week(life, int(life.traits.id[max(row, 0)]))
    found = [_DRAW.match(text) for entry in entries for text in entry.draws]
    chances = {match["name"]: float(match["prob"]) for match in found if match}
    return Event(life, week, row, reason, people, group, chances, entries)


def told(event: Event, kind: int) -> list[str]:
    """Why it came about, each sentence or few a paragraph."""
    return [one for one in TOLD[int(kind)](event) if one]


def own_week(event: Event) -> list[str]:
    """The week of the person whom it concerns, in sentences; nothing for the group."""
    if event.row < 0:
        return []
    return in_words(event.life, int(event.life.traits.id[event.row]), event.me, event.entries)


def _opened(event: Event) -> list[str]:
    p, life = event.values, event.life
    founders = np.flatnonzero(life.world.people.first_joined_week == life.lead_in + event.week)
    brought = "a clinician brought them together" if p["group.clinician_started"] else "they founded it themselves"
    alone, all_alone = (float(event.people.isolation[rows].mean()) for rows in (founders, event.people.living))
    leads = np.flatnonzero(life.world.people.organiser)
    return [
        f"{plural(len(founders), 'person', 'people')} came together; {brought}. Who comes first is chance, but the "
        "likelier the harder things are for somebody.",
        f"Their mean isolation was {fixed(alone)} as the week began, that of all who are simulated {fixed(all_alone)}. "
        "So they begin worse off than others, and would often have felt better later in any case.",
        f"{capital(_named(event, leads))} {'organises' if len(leads) == 1 else 'organise'} it." if len(leads) else "",
    ]


def _closed(event: Event) -> list[str]:
    p, before, after = event.values, event.group, event.life.world.group[0]
    told = [f"The group ended because of this: {codes.CLOSED_NAMES[event.reason]}."]
    if event.reason == codes.NO_ORGANISER:
        told.append(f"In {plural(int(after.weeks_unled), 'week')} running nobody had organised it; after "
                    f"{p['organising.unled_weeks']} a group ends. {_last_organiser(event)}{_volunteers(event)}"
                    )  # fmt: skip
    elif event.reason == codes.NO_ROOM:
        told.append(f"It had been without a room for {plural(int(after.weeks_roomless), 'week')}; after "
                    f"{p['organising.roomless_weeks']} a group ends.")  # fmt: skip
    else:
        told.append(f"In the last {plural(int(before.weeks_low) + 1, 'week')} with a meeting fewer than two people "
                    f"came to any; after {p['organising.low_weeks']} such weeks a group ends.")  # fmt: skip
    return [*told, _attendance(event), _left_lately(event), _members_end(event)]


def _attendance(event: Event) -> str:
    """How many came lately, and how many a year before."""
    weeks: Any = event.life.weeks[: event.week + 1]
    lately = weeks[-LOOKED_BACK:]
    held = int(lately.meetings.sum())
    if not held:
        return f"No meeting was held in its last {plural(len(lately), 'week')}."
    said = f"In its last {plural(len(lately), 'week')} it met {plural(held, 'time')}, with " \
           f"{int(lately.attendances.sum()) / held:.1f} people at a meeting"  # fmt: skip
    earlier = weeks[-WEEKS_IN_YEAR - LOOKED_BACK : -WEEKS_IN_YEAR]
    if int(earlier.meetings.sum()):
        said += f"; a year earlier it was {earlier.attendances.sum() / earlier.meetings.sum():.1f}"
    return f"{said}."


def _left_lately(event: Event) -> str:
    """Who had left in the last weeks, and why."""
    people = event.people
    since = event.life.lead_in + event.week - 2 * LOOKED_BACK
    gone = people[(people.status == FORMER) & (people.left_week >= since)]
    if not len(gone):
        return f"Nobody had left in the {2 * LOOKED_BACK} weeks before."
    why = Counter(LEFT_NAMES[reason] for reason in gone.left_reason.tolist())
    reasons = "; ".join(f"{reason}: {count}" for reason, count in why.most_common())
    return f"In the {2 * LOOKED_BACK} weeks before, {plural(len(gone), 'person', 'people')} had left ({reasons})."


def _members_end(event: Event) -> str:
    people, now = event.life.world.people, event.life.lead_in + event.week
    count = int(((people.left_reason == codes.GROUP_CLOSED) & (people.left_week == now)).sum())
    if not count:
        return "It had no member left."
    return (f"With it the membership of {plural(count, 'person', 'people')} ended. Their ties stay, as long as they "
            "keep in touch.")  # fmt: skip


def _last_organiser(event: Event) -> str:
    """Who organised last, and how that ended."""
    story, now = event.life.story, event.life.lead_in + event.week
    ended = [e for k, e in enumerate(story) if e.week < now and (
        e.kind == codes.ORGANISER_OFF or (e.kind == codes.LEFT and _organises(story[:k], int(e.row))))]  # fmt: skip
    if not ended:
        return ""
    last = ended[-1]
    how = "stepped down" if last.kind == codes.ORGANISER_OFF else f"left ({LEFT_NAMES[int(last.reason)]})"
    return f"The last to organise it was person {known_as(event.life.traits.id[last.row])}, who {how} in week " \
           f"{int(last.week) - event.life.lead_in}. "  # fmt: skip


def _organises(story: Any, row: int) -> bool:
    """Whether somebody organises at the end of this story."""
    turns = story.kind[(story.row == row) & np.isin(story.kind, (codes.ORGANISER_ON, codes.ORGANISER_OFF, codes.LEFT))]
    return bool(len(turns) and turns[-1] == codes.ORGANISER_ON)


def _volunteers(event: Event) -> str:
    """Who could have taken over, and why it was unlikely."""
    need = event.values["organising.volunteer_meetings"]
    members = event.people[event.people.status == MEMBER]
    able = members[(members.meetings >= need) | (members.heard_of == codes.AS_FOUNDER)]
    if not len(able):
        return f"No member had come to the {need} meetings after which one may take over."
    prob = event.values["organising.volunteer_prob"] * float((able.trust * able.energy * (1.0 - able.distress)).mean())
    return (f"{plural(len(able), 'member')} could have taken over, each with a chance of about {per_cent(prob)} a week "
            f"(mean trust {fixed(float(able.trust.mean()))}, energy {fixed(float(able.energy.mean()))}, distress "
            f"{fixed(float(able.distress.mean()))}), and nobody did.")  # fmt: skip


def _steps_down(event: Event) -> list[str]:
    p, left = event.values, int(event.life.world.group[0].organisers)
    energy = float(event.me.energy)
    return [
        f"Organising takes energy: {event.name} had {fixed(energy)} of 1 left as the week began, after "
        f"{plural(int(event.me.meetings), 'meeting')} in all. The less there is, the likelier it is that somebody "
        f"steps down. {event.chance('step down')}",
        f"That leaves {plural(left, 'organiser')}; {p['organising.organisers_wanted']} are wanted. "
        f"{capital(event.who.she)} is still a member."
        if event.life.world.people[event.row].status == MEMBER
        else "",
        f"If nobody takes over within {p['organising.unled_weeks']} weeks, the group ends." if not left else "",
    ]


def _takes_on(event: Event) -> list[str]:
    p, me = event.values, event.me
    if "volunteer" not in event.chances:
        return [f"{capital(event.name)} took it on as the group opened: a group that members lead begins with "
                f"up to {plural(p['organising.organisers_wanted'], 'organiser')}."]  # fmt: skip
    return [
        f"{plural(p['organising.organisers_wanted'], 'organiser')} are wanted, and as the week began there "
        f"{'was' if event.group.organisers == 1 else 'were'} {int(event.group.organisers)}.",
        f"{capital(event.name)} had come to {plural(int(me.meetings), 'meeting')} (founders may take it on at "
        f"once, all others after {p['organising.volunteer_meetings']}). Trust in the group ({fixed(float(me.trust))}), "
        f"energy ({fixed(float(me.energy))}) and little distress ({fixed(float(me.distress))}) make it likelier. "
        f"{event.chance('volunteer')}",
    ]


def _room_lost(event: Event) -> list[str]:
    p = event.values
    rate = p["organising.room_found_per_year"] * (p["practitioners.venue_factor"] if p["practitioners.venue"] else 1.0)
    wait = f" Another is found after {WEEKS_IN_YEAR / rate:.0f} weeks on average." if rate > 0 else ""
    ends = f" After {p['organising.roomless_weeks']} weeks without one the group ends." if p["mechanisms.no_room"] \
        else ""  # fmt: skip
    return [f"Any group may lose its room, whatever its members do. {event.chance('venue lost')}",
            f"There are no meetings until it has another.{wait}{ends}"]  # fmt: skip


def _room_found(event: Event) -> list[str]:
    offered = " Practitioners offer one, which makes it faster." if event.values["practitioners.venue"] else ""
    return [f"{_waited(event, codes.VENUE_GONE, 'without a room')}{event.chance('venue found')}{offered}",
            "The group has moved, and meets again."]  # fmt: skip


def _funding_lost(event: Event) -> list[str]:
    p = event.values
    forms = " The group resists the funder's forms, which raises the risk." if (
        p["organising.monitoring"] and p["organising.monitoring_resisted"] > 0) else ""  # fmt: skip
    return [f"A funder may end its support. {event.chance('funding lost')}{forms}",
            "What hung on the money falls away until some is found again: meals, socials, a phone line."]  # fmt: skip


def _funding_back(event: Event) -> list[str]:
    return [f"{_waited(event, codes.FUNDING_GONE, 'without funding')}{event.chance('funding regained')}"]


def _waited(event: Event, since: Any, how: str) -> str:
    """For how long something was missing."""
    lost = event.life.story[event.life.story.kind == since]
    if not len(lost):
        return ""
    return f"The group had been {how} for {plural(event.life.lead_in + event.week - int(lost[-1].week), 'week')}. "


def _clinician(event: Event) -> list[str]:
    p = event.values
    members = event.people[event.people.status == MEMBER]
    knock = p["clinician.knock"] * (1.0 - (p["clinician.softened"] if event.chances.get("clinician leaves") is None
                                           else 0.0))  # fmt: skip
    why = event.chance("clinician leaves", "The chance that the post ended was, in that week,") or (
        f"It was arranged so from the beginning: the clinician hands over in week {p['organising.handover_week']}."
    )
    leads = np.flatnonzero(event.life.world.people.organiser)
    next_up = f"From now on {_named(event, leads)} {'organises' if len(leads) == 1 else 'organise'} it." if len(leads) \
        else f"Nobody organises it yet; after {p['organising.unled_weeks']} such weeks the group ends."  # fmt: skip
    return [why, f"Members' trust in the group, {fixed(float(members.trust.mean()))} on average as the week began, "
                 f"falls by {per_cent(knock)} of what there is." if len(members) else "", next_up]  # fmt: skip


def _breached(event: Event) -> list[str]:
    hurt = per_cent(event.values["meeting.breach_hurt"])
    return [
        f"What {event.name} had said at a meeting did not stay in the room. "
        f"{event.chance('breach', 'The chance of that, after each meeting at which somebody shares, is')}",
        f"Everybody who was there trusts the group less, by {hurt} of the trust there is; "
        f"{event.who.possessive} shame rises, as {event.who.she} is met with dismay outside.",
    ]  # fmt: skip


def _quarrelled(event: Event) -> list[str]:
    return [f"{capital(event.name)} and somebody else did not get on at a meeting: the likelier the less alike two "
            f"people are. {capital(event.who.she)} trusted the group less of the two "
            f"({fixed(float(event.me.trust))} as the week began), and stays away for good.",
            "Friends may go along: the likelier the closer they are."]  # fmt: skip


def _door(event: Event) -> list[str]:
    members, ties = int(event.life.weeks[event.week].members), event.life.weeks[event.week].tie_mean
    if event.life.world.group[0].door_closed:
        return [f"It has enough members ({members}; it takes {event.values['joining.door_members']}) and has grown "
                f"close (mean tie {fixed(float(ties))}), so that it may stay among itself. "
                f"{event.chance('close door')}",
                "Nobody new hears of it or is taken in; former members may come back."]  # fmt: skip
    return [f"With {plural(members, 'member')}, fewer than {event.values['joining.door_opens']}, it takes in newcomers "
            "again."]  # fmt: skip


def _came(event: Event) -> list[str]:
    before, need = event.me, event.me.isolation * event.me.strain
    living = event.people[event.people.living]
    usual = float((living.isolation * living.strain).mean())
    return [f"{capital(event.name)} had heard of the group through "
            f"{HEARD_NAMES[event.life.world.people[event.row].heard_of]}. People come when they are alone with it and "
            f"strained: {event.who.possessive} isolation was {fixed(float(before.isolation))} as the week "
            f"began, and the two together {float(need) / usual:.1f} times what is usual here. "
            f"{event.chance('visit')}"]  # fmt: skip


def _stays(event: Event) -> list[str]:
    me = event.life.world.people[event.row]
    return [f"Many come once only. Whoever finds people like oneself (likeness to those present "
            f"{fixed(float(me.fit))}; usual is {fixed(event.values['leaving.average_fit'])}) and is well received "
            f"(trust {fixed(float(me.trust))}) is likelier to come again. {event.chance('return')}"]  # fmt: skip


def _left(event: Event) -> list[str]:
    now, me, life = event.life.world.people, event.me, event.life
    others = np.flatnonzero((event.people.status == MEMBER) & (np.arange(len(now)) != event.row))
    closest = float(life.world.ties[event.row, others].max()) if len(others) else 0.0
    missed = ((life.lead_in + event.week + 1) * DAYS_IN_WEEK - int(now[event.row].last_attended_day)) // DAYS_IN_WEEK
    came = (
        f"last at a meeting {plural(missed, 'week')} before the end of this one" if missed else "at a meeting this week"
    )
    standing = f"trust in the group {fixed(float(me.trust))}, strongest tie to another member {fixed(closest)}, {came}"
    said = {
        codes.ONE_VISIT_ONLY: f"{capital(event.name)} came once and does not come again, as many do: here "
        f"{per_cent(event.values['leaving.one_visit_only'])} of those who fit in as well as most.",
        codes.DRIFTED_AWAY: f"{capital(event.name)} drifted away: the likelier the weaker the ties to others in the "
        f"group, the less trust and the less need there is ({standing}). {event.chance('leave')}",
        codes.STOPPED_COMING: f"{capital(event.name)} has not come for longer than "
        f"{event.values['leaving.lapse_days']} days and no longer counts as a member ({standing}).",
        codes.MOVED_AWAY: f"{capital(event.name)} moved away from the area, for reasons that have nothing to do with "
        f"the group ({standing}). The twin moves away in the same week.",
        codes.GROUP_CLOSED: f"The group closed, and with it the membership of {event.name} ended.",
        codes.FELL_OUT: f"{capital(event.name)} had fallen out with somebody and stays away ({standing}).",
        codes.WENT_ALONG: f"A friend left, and {event.name} went along ({standing}). {event.chance('follow')}",
        codes.NO_LONGER_NEEDED: f"{capital(event.name)} has been better for a while and no longer needs the group: "
        f"strain was {fixed(float(me.strain))} as the week began. That is a good reason to leave. "
        f"{event.chance('move on')}",
    }
    organised = "All other members trust the group less for it, as an organiser has left." if me.organiser else ""
    return [next(text for code, text in said.items() if code == event.reason), organised]


def _named(event: Event, rows: np.ndarray) -> str:
    names = [f"person {known_as(event.life.traits.id[row])}" for row in rows[:MOST_NAMED]]
    more = len(rows) - len(names)
    return listed([*names, plural(more, "other")] if more else names)


TOLD: dict[int, Callable[[Event], list[str]]] = {
    int(kind): tell for kind, tell in {
        codes.OPENED: _opened, codes.FIRST_VISIT: _came, codes.JOINED: _stays, codes.LEFT: _left,
        codes.ORGANISER_ON: _takes_on, codes.ORGANISER_OFF: _steps_down, codes.HANDED_OVER: _clinician,
        codes.CLINICIAN_LEFT: _clinician, codes.FUNDING_GONE: _funding_lost, codes.FUNDING_BACK: _funding_back,
        codes.VENUE_GONE: _room_lost, codes.VENUE_BACK: _room_found, codes.BREACHED: _breached, codes.CLOSED: _closed,
        codes.QUARRELLED: _quarrelled, codes.DOOR_CLOSED: _door, codes.DOOR_OPENED: _door,
    }.items()
}  # fmt: skip
