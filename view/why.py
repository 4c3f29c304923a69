"""A person's week in words: what happened on which day, with whom, and why; the numbers are for those who unfold them.

The week is lived once more by ``sim.trace.watch_week``; here its draws and changes become sentences. Nothing is made
up: a sentence stands only where a draw or a change says so.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import numpy as np

from analysis.words.prose import capital, listed, plural
from sim.codes import ONE_VISIT_ONLY
from sim.life import Life
from sim.relations import DAYS_IN_WEEK
from sim.state import HEARD_NAMES, LEFT_NAMES, MEMBER
from sim.trace import WEEKDAYS, Entry, watch_week
from view.snapshot import known_as

_DRAW = re.compile(r"(?P<name>[a-z ]+?)(?: \((?P<side>to|by) (?P<who>\d+)\))?: .*: (?P<answer>yes|no|\d+)$")
_CHANGE = re.compile(r"(?P<name>\w+) (?P<old>.+) -> (?P<new>.+)$")
NOTICED = 0.01  # what is less is not spoken of
SLOW = {
    "isolation": "isolation", "stigma": "shame", "understanding": "understanding", "coping": "coping with hard days",
    "trust": "trust in the group",
}  # fmt: skip


class Person(NamedTuple):
    """How the person is spoken of."""

    she: str
    her: str

    @property
    def possessive(self) -> str:
        """As in "her week"."""
        return "her" if self.she == "she" else "his"


def person_of(traits: Any) -> Person:
    """How somebody with these traits is spoken of."""
    return Person("she", "her") if traits.woman else Person("he", "him")


def week_told(values: dict[str, Any], name: int, week: int) -> list[str]:
    """A person's week in sentences, each a paragraph.

    Args:
        values: parameters, as ``Scenario.values``.
        name: her or his id.
        week: counted from the opening, from 0.

    Raises:
        ValueError: if there is no such person or week.
    """
    life = Life(values)
    life.live(week)
    rows = np.flatnonzero(life.traits.id == name)
    row = int(rows[0]) if len(rows) else 0
    before = life.world.people[row].copy()
    return in_words(life, name, before, watch_week(life, name))


def in_words(life: Life, name: int, before: Any, entries: list[Entry]) -> list[str]:
    """A week that was watched, in sentences.

    Args:
        life: after the week.
        name: the person's id.
        before: her or his row of people as the week began.
        entries: of ``sim.trace.watch_week``.
    """
    week, values = life.week - 1, life.values
    row = int(np.flatnonzero(life.traits.id == name)[0])
    after = life.world.people[row]
    if not entries:
        return [f"Person {known_as(name)} does not live here in week {week}: not yet, or no longer."]
    who = person_of(life.traits[row])
    told = [_standing(who, name, before) if week or not values["group.exists"] else "The group opens this week."]
    if before.status != MEMBER and not values["group.exists"]:
        told = [f"In this life there is no group; person {known_as(name)} lives without one."]
    if ("visit", "", None, "yes") in _draws(entries, "visit"):
        told.append(f"{capital(who.she)} decided to come. {capital(who.she)} had heard of the group through "
                    f"{HEARD_NAMES[after.heard_of]}, and the harder things are, the likelier somebody comes."
                    )  # fmt: skip
    for day in range(DAYS_IN_WEEK):
        today = [entry for entry in entries if entry.day == day]
        if sentences := _day(life, row, who, day, today):
            told.append(f"On {WEEKDAYS[day]} {sentences}")
    told += _end(who, entries, after)
    told.append(_changed(who, before, after))
    return told


def _standing(who: Person, name: int, me: Any) -> str:
    if me.status == MEMBER:
        role = " and helps to organise it" if me.organiser else ""
        return f"Person {known_as(name)} comes to the group{role}."
    if me.visiting:
        return f"Person {known_as(name)} means to come: {who.she} has heard of the group through " \
               f"{HEARD_NAMES[me.heard_of]}, and things have been hard for {who.her}."  # fmt: skip
    if me.first_joined_week >= 0:
        return f"Person {known_as(name)} used to come to the group."
    heard = f", though {who.she} has heard of it through {HEARD_NAMES[me.heard_of]}" if me.heard_of else ""
    return f"Person {known_as(name)} does not come to the group{heard}."


def _draws(entries: list[Entry], rule: str) -> list[tuple[str, str, int | None, str]]:
    """Name, side ("to", "by" or empty), with whom, answer, of each draw of a rule."""
    found = []
    for entry in entries:
        for text in entry.draws if entry.rule == rule else ():
            if match := _DRAW.match(text):
                other = match["who"]
                found.append((match["name"], match["side"] or "", int(other) if other else None, match["answer"]))
    return found


def _new(entries: list[Entry], rule: str) -> dict[str, tuple[str, str]]:
    """What a rule changed: from what to what."""
    found = {}
    for entry in entries:
        for text in entry.changes if entry.rule == rule else ():
            if match := _CHANGE.match(text):
                found[match["name"]] = (match["old"], match["new"])
    return found


def _day(life: Life, row: int, who: Person, day: int, today: list[Entry]) -> str:
    """What happened on a day, as sentences of which the first goes on from "On Thursday"; empty if little did."""
    parts = []
    if "hard_days_this_week" in _new(today, "feel"):
        parts.append("the day was hard")
    parts += _calls(who, today)
    parts += _line(who, today)
    parts += _meeting(life, row, who, day, today)
    if ("social attend", "", None, "yes") in _draws(today, "socialise"):
        parts.append(f"{who.she} went out with people from the group")
    episodes = sum(int(answer) for name, *_, answer in _draws(today, "episode") if answer.isdigit())
    if episodes:
        parts.append("there was an episode of self-harm" if episodes == 1 else
                     f"there were {episodes} episodes of self-harm")  # fmt: skip
    elif "hard_days_through_this_week" in _new(today, "practise"):
        parts.append(f"{who.she} got through it" if len(parts) == 1 else f"{who.she} got through the hard day")
    first, *rest = parts or [""]
    return " ".join([f"{first}.", *(f"{capital(one)}." for one in rest)]) if first else ""


def _calls(who: Person, today: list[Entry]) -> list[str]:
    parts = []
    draws = _draws(today, "contact")
    answered = {(side, other): answer for name, side, other, answer in draws if name == "answer"}
    for name, side, other, answer in draws:
        if name != "call" or answer != "yes" or other is None:
            continue
        took = answered.get((side, other)) == "yes"
        if side == "to":
            parts.append(f"{who.she} rang person {known_as(other)}, to whom {who.she} has a tie, and "
                         + ("was answered, which eased the day" if took else "got no answer"))  # fmt: skip
        elif took:
            parts.append(f"person {known_as(other)} had a hard day and rang; {who.she} answered")
        else:
            parts.append(f"person {known_as(other)} rang on a hard day, but {who.she} could not answer")
    return parts


def _line(who: Person, today: list[Entry]) -> list[str]:
    if "line_calls" not in _new(today, "line"):
        return []
    took = "line_answered" in _new(today, "line")
    return [f"nobody {who.she} rang had answered, so {who.she} rang the group's line, and "
            + ("somebody answered" if took else "nobody answered there")]  # fmt: skip


def _meeting(life: Life, row: int, who: Person, day: int, today: list[Entry]) -> list[str]:
    went = [answer for name, _, _, answer in _draws(today, "meet") if name == "attend"]
    came = "last_attended_day" in _new(today, "meet")
    if not came:
        return [f"the group met, but {who.she} stayed away"] if went == ["no"] else []
    others = _others(life, row, day)
    parts = [f"{who.she} came to the meeting" if went else f"{who.she} came as a visitor"]
    if others is not None:
        company = f"{plural(others, 'other person', 'other people')} {'was' if others == 1 else 'were'}"
        parts[0] += f"; {company if others else 'nobody else was'} there"
    shared, listened = _new(today, "share"), _new(today, "listen")
    if "shares" in shared:
        audience = "" if not others else f", and {plural(others, 'person', 'people')} listened"
        if "shares_self_harm" not in shared:
            parts.append(f"{who.she} spoke of the rest of {who.possessive} life{audience}")
        elif "shares_judged" in shared:
            parts.append(f"{who.she} spoke of self-harm{audience}, but was judged: it hurt")
        else:
            parts.append(f"{who.she} spoke of self-harm{audience}, and was accepted")
    if "shares_heard" in listened:
        old, new = listened["shares_heard"]
        heard = plural(int(new) - int(old), "other person", "other people")
        parts.append(f"{who.she} listened to {heard} speaking of self-harm")
    if any(name == "insight" and answer == "yes" for name, *_, answer in _draws(today, "listen")):
        parts.append("something became clear, all at once")
    return parts


def _others(life: Life, row: int, day: int) -> int | None:
    """How many others were at a meeting; None if there was a later one that week, as only the last is remembered."""
    this = (life.lead_in + life.week - 1) * DAYS_IN_WEEK + day
    last = life.world.people.last_attended_day
    return int((last == this).sum()) - 1 if last.max() == this and last[row] == this else None


def _end(who: Person, entries: list[Entry], me: Any) -> list[str]:
    parts = []
    texts = [(side, other, int(answer)) for name, side, other, answer in _draws(entries, "text")
             if name == "text" and answer.isdigit() and int(answer)]  # fmt: skip
    if texts:
        names = listed(
            f"person {known_as(other)}" for other in sorted({other for _, other, _ in texts if other is not None})
        )
        parts.append(f"Between meetings there were texts with {names}.")
    left = {name: new for entry in entries for name, new in _new([entry], entry.rule).items()}
    if "left_reason" in left and me.left_reason == ONE_VISIT_ONLY:
        parts.append(f"{capital(who.she)} does not stay: this was one visit only.")
    elif "left_reason" in left:
        parts.append(f"At the end of the week {who.she} is no longer a member: {LEFT_NAMES[me.left_reason]}.")
    elif any(name == "return" and answer == "yes" for name, *_, answer in _draws(entries, "leave")):
        parts.append(f"After this first visit {who.she} stays: a member from now on.")
    if any(name == "tell" and answer == "yes" for name, *_, answer in _draws(entries, "tell")):
        parts.append(f"{capital(who.she)} told somebody outside the group.")
    return parts


def _changed(who: Person, before: Any, after: Any) -> str:
    """What is noticeably different at the end of the week."""
    found = []
    for name, said in SLOW.items():
        change = float(after[name] - before[name])
        if abs(change) >= NOTICED:
            found.append(f"a little {'less' if change < 0 else 'more'} {said}")
    if not found:
        return f"At the end of the week little has changed for {who.her}: such things take many weeks."
    return f"At the end of the week, against its beginning: {listed(found)}."
