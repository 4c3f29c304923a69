"""``overturn``: what the group's effects hang on, and what else could explain the account."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis.cli.common import Real, lives_bar, read_scenario, set_option

if TYPE_CHECKING:
    from analysis.studies.overturn.study import Overturned

TABLES = ("mechanisms", "shares", "pairs", "worlds", "rivals", "reporting", "reporting_curve")
FIGURES = ("shares", "alone", "rivals", "reporting")
SUMMARY = "summary.txt"
FILES = (
    *(f"{name}.{ending}" for name in TABLES for ending in ("parquet", "csv")),
    *(f"{name}.{ending}" for name in FIGURES for ending in ("png", "svg")),
    SUMMARY,
)
FEWEST, MOST, LONGEST_YEARS = 3, 100_000, 100


@click.command(
    epilog="""\b
Examples:
  python run.py overturn scenarios/groupA.yaml
  python run.py overturn scenarios/groupB.yaml --runs 200 --years 4 --csv
  python run.py overturn scenarios/groupA.yaml --set contact.relief=0.1 --out results/weaker-calls"""
)
@click.argument("file")
@click.option("--runs", type=click.IntRange(FEWEST, MOST), default=100, show_default=True, help="How many towns.")
@click.option("--years", type=Real(0.25, LONGEST_YEARS), default=2, show_default=True, help="After which to look.")
@click.option(
    "--seed", type=click.IntRange(0), default=1, show_default=True, help="Seed of the first; then one by one."
)
@set_option
@click.option("--threads", type=click.IntRange(1, 1024), help="How many lives at once.  [default: one a core]")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Folder for the results.  [default: results/overturn-NAME]"
)
@click.option("--csv", is_flag=True, help="Also write the largest table, of all worlds, as CSV.")
@click.option("--overwrite", is_flag=True, help="Replace other results of this command in that folder.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def command(
    file: str,
    runs: int,
    years: float,
    seed: int,
    settings: tuple[str, ...],
    threads: int | None,
    out: Path | None,
    csv: bool,
    overwrite: bool,
    quiet: bool,
) -> None:
    """Ask what would overturn the account of the group in FILE.

    What the group does is taken apart into seven mechanisms, and every combination of them is lived on the same people
    with the same luck: each alone, all but each, and each one's exact part of the whole (Shapley). Then rival
    explanations: company without shared experience, a judging group, natural recovery, who joins and when, and people
    who speak more warmly of a group the closer they are. All of it follows from assumptions; it is no evidence about
    groups. With the defaults it takes one to two minutes. Ctrl-C leaves nothing behind.
    """
    # Not above: `--help` and a wrong file's name should not wait for SciPy.
    from analysis.results.study import check_study_target, study_folder, write_tables  # noqa: PLC0415
    from analysis.studies.overturn.study import overturn_study  # noqa: PLC0415

    scenario = read_scenario(file, None, None, settings)
    work = overturn_study(scenario, file, years, seed, runs)
    folder = out if out is not None else Path("results") / f"overturn-{scenario.name}"
    check_study_target(folder, work.study, FILES, overwrite)
    with lives_bar(quiet) as progress:
        found = work.live(threads, progress)
    with study_folder(folder, work.study, FILES, overwrite) as partial:
        tables = found.tables()
        write_tables(partial, tables, csv=[name for name in tables if csv or name != "worlds"])
        summary = found.summary()
        (partial / SUMMARY).write_text(summary, encoding="utf-8", newline="\n")
        _draw(found, partial)
    if not quiet:
        click.echo(summary)
        click.echo(f"Tables and figures are in {folder}.")


def _draw(found: Overturned, folder: Path) -> None:
    from analysis.studies.overturn.figures import draw_overturn  # noqa: PLC0415 - matplotlib is slow to import

    draw_overturn(found, folder)
