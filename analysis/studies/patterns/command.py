"""``patterns``: what people and groups of the model look like beside outside evidence."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.cli.help import Command
from analysis.cli.study import Options, carry_out, study_options


@click.command(
    cls=Command,
    examples=(
        "patterns scenarios/groupA.yaml",
        "patterns scenarios/groupB.yaml --runs 300",
        "patterns scenarios/groupA.yaml --set run.lead_in_weeks=104 --out results/longer-lead-in",
    ),
)
@click.argument("file", default="groupA")
@study_options(runs=100, fewest=3, out="results/patterns-NAME")
def command(file: str, options: Options) -> int:
    """Hold people and groups of the model beside outside evidence.

    Many towns are lived with the group in FILE (by default groupA) and without it. Without: how what people are goes
    together, how like themselves they are half a year, a year and two years later, and whether lives drift. With:
    when and why groups end, who comes, and how close regulars are. Beside each figure stand what was found outside,
    its source, how far we have seen it, and a word: inside, below, above, or nothing to compare with. It checks the
    model and tunes nothing. With the defaults it takes about a minute. Ctrl-C leaves nothing behind.
    """
    # Not above: `--help` and a wrong file's name should not wait for SciPy.
    from analysis.studies.patterns.study import PatternsStudy  # noqa: PLC0415

    scenario = options.scenario(file)
    study = PatternsStudy.of(scenario, file, options.seed, options.runs)
    return carry_out(study, Path("results") / f"patterns-{scenario.name}", options)
