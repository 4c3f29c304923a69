"""``sensitivity``: which parameters matter for what a sweep found, and where a claim fails."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.cli.common import Real
from analysis.cli.help import Command
from analysis.cli.study import Options, carry_out
from analysis.compare.outcomes import GROUP_MEASURES, OUTCOME_NAMES


@click.command(
    cls=Command,
    examples=(
        "sensitivity results/what-matters",
        "sensitivity results/plausible-space --outcome stigma --year 2 --below -0.02",
        "sensitivity results/publicity-and-churn --outcome open --year 8 --above 0.5",
        "sensitivity results/text-contact --outcome ties --map contact.texts_per_week contact.text_hours",
    ),
)
@click.argument("results", type=click.Path(path_type=Path))
@click.option("--outcome", metavar="NAME", help=f"What to read: {', '.join(OUTCOME_NAMES)} (paired with the twin); "
              f"or of the group {', '.join(GROUP_MEASURES)}.  [default: the sweep's first]")  # fmt: skip
@click.option("--population", metavar="NAME", help="Of whom: eligible, joined, regulars.  [default: the sweep's first]")
@click.option("--year", type=Real(), help="When, in years since the opening.  [default: the sweep's last]")
@click.option("--arm", metavar="NAME", help="In which arm.  [default: the sweep's first]")
@click.option("--above", type=Real(), help="The claim holds where the value is above this.")
@click.option("--below", type=Real(), help="The claim holds where the value is below this.")
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
) -> int:
    """Analyse the sweep in RESULTS: which parameters matter for the effect of the group, and where a claim fails.

    The effect is the paired difference with the twin. Written are tables, figures and a summary in words: the share of
    parameter space in which the claim holds, the region in which it does not, and, for a morris or saltelli design,
    sensitivity indices with their intervals.
    """
    if above is not None and below is not None:
        raise click.UsageError("give either --above or --below")
    # Not above: `--help` should not wait for SciPy.
    from analysis.results.swept import read_swept  # noqa: PLC0415
    from analysis.studies.sensitivity.response import reading_of  # noqa: PLC0415
    from analysis.studies.sensitivity.share import Threshold  # noqa: PLC0415
    from analysis.studies.sensitivity.study import SensitivityStudy, default_threshold, finished_sweep  # noqa: PLC0415

    found = finished_sweep(results)
    reading = reading_of(found, arm, outcome, population, year)
    threshold = default_threshold(reading)
    if above is not None or below is not None:
        threshold = Threshold(float(above if above is not None else below or 0.0), above is not None)
    settings = {
        "sweep": str(results),
        "sweep_digest": read_swept(results).record.digest,
        "reading": vars(reading),
        "threshold": threshold._asdict(),
        "curves": list(curves),
        "maps": [list(pair) for pair in maps],
    }
    study = SensitivityStudy([], 0, 0, settings)
    folder = results.parent / f"{results.resolve().name}-sensitivity"
    return carry_out(study, folder, Options(out=out, overwrite=overwrite, quiet=quiet))
