"""Help that ends with examples, as the user would type them. It brings nothing slow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from analysis.words.typed import typed

HELP_OPTIONS = ["-h", "--help"]


class Command(click.Command):
    """A command whose help ends with examples, as the user would type them.

    Args:
        examples: each without the program's name.
    """

    def __init__(self, *arguments: Any, examples: Sequence[str] = (), **named: Any) -> None:
        super().__init__(*arguments, **named)
        # Its own, also when it is called apart from the program: Click remembers the words of the first call.
        self.context_settings.setdefault("help_option_names", HELP_OPTIONS)
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        write_examples(formatter, self.examples)


def write_examples(formatter: click.HelpFormatter, examples: Sequence[str]) -> None:
    """Examples at the end of a help text."""
    with formatter.section("Examples"):
        formatter.write("".join(f"  {typed()} {example}\n" for example in examples))


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
