"""``rerun``: run again from a record, and compare bit for bit."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.cli.common import progress_bar
from analysis.results import provenance
from analysis.results.folder import differences, read_run
from analysis.results.record import RECORD_FILE, Record, scenario_of
from analysis.run.live import live_scenario
from sim.compiler import source_digest


@click.command(
    epilog="""\b
Example:
  python run.py rerun results/groupA"""
)
@click.argument("results", type=click.Path(path_type=Path))
@click.option("--quiet", is_flag=True, help="No progress bar.")
@click.pass_context
def command(ctx: click.Context, results: Path, quiet: bool) -> None:
    """Run again from the record in RESULTS alone, and compare every column bit for bit.

    Says "identical" (exit status 0), or names what differs (exit status 1). Nothing is written.
    """
    kept = read_run(results)
    scenario = scenario_of(kept.record, results / RECORD_FILE)
    for line in _other_circumstances(kept.record):
        click.echo(f"note: {line}")
    with progress_bar(quiet) as progress:
        again = live_scenario(scenario, progress)
    found = differences(kept, again)
    if not found:
        click.echo(f"identical: {results} comes out the same, bit for bit (digest {again.record.digest[:16]}...)")
        return
    click.echo(f"different: {results} does not come out the same")
    for line in found:
        click.echo(f"  {line}")
    ctx.exit(1)


def _other_circumstances(record: Record) -> list[str]:
    """What is not as it was when the record was made, one line each."""
    lines = []
    if record.source_digest != source_digest():
        lines.append("the model's source has changed since this was run, so other results are to be expected")
    now = provenance.versions()
    for name in {**record.versions, **now}:
        then, today = record.versions.get(name, "unknown"), now.get(name, "unknown")
        if then != today:
            lines.append(f"{name} was {then}, is {today}")
    return lines
