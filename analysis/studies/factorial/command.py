"""``factorial``: two groups that differ in several ways at once, taken apart."""

from __future__ import annotations

from pathlib import Path

import click

import scenarios
from analysis.cli.common import find_file, read_account, read_rules, years_option
from analysis.cli.help import Command
from analysis.cli.study import Options, carry_out, study_options
from sim.own_rules import RULES
from sim.scenario_text import parse_setting


@click.command(
    cls=Command,
    examples=(
        "factorial",
        "factorial scenarios/factorials/origin.yaml --runs 200 --years 2",
        "factorial --account full --runs 30",
        "factorial origin --set contact.relief=0.1 --out results/weaker-calls",
    ),
)
@click.argument("file", default="origin", metavar="[FILE]")
@years_option(12)
@study_options(runs=50, fewest=3, out="results/factorial-NAME")
def command(file: str, years: float, options: Options) -> int:
    """Ask what of the difference between two groups is due to which of their differences.

    FILE names factors, such as who began the group and how often it meets, and their levels; without it, it is the one
    on groups A and B. Every combination of levels is lived on the same people with the same luck, each person against
    her or his twin without a group. Main effects, two-way interactions and shares of the whole difference follow, for
    all who ever came, for regulars, and for people who are the same in every combination. All of it follows from
    assumptions; it is no evidence about groups. Ctrl-C keeps the runs that were finished.
    """
    # Not above: `--help` and a wrong file's name should not wait for SciPy.
    from analysis.studies.factorial.factorialfile import read_factorial  # noqa: PLC0415
    from analysis.studies.factorial.study import FactorialStudy  # noqa: PLC0415

    changes = dict(parse_setting(text) for text in options.settings)
    path = find_file(file, scenarios.FOLDER / "factorials", "factorial")
    rules = read_rules(options.rules)
    factorial = read_factorial(path, {**changes, RULES: rules}, read_account(options.account))
    study = FactorialStudy.of(factorial, years, options.seed, options.runs)
    return carry_out(study, Path("results") / f"factorial-{factorial.name}", options)
