"""``interviews``: groups that lasted, interviewed as the paper did, in worlds with and without effects."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

import scenarios
from analysis.cli.common import Real
from analysis.cli.help import Command
from analysis.cli.study import Options, carry_out, study_options
from analysis.words.numbers import setting
from analysis.words.prose import capital

KINDS = (("group A", "groupA.yaml", 12.0), ("group B", "groupB.yaml", 8.0))  # ages as the paper gives them


def assumption_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """An option for each declared assumption, with its plausible range."""
    from analysis.studies.interviews.statements import ASSUMPTIONS  # noqa: PLC0415

    for a in reversed(ASSUMPTIONS):
        low, high = a.plausible
        words = f"{capital(a.meaning)}; plausible {setting(low)} to {setting(high)}."
        command = click.option(f"--{a.name}", type=Real(*a.accepted), default=a.default, show_default=True, help=words)(
            command
        )
    return command


@click.command(
    cls=Command,
    examples=(
        "interviews",
        "interviews --runs 1000 --noticing 0.05 --optimism 0.1",
        "interviews --ages 2 2 --set joining.need_power=0 --out results/interviews-at-random",
    ),
)
@click.option(
    "--ages", type=(Real(0.25, 100), Real(0.25, 100)), default=tuple(k[2] for k in KINDS),
    show_default=True, help="Age in years of group A and of group B when interviewed.",
)  # fmt: skip
@assumption_options
@study_options(runs=400, fewest=1, out="results/interviews", of="Towns of each kind of group.", large=["interviewees"])
def command(ages: tuple[float, float], options: Options, **assumed: float) -> int:
    """Hold the paper's interviews in many simulated groups.

    Lives many groups of the paper's two kinds, keeps those that still meet at the age at which the paper found them,
    and asks four of their regulars (all, if there are fewer; the most regular, if there are more) how now compares
    with before they first came. Says how often the paper's statements would be heard with the group's effects on,
    with company only and with every effect off, each world with its own survivors, and of the same people's twins
    without a group; and how far those who could be interviewed differ from all who ever came.
    """
    # Not above: `--help` and a wrong option should not wait for SciPy.
    from analysis.studies.interviews.study import InterviewsStudy  # noqa: PLC0415
    from analysis.studies.interviews.worlds import group_of_age  # noqa: PLC0415

    arms = []
    for (name, file, _), years in zip(KINDS, ages, strict=True):
        scenario = options.scenario(str(scenarios.FOLDER / file))
        arms.append(group_of_age(name, scenario.title, scenario.values, years, scenario.account))
    return carry_out(InterviewsStudy.of(arms, options.runs, options.seed, assumed), Path("results/interviews"), options)
