"""``run``: live one scenario and write its results."""

from __future__ import annotations

import contextlib
import importlib
import threading
from pathlib import Path

import click

from analysis.cli.common import progress_bar, read_scenario, seed_option, set_option, weeks_option
from analysis.results.folder import check_target, write_run
from analysis.run.live import Run, live_scenario
from analysis.run.summary import summarise


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
    folder = out if out is not None else Path("results") / scenario.name
    check_target(folder, scenario.values, overwrite)
    # Matplotlib takes longer to import than the run takes: it is imported while the compiled weeks run.
    threading.Thread(target=_import_figures, daemon=True).start()
    with progress_bar(quiet) as progress:
        run = live_scenario(scenario, progress)
    summary = summarise(run)
    write_run(folder, run, summary, _draw, csv=csv, overwrite=overwrite)
    if not quiet:
        click.echo(summary)
        click.echo(f"Results are in {folder} ({run.record.seconds:.1f} s to live and tabulate).")


def _import_figures() -> None:
    with contextlib.suppress(Exception):  # if it cannot be imported, drawing will say so
        importlib.import_module("analysis.figures")


def _draw(run: Run, folder: Path) -> None:
    from analysis.figures import draw_all  # noqa: PLC0415 - not above: an error should not wait for it

    draw_all(run, folder)
