"""``check``: validate scenario files."""

from __future__ import annotations

import click

from analysis.commands.common import read_scenario
from analysis.problem import Problem
from sim.scenario import ScenarioError


@click.command(
    epilog="""\b
Examples:
  python run.py check scenarios/groupA.yaml
  python run.py check scenarios/*.yaml"""
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...]) -> None:
    """Say, one line each, whether scenario files are valid; nothing is run.

    The exit status is 2 if any of them is not.
    """
    bad = 0
    for file in files:
        try:
            scenario = read_scenario(file)
        except (Problem, ScenarioError) as problem:
            bad += 1
            click.echo(f"Error: {' '.join(str(problem).split())}", err=True)
        else:
            changed = sum(1 for _ in scenario.origins)
            click.echo(f"{file}: valid ({scenario.name}; {changed} parameters set, the others at their default)")
    ctx.exit(2 if bad else 0)
