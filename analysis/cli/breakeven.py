"""``breakeven``: how strong social influence on urges must be to undo what a group does for episodes."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.cli.common import Real, lives_bar, read_scenario, set_option
from sim.problem import Problem

TABLES = ("curve", "lived", "published")
SUMMARY = "summary.txt"
FILES = (
    *(f"{name}.{ending}" for name in TABLES for ending in ("parquet", "csv")),
    "breakeven.png",
    "breakeven.svg",
    SUMMARY,
)
FEWEST, MOST, LONGEST_YEARS = 3, 100_000, 100
WITHOUT = ("company", "likeness", "acceptance", "hearing", "helping", "contact", "harms")


@click.command(
    epilog="""\b
Examples:
  python run.py breakeven scenarios/groupA.yaml
  python run.py breakeven scenarios/groupA.yaml --against scenarios/groupB.yaml
  python run.py breakeven scenarios/groupA.yaml --without contact --strength 0.06
  python run.py breakeven scenarios/groupA.yaml --runs 300 --years 4 --out results/four-years"""
)
@click.argument("file")
@click.option(
    "--against", multiple=True, metavar="FILE", help="Another scenario, for a curve beside; may be given again."
)
@click.option(
    "--without",
    multiple=True,
    type=click.Choice(WITHOUT),
    help="A curve of FILE without a mechanism; may be given again.",
)
@click.option(
    "--strength", "strengths", multiple=True, type=Real(0, 1), metavar="X",
    help="A strength of the group (meeting.strength); may be given again.  [default: 0, 0.02 ... 0.12]",
)  # fmt: skip
@click.option("--runs", type=click.IntRange(FEWEST, MOST), default=100, show_default=True, help="How many towns.")
@click.option("--years", type=Real(0.25, LONGEST_YEARS), default=2, show_default=True, help="After which to look.")
@click.option(
    "--seed", type=click.IntRange(0), default=1, show_default=True, help="Seed of the first; then one by one."
)
@set_option
@click.option("--threads", type=click.IntRange(1, 1024), help="How many lives at once.  [default: one a core]")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Folder for the results.  [default: results/breakeven-NAME]"
)
@click.option("--overwrite", is_flag=True, help="Replace other results of this command in that folder.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def command(
    file: str,
    against: tuple[str, ...],
    without: tuple[str, ...],
    strengths: tuple[float, ...],
    runs: int,
    years: float,
    seed: int,
    settings: tuple[str, ...],
    threads: int | None,
    out: Path | None,
    overwrite: bool,
    quiet: bool,
) -> None:
    """Find the strength of social influence on urges at which the group in FILE does episodes neither good nor harm.

    Who hears of somebody's episode in the group may feel the urge more; how much is in dispute. This finds, by a root
    search on lives with the same people and luck, how large it would have to be, over the strength of the group, and
    draws what has been published beside it. It follows from assumptions and is no evidence about groups. One curve
    takes about a minute. Ctrl-C leaves nothing behind.
    """
    # Not above: `--help` and a wrong file's name should not wait for SciPy.
    from analysis.compare.arms import check_same_people  # noqa: PLC0415
    from analysis.results.study import Study, check_study_target, study_folder, write_tables  # noqa: PLC0415
    from analysis.studies.breakeven.report import breakeven_summary, draw_breakeven  # noqa: PLC0415
    from analysis.studies.breakeven.search import STRENGTHS, break_even_curves  # noqa: PLC0415
    from analysis.studies.breakeven.tables import breakeven_tables  # noqa: PLC0415
    from analysis.studies.overturn.mechanisms import NAMES, arm_with  # noqa: PLC0415
    from analysis.studies.overturn.study import arm_at  # noqa: PLC0415

    arms = [arm_at(read_scenario(one, None, None, settings), one, years) for one in (file, *against)]
    first = arms[0]
    for name in dict.fromkeys(without):
        rest = arm_with(first, [other for other in NAMES if other != name])
        arms.append(first.with_values(f"{first.name} without {name}", f"{first.title}; without {name}", rest.values))
    names = [arm.name for arm in arms]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise Problem(f"--against: two scenarios are called {twice}; give one of the files another `name:`")
    check_same_people(arms)
    wanted = sorted(set(strengths)) or list(STRENGTHS)
    study = Study("breakeven", arms, seed, runs, {"years": years, "strengths": wanted})
    folder = out if out is not None else Path("results") / f"breakeven-{first.name}"
    check_study_target(folder, study, FILES, overwrite)
    with lives_bar(quiet) as progress:
        curves = break_even_curves(arms, wanted, range(seed, seed + runs), threads=threads, progress=progress)
    study.finished = runs
    summary = breakeven_summary(arms, curves, study)
    with study_folder(folder, study, FILES, overwrite) as partial:
        tables = breakeven_tables(curves)
        write_tables(partial, tables, csv=tables)
        (partial / SUMMARY).write_text(summary, encoding="utf-8", newline="\n")
        draw_breakeven(arms, curves, study, partial)
    if not quiet:
        click.echo(summary)
        click.echo(f"Tables and the figure are in {folder}.")
