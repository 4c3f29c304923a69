"""``breakeven``: how strong social influence on urges must be to undo what a group does for episodes."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.cli.common import Real
from analysis.cli.help import Command
from analysis.cli.study import Options, carry_out, study_options
from sim.problem import Problem

LONGEST_YEARS = 100
WITHOUT = ("company", "likeness", "acceptance", "hearing", "helping", "contact", "harms")


@click.command(
    cls=Command,
    examples=(
        "breakeven scenarios/groupA.yaml",
        "breakeven scenarios/groupA.yaml --against scenarios/groupB.yaml",
        "breakeven scenarios/groupA.yaml --without contact --strength 0.06",
        "breakeven scenarios/groupA.yaml --runs 300 --years 4 --out results/four-years",
    ),
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
@click.option("--years", type=Real(0.25, LONGEST_YEARS), default=2, show_default=True, help="After which to look.")
@study_options(runs=100, fewest=3, out="results/breakeven-NAME")
def command(
    file: str,
    against: tuple[str, ...],
    without: tuple[str, ...],
    strengths: tuple[float, ...],
    years: float,
    options: Options,
) -> int:
    """Find the strength of social influence on urges at which the group in FILE does episodes neither good nor harm.

    Who hears of somebody's episode in the group may feel the urge more; how much is in dispute. This finds, by a root
    search on lives with the same people and luck, how large it would have to be, over the strength of the group, and
    draws what has been published beside it. It follows from assumptions and is no evidence about groups. One curve
    takes about a minute. Ctrl-C leaves nothing behind.
    """
    # Not above: `--help` and a wrong file's name should not wait for SciPy.
    from analysis.compare.arms import check_same_people  # noqa: PLC0415
    from analysis.studies.breakeven.search import STRENGTHS  # noqa: PLC0415
    from analysis.studies.breakeven.study import BreakevenStudy  # noqa: PLC0415
    from analysis.studies.overturn.mechanisms import NAMES, arm_with  # noqa: PLC0415
    from analysis.studies.overturn.study import arm_at  # noqa: PLC0415

    arms = [arm_at(options.scenario(one), one, years) for one in (file, *against)]
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
    study = BreakevenStudy(arms, options.seed, options.runs, {"years": years, "strengths": wanted})
    return carry_out(study, Path("results") / f"breakeven-{first.name}", options)
