"""Several names after one ``--accounts``."""

from __future__ import annotations

from typing import Any

import click

from analysis.cli.help import Command

ACCOUNTS = "--accounts"


class WithAccounts(Command):
    """Takes several names after one ``--accounts``, up to the next option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``--accounts`` before each of these names, as Click has it."""
        given: list[str] = []
        listing = False
        for word in args:
            if listing and not word.startswith("-") and given[-1] != ACCOUNTS:
                given.append(ACCOUNTS)
            listing = word == ACCOUNTS or (listing and not word.startswith("-"))
            given.append(word)
        return super().parse_args(ctx, given)


def accounts_option(words: str) -> Any:
    """The option ``--accounts``, for commands of the class WithAccounts."""
    return click.option(ACCOUNTS, multiple=True, metavar="ACCOUNT...", help=words)
