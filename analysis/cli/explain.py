"""``explain``: the order of a week and every parameter; or one person's week, told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analysis.cli.common import Asked, Whole, scenario_options
from analysis.cli.help import Command
from analysis.compare.accounts import accounts_said
from analysis.words.numbers import setting
from analysis.words.prose import capital
from sim.changes import AT, parameter_of, week_of
from sim.own_rules import RuleFile, digests_in, files_of
from sim.parameters import SECTIONS, Parameter, Section
from sim.parameters.mechanisms import MECHANISMS
from sim.plan import EVENING
from sim.problem import Problem
from sim.scenario import Scenario
from sim.week import PLAN

NARROWEST, WIDEST = 80, 120
SHARES = (0.46, 0.22, 0.17, 0.15)  # of the width, for each column
INDENT = 4


@click.command(
    cls=Command,
    examples=(
        "explain scenarios/groupA.yaml",
        "explain scenarios/groupB.yaml --set group.phone_line=false",
        "explain scenarios/groupA.yaml --account company",
        "explain scenarios/groupA.yaml --person 3 --week 40",
    ),
)
@click.argument("file")
@click.option("--person", type=Whole(), help="Tell this person's week (the number in the tables); with --week.")
@click.option("--week", type=Whole(), help="Which week, counted from the opening of the group; with --person.")
@scenario_options
def command(file: str, person: int | None, week: int | None, asked: Asked) -> None:
    """Show what the scenario in FILE runs: its mechanisms, the order of a week, and every parameter.

    Each parameter comes with its value, unit, accepted range, source, and where this value came from. With --person and
    --week: what happened to one person in one week, rule by rule.
    """
    if (person is None) != (week is None):
        raise click.UsageError("--person and --week go together, such as --person 3 --week 40")
    scenario = asked.scenario(file)
    if person is not None and week is not None:
        click.echo(_told(scenario.values, person, week))
        return
    console = Console(highlight=False)
    console.width = min(max(console.width, NARROWEST), WIDEST)
    console.print(Text(f"{scenario.name}: {scenario.title}", style="bold"))
    if scenario.question:
        console.print(Text(scenario.question))
    if under := accounts_said({scenario.name: scenario.account}):
        console.print(Text(capital(under)))
    console.print(_mechanisms(scenario))
    files = files_of(digests_in(scenario.values))
    console.print(_plan(files))
    console.print(Text("Parameters", style="bold"))
    console.print(
        Text("Under each: its meaning (and plausible range, the prior of sensitivity analyses), then its source.\n")
    )
    own = Section("own", "rules of your own", *(p for file in files for p in file.parameters.values()))
    for section in (*SECTIONS, *([own] if own.parameters else [])):
        _print_section(console, section, scenario)
    later = [name for name in scenario.values if AT in name]
    if later:
        console.print(Text("Changes", style="bold"))
    for name in sorted(later, key=lambda name: (week_of(name), name)):
        value, reached = setting(scenario.values[name]), (week_of(name) or 0) < scenario.values["run.weeks"]
        origin = Path(scenario.origins.get(name, "default")).name
        words = (
            f"from week {week_of(name)}: {parameter_of(name)} {value}{'' if reached else ', but the run ends before'}"
        )
        console.print(Text(f"{words} ({origin})"))


def _told(values: dict[str, Any], person: int, week: int) -> str:
    from sim.trace import tell  # noqa: PLC0415  (only this needs it, and it brings the whole model)

    try:
        told: str = tell(values, person, week)
    except (ValueError, LookupError) as error:
        raise Problem(str(error.args[0]) if error.args else str(error)) from None
    return told


def _mechanisms(scenario: Scenario) -> Table:
    """Which mechanisms are on, in whose words, and what switched them."""
    title = Text("\nMechanisms: how meeting others could make a difference", style="bold")
    table = Table(title=title, title_justify="left", title_style="", box=None, padding=(0, 2, 0, 0))
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(style="bold", no_wrap=True)
    for heading, style in (("what it is", ""), ("in whose words, or whence", ""), ("from", "dim")):
        table.add_column(heading, style=style)
    for mechanism in MECHANISMS:
        name = f"mechanisms.{mechanism.name}"
        origin = Path(scenario.origins.get(name, "default")).name
        meaning = f"{mechanism.belongs_to}: {mechanism.meaning}"
        on = "on" if scenario.values[name] else "off"
        table.add_row(*(Text(cell) for cell in (mechanism.name, on, meaning, mechanism.source, origin)))
    return table


def _plan(files: Sequence[RuleFile]) -> Table:
    title = Text("\nThe order of a week", style="bold")
    table = Table(title=title, title_justify="left", title_style="", box=None, padding=(0, 2, 0, 0))
    for heading, style in (("", "dim"), ("rule", "cyan"), ("what happens", ""), ("when", "dim")):
        table.add_column(heading, style=style, no_wrap=heading != "what happens")
    own = [(rule.name, f"{file.path.name}: {file.summary}", EVENING) for file in files for rule in file.rules]
    for number, step in enumerate([*((s.rule, s.summary, s.when) for s in PLAN), *own], start=1):
        table.add_row(str(number), *step)
    table.add_row()
    return table


def _print_section(console: Console, section: Section, scenario: Scenario) -> None:
    """A section: for each parameter a row, and below it over the full width its meaning and source."""
    console.print(Text.assemble((section.name, "bold"), f": {section.meaning}"))
    console.print(
        _row(console.width, *(Text(word, style="italic") for word in ("parameter", "value", "accepted", "from")))
    )
    for parameter in section.parameters:
        origin = scenario.origins.get(parameter.dotted, "default")
        changed = origin != "default"
        value = setting(scenario.values[parameter.dotted])
        console.print(
            _row(
                console.width,
                Text(parameter.dotted, style="cyan"),
                Text.assemble((value, "bold" if changed else ""), f" {_unit(parameter)}"),
                Text(_range(parameter)),
                Text(Path(origin).name, style="" if changed else "dim"),
            )
        )
        console.print(Padding(Text(_meaning(parameter)), (0, 0, 0, INDENT)))
        console.print(Padding(Text(f"source: {parameter.source}", style="dim"), (0, 0, 0, INDENT)))
    console.print()


def _row(width: int, *cells: Text) -> Table:
    """One row with the same column widths every time."""
    table = Table.grid(padding=(0, 1, 0, 0))
    for share in SHARES:
        table.add_column(width=int(share * width) - 1, overflow="fold")
    table.add_row(*cells)
    return table


def _unit(parameter: Parameter) -> str:
    return "" if parameter.kind is bool else parameter.unit


def _range(parameter: Parameter) -> str:
    return "yes, no" if parameter.kind is bool else f"{setting(parameter.low)} to {setting(parameter.high)}"


def _meaning(parameter: Parameter) -> str:
    if parameter.plausible is None:
        return parameter.meaning
    low, high = parameter.plausible
    return f"{parameter.meaning} (plausible {setting(low)} to {setting(high)})"
