"""``accounts``: which accounts of how a group works come with Sameboat."""

from __future__ import annotations

import click

from analysis.cli.help import Command
from analysis.words.numbers import setting
from analysis.words.prose import wrapped
from sim.parameters.mechanisms import MECHANISMS
from sim.scenario import Scenario, account_names, load_account

INDENT = "  "
SWITCHES = tuple(f"mechanisms.{mechanism.name}" for mechanism in MECHANISMS)


@click.command(
    cls=Command,
    examples=(
        "accounts",
        "groupA --account company",
        "explain groupA --account company",
        "compare groupA --accounts company learning full --runs 100",
    ),
)
def command() -> None:
    """List the accounts of how a group could work, with what each asks and which mechanisms it has on.

    An account is a set of mechanisms, each on or off, and of sizes of effects. Any scenario can be lived under any
    account: --account NAME, or `account: NAME` in its file. What the scenario itself says, or --set, stays.
    --account NAME@centre lives it at the centre of the account's plausible space instead of at its declared values.
    """
    click.echo("\n\n".join(told(load_account(name)) for name in account_names()))


def told(account: Scenario) -> str:
    """An account in a few lines: name, title, question, its mechanisms, and what else it sets."""
    on = [name.partition(".")[2] for name in SWITCHES if account.values[name]]
    off = [name.partition(".")[2] for name in SWITCHES if not account.values[name]]
    sizes = [f"{name} {setting(account.values[name])}" for name in account.origins if name not in SWITCHES]
    lines = [account.title, account.question]
    lines += [f"{word}: {', '.join(some)}" for word, some in (("on", on), ("off", off), ("sizes", sizes)) if some]
    return "\n".join([account.name, *(wrapped(line, indent=INDENT, hanging=INDENT * 2) for line in lines if line)])
