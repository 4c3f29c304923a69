"""``claims``: try the paper's claims on the same people with and without the group."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from analysis.cli.common import lives_bar, set_option
from analysis.results.study import check_study_target, study_folder, write_tables
from sim.scenario import parse_setting

if TYPE_CHECKING:
    from analysis.studies.claims.trial import Trial

TABLES = ("verdicts", "readings", "looks")
REPORT, SUMMARY = "report.html", "verdicts.txt"
FILES = (*(f"{name}.{ending}" for name in TABLES for ending in ("parquet", "csv")), REPORT, SUMMARY)
FEWEST, MOST = 3, 1_000_000
INTERRUPTED = 130


@click.command(
    epilog="""\b
Examples:
  python run.py claims --list
  python run.py claims --claim C17 --runs 100
  python run.py claims --runs 200
  python run.py claims --set ties.isolation_per_tie=0 --out results/claims-no-company"""
)
@click.option(
    "--claim", "ids", multiple=True, metavar="ID", help="Try this one and tell it in full; may be given again."
)
@click.option("--runs", type=click.IntRange(FEWEST, MOST), default=200, show_default=True, help="How many towns.")
@click.option(
    "--seed", type=click.IntRange(0), default=1, show_default=True, help="Seed of the first; then one by one."
)
@set_option
@click.option("--list", "only_list", is_flag=True, help="List the claims, their tests and thresholds; run nothing.")
@click.option("--threads", type=click.IntRange(1, 1024), help="How many lives at once.  [default: one a core]")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the results.  [default: results/claims]")
@click.option("--csv", is_flag=True, help="Also write the large table of looks as CSV.")
@click.option("--overwrite", is_flag=True, help="Replace the results of another trial in that folder.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def command(
    ids: tuple[str, ...],
    runs: int,
    seed: int,
    settings: tuple[str, ...],
    only_list: bool,
    threads: int | None,
    out: Path | None,
    csv: bool,
    overwrite: bool,
    quiet: bool,
) -> int:
    """Try the claims of the paper, C1 to C33.

    Each claim has a contrast, a population, an outcome and a threshold that was set before the claims were tried.
    All arms are lived on the same people with the same lives, each against its twin without a group, and each
    verdict rests on 95 % intervals. Built-in rules are verified, never found. With --set a mechanism can be taken
    out, to see which verdicts hang on it. Ctrl-C keeps the runs that were finished.
    """
    # Not above: `--help` and a wrong claim should not wait for SciPy.
    from analysis.studies.claims.index import claims_of  # noqa: PLC0415
    from analysis.studies.claims.show import listing, overview, tell  # noqa: PLC0415

    claims = claims_of(ids)
    if only_list:
        click.echo(listing(claims), nl=False)
        return 0
    from analysis.studies.claims.tables import all_tables  # noqa: PLC0415
    from analysis.studies.claims.trial import study_of, try_claims  # noqa: PLC0415

    changes: dict[str, Any] = dict(parse_setting(text) for text in settings)
    folder = out if out is not None else Path("results") / "-".join(["claims", *(claim.id for claim in claims if ids)])
    study, _ = study_of(claims, runs, seed, changes)
    check_study_target(folder, study, FILES, overwrite)
    with lives_bar(quiet) as progress:
        trial = try_claims(runs, seed, claims, progress, settings=changes, threads=threads)
    table = overview(trial.verdicts, trial.study)
    told = "\n".join(tell(verdict, trial.study) for verdict in trial.verdicts)
    with study_folder(folder, trial.study, FILES, overwrite) as partial:
        write_tables(partial, all_tables(trial.verdicts, trial.runs), csv=[t for t in TABLES if csv or t != "looks"])
        (partial / SUMMARY).write_text(f"{table}\n\n{told}", encoding="utf-8", newline="\n")
        (partial / REPORT).write_text(_report(trial), encoding="utf-8", newline="\n")
    if not quiet:
        click.echo(told if ids else table)
        click.echo(f"The report, tables and every claim in full are in {folder}.")
    if trial.study.finished < runs:
        click.echo(f"stopped after {trial.study.finished} of {runs} runs; these were kept", err=True)
        return INTERRUPTED
    return 0


def _report(trial: Trial) -> str:
    """The report to read in a browser."""
    from analysis.report import claims_report  # noqa: PLC0415 - it takes longer to import than some trials take

    return claims_report(trial)
