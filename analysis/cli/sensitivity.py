"""``sensitivity``: which parameters matter for what a sweep found, and where a claim fails."""

from __future__ import annotations

import warnings
from pathlib import Path

import click

from analysis.compare.outcomes import GROUP_MEASURES, OUTCOME_NAMES
from analysis.results.loading import load
from analysis.results.whole import check_folder, whole_folder
from analysis.studies.sensitivity.response import reading_of
from analysis.studies.sensitivity.share import Threshold
from analysis.studies.sensitivity.study import MARKER, default_threshold, sentences, study, write
from sim.problem import Problem

MOST_DRAWN = 2


@click.command(
    epilog="""\b
Examples:
  python run.py sensitivity results/what-matters
  python run.py sensitivity results/plausible-space --outcome stigma --year 2 --below -0.02
  python run.py sensitivity results/publicity-and-churn --outcome open --year 8 --above 0.5
  python run.py sensitivity results/text-contact --outcome ties --map contact.texts_per_week contact.text_hours"""
)
@click.argument("results", type=click.Path(path_type=Path))
@click.option("--outcome", metavar="NAME", help=f"What to read: {', '.join(OUTCOME_NAMES)} (paired with the twin); "
              f"or of the group {', '.join(GROUP_MEASURES)}.  [default: the sweep's first]")  # fmt: skip
@click.option("--population", metavar="NAME", help="Of whom: eligible, joined, regulars.  [default: the sweep's first]")
@click.option("--year", type=float, help="When, in years since the opening.  [default: the sweep's last]")
@click.option("--arm", metavar="NAME", help="In which arm.  [default: the sweep's first]")
@click.option("--above", type=float, help="The claim holds where the value is above this.")
@click.option("--below", type=float, help="The claim holds where the value is below this.")
@click.option("--curve", "curves", multiple=True, metavar="PARAMETER", help="Draw along this; may be given again.")
@click.option("--map", "maps", nargs=2, multiple=True, metavar="PARAMETER PARAMETER", help="Draw over these two.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write into.  [default: RESULTS-sensitivity]")
@click.option("--overwrite", is_flag=True, help="Replace an earlier analysis in that folder.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def command(
    results: Path,
    outcome: str | None,
    population: str | None,
    year: float | None,
    arm: str | None,
    above: float | None,
    below: float | None,
    curves: tuple[str, ...],
    maps: tuple[tuple[str, str], ...],
    out: Path | None,
    overwrite: bool,
    quiet: bool,
) -> None:
    """Analyse the sweep in RESULTS: which parameters matter for the effect of the group, and where a claim fails.

    The effect is the paired difference with the twin. Written are tables, figures and a summary in words: the share of
    parameter space in which the claim holds, the region in which it does not, and, for a morris or saltelli design,
    sensitivity indices with their intervals.
    """
    if above is not None and below is not None:
        raise click.UsageError("give either --above or --below")
    folder = out or results.parent / f"{results.resolve().name}-sensitivity"
    check_folder(folder, MARKER, overwrite)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = load(results)
    if "effects" not in found or "points" not in found:
        raise Problem(f"{results}: not the folder of a sweep; expected one written by `sweep`")
    if found.missing:
        raise Problem(f"{found.missing}; finish it first: the same sweep command goes on where it was")
    reading = reading_of(found, arm, outcome, population, year)
    threshold = default_threshold(reading)
    if above is not None or below is not None:
        threshold = Threshold(float(above if above is not None else below or 0.0), above is not None)
    done = study(found, reading, threshold)
    for name in (*curves, *(name for pair in maps for name in pair)):
        if name not in done.response.names:
            raise Problem(f"{name}: was not varied in this sweep; varied were {', '.join(done.response.names)}")
    lines = curves or tuple(done.ranked[:MOST_DRAWN])
    pairs = maps or ((done.ranked[0], done.ranked[1]),) if len(done.ranked) > 1 else ()
    with whole_folder(folder, MARKER, overwrite) as partial:
        write(done, partial, lines, pairs)
    if not quiet:
        click.echo("\n".join(sentences(done)))
        click.echo(f"Tables and figures are in {folder}.")
