"""``compare``: scenarios on the same people with the same lives, each against its twin without a group."""

from __future__ import annotations

import math
from pathlib import Path

import click

from analysis.cli.common import Real, read_scenario, weeks_option
from analysis.cli.help import Command
from analysis.cli.study import Options, carry_out, study_options
from sim.problem import Problem


@click.command(
    cls=Command,
    examples=(
        "compare scenarios/groupA.yaml scenarios/groupB.yaml scenarios/absent.yaml --runs 200",
        "compare scenarios/groupA.yaml scenarios/befriending.yaml --precision 0.02",
        "compare scenarios/groupA.yaml --weeks 208 --set ties.isolation_per_tie=0 --out results/no-company",
    ),
)
@click.argument("files", nargs=-1, required=True)
@weeks_option
@click.option(
    "--precision", type=Real(0, 2, min_open=True), default=0.05, show_default=True,
    help="Say how many runs give intervals of plus or minus this, as a standardised effect.",
)  # fmt: skip
@study_options(runs=200, fewest=2, out="results/compare-NAMES", large=["people"])
def command(files: tuple[str, ...], weeks: int | None, precision: float, options: Options) -> int:
    """Live each scenario in FILES on the same people with the same lives, and compare.

    Every arm is held against its own twin: the same town, people and luck without the group. Three figures stand side
    by side throughout: how people changed since before they came, how their twins changed over the same time, and
    the paired difference, which alone was caused by the group. Written are a report to read in a browser
    (report.html), all tables (Parquet and CSV), figures, a summary and a record. Ctrl-C keeps the runs that were
    finished.
    """
    # Not above: `--help` and a wrong file's name should not wait for SciPy.
    from analysis.compare.arms import arms_of  # noqa: PLC0415
    from analysis.studies.compare.study import CompareStudy  # noqa: PLC0415

    if math.isnan(precision):  # which lies in every range, as far as comparing goes
        raise Problem("--precision: found nan, expected a number above 0, to 2")
    last = options.seed + options.runs - 1  # whether that is a seed is seen here, not after all other runs
    arms = arms_of([read_scenario(file, last, weeks, options.settings, options.rules) for file in files])
    if not any(arm.has_group for arm in arms) and len(arms) == 1:
        raise Problem(f"{files[0]}: has no group, so there is nothing to compare it with; name another scenario too")
    name = "compare-" + "-".join(arm.name for arm in arms)[:100].replace(" ", "")
    study = CompareStudy(arms, options.seed, options.runs, {"precision": precision})
    return carry_out(study, Path("results") / name, options)
