"""``check``: validate scenario files, sweep files and factorial files."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.cli.common import read_scenario
from analysis.cli.help import Command
from analysis.words.numbers import duration, size
from analysis.words.prose import plural
from sim.problem import Problem
from sim.yaml_lines import YamlError, read_yaml


@click.command(
    cls=Command,
    examples=(
        "check scenarios/groupA.yaml",
        "check scenarios/*.yaml",
        "check scenarios/sweeps/text-contact.yaml",
        "check scenarios/factorials/origin.yaml",
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...]) -> None:
    """Say whether scenario, sweep and factorial files are valid; nothing is written.

    A line for each; of a factorial also how many cells it has; of a sweep also how many runs it makes, and, from a
    short trial, how long it will take and how much room. The exit status is 2 if any file is not valid.
    """
    bad = 0
    for file in files:
        try:
            if _has_key(Path(file), "sweep"):
                click.echo(_of_sweep(Path(file)))
                continue
            if _has_key(Path(file), "factorial"):
                click.echo(_of_factorial(Path(file)))
                continue
            scenario = read_scenario(file)
        except Problem as problem:
            bad += 1
            click.echo(f"Error: {problem}", err=True)
        else:
            changed = sum(1 for _ in scenario.origins)
            click.echo(f"{file}: valid ({scenario.name}; {changed} parameters set, the others at their default)")
    ctx.exit(2 if bad else 0)


def _has_key(path: Path, key: str) -> bool:
    """Whether a file has a key at the top by which it is known as another kind than a scenario."""
    try:
        content, _ = read_yaml(path)
    except YamlError:
        return False  # it will be said what is wrong when it is read as a scenario
    return isinstance(content, dict) and key in content


def _of_factorial(path: Path) -> str:
    """What a factorial crosses."""
    from analysis.studies.factorial.factorialfile import read_factorial  # noqa: PLC0415

    factorial = read_factorial(path)
    crossed = " x ".join(str(len(factor.levels)) for factor in factorial.factors)
    return f"{path}: valid (factorial {factorial.name}; {crossed} levels, {factorial.cells} cells)"


def _of_sweep(path: Path) -> str:
    """What a sweep will take, in two lines."""
    from analysis.studies.sweep.forecast import forecast  # noqa: PLC0415
    from analysis.studies.sweep.sweepfile import read_sweep  # noqa: PLC0415
    from sim.ensemble import available_cores  # noqa: PLC0415

    sweep = read_sweep(path)
    expected = forecast(sweep)
    arms = len(sweep.arms)
    return (
        f"{path}: valid (sweep {sweep.name}; {sweep.kind}, {len(sweep.points)} points of {len(sweep.factors)} "
        "parameters, "
        f"{len(sweep.seeds)} seeds, {plural(arms, 'arm')})\n"
        f"  {sweep.runs} runs, each with its twin: {expected.lives} lives, about {duration(expected.seconds)} on "
        f"{available_cores()} cores that do nothing else, and about {size(expected.bytes)} of disk"
    )
