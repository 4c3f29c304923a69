"""Under which account of how a group works a result holds, in one line for consoles, summaries and reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.compare.arms import Arm, differing_people
from analysis.results.record import printable
from sim.scenario import Account

MOST_NAMED = 3


def people_said(arms: Sequence[Arm]) -> str:
    """Where arms are not the same people with the same lives: what differs, in words that go on a line; else empty."""
    differing = differing_people(arms) if arms else []
    if not differing:
        several = len({arm.account.name if arm.account else None for arm in arms}) > 1
        return "same people in every arm, each against its own twin under the same account" if several else ""
    return (
        f"people differ between arms ({_some(differing)}): each arm is held against its own twin, the same people "
        "without the group, and two arms are compared town by town, not person by person"
    )


def accounts_said(of_arms: Mapping[str, Account | None]) -> str:
    """One line that says under which account arms were lived, by their names; empty if none of them names one."""
    accounts = [account for account in of_arms.values() if account is not None]
    if not accounts:
        return ""
    overruled = list(dict.fromkeys(name for account in accounts for name in account.overruled))
    if len(accounts) == len(of_arms) and len({account.name for account in accounts}) == 1:
        said = f"under the account {titled(accounts[0])}"
    else:
        each = (f"{arm} {account.name if account else 'none'}" for arm, account in of_arms.items())
        said = f"accounts: {', '.join(each)}"
    return f"{said}{_otherwise(overruled)}"


def titled(account: Account) -> str:
    """An account's name, and its title on one line."""
    title = printable(account.title)
    return f"{account.name}: {title}" if title else account.name


def _otherwise(names: Sequence[str]) -> str:
    """What of the account does not hold because a scenario or a setting says otherwise."""
    if not names:
        return ""
    return f" (but the scenario or --set says otherwise of {_some(names)})"


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"{', '.join(names[:MOST_NAMED])}{more}"


def arm_titled(arm: Arm) -> str:
    """An arm's title, with the name of its account if it has one: for the line above a figure."""
    return f"{arm.title}; under the account {arm.account.name}" if arm.account is not None else arm.title
