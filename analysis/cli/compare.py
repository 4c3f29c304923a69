"""``compare``: scenarios on the same people with the same lives, each against its twin without a group."""

from __future__ import annotations

import math
from pathlib import Path

import click

from analysis.cli.common import Real, lives_bar, read_scenario, set_option, weeks_option
from analysis.results.study import Study, check_study_target, study_folder, write_tables
from sim.problem import Problem

TABLES = ("effects", "groups", "between", "course", "people", "closings")
REPORT, SUMMARY = "report.html", "summary.txt"
FILES = (*(f"{name}.{ending}" for name in TABLES for ending in ("parquet", "csv")), REPORT, SUMMARY)
FEWEST, MOST = 2, 1_000_000
INTERRUPTED = 130


@click.command(
    epilog="""\b
Examples:
  python run.py compare scenarios/groupA.yaml scenarios/groupB.yaml scenarios/absent.yaml --runs 200
  python run.py compare scenarios/groupA.yaml scenarios/befriending.yaml --precision 0.02
  python run.py compare scenarios/groupA.yaml --weeks 208 --set ties.isolation_per_tie=0 --out results/no-company"""
)
@click.argument("files", nargs=-1, required=True)
@click.option("--runs", type=click.IntRange(FEWEST, MOST), default=200, show_default=True, help="How many towns.")
@click.option(
    "--seed", type=click.IntRange(0), default=1, show_default=True, help="Seed of the first; then one by one."
)
@weeks_option
@set_option
@click.option(
    "--precision", type=Real(0, 2, min_open=True), default=0.05, show_default=True,
    help="Say how many runs give intervals of plus or minus this, as a standardised effect.",
)  # fmt: skip
@click.option("--threads", type=click.IntRange(1, 1024), help="How many lives at once.  [default: one a core]")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Folder for the results.  [default: results/compare-NAMES]"
)
@click.option("--csv", is_flag=True, help="Also write the large table of people as CSV.")
@click.option("--overwrite", is_flag=True, help="Replace the results of another comparison in that folder.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def command(
    files: tuple[str, ...],
    runs: int,
    seed: int,
    weeks: int | None,
    settings: tuple[str, ...],
    precision: float,
    threads: int | None,
    out: Path | None,
    csv: bool,
    overwrite: bool,
    quiet: bool,
) -> int:
    """Live each scenario in FILES on the same people with the same lives, and compare.

    Every arm is held against its own twin: the same town, people and luck without the group. Three figures stand side
    by side throughout: how people changed since before they came, how their twins changed over the same time, and
    the paired difference, which alone was caused by the group. Written are a report to read in a browser
    (report.html), all tables (Parquet and CSV), a summary and a record. Ctrl-C keeps the runs that were finished.
    """
    # Not above: `--help` and a wrong file's name should not wait for SciPy.
    from analysis.compare.arms import arms_of, seeds_of  # noqa: PLC0415
    from analysis.compare.comparison import compare  # noqa: PLC0415
    from analysis.compare.effects import all_tables  # noqa: PLC0415
    from analysis.compare.words import comparison_summary  # noqa: PLC0415
    from analysis.report import comparison_report  # noqa: PLC0415

    if math.isnan(precision):  # which lies in every range, as far as comparing goes
        raise Problem("--precision: found nan, expected a number above 0, to 2")
    last = seed + runs - 1  # whether that is a seed is seen here, not after all other runs
    scenarios = [read_scenario(file, last, weeks, settings) for file in files]
    arms = arms_of(scenarios)
    if not any(arm.has_group for arm in arms) and len(arms) < FEWEST:
        raise Problem(f"{files[0]}: has no group, so there is nothing to compare it with; name another scenario too")
    study = Study("comparison", arms, seed, runs, {"precision": precision})
    folder = (
        out
        if out is not None
        else Path("results") / ("compare-" + "-".join(arm.name for arm in arms)[:100].replace(" ", ""))
    )
    check_study_target(folder, study, FILES, overwrite)
    with lives_bar(quiet) as progress:
        found = compare(arms, seeds_of(seed, runs), threads=threads, progress=progress)
    study.finished = next(iter(found.values())).runs
    tables = all_tables(found, precision)
    summary = comparison_summary(found, tables, study)
    with study_folder(folder, study, FILES, overwrite) as partial:
        write_tables(partial, tables, csv=[name for name in TABLES if csv or name != "people"])
        (partial / SUMMARY).write_text(summary, encoding="utf-8", newline="\n")
        (partial / REPORT).write_text(comparison_report(found, tables, study), encoding="utf-8", newline="\n")
    if not quiet:
        click.echo(summary)
        click.echo(f"Report and tables are in {folder}.")
    if study.finished < runs:
        click.echo(f"stopped after {study.finished} of {runs} runs; these were kept", err=True)
        return INTERRUPTED
    return 0
