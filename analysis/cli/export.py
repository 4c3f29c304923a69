"""``export``: results as CSV, Excel or SPSS, with a codebook."""

from __future__ import annotations

import warnings
from pathlib import Path

import click

from analysis.cli.common import Command
from analysis.results.export import CODEBOOK, FORMATS, export
from analysis.results.loading import load
from analysis.results.whole import check_folder, whole_folder


@click.command(
    cls=Command,
    examples=(
        "export results/groupA",
        "export results/text-contact --as spss --as excel --table effects --table points",
        "export results/groupB --as csv --out for-R",
    ),
)
@click.argument("results", type=click.Path(path_type=Path))
@click.option(
    "--as",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    help="Which format; may be given again.  [default: csv]",
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

    RESULTS is any results folder: of a run, a comparison, claims, a sweep or a sensitivity analysis. Beside the tables
    stands codebook.csv: every column with its unit, its meaning and its codes.
    """
    folder = out or results.parent / f"{results.resolve().name}-export"
    check_folder(folder, CODEBOOK, overwrite)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = load(results)
    for warning in caught:
        click.echo(f"note: {warning.message}", err=True)
    with whole_folder(folder, CODEBOOK, overwrite) as partial:
        written = export(found, partial, tuple(dict.fromkeys(formats)) or ("csv",), tables)
    if not quiet:
        click.echo(f"{folder}: {', '.join(written)}")
