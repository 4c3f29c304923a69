"""``breakeven``: how strong social influence on urges must be to undo what a group does for episodes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis.cli.common import Real, read_account, years_option
from analysis.cli.help import ACCOUNTS, WithAccounts
from analysis.cli.plausible import add_plausible, plausible_options
from analysis.cli.study import Options, carry_out, study_options
from sim.problem import Problem

if TYPE_CHECKING:
    from analysis.compare.arms import Arm

WITHOUT = ("company", "likeness", "acceptance", "hearing", "helping", "contact", "harms")


@click.command(
    cls=WithAccounts,
    examples=(
        "breakeven scenarios/groupA.yaml",
        "breakeven scenarios/groupA.yaml --against scenarios/groupB.yaml",
        "breakeven groupA --accounts company safe-space full --at 0 --at 0.3",
        "breakeven scenarios/groupA.yaml --without acceptance --over meeting.strength --at 0 --at 0.06",
        "breakeven groupA --account full --plausible 40",
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
    ACCOUNTS, multiple=True, metavar="ACCOUNT...",
    help="A curve under each of these accounts of how a group works; see `accounts`.",
)  # fmt: skip
@click.option(
    "--over", default="contact.relief", show_default=True, metavar="PARAMETER",
    help="The parameter to find the break-even over.",
)  # fmt: skip
@click.option(
    "--at", multiple=True, type=Real(), metavar="X",
    help="A value of that parameter; may be given again.  [default: eight over its plausible range]",
)  # fmt: skip
@years_option(2)
@study_options(runs=100, fewest=3, out="results/breakeven-NAME")
@plausible_options(towns=10)
def command(
    file: str,
    against: tuple[str, ...],
    without: tuple[str, ...],
    accounts: tuple[str, ...],
    over: str,
    at: tuple[float, ...],
    years: float,
    options: Options,
) -> int:
    """Find the strength of social influence on urges at which the group in FILE does episodes neither good nor harm.

    Who hears of somebody's episode in the group may feel the urge more; how much is in dispute, and so is how much a
    call that is answered relieves. This finds, by a root search on lives with the same people and luck, how large
    social influence would have to be, over that relief (or any other parameter), and draws what has been published
    beside it. It follows from assumptions and is no evidence about groups. One curve takes about a minute. Ctrl-C
    leaves nothing behind.
    """
    # Not above: `--help` and a wrong file's name should not wait for SciPy.
    from analysis.compare.arms import check_same_people  # noqa: PLC0415
    from analysis.studies.breakeven.search import check_over, values_over  # noqa: PLC0415
    from analysis.studies.breakeven.study import BreakevenStudy  # noqa: PLC0415
    from analysis.studies.overturn.mechanisms import NAMES, arm_with  # noqa: PLC0415
    from analysis.studies.overturn.study import arm_at  # noqa: PLC0415

    check_over(over, at)
    if accounts and options.account is not None:
        raise Problem("--accounts: names all accounts, so leave --account out")
    arms: list[Arm] = []
    for account in dict.fromkeys(accounts) or (options.account,):
        under = options._replace(account=account)
        some = [arm_at(under.scenario(one), one, years) for one in (file, *against)]
        for name in dict.fromkeys(without):
            rest = arm_with(some[0], [other for other in NAMES if other != name])
            title = f"{some[0].title}; without {name}"
            some.append(some[0].with_values(f"{some[0].name} without {name}", title, rest.values))
        arms += [_called_after(arm) for arm in some] if accounts else some
    names = [arm.name for arm in arms]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise Problem(f"--against: two scenarios are called {twice}; give one of the files another `name:`")
    check_same_people(arms, across_accounts=True)
    told = {"years": years, "over": over, "at": sorted(set(at)) or values_over(over)}
    study = BreakevenStudy(arms, options.seed, options.runs, told)
    add_plausible(study, options, *(read_account(one) for one in dict.fromkeys(accounts) or (options.account,)))
    name = "-".join(names)[:100] if accounts else names[0]
    return carry_out(study, Path("results") / f"breakeven-{name}", options)


def _called_after(arm: Arm) -> Arm:
    """An arm called after its account as well."""
    account = arm.account.name if arm.account else "no account"
    return replace(arm, name=f"{arm.name}-{account}", title=f"{arm.title}; under the account {account}")
