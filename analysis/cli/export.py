"""``export``: results as CSV, Excel, SPSS or Stata, with a codebook."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from analysis.cli.help import Command
from analysis.results.export import FORMATS, export
from analysis.results.folder import check_folder, results_folder
from analysis.results.loading import load
from analysis.results.record import new_record


@click.command(
    cls=Command,
    examples=(
        "export results/groupA",
        "export results/text-contact --as spss --as excel --table effects --table points",
        "export results/claims --as stata --as excel-csv",
        "export results/groupB --as csv --out for-R",
    ),
)
@click.argument("results", type=click.Path(path_type=Path))
@click.option(
    "--as",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    help="Which format; may be given again. excel-csv is CSV that Excel opens by a double click.  [default: csv]",
)
@click.option(
    "--table", "tables", multiple=True, metavar="NAME", help="Which table; may be given again.  [default: all]"
)
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write into.  [default: RESULTS-export]")
@click.option("--overwrite", is_flag=True, help="Replace an earlier export in that folder.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def command(
    results: Path, formats: tuple[str, ...], tables: tuple[str, ...], out: Path | None, overwrite: bool, quiet: bool
) -> None:
    """Write the tables in RESULTS for other programs.

    RESULTS is any results folder: of a run, a comparison, claims, interviews, a sweep or any other study. Beside the
    tables stands codebook.csv: every column with its unit, its meaning and its codes.
    """
    folder = out or results.parent / f"{results.resolve().name}-export"
    asked = tuple(dict.fromkeys(formats)) or ("csv",)
    record = new_record("export", {"results": str(results), "as": asked, "tables": tables}, datetime.now(UTC))
    check_folder(folder, record, overwrite)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = load(results)
    for warning in caught:
        click.echo(f"note: {warning.message}", err=True)
    with results_folder(folder, record, overwrite) as partial, _rows_bar(quiet) as tell:
        done = export(found, partial, asked, tables, tell)
    for note in done.notes:
        click.echo(f"note: {note}", err=True)
    if not quiet:
        click.echo(f"{folder}: {', '.join(done.files)}")


@contextmanager
def _rows_bar(quiet: bool) -> Iterator[Callable[[int, int, str], None] | None]:
    """A progress bar of rows on standard error, if that is a terminal."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda done, total, what: bar.update(task, completed=done, total=total, description=what)
