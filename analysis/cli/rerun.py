"""``rerun``: make a result again from its record, and compare bit for bit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from analysis.cli.common import read_rules, rules_option
from analysis.cli.help import Command
from analysis.cli.progress import progress_bar
from analysis.cli.study import say_rules
from analysis.results import provenance
from analysis.results.columns import differences
from analysis.results.folder import SWEEP, read_tables
from analysis.results.record import Record, read_record
from analysis.studies.frame import Study, study_of
from analysis.studies.over_space.lived import lived
from sim.compiler import source_digest
from sim.own_rules import RuleFile
from sim.problem import Problem


@click.command(
    cls=Command,
    examples=(
        "rerun results/groupA",
        "rerun results/claims",
        "rerun results/postcards --rules my_rules.py",
        "rerun results/text-contact --chunks 20            # of a long sweep, only some",
    ),
)
@click.argument("results", type=click.Path(path_type=Path))
@click.option("--claims", type=click.Path(path_type=Path), help="The file of own claims that it was made with.")
@click.option("--outcomes", type=click.Path(path_type=Path), help="The file of own outcomes that it was made with.")
@click.option(
    "--chunks", type=click.IntRange(1), help="Of a sweep: only so many chunks, at even distances.  [default: all]"
)
@click.option("--threads", type=click.IntRange(1, 1024), help="How many lives at once.  [default: one a core]")
@click.option("--quiet", is_flag=True, help="No progress bar.")
@rules_option
@click.pass_context
def command(
    ctx: click.Context,
    results: Path,
    claims: Path | None,
    outcomes: Path | None,
    chunks: int | None,
    threads: int | None,
    quiet: bool,
    rules: tuple[str, ...],
) -> None:
    """Make the result in RESULTS again from its record alone, and compare every column bit for bit.

    RESULTS is a results folder of any kind. Says "identical" (exit status 0), or names what differs (exit status 1).
    Nothing is written. Rules of your own are not read because a record names them: name their file with --rules; it
    must be the same text.
    """
    record, given = read_record(results), read_rules(rules)
    if chunks and record.kind != SWEEP:
        raise click.UsageError("--chunks is for sweeps")
    if outcomes and record.kind != SWEEP:
        raise click.UsageError("--outcomes is for sweeps")
    for line in _other_circumstances(record):
        click.echo(f"note: {line}")
    if record.kind == SWEEP:
        found, what = _sweep_again(results, given, outcomes, chunks, threads, quiet)
    else:
        study = study_of(record, results, given)
        if claims is not None or (record.kind == "claims" and "own_claims" in record.settings):
            _with_claims(study, record, claims, results)
        found, what = _study_again(study, results, record, threads, quiet)
    if not found:
        click.echo(f"identical: {results} comes out the same, bit for bit ({what})")
        return
    click.echo(f"different: {results} does not come out the same")
    for line in found:
        click.echo(f"  {line}")
    ctx.exit(1)


def _with_claims(study: Study, record: Record, path: Path | None, results: Path) -> None:
    """Give a trial the file of claims that it was made with; only here, as the user has named it, is its code run."""
    from analysis.studies.claims.own import claims_again  # noqa: PLC0415 - few results need it
    from analysis.studies.claims.study import ClaimsStudy  # noqa: PLC0415

    if not isinstance(study, ClaimsStudy):
        raise Problem(f"--claims {path}: {results} holds results of `{record.kind}`, not of `claims`; leave it out")
    study.own = claims_again(record.settings, path, results)


def _states(kept: Mapping[str, str], again: Mapping[str, str]) -> list[str]:
    """Which states changed, are new or are gone, as far as the record says."""
    told = {
        "changed": [name for name in kept if again.get(name, kept[name]) != kept[name]],
        "added": [name for name in again if kept and name not in kept],
        "gone": [name for name in kept if name not in again],
    }
    return [f"states {how}: {', '.join(names)}" for how, names in told.items() if names]


def _study_again(
    study: Study, results: Path, record: Record, threads: int | None, quiet: bool
) -> tuple[list[str], str]:
    """What differs, a line each; and what was compared, in words."""
    kept = read_tables(results)
    study.runs = record.finished_runs
    with progress_bar(quiet or not study.runs, study.progress_of) as progress:
        again = lived(study, threads, progress)
    say_rules(study.arms)
    names = {**kept, **again.tables}
    found = [line for name in names for line in differences(name, kept.get(name), again.tables.get(name))]
    if record.digest != again.digest:
        found.append(f"digest: {str(record.digest)[:16]}..., now {str(again.digest)[:16]}...")
        found += _states(record.states, again.states or {})
    return found, f"digest {again.digest[:16]}..." if again.digest else f"{len(kept)} tables"


def _sweep_again(
    results: Path, given: Sequence[RuleFile], outcomes: Path | None, few: int | None, threads: int | None, quiet: bool
) -> tuple[list[str], str]:
    """As ``_study_again``, of a sweep."""
    from analysis.studies.sweep.again import live_again  # noqa: PLC0415 - brings the model

    with progress_bar(quiet, "run", done_before=0) as progress:
        again = live_again(results, few, threads, progress, given, outcomes)
    if again.missing:
        click.echo(f"note: {again.missing}")
    return again.differ, f"{again.lived} of {again.there} chunks"


def _other_circumstances(record: Record) -> list[str]:
    """What is not as it was when the record was made, one line each."""
    lines = []
    if record.kind == "run" and "from" in record.settings:
        lines.append("this went on from a checkpoint, which is not needed: it is lived again from its beginning")
    if record.source_digest != source_digest():
        lines.append("the model's source has changed since this was made, so other results are to be expected")
    now = provenance.versions()
    for name in {**record.versions, **now}:
        then, today = record.versions.get(name, "unknown"), now.get(name, "unknown")
        if then != today:
            lines.append(f"{name} was {then}, is {today}")
    return lines
