"""``overturn``: what the group's effects hang on, and what else could explain the account."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.cli.common import read_account, years_option
from analysis.cli.help import Command
from analysis.cli.plausible import add_plausible, plausible_options
from analysis.cli.study import Options, carry_out, study_options


@click.command(
    cls=Command,
    examples=(
        "overturn scenarios/groupA.yaml",
        "overturn scenarios/groupB.yaml --runs 200 --years 4 --csv",
        "overturn groupA --account full --plausible 20",
        "overturn scenarios/groupA.yaml --set contact.relief=0.1 --out results/weaker-calls",
    ),
)
@click.argument("file")
@years_option(2)
@study_options(runs=100, fewest=3, out="results/overturn-NAME", large=["worlds"])
@plausible_options()
def command(file: str, years: float, options: Options) -> int:
    """Ask what would overturn the account of the group in FILE.

    What the group does is taken apart into seven mechanisms, and every combination of them is lived on the same people
    with the same luck: each alone, all but each, and each one's exact part of the whole (Shapley). Then rival
    explanations: company without shared experience, a judging group, natural recovery, who joins and when, and people
    who speak more warmly of a group the closer they are. All of it follows from assumptions; it is no evidence about
    groups. With the defaults it takes one to two minutes. Ctrl-C leaves nothing behind.
    """
    # Not above: `--help` and a wrong file's name should not wait for SciPy.
    from analysis.studies.overturn.study import OverturnStudy  # noqa: PLC0415

    scenario = options.scenario(file)
    study = OverturnStudy.of(scenario, file, years, options.seed, options.runs)
    add_plausible(study, options, read_account(options.account))
    return carry_out(study, Path("results") / f"overturn-{scenario.name}", options)
