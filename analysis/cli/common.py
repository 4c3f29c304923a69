"""What several commands need: reading a scenario with its options, and numbers as files have them."""

from __future__ import annotations

import contextlib
import difflib
import functools
import math
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

import scenarios
from sim.mistakes import shown
from sim.own_rules import RuleFile, load_file
from sim.scenario import Scenario, load, load_account
from sim.scenario_text import parse_setting
from sim.yaml_lines import YamlError, is_ordinary_file, read_text, read_value

ENDINGS = (".yaml", ".yml")
OF_A_SPACE = ("@centre", ".parquet")  # as in ``analysis.plausible.centre``, which waits for Arrow


class _AsInFiles:
    """Reads numbers after an option as in files: no underscores, no other digits, nothing that is not a number."""

    kinds: type | tuple[type, ...]
    words: str

    def _describe_range(self) -> str:
        """What the help says of the range: nothing where there is none."""
        described: str = super()._describe_range()  # type: ignore[misc]
        return "" if described == "x<=None" else described  # Click's words for no range

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str):
            with contextlib.suppress(YamlError):
                value = read_value(value)
            number = isinstance(value, self.kinds) and not isinstance(value, bool)
            if not number or (isinstance(value, float) and not math.isfinite(value)):
                raise click.BadParameter(f"found {shown(value)}, expected {self.words}", ctx, param)
        return super().convert(value, param, ctx)  # type: ignore[misc]


class Whole(_AsInFiles, click.IntRange):
    """A whole number, in a range or not."""

    kinds, words = int, "a whole number"


class Real(_AsInFiles, click.FloatRange):
    """A finite number, in a range or not."""

    kinds, words = (int, float), "a number"


class Several(click.ParamType):
    """Some values in one, with commas or spaces between them: "1,2,5".

    Args:
        one: what each of them is.
    """

    def __init__(self, one: click.ParamType) -> None:
        self.one, self.name = one, f"{one.name}s"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> list[Any]:
        """A list of at least one."""
        if isinstance(value, list):
            return value
        return [self.one.convert(part, param, ctx) for part in re.split(r"\s*,\s*|\s+", value.strip())]


seed_option = click.option("--seed", type=Whole(), help="Another seed: other people, lives and luck.")
weeks_option = click.option("--weeks", type=Whole(), help="How many weeks, from the opening of the group.")
set_option = click.option(
    "--set", "settings", multiple=True, metavar="SECTION.NAME=VALUE", help="Change a parameter; may be given again."
)
rules_option = click.option(
    "--rules", multiple=True, metavar="FILE", help="A Python file with rules of your own; may be given again."
)


def years_option(default: float) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option that says after which time groups are looked at."""
    return click.option(
        "--years", type=Real(0.25, 100), default=default, show_default=True, help="After which to look."
    )


account_option = click.option(
    "--account", metavar="NAME_OR_FILE",
    help="The account of how a group works, in place of the one that the file names; see `accounts`. With @centre "
    "behind its name (full@centre): at the centre of its plausible space, or of one in a FILE.parquet.",
)  # fmt: skip


def read_account(name: str | None) -> Scenario | None:
    """The account that the user has named with ``--account``, if any, as it stands or at the centre of its space.

    Raises:
        ScenarioError: if there is none of that name, or it is not accepted.
        Problem: if there is no plausible space of which the centre is meant.
    """
    if name is None:
        return None
    if name.endswith(OF_A_SPACE):
        from analysis.plausible.centre import account_at_centre  # noqa: PLC0415 - brings the model

        return account_at_centre(name, "--account: ")
    return load_account(name, "--account: ")


def read_rules(paths: Sequence[str]) -> list[RuleFile]:
    """The files of rules that the user has named with ``--rules``.

    Raises:
        OwnRulesError: if one is not there, or cannot be run.
    """
    return [load_file(Path(path), "--rules ") for path in paths]


def read_scenario(
    path: str,
    seed: int | None = None,
    weeks: int | None = None,
    settings: Sequence[str] = (),
    rules: Sequence[str] = (),
    account: str | None = None,
) -> Scenario:
    """A scenario file with the changes asked for on the command line.

    Args:
        path: the file, or the name of one that comes with Sameboat.
        seed: of the run, instead of the file's.
        weeks: of the run, instead of the file's.
        settings: each ``section.name=value``; the last one counts.
        rules: files with rules of one's own, beside those that the scenario names.
        account: of how a group works, in place of the one that the scenario names; what the scenario itself says, or a
            setting, stays.

    Raises:
        Problem: if there is no such file.
        ScenarioError: if the file or a change is not valid.
    """
    scenario = load(find_file(path)).with_rules(read_rules(rules))
    named = read_account(account)
    if named is not None:
        scenario = scenario.with_account(named)
    if settings:
        scenario = scenario.with_values(dict(parse_setting(text) for text in settings))
    if seed is not None:
        scenario = scenario.with_values({"run.seed": seed}, origin="--seed")
    if weeks is not None:
        scenario = scenario.with_values({"run.weeks": weeks}, origin="--weeks")
    return scenario


class Asked(NamedTuple):
    """What the command line asks of the one scenario that a command shows or lives; see ``read_scenario``."""

    seed: int | None = None
    weeks: int | None = None
    account: str | None = None
    settings: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    def scenario(self, file: str) -> Scenario:
        """The scenario as asked for."""
        return read_scenario(file, self.seed, self.weeks, self.settings, self.rules, self.account)


def scenario_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that change one scenario; it is called with ``asked``."""

    @functools.wraps(command)
    def with_options(*arguments: Any, **named: Any) -> Any:
        return command(*arguments, asked=Asked(**{name: named.pop(name) for name in Asked._fields}), **named)

    for option in (rules_option, set_option, account_option, weeks_option, seed_option):
        with_options = option(with_options)
    return with_options


def find_file(path: str, among: Path = scenarios.FOLDER, what: str = "scenario") -> Path:
    """The file that is meant: the one at this path, or the one of this name that comes with Sameboat.

    Args:
        path: as typed, such as "mine/town.yaml" or "groupA".
        among: the folder of those that come with Sameboat.
        what: what kind of file it is, for messages.

    Raises:
        Problem: naming the file that may have been meant, if there is none.
    """
    shipped = {file.stem: file for file in scenarios.files(among)}
    if not is_ordinary_file(Path(path)):
        if path in shipped:
            return shipped[path]
        expected = f"expected a {what} file, or the name of one that comes with Sameboat: {', '.join(shipped)}"
        read_text(Path(path), mend=_nearest(Path(path), shipped) or expected)
    return Path(path)


def _nearest(path: Path, shipped: dict[str, Path]) -> str:
    """The file or the name that may have been meant; empty where something is there that is no file."""
    with contextlib.suppress(ValueError):
        if os.path.lexists(path) and not path.is_dir():
            return ""
    if path.suffix in ENDINGS and path.stem in shipped:
        return f"one of that name comes with Sameboat: give its name alone, {path.stem}"
    known = {name.lower(): name for name in shipped}
    for folder in (path.parent, path):
        with contextlib.suppress(OSError, ValueError):  # no folder, or a name that no file can have
            known |= {p.stem.lower(): str(p) for p in sorted(folder.iterdir()) if p.suffix in ENDINGS}
    close = difflib.get_close_matches(path.stem[:100].lower(), known, n=1, cutoff=0.5)
    if close:
        return f"did you mean {known[close[0]]}?"
    return ""
