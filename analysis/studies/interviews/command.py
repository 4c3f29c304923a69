"""``interviews``: groups that lasted, interviewed as the paper did, under rival accounts of how a group works."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

import scenarios
from analysis.cli.common import Real, read_account
from analysis.cli.help import ACCOUNTS, WithAccounts
from analysis.cli.plausible import add_plausible, plausible_options
from analysis.cli.study import Options, carry_out, study_options
from analysis.words.numbers import setting
from analysis.words.prose import capital
from sim.problem import Problem
from sim.scenario import account_names

REFERENCE = "nothing"  # as in ``worlds``, which waits for Numba
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
    cls=WithAccounts,
    examples=(
        "interviews",
        "interviews --accounts company safe-space full --runs 1000",
        "interviews --account full --plausible 20",
        "interviews --runs 100 --coding 0.7 --silence 0.1 --optimism 0.1",
        "interviews --ages 2 2 --set joining.need_power=0 --out results/interviews-at-random",
    ),
)
@click.option(
    "--ages", type=(Real(0.25, 100), Real(0.25, 100)), default=tuple(k[2] for k in KINDS),
    show_default=True, help="Age in years of group A and of group B when interviewed.",
)  # fmt: skip
@click.option(
    ACCOUNTS, multiple=True, metavar="ACCOUNT...",
    help=f"Under which accounts of how a group works; `{REFERENCE}` is held beside them (not with --account).  "
    "[default: all that come with Sameboat]",
)  # fmt: skip
@assumption_options
@study_options(
    runs=200, fewest=1, out="results/interviews", of="Towns of each kind of group.", large=["interviewees", "groups"]
)
@plausible_options(towns=20)
def command(ages: tuple[float, float], accounts: tuple[str, ...], options: Options, **assumed: float) -> int:
    """Hold the paper's interviews in many simulated groups, under each account of how a group works.

    Lives many groups of the paper's two kinds, keeps those that still meet at the age at which the paper found them,
    and asks four of their regulars how now compares with before they first came: all of them in groups that have four,
    as in the paper; and the four most regular of larger groups too. Says how often such a study of two groups would
    report all that the paper does, and how many of its statements; then how many times as often as under the account in
    which nothing comes of meeting; on what that hangs; and how far those interviewed differ from all who came.
    """
    # Not above: `--help` and a wrong option should not wait for SciPy.
    from analysis.studies.interviews.study import InterviewsStudy  # noqa: PLC0415
    from analysis.studies.interviews.worlds import group_of_age  # noqa: PLC0415

    if accounts and options.account is not None:
        raise Problem("--accounts: names all accounts, so leave --account out")
    wanted = [REFERENCE, *(accounts or account_names())] if options.account is None else [options.account]
    arms, kinds = [], []
    for (kind, file, _), years in zip(KINDS, ages, strict=True):
        for account in dict.fromkeys(wanted):
            scenario = options._replace(account=account).scenario(str(scenarios.FOLDER / file))
            called = scenario.account.name if scenario.account else account
            title = f"{scenario.title}; under the account {called}"
            arms.append(group_of_age(f"{kind}, {called}", title, scenario.values, years, scenario.account))
            kinds.append(kind)
    names = [arm.name for arm in arms]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise Problem(f"--accounts: two are called {twice.partition(', ')[2]}; give one of the files another `name:`")
    study = InterviewsStudy.of(arms, kinds, options.runs, options.seed, assumed)
    add_plausible(study, options, *(read_account(one) for one in dict.fromkeys(wanted)))
    folder = "-".join(["interviews", *(Path(name).stem for name in dict.fromkeys(accounts))])[:100]
    return carry_out(study, Path("results") / folder, options)
