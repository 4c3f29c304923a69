"""``rerun``: make a result again from its record, and compare bit for bit."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.cli.common import Command
from analysis.cli.progress import progress_bar
from analysis.results import provenance
from analysis.results.columns import differences
from analysis.results.folder import SWEEP, read_tables
from analysis.results.record import Record, read_record
from analysis.studies.frame import study_of
from sim.compiler import source_digest


@click.command(
    cls=Command,
    examples=(
        "rerun results/groupA",
        "rerun results/claims",
        "rerun results/text-contact --chunks 20            # of a long sweep, only some",
    ),
)
@click.argument("results", type=click.Path(path_type=Path))
@click.option(
    "--chunks", type=click.IntRange(1), help="Of a sweep: only so many chunks, at even distances.  [default: all]"
)
@click.option("--threads", type=click.IntRange(1, 1024), help="How many lives at once.  [default: one a core]")
@click.option("--quiet", is_flag=True, help="No progress bar.")
@click.pass_context
def command(ctx: click.Context, results: Path, chunks: int | None, threads: int | None, quiet: bool) -> None:
    """Make the result in RESULTS again from its record alone, and compare every column bit for bit.

    RESULTS is a results folder of any kind. Says "identical" (exit status 0), or names what differs (exit status 1).
    Nothing is written.
    """
    record = read_record(results)
    if chunks and record.kind != SWEEP:
        raise click.UsageError("--chunks is for sweeps")
    for line in _other_circumstances(record):
        click.echo(f"note: {line}")
    if record.kind == SWEEP:
        found, what = _sweep_again(results, chunks, threads, quiet)
    else:
        found, what = _study_again(results, record, threads, quiet)
    if not found:
        click.echo(f"identical: {results} comes out the same, bit for bit ({what})")
        return
    click.echo(f"different: {results} does not come out the same")
    for line in found:
        click.echo(f"  {line}")
    ctx.exit(1)


def _study_again(results: Path, record: Record, threads: int | None, quiet: bool) -> tuple[list[str], str]:
    """What differs, a line each; and what was compared, in words."""
    kept, study = read_tables(results), study_of(record, results)
    study.runs = record.finished_runs
    with progress_bar(quiet or not study.runs, study.progress_of) as progress:
        again = study.live(threads, progress)
    names = {**kept, **again.tables}
    found = [line for name in names for line in differences(name, kept.get(name), again.tables.get(name))]
    if record.digest != again.digest:
        found.append(f"digest: {str(record.digest)[:16]}..., now {str(again.digest)[:16]}...")
    return found, f"digest {again.digest[:16]}..." if again.digest else f"{len(kept)} tables"


def _sweep_again(results: Path, few: int | None, threads: int | None, quiet: bool) -> tuple[list[str], str]:
    """As ``_study_again``, of a sweep."""
    from analysis.studies.sweep.again import live_again  # noqa: PLC0415 - brings the model

    with progress_bar(quiet, "run", done_before=0) as progress:
        again = live_again(results, few, threads, progress)
    if again.missing:
        click.echo(f"note: {again.missing}")
    return again.differ, f"{again.lived} of {again.there} chunks"


def _other_circumstances(record: Record) -> list[str]:
    """What is not as it was when the record was made, one line each."""
    lines = []
    if record.source_digest != source_digest():
        lines.append("the model's source has changed since this was made, so other results are to be expected")
    now = provenance.versions()
    for name in {**record.versions, **now}:
        then, today = record.versions.get(name, "unknown"), now.get(name, "unknown")
        if then != today:
            lines.append(f"{name} was {then}, is {today}")
    return lines
