"""What the reader of the page has chosen: a scenario and the parameters changed. Nothing wrong gets in."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any, NamedTuple

import scenarios
from scenarios import files
from sim.checks import check_value, expectation
from sim.parameters import PARAMETERS, Parameter
from sim.parameters.town import arrivals_per_week
from sim.scenario import Scenario, ScenarioError, load, load_account
from sim.yaml_lines import YamlError, read_value
from view.memory import bytes_needed

SCENARIO_FOLDER = scenarios.FOLDER
FIRST_SCENARIO = SCENARIO_FOLDER / "groupA.yaml"
ORIGIN = "page"  # what a record names as the origin of a parameter changed here
MOST_PEOPLE = 1000
MOST_BYTES = 400_000_000


class Group(NamedTuple):
    """Parameters that belong together on the page."""

    title: str
    names: tuple[str, ...]


# What a researcher would reach for first; all others are found by name below them.
FEATURED = (
    Group("The group", (
        "group.acceptance", "group.breach_prob", "group.wider_life", "group.mechanics", "group.shared_experience",
        "group.founders", "group.places", "group.women_only", "group.regular", "group.phone_line",
    )),
    Group("What a meeting does", ("meeting.strength", "meeting.judge", "meeting.hurt", "meeting.burden",
                                  "meeting.copy_poor_coping")),
    Group("Ties and contact", ("contact.between_meetings", "contact.texts_per_week", "ties.growth_per_hour",
                               "ties.half_life_weeks", "ties.isolation_per_tie")),
    Group("Coming and leaving", ("joining.publicity_per_year", "joining.word_of_mouth_per_year", "joining.need_power",
                                 "leaving.one_visit_only")),
    Group("Self-harm", ("episodes.social_influence", "episodes.coping_protection", "episodes.natural_decline_per_year",
                        "episodes.guilt")),
    Group("The world outside", ("outside.acceptance", "outside.tell_per_year", "outside.public_stigma")),
    Group("Practitioners", ("practitioners.venue", "practitioners.publicity", "practitioners.guidance")),
)  # fmt: skip
RUN = ("run.seed", "run.weeks", "people.residents")
# Names on the page: what somebody would say. All others are made of the parameter's own name.
LABELS = {
    "run.seed": "Seed", "run.weeks": "Weeks", "people.residents": "People living here",
    "group.acceptance": "How often sharing is accepted", "group.breach_prob": "Confidences broken",
    "group.wider_life": "Talk of the rest of life", "group.mechanics": "Talk of mechanics, not of feelings",
    "group.shared_experience": "Everybody has the experience", "group.founders": "Founders",
    "group.places": "Places in the group", "group.women_only": "For women only", "group.regular": "Meetings kept "
                                                                                                  "regular",
    "group.phone_line": "A phone line", "meeting.strength": "How much a meeting does",
    "meeting.judge": "Shame when judged", "meeting.hurt": "Distress when judged", "meeting.burden": "Burden of "
                                                                                                    "listening",
    "meeting.copy_poor_coping": "Poor coping is copied", "contact.between_meetings": "Contact between meetings",
    "contact.texts_per_week": "Texts a week", "ties.growth_per_hour": "Ties grow, an hour together",
    "ties.half_life_weeks": "Ties fade by half in", "ties.isolation_per_tie": "Isolation a tie takes away",
    "joining.publicity_per_year": "Heard of it, by publicity", "joining.word_of_mouth_per_year": "Heard of it, by "
                                                                                                 "word of mouth",
    "joining.need_power": "Need brings people", "leaving.one_visit_only": "Come once only",
    "episodes.social_influence": "Hearing of an episode raises the urge",
    "episodes.coping_protection": "Coping protects", "episodes.natural_decline_per_year": "Decline by itself, a year",
    "episodes.guilt": "Guilt after an episode", "outside.acceptance": "Accepted by others outside",
    "outside.tell_per_year": "Others outside are told, a year", "outside.public_stigma": "Public stigma",
    "practitioners.venue": "Practitioners find a room", "practitioners.publicity": "Practitioners make it known",
    "practitioners.guidance": "Practitioners guide",
}  # fmt: skip
# What may be typed. 010 or 1:44 or 0x10 or 1_000 mean one number here and another there: they are answered, not read.
UNMISTAKABLE = {
    int: re.compile(r"[-+]?(0|[1-9][0-9]*)"),
    float: re.compile(r"[-+]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?"),
    bool: re.compile(r"true|false"),
    list: re.compile(r"\[ *[0-9]( *, *[0-9])* *\]"),
}


class Choices:
    """A scenario with the changes made on the page; always valid.

    Args:
        path: the scenario to begin with.
        scenario: instead of a file, one that is read already (with changes from the command line).

    Attributes:
        base: the scenario as it was picked.
        changes: parameters changed since, by dotted name.
    """

    def __init__(self, path: str | Path = FIRST_SCENARIO, scenario: Scenario | None = None) -> None:
        self.base = scenario if scenario is not None else load(path)
        self.changes: dict[str, Any] = {}

    @property
    def scenario(self) -> Scenario:
        """The scenario with all changes."""
        return self.base.with_values(self.changes, origin=ORIGIN) if self.changes else self.base

    def value(self, name: str) -> Any:
        """A parameter's value as chosen now."""
        return self.changes.get(name, self.base.values[name])

    def pick(self, path: str | Path) -> str:
        """Begin anew with another scenario; the changes are dropped, but the seed is kept.

        Returns:
            What is wrong, in words; empty if all is well, and only then anything has changed.
        """
        try:
            base = load(path)
            seed = self.value("run.seed")
            check_page_size(base.values)
        except ScenarioError as error:
            return str(error)
        self.base = base
        self.changes = {} if base.values["run.seed"] == seed else {"run.seed": seed}
        return ""

    def pick_account(self, name: str) -> str:
        """Take another account of how a group works; what the scenario's file and the page say stays.

        Args:
            name: of one that comes with Sameboat.

        Returns:
            What is wrong, in words; empty if all is well, and only then anything has changed.
        """
        try:
            base = self.base.with_account(load_account(name))
            check_page_size({**base.values, **self.changes})
        except ScenarioError as error:
            return str(error)
        self.base = base
        return ""

    def change(self, name: str, value: Any) -> str:
        """Change a parameter.

        Returns:
            What is wrong, in words; empty if all is well, and only then anything has changed.
        """
        p = PARAMETERS[name]
        if p.kind is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        try:
            changes = {**self.changes, name: check_value(name, value, where=name)}
            if changes[name] == self.base.values[name]:
                del changes[name]
            check_page_size({**self.base.values, **changes})
            self.base.with_values(changes, origin=ORIGIN)
        except ScenarioError as error:
            return str(error)
        self.changes = changes
        return ""

    def type_in(self, name: str, text: str) -> str:
        """Change a parameter to what somebody typed, if it can be read in one way only; see ``change``.

        Returns:
            What is wrong, and what the value stays; empty if all is well.
        """
        problem = self._typed(name, text)
        return f"{problem}. Until then it stays {as_typed(self.value(name))}." if problem else ""

    def _typed(self, name: str, text: str) -> str:
        p = PARAMETERS[name]
        try:
            value = read_value(text)
        except YamlError:
            value = None
        shown = " ".join(text.split())[:40] or "nothing"
        if value is None or not UNMISTAKABLE[p.kind].fullmatch(text.strip()):
            return f"found {shown}, expected {expected(p)}"
        problem = self.change(name, value)
        # What is wrong with this field alone stands beside it, and needs no name.
        return f"found {shown}, expected {expected(p)}" if problem.startswith(f"{name}:") else problem


def expected(p: Parameter) -> str:
    """What a field accepts, in words; numbers too long to read become "any larger"."""
    words = expectation(p)
    return words.replace(f"from {p.low:g} to {p.high:g}", f"from {p.low:g} up") if p.high >= 1e9 else words


def check_page_size(values: dict[str, Any]) -> None:
    """The page keeps every week of both lives: not too many people and weeks.

    Raises:
        ScenarioError: with what to lower.
    """
    weeks = values["run.weeks"]
    people = values["people.residents"] + math.ceil(weeks * arrivals_per_week(values))
    if people > MOST_PEOPLE:
        raise ScenarioError(
            f"found {people} people in all over {weeks} weeks, expected at most {MOST_PEOPLE} on the page; lower "
            "people.residents or run.weeks, or use `python run.py`"
        )
    if bytes_needed(people, weeks) > MOST_BYTES:
        raise ScenarioError(
            f"found {people} people over {weeks} weeks, which is more than the page can keep; lower people.residents "
            "or run.weeks, or use `python run.py`"
        )


def scenario_files(first: Path | None = None) -> dict[str, Path]:
    """Scenario files to pick from, by name: the one the page was started with, then those of Sameboat."""
    folder, here = SCENARIO_FOLDER.resolve(), Path.cwd()
    # A record names the file as it was read: relative to where we are, if it lies there.
    folder = folder.relative_to(here) if folder.is_relative_to(here) else folder
    found = {path.stem: path for path in files(folder)}
    if first is not None and first.resolve() not in {path.resolve() for path in found.values()}:
        found = {first.stem if first.stem not in found else str(first): first, **found}
    return found


def explained(p: Parameter) -> str:
    """A parameter in words: meaning, unit, range, source."""
    parts = [p.meaning, f"unit: {p.unit}"]
    if p.kind in (int, float):
        parts.append(f"accepted: {p.low:g} to {p.high:g}" if p.high < 1e9 else f"accepted: from {p.low:g} up")
    if p.plausible is not None:
        parts.append(f"plausible: {p.plausible[0]:g} to {p.plausible[1]:g}")
    parts.append(f"source: {p.source}")
    return ". ".join(part.rstrip(".") for part in parts) + "."


def label_of(name: str) -> str:
    """A parameter's name on the page."""
    return LABELS.get(name) or PARAMETERS[name].name.replace("_per_", " per ").replace("_", " ").capitalize()


def as_typed(value: Any) -> str:
    """A value as one would type it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value!r}".removesuffix(".0") if isinstance(value, float) else str(value)


def slider_range(p: Parameter, value: float) -> tuple[float, float]:
    """The ends of a slider: the plausible range (all that is accepted, where none is given), and the value."""
    low, high = p.plausible if p.plausible is not None else (p.low, p.high)
    if p.unit == "proportion" and p.plausible is not None and p.high == 1.0 and high - low > 0.12:
        low, high = p.low, p.high
    return min(low, value), max(high, value)
