"""``run``: live one scenario and write its results."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.cli.common import account_option, read_scenario, rules_option, seed_option, set_option, weeks_option
from analysis.cli.help import Command
from analysis.cli.study import Options, carry_out


@click.command(
    cls=Command,
    examples=(
        "scenarios/groupA.yaml",
        "scenarios/groupB.yaml --seed 5 --out results/groupB-5 --csv",
        "scenarios/groupB.yaml --every 4 --contacts",
        "scenarios/groupB.yaml --set group.phone_line=false --weeks 416 --out results/no-line",
    ),
)
@click.argument("file")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the results.  [default: results/NAME]")
@seed_option
@weeks_option
@account_option
@set_option
@rules_option
@click.option(
    "--every", type=click.IntRange(1, 5200), default=1, show_default=True, help="A row of people for so many weeks."
)
@click.option("--contacts", is_flag=True, help="Also a table of who met, texted or rang whom, week by week.")
@click.option("--csv", is_flag=True, help="Also write every table as CSV.")
@click.option("--overwrite", is_flag=True, help="Replace the results of another run in that folder.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def command(
    file: str,
    out: Path | None,
    seed: int | None,
    weeks: int | None,
    account: str | None,
    settings: tuple[str, ...],
    rules: tuple[str, ...],
    every: int,
    contacts: bool,
    csv: bool,
    overwrite: bool,
    quiet: bool,
) -> None:
    """Live the scenario in FILE and write its results.

    Results are a record (record.json: everything needed to run again), tables of weeks, people, traits, story
    and ties (Parquet, and CSV with --csv), figures (PNG and SVG) and a short summary. They are written whole or
    not at all. The same run replaces its own results; results of another run are kept unless you say --overwrite.
    """
    scenario = read_scenario(file, seed, weeks, settings, rules, account)
    from analysis.studies.run.study import RunStudy  # noqa: PLC0415 - `--help` should not wait for the model

    options = Options(account=account, out=out, csv=csv, overwrite=overwrite, quiet=quiet)
    carry_out(RunStudy.of(scenario, every, contacts), Path("results") / scenario.name, options)
