"""``sweep``: live the points of a sweep file, or go on where it was; or say how far it is."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import click

import scenarios
from analysis.cli.common import (
    account_option,
    find_file,
    read_account,
    read_rules,
    rules_option,
    set_option,
    weeks_option,
)
from analysis.cli.help import Command
from analysis.cli.progress import progress_bar
from analysis.cli.study import folder_under, say_rules
from analysis.compare.accounts import accounts_said
from analysis.studies.sweep.own import load_outcomes
from analysis.studies.sweep.plan import Sweep
from analysis.studies.sweep.status import status_of
from analysis.studies.sweep.store import Store
from analysis.studies.sweep.sweepfile import OWN, read_sweep
from analysis.words.numbers import duration, size
from sim.own_rules import RULES
from sim.scenario_text import parse_setting

STOPPED = 130


@click.command(
    cls=Command,
    examples=(
        "check scenarios/sweeps/text-contact.yaml          # how many runs, how long, how much room?",
        "sweep text-contact",
        "sweep text-contact --runs 5 --out results/try",
        "sweep --status results/text-contact",
        "sweep FILE --executor dask --scheduler tcp://localhost:8786",
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the results.  [default: results/NAME]")
@click.option("--new", is_flag=True, help="Use a folder of this design's and code's own: results/NAME-DIGEST.")
@click.option("--status", is_flag=True, help="Only say how far it is; FILE may be the results folder.")
@click.option("--runs", type=click.IntRange(1), help="How many seeds at each point, instead of the file's.")
@click.option("--seed", type=click.IntRange(0), help="The first seed, instead of the file's.")
@weeks_option
@account_option
@set_option
@rules_option
@click.option(
    "--outcomes",
    type=click.Path(path_type=Path),
    help="A Python file with outcomes of your own, instead of the file's.",
)
@click.option("--threads", type=click.IntRange(1), help="How many lives at once.  [default: one a core]")
@click.option("--executor", type=click.Choice(["threads", "dask"]), default="threads", show_default=True)
@click.option("--scheduler", metavar="ADDRESS", help="Of the Dask scheduler, such as tcp://localhost:8786.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@click.pass_context
def command(
    ctx: click.Context,
    file: Path,
    out: Path | None,
    new: bool,
    status: bool,
    runs: int | None,
    seed: int | None,
    weeks: int | None,
    account: str | None,
    settings: tuple[str, ...],
    rules: tuple[str, ...],
    outcomes: Path | None,
    threads: int | None,
    executor: str,
    scheduler: str | None,
    quiet: bool,
) -> None:
    """Live every point of the sweep in FILE with every seed, each life with its twin.

    The name of a sweep that comes with Sameboat will do as FILE.

    Results go to a folder of Parquet files, chunk by chunk. Stop it whenever you like (Ctrl-C, a power cut, a full
    disk): the same command goes on where it was, and what comes out in the end is the same to the last byte.
    Several processes may work on one folder.
    """
    if (scheduler is not None) != (executor == "dask"):
        raise click.UsageError("--executor dask and --scheduler go together")
    if status and file.is_dir():
        click.echo("\n".join(status_of(file).lines()))
        return
    own = load_outcomes(outcomes, "--outcomes ") if outcomes else None
    asked = {"account": read_account(account), RULES: read_rules(rules), OWN: own}
    path = find_file(str(file), scenarios.FOLDER / "sweeps", "sweep")
    sweep = read_sweep(path, {**_changes(runs, seed, weeks, settings), **asked})
    named = Path("results") / (f"{sweep.name}-{sweep.digest[:8]}" if new else sweep.name)
    folder = out or folder_under(named, account, sweep.arms)
    if status:
        click.echo("\n".join(status_of(folder).lines()))
        return
    store = Store(folder, sweep)
    from analysis.studies.sweep.lives import try_own_outcomes  # noqa: PLC0415  (brings the model)

    try_own_outcomes(sweep)
    notes = store.begin()
    done = _runs_done(store)
    for note in (*sweep.notes, *(f"{folder}: {note}" for note in notes)):
        click.echo(f"note: {note}", err=True)
    if done and not quiet:
        click.echo(f"going on in {folder}: {done} of {sweep.runs} runs are there")
    started, lived = time.monotonic(), done
    try:
        with progress_bar(quiet, "run", done_before=done) as progress:

            def tell(runs: int) -> None:
                nonlocal lived
                lived += runs
                if progress is not None:
                    progress(lived, sweep.runs)

            if executor == "dask":
                from analysis.studies.sweep.cluster import live_on_cluster  # noqa: PLC0415  (an extra)

                live_on_cluster(store, str(scheduler), tell, lambda line: click.echo(line, err=True))
            else:
                from analysis.studies.sweep.local import live_here  # noqa: PLC0415  (brings the model)

                live_here(store, threads, tell)
    except KeyboardInterrupt:
        kept = _runs_done(store)
        said = f"stopped; {kept} of {sweep.runs} runs are kept in {folder}. The same command goes on there"
        click.echo(said, err=True)
        ctx.exit(STOPPED)
    if not quiet:
        say_rules(sweep.arms)
        if under := accounts_said({arm.name: arm.account for arm in sweep.arms}):
            click.echo(under)
        _report(folder, sweep, sweep.runs - done, time.monotonic() - started)


def _changes(runs: int | None, seed: int | None, weeks: int | None, settings: tuple[str, ...]) -> dict[str, Any]:
    """What the command line changes, for ``read_sweep``."""
    changes: dict[str, Any] = {"seeds": runs, "first_seed": seed, "weeks": weeks}
    changes = {name: value for name, value in changes.items() if value is not None}
    return changes | dict(parse_setting(text) for text in settings)


def _runs_done(store: Store) -> int:
    finished = store.finished()
    return sum((c.stop - c.start) * len(store.sweep.arms) for c in store.sweep.chunks if c.name in finished)


def _report(folder: Path, sweep: Sweep, lived: int, seconds: float) -> None:
    """What was done, at which rate, with how much memory."""
    there = status_of(folder)
    for line in there.lines():
        click.echo(line)
    if lived:
        memory = _most_memory()
        beside = f"; at most {size(memory)} of memory" if memory else ""
        click.echo(f"{lived} runs, each with its twin, in {duration(seconds)}: {lived / seconds:.1f} a second{beside}")
    click.echo(f"Results are in {folder}. Next: python run.py sensitivity {folder}, or python run.py export {folder}")


def _most_memory() -> float:
    """Bytes that this process held at most, where the system tells."""
    try:
        import resource  # noqa: PLC0415  (not on Windows)
    except ImportError:
        return 0.0
    unit = 1 if sys.platform == "darwin" else 1024
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * unit
