"""``rerun``: make a result again from its record, and compare bit for bit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click
import pyarrow as pa

from analysis.cli.help import Command
from analysis.cli.progress import progress_bar
from analysis.results import provenance
from analysis.results.columns import differing_columns
from analysis.results.folder import read_tables
from analysis.results.record import Record, read_record
from analysis.studies.frame import study_of
from sim.compiler import source_digest


@click.command(
    cls=Command,
    examples=(
        "rerun results/groupA",
        "rerun results/claims",
    ),
)
@click.argument("results", type=click.Path(path_type=Path))
@click.option("--threads", type=click.IntRange(1, 1024), help="How many lives at once.  [default: one a core]")
@click.option("--quiet", is_flag=True, help="No progress bar.")
@click.pass_context
def command(ctx: click.Context, results: Path, threads: int | None, quiet: bool) -> None:
    """Make the result in RESULTS again from its record alone, and compare every column bit for bit.

    RESULTS is a results folder of any kind. Says "identical" (exit status 0), or names what differs (exit status 1).
    Nothing is written.
    """
    record, kept = read_record(results), read_tables(results)
    study = study_of(record, results)
    study.runs = record.finished_runs
    for line in _other_circumstances(record):
        click.echo(f"note: {line}")
    with progress_bar(quiet or not study.runs, study.progress_of) as progress:
        again = study.live(threads, progress)
    names = {**kept, **again.tables}
    found = [line for name in names for line in _differences(name, kept.get(name), again.tables.get(name))]
    if record.digest != again.digest:
        found.append(f"digest: {str(record.digest)[:16]}..., now {str(again.digest)[:16]}...")
        found += _states(record.states, again.states or {})
    if not found:
        digest = f" (digest {again.digest[:16]}...)" if again.digest else f" ({len(kept)} tables)"
        click.echo(f"identical: {results} comes out the same, bit for bit{digest}")
        return
    click.echo(f"different: {results} does not come out the same")
    for line in found:
        click.echo(f"  {line}")
    ctx.exit(1)


def _states(kept: Mapping[str, str], again: Mapping[str, str]) -> list[str]:
    """Which states changed, are new or are gone, as far as the record says."""
    told = {
        "changed": [name for name in kept if again.get(name, kept[name]) != kept[name]],
        "added": [name for name in again if kept and name not in kept],
        "gone": [name for name in kept if name not in again],
    }
    return [f"states {how}: {', '.join(names)}" for how, names in told.items() if names]


def _differences(name: str, kept: pa.Table | None, again: pa.Table | None) -> list[str]:
    """What differs between two tables of one name, in one line; nothing if they are identical."""
    if kept is None or again is None:
        return [f"{name}: {'new' if kept is None else 'no longer made'}"]
    if kept.num_rows != again.num_rows:
        return [f"{name}: {kept.num_rows} rows, now {again.num_rows}"]
    columns = differing_columns(kept, again)
    return [f"{name}: {', '.join(columns)}"] if columns else []


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
