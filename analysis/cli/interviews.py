"""``interviews``: groups that lasted, interviewed as the paper did, in worlds with and without effects."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from analysis.cli.common import SCENARIO_FOLDER, Real, lives_bar, read_scenario, set_option
from analysis.results.study import Study, check_study_target, study_folder, write_tables
from sim.parameters import PARAMETERS
from sim.problem import Problem

KINDS = (("group A", "groupA.yaml", 12.0), ("group B", "groupB.yaml", 8.0))  # ages as the paper gives them
FIGURES = ("heard", "survivorship", "sensitivity")
TABLES = ("statements", "ratios", "groups", "interviewees", "survivorship", "sensitivity", "declared")
SUMMARY = "summary.txt"
FILES = (
    *(f"{name}.{ending}" for name in TABLES for ending in ("parquet", "csv")),
    *(f"{name}.{ending}" for name in FIGURES for ending in ("png", "svg")),
    SUMMARY,
)
KIND = "study of interviews"


def assumption_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """An option for each declared assumption, with its plausible range."""
    from analysis.studies.interviews.statements import ASSUMPTIONS  # noqa: PLC0415

    for a in reversed(ASSUMPTIONS):
        low, high = a.plausible
        words = f"{a.meaning[0].upper()}{a.meaning[1:]}; plausible {low:g} to {high:g}."
        command = click.option(f"--{a.name}", type=Real(*a.accepted), default=a.default, show_default=True, help=words)(
            command
        )
    return command


@click.command(
    epilog="""\b
Examples:
  python run.py interviews
  python run.py interviews --runs 1000 --noticing 0.05 --optimism 0.1
  python run.py interviews --ages 2 2 --set joining.need_power=0 --out results/interviews-at-random"""
)
@click.option(
    "--runs", type=click.IntRange(1, 1_000_000), default=400, show_default=True, help="Towns of each kind of group."
)
@click.option(
    "--seed", type=click.IntRange(0), default=1, show_default=True, help="Seed of the first town; then one by one."
)
@click.option(
    "--ages", type=(Real(0.25, 100), Real(0.25, 100)), default=tuple(k[2] for k in KINDS),
    show_default=True, help="Age in years of group A and of group B when interviewed.",
)  # fmt: skip
@assumption_options
@set_option
@click.option("--threads", type=click.IntRange(1, 1024), help="How many towns at once.  [default: one a core]")
@click.option("--out", type=click.Path(path_type=Path), default=Path("results/interviews"), show_default=True,
              help="Folder for the results.")  # fmt: skip
@click.option("--csv", is_flag=True, help="Also write every table as CSV.")
@click.option("--overwrite", is_flag=True, help="Replace the results of another such study in that folder.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def command(
    runs: int, seed: int, ages: tuple[float, float], settings: tuple[str, ...], threads: int | None, out: Path,
    csv: bool, overwrite: bool, quiet: bool, **assumed: float,
) -> None:  # fmt: skip
    """Hold the paper's interviews in many simulated groups.

    Lives many groups of the paper's two kinds, keeps those that still meet at the age at which the paper found them,
    and asks four of their regulars (all, if there are fewer; the most regular, if there are more) how now compares
    with before they first came. Says how often the paper's statements would be heard with the group's effects on,
    with company only and with every effect off, each world with its own survivors, and of the same people's twins
    without a group; and how far those who could be interviewed differ from all who ever came.
    """
    # Not above: `--help` and a wrong option should not wait for SciPy.
    from analysis.studies.interviews.hold import hold  # noqa: PLC0415
    from analysis.studies.interviews.statements import DATED  # noqa: PLC0415
    from analysis.studies.interviews.tables import all_tables, find  # noqa: PLC0415
    from analysis.studies.interviews.words import interviews_summary  # noqa: PLC0415
    from analysis.studies.interviews.worlds import WORLDS, group_of_age  # noqa: PLC0415

    arms = []
    for (name, file, _), years in zip(KINDS, ages, strict=True):
        scenario = read_scenario(str(SCENARIO_FOLDER / file), None, None, settings)
        arms.append(group_of_age(name, scenario.title, scenario.values, years))
    last = PARAMETERS["run.seed"].high
    if seed + len(KINDS) * runs - 1 > last:
        raise Problem(f"--seed: found {seed}, expected at most {last - len(KINDS) * runs + 1:.0f} with --runs {runs}")
    worlds = {world: {name: value for name, (value, _) in off.items()} for world, off in WORLDS.items()}
    seeds = {arm.name: [seed + k * runs, seed + (k + 1) * runs - 1] for k, arm in enumerate(arms)}
    study = Study(
        KIND,
        arms,
        seed,
        runs,
        {"assumed": assumed, "assumptions_dated": DATED, "changed_in_world": worlds, "seeds": seeds},
    )
    check_study_target(out, study, FILES, overwrite)
    with lives_bar(quiet) as progress:
        held = hold(arms, seed, runs, threads=threads, progress=progress)
    study.finished = runs
    found = find(held, assumed)
    tables = all_tables(held, found, assumed)
    summary = interviews_summary(held, found, assumed)
    with study_folder(out, study, FILES, overwrite) as partial:
        write_tables(partial, tables, csv=TABLES if csv else ())
        (partial / SUMMARY).write_text(summary, encoding="utf-8", newline="\n")
        _draw(held, found, partial)
    if not quiet:
        click.echo(summary)
        click.echo(f"Figures and tables are in {out}.")


def _draw(held: Any, found: Any, folder: Path) -> None:
    from analysis.studies.interviews.figures import draw_all  # noqa: PLC0415 - Matplotlib is slow to import

    draw_all(held, found, folder)
