"""``run``: live one scenario and write its results."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.cli.common import progress_bar, read_scenario, seed_option, set_option, weeks_option


@click.command(
    epilog="""\b
Examples:
  python run.py scenarios/groupA.yaml
  python run.py scenarios/groupB.yaml --seed 5 --out results/groupB-5 --csv
  python run.py scenarios/groupB.yaml --set group.phone_line=false --weeks 416 --out results/no-line"""
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
    # Not above: `--help` and a wrong file's name should not wait for the model.
    from analysis.results.folder import check_folder  # noqa: PLC0415
    from analysis.studies.frame import write  # noqa: PLC0415
    from analysis.studies.run.study import RunStudy  # noqa: PLC0415

    study = RunStudy.of(scenario)
    folder = out if out is not None else Path("results") / scenario.name
    check_folder(folder, study.record(), overwrite)
    with progress_bar(quiet) as progress:
        run = study.live(progress=progress)
    write(run, folder, csv=csv, overwrite=overwrite)
    if not quiet:
        click.echo(run.summary())
        click.echo(f"Results are in {folder}.")
