"""A link to what is shown: scenario, account, changes, seed, week and person, in the query of the page's address.

What a link says is checked like everything else that comes in: what is not understood is answered, and left out.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from sim.parameters import PARAMETERS
from sim.scenario import Scenario
from view.choices import ORIGIN, Choices, as_typed, scenario_files

SCENARIO, ACCOUNT, WEEK, PERSON = "scenario", "account", "week", "person"
LONGEST = 4000
SEED = "run.seed"


class Place(NamedTuple):
    """Where a link leads: after so many weeks, to whom; and what of it was not understood, in words."""

    weeks: int = 0
    person: int | None = None
    problems: tuple[str, ...] = ()


def query_of(scenario: Scenario, shown: int, person: int | None) -> str:
    """The query of a link.

    Args:
        scenario: what is shown, with its changes.
        shown: after how many weeks.
        person: who is picked.
    """
    said = {SCENARIO: Path(scenario.path).stem if scenario.path else scenario.name}
    if scenario.account is not None:
        said[ACCOUNT] = scenario.account.name
    changed = [name for name, origin in scenario.origins.items() if origin in (ORIGIN, "--set") and name in PARAMETERS]
    said |= {name: as_typed(scenario.values[name]) for name in changed}
    said[SEED] = as_typed(scenario.values[SEED])
    said[WEEK] = str(shown - 1)
    if person is not None:
        said[PERSON] = str(person)
    return urlencode(said)


def follow(query: str, choices: Choices) -> Place:
    """Choose what a link says.

    Args:
        query: of the address, without its question mark.
        choices: changed, as far as the link is understood.
    """
    if len(query) > LONGEST:
        return Place(problems=(f"The link is longer than {LONGEST} characters and was not followed.",))
    said = dict(parse_qsl(query, keep_blank_values=True))
    problems = []
    first = Path(choices.base.path) if choices.base.path else None
    files = scenario_files(first)
    if (name := said.pop(SCENARIO, None)) is not None and not (first is not None and name == first.stem):
        problems.append(choices.pick(files[name]) if name in files else f"scenario: found {name[:40]}, expected one of "
                        f"{', '.join(files)}")  # fmt: skip
    if (name := said.pop(ACCOUNT, None)) is not None:
        problems.append(choices.pick_account(name[:40]) if "/" not in name and "\\" not in name else
                        f"account: found {name[:40]}, expected the name of one that comes with Sameboat")  # fmt: skip
    week, person = said.pop(WEEK, "-1"), said.pop(PERSON, None)
    for name, text in said.items():
        if name in PARAMETERS:
            problem = choices.type_in(name, text)
            problems.append(f"{name}: {problem}" if problem else "")
        elif "." in name:
            problems.append(f"{name[:40]}: there is no such parameter")
    weeks = _whole(week, -1, choices.value("run.weeks") - 1)
    if weeks is None:
        problems.append(f"week: found {week[:40]}, expected -1 to {choices.value('run.weeks') - 1}")
    who = None if person is None else _whole(person, 0, 10**9)
    if person is not None and who is None:
        problems.append(f"person: found {person[:40]}, expected a number")
    return Place(0 if weeks is None else weeks + 1, who, tuple(problem for problem in problems if problem))


def _whole(text: str, low: int, high: int) -> int | None:
    """A whole number within bounds; None if it is not one."""
    plain = text.removeprefix("-")
    if not (plain.isascii() and plain.isdigit() and len(plain) < 12):
        return None
    return int(text) if low <= int(text) <= high else None
