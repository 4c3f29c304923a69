"""``run``: live one scenario and write its results."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.cli.common import read_scenario, seed_option, set_option, weeks_option
from analysis.cli.help import Command
from analysis.cli.study import Options, carry_out


@click.command(
    cls=Command,
    examples=(
        "scenarios/groupA.yaml",
        "scenarios/groupB.yaml --seed 5 --out results/groupB-5 --csv",
        "scenarios/groupB.yaml --set group.phone_line=false --weeks 416 --out results/no-line",
    ),
)
@click.argument("file")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the results.  [default: results/NAME]")
@seed_option
@weeks_option
@set_option
@click.option("--csv", is_flag=True, help="Also write every table as CSV.")
@click.option("--overwrite", is_flag=True, help="Replace the results of another run in that folder.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def command(
    file: str,
    out: Path | None,
    seed: int | None,
    weeks: int | None,
    settings: tuple[str, ...],
    csv: bool,
    overwrite: bool,
    quiet: bool,
) -> None:
    """Live the scenario in FILE and write its results.

    Results are a record (record.json: everything needed to run again), tables of weeks, people, traits, story
    and ties (Parquet, and CSV with --csv), figures (PNG and SVG) and a short summary. They are written whole or
    not at all. The same run replaces its own results; results of another run are kept unless you say --overwrite.
    """
    scenario = read_scenario(file, seed, weeks, settings)
    from analysis.studies.run.study import RunStudy  # noqa: PLC0415 - `--help` should not wait for the model

    options = Options(out=out, csv=csv, overwrite=overwrite, quiet=quiet)
    carry_out(RunStudy.of(scenario), Path("results") / scenario.name, options)
